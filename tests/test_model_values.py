"""The model's facts and names: what is seen of a student, and what a condition is of it."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from attrs import define, evolve, field

from escalate.conditions import NONE, And, Arith, Compare, Condition, Lit, Not, Or, Quantity, Term, Value
from escalate.days import DayPlan
from escalate.events import CalendarEdit, Document, Event, Mark, Outcome, RosterEdit
from escalate.policy import Parameter, ParameterLine
from escalate.roster import Roster, Student
from escalate.testing.model.logic import compare, holds
from escalate.testing.model.seen import Seen, World, instants, seen
from escalate.testing.model.values import Ctx, Nobody, true, value
from tests.build import CAL, ROSTER, at, correct, count, date, flag, marks, outcome, policy, snow, status, void

RULES = policy(parameters={"days": [("", 2), ("2025-10-01", 3)]}, measures={"in_case": count("A", "session", "since case")})
AM = (date("09-01"), "am")


def look(*events: Event, when: str = "10-11", roster: Roster = ROSTER) -> Seen:
    return seen(World((RULES,), CAL, roster, events), "s1", at(when))


def ask(term: Term, *events: Event, when: str = "09-10", asker: object = None, roster: Roster = ROSTER) -> Value:
    return value(term, Ctx(look(*events, roster=roster), RULES, at(when), asker or Nobody()))


# --- what is seen ---------------------------------------------------------------------------------------


def test_a_fact_is_seen_from_when_it_is_known_and_has_happened() -> None:
    told = [*marks("s1", "09-03", "A_"), *status("s1", "removed", "09-04", "09-02"), *snow("09-05", "09-02 08:00"), *marks("s2", "09-01", "AA")]
    world = World((RULES,), CAL, ROSTER, tuple(told))
    assert instants(world, "s1") == {at("09-03 08:10"), at("09-04"), at("09-02 08:00")}
    assert [len(seen(world, "s1", at(when)).marks) for when in ("09-03 08:09", "09-03 08:10")] == [0, 1]
    assert [len(seen(world, "s1", at(when)).statuses) for when in ("09-03", "09-04")] == [0, 1]
    assert [seen(world, "s1", at(when)).days(date("09-05")).is_school_day(date("09-05")) for when in ("09-01", "09-02")] == [True, False]


def test_a_mark_that_the_calendar_cannot_place_is_left_out() -> None:
    strange = Mark(student="s1", date=date("09-01"), session="night", code="A", known=at("09-01")), Mark(
        student="s1", date=date("12-01"), session="am", code="A", known=at("09-01"))
    assert not look(*strange).marks
    assert not instants(World((RULES,), CAL, ROSTER, strange), "s1")


def test_the_winner_of_a_session_duplicates_and_clashes() -> None:
    first, second = marks("s1", "09-01", "A_", "09-02", id="a"), correct("s1", "09-01", "P_", "09-03")
    assert look(*first, *second).marks[AM].code == "P"
    assert look(*second, *first).marks[AM].code == "P"
    clash = [evolve(second[0], id="a")]
    assert look(*clash, *first).marks[AM].code == "A"
    again = [evolve(first[0], known=at("09-01"), source="again")]
    assert look(*first, *again, when="09-01").marks[AM].known == at("09-01")


def test_a_void_uncovers_what_was_before_and_may_come_first() -> None:
    events = [*void("s1", "b", "09-01"), *marks("s1", "09-01", "A_", "09-02", id="a"), *correct("s1", "09-01", "P_", "09-03", id="b")]
    assert look(*events).marks[AM].code == "A"
    assert not look(*marks("s1", "09-01", "A_"), *void("s1", "2025-09-01.am", "09-02")).marks
    assert look(*marks("s1", "09-01", "A_", id="a"), *void("s1", "v", "09-03", id="w"), *void("s1", "a", "09-02", id="v")).marks == {}


def test_the_last_edit_of_a_roster_column_and_of_a_date_stands() -> None:
    edits = [RosterEdit(student="s1", column="class", value=to, known=at(known), start=date(start) if start else None)
             for to, known, start in (("c0", "09-09", ""), ("c3", "09-02", "09-08"), ("c2", "09-03", "09-05"))]
    facts = look(*edits)
    assert [facts.column("class", date(day)) for day in ("09-01", "09-05", "09-08")] == ["c0", "c2", "c3"]
    opened = CalendarEdit(date=date("09-05"), known=at("09-02 07:00"), plan=DayPlan("school", ("am",)))
    assert not look(*snow("09-05", "09-02 08:00"), opened).days(date("09-05")).is_school_day(date("09-05"))
    assert look(*snow("09-05", "09-02 08:00"), evolve(opened, recorded=at("09-02 09:00"))).days(date("09-05")).is_school_day(date("09-05"))


# --- logic ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("op", "left", "right", "expected"), [
    ("==", None, 1, None), ("<", 1, Fraction(3, 2), True), ("==", True, 1, None), ("==", NONE, NONE, True), ("!=", NONE, "returned", True),
    ("==", NONE, "", False), ("<", NONE, NONE, None), ("<", "a", "b", None), ("!=", "a", "b", True), ("==", "3", 3, None),
    (">", datetime.date(2025, 9, 2), datetime.date(2025, 9, 1), True),
])
def test_comparisons(op: str, left: Value, right: Value, expected: object) -> None:
    assert compare(op, left, right) is expected


def test_kleene() -> None:
    yes, no, unknown = Lit(True), Lit(False), Compare(">", Arith("/", Lit(1), Lit(0)), Lit(0))
    assert [holds(Or((unknown, one)), {}) for one in (yes, no, unknown)] == [True, None, None]
    assert [holds(And((unknown, one)), {}) for one in (yes, no, unknown)] == [None, False, None]
    assert [holds(Not(one), {}) for one in (yes, no, unknown)] == [False, True, None]
    assert holds(Lit(3), {}) is None


# --- names ----------------------------------------------------------------------------------------------


@define
class Item:
    effective: int = at("09-01")
    opened: int = at("09-01")
    done_at: int | None = None
    overdue_at: int | None = None
    gone_at: int | None = None
    outcomes: list = field(factory=list)


@define
class Case(Nobody):
    held: list = field(factory=list)

    def items(self, name: str) -> list:
        return self.held

    items_anywhere = items


def test_flags_attributes_grade_and_age() -> None:
    born = Roster((Student("s1", "north", "c1", "7", fields={"special": "是", "level": "2.5", "birth_date": "2012-09-10"}),))
    assert ask(Term("flag", "special")) is False
    assert ask(Term("flag", "special"), roster=born) is True
    assert ask(Term("flag", "special"), *flag("s1", "special", "no", "09-02"), roster=born) is False
    assert (ask(Term("attribute", "level")), ask(Term("attribute", "level"), roster=born)) == (None, Fraction(5, 2))
    assert (ask(Term("grade")), ask(Term("class_name")), ask(Term("term_week"))) == (7, "c1", 2)
    assert [ask(Term("age"), when=when, roster=born) for when in ("09-09", "09-10")] == [12, 13]
    assert ask(Term("age_on", "school_year_start"), roster=born) == 12


def test_statuses_as_words_and_as_events() -> None:
    left = [*status("s1", "dropped_out", "09-03", cause="work"), *status("s1", "on_leave", "09-08")]
    assert [ask(Term("status", "enrolled"), *left, when=when) for when in ("09-02", "09-03", "09-08")] == [True, True, False]
    assert [ask(Term("status", "dropped_out"), *left, when=when) for when in ("09-02", "09-03", "09-08")] == [False, True, False]
    assert [ask(Term("became", "dropped_out", (("cause", "work"),)), *left, when=when) for when in ("09-03", "09-04")] == [True, False]
    assert ask(Term("became", "dropped_out", (("cause", "illness"),)), *left, when="09-03") is False
    assert [ask(Term("ever", "dropped_out", (("since", since),)), *left) for since in ("term_start", date("09-04"), "case")] == [True, False, None]
    assert ask(Term("days_since", "dropped_out", target="status"), *left) == 7
    assert ask(Term("school_days_since", "dropped_out", target="status"), *left) == 5


def test_a_parameter_has_the_value_of_its_first_line_that_holds() -> None:
    lines = (ParameterLine(Fraction(3), start=date("2025-10-01")), ParameterLine(Quantity(Fraction(5), "day"), Condition(Lit(False), "false")), ParameterLine(Fraction(2)))
    rules = evolve(RULES, parameters={"days": Parameter("days", lines)})
    assert [value(Term("parameter", "days"), Ctx(look(), rules, at(when), Nobody())) for when in ("09-30", "10-01 00:00")] == [2, 3]


def test_an_item_is_unknown_before_it_is_seen_and_none_before_its_outcome() -> None:
    asked = Term("done", "visit"), Term("overdue", "visit"), Term("late", "visit"), Term("outcome", "visit")
    assert [ask(term) for term in asked] == [None] * 4
    assert [ask(term, asker=Case(held=[Item(overdue_at=at("09-03"))])) for term in asked] == [False, True, True, NONE]
    both = [Item(done_at=at("09-04"), overdue_at=at("09-03"), outcomes=outcome("s1", "visit", "09-04", "refused")), Item()]
    assert [ask(term, asker=Case(held=both)) for term in asked] == [False, False, True, "refused"]
    assert [ask(term, asker=Case(held=both[:1])) for term in asked] == [True, False, True, "refused"]


def test_an_outcome_in_ends_is_the_latest_that_names_x_in_the_case() -> None:
    told = [*outcome("s1", "visit", "09-02", "early"), *outcome("s1", "p/s1/a/1/one/1/visit/teacher/ann", "09-04", "refused"),
            *outcome("s1", "p/s1/a/1/one/1/visit/teacher/then/report/teacher", "09-05", "written"), *outcome("s1", "visit", "09-09")]
    case = Case(ends=True, case_opened=at("09-03"), since=at("09-03"))
    assert [ask(Term("outcome", "visit"), *told, when=when, asker=case) for when in ("09-03", "09-05", "09-09")] == [None, "refused", NONE]
    assert [ask(Term("outcome", name), *told, asker=case) for name in ("report", "one.report", "a.one.report", "two.report")] == ["written", "written", "written", None]


def test_times_and_documents() -> None:
    told = [*outcome("s1", "visit", "09-02", "refused"), *outcome("s1", "visit", "09-08", times=2, to="parent"), *outcome("s1", "visit", "09-09", done=False)]
    assert ask(Term("times", "one.visit"), *told) == 3
    assert ask(Term("times", "visit", (("result", "refused"),)), *told) == 1
    assert ask(Term("times", "visit", (("to", "parent"), ("within", Quantity(Fraction(3), "school day")))), *told) == 2
    assert ask(Term("times", "visit"), *told, asker=Nobody(since=at("09-02"))) == 2
    paper = Document(student="s1", document="consent", by="parent", at=at("09-04"), known=at("09-04"))
    assert [ask(Term("received", "consent", (("by", who),)), paper) for who in ("parent", "school")] == [True, False]
    assert ask(Term("received", "consent"), paper, asker=Nobody(since=at("09-04"))) is False


def test_a_condition_that_reads_a_measure_of_the_case_is_false_without_one() -> None:
    either = Condition(Or((Lit(True), Compare(">=", Term("measure", "in_case"), Lit(1)))), "true or in_case >= 1")
    ctx = Ctx(look(*marks("s1", "09-01", "AA")), RULES, at("09-02"), Nobody())
    assert not true(either, ctx)
    assert true(either, evolve(ctx, asker=Nobody(case_opened=at("09-01"))))


def test_days_since_an_item_counts_from_its_newest_outcome() -> None:
    done = Item(outcomes=[*outcome("s1", "visit", "09-04"), *outcome("s1", "visit", "09-08")])
    assert isinstance(done.outcomes[0], Outcome)
    assert ask(Term("days_since", "visit", target="item"), asker=Case(held=[done])) == 2
    assert ask(Term("days_since", "visit", target="item"), asker=Case(held=[Item()])) is None
    assert ask(Term("days_since", "2025-09-01", target="date")) == 9
    assert ask(Term("school_days_since", "term_start", target="term_start")) == 7
