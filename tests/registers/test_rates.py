"""The register of rates: every reading of every target, and why where there is none."""

from fractions import Fraction

import pytest

from escalate.registers import for_person, registers_of
from escalate.registers.columns import hundredths
from escalate.roster import Roster, Student
from tests.build import CAL, calendar, engine, marks, status

from .duties import ROSTER, policy, sheets
from .world import cells
from .world import policy as other
from .world import sheets as plain

FALLEN = status("s1", "dropped_out", "09-04 10:00")
TERMS = calendar("2025-08-25", 8, terms={"summer": "2025-08-25..2025-08-29", "autumn": "2025-09-01..2025-10-17"})


def rows(events, until="09-12 18:00", roster=ROSTER, **more):
    return cells(sheets(events, until, roster=roster, **more)["rates"])


def of(target, found):
    return [(row[0], *row[2:]) for row in found if row[1] == target]


def test_r14_each_reading_with_its_two_numbers():
    """As it changes: the first one, and each that says something else."""
    assert ("对象", "指标", "核查日期", "基数日期", "计入人数", "基数人数", "百分比", "限度", "结论", "缘由") == sheets([], "09-12")["rates"].heads
    assert [
        ("班级 7-1", "2025-09-01", "2025-09-01", 0, 2, "0.00%", "不超过 10%", "达标", ""),
        ("班级 7-1", "2025-09-04", "2025-09-01", 1, 2, "50.00%", "不超过 10%", "未达标", ""),
        ("班级 7-2", "2025-09-01", "2025-09-01", 0, 1, "0.00%", "不超过 10%", "达标", ""),
        ("班级 8-1", "2025-09-01", "2025-09-01", 0, 1, "0.00%", "不超过 10%", "达标", ""),
    ] == of("流失率", rows(FALLEN))


def test_r15_what_had_no_value_says_why():
    """The calendar begins with the term: there is no term before it."""
    assert [
        ("学校 north", "2025-09-05", "", "", "", "", "不低于 50%", "无数值", "校历未及基数日期"),
        ("学校 south", "2025-09-05", "", "", "", "", "不低于 50%", "无数值", "校历未及基数日期"),
    ] == of("在籍率", rows([]))


def test_r15_nobody_at_the_base():
    """A class that begins in mid-year has no heads."""
    roster = Roster((*ROSTER.students, Student("s9", "north", "9-1", "9", start=CAL.of("").first.replace(day=8))), ROSTER.assignments)

    assert [("班级 9-1", "", "", "", "无数值", "基数日期无人")] == [(row[0], *row[3:6], *row[7:]) for row in of("流失率", rows([], roster=roster)) if "9-1" in row[0]]


def test_r14_a_correction_changes_what_was_read():
    """The reading of then, as it is known now."""
    back = status("s1", "returned", "09-04 11:00", known="09-09 10:00")

    assert ["达标"] == [row[7] for row in of("流失率", rows(FALLEN + back)) if row[0] == "班级 7-1"]


@pytest.mark.parametrize(("share", "shown"), [("0", "0.00%"), ("1/3", "33.33%"), ("2/3", "66.67%"), ("1/800", "0.13%"), ("1", "100.00%"), ("1/40000", "0.00%")])
def test_r14_percent_to_two_decimals(share, shown):
    """A half of the last one is rounded up."""
    assert shown == hundredths(Fraction(share))


def test_r16_whom_a_target_counted():
    """By name, for whoever may read of that student; numbers for whoever may read of the group."""
    found = sheets(FALLEN + status("s3", "dropped_out", "09-03 10:00"), "09-12 18:00", "rates: {readers: [clerk, teacher]}")

    assert ("流失率：计入名单", ["s1", "s3"]) == (found["loss_list"].title, [row[1] for row in cells(found["loss_list"])])
    assert [("班级 7-1", "s1", "甲", "7-1", "2025-09-04")] == [row.cells for row in found["loss_list"].rows if row.readers["teacher"] == ("p1",)]
    shares = {sheet.name: cells(sheet) for sheet in for_person(found.values(), "teacher", "p2")}
    assert (["s3"], {"班级 7-2"}) == ([row[1] for row in shares["loss_list"]], {row[0] for row in shares["rates"]})


def test_r16_whom_a_target_did_not_count():
    """Those of its heads who are gone at the last check."""
    found = {sheet.name: sheet for sheet in registers_of(engine(policy(), FALLEN, "09-12 18:00", TERMS, ROSTER))}

    assert [("学校 north", 2, 3, "66.67%", "达标"), ("学校 south", 1, 1, "100.00%", "达标")] == [
        (row[0], row[4], row[5], row[6], row[8]) for row in cells(found["rates"]) if row[1] == "在籍率"
    ]
    assert [("学校 north", "s1", "甲", "7-1", "2025-09-05")] == cells(found["kept_on_list"])


def test_without_a_target_there_is_nothing_in_it():
    """Marks alone are no rate."""
    assert [] == cells(plain(other(), marks("s1", "09-01", "AA"), "09-12")["rates"])
