"""Items of groups in the registers that every policy has."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalate.engine import Engine
from escalate.events import Outcome
from escalate.registers import registers_of
from tests.build import CAL, at, engine, marks, status

from .duties import ROSTER, policy, sheets
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


DATES = st.sampled_from(["09-01", "09-02", "09-03", "09-04", "09-08"])
EVENTS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["s1", "s2", "s3", "s4"]), DATES, st.sampled_from(["AA", "PP", "AP"])).map(lambda one: marks(*one)),
        st.tuples(st.sampled_from(["s1", "s3"]), st.sampled_from(["dropped_out", "returned"]), DATES, DATES).map(
            lambda one: status(one[0], one[1], f"{min(one[2:])} 10:00", f"{max(one[2:])} 11:00")
        ),
        st.tuples(st.sampled_from(["7-1", "7-2"]), DATES).map(lambda one: said("class", one[0], "count_heads", f"{one[1]} 12:00")),
    ),
    max_size=5,
).map(lambda found: [event for events in found for event in events])
OWN = "mine: {each: class, columns: [class, rate(loss), done(count_heads), times(count_heads)]}\npeople: {each: person}"


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=25, deadline=None)
@given(EVENTS, st.lists(DATES, max_size=3))
def test_fed_any_way_the_same_registers_of_groups(events, cuts):
    """At once, or piece by piece and asked between the pieces."""
    whole = engine(policy(OWN), events, "09-12 18:00", roster=ROSTER)
    pieces, before = Engine(policy(OWN), CAL, ROSTER), -1
    for now in sorted({*(at(cut) for cut in cuts), at("09-12 18:00")}):
        pieces.feed([event for event in events if before < event.known <= now])
        pieces.advance(now)
        shown, before = registers_of(pieces), now

    assert registers_of(whole) == shown
