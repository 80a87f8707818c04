"""Registers that a policy writes: who stands in them, and what each column shows."""

import pytest
from attrs import evolve

from escalate.engine import Engine
from escalate.registers import registers_of
from escalate.roster import Roster, Student
from tests.build import CAL, date, engine, flag, late, marks, outcome, status

from .world import ROSTER, cells, policy, sheets

AWAY = marks("s1", "09-01", "AA AA") + marks("s3", "09-01", "PP AA")


def of(line, events, until="09-02 18:00", roster=ROSTER):
    """The rows of one register."""
    return cells(sheets(policy(f"mine: {line}"), events, until, roster)["mine"])


def test_a_row_for_each_student_whom_where_covers():
    """In the order of school, class and id; the heads are in the policy's language."""
    sheet = sheets(policy("mine: {title: 缺课台账, where: days_away >= 1, columns: [student, name, class_name, days_away], kept: 3 years}"), AWAY, "09-02 18:00")["mine"]

    assert (("学号", "姓名", "班级", "连续旷课天数"), [("s1", "甲", "7-1", 2), ("s3", "丙", "7-2", 1)]) == (sheet.heads, cells(sheet))
    assert ("山坡小学控辍制度", "缺课台账", "2025-09-02", "保存 3 年") == (sheet.heading, sheet.title, sheet.date, sheet.kept)


def test_r6_without_where_every_enrolled_student_stands_there():
    """Also one of whom nothing was ever recorded, and without columns it says who they are."""
    assert [("s1", "甲", "7-1"), ("s3", "丙", "7-2"), ("s4", "丁", "8-2")] == of("{}", status("s2", "transferred_out", "09-01"))


@pytest.mark.parametrize(
    ("column", "shown"),
    [
        ("days_away", 1), ("days_away + 1", 2), ("days_away >= 1", "是"), ("poor", "否"), ("level", "=2+3"), ("missed", "50%"), ("missed / 3", "1/6"),
        ("since", ""), ("fired(two_days)", "否"), ("outcome(absence.one_day.visit)", "尚无结果"), ("case", "缺课 第 1 号"), ("title", "缺课"), ("stage", "缺一天"),
        ("opened", "2025-09-02 17:30"), ("item", "家访"), ("by", "班主任（p2）"), ("due", "2025-09-03"), ("teacher", "p2"), ("tutor", ""),
        ("status", "在籍"), ("cause", ""), ("from", ""), ("household", ""), ("grade", "7"), ("days_since(case)", 0),
    ],
)  # fmt: skip
def test_what_a_column_shows(column, shown):
    """Words of the roster, of the case, of what is owed first in it, and whatever a condition may say."""
    assert [(shown,)] == of(f"{{where: class_name == \"7-2\" and open_case(absence), columns: ['{column}']}}", AWAY)


def test_a_name_of_the_policy_wins_over_a_word_of_registers():
    """Its attribute `household`, a date, not the column of the roster."""
    assert [("2025-09-01",)] == of("{where: poor, columns: [household]}", flag("s2", "household", "2025-09-01", "09-01"))


def test_a_status_with_since_and_cause():
    """Those of the newest status event."""
    events = status("s1", "dropped_out", "09-01 10:00", cause="外出务工")

    assert [("辍学", "2025-09-01 10:00", "外出务工")] == of("{where: dropped_out, columns: [status, since, cause]}", events)


def test_an_outcome_is_the_newest_of_the_open_case():
    """As conditions see it in that case."""
    line = "{where: open_case(absence) and fired(two_days), columns: [student, outcome(visit), done(visit)]}"

    assert [("s1", "coming", "是")] == of(line, AWAY + outcome("s1", "visit", "09-02 10:00", "coming"))


def test_r1_a_case_that_ended_stands_in_no_register():
    """`fired` is asked of the open case; a child who is back has none."""
    assert [] == of("{where: fired(one_day)}", marks("s1", "09-01", "AA PP"))


def test_r1_without_a_ladder_the_case_opened_last():
    """The poor child's talk is older than her absence."""
    events = flag("s2", "poor", "yes", "09-01") + marks("s2", "09-02", "AA")

    assert [("缺课", "家访")] == of("{where: poor, columns: [title, item]}", events)


def test_r2_a_name_is_asked_of_the_ladder_that_the_register_names():
    """Both ladders have a visit; `open_case` says which is meant."""
    events = marks("s2", "09-01", "AA") + outcome("s2", "hill/s2/talk/1/poor_child/1/visit/clerk", "09-01 20:00", "met")

    assert [("met", "")] == of("{where: open_case(talk), columns: [outcome(visit), item]}", events)
    assert [("尚无结果", "家访")] == of("{where: open_case(absence), columns: [outcome(visit), item]}", events)


def test_r2_names_of_two_ladders_are_each_asked_of_their_own():
    """The row's own case is that of the ladder named first."""
    line = "{where: open_case(absence) and fired(poor_child), columns: [case, fired(one_day), fired(poor_child)]}"

    assert [("缺课 第 1 号", "是", "是")] == of(line, flag("s2", "poor", "yes", "09-01") + marks("s2", "09-01", "AA"))


def test_r3_it_is_judged_at_the_instant_asked_with_what_is_known_by_then():
    """A mark that comes later says nothing today."""
    events = late("s1", "09-01", "AA", "09-03 10:00")

    assert [] == of("{where: days_away >= 1}", events)
    assert [("s1", "甲", "7-1")] == of("{where: days_away >= 1}", events, "09-03 18:00")


def test_r5_a_row_for_each_group():
    """A class of one name in another school is another class, where nobody holds a role for either; only those count whom `where` covers."""
    same = tuple(evolve(row, class_="7-2") if row.id == "s4" else row for row in ROSTER.students)
    roster = Roster(same, tuple(held for held in ROSTER.assignments if held.of != "7-2"))
    line = "{each: class, where: days_away >= 1, columns: [school, class, students, teacher, village]}"

    assert [("north", "7-1", 1, "p1", "v1"), ("north", "7-2", 1, "", "v1"), ("south", "7-2", 1, "", "v1")] == of(line, AWAY + marks("s4", "09-02", "AA"), roster=roster)


def test_r5_a_group_without_columns_is_named_and_counted():
    """And students whom the roster puts nowhere are not left out."""
    roster = Roster((*ROSTER.students, Student("s5", "north")), ROSTER.assignments)

    assert [("", 1), ("v1", 3), ("v2", 1)] == of("{each: village}", [], roster=roster)


def test_r4_the_version_in_force_says_which_registers_there_are():
    """A case of the older one stands in a register of the newer."""
    older = evolve(policy("old: {where: open_case(absence)}"), end=date("09-01"))
    newer = evolve(policy("new: {where: fired(one_day), columns: [student, case]}"), start=date("09-02"))

    found = sheets([older, newer], marks("s1", "09-01", "AA"), "09-02 08:00")

    assert "old" not in found
    assert [("s1", "缺课 第 1 号")] == cells(found["new"])


def test_an_engine_that_was_not_advanced_has_no_registers():
    """There is no instant at which they could be judged."""
    assert () == registers_of(Engine(policy(), CAL, ROSTER))


def test_asking_changes_nothing():
    """The same answer twice, and an engine that goes on as if nobody had asked."""
    found = engine(policy("mine: {}"), AWAY, "09-02 18:00", roster=ROSTER)
    before = found.snapshot()

    assert registers_of(found) == registers_of(found)
    assert before == found.snapshot()
