"""Each rule on both sides of its line: what it finds, and what it leaves alone."""

from __future__ import annotations

import pytest

from escalate.lints.rule import Given
from escalate.readers import parse_roster
from escalate.source import Source

from .world import ASSIGNMENTS, CALENDAR, GIVEN, block, kinds, linted, policy

ALONE = Given()
LASTS = "lasts: school year"


def of(rule, *texts, given=GIVEN):
    """How often a rule is found."""
    return kinds(*texts, given=given).count(rule)


@pytest.mark.parametrize(
    ("stages", "n"),
    [
        ("a: days_away >= 3\nb: days_away > 4 and days_away < 5", 1),
        ("a: days_away >= 3\nb: days_away >= 10 and special and not special", 1),
        ("a: days_away >= 3\nb: days_away < 0", 1),
        ('a: days_away >= 3\nb: days_since("2026-06-01") < 0 and days_away >= 5', 0),
        ("a: days_away >= 3\nb: times(a_visit) < 0", 1),
        ("a: days_away >= 3\nb: fired(b)", 1),
        ("a: days_away >= 3\nb: fired(c)\nc: fired(b)", 2),
        ("a: days_away >= 3\nb: days_away >= 10 and days_away < 5\nc: fired(b)", 2),
        ("a: days_away >= 3\nb: fired(a) and (days_away < 0 or days_away >= 5)", 0),
        ("a: days_away >= 3\nb: fired(a) and late(a_visit)", 0),
        ("a: days_away >= 3\nb: days_away >= 3 and days_away <= 3", 0),
        ("a: days_away >= low\nb: days_away >= low and days_away < 4", 0),
        ("a: days_away >= 3\nb: dropped_out and no_show", 1),
        ("a: days_away >= 3\nb: dropped_out", 0),
    ],
)
def test_unreachable_stage(stages, n):
    """A number, a contrary, a circle of firings, two statuses; a parameter that may be either is left alone."""
    head = "students: {special: {title: special}}\nparameters: {low: [{where: grade >= 7, value: 5}, {value: 2}]}"

    assert n == of("unreachable-stage", policy(stages, head=head))


def test_an_end_that_never_comes():
    """Is as wrong as a stage."""
    text = policy("a: days_away >= 3", ends="ends: {when: days_back >= 3 and days_back < 2}")

    assert ["unreachable-stage"] == kinds(text)
    assert [12] == [problem.span.line for problem in linted(text).problems]


@pytest.mark.parametrize(
    ("stages", "n"),
    [
        ("a: days_away >= 10\nb: days_away >= 3", 1),
        ("a: days_away >= 10 and special\nb: days_away >= 3", 1),
        ("a: days_away >= 10\nb: days_away >= 3 and special", 0),
        ("a: days_away >= 10\nb: days_away >= 3 and fired(a)", 0),
        ("a: days_away >= 3 and special\nb: days_away >= 3", 0),
        ("a: days_away >= 3\nb: days_away >= 10", 0),
        ("a: days_away >= 10\nb: missed_today >= 3", 0),
        ("a: days_away >= high\nb: days_away >= 3", 1),
        ("a: days_away >= high\nb: days_away >= 5", 0),
        ("a: days_away >= 10\nb: days_away >= 3\nc: days_away >= 2", 2),
    ],
)
def test_stages_out_of_order(stages, n):
    """Only where the lower one surely comes first."""
    head = "students: {special: {title: special}}\nparameters: {high: [{where: grade >= 7, value: 5}, {value: 4}]}"

    assert n == of("stages-out-of-order", policy(stages, head=head))


@pytest.mark.parametrize(
    ("stages", "n"),
    [
        ("a: days_away >= 3\nb: days_away > 2", 1),
        ("a: days_away >= 3\nb: days_away >= 3 | need: done(a_visit)", 0),
        ("a: days_away >= 3 | again: each crossing\nb: days_away >= 3", 0),
        ("a: days_away >= 4\nb: days_away >= high", 0),
        ("a: days_away >= high\nb: days_away >= high", 1),
        ("a: 3 <= days_away < 6\nb: 5 <= days_away < 10", 1),
        ("a: 3 <= days_away < 6\nb: 6 <= days_away < 10", 0),
        ("a: 3 <= days_away <= 6\nb: 6 <= days_away < 10", 1),
        ("a: 3 <= days_away < 6 and special\nb: 5 <= days_away < 10 and not special", 0),
        ("a: 3 <= days_away < 10\nb: 5 <= days_away < 6", 0),
    ],
)
def test_overlapping_stages(stages, n):
    """The same, or two stretches that cross; what another number of the school's may part is left alone."""
    head = "students: {special: {title: special}}\nparameters: {high: {value: 4}}"
    text = policy(stages, head=head).replace("due: 1 school day}", "due: 1 school day, if_overdue: {chase: {by: principal, due: 1 school day}}}")

    assert n == of("overlapping-conditions", text)


