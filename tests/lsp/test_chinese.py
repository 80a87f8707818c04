"""The language server on files in Chinese: the same as in English, and in the author's words."""

from collections import Counter
from pathlib import Path

import pytest

from escalate.formatting import formatted
from escalate.load import check_policy
from escalate.lsp.completion import offers_at
from escalate.lsp.diagnostics import problems_in
from escalate.lsp.hover import told_at
from escalate.lsp.mentions import mentions_of
from escalate.lsp.naming import NoRename, changed, definitions, references, rename
from escalate.lsp.positions import bounds
from escalate.lsp.texts import Texts, reading_of
from escalate.source import Source

from .world import POLICY, at, cursor

ZH = Path(__file__).parents[2] / "examples" / "zh"
PATHS = {name: (ZH / name).as_posix() for name in ("policy.yaml", "policy.spec.yaml", "calendar.yaml")}
TEXT = {name: Path(path).read_text(encoding="utf-8") for name, path in PATHS.items()}
# A school's policy that builds on another, its changes by paths with keywords in them.
OWN = """\
制度: 分校
沿用: policy.yaml
设定: {家访天数: 2}
替换:
  缺课.第一天.联系家长: {由: 班主任, 对象: 家长, 期限: 联系时限}
  缺课.结案: {当: 连续到校>=1且非特殊情况, 待办: {回访: {由: 班主任, 期限: 3个上学日, 如果: 已到(该家访)}}}
增加:
  缺课.五天: {接在: 仍未到校, 当: 连续旷课>家访天数且本月旷课>=5, 待办: {面谈: {由: 校长, 期限: 当周结束}}}
"""


def world(name="policy.yaml", text=None, **others):
    """The example's files as they are open, one of them with another text; others beside them."""
    files = {**TEXT, **({name: text} if text is not None else {}), **{f"{other}.yaml": said for other, said in others.items()}}
    return Texts({(ZH / one).as_posix(): said for one, said in files.items()})


def offered(text, name="policy.yaml", lang="zh"):
    said, place = cursor(text)
    return {offer.text: offer for offer in offers_at(world(name, said), PATHS[name], place, lang)}


def place_of(word, nth=0):
    return at(word, nth, TEXT["policy.yaml"])


def written(spans):
    return [span.source.text[slice(*bounds(span))] for span in spans]


# --- diagnostics ----------------------------------------------------------------------------------------


def test_nothing_is_wrong():
    """With any of the files."""
    for path in PATHS.values():
        assert () == problems_in(world(), path)


@pytest.mark.parametrize(
    ("name", "old", "new", "kind", "word"),
    [
        ("policy.yaml", "且非特殊情况", "且非特殊情形", "unknown-name", "特殊情形"),
        ("policy.yaml", "连续到校 >= 1", "连续在校 >= 1", "unknown-measure", "连续在校"),
        ("policy.yaml", "对象: 家长\n            期限: 联系", "对像: 家长\n            期限: 联系", "unknown-key", "对像"),
        ("policy.yaml", "当周结束}", "当周末}", "wrong-value", "当周末"),
        ("policy.spec.yaml", "{派发: 联系家长}", "{派出: 联系家长}", "unknown-word", "派出"),
        ("calendar.yaml", "周一: [", "周天: [", "unknown-weekday", "周天"),
    ],
)
def test_a_problem_stands_at_the_word(name, old, new, kind, word):
    """The one that was written."""
    found = problems_in(world(name, TEXT[name].replace(old, new, 1)), PATHS[name])

    assert [(kind, True)] == [(problem.kind, word in written([problem.span])[0]) for problem in found[:1]], found


# --- hover ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "nth", "said"),
    [
        ("期限", 2, "**期限**: 期限。\n\n`3个上学日` `30分钟`"),
        ("当:", 0, "**当**: 达到什么条件就启动这一级。"),
        ("施行", 0, "**施行**"),
        ("特殊情况", 3, "**特殊情况**\n\n已查明的特殊情况"),
        ("家访天数", 2, "- `3`"),
        ("联系时限", 1, "**联系时限**"),
        ("联系家长", 1, "policy.yaml"),
    ],
)
def test_a_key_or_a_name_is_told(word, nth, said):
    """A key in the author's word, its examples too; a name in a condition whose words stand together."""
    told = told_at(world(), PATHS["policy.yaml"], place_of(word, nth), "zh")

    assert said in told.text, told.text
    assert written([told.span]) == [word.rstrip(":")]


@pytest.mark.parametrize(("name", "word", "said"), [("calendar.yaml", "补课", "**补课**: "), ("policy.spec.yaml", "派发", "**派发**: 要求某人办理。")])
def test_keys_of_other_files_are_told(name, word, said):
    """By their own tables."""
    assert said in told_at(world(), PATHS[name], at(word, 0, TEXT[name]), "zh").text


