"""When a condition is judged, and when ordinary presence may be left alone (docs/semantics.md, J4-J6)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from escalate.clocks import Clocks, clocks_of, day_codes, is_quiet, mute_codes, quiet_codes, reads_items, settles, watches
from escalate.conditions import ALWAYS, And, Condition, Term
from escalate.policy import Parameter, ParameterLine, Plus
from tests.build import count, ladder, marks, policy, rate, run, stage, told

MEASURES = {
    "away": run("A"), "back": run("P"), "missed": count("A"), "days": count("A", "school day"), "seen": count("P"), "share": rate("A"),
    "in_week": count("A", within="week"), "in_month": count("A", within="month"), "tiled": count("A", within="week"), "days_in_week": count("A", "school day", within="week"),
    "in_both": count("A", within="week, month"), "late": count("A", plus=(Plus(frozenset("P"), Fraction(30), "session"),)),
}


def rules(when: str, again: str = "", where: str = "enrolled", parameters: dict | None = None):
    return policy(
        measures=MEASURES, parameters=parameters or {"limit": 3, "steps": [("", 3), ("2025-10-01", 0)], "zero": 0},
        other=ladder(one=stage("missed >= 1", visit="1 day")), only=ladder(where=where, first=stage(when, again=again, call="1 day")),
    )


def condition(when: str) -> tuple:
    made = rules(when)
    return made.ladders["only"].stages[0].when, made


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("away >= 1", Clocks(close=True)),
        ("days >= 1", Clocks(close=True)),
        ("missed >= 1", Clocks(close=True, session=True)),
        ("days >= 1 and missed >= 1", Clocks(close=True, session=True)),
        ("enrolled", Clocks(statuses=True)),
        ("became(dropped_out)", Clocks(statuses=True)),
        ("ever(dropped_out)", Clocks(statuses=True)),
        ("special", Clocks(flags=frozenset({"special"}))),
        ("done(call)", Clocks(outcomes=frozenset({"call"}))),
        ('outcome(call) == "met"', Clocks(outcomes=frozenset({"call"}))),
        ("overdue(call)", Clocks(overdue=frozenset({"call"}))),
        ("late(call)", Clocks(late=frozenset({"call"}))),
        ("times(call) >= 1", Clocks(close=True, events=frozenset({"call"}))),
        ('late(call, within="week")', Clocks(close=True, late=frozenset({"call"}))),
        ('ever(dropped_out, within="term")', Clocks(close=True, statuses=True)),
        ("received(plan)", Clocks(close=True, events=frozenset({"plan"}))),
        ("fired(first)", Clocks(close=True, fired=frozenset({"first"}))),
        ("open_case(other)", Clocks(ladders=frozenset({"other"}))),
        ("level >= 3", Clocks(close=True)),
        ("grade >= 7", Clocks(close=True)),
        ("limit >= 3", Clocks(close=True)),
        ("days_since(case) >= 3", Clocks(close=True)),
        ("done(call) or overdue(visit) or special", Clocks(outcomes=frozenset({"call"}), overdue=frozenset({"visit"}), flags=frozenset({"special"}))),
    ],
)
def test_the_clocks_of_each_kind_of_name(when, expected):
    """Closes for what only time moves, events of their own for the others."""
    found, made = condition(when)

    assert expected == clocks_of(found, made)


def test_a_condition_of_no_names_is_judged_at_closes():
    """`anyone` too."""

    assert Clocks(close=True) == clocks_of(ALWAYS, policy())


@pytest.mark.parametrize(("when", "lazy"), [
    ("days >= 1", True), ("missed >= 1", True), ("grade >= 7", True), ("special", False), ("enrolled", False), ("done(call)", False), ("overdue(call)", False),
    ("times(call) >= 1", False), ("fired(first)", False), ("open_case(other)", False),
])
def test_what_only_closes_and_sessions_move_can_be_found_again(when, lazy):
    """What events move is kept."""
    found, made = condition(when)

    assert lazy is clocks_of(found, made).lazy


@pytest.mark.parametrize(
    ("when", "expected"),
    [("done(call)", True), ("overdue(call)", True), ("late(call)", True), ("fired(first)", True), ('outcome(call) == "met"', False), ("times(call) >= 1", False), ("missed >= 1 and done(call)", True), ("missed >= 1", False)],
)
def test_which_conditions_read_items(when, expected):
    """They cannot open a case."""

    assert expected is reads_items(condition(when)[0])


@pytest.mark.parametrize(("kind", "target", "expected"), [
    ("days_since", "stage", True), ("school_days_since", "item", True), ("days_since", "case", False), ("school_days_since", "status", False), ("days_since", "date", False),
])
def test_time_since_a_stage_or_an_item_reads_items(kind, target, expected):
    """Since a case, a status or a date does not."""

    assert expected is reads_items(Condition(Term(kind, "x", target=target), ""))


# --- quiet -----------------------------------------------------------------------------------------------


def only(measure, **more):
    """A policy of one measure."""
    return evolve(policy(), measures={"m": evolve(measure, name="m", **more)})


def test_codes_that_no_measure_counts_are_quiet():
    """Those that leave a session out of the day never are; a run of presence counts them and only breaks others."""

    assert frozenset("PLES-") == quiet_codes([only(run("A"))])
    assert frozenset("LES-") == quiet_codes([only(count("AP"))])
    assert frozenset("PLESA-") == quiet_codes([only(run("P"))])
    assert frozenset("PES-") == quiet_codes([only(count("A", plus=(Plus(frozenset("L"), Fraction(30), "session"),)))])


def test_codes_are_quiet_that_are_so_in_every_version():
    """None in no policy."""

    assert frozenset("ES-") == quiet_codes([only(count("AP")), only(count("AL"))])
    assert frozenset() == quiet_codes([])


@pytest.mark.parametrize(
    "when",
    [
        "away >= 1", "away > 0", "1 <= away", "0 < away", "missed >= 1", "missed >= limit", "limit <= missed", "days >= 1 and total >= 1", "days >= 1 or total >= 1", "missed >= 1 and special",
        "became(dropped_out)", "became(dropped_out) and share >= 50%", "ever(dropped_out)", "received(plan)", "times(call) >= 1", "times(call) > 0", 'outcome(call) == "met"', "in_week >= 2",
        "in_week >= 2 and tiled >= 1", "days_in_week >= 2", "in_both >= 2", "missed >= 1 and grade >= 7", "missed >= 1 and open_case(other)", "missed >= 1 and not special", "missed >= 1 and level >= 2", "missed >= 1 and level >= limit", "missed >= 1 and enrolled",
        "done(call)", "missed >= 0 and done(call)",
    ],
)
def test_a_ladder_is_quiet_that_only_absence_or_an_event_can_open(when):
    """Ordinary presence lets no value rise, and nothing is true while nothing has happened."""
    made = rules(when)

    assert is_quiet(made.ladders["only"], made, frozenset("PLES-"))


@pytest.mark.parametrize(
    "when",
    [
        "missed >= 0", "missed < 1", "missed <= 3", "3 >= missed", "missed == 0", "missed != 1", "share >= 50%", "share < 50%", "back >= 1", "seen >= 1", "late >= 1", "missed >= zero", "missed >= 1 and away >= 1", "missed >= 1 or away >= 1",
        "missed >= steps", "special", "grade >= 7", "enrolled", "not special", "open_case(other)", "missed >= 1 or special", "missed >= 1 and days_since(enrolment) >= 3", "days_since(enrolment) >= 3",
        "missed >= 1 and share >= 50%", "missed >= 1 and term_week >= 3", "times(call) >= 0", "missed >= in_week", "missed + in_week >= 3", "missed > -1", "missed > zero - 1", "in_week >= 2 and in_month >= 3", "in_week >= 2 and in_both >= 3", "in_week >= 2 or days_in_week >= 2", "missed >= 1 and days >= 1", "in_week >= 2 and missed >= 3", "in_week >= 2 and away >= 3",
        "ever(dropped_out, since=term_start)", 'ever(dropped_out, within="term")', "missed >= 1 and level >= steps",
    ],
)
def test_a_ladder_is_not_quiet_that_time_or_presence_can_open(when):
    """Such a child is judged at every clock."""
    made = rules(when)

    assert not is_quiet(made.ladders["only"], made, frozenset("PLES-"))


@pytest.mark.parametrize(("where", "expected"), [("special", True), ("days >= 1", False), ("term_week >= 2", False)])
def test_a_limit_that_time_or_a_mark_moves_is_not_quiet(where, expected):
    """One that an event moves is."""
    made = rules("missed >= limit")
    lines = (ParameterLine(Fraction(5), where=condition(where)[0]), ParameterLine(Fraction(3)))
    made = evolve(made, parameters={**made.parameters, "limit": Parameter("limit", lines)})

    assert expected is is_quiet(made.ladders["only"], made, frozenset("PLES-"))


def test_a_new_week_finds_the_days_of_the_old_one_at_its_first_lesson():
    """There the stage is false as at every start of a tile, and its days are still those of the last close, though only presence came in."""
    measures = {"days_in_week": count("A", "school day", "week"), "lessons_in_week": count("A", "session", "week")}
    made = policy(measures=measures, only=ladder(one=stage("days_in_week >= 2 or lessons_in_week >= 9")))

    assert ["09-02 17:30 opened only/1", "09-03 17:30 ended only/1 by ends", "09-08 08:10 opened only/2 of 09-08 08:00"] == told(
        made, marks("s1", "09-01", "AA AA PP PP PP PP"), "09-08 12:00",
    )


@pytest.mark.parametrize("again", ["", "each crossing", "each further 2", "every 5 school days", "each week", "each school day"])
def test_a_stage_that_comes_again_opens_no_case_by_time(again):
    """It comes again in a case that is open, and there every clock is judged."""
    made = rules("missed >= 1", again)

    assert is_quiet(made.ladders["only"], made, frozenset("PLES-"))


@pytest.mark.parametrize(
    ("when", "where", "expected"),
    [
        ("special", "enrolled", True), ("grade >= 7", "enrolled", True), ("not special", "special", True), ("missed >= 1 or special", "enrolled", False), ("special", "term_week >= 2", False),
        ("special", "open_case(other)", False), ("open_case(other)", "enrolled", False), ("special and share >= 50%", "enrolled", False), ("missed >= 1", "enrolled", True), ("back >= 1", "enrolled", False),
    ],
)
def test_a_ladder_settles_that_neither_presence_nor_time_opens_once_it_was_judged(when, where, expected):
    """A flag from the roster opens a case at the first close; after that only another fact about the student does, or an absence."""
    made = rules(when, where=where)

    assert expected is settles(made.ladders["only"], made, frozenset("PLES-"))


@pytest.mark.parametrize(("where", "expected"), [("enrolled", True), ("anyone", True), ("special", True), ("grade >= 7", True), ("not special", True), ("level in (1, 2)", False), ("term_week >= 2", False), ("missed >= 1", False)])
def test_a_ladder_is_quiet_only_where_its_where_changes_by_events(where, expected):
    """Not where time or a mark moves it."""
    made = rules("missed >= 1", where=where)

    assert expected is is_quiet(made.ladders["only"], made, frozenset("PLES-"))


@pytest.mark.parametrize(
    ("when", "expected"),
    [("missed >= 1", "PLES-"), ("days >= 1", "PLESA-"), ("missed >= 1 or days >= 1", "PLES-"), ("late >= 1", "LES-"), ("special", "PLESA-"), ("done(call) and missed >= 1", "PLES-")],
)
def test_a_code_may_wait_for_the_close_that_no_measure_of_lessons_counts(when, expected):
    """The other ladder counts unexcused lessons at each lesson; days are asked at the close."""
    made = rules(when)
    alone = evolve(made, ladders={"only": made.ladders["only"]})

    assert frozenset("PLES-") & frozenset(expected) == day_codes([made])
    assert frozenset("PLESA-" if when.startswith("done") else expected) == day_codes([alone])


@pytest.mark.parametrize(("when", "where", "expected"), [
    ("missed >= 1", "enrolled", "PLES-"), ("away >= 1", "enrolled", "PLES-"), ("missed >= 1 and not special", "special", "PLES-"), ("late >= 1", "enrolled", "LES-"),
    ("missed >= 1 or total_s >= 2", "enrolled", "PLE-"), ("became(dropped_out)", "enrolled", "PLESA-"), ("missed < 1", "enrolled", None), ("share >= 50%", "enrolled", None),
    ("missed >= steps", "enrolled", None), ("missed >= 1 and open_case(other)", "enrolled", None), ("missed >= 1", "not open_case(other)", None),
    ("missed >= 1", "term_week >= 2", None), ("missed >= 1 and level >= by_case", "enrolled", None), ("strange >= 1", "enrolled", None),
])
def test_some_marks_cannot_make_a_stage_true(when, where, expected):
    """None are, where time or another ladder's case may; nor where an unknown code counts, which shows at the next mark."""
    more = {"total_s": count("S"), "strange": count("-")}
    made = policy(
        measures={**MEASURES, **more}, parameters={"steps": [("", 3), ("2025-10-01", 0)], "by_case": {"open_case(other)": 1, "": 2}},
        other=ladder(one=stage("missed >= 1", visit="1 day")), only=ladder(where=where, first=stage(when, call="1 day")),
    )
    found = mute_codes(made.ladders["only"].stages[0], made.ladders["only"], made)

    assert found == (None if expected is None else frozenset(expected))


