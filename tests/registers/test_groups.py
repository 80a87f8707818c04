"""Items of groups in the registers that every policy has."""

from escalate.events import Outcome
from tests.build import at

from .duties import sheets
from .world import cells


def said(level, name, action, when, result="", **more):
    return [Outcome(student=name, level=level, action=action, at=at(when), known=at(when), result=result, **more)]


def test_r17_what_a_group_owes_is_overdue_too():
    """A class, and a teacher; the column of groups is there only where something is asked of them."""
    found = sheets(said("class", "7-1", "count_heads", "09-02 10:00"), "09-12 18:00")["overdue_items"]

    assert [
        ("", "", "7-2", "班级 7-2", "清点人数", "班主任（p2）", "2025-09-03", "逾期未办", "", "清点 2025-09/1", ""),
        ("", "", "7-1", "班主任 p1", "巡课", "班主任（p1）", "2025-09-04", "逾期未办", "", "巡查 2025-09/1", ""),
    ] == [row for row in cells(found) if row[3] in ("班级 7-1", "班级 7-2", "班主任 p1")]
    assert "对象" == found.heads[3]


def test_r17_an_outcome_of_a_group_that_does_no_item():
    """It stands with its group, and with no student of that name."""
    found = sheets(said("class", "7-1", "cuont_heads", "09-02 10:00", by="p1"), "09-03")["unbound_outcomes"]

    assert [("", "", "7-1", "班级 7-1", "cuont_heads", "2025-09-02 10:00", "p1", "", "制度中没有这一事项")] == cells(found)


def test_r17_who_reads_of_a_group():
    """Whoever holds the role for all its students; a teacher the own rows."""
    found = sheets([], "09-12 18:00", "overdue_items: {readers: [teacher, principal, clerk]}")["overdue_items"]
    readers = {row.cells[3]: {role: held for role, held in row.readers.items() if held} for row in found.rows}

    assert {"principal": ("p9",), "teacher": ("p1",)} == readers["班级 7-1"]  # of two villages
    assert {"principal": ("p9",), "teacher": ("p1",)} == readers["班主任 p1"]
    assert [()] * 6 == [row.students for row in found.rows]
