"""Runs, read backwards from the instant (docs/semantics.md, M1-M6).

School is from Monday 2025-09-01 for six weeks, sessions am (08:00, 220 minutes) and pm (14:00, 180 minutes), close 17:30, unless a test says
otherwise. A absent, S excused, P present, L late, E left early, X not expected, - unknown, _ no mark.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from escalate.terms import Asker
from tests.asked import Case, closes, measured, moment, read
from tests.build import at, calendar, marks, policy, run

FOUR = calendar(weeks=6, sessions="a 08:00-09:00, b 10:00-11:00, c 12:00-13:00, d 15:00-16:00")
SPLIT = calendar(terms={"one": "2025-09-01..2025-09-12", "two": "2025-09-22..2025-10-10"})


# --- school days --------------------------------------------------------------------------------------


def test_without_marks_there_is_no_run():
    """Nothing was recorded."""

    assert [0, 0] == read(run("A"), "", "09-01", "10-10")


def test_a_run_passes_over_neutral_days_and_weekends():
    """Monday and Friday are neighbours."""

    assert [0, 1, 2, 2, 2, 2, 3] == read(run("A", neutral="S"), "PP PP AA AA SS AA", *closes(2, 8))


def test_a_day_counts_from_its_close():
    """Not a second before."""

    assert [0, 1, 1, 2] == read(run("A"), "AA AA", "09-01 17:29:59", "09-01 17:30", "09-02 17:29:59", "09-02 17:30")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [(run("A", neutral="S"), [1, 1, 2]), (run("A", breaks="S"), [1, 0, 1]), (run("AS"), [1, 2, 3]), (run("A"), [1, 1, 2])],
)
def test_an_excused_day_is_neutral_breaks_or_counts(rule, expected):
    """As the measure says; what it does not name and nobody attended is neutral."""

    assert expected == read(rule, "AA SS AA", *closes(1, 3))


@pytest.mark.parametrize(
    ("day", "expected"),
    [("all", [1, 0, 1]), ("any", [1, 2, 3]), ("50%", [1, 2, 3]), ("51%", [1, 0, 1]), ("1 sessions", [1, 2, 3]), ("2 sessions", [1, 0, 1])],
)
def test_a_day_half_present_breaks_unless_the_rule_makes_it_absent(day, expected):
    """At least is at least."""

    assert expected == read(run("A"), "AA AP AA", *closes(1, 3), day=day)


@pytest.mark.parametrize(("day", "expected"), [("all", [1, 0, 1]), ("any", [1, 1, 2])])
def test_a_day_half_neutral_half_present_breaks_where_it_is_not_absent(day, expected):
    """Counted and neutral together must not make the day."""

    assert expected == read(run("A", neutral="S"), "AA SP AA", *closes(1, 3), day=day)


@pytest.mark.parametrize(("middle", "expected"), [("PP", [1, 0, 1]), ("LL", [1, 0, 1]), ("EE", [1, 0, 1]), ("_P", [1, 0, 1]), ("__", [1, 1, 2]), ("--", [1, 1, 2]), ("XX", [1, 1, 2])])
def test_any_attended_session_breaks_and_silence_does_not(middle, expected):
    """Late and left early are attended; unmarked, unknown and not expected are not."""

    assert expected == read(run("A"), f"AA {middle} AA", *closes(1, 3))


@pytest.mark.parametrize(("rule", "expected"), [(run("AL"), 2), (run("A", neutral="L"), 1), (run("A"), 0), (run("A", breaks="L"), 0)])
def test_a_late_day_is_attended_unless_the_measure_names_it(rule, expected):
    """Counted, neutral or breaking come first."""

    assert [expected] == read(rule, "AA LL", "09-02")


@pytest.mark.parametrize(("text", "expected"), [("AA AS", 1), ("AA SS", 0), ("AA SX", 0), ("AA S_", 1)])
def test_only_a_whole_day_of_the_breaking_set_breaks(text, expected):
    """Its sessions alone must make the day."""

    assert [expected] == read(run("A", breaks="S"), text, "09-02")


def test_a_session_that_is_counted_or_neutral_is_not_attended():
    """`late` that breaks makes no attended session: half a day of it is neutral."""

    assert [1, 1] == read(run("A", breaks="L"), "AA L_", *closes(1, 2))


def test_sessions_that_are_not_expected_are_no_part_of_the_day():
    """A day of none is of no set."""

    assert [1, 1, 0, 1] == read(run("A"), "AX XX XP AA", *closes(1, 4))


def test_a_run_in_school_days_passes_over_days_without_school():
    """A closed Wednesday; a Saturday that is made up counts."""
    cal = calendar(weeks=6, closed=["09-03"], make_up=["09-06"])

    assert [1, 2, 2, 3, 4, 5, 5, 6] == read(run("A"), "AA AA AA AA AA AA", *closes(1, 8), cal=cal)


def test_a_run_in_days_is_its_calendar_length():
    """The closed day and the weekend between its first and last school day are counted, the days after it are not."""
    cal = calendar(weeks=6, closed=["09-03"])

    assert [0, 1, 2, 2, 4, 5, 5, 5, 8] == read(run("A", "day"), "AA AA AA AA AA", "09-01 17:00", *closes(1, 8), cal=cal)


def test_a_run_in_days_leaves_out_the_break():
    """Friday 09-12, Monday 09-22 and Tuesday 09-23 with nine days outside terms between."""
    text = "__ __ __ __ __ __ __ __ __ AA AA AA"

    assert [0, 1, 1, 2, 3] == read(run("A", "day"), text, "09-11", "09-12", "09-21", "09-22", "09-23", cal=SPLIT)


def test_only_the_first_session_of_a_day_may_be_asked():
    """The afternoon neither adds nor breaks."""

    assert [1, 2, 0] == read(run("A", sessions="first"), "AP AA PA", *closes(1, 3))


# --- presence ------------------------------------------------------------------------------------------


def test_a_run_of_presence_needs_an_attended_session_and_no_absent_day():
    """Absent days break it, other days without an attended session are passed over."""

    assert [1, 2, 3, 3, 0, 1, 1, 2, 0] == read(run("P"), "PP LP AP __ SS EE S_ PX AS", *closes(1, 5), *closes(8, 11))


@pytest.mark.parametrize(("day", "expected"), [("all", [1, 2, 3, 4]), ("any", [1, 0, 0, 1]), ("2 sessions", [1, 2, 3, 4])])
def test_which_day_is_absent_is_the_rules(day, expected):
    """Excused and unexcused together."""

    assert expected == read(run("P"), "PP AP PS PP", *closes(1, 4), day=day)


def test_a_run_of_presence_in_sessions_asks_the_session_alone():
    """An attended code adds, an absent one breaks, another is passed over."""
    whens = [f"09-0{day} {clock}" for day in (1, 2, 3, 4) for clock in ("08:00", "14:00")]

    assert [1, 2, 0, 1, 0, 0, 1, 1] == read(run("P", "session"), "PL AE S_ P-", *whens)


def test_a_run_of_presence_in_sessions_is_broken_by_an_absent_one():
    """Excused or unexcused; what is unmarked or unknown is passed over."""
    whens = [f"09-0{day} {clock}" for day in (1, 2, 3, 4) for clock in ("08:00", "14:00")]

    assert [1, 2, 0, 1, 0, 0, 1, 1] == read(run("P", "session"), "PP AP S_ P-", *whens)


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        (run("P", neutral="S"), "PP SS PP AS PP", [1, 1, 2, 0, 1]),  # a morning away without leave is no day in bed
        (run("P", neutral="S"), "PP SP SA PP", [1, 2, 0, 1]),
        (evolve(run("PS"), present=True), "PP SS AS PP", [1, 2, 0, 1]),
        (run("P", neutral="L"), "PP LL LP __", [1, 1, 2, 2]),
        (run("P", breaks="L"), "PP LL PP LP", [1, 0, 1, 2]),
        (run("P", breaks="S", neutral="A"), "PP AA PP SS", [1, 1, 2, 0]),
    ],
)
def test_what_a_run_of_presence_names_adds_breaks_or_is_passed_over(rule, text, expected):
    """M4: a day breaks by `breaks` when it is of that set alone, and one of neutral absences neither counts nor breaks."""

    assert expected == read(rule, text, *closes(1, len(expected)))


# --- sessions, halves, minutes, hours --------------------------------------------------------------------


def test_a_session_counts_from_its_start():
    """Not a second before, and not only at the close."""

    assert [0, 1, 1, 2] == read(run("A", "session"), "AA", "09-01 07:59:59", "09-01 08:00", "09-01 13:59:59", "09-01 14:00")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (run("A", "session", neutral="S"), 3),
        (run("A", "session"), 3),
        (run("A", "session", breaks="S"), 1),
        (run("A", "session", neutral="L"), 3),
        (run("AS", "session"), 4),
    ],
)
def test_a_run_of_sessions_does_not_ask_the_day(rule, expected):
    """AA, then excused and absent: each session adds, breaks or is passed over by itself."""

    assert [expected] == read(rule, "AA SA", "09-02")


@pytest.mark.parametrize(("rule", "expected"), [(run("A", "session"), 1), (run("A", "session", neutral="L"), 2), (run("A", "session", breaks="L"), 1), (run("AL", "session"), 3)])
def test_a_late_session_breaks_unless_it_is_named(rule, expected):
    """It was attended."""

    assert [expected] == read(rule, "AL A_", "09-02")


def test_a_run_of_half_days_divides_at_noon():
    """The session at twelve belongs to the later half; present in one half leaves the other."""
    whens = ["09-01 08:00", "09-01 10:00", "09-01 12:00", "09-01 15:00"]

    assert [0, 1, 1, 2] == read(run("A", "half day"), "AAAA", *whens, cal=FOUR)
    assert [0, 0, 0, 1] == read(run("A", "half day"), "APAA", *whens, cal=FOUR)
    assert [1, 3, 0] == read(run("A", "half day"), "PPPA PAAP APPP", *closes(1, 3), cal=FOUR, day="any")


def test_a_run_of_half_days_is_read_backwards():
    """The half day of the afternoon is the newer one."""

    assert [1, 0] == [read(run("A", "half day"), text, "09-01")[0] for text in ("PA", "AP")]


def test_a_run_in_minutes_and_hours_adds_the_lengths_of_its_sessions():
    """220 in the morning, 180 in the afternoon."""

    assert [0, 180, 400, 580] == read(run("A", "minute"), "PA AA", "09-01 13:59", "09-01 14:00", "09-02 08:00", "09-02 14:00")
    assert [Fraction(580, 60)] == read(run("A", "hour"), "PA AA", "09-02 14:00")


# --- windows and ends -------------------------------------------------------------------------------------


def test_an_end_sees_only_days_that_close_after_the_case_opened():
    """The close at which it opened is not after it."""
    rules = policy(measures={"m": run("P")})

    def value(since: str) -> object:
        return moment("09-03", marks("s1", "09-01", "PP PP PP"), rules).measured("m", Asker(since=at(since))).value

    assert [3, 2, 2, 0] == [value(since) for since in ("09-01 17:29:59", "09-01 17:30", "09-02 17:29:59", "09-03")]


def test_an_end_sees_only_sessions_that_start_after_the_case_opened():
    """The session at whose start it opened is not after it."""
    rules = policy(measures={"m": run("P", "session")})

    def value(since: str) -> object:
        return moment("09-02", marks("s1", "09-01", "PP PP"), rules).measured("m", Asker(since=at(since))).value

    assert [4, 3, 2] == [value(since) for since in ("09-01 07:59:59", "09-01 08:00", "09-01 14:00")]


def test_a_run_within_a_week_begins_with_it():
    """Until the first close of the next week it is still the old one."""

    assert [5, 5, 5, 1] == read(run("A", within="week"), "AA AA AA AA AA AA", "09-05", "09-07", "09-08 17:29", "09-08")


def test_a_rolling_window_cuts_a_run():
    """The last three days, the weekend among them."""

    assert [3, 1, 2] == read(run("A", within="3 days"), "AA AA AA AA AA AA AA", "09-05", "09-07", "09-09")


def test_a_run_since_an_instant_takes_days_that_close_and_sessions_that_start_from_it_on():
    """At or after."""
    rules = policy(measures={"day": run("A", within="since case"), "session": run("A", "session", "since case")})
    found = moment("09-02", marks("s1", "09-01", "AA AA"), rules)

    def values(opened: str) -> list:
        return [found.measured(name, Asker(Case(opened))).value for name in ("day", "session")]


    assert [[2, 4], [2, 3], [2, 2], [1, 2], [1, 1]] == [values(opened) for opened in ("09-01 08:00", "09-01 08:00:01", "09-01 17:30", "09-01 17:30:01", "09-02 14:00")]


def test_the_cells_of_a_run_are_those_it_counted():
    """Oldest first, without what it passed over."""
    found = measured(run("A"), "AA PP AA __ A- AA", "09-08")

    assert ["2025-09-03/am", "2025-09-03/pm", "2025-09-08/am", "2025-09-08/pm"] == [session.id for session, _ in found.cells]
