"""The drawing: what it says, and that no text of an author breaks it."""

from xml.etree import ElementTree

import pytest

from escalate.pictures import svg
from escalate.pictures.blocks import Block, below, chip, text
from escalate.pictures.measure import width

from .shelf import asking, policy_of


def texts(drawn):
    return [node.text for node in ElementTree.fromstring(drawn).iter() if node.tag.endswith("}text")]  # our own drawing


def test_a_stage_says_what_it_asks_of_whom_by_when():
    """In the order of reading."""
    drawn = svg(asking("title: 家访, by: teacher, to: parent, due: 1 school day"))

    assert ["山坡小学", "a", "适用：在籍学生", "1", "s", "连续旷课天数 ≥ 1", "家访", "班主任 → 家长", "1 个上学日内", "结案", "连续到校天数 ≥ 1"] == texts(drawn)


def test_what_nobody_has_set_is_marked():
    """By when an item is due."""
    parameters = "parameters: {open: {required: true, why: x}, set_: {value: 1 day}}"

    assert 'class="chip unset"' in svg(asking("by: teacher, due: open", parameters))
    assert 'class="chip unset"' not in svg(asking("by: teacher, due: set_", parameters))


def test_signs_of_markup_stay_signs():
    """In a title."""
    assert '<b> & "c"' in texts(svg(asking("title: '<b> & \"c\"', by: teacher, due: 1 day")))


def test_a_policy_without_ladders_says_so():
    """Its picture would be empty."""
    policy = policy_of("duties: {d: {every: term, do: {x: {by: principal, due: 1 week}}}}\n")

    assert ["山坡小学", "没有逐级处理：这项制度只有例行工作和指标，见表。"] == texts(svg(policy))
    assert "No ladder" in svg(policy, "en")


def test_degrees_rise_from_the_first_stage_to_the_last():
    """However many there are."""
    stages = "".join(f"      s{n}: {{when: days_away >= {n}}}\n" for n in (1, 2, 3))
    drawn = svg(policy_of(f"ladders:\n  a:\n    stages:\n{stages}    ends: {{when: days_back >= 1}}\n"))

    assert [f'class="node d{n}"' in drawn for n in range(5)] == [True, False, True, False, True]


def test_its_own_letters_come_first():
    """Both have quotation marks of their own."""
    policy = asking("by: teacher, due: 1 day")

    assert svg(policy, "zh").index("Noto Sans CJK") < svg(policy, "zh").index("Arial")
    assert svg(policy, "en").index("Arial") < svg(policy, "en").index("Noto Sans CJK")


@pytest.mark.parametrize(("said", "wide"), [("家访", 20), ("“家”", 30), ("ab", 12), ("“a”", 14.4), ("", 0)])
def test_a_text_is_measured_by_its_signs(said, wide):
    """A Chinese sign is a square, and so are the quotation marks beside it."""
    assert pytest.approx(wide) == width(said, 10)


def test_blocks_stand_below_each_other():
    """Empty ones take no room and no gap."""
    whole = below([Block(10, ("a",)), Block(0), Block(5, ("b",))], 2)

    assert 17 == whole.height
    assert '<g transform="translate(0 12)">b</g>' in whole.shapes


def test_a_long_text_takes_more_lines():
    """A chip too, and it grows no wider than its room."""
    assert 3 == len(text("一二三四五六七八九十", "who", 10, 40).shapes)
    assert 2 == len(text("一\n二", "who", 10, 40).shapes)
    assert chip("一二三四五六七八九十一二三四五六七八九十", "due", 0, room=120, clock=True).width <= 120
