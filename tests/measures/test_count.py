"""Counts of sessions, half days, school days and facts, and what `plus` adds (docs/semantics.md, M1, M5, M9, M13).

School is from Monday 2025-09-01 for six weeks, sessions am (08:00) and pm (14:00), close 17:30, unless a test says otherwise.
A absent, S excused, P present, L late, X not expected, - unknown, _ no mark.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from escalate.policy import DayRule, Param, Plus
from escalate.terms import Asker
from tests.asked import Case, closes, measured, moment, read
from tests.build import at, calendar, count, marks, policy, run

FOUR = calendar(weeks=6, sessions="a 08:00-09:00, b 10:00-11:00, c 12:00-13:00, d 15:00-16:00")


def late(*minutes: int | None):
    """Late marks of these minutes, one a session from 09-01 on."""
    text = " ".join("LL" for _ in range((len(minutes) + 1) // 2))
    return [evolve(mark, minutes=found) for mark, found in zip(marks("s1", "09-01", text), minutes, strict=False)]


def plus(over: object, codes: str = "L") -> Plus:
    return Plus(frozenset(codes), over if isinstance(over, Param) else Fraction(str(over)), "session")


def test_a_session_counts_from_its_start():
    """Sessions of other codes, without a mark and not begun are left out."""

    assert [0, 1, 1, 1, 2] == read(count("A"), "AP S_ XA", "09-01 07:59:59", "09-01 08:00", "09-02 17:30", "09-03 13:59:59", "09-03 14:00")


def test_only_runs_are_cut_where_the_case_opened():
    """A count that an end reads sees its own window (J5)."""

    assert [4, 2] == [measured(rule, "AA AA", "09-02", asker=Asker(since=at("09-01"))).value for rule in (count("A"), run("A", "session"))]


def test_a_school_day_counts_from_its_close():
    """As the day rule says."""

    assert [0, 1, 1, 2] == read(count("A", "school day", "30 days"), "AA AP AX", "09-01 17:29:59", "09-01 17:30", "09-02", "09-03")


@pytest.mark.parametrize(
    ("day", "expected"),
    [("all", [0, 1, 1, 2]), ("any", [1, 2, 3, 4]), ("1 sessions", [1, 2, 3, 4]), ("2 sessions", [0, 1, 1, 1]), ("50%", [1, 2, 3, 4]), ("51%", [0, 1, 1, 2])],
)
def test_the_day_rule_is_asked_of_the_expected_sessions(day, expected):
    """AP, AA, A_ (unmarked is expected) and AX (not expected is not)."""

    assert expected == read(count("A", "school day"), "AP AA A_ AX", *closes(1, 4), day=day)


def test_a_share_of_the_day_needs_at_least_one_session():
    """No part of a day is still no absence."""

    rule = evolve(count("A", "school day"), day=DayRule("share", Fraction(0)))

    assert [0, 1] == read(rule, "PP AP", *closes(1, 2))


def test_the_measures_own_day_rule_stands_before_the_policys():
    """`any` where the policy says `all`."""

    assert [[0, 1], [1, 2]] == [read(rule, "AP AA", *closes(1, 2)) for rule in (count("A", "school day"), count("A", "school day", day="any"))]


def test_half_days_divide_at_noon_and_are_missed_when_all_of_it_is():
    """The session at twelve is of the later half."""
    whens = [f"09-01 {clock}" for clock in ("07:59", "08:00", "10:00", "12:00", "15:00")]

    assert [0, 0, 1, 1, 2] == read(count("A", "half day"), "AAAA", *whens, cal=FOUR)
    assert [0, 0, 0, 0, 0] == read(count("A", "half day"), "APAP", *whens, cal=FOUR)
    assert [0, 1, 1, 2, 2] == read(count("A", "half day"), "APAP", *whens, cal=FOUR, day="any")


def test_only_the_first_session_of_a_day_may_be_counted():
    """The afternoon is not looked at."""

    assert [1, 1, 2] == read(count("A", "school day", sessions="first"), "AP PA AA", *closes(1, 3))
    assert [1, 1, 2] == read(count("A", sessions="first"), "AP PA AA", *closes(1, 3))


def test_ordinary_presence_is_counted_where_it_is_asked_for():
    """Other dates than those with an absence are looked at then."""

    assert [2, 3, 3, 5] == read(count("PL"), "PP PA __ LL", *closes(1, 4))


@pytest.mark.parametrize(("unit", "expected"), [("session", [2, 3, 3]), ("school day", [1, 2, 2])])
def test_a_late_session_beyond_its_minutes_adds_one(unit, expected):
    """Unless its unit was counted already: 31 minutes do, 30 do not."""
    events = [*marks("s1", "09-01", "AA"), *(evolve(mark, minutes=n) for mark, n in zip(marks("s1", "09-02", "LL LL"), (31, 30, None, 5), strict=True))]

    assert expected == read(count("A", unit, plus=(plus(30),)), events, *closes(1, 3))


@pytest.mark.parametrize(("unit", "word", "expected"), [
    ("session", "session", [2, 4]), ("half day", "session", [2, 4]), ("half day", "half_day", [1, 2]),
    ("school day", "session", [1, 2]), ("school day", "half_day", [1, 2]), ("school day", "school_day", [1, 2]), ("day", "session", [1, 2]),
])
def test_what_plus_adds_is_counted_once_by_its_word_and_a_date_once_in_all(unit, word, expected):
    """Two late lessons of one morning, on two days: never three school days out of two dates."""
    events = [evolve(mark, minutes=40) if mark.code == "L" else mark for mark in marks("s1", "09-01", "LLPP LLPP", cal=FOUR)]
    rule = count("A", unit, plus=(evolve(plus(30), unit=word),))

    assert expected == read(rule, events, *closes(1, 2), cal=FOUR)


def test_several_plus_lines_of_a_day_make_it_one():
    """And a session that one line took is not taken by the next."""
    events = [evolve(mark, minutes=40) for mark in marks("s1", "09-01", "LSPP", cal=FOUR)]
    rule = count("A", "school day", plus=(plus(30), plus(30, "S")))

    assert [1] == read(rule, events, "09-01", cal=FOUR)
    assert [2] == read(evolve(rule, unit="session"), events, "09-01", cal=FOUR)
    assert [1] == read(evolve(rule, unit="half_day", plus=(evolve(plus(30), unit="half_day"), plus(30, "S"))), events, "09-01", cal=FOUR)


def test_an_absence_without_minutes_lasts_its_session():
    """As in a sum: the morning of 220 minutes is more than half an hour."""
    rule = count("A", "school day", plus=(plus(30, "A"), plus(200, "S")))

    assert [1, 2, 2] == read(rule, "AP SP PS", *closes(1, 3))


def test_what_is_counted_already_is_not_added_again():
    """The code of `plus` may be one of those counted."""

    assert [2] == read(count("L", plus=(plus(10),)), late(40, 5), "09-01")
    assert [1] == read(count("L", "school day", plus=(plus(10),)), late(40, 50), "09-01")


def test_one_of_several_plus_lines_is_enough_and_adds_one():
    """Each session is asked once."""
    rule = count("A", plus=(plus(30), plus(10), plus(5, "S")))

    assert [2] == read(rule, late(40, 11, 10, 6), "09-02")


def test_the_bound_of_a_plus_line_may_be_a_parameter():
    """Whose value is of the instant."""
    rule = count("A", plus=(plus(Param("bound")),))

    assert [[2], [1], [0]] == [read(rule, late(30, 31), "09-01", parameters={"bound": bound}) for bound in (29, 30, 31)]


def test_the_cells_of_a_count_are_those_it_counted():
    """Of a day half absent by the rule only the absent session; and those that `plus` adds."""
    events = [*marks("s1", "09-01", "AP PA SS"), *(evolve(mark, minutes=31) for mark in marks("s1", "09-04", "L_"))]

    found = measured(count("A", "school day", day="any", plus=(plus(30),)), events, "09-04")

    assert 3 == found.value
    assert ["2025-09-01/am", "2025-09-02/pm", "2025-09-04/am"] == [session.id for session, _ in found.cells]


def test_a_count_since_the_case_opened_takes_what_starts_or_closes_from_then_on():
    """At or after."""
    rules = policy(measures={"day": count("A", "school day", "since case"), "session": count("A", "session", "since case")})
    found = moment("09-02", marks("s1", "09-01", "AA AA"), rules)

    def values(opened: str) -> list:
        return [found.measured(name, Asker(Case(opened))).value for name in ("day", "session")]

    assert [[2, 4], [2, 3], [2, 2], [1, 2], [1, 1]] == [values(opened) for opened in ("09-01 08:00", "09-01 08:00:01", "09-01 17:30", "09-01 17:30:01", "09-02 14:00")]


def test_what_is_not_a_run_is_not_cut_where_an_end_asks():
    """Only runs begin anew after the case opened."""
    rules = policy(measures={"m": count("A", "school day")})

    assert 2 == moment("09-02", marks("s1", "09-01", "AA AA"), rules).measured("m", Asker(since=at("09-01"))).value