@pytest.mark.parametrize(
    ("lines", "n"),
    [
        ("{where: grade >= 7, value: 3}, {where: grade >= 9, value: 2}, {value: 5}", 1),
        ("{where: grade >= 9, value: 2}, {where: grade >= 7, value: 3}, {value: 5}", 0),
        ("{from: 2025-09-01, where: grade >= 7, value: 3}, {where: grade >= 9, value: 2}, {value: 5}", 0),
        ("{from: 2025-09-01, value: 3}, {from: 2026-09-01, value: 2}, {value: 5}", 1),
        ("{from: 2026-09-01, value: 3}, {from: 2025-09-01, value: 2}, {value: 5}", 0),
        ("{value: 5}, {where: grade >= 9, value: 2}", 0),
    ],
)
def test_overlapping_lines(lines, n):
    """The first line that holds is taken; what stands behind one that always holds, `check` says."""
    text = policy("a: days_away >= low", head=f"parameters: {{low: [{lines}]}}")

    assert n == of("overlapping-conditions", text)
    assert ("line-never-holds" in kinds(text)) == lines.startswith("{value: 5}")


def test_overlapping_bases():
    """Of a target, as of a parameter."""
    bases = "[{where: grade >= 7, on: intake}, {where: grade == 9, on: school year start}, {on: school year start}]"
    target = f"targets:\n  lost: {{each: school, count: dropped_out, among: enrolled, base: {bases}, at_most: 1%, check: term end}}"

    assert 1 == of("overlapping-conditions", policy("a: days_away >= 3", more=target))


@pytest.mark.parametrize(
    ("stages", "n"),
    [
        ("a: days_away >= 3 | do: {x: {by: homeroom_teacher, to: principal, due: 1 school day}}", 1),
        ("a: days_away >= 3 | do: {x: {by: homeroom_teacher, to: parent, due: 1 school day}}", 0),
        ("a: days_away >= 3\nb: days_away >= 5 | do: {x: {by: principal, due: 1 school day}}\nc: days_away >= 9 | do: {y: {by: principal, due: 1 day}}", 1),
        ("a: days_away >= 3 | do: {x: {by: principal, due: 1 school day}}\nb: days_away >= 9", 0),
        ("a: days_away >= 3\nb: fired(a) and late(a_visit) | do: {x: {by: principal, due: 1 school day}}", 0),
        ("a: days_away >= 3\nb: days_away >= 5 | do: {x: {notify: {above: homeroom_teacher}}}", 0),
        ("a: days_back >= 30 | do: {x: {by: principal, due: 1 school day}}", 0),
        ("a: became(dropped_out) | do: {x: {by: principal, due: 1 school day}}", 1),
        ("a: days_away >= 3 | do: {x: {by: principal, due: 1 school day, then: {y: {by: town, due: 1 week, if_overdue: {z: {by: principal, due: 1 day}}}}}}", 0),
    ],
)
def test_stays_in_school(stages, n):
    """One finding a ladder, at the first stage from which on nobody hears."""
    roles = "roles: {homeroom_teacher: {of: class, above: town}, town: {of: township}, principal: {of: school}}"
    text = policy(stages, ends=LASTS).replace("roles: {homeroom_teacher: {of: class}, principal: {of: school}}", roles)
    text = text.replace("due: 1 school day, then", "due: 1 school day, if_overdue: {c: {by: principal, due: 1 day}}, then")

    assert n == of("stays-in-school", text, given=ALONE)


def due(written, when="days_away >= 3", **more):
    """A stage with one item that is due so."""
    return policy(f"a: {when} | do: {{x: {{by: homeroom_teacher, to: parent, due: {written}}}}}", **more)


