"""Registers with a row for each group, asked what its own duties may ask."""

import pytest

from escalate.events import Document, Fact, Outcome
from escalate.source import Refused
from tests.build import at, marks, status

from .duties import policy, sheets
from .world import cells

MEASURES = """\
measures:
  complaints: {count: fact(complaint), within: term}
"""


def fact(level, name, what, when):
    return [Fact(about=name, level=level, fact=what, at=at(when), known=at(when))]


def counted(name, when, result=""):
    return [Outcome(student=name, level="class", action="count_heads", at=at(when), known=at(when), result=result)]


def of(line, events, until="09-12 18:00"):
    return cells(sheets(events, until, f"mine: {line}", more=MEASURES)["mine"])


def test_r18_a_row_for_each_who_holds_a_role():
    """With those who are theirs; of a post that nobody holds what it is held for."""
    assert [("p1", 2), ("p2", 1), ("8-1", 1)] == of("{each: teacher}", [])
    assert [("p1", "7-1", "north", 2), ("p2", "7-2", "north", 1), ("8-1", "8-1", "south", 1)] == of(
        "{each: teacher, columns: [person, class, school, students]}", []
    )


def test_r18_a_person_whatever_is_held():
    """A principal of both classes, too."""
    assert [("p1", 2), ("p2", 1), ("p5", 2), ("p6", 2), ("p9", 3), ("p8", 1)] == of("{each: person}", [])


def test_r18_where_asks_the_students_of_a_person():
    """Who has a child that is away, and how many."""
    assert [("p2", 1)] == of("{each: teacher, where: days_away >= 1}", marks("s3", "09-12", "AA"))


def test_r18_facts_about_a_person():
    """Complaints about teachers, not about the children of theirs."""
    events = fact("teacher", "p1", "complaint", "09-02 10:00") + fact("teacher", "p1", "complaint", "09-03 10:00") + fact("student", "s3", "complaint", "09-03 10:00")

    assert [("p1", 2, "是")] == of("{each: teacher, where: complaints >= 1, columns: [person, complaints, complaints >= 2]}", events)
    assert [("p1", 2), ("p2", 0), ("8-1", 0)] == of("{each: teacher, columns: [person, complaints]}", events)


def test_r18_facts_that_only_a_register_asks_for():
    """Nothing else is asked of classes' villages: the facts are heard all the same."""
    assert [("v1", 1), ("v2", 0)] == of("{each: village, columns: [village, complaints]}", fact("village", "v1", "complaint", "09-02 10:00"))


def test_r18_what_came_of_the_newest_item_of_a_duty():
    """Counted in September and not yet in October; as often as it was done."""
    line = "{each: class, columns: [class, done(count_heads), overdue(count_heads), times(count_heads)]}"

    assert [("7-1", "是", "否", 1), ("7-2", "否", "是", 0), ("8-1", "否", "是", 0)] == of(line, counted("7-1", "09-02 10:00"))
    assert [("7-1", "否", "否", 1), ("7-2", "否", "否", 0), ("8-1", "否", "否", 0)] == of(line, counted("7-1", "09-02 10:00"), "10-01 18:00")


def test_r18_where_asks_the_class_for_its_item():
    """Those who did not count."""
    assert [("7-2",), ("8-1",)] == of("{each: class, where: overdue(count_heads), columns: [class]}", counted("7-1", "09-02 10:00"))


def test_r18_a_rate_with_its_two_numbers_and_its_base():
    """As it is now; a comparison is a yes or no."""
    line = "{each: class, where: rate(loss) > 10%, columns: [class, rate(loss), rate(loss) >= 50%, received(minutes)]}"
    paper = [Document(student="7-1", level="class", document="minutes", at=at("09-03"), known=at("09-03"))]

    assert [("7-1", "1/2，50.00%（2025-09-01）", "是", "是")] == of(line, status("s1", "dropped_out", "09-04 10:00") + paper)


def test_r18_who_reads_it():
    """A teacher the own row, a principal those of the school."""
    found = sheets([], "09-12 18:00", "mine: {each: teacher, readers: [teacher, principal]}")["mine"]

    assert [(("p1",), ("p9",)), (("p2",), ("p9",)), ((), ("p8",))] == [(row.readers["teacher"], row.readers["principal"]) for row in found.rows]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{each: class, columns: [days_away]}", "`days_away` is a student's, and this register has a row for each class"),
        ("{each: class, columns: [outcome(patrol)]}", "`outcome(patrol)` is not asked of each class"),
        ("{each: teacher, columns: [rate(loss)]}", "`rate(loss)` is not asked of each teacher"),
        ("{each: class, columns: [fired(one_day)]}", "`fired(one_day)` is a student's, and this register has a row for each class"),
        ("{each: class, where: complaints >= 1 and days_away >= 1}", "`days_away` is a student's, and this register has a row for each class"),
        ("{each: teacher, where: rate(loss) > 1%}", "`rate(loss)` is not asked of each teacher"),
        ("{each: class, where: days_away >= 1 and times(visit) > 1, columns: [person]}", "unknown name `person`"),
        ("{each: student, where: rate(loss) > 1%}", "`rate` stands only in duties, targets and their items"),
    ],
)
def test_what_a_group_cannot_answer_is_a_problem(line, said):
    """At its place, with what can be asked."""
    with pytest.raises(Refused) as refused:
        policy(f"mine: {line}", more=MEASURES)

    assert said in str(refused.value)


def test_registers_of_students_hold_no_groups():
    """Though duties ask something of classes."""
    assert ["s1", "s2", "s3", "s4"] == [row[0] for row in of("{}", [])]
