"""What people call the language's words: each is answered with the word that was meant, and none is read."""

from pathlib import Path

import pytest

from escalate.keywords import CHOICES, FORMS, KEYS, KEYS_OF, MEANINGS, OWN_ROLES, UNITS
from escalate.load import check_policy
from escalate.readers import events, roster
from escalate.readers.calendar import parse_calendar
from escalate.source import Source
from escalate.spec.reading import parse_spec
from escalate.synonyms import CALLED, called
from tests.test_cases import UNKNOWN_OF_CONDITIONS

EXAMPLE = Path(__file__).parents[1] / "examples" / "zh"
READ = {
    "policy.yaml": lambda source: check_policy(source)[1],
    "policy.spec.yaml": lambda source: parse_spec(source, {})[1],
    "calendar.yaml": lambda source: parse_calendar(source)[1],
}
# By the table of synonyms, the words of ours in its places, in both languages.
OURS = {
    "keys": KEYS, "event": {**KEYS, **KEYS_OF["event"]}, "expected": {**KEYS, **KEYS_OF["expected"]}, "unit": {**UNITS, "student": "人"}, "role": OWN_ROLES,
    "counted": MEANINGS, **{kind: words for kind, words in CHOICES.items() if kind != "unit"}, **{kind: dict(forms) for kind, forms in FORMS.items() if kind not in ("counted", "kept")},
}
OURS["due"] = {**OURS["due"], "end of day": "当天结束", "end of week": "当周结束", "end of month": "当月结束", "end of term": "当学期结束", "end of school year": "当学年结束"}
OURS["window"] = {**OURS["window"], **CHOICES["for"]}
OURS["kept"] = dict(FORMS["kept"])
OURS["columns"] = {name: name for name in (*events.COLUMNS, *roster.COLUMNS, *roster.ASSIGNMENT)}


@pytest.mark.parametrize("kind", sorted(CALLED))
def test_a_synonym_is_no_word_of_its_place_and_stands_for_one(kind):
    """Guards against a table that names what the language does not have, or calls wrong what is right."""
    meant = {word for words in CALLED[kind].values() for word in words}

    assert [] == sorted(meant - set(OURS[kind]))
    assert [] == [(said, words) for said, words in CALLED[kind].items() for word in words if OURS[kind][word] == said]


def test_the_first_that_may_stand_there_is_meant():
    """One word may stand for several."""
    assert ["ends", "to", ""] == [called("结束", known, "keys") for known in (("stages", "ends"), ("from", "to"), ("by",))]


def changed(name, old, new):
    """The problems of a file of the example in which one thing is written otherwise."""
    text = (EXAMPLE / name).read_text(encoding="utf-8")
    assert old in text
    return READ[name](Source(str(EXAMPLE / name), text.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("name", "old", "new", "meant"),
    [
        ("policy.yaml", "频次: 每周", "频次: 每星期", "每周"),
        ("policy.yaml", "各: 班级", "各: 每班", "班级"),
        ("policy.yaml", "期限: 联系时限", "截止: 联系时限", "期限"),
        ("policy.yaml", "期限: 联系时限", "办理时限: 联系时限", "期限"),
        ("policy.yaml", "由: 校长, 期限: 1", "谁来做: 校长, 期限: 1", "由"),
        ("policy.yaml", "取值: 3,", "数值: 3,", "取值"),
        ("policy.yaml", "结案:", "结束:", "结案"),
        ("policy.yaml", "当: 连续到校", "条件: 连续到校", "当"),
        ("policy.yaml", "当周结束", "本周结束", "当周结束"),
        ("policy.yaml", "期间: 当学期", "期间: 本学期", "当学期"),
        ("policy.yaml", "检查: 学期结束", "检查: 期末", "学期结束"),
        ("policy.yaml", "迟: 迟到", "迟: 晚到", "迟到"),
        ("policy.yaml", "类型: 数值", "类型: 数字", "数值"),
        ("policy.yaml", "总数: 应到, 单位: 节,", "总数: 应到, 单位: 节课,", "节"),
        ("policy.spec.yaml", "\n样例:", "\n案例:", "样例"),
        ("policy.spec.yaml", "\n样例:", "\n案件:", "样例"),
        ("policy.spec.yaml", "派发: 联系家长, 由", "派法: 联系家长, 由", "派发"),
        ("policy.spec.yaml", "派发: 联系家长, 由", "下发: 联系家长, 由", "派发"),
        ("policy.spec.yaml", "办理: 联系家长, 结果", "处理: 联系家长, 结果", "办理"),
        ("policy.spec.yaml", "由: 班主任, 对象: 家长", "由: 班主任, 对象: 监护人", "家长"),
        ("calendar.yaml", "2025-10-11: 周三", "2025-10-11: 星期三", "周三"),
        ("calendar.yaml", "2025-10-11: 周三", "2025-10-11: wed", "周三"),
        ("calendar.yaml", "周二:", "礼拜二:", "周二"),
        ("calendar.yaml", "\n补课:", "\n调休:", "补课"),
        ("calendar.yaml", "{起: 2025-09-01", "{开始: 2025-09-01", "起"),
    ],
)
def test_a_word_of_the_office_is_answered_with_the_word(name, old, new, meant):
    """As a question, once, and the file is not taken."""
    found = [problem for problem in changed(name, old, new) if problem.kind not in UNKNOWN_OF_CONDITIONS | {"type-mismatch"}]

    assert [f"did you mean `{meant}`?"] == [problem.help for problem in found]
    assert not found[0].warning


def test_what_stands_below_a_misspelt_key_is_read_as_it_was_meant():
    """In Chinese as in English: one problem, and not one for each word below."""
    assert ["unknown-key"] == [problem.kind for problem in changed("policy.yaml", "结案:", "结束:")]
    assert ["unknown-key"] == [problem.kind for problem in changed("calendar.yaml", "\n节次:", "\n时段:")]