@pytest.mark.parametrize(
    ("text", "n"),
    [
        (due("2025-12-31", head="in_force: {from: 2026-01-01}"), 1),
        (due("2026-06-30", head="in_force: {from: 2026-01-01, to: 2026-12-31}"), 0),
        (due("2026-06-30", head="in_force: {from: 2026-01-01}"), 1),
        (due("06-30", head="in_force: {from: 2026-01-01}"), 0),
        (due("limit", head="in_force: {from: 2026-01-01}\nparameters: {limit: {value: 2025-12-31}}"), 1),
        (due("2026-06-30, optional: true", head="in_force: {from: 2026-01-01}"), 0),
        (due("limit", head="in_force: {from: 2026-01-01}\nparameters: {limit: {value: 2026-06-30}}"), 1),
        (due("limit", head="in_force: {from: 2026-01-01}\nparameters: {limit: [{from: 2026-07-01, value: 2027-06-30}, {value: 2026-06-30}]}"), 0),
        (due("at the 5th times_away", "times_away >= 7", measures="times_away: {count: unexcused, unit: session, within: term}"), 1),
        (due("at the 7th times_away", "times_away >= 7", measures="times_away: {count: unexcused, unit: session, within: term}"), 0),
        (due("before the 7th times_away", "times_away >= 7", measures="times_away: {count: unexcused, unit: session, within: term}"), 1),
        (due("before the 7th times_away", "times_away >= 6", measures="times_away: {count: unexcused, unit: session, within: term}"), 0),
        (due("before the 7th times_away", "times_away >= 7 or days_away >= 9", measures="times_away: {count: unexcused, unit: session, within: term}"), 0),
        (due("3 school days after the 5th times_away", "times_away >= 7", measures="times_away: {count: unexcused, unit: session, within: term}"), 0),
        (due("1 hour, from: start of school day", head='replace: {day: {absent_when: all sessions, closes: "21:00"}}'), 1),
        (due("3 hours, from: start of school day", head='replace: {day: {absent_when: all sessions, closes: "21:00"}}'), 0),
        (due("1 hour, from: start of school day", "missed_today >= 1", head='replace: {day: {absent_when: all sessions, closes: "21:00"}}'), 0),
    ],
)
def test_deadline_before_trigger(text, n):
    """A date that is past, an nth that has come, minutes of a morning that are over; the first session is at 19:00 at the latest."""
    assert n == of("deadline-before-trigger", text)


@pytest.mark.parametrize(
    ("duty", "n"),
    [
        ("every: term, each: class, do: {x: {by: homeroom_teacher, due: 2026-06-30}}", 1),
        ("on: 2026-06-01, each: class, do: {x: {by: homeroom_teacher, due: 2026-06-30}}", 0),
        ("on: [2026-06-01, term start], each: class, do: {x: {by: homeroom_teacher, due: 2026-06-30}}", 1),
        ("every: term, each: class, do: {x: {by: homeroom_teacher, due: 2 weeks after term start}}", 0),
    ],
)
def test_a_date_that_a_duty_outlives(duty, n):
    """It comes again, and the date does not."""
    assert n == of("deadline-before-trigger", policy("a: days_away >= 3", more=f"duties:\n  counts: {{{duty}}}"))


LATE_CLOSE = 'replace: {day: {absent_when: all sessions, closes: "21:00"}}'


@pytest.mark.parametrize(
    ("text", "n"),
    [
        (due("30 minutes", head=LATE_CLOSE), 1),
        (due("11 hours", head=LATE_CLOSE), 0),
        (due("10 hours", head=LATE_CLOSE), 1),
        (due("end of school day", head=LATE_CLOSE), 0),
        (due("30 minutes", "missed_today >= 1", head=LATE_CLOSE), 0),
        (due("30 minutes", "became(dropped_out)", head=LATE_CLOSE), 0),
        (due("limit", head=f"{LATE_CLOSE}\nparameters: {{limit: [{{where: grade >= 7, value: 1 hour}}, {{value: 2 school days}}]}}"), 1),
        (due("30 minutes", head='replace: {day: {absent_when: all sessions, closes: "20:00"}}'), 0),
        (due("30 minutes", head=LATE_CLOSE).replace("by: homeroom_teacher", "by: [homeroom_teacher, parent]"), 0),
    ],
)
def test_deadline_too_short(text, n):
    """From the close at 21:00 to the first session at 08:00; a stage that is judged in lessons is left alone."""
    assert n == of("deadline-too-short", text)
    assert 0 == of("deadline-too-short", text, given=ALONE)


