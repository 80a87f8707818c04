"""The model's measures, each on a timeline worked out by hand.

The calendar runs from Monday 2025-09-01 for six weeks, sessions am (08:00, 220 minutes) and pm (14:00, 180 minutes), close 17:30,
unless a test says otherwise. A absent, S excused, P present, L late, X not expected, _ no mark.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from escalate.events import Event, Fact
from escalate.policy import Measure, Plus
from escalate.roster import Roster, Student
from escalate.testing.model.measures import measure
from escalate.testing.model.seen import World, seen
from tests.build import CAL, ROSTER, at, calendar, count, date, marks, policy, rate, run

FOUR = calendar(weeks=6, sessions="a 08:00-09:00, b 10:00-11:00, c 13:00-14:00, d 15:00-16:00")
SPLIT = calendar(terms={"one": "2025-09-01..2025-09-12", "two": "2025-09-22..2025-10-10"})


def read(rule: Measure, marked: str | list[Event], *whens: str, cal=CAL, day="all", roster=ROSTER, **asked) -> list:
    """The values of a measure at some instants."""
    rules = policy(measures={"m": rule}, day=day)
    events = marks("s1", "09-01", marked, cal=cal) if isinstance(marked, str) else marked
    facts = seen(World((rules,), cal, roster, tuple(events)), "s1", at("12-31", cal))
    return [measure(rules, "m", facts, at(when, cal), **asked) for when in whens]


def closes(first: int, last: int) -> list[str]:
    return [f"09-{day:02}" for day in range(first, last + 1)]


# --- runs ---------------------------------------------------------------------------------------------


def test_a_run_passes_over_neutral_days_and_weekends() -> None:
    assert read(run("A", neutral="S"), "PP PP AA AA SS AA", *closes(2, 8)) == [0, 1, 2, 2, 2, 2, 3]


def test_a_run_keeps_its_value_until_the_next_close() -> None:
    assert read(run("A", neutral="S"), "AA AA", "09-01 17:29:59", "09-01 17:30", "09-02 17:29", "09-02 17:30") == [0, 1, 1, 2]


@pytest.mark.parametrize(("rule", "expected"), [
    (run("A", neutral="S"), [1, 1, 2]),
    (run("A", breaks="S"), [1, 1, 2]),
    (run("AS"), [1, 2, 3]),
])
def test_a_day_half_excused_half_unexcused_is_of_both_and_of_neither(rule: Measure, expected: list) -> None:
    assert read(rule, "AA AS AA", *closes(1, 3)) == expected


def test_breaks_names_what_ends_a_run_besides_presence() -> None:
    assert read(run("A", breaks="S"), "AA SS AA", *closes(1, 3)) == [1, 0, 1]


@pytest.mark.parametrize(("day", "expected"), [("all", [1, 0, 1]), ("any", [1, 2, 3]), ("50%", [1, 2, 3]), ("2 sessions", [1, 0, 1])])
def test_a_day_half_present_breaks_unless_the_rule_makes_it_absent(day: str, expected: list) -> None:
    assert read(run("A", neutral="S"), "AA AP AA", *closes(1, 3), day=day) == expected


@pytest.mark.parametrize(("day", "expected"), [("all", [1, 0, 1]), ("any", [1, 1, 2])])
def test_a_day_half_present_half_neutral_breaks_only_where_it_is_not_absent(day: str, expected: list) -> None:
    assert read(run("A", neutral="S"), "AA SP AA", *closes(1, 3), day=day) == expected


def test_an_unmarked_session_is_unknown_and_makes_no_absent_day() -> None:
    assert read(run("A", neutral="S"), "AA A_ __ A- AA", *closes(1, 5)) == [1, 1, 1, 1, 2]


def test_sessions_not_expected_are_no_part_of_the_day() -> None:
    assert read(run("A", neutral="S"), "AX XX XP AA", *closes(1, 4)) == [1, 1, 0, 1]


def test_a_code_that_the_policy_does_not_know_is_unknown() -> None:
    assert read(run("A", neutral="S"), "AA ZZ AZ AA", *closes(1, 4)) == [1, 1, 1, 2]


def test_a_closed_day_and_a_made_up_saturday() -> None:
    cal = calendar(weeks=6, closed=["09-03"], make_up=["09-06"])
    text = "AA AA AA AA AA AA"  # 09-01, 02, 04, 05, 06, 08
    assert read(run("A", neutral="S"), text, *closes(1, 8), cal=cal) == [1, 2, 2, 3, 4, 5, 5, 6]
    assert read(run("A", "day", neutral="S"), text, *closes(1, 8), cal=cal) == [1, 2, 2, 4, 5, 6, 6, 8]


def test_a_run_in_days_is_its_calendar_length_without_the_break() -> None:
    text = "__ __ __ __ __ __ __ __ __ AA AA AA"  # Friday 09-12, Monday and Tuesday 09-22 and 23
    assert read(run("A", "day", neutral="S"), text, "09-12", "09-21", "09-22", "09-23", cal=SPLIT) == [1, 1, 2, 3]


def test_a_run_of_presence_needs_a_present_session_and_no_absent_day() -> None:
    assert read(run("P"), "PP LP AP __ SS EE S_ PX AS", *closes(1, 5), *closes(8, 11)) == [1, 2, 3, 3, 0, 1, 1, 2, 0]
    assert read(run("P"), "PP AP PS PP", *closes(1, 4), day="any") == [1, 0, 0, 1]


def test_a_run_of_sessions_does_not_ask_the_day() -> None:
    whens = [f"09-0{day} {clock}" for day in (1, 2, 3, 4) for clock in ("08:00", "14:00")]
    assert read(run("A", "session", neutral="S"), "AP A_ AS AA", "09-01 07:59", *whens) == [0, 1, 0, 1, 1, 2, 2, 3, 4]
    assert read(run("P", "session"), "PL AE S_ P_", *whens) == [1, 2, 0, 1, 0, 0, 1, 1]


def test_a_run_in_minutes_and_hours_adds_the_lengths_of_its_sessions() -> None:
    assert read(run("A", "minute", neutral="S"), "PA AA", "09-01 13:59", "09-01 14:00", "09-02 08:00", "09-02 14:00") == [0, 180, 400, 580]
    assert read(run("A", "hour", neutral="S"), "PA AA", "09-02 14:00") == [Fraction(580, 60)]


def test_a_run_of_an_end_sees_only_what_comes_after_its_since() -> None:
    assert read(run("P"), "PP PP PP", *closes(1, 3), since=at("09-01")) == [0, 1, 2]
    assert read(run("P", "session"), "PP PP", "09-01 08:00", "09-01 14:00", "09-02 08:00", since=at("09-01 08:00")) == [0, 1, 2]
    assert read(count("P", "school day"), "PP PP PP", *closes(1, 3), since=at("09-01")) == [1, 2, 3]


def test_a_run_within_a_window_ends_where_the_window_does() -> None:
    assert read(run("A", within="week", neutral="S"), "AA AA AA AA AA AA", "09-05", "09-07", "09-08") == [5, 5, 1]


# --- counts -------------------------------------------------------------------------------------------


def test_half_days_divide_at_noon_and_wait_for_all_their_sessions() -> None:
    whens = [f"09-01 {clock}" for clock in ("08:00", "10:00", "13:00", "15:00")]
    assert read(count("A", "half day"), "AAAP AAAA", *whens, "09-02 15:00", cal=FOUR) == [0, 1, 1, 1, 3]
    assert read(count("A", "half day"), "AAAP AAAA", *whens, "09-02 15:00", cal=FOUR, day="any") == [1, 1, 2, 2, 4]


def test_the_day_rule_of_a_measure_stands_before_the_policys() -> None:
    assert read(count("A", "school day"), "AP AA", "09-02") == [1]
    assert read(count("A", "school day", day="any"), "AP AA", "09-02") == [2]


def test_only_the_first_session_of_the_day() -> None:
    assert read(count("A", "school day", sessions="first"), "AP PA AA", *closes(1, 3)) == [1, 1, 2]
    assert read(count("A", "session", sessions="first"), "AP PA AA", "09-01 08:00", "09-02 14:00", "09-03 08:00") == [1, 1, 2]


@pytest.mark.parametrize(("unit", "word", "expected"), [
    ("session", "session", [2, 4, 4, 4]), ("half day", "session", [2, 4, 4, 4]), ("half day", "half_day", [2, 4, 4, 4]),
    ("school day", "session", [1, 2, 2, 2]), ("school day", "half_day", [1, 2, 2, 2]), ("school day", "school_day", [1, 2, 2, 2]),
])
def test_plus_adds_what_was_not_counted_and_a_date_once(unit: str, word: str, expected: list) -> None:
    rule = count("A", unit, plus=(Plus(frozenset("L"), Fraction(30), word),))
    long = marks("s1", "09-01", "LL AA", minutes=31)
    assert read(rule, [*long, *marks("s1", "09-03", "LL", minutes=30), *marks("s1", "09-04", "LL")], *closes(1, 4)) == expected


def test_rolling_days_school_days_weeks_and_months() -> None:
    text = "AA __ __ __ AA __"  # Monday 09-01, Friday 09-05
    assert read(count("A", "school day", "3 days"), text, "09-05", "09-07", "09-08") == [1, 1, 0]
    assert read(count("A", "school day", "3 school days"), text, "09-05", "09-09", "09-10") == [1, 1, 0]
    assert read(count("A", "school day", "1 week"), text, "09-07", "09-08", "09-12") == [2, 1, 0]
    assert read(count("A", "school day", "1 month"), text, "09-30", "10-01", "10-05") == [2, 1, 0]
    assert read(count("A", "school day", "2 school weeks"), text, "09-14", "09-15") == [2, 0]


def test_a_window_of_sessions_ends_with_the_instant_and_one_of_days_with_the_last_close() -> None:
    text = "__ __ __ __ AA AA"
    whens = ("09-07 23:00", "09-08 00:00", "09-08 08:00", "09-08 17:30")
    assert read(count("A", "session", "week"), text, *whens) == [2, 0, 1, 2]
    assert read(count("A", "school day", "week"), text, *whens) == [1, 1, 1, 1]
    assert read(count("A", "session", "day"), "AA", "09-01 08:00", "09-01 23:59", "09-02 00:00") == [1, 2, 0]


def test_tiles_are_counted_from_the_first_date_of_the_year() -> None:
    text = "AA AA AA AA AA AA AA AA AA AA AA"
    assert read(count("A", "school day", "each 2 school weeks"), text, "09-08", "09-14", "09-15 12:00", "09-15") == [6, 10, 10, 1]
    assert read(count("A", "school day", "each 3 school days"), text, "09-03", "09-04", "09-08", "09-09") == [3, 1, 3, 1]


def test_a_term_has_no_value_outside_terms_and_two_windows_are_their_intersection() -> None:
    text = "AA AA AA AA AA AA AA AA AA AA AA"  # the eleventh is Monday 09-22
    assert read(count("A", "school day", "term"), text, "09-12", "09-13", "09-22 09:00", "09-22", cal=SPLIT) == [10, None, None, 1]
    assert read(count("A", "school day", "2 weeks"), text, "09-22", cal=SPLIT) == [5]
    assert read(count("A", "school day", "2 weeks, term"), text, "09-08", "09-13", "09-22", cal=SPLIT) == [6, None, 1]


def test_since_enrolment_the_case_and_a_stage() -> None:
    late = Roster((Student("s1", "north", "c1", "7", start=date("09-02")),))
    assert read(count("A", "school day", "since enrolment"), "AA AA AA", *closes(1, 3), roster=late) == [0, 1, 2]
    case = count("A", "school day", "since case")
    assert read(case, "AA AA AA", "09-03") == [None]
    assert read(case, "AA AA AA", *closes(2, 3), case_opened=at("09-02")) == [1, 2]
    sessions = count("A", "session", "since one")
    assert read(sessions, "AA AA", "09-02", anchor=lambda _: at("09-01 14:00")) == [3]
    assert read(sessions, "AA AA", "09-02", anchor=lambda _: None) == [None]


def test_before_the_first_close_nothing_was_and_after_the_last_all_stands() -> None:
    assert read(count("A", "school day", "30 days"), "AA", "09-01 08:00", "09-01", "10-12 23:00", "12-31") == [0, 1, 0, 0]
    assert read(count("A", "school day", "term"), "AA", "09-01 08:00", "09-01", "12-31") == [None, 1, 1]
    assert read(count("A", "session", "term"), "AA", "09-01 08:00", "12-31") == [1, None]


# --- sums, shares, facts ------------------------------------------------------------------------------


def test_minutes_are_the_marks_or_the_length_of_a_counted_absence() -> None:
    late = [*marks("s1", "09-01", "LA", minutes=25), *marks("s1", "09-02", "LA AP")]
    whens = ("09-01 08:00", "09-01 14:00", "09-02 08:00", "09-02 14:00", "09-03 08:00")
    assert read(evolve(count("AL", "minute"), kind="sum"), late, *whens) == [25, 50, 50, 230, 450]
    assert read(evolve(count("L", "minute"), kind="sum"), late, *whens) == [25, 25, 25, 25, 25]
    assert read(evolve(count("A", "hour", "week"), kind="sum"), "AA", "09-01", "09-08") == [Fraction(20, 3), 0]


def test_a_share_of_possible_sessions_has_no_value_below_its_floor() -> None:
    whens = ("09-01 08:00", "09-02 14:00", "09-03 08:00", "09-03 14:00")
    assert read(rate("A", floor=4), "A_ PX AP", *whens) == [None, None, None, Fraction(2, 4)]
    assert read(rate("A"), "__ AA", "09-01") == [None]


def test_a_share_of_planned_sessions_leaves_out_what_is_not_expected_once_it_is_seen() -> None:
    assert read(rate("A", within="week", of="planned"), "AX", "09-01 08:00", "09-01 14:00") == [Fraction(1, 10), Fraction(1, 9)]
    assert read(rate("A", within="week", of="planned", unit="school day"), "AA XX", *closes(1, 2)) == [Fraction(1, 5), Fraction(1, 4)]


def test_shares_in_days_and_in_minutes() -> None:
    assert read(rate("A", "school day"), "AA XX __ PA S_", *closes(1, 5)) == [1, 1, 1, Fraction(1, 2), Fraction(1, 3)]
    assert read(rate("A", "minute"), "AP", "09-01 08:00", "09-01 14:00") == [1, Fraction(220, 400)]


def test_facts_are_counted_added_and_averaged_in_the_window() -> None:
    told = [Fact(about="s1", fact=name, at=at(when), known=at(when), value=value) for name, when, value in (
        ("score", "09-01 10:00", "80"), ("score", "09-03 10:00", "85.5"), ("other", "09-03 10:00", "1"), ("score", "09-08 10:00", "90"),
    )]
    rules = {kind: evolve(count("", "", "week"), kind=kind, fact="score") for kind in ("count", "sum", "mean")}
    whens = ("09-01 09:00", "09-01 10:00", "09-05", "09-08 10:00")
    assert read(rules["count"], told, *whens) == [0, 1, 2, 1]
    assert read(rules["sum"], told, *whens) == [0, 80, Fraction(331, 2), 90]
    assert read(rules["mean"], told, *whens) == [None, 80, Fraction(331, 4), 90]
