"""Windows that look back, and what lies in their intersection (docs/semantics.md, M8, M10, M11, M14).

School is from Monday 2025-09-01 for six weeks, sessions am (08:00) and pm (14:00), close 17:30, unless a test says otherwise.
"""

from __future__ import annotations

import pytest
from attrs import evolve

from escalate.events import Event
from escalate.measures import View, measure_value, tile_key
from escalate.policy import Measure, Param, Window
from escalate.roster import Roster, Student
from escalate.terms import Asker
from tests.asked import Case, measured, moment, read, thing
from tests.build import CAL, ROSTER, at, calendar, count, date, marks, policy, run, window

SPLIT = calendar(terms={"one": "2025-09-01..2025-09-12", "two": "2025-09-22..2025-10-10"}, years={"first": ("one",), "second": ("two",)})
EVERY_DAY = " ".join(["AA"] * 30)


def dates(within: str, when: str, *, unit: str = "school day", cal=CAL, roster: Roster = ROSTER, asker: Asker | None = None) -> str:
    """The first and the last date that a window sees."""
    found = measured(count("A", unit, within), "", when, cal=cal, roster=roster, asker=asker or Asker()).window
    return f"{found.first:%m-%d}..{found.last:%m-%d}" if found else "none"


@pytest.mark.parametrize(
    ("within", "when", "expected"),
    [
        ("day", "09-10", "09-10..09-10"),
        ("week", "09-14", "09-08..09-14"),
        ("week", "09-15", "09-15..09-15"),
        ("month", "09-30", "09-01..09-30"),
        ("month", "10-01", "10-01..10-01"),
        ("term", "10-10", "09-01..10-10"),
        ("school year", "10-10", "09-01..10-10"),
        ("1 days", "09-10", "09-10..09-10"),
        ("3 days", "09-10", "09-08..09-10"),
        ("1 weeks", "09-10", "09-04..09-10"),
        ("2 weeks", "09-15", "09-02..09-15"),
        ("1 months", "10-10", "09-11..10-10"),
        ("1 years", "10-10", "09-01..10-10"),
        ("1 school days", "09-12", "09-12..09-12"),
        ("1 school days", "09-14", "09-12..09-14"),
        ("3 school days", "09-15", "09-11..09-15"),
        ("1 school weeks", "09-14", "09-08..09-14"),
        ("1 school weeks", "09-15", "09-15..09-15"),
        ("2 school weeks", "09-15", "09-08..09-15"),
        ("each 2 weeks", "09-14", "09-01..09-14"),
        ("each 2 weeks", "09-15", "09-15..09-15"),
        ("each 2 school weeks", "09-28", "09-15..09-28"),
        ("each 2 school weeks", "09-29", "09-29..09-29"),
        ("each 3 school days", "09-03", "09-01..09-03"),
        ("each 3 school days", "09-04", "09-04..09-04"),
        ("each 10 days", "09-10", "09-01..09-10"),
        ("each 10 days", "09-11", "09-11..09-11"),
        ("each 1 months", "09-30", "09-01..09-30"),
        ("each 1 months", "10-01", "10-01..10-01"),
    ],
)
def test_a_window_ends_with_the_date_that_is_judged(within, when, expected):
    """Both of its dates are counted."""

    assert expected == dates(within, when)


def test_days_are_judged_until_the_last_close_and_sessions_until_now():
    """Before the close of Monday a week of days is still the old one."""

    assert ["09-08..09-14", "09-15..09-15"] == [dates("week", when) for when in ("09-15 17:29:59", "09-15 17:30")]
    assert ["09-08..09-14", "09-15..09-15"] == [dates("week", when, unit="session") for when in ("09-14 23:59:59", "09-15 00:00")]


@pytest.mark.parametrize(
    ("within", "when", "expected"),
    [
        ("term", "09-12", "09-01..09-12"),
        ("term", "09-13", "none"),
        ("term", "09-21", "none"),
        ("term", "09-22", "09-22..09-22"),
        ("school year", "09-21", "09-01..09-21"),
        ("school year", "09-22", "09-22..09-22"),
        ("each 2 weeks", "09-16", "09-15..09-16"),
        ("each 2 weeks", "09-22", "09-22..09-22"),
        ("each 2 weeks", "10-11", "none"),
        ("2 school weeks", "09-22", "09-08..09-22"),
    ],
)
def test_between_the_terms(within, when, expected):
    """No term there, but still the old school year; its tiles begin anew with the next one."""

    assert expected == dates(within, when, cal=SPLIT)


def test_a_measure_has_no_value_where_one_of_its_windows_has_none():
    """And no window to be shown."""
    found = measured(count("A", "school day", "term, 30 days"), "AA", "09-15", cal=SPLIT)

    assert (None, None, ()) == (found.value, found.window, found.cells)