# --- completion -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "has", "lacks"),
    [
        ("        依据: 已办结", "        |\n        依据: 已办结", {"再次", "逾期后"}, {"again", "依据", "need"}),
        ("例行工作:", "目|\n例行工作:", {"换版"}, {"on_change", "目标"}),
        ("{由: 班主任, 期限: 当周结束}", "{由: 班主任, |, 期限: 当周结束}", {"对象", "告知"}, {"to", "由"}),
        ("适用: 在籍", "适用: |", {"在籍", "且", "非", "已办结(", "连续旷课", "年级"}, {"enrolled", "and", "done(", "grade"}),
        ("当: 连续旷课 >= 1个上学日", "当: 连续旷课 >= 1个上学日 且 |", {"特殊情况", "休学"}, {"on_leave"}),
        ("依据: 已办结(联系家长)", "依据: 已办结(|)", {"联系家长", "家访"}, {"连续旷课"}),
        ("单位: 上学日, 不计", "单位: |, 不计", {"上学日", "节"}, {"school day"}),
        ("类型: 数值", "类型: |", {"数值", "标记"}, {"number"}),
        ("对象: 家长\n            期限: 联系时限", "对象: |\n            期限: 联系时限", {"家长", "学生本人", "班主任"}, {"parent"}),
        ("所属: 村", "所属: |", {"村", "班级"}, {"class"}),
        ("各: 学校", "各: |", {"学校", "村干部"}, {"school"}),
        ("期限: 联系时限", "期限: |", {"联系时限"}, {"连续旷课"}),
        ("列: [姓名, ", "列: [姓名, |, ", {"班级名称", "学号", "连续旷课", "班主任"}, {"class_name"}),
    ],
)
def test_what_may_be_written_is_offered_in_chinese(old, new, has, lacks):
    """Keys, words of a choice, words of conditions."""
    text = TEXT["policy.yaml"]
    assert old in text
    found = set(offered(text.replace(old, new, 1)))

    assert set() == has - found
    assert set() == lacks & found


def test_other_files_are_completed_in_chinese():
    """A spec and a calendar."""
    spec, calendar = TEXT["policy.spec.yaml"], TEXT["calendar.yaml"]

    assert {"告知", "期限"} <= set(offered(spec.replace("{派发: 联系家长}", "{派发: 联系家长, |}", 1), "policy.spec.yaml"))
    assert {"周三"} <= set(offered(calendar.replace("周三}", "|}"), "calendar.yaml"))


def test_the_keys_of_a_file_tell_its_language():
    """Whatever the editor's; where they do not tell, that one does."""
    assert {"duties"} <= set(offered(f"{POLICY}|", lang="zh"))
    assert {"目标"} <= set(offered("制度: 甲\n沿用: standard.yaml\n|", lang="en"))
    assert {"目标"} <= set(offered("|", lang="zh"))
    assert {"targets"} <= set(offered("|", lang="en"))


def test_a_word_that_is_a_name_here_is_offered_in_english():
    """Else it would be the name."""
    text = TEXT["policy.yaml"].replace("特殊情况", "休学").replace("适用: 在籍", "适用: |")

    assert {"on_leave", "休学"} <= set(offered(text))


# --- definition, references, rename ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "nth", "count"),
    [
        ("家访天数", 1, 3),  # a parameter before `且`
        ("特殊情况", 3, 3),  # behind `且非`, without blanks
        ("连续旷课", 1, 5),
        ("联系家长", 1, 3),  # in `已办结(...)` and `结果(...)`
        ("班主任", 1, 7),
        ("辍学上限", 1, 2),
        ("缺课", 4, 2),  # the ladder, in `有未结个案(缺课)`
    ],
)
def test_a_name_leads_to_its_definition_and_to_every_use(word, nth, count):
    """Counted by hand."""
    found = references(world(), PATHS["policy.yaml"], place_of(word, nth))

    assert [word] == written(definitions(world(), PATHS["policy.yaml"], place_of(word, nth)))
    assert [word] * count == written(found)


def test_what_is_named_is_the_same_in_both_languages():
    """And stands where it is written."""
    english = formatted(Source(PATHS["policy.yaml"], TEXT["policy.yaml"]), "en")
    own = mentions_of(reading_of(world(own=OWN), (ZH / "own.yaml").as_posix()))
    chinese, other = (mentions_of(reading_of(texts, PATHS["policy.yaml"])) for texts in (world(), world("policy.yaml", english)))

    assert [(one.symbol, one.defines) for one in other] == [(one.symbol, one.defines) for one in chinese]
    assert [one.name for one in chinese] == written(one.span for one in chinese)
    assert [one.name for one in own] == written(one.span for one in own)
    assert {"measure", "parameter", "flag", "role", "ladder", "item"} <= {one.kind for one in chinese if not one.defines}


def test_a_rename_reaches_every_place_in_every_file():
    """Conditions whose words stand together, paths with keywords in them, the file above; taken back, all is as it was."""
    texts = world(own=OWN)
    own = (ZH / "own.yaml").as_posix()
    assert () == problems_in(texts, own)
    for one in [one for one in mentions_of(reading_of(texts, own)) if one.defines and one.name in ("缺课", "家访天数", "第一天")]:
        path = one.span.source.path
        after = changed(texts, rename(texts, path, bounds(one.span)[0], "另一个名字"))
        back = changed(after, rename(after, path, after.open[path].index("另一个名字"), one.name))

        assert texts.open == back.open, one
        assert not [problem for problem in check_policy(after.source(own), find=after.find)[1] if not problem.warning]


@pytest.mark.parametrize(("word", "nth", "new"), [("特殊情况", 0, "休学"), ("特殊情况", 0, "在籍"), ("村干部", 0, "家长"), ("连续到校", 0, "且")])
def test_a_name_that_would_take_a_word_s_place_is_refused(word, nth, new):
    """Every use of the word would then be of the name."""
    text = TEXT["policy.yaml"].replace("适用: 在籍", "适用: 在籍 且 非 休学")
    with pytest.raises(NoRename, match=f"`{new}`"):
        rename(world("policy.yaml", text), PATHS["policy.yaml"], at(word, nth, text), new)


def test_the_words_of_a_count_are_counted():
    """The numbers above are of the example as it stands."""
    found = Counter(one.name for one in mentions_of(reading_of(world(), PATHS["policy.yaml"])) if one.name in ("家访天数", "特殊情况", "连续旷课"))

    assert {"家访天数": 3, "特殊情况": 3, "连续旷课": 5} == dict(found)