def test_role_never_assigned():
    """Once for a role; the role above one counts, `parent` does not, and a roster says for whom a role can be held."""
    text = policy("a: days_away >= 3 | do: {x: {by: principal, to: parent, due: 1 week, notify: dean}, y: {by: dean, due: 1 week}, z: {by: {above: dean}, due: 1 week}}")
    text = text.replace("principal: {of: school}", "principal: {of: school}, dean: {of: school, above: head}, head: {of: school}")
    roster, _ = parse_roster(Source("roster.csv", block("roster.csv", "csv")))
    other, _ = parse_roster(Source("roster.csv", "student,school,class\ns1,west,7-1\n"))

    assert ["`x` names `dean`", "`z` names `head`"] == [problem.message.partition(",")[0] for problem in linted(text).problems]
    assert 2 == of("role-never-assigned", text, given=Given(CALENDAR, roster, ASSIGNMENTS))
    assert 3 == of("role-never-assigned", text, given=Given(CALENDAR, other, ASSIGNMENTS))
    assert 3 == of("role-never-assigned", text, given=Given(assignments=()))
    assert 0 == of("role-never-assigned", text, given=ALONE)


@pytest.mark.parametrize(
    ("force", "n"),
    [("from: 2025-09-01", 0), ("from: 2025-09-01, to: 2026-08-31", 0), ("from: 2025-09-01, to: 2026-09-01", 1), ("from: 2026-09-01, to: 2027-08-31", 0)],
)
def test_outlives_calendar(force, n):
    """The calendar ends on 2026-08-31; a version of another year is not its own."""
    assert n == of("outlives-calendar", policy("a: days_away >= 3", head=f"in_force: {{{force}}}"))


@pytest.mark.parametrize(
    ("measure", "when", "alone", "n"),
    [
        ("count: unexcused, unit: school day, within: week", "x >= 8", 1, 1),
        ("count: unexcused, unit: school day, within: week", "x > 7", 1, 1),
        ("count: unexcused, unit: school day, within: week", "x >= 7", 0, 1),
        ("count: unexcused, unit: school day, within: week", "x >= 6", 0, 0),
        ("count: unexcused, unit: school day, within: week", "x >= low", 0, 0),
        ("count: unexcused, unit: school day, within: week", "x >= high", 1, 1),
        ("count: unexcused, unit: session, within: day", "x >= 3", 0, 1),
        ("count: unexcused, unit: session, within: day", "x >= 2", 0, 0),
        ("count: unexcused, unit: session, within: day", "not x < 3", 0, 1),
        ("count: unexcused, unit: session, within: day", "days_away >= 1 or x >= 3", 0, 1),
        ("count: unexcused, unit: session, within: day, plus: {late over 30 minutes: session}", "x >= 9", 0, 0),
        ("share: unexcused, of: possible, unit: session, within: term, floor: 40 sessions", "x > 100%", 1, 1),
        ("share: unexcused, of: possible, unit: session, within: term, floor: 40 sessions", "x >= 100%", 0, 0),
        ("run: unexcused, unit: school day, neutral: excused", "x >= 400", 0, 1),
    ],
)
def test_threshold_never_met(measure, when, alone, n):
    """Without a calendar by the length of the window, with it by its sessions: two on a weekday, one on a Sunday."""
    head = "parameters: {low: [{where: grade >= 7, value: 9}, {value: 5}], high: [{where: grade >= 7, value: 9}, {value: 8}]}"
    text = policy(f"a: {when}", measures=f"x: {{{measure}}}", head=head, ends=LASTS)

    assert (alone, n) == (of("threshold-never-met", text, given=ALONE), of("threshold-never-met", text))


def test_an_nth_that_never_comes():
    """It is a threshold too."""
    measure = "x: {count: unexcused, unit: school day, within: week}"

    assert 1 == of("threshold-never-met", due("at the 9th x", "x >= 3", measures=measure), given=ALONE)
    assert 0 == of("threshold-never-met", due("at the 5th x", "x >= 3", measures=measure), given=ALONE)


PRESENT = "present_share: {share: present, of: possible, unit: session, within: term}"


