"""The registers that every policy has."""

import pytest

from escalate.load import load_policy
from escalate.policy import CONSEQUENCE_SUMS, REGISTERS
from escalate.registers.built_in import BUILT_IN
from escalate.source import Source
from tests.build import flag, late, marks, outcome, status, void

from .world import POLICY, cells, policy, sheets

RULES = policy()


def of(name, events, until):
    return cells(sheets(RULES, events, until)[name])


def test_every_policy_has_them_all():
    """In this order, the policy's own after them, also where nobody stands in them."""
    found = sheets(policy("mine: {}"), [], "09-01 18:00")

    assert [*REGISTERS[:-1], CONSEQUENCE_SUMS, "rates", "mine"] == list(found)
    assert {*REGISTERS} == {*BUILT_IN, "consequences", "rates"}
    assert "未结个案台账" == found["open_cases"].title


def test_open_cases():
    """Each with what is owed first in it."""
    events = marks("s1", "09-01", "AA AA") + marks("s2", "09-01", "PP PP")

    assert [
        ("s1", "甲", "7-1", "缺课 第 1 号", "缺两天", "2025-09-01 17:30", "家访", "班主任（p1）", "2025-09-02"),
        ("s2", "乙", "7-1", "谈话 第 1 号", "贫困生", "2025-09-01 17:30", "走访", "村干部", "2025-09-08"),
    ] == of("open_cases", events, "09-02 18:00")


def test_r7_overdue_items():
    """Past due and not done."""
    events = marks("s1", "09-01", "AA AA AA")
    line = ("s1", "甲", "7-1", "家访", "班主任（p1）", "2025-09-02", "逾期未办", "", "缺课 第 1 号", "缺一天")

    assert [line] == of("overdue_items", events, "09-03 12:00")
    assert [] == of("overdue_items", events + outcome("s1", "visit", "09-03 10:00"), "09-03 12:00")


def test_r7_a_blocked_item_past_its_due_is_overdue_too():
    """It says what it waits for."""
    chased = "title: 缺课\n    if_overdue: {chase: {by: principal, due: 1 school day}}\n"
    text = POLICY.removesuffix("registers:\n").replace("title: 缺课\n", chased).replace("do: {report", "need: done(visit), do: {report")
    blocked = load_policy(Source("hill.yaml", text))
    found = cells(sheets(blocked, marks("s1", "09-01", "AA AA AA AA"), "09-05 08:00")["overdue_items"])

    assert ("报告", "待补依据", "家访") in [(row[3], row[6], row[7]) for row in found]


def test_what_the_end_of_a_case_asks_for_stands_under_the_end():
    """In the reader's words, not under the key of the language."""
    text = POLICY.removesuffix("registers:\n").replace("ends: {when: days_back >= 1}", "ends: {when: days_back >= 1, do: {back: {title: 复学报告, by: teacher, due: 1 school day}}}")
    closing = load_policy(Source("hill.yaml", text))
    found = cells(sheets(closing, marks("s1", "09-01", "AA PP PP PP"), "09-05 08:00")["overdue_items"])

    assert [("复学报告", "缺课 第 1 号", "结案")] == [(row[3], *row[8:]) for row in found if row[3] == "复学报告"]


@pytest.mark.parametrize(("name", "word"), [("suspected_dropouts", "suspected_dropout"), ("dropouts", "dropped_out"), ("no_shows", "no_show")])
def test_those_whose_status_it_is(name, word):
    """The newest status; who came back is gone from it."""
    events = status("s1", word, "09-01 10:00", cause="外出务工")

    assert [("s1", "甲", "7-1", "v1", "2025-09-01 10:00", "外出务工")] == of(name, events, "09-02")
    assert [] == of(name, events + status("s1", "returned", "09-02 10:00"), "09-02")


def test_roll_changes_are_all_of_them():
    """In the order in which they happened."""
    events = status("s1", "transferred_out", "09-02 10:00") + status("s1", "transferred_in", "09-01 10:00", cause="随迁")

    assert [("转入", "2025-09-01 10:00", "随迁"), ("转出", "2025-09-02 10:00", "")] == [row[3:] for row in of("roll_changes", events, "09-03")]


def test_what_was_withdrawn_or_must_be_recalled():
    """An item whose ground is gone: not done, and done."""
    events = marks("s1", "09-01", "AA AA") + marks("s3", "09-01", "AA") + outcome("s1", "visit", "09-02 10:00")
    events += late("s1", "09-01", "PP", "09-03 10:00") + late("s1", "09-02", "PP", "09-03 10:00") + late("s3", "09-01", "PP", "09-03 10:00")

    assert [("s1", "家访", "待召回"), ("s1", "报告", "已撤销"), ("s3", "家访", "已撤销")] == [
        (row[0], row[3], row[4]) for row in of("withdrawn_and_recalled", events, "09-03 12:00")
    ]


def test_r7_outcomes_that_do_no_item():
    """A visit that nobody knows, and one of an item that never was."""
    events = outcome("s1", "vist", "09-02 10:00", by="p1") + outcome("s1", "hill/s1/absence/7/one_day/1/visit/teacher", "09-02 11:00", "met")

    assert [
        ("s1", "甲", "7-1", "vist", "2025-09-02 10:00", "p1", "", "制度中没有这一事项"),
        ("s1", "甲", "7-1", "家访", "2025-09-02 11:00", "", "met", "没有这一事项"),
    ] == of("unbound_outcomes", events, "09-03")


def test_an_outcome_that_was_taken_back_need_not_be_looked_at():
    """It never was."""
    events = outcome("s1", "vist", "09-02 10:00", id="o1") + void("s1", "o1", "09-03 10:00")

    assert [] == of("unbound_outcomes", events, "09-04")


def test_r7_an_outcome_whose_item_came_back_is_bound_again():
    """What was said of it on the way is over."""
    events = marks("s1", "09-01", "AA") + outcome("s1", "hill/s1/absence/1/one_day/1/visit/teacher", "09-01 18:00")
    gone = late("s1", "09-01", "PP", "09-02 10:00")
    back = late("s1", "09-01", "AA", "09-03 10:00")

    assert 1 == len(of("unbound_outcomes", events + gone, "09-02 12:00"))
    assert [] == of("unbound_outcomes", events + gone + back, "09-03 12:00")


def test_the_policy_says_who_reads_one_and_how_long_it_is_kept():
    """And what it is called; never what stands in it."""
    found = sheets(policy("open_cases: {title: 个案簿, readers: [teacher], kept: forever}"), flag("s1", "poor", "yes", "09-01"), "09-01 18:00")["open_cases"]

    assert ("个案簿", "永久保存", {"teacher": ("p1", "p2")}) == (found.title, found.kept, found.readers)
    assert 2 == len(found.rows)
