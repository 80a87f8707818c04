"""Calendars: what a text means, and where what is wrong with it is said to be."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate.readers import check_close, parse_calendar, read_calendar
from escalate.source import Refused, Source

from .support import CALENDAR, calendar

FULL = """\
calendar: full
timezone: Asia/Shanghai
sessions: {am: "08:00-11:40", pm: "14:00-17:00", evening: "19:00-20:30"}
week: {monday: [am, pm], tuesday: [am, pm], friday: [am], sunday: [evening]}
terms:
  autumn: {from: 2025-09-01, to: 2026-01-23}
  spring: {from: 2026-03-02, to: 2026-07-10}
covers: {from: 2025-08-25, to: 2026-08-31}
closed: {2025-10-01..2025-10-08: 国庆中秋, 2026-01-01..2026-01-03: 元旦}
make_up: {2025-09-27: friday}
days: {2025-11-14: {kind: sports, sessions: [am, pm], reason: 运动会}, 2025-11-18..2025-11-19: {kind: exam, weekday: monday}}
office: {closed: [2025-10-01..2025-10-08], open: [2025-09-28]}
years: {2025: [autumn, spring]}
schools: {north: {closed: {2025-12-01..2025-12-02: 暴雪}}}
"""


def day(text):
    return datetime.date.fromisoformat(text)


def problems(text):
    """Each problem as (line, column, kind)."""
    return [
        (found.span.line, found.span.col, found.kind)
        for found in parse_calendar(Source("c.yaml", text))[1]
        if found.span
    ]


def names(days, text):
    return [session.period for session in days.sessions(day(text))]


def test_every_key_means_something():
    """The calendar of the design, with every key."""
    days = calendar(FULL).of("")

    assert names(days, "2025-09-01") == ["am", "pm"]
    assert names(days, "2025-09-07") == ["evening"]  # a Sunday
    assert names(days, "2025-09-03") == []  # a Wednesday: not in the week
    assert names(days, "2025-09-27") == ["am"]  # a Saturday that runs a Friday
    assert names(days, "2025-11-14") == ["am", "pm"]
    assert names(days, "2025-11-19") == ["am", "pm"]  # runs a Monday
    assert (days.kind(day("2025-10-06")), days.reason(day("2025-10-06"))) == ("closed", "国庆中秋")
    assert (days.kind(day("2025-11-14")), days.reason(day("2025-11-14"))) == ("sports", "运动会")
    assert [days.is_office_day(day(text)) for text in ("2025-10-08", "2025-09-28", "2025-09-27")] == [
        False,
        True,
        False,
    ]
    assert days.first == day("2025-08-25")
    assert days.last == day("2026-08-31")
    assert days.years == (("2025", day("2025-09-01"), day("2026-08-31")),)


def test_a_school_may_have_its_own_closures():
    """A day closed by snow for one school is open for the others."""
    made = calendar(FULL)

    assert names(made.of("north"), "2025-12-01") == []
    assert names(made.of("south"), "2025-12-01") == ["am", "pm"]


def test_a_full_calendar_has_no_problems():
    """Nothing is said of a calendar that is right."""
    assert parse_calendar(Source("c.yaml", FULL))[1] == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("closed:", "clossed:", [(5, 1, "unknown-key")]),
        ("timezone: Asia/Shanghai", "timezone: Asia/Shangai", [(2, 11, "unknown-timezone")]),
        ("to: 2026-01-23", "to: 2026-1-23", [(4, 40, "bad-date")]),
        ("to: 2026-01-23", "to: 2025-08-01", [(4, 40, "bad-dates")]),
        ("to: 2026-01-23", "to: 2206-01-23", [(4, 40, "bad-date")]),
        ("to: 2026-01-23", "until: 2026-01-23", [(4, 36, "unknown-key")]),
        (", to: 2026-01-23", "", [(4, 17, "missing-key")]),
        ('pm: "14:00-17:00"', 'pm: "17:00-14:00"', [(3, 35, "bad-session")]),
        ('pm: "14:00-17:00"', 'pm: "14:00"', [(3, 35, "bad-session")]),
        ('pm: "14:00-17:00"', 'pm: "11:00-17:00"', [(3, 11, "sessions-overlap")]),
        ("sessions: [am]", "sessions: [evening]", [(7, 46, "unknown-session")]),
        ("kind: sports, ", "", [(7, 20, "missing-key")]),
        ("2025-09-28: tuesday", "2025-09-28: tuseday", [(6, 23, "unknown-word")]),
        ("2025-09-28: tuesday", "2025-09-30: tuesday", [(6, 11, "already-school-day")]),
        ("2025-09-28: tuesday", "2025-08-30: tuesday", [(6, 11, "outside-calendar")]),
        ("2025-09-28: tuesday", "2025-10-04: tuesday", [(6, 11, "twice")]),
        ("2025-10-01..2025-10-08", "2025-10-08..2025-10-01", [(5, 10, "bad-dates")]),
        ("2025-10-01..2025-10-08", "2026-10-01..2026-10-08", [(5, 10, "outside-calendar")]),
        ("calendar: test-2025\n", "", [(1, 1, "missing-key")]),
    ],
)
def test_a_problem_has_its_place(old, new, expected):
    """Each fault is said once, at the words that are wrong."""
    assert old in CALENDAR

    assert problems(CALENDAR.replace(old, new)) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (
            "terms: {a: {from: 2025-09-01, to: 2026-01-23}, b: {from: 2026-01-23, to: 2026-07-01}}",
            [(4, 48, "terms-overlap")],
        ),
        (
            "terms: {a: {from: 2025-09-01, to: 2026-01-23}}\ncovers: {from: 2025-09-02, to: 2026-01-23}",
            [(5, 9, "outside-covers")],
        ),
        ("terms: {a: {from: 2025-09-01, to: 2026-01-23}}\nyears: {2025: [b]}", [(5, 16, "unknown-term")]),
        ("terms: {a: {from: 2025-09-01, to: 2026-01-23}}\nyears: {2025: [a], 2026: [a]}", [(5, 27, "twice")]),
        ("terms: {a: {from: 2025-09-01, to: 2026-01-23}}\nweek: {sonntag: [am]}", [(5, 8, "unknown-weekday")]),
        (
            "terms: {a: {from: 2025-09-01, to: 2026-01-23}}\noffice: {closed: [2025-09-02], open: [2025-09-02]}",
            [(5, 39, "twice")],
        ),
        (
            "terms: {a: {from: 2025-09-01, to: 2026-01-23}}\ncovers: {from: 2025-08-01, to: 2026-08-31}\nmake_up: {2025-08-30: friday}",
            [(6, 11, "outside-terms")],
        ),
        (
            "terms: {a: {from: 2025-09-01, to: 2026-01-23}, b: {from: 2026-03-01, to: 2026-07-01}}\nyears: {2025: [a]}",
            [(5, 8, "term-without-year")],
        ),
    ],
)
def test_terms_years_weeks_and_offices_are_checked(more, expected):
    """What ties dates to terms."""
    assert problems(f'calendar: c\ntimezone: UTC\nsessions: {{am: "08:00-11:40"}}\n{more}\n') == expected


def test_a_warning_does_not_refuse():
    """A make-up day that is a school day already is odd, not wrong."""
    found, said = parse_calendar(Source("c.yaml", CALENDAR.replace("2025-09-28", "2025-09-29")))

    assert found is not None
    assert [problem.warning for problem in said] == [True]


def test_all_problems_are_refused_at_once(tmp_path):
    """A file with two faults names both, in the order of the text."""
    path = tmp_path / "calendar.yaml"
    path.write_text(
        CALENDAR.replace("closed:", "clossed:").replace("to: 2026-01-23", "to: 2026-1-23"), encoding="utf-8"
    )

    with pytest.raises(Refused) as refused:
        read_calendar(path)

    assert [problem.kind for problem in refused.value.problems] == ["bad-date", "unknown-key"]
    assert refused.value.problems[1].help == "did you mean `closed`?"


@pytest.mark.parametrize(
    "text",
    ["", "[]", "calendar", "calendar: {}\nsessions: []\nterms: 3\ntimezone: []", "sessions: {am: }", "terms: {a: {}}"],
)
def test_odd_texts_are_refused_not_raised(text):
    """No text makes the reader fail."""
    found, said = parse_calendar(Source("c.yaml", text))

    assert found is None
    assert said


def test_a_missing_file_is_refused(tmp_path):
    """The name is said, nothing else of the system."""
    with pytest.raises(Refused, match="cannot read"):
        read_calendar(tmp_path / "none.yaml")


def test_a_session_at_the_close_is_a_problem():
    """A day closes after its sessions began, or their absence could never be judged."""
    source = Source("c.yaml", FULL)
    found = check_close(calendar(FULL), datetime.time(17, 30), source)

    assert [(problem.kind, problem.span.line, problem.span.col) for problem in found] == [
        ("session-after-close", 3, 59)
    ]
    assert check_close(calendar(FULL), datetime.time(19, 1)) == ()
    assert len(check_close(calendar(FULL), datetime.time(19, 0))) == 1


SCRAPS = [
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "..",
    "\n",
    '"',
    "null",
    "2025-13-01",
    "9999-12-31",
    "0001-01-01",
    "sunday",
    "am",
    "25:00",
    "",
]
slips = st.lists(
    st.tuples(st.integers(0, len(FULL)), st.integers(0, 12), st.sampled_from(SCRAPS)), min_size=1, max_size=3
)


@given(slips)
def test_no_slip_makes_it_fail(changes):
    """A calendar, or a problem that says why there is none."""
    text = FULL
    for place, length, scrap in changes:
        text = text[:place] + scrap + text[place + length :]
    found, said = parse_calendar(Source("c.yaml", text))

    assert (found is None) == any(not problem.warning for problem in said)


def test_an_empty_calendar_is_told_to_begin_as_one():
    """Not as a policy."""
    _, (problem,) = parse_calendar(Source("calendar.yaml", "# nothing yet\n"))

    assert ("empty-file", "start with `calendar: a-name`") == (problem.kind, problem.help)


ONE_FAULT = [
    ("autumn: {from: 2025-09-01", "autumn: {from: 2025年9月1日", "write `2025-09-01`"), ("autumn: {from: 2025-09-01", "autumn: {from: 1.9.2025", "`2025-09-01` or `2025-01-09`"),
    ("autumn: {from: 2025-09-01, to: 2026-01-23}", "autumn: 2025/9/1-2026/1/23", "write {from: 2025-09-01, to: 2026-01-23}"),
    ("{from: 2025-08-25, to", "{from: 2025-8-25, to", "write `2025-08-25`"), ("{from: 2025-08-25, to: 2026-08-31}", "{from: 2025-08-25}", "2026-01-23"),
    ("08:00-11:40", "8：00－11：40", 'write am: "08:00-11:40"'), ("19:00-20:30", "late", 'write evening: "08:00-11:40"'),
    ('sessions: {am: "08:00-11:40", pm: "14:00-17:00", evening: "19:00-20:30"}', "sessions: {}", "add `sessions:"),
    ("2025-10-01..2025-10-08: 国", "2025年10月1日至8日: 国", "write `2025-10-01..2025-10-08`"), ("terms:", "semesters:", "known here"),
    ("years: {2025: [autumn, spring]}", "years: {2025: [autum, spring]}", "did you mean `autumn`?"), ("{monday: [am, pm]", "{mondy: [am, pm]", "did you mean `monday`?"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "help"), ONE_FAULT)
def test_one_fault_is_one_problem(old, new, help):
    """What is named elsewhere counts as defined where its definition is odd; and the help shows the author's own date."""
    assert old in FULL
    found = parse_calendar(Source("c.yaml", FULL.replace(old, new, 1)))[1]

    assert 1 == len(found), found
    assert help in found[0].help