@pytest.mark.parametrize(("when", "guards", "falls"), [
    ("away >= 1", [], []),
    ("special and term_week < 3", ["special"], [False]),
    ("(dropped_out or no_show) and 6 <= term_week", ["(dropped_out or no_show)"], [False]),
    ("special and not enrolled and term_week < 3", ["special and not enrolled"], [False]),
    ("term_week < 3", [None], [False]),
    ("special or term_week < 3", [None], [False]),
    ("open_case(other) and term_week < 3", [None], [False]),
    ("in_week >= 2 or in_month >= 3", [None], [True]),
    ("special and (in_week >= 2 or in_month >= 3)", ["special"], [True]),
    ("seen >= 3", [None], [False]),
])
def test_a_stage_is_watched_until_what_only_facts_change_is_true(when, guards, falls):
    """Of one that only falls but for the start of a tile, what it was is enough to know."""
    made = rules(when)
    found = watches(made.ladders["only"], made, frozenset("PLES-"))

    assert falls == [one.falls for one in found]
    expected = [None if guard is None else condition(guard)[0].expr for guard in guards]
    assert [None if one is None else one if isinstance(one, And) else And((one,)) for one in expected] == [one.guard and one.guard.expr for one in found]


def test_nobody_grows_younger():
    """An upper bound of the age can only stop holding; a lower one comes true by time."""
    made = rules("missed >= 1 and age < 17")
    assert is_quiet(made.ladders["only"], made, frozenset("PLES-"))
    made = rules("missed >= 1 and age >= 6")
    assert not is_quiet(made.ladders["only"], made, frozenset("PLES-"))


def test_what_only_falls_is_not_watched_where_time_moves_the_where():
    """It may have been false for that reason alone."""
    made = rules("in_week >= 2 or in_month >= 3", where="term_week >= 3")

    assert [False] == [one.falls for one in watches(made.ladders["only"], made, frozenset("PLES-"))]