@pytest.mark.parametrize(
    ("share", "when", "n"),
    [
        ("of: possible, unit: session, within: term", "x >= 10%", 1),
        ("of: possible, unit: session, within: term", "x > 0%", 1),
        ("of: possible, unit: session, within: term", "x <= 10% and days_away >= 3", 0),
        ("of: possible, unit: session, within: term", "x >= 10% and days_away >= 3", 0),
        ("of: possible, unit: session, within: term", "x >= 10% or days_away >= 3", 1),
        ("of: possible, unit: session, within: term", "x >= 10% and term_week >= 4", 0),
        ("of: possible, unit: session, within: term", "x >= 10% and became(dropped_out)", 0),
        ("of: possible, unit: session, within: term, floor: 40 sessions", "x >= 10%", 0),
        ("of: planned, unit: session, within: term", "x >= 10%", 0),
        ("of: possible, unit: session, within: day", "x >= 50%", 0),
        ("of: possible, unit: session, within: term", "days_away >= 3 or present_share >= 90%", 0),
    ],
)
def test_rate_without_base(share, when, n):
    """Where nothing else has to have grown too."""
    assert n == of("rate-without-base", policy(f"a: {when}", measures=f"x: {{share: unexcused, {share}}}\n  {PRESENT}", ends=LASTS))


@pytest.mark.parametrize(
    ("when", "n"),
    [
        ("one + all >= 6", 1), ("all + (other + one) >= 6", 2), ("2 * one + all >= 6", 1), ("one + other >= 6", 0), ("all - one >= 6", 0),
        ("one >= 3 and all >= 3", 0), ("days_away >= 3 or not (one + all >= 6)", 1),
    ],
)  # fmt: skip
def test_double_counting(when, n):
    """A sum only, and only of what has a code in common."""
    more = "all: {count: [unexcused, excused], unit: session, within: term}\n  other: {count: excused, unit: session, within: term}"
    text = policy(f"a: {when}", measures=f"one: {{count: unexcused, unit: session, within: term}}\n  {more}", ends=LASTS)

    assert n == of("double-counting", text)


@pytest.mark.parametrize(
    "used",
    [
        "ladders", "duties:\n  d: {every: term, each: student, where: x >= 3, do: {y: {by: principal, due: 1 week}}}",
        "registers:\n  r: {each: student, where: x >= 3}", "registers:\n  r: {each: student, where: enrolled, columns: [name, x]}",
        "targets:\n  t: {each: school, count: x >= 3, among: enrolled, base: school year start, at_most: 1%, check: term end}",
    ],
)  # fmt: skip
def test_a_measure_is_used_wherever_it_stands(used):
    """In a duty, a register, a target; and nowhere it is found."""
    measure = "x: {count: excused, unit: school day, within: term}"
    text = policy("a: days_away >= 3", measures=measure, more="" if used == "ladders" else used)

    assert int(used == "ladders") == of("unused-measure", text)


def test_an_nth_due_and_a_parameter_read_a_measure():
    """And one that is read by a file that builds on this one is this file's no more."""
    measure = "x: {count: excused, unit: school day, within: term}"

    assert 0 == of("unused-measure", due("at the 5th x", measures=measure))
    assert 0 == of("unused-measure", due("at the 5th x, optional: true", measures=measure))
    assert 0 == of("unused-measure", policy("a: days_away >= n", measures=measure, head="parameters: {n: [{where: x >= 3, value: 2}, {value: 3}]}"))


@pytest.mark.parametrize(
    ("stage", "n"),
    [
        ("b: {title: Two, when: days_away >= 2, do: {b_visit: {title: Visit, by: teacher, due: 1 school day}}}", 0),
        ("b: {title: Two, when: days_away >= 2, do: {b_visit: {by: teacher, due: 1 school day}}}", 1),
        ("b: {title: Two, when: days_away >= 2, do: {家访: {by: teacher, due: 1 school day}}}", 0),
        ("b: {when: days_away >= 2, do: {b_visit: {by: teacher, due: 1 school day}}}", 2),
        ("b: {when: days_away >= 2, do: {b_visit: {by: teacher, due: 1 school day}}}\n      c: {when: days_away >= 3, do: {c_call: {by: teacher, due: 1 school day}}}", 0),
    ],
)
def test_a_title_is_missing_where_most_have_theirs(stage, n):
    """A word of Chinese is its own title."""
    text = f"""\
policy: p
extends: standard.yaml
roles: {{teacher: {{of: class}}}}
ladders:
  absence:
    title: Absence
    stages:
      a: {{title: One, when: days_away >= 1, do: {{a_call: {{title: Call, by: teacher, due: 1 school day}}}}}}
      {stage}
    ends: {{when: days_back >= 1}}
"""

    assert n == of("missing-title", text)