def test_several_windows_are_their_intersection():
    """The later start counts, whichever stands first."""

    assert ["09-08..09-10"] * 2 == [dates(within, "09-10") for within in ("week, 30 days", "30 days, week")]
    assert ["09-09..09-10"] * 2 == [dates(within, "09-10") for within in ("week, 2 days", "2 days, week")]


def test_several_instants_are_the_latest():
    """A case that opened after the enrolment."""
    asker = Asker(Case("09-03 10:00", fired={"one": "09-04 10:00"}))
    found = [measured(count("A", within=within), "", "09-10", asker=asker).window for within in ("since case, since one", "since one, since case", "since one, week")]

    assert [at("09-04 10:00")] * 3 == [one.start for one in found]


def test_a_window_that_reaches_back_over_the_calendar_is_cut():
    """Days before its first date hold nothing."""

    assert ["09-01..09-02"] * 4 == [dates(within, "09-02") for within in ("30 days", "9 weeks", "9 school days", "9 school weeks")]


def test_the_length_of_a_window_may_be_a_parameter():
    """`last (span) days` and `each (span) weeks`."""
    rolling = evolve(count("A", "school day"), windows=(Window("rolling", "day", Param("span")),))
    tiled = evolve(count("A", "school day"), windows=(Window("each", "week", Param("span")),))

    assert [3, 3, 1] == read(rolling, EVERY_DAY, "09-04", "09-05", "09-07", parameters={"span": 3})
    assert [10, 1] == read(tiled, EVERY_DAY, "09-14", "09-15", parameters={"span": 2})


# --- since --------------------------------------------------------------------------------------------


def value(rule: Measure, asker: Asker, when: str = "09-05", events: list[Event] | None = None, roster: Roster = ROSTER) -> object:
    return measured(rule, marks("s1", "09-01", EVERY_DAY) if events is None else events, when, asker=asker, roster=roster).value


def test_since_the_case_opened_has_no_value_without_a_case():
    """Nor since a stage or an item."""

    assert [None, None] == [value(count("A", "school day", f"since {what}"), Asker()) for what in ("case", "one")]


def test_since_a_stage_is_its_firing():
    """Since one that has not fired there is nothing."""
    asker = Asker(Case(fired={"one": "09-03 08:00"}))

    assert [3, None] == [value(count("A", "school day", f"since {stage}"), asker) for stage in ("one", "two")]


def test_since_an_item_is_the_effective_instant_of_its_newest():
    """Only what was issued before the instant is seen."""
    asker = Asker(Case(items={"visit": [thing("09-02"), thing("09-04 08:00"), thing("09-08")]}))

    assert [2, 1] == [value(count("A", "school day", "since visit"), asker, when) for when in ("09-05", "09-04")]
    assert value(count("A", "school day", "since visit"), asker, "09-02") is None


@pytest.mark.parametrize(("start", "expected"), [(None, 5), (date("09-01"), 5), (date("09-03"), 3), (date("09-05"), 1)])
def test_since_enrolment_is_the_first_date_of_the_roster_row(start, expected):
    """Of the calendar where the row has none."""
    roster = Roster((Student("s1", "north", "c1", start=start),))

    assert expected == value(count("A", "school day", "since enrolment"), Asker(), roster=roster)


# --- tiles --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("within", "dates_", "expected"),
    [
        ("week", ("09-07", "09-08"), ["2025-09-01", "2025-09-08"]),
        ("month", ("09-30", "10-01"), ["2025-09", "2025-10"]),
        ("term", ("09-12", "09-15", "09-22"), ["one", "", "two"]),
        ("each 2 weeks", ("09-14", "09-15", "10-11"), ["2025-09-01", "2025-09-15", ""]),
    ],
)
def test_a_tile_has_a_name_of_its_own(within, dates_, expected):
    """None outside every one."""
    found = moment("09-10", [], policy(), SPLIT)
    view = View(found.history, found.policy, found.codes, found.at, found.today, found.date)

    assert expected == [tile_key(window(within), view, date(day), found.number) for day in dates_]


def test_a_window_that_is_over_counts_nothing_of_the_old_one():
    """Runs too."""

    assert [5, 5, 1] == read(run("A", within="week"), EVERY_DAY, "09-05", "09-08 17:29", "09-08")


def test_a_view_is_read_with_the_numbers_it_is_given():
    """A measure is a function of facts, instant and amounts."""
    rules = policy(measures={"m": evolve(count("A", "school day"), windows=(Window("rolling", "day", Param("span")),))})
    found = moment("09-05", marks("s1", "09-01", EVERY_DAY), rules)
    view = View(found.history, rules, found.codes, found.at, found.today, found.date)

    assert [1, 2, 5] == [measure_value(rules.measures["m"], view, lambda amount, n=n: n, lambda anchor: None).value for n in (1, 2, 5)]
