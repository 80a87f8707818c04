"""Lengths, deadlines, windows and the like from one language into the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate.keywords import FORMS, PERIODS, UNITS
from escalate.loading.dues import due_in
from escalate.translate.forms import EN, ZH, turned


@pytest.mark.parametrize(
    ("kind", "english", "chinese"),
    [
        ("due", "3 school days", "3个上学日"),
        ("due", "1 school day", "1个上学日"),
        ("due", "1.5 hours", "1.5小时"),
        ("due", "(visit_days) days", "(visit_days)天"),
        ("due", "走访 office days", "走访 个工作日"),
        ("due", "end of day", "当天结束"),
        ("due", "end of school day", "上学日结束"),
        ("due", "at 16:00", "16:00前"),
        ("due", "28th", "28日"),
        ("due", "(pay_day)th", "(pay_day)日"),
        ("due", "before the next school day", "下一个上学日开始之前"),
        ("due", "at the 1st missed", "missed达到1时"),
        ("due", "before the 7th 缺课", "缺课达到7前"),
        ("due", "10 school days after the (by)th missed", "missed达到(by)后10个上学日"),
        ("due", "2 weeks after term start", "学期开始后2周"),
        ("due", "1 week before 2025-09-15", "2025-09-15前1周"),
        ("window", "day", "当天"),
        ("window", "30 days", "近30天"),
        ("window", "each 4 school weeks", "每4个教学周一段"),
        ("window", "since the case opened", "自立案起"),
        ("window", "since truancy.one_day", "自truancy.one_day起"),
        ("every", "3 months", "每3个月"),
        ("again", "each further 5%", "每再增加5%"),
        ("base", "3 school years before", "前3个学年"),
        ("absent_when", "at least 4 sessions", "至少4节"),
        ("counted", "fact(投诉)", "事实(投诉)"),
        ("extra", "late over 30 minutes", "迟到超过30分钟"),
        ("in_break", "30 days after the next term starts", "下学期开始后30天"),
        ("entry", "lose 评优资格", "取消 评优资格"),
        ("limit", "2 students", "2人"),
        ("limit", "1 student", "1人"),
        ("value", "(quota) students", "(quota)人"),
    ],
)
def test_a_form_and_its_twin(kind, english, chinese):
    assert chinese == turned(kind, english, ZH)
    assert english == turned(kind, chinese, EN)


@pytest.mark.parametrize("text", ["3 workdays", "end of the day", "limit", "三天", "3天内", "in 3 days", "2025-09-15", ""])
def test_what_is_no_form_stays(text):
    """A name, a date, a slip."""
    assert (text, text) == (turned("due", text, EN), turned("due", text, ZH))


amounts = st.one_of(st.integers(0, 400).map(str), st.sampled_from(("(n)", "(天数)", "n", "天数")))
lengths = st.builds(lambda n, unit: f"{n} {unit}{'' if n == '1' else 's'}", amounts, st.sampled_from(sorted(UNITS)))
ordinals = st.integers(1, 31).map(lambda n: f"{n}{'th' if 10 < n < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}")
anchors = st.sampled_from(("term start", "term end", "school year start", "school year end", "2025-09-01"))
PARTS = {
    "n": amounts, "length": lengths, "heads": st.builds(lambda n: f"{n} student{'' if n == '1' else 's'}", amounts), "nth": ordinals, "period": st.sampled_from(sorted(PERIODS)), "clock": st.sampled_from(("08:00", "16:30")),
    "name": st.sampled_from(("missed", "缺课", "x.y")), "anchor": anchors, "rest": st.sampled_from(("评优资格", "a b")),
}  # fmt: skip


@st.composite
def texts(draw):
    """A text of any form."""
    kind = draw(st.sampled_from(sorted(FORMS)))
    form = draw(st.sampled_from(FORMS[kind]))
    return kind, form[EN].format(**{name: draw(part) for name, part in PARTS.items() if f"{{{name}}}" in form[EN]})


@given(texts())
def test_every_form_comes_back(made):
    """From English to Chinese and back, sign by sign."""
    kind, text = made
    chinese = turned(kind, text, ZH)

    assert text == turned(kind, chinese, EN)
    assert chinese == turned(kind, turned(kind, chinese, EN), ZH)


@given(st.builds(lambda n, unit: f"{n} {unit}", amounts, st.sampled_from(sorted(UNITS.values()))))
def test_a_length_in_chinese_is_one(text):
    """With or without a blank; what the reader of deadlines makes of it is a matter of units."""
    english = turned("length", text, EN)

    assert english != text
    assert due_in(english) == due_in(turned("length", turned("length", english, ZH), EN))
