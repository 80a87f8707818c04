"""Who may read which row (law 14)."""

from hypothesis import given
from hypothesis import strategies as st

from escalate.registers import for_person
from escalate.roster import Assignment, Roster
from tests.build import date, marks

from .world import ROSTER, policy, sheets

EVENTS = [event for student in ("s1", "s2", "s3", "s4") for event in marks(student, "09-01", "AA")]
LINES = "mine: {readers: [teacher, clerk, tutor], where: days_away >= 1, columns: [student]}\nby_class: {each: class, readers: [teacher, clerk, principal]}"
FOUND = sheets(policy(LINES), EVENTS, "09-01 18:00")


def of(role, person, name="mine"):
    """The students of whom one reader sees a row, None where the register is not hers."""
    return next(([row.students for row in sheet.rows] for sheet in for_person(FOUND.values(), role, person) if sheet.name == name), None)


def test_r8_a_holder_sees_the_rows_of_those_for_whom_the_role_is_held():
    """A class, a village, one student."""
    assert [("s1",), ("s2",)] == of("teacher", "p1")
    assert [("s1",), ("s3",), ("s4",)] == of("clerk", "p3")
    assert [("s1",)] == of("tutor", "p5")


def test_r8_an_assignment_that_is_over_or_not_begun_shows_nothing():
    """Who had the class last year, and who has it from tomorrow on."""
    held = (Assignment("teacher", "7-1", "p1", end=date("08-31")), Assignment("teacher", "7-1", "p6", start=date("09-02")), Assignment("teacher", "7-2", "p2"))
    found = sheets(policy(LINES), EVENTS, "09-01 18:00", Roster(ROSTER.students, held))["mine"]

    assert {"teacher": ("p2",), "clerk": (), "tutor": ()} == found.readers
    assert [(), (), ("p2",), ()] == [row.readers["teacher"] for row in found.rows]


def test_r8_a_register_that_does_not_name_a_role_is_not_there_for_it():
    """Not even as an empty one; who is named sees no other."""
    assert of("principal", "p9") is None
    assert ["mine", "by_class"] == [sheet.name for sheet in for_person(FOUND.values(), "teacher", "p1")]


def test_r8_without_readers_the_roles_of_a_school_read_their_own_school():
    """And nobody who holds a role for less, or for more."""
    assert [("s1",), ("s2",), ("s2",), ("s3",)] == of("principal", "p9", "open_cases")
    assert [("s4",)] == of("principal", "p8", "open_cases")
    assert of("teacher", "p1", "open_cases") is None
    assert of("clerk", "p3", "open_cases") is None


def test_r9_of_a_group_only_who_may_read_it_of_each_of_its_students():
    """A clerk of one village is not told how many of a class of two villages."""
    assert [("s1", "s2")] == of("teacher", "p1", "by_class")
    assert [("s3",), ("s4",)] == of("clerk", "p3", "by_class")
    assert [("s1", "s2"), ("s3",)] == of("principal", "p9", "by_class")


def test_a_person_sees_nothing_by_a_role_that_another_holds():
    """The role and the person go together."""
    assert of("teacher", "p3") is None


def test_a_share_names_no_other_holder():
    """Nor whoever else reads the register."""
    assert [{"teacher": ("p1",)}] * 2 == [sheet.readers for sheet in for_person(FOUND.values(), "teacher", "p1")]
    assert [{"teacher"}] * 2 == [set(row.readers) for row in for_person(FOUND.values(), "teacher", "p1")[0].rows]


@given(st.sampled_from(ROSTER.assignments))
def test_no_row_is_shown_of_a_child_for_whom_nothing_is_held(held):
    """For every holder of every role, over all registers."""
    levels = {"teacher": "class", "clerk": "village", "principal": "school", "tutor": "student"}
    mine = {row.id for row in ROSTER.students if row.get(levels[held.role]) == held.of}
    shown = {student for sheet in for_person(FOUND.values(), held.role, held.person) for row in sheet.rows for student in row.students}

    assert shown <= mine
