"""The calendar: what a date is, its sessions, stretches of dates, and counting forwards and back."""

from __future__ import annotations

import datetime

import pytest

from escalate.days import Beyond, Calendar, DayPlan, Edit, Period, Plans, Session, Term, add_months
from tests.build import CAL, at, calendar, date

SPLIT = calendar(terms={"one": "2025-09-01..2025-09-12", "two": "2025-09-22..2025-10-10"}, years={"first": ("one",), "second": ("two",)})
MADE = calendar(weeks=6, closed=["09-10"], make_up=["09-13"])


def shown(stretch: tuple | None) -> str:
    """`key first..last` of a period or tile."""
    return f"{stretch[0]} {stretch[1]:%m-%d}..{stretch[2]:%m-%d}" if stretch else "none"


# --- one date -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "kind"),
    [("09-01", "school"), ("09-05", "school"), ("09-06", "weekend"), ("09-07", "weekend"), ("09-10", "closed"), ("09-13", "make_up")],
)
def test_what_a_date_is(day, kind):
    """The calendar's own word, else that of its weekday."""

    assert kind == MADE.of("").kind(date(day))


def test_a_date_between_terms_is_of_a_break():
    """Its edges are the terms' last and first dates."""

    assert ["school", "break", "break", "school"] == [SPLIT.of("").kind(date(day)) for day in ("09-12", "09-13", "09-21", "09-22")]


@pytest.mark.parametrize("day", ["08-31", "10-13"])
def test_a_date_outside_the_calendar_is_refused(day):
    """Never guessed; the refusal says which date."""
    days = CAL.of("")

    for ask in (days.kind, days.sessions, days.is_office_day, lambda one: days.on_school_day(one, "next")):
        with pytest.raises(Beyond, match=f"2025-{day} is outside the calendar"):
            ask(date(day))


def test_the_first_and_last_date_are_inside():
    """Those that the calendar covers, else from the first term to the last."""
    wide = calendar(weeks=6, covers="2025-08-25..2025-10-20").of("")

    assert [False, True, True, False] == [CAL.of("").covers(date(day)) for day in ("08-31", "09-01", "10-12", "10-13")]
    assert [False, True, True, False] == [wide.covers(date(day)) for day in ("08-24", "08-25", "10-20", "10-21")]


def test_sessions_stand_in_order_of_time():
    """As the periods of the weekday say, each with its instants."""
    cal = calendar(weeks=1, sessions="pm 14:00-17:00, am 08:00-11:40")

    assert [Session(date("09-01"), "am", at("09-01 08:00"), at("09-01 11:40")), Session(date("09-01"), "pm", at("09-01 14:00"), at("09-01 17:00"))] == list(
        cal.of("").sessions(date("09-01"))
    )


def test_a_session_has_a_name_and_a_length():
    """`2025-09-01/am`, 220 minutes."""
    session = CAL.of("").sessions(date("09-01"))[0]

    assert ("2025-09-01/am", 220) == (session.id, session.minutes)


def test_days_without_school_have_no_sessions():
    """Weekends, closed days and breaks."""

    assert [(), (), ()] == [cal.of("").sessions(date(day)) for cal, day in ((CAL, "09-06"), (MADE, "09-10"), (SPLIT, "09-15"))]


def test_a_weekday_may_have_periods_of_its_own():
    """Monday mornings only, Saturdays too, and the rest nothing."""
    days = calendar(weeks=1, week={0: ("am",), 5: ("am", "pm")}).of("")

    assert [["am"], [], ["am", "pm"]] == [[session.period for session in days.sessions(date(day))] for day in ("09-01", "09-02", "09-06")]
    assert ["school", "weekend", "school"] == [days.kind(date(day)) for day in ("09-01", "09-02", "09-06")]


def test_a_made_up_day_has_the_periods_of_the_weekday_that_it_makes_up():
    """Or of its own weekday, or those that the calendar writes."""
    plans = {
        date("09-06"): DayPlan("make_up", None, 0), date("09-07"): DayPlan("make_up"), date("09-02"): DayPlan("sports", ("pm",), reason="sports day"),
    }
    cal = Calendar(
        "c", "Asia/Shanghai", CAL.periods, CAL.terms, week={0: ("am",), 1: ("am", "pm")}, plans=Plans(plans),
    )
    days = cal.of("")

    assert [["am"], [], ["pm"]] == [[session.period for session in days.sessions(date(day))] for day in ("09-06", "09-07", "09-02")]
    assert ["sports day", ""] == [days.reason(date(day)) for day in ("09-02", "09-03")]


def test_the_place_of_a_mark_is_its_period_in_the_base_timetable():
    """Session or not; none for a period that nobody knows, and none outside the calendar."""
    days = CAL.of("")

    assert [at("09-01 08:00"), at("09-06 14:00"), None, None, None] == [
        days.mark_at(date(day), period) for day, period in (("09-01", "am"), ("09-06", "pm"), ("09-01", "night"), ("08-31", "am"), ("10-13", "am"))
    ]
    assert days.mark_at(date("09-01"), "am") == at("09-01 08:00")


def test_offices_are_open_from_monday_to_friday_unless_the_calendar_says():
    """School or not; a later edit stands over the plan."""
    cal = Calendar("c", "Asia/Shanghai", CAL.periods, CAL.terms, plans=Plans(office={date("09-02"): False, date("09-06"): True}))
    edited = cal.edited(Edit(date("09-02"), office=True), Edit(date("09-03"), office=False))

    whens = [date(day) for day in ("09-01", "09-02", "09-03", "09-05", "09-06", "09-07")]
    assert [True, False, True, True, True, False] == [cal.of("").is_office_day(day) for day in whens]
    assert [True, True, False, True, True, False] == [edited.of("").is_office_day(day) for day in whens]


# --- schools and edits ----------------------------------------------------------------------------------


def test_a_school_may_have_dates_of_its_own():
    """Others have the common ones; each school's days are made once."""
    cal = Calendar(
        "c", "Asia/Shanghai", CAL.periods, CAL.terms, plans=Plans({date("09-02"): DayPlan("closed", ())}),
        schools={"north": Plans({date("09-03"): DayPlan("closed", ())}, {date("09-03"): False})},
    )

    assert [[True, False, False], [True, False, True]] == [[cal.of(school).is_school_day(date(day)) for day in ("09-01", "09-02", "09-03")] for school in ("north", "south")]
    assert [False, True] == [cal.of(school).is_office_day(date("09-03")) for school in ("north", "south")]
    assert cal.of("south") is cal.of("")
    assert cal.of("north") is cal.of("north")


def test_an_edit_is_for_one_school_or_for_all():
    """For one date and school the last one stands."""
    shut, opened = DayPlan("closed", ()), DayPlan("school", ("am",))
    cal = CAL.edited(Edit(date("09-02"), "north", shut), Edit(date("09-03"), plan=shut), Edit(date("09-03"), plan=opened))

    assert [False, True] == [cal.of(school).is_school_day(date("09-02")) for school in ("north", "south")]
    assert [1, 1] == [len(cal.of(school).sessions(date("09-03"))) for school in ("north", "south")]
    assert CAL.of("north").is_school_day(date("09-02"))


def test_an_edit_for_a_school_that_the_calendar_does_not_name_is_its_own():
    """Of the only edit, too."""
    cal = CAL.edited(Edit(date("09-02"), "north", DayPlan("closed", ())))

    assert [False, True, True] == [cal.of(school).is_school_day(date("09-02")) for school in ("north", "south", "")]


# --- stretches of dates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "day", "expected"),
    [
        ("day", "09-10", "2025-09-10 09-10..09-10"),
        ("week", "09-07", "2025-09-01 09-01..09-07"),
        ("week", "09-08", "2025-09-08 09-08..09-14"),
        ("month", "09-30", "2025-09 09-01..09-30"),
        ("month", "2024-02-29", "2024-02 02-01..02-29"),
        ("month", "12-31", "2025-12 12-01..12-31"),
        ("term", "09-12", "one 09-01..09-12"),
        ("term", "09-13", "none"),
        ("term", "09-22", "two 09-22..10-10"),
        ("school_year", "08-31", "none"),
        ("school_year", "09-01", "first 09-01..09-21"),
        ("school_year", "09-21", "first 09-01..09-21"),
        ("school_year", "09-22", "second 09-22..10-10"),
        ("school_year", "10-11", "none"),
    ],
)
def test_the_period_that_holds_a_date(unit, day, expected):
    """A school year lasts until the day before the next one."""

    assert expected == shown(SPLIT.of("").period(unit, date(day)))


@pytest.mark.parametrize(
    ("n", "unit", "day", "expected"),
    [
        (1, "day", "09-02", "2025-09-02 09-02..09-02"),
        (10, "day", "09-10", "2025-09-01 09-01..09-10"),
        (10, "day", "09-11", "2025-09-11 09-11..09-20"),
        (10, "day", "10-12", "2025-10-11 10-11..10-12"),
        (2, "week", "09-14", "2025-09-01 09-01..09-14"),
        (2, "week", "09-15", "2025-09-15 09-15..09-28"),
        (1, "month", "09-30", "2025-09-01 09-01..09-30"),
        (1, "month", "10-01", "2025-10-01 10-01..10-12"),
        (3, "school_day", "09-03", "2025-09-01 09-01..09-03"),
        (3, "school_day", "09-07", "2025-09-04 09-04..09-08"),
        (3, "school_day", "09-09", "2025-09-09 09-09..09-14"),
        (2, "school_week", "09-14", "2025-09-01 09-01..09-14"),
        (2, "school_week", "09-15", "2025-09-15 09-15..09-28"),
        (2, "school_week", "10-12", "2025-09-29 09-29..10-12"),
        (1, "day", "10-13", "none"),
    ],
)
def test_tiles_are_counted_from_the_first_date_of_the_school_year(n, unit, day, expected):
    """The last one ends with the year; 09-10 is closed."""

    assert expected == shown(calendar(weeks=6, closed=["09-10"]).of("").tile(n, unit, date(day)))


def test_a_year_that_begins_within_a_week_begins_its_first_tile():
    """Its school weeks are those whose Monday is at most six days before it."""
    days = calendar(terms={"autumn": "2025-09-03..2025-09-26"}).of("")

    assert ["2025-09-03 09-03..09-07", "2025-09-08 09-08..09-14"] == [shown(days.tile(1, "school_week", date(day))) for day in ("09-07", "09-08")]


def test_a_year_that_begins_on_sunday_has_that_day_as_its_first_school_week():
    """If there is school on Sundays."""
    days = calendar(terms={"autumn": "2025-08-31..2025-09-26"}, week=dict.fromkeys(range(7), ("am",))).of("")

    assert ["2025-08-31 08-31..08-31", "2025-09-01 09-01..09-07"] == [shown(days.tile(1, "school_week", date(day))) for day in ("08-31", "09-01")]


@pytest.mark.parametrize(("n", "unit"), [(1, "school_week"), (2, "week"), (14, "day"), (10, "school_day")])
def test_a_tile_may_begin_on_the_last_date_of_the_year(n, unit):
    """Monday 09-15, a day of its own."""
    days = calendar(terms={"autumn": "2025-09-01..2025-09-15"}).of("")

    assert "2025-09-15 09-15..09-15" == shown(days.tile(n, unit, date("09-15")))


def test_tiles_in_months_are_each_counted_from_the_first_date():
    """From the 31st, each begins on the 31st or on the last day of its month."""
    days = calendar(terms={"long": "2025-08-31..2026-01-16"}).of("")

    assert ["08-31..09-29", "09-30..10-30", "10-31..11-29", "11-30..12-30", "12-31..01-16"] == [
        shown(days.tile(1, "month", date(day))).partition(" ")[2] for day in ("08-31", "10-30", "10-31", "12-30", "12-31")
    ]


def test_a_year_without_school_is_one_tile():
    """In school weeks and in school days."""
    days = calendar(weeks=1, week={6: ()}).of("")

    assert ["2025-09-01 09-01..09-07"] * 2 == [shown(days.tile(1, unit, date("09-04"))) for unit in ("school_week", "school_day")]


@pytest.mark.parametrize(
    ("n", "unit", "day", "expected"),
    [
        (1, "day", "09-10", "09-10"), (3, "day", "09-10", "09-08"), (1, "week", "09-10", "09-04"), (2, "week", "09-10", "08-28"),
        (1, "month", "10-10", "09-11"), (1, "month", "10-31", "10-01"), (1, "year", "09-10", "2024-09-11"), (1, "school_day", "09-10", "09-10"),
        (1, "school_day", "09-07", "09-05"), (2, "school_day", "09-08", "09-05"), (9, "school_day", "09-02", "09-01"), (1, "school_week", "09-10", "09-08"),
        (2, "school_week", "09-10", "09-01"), (3, "school_week", "09-10", "09-01"),
    ],
)
def test_the_first_date_of_a_window_that_ends_with_a_date(n, unit, day, expected):
    """School days and weeks are cut at the first of the calendar."""

    assert date(expected) == CAL.of("").back(n, unit, date(day))


@pytest.mark.parametrize(
    ("n", "unit", "expected"), [(3, "school_day", "09-01"), (4, "school_day", "08-25"), (1, "school_week", "09-01"), (2, "school_week", "08-25")],
)
def test_a_window_is_cut_only_where_there_are_too_few(n, unit, expected):
    """Three school days until 09-03; the calendar begins a week before the first."""
    days = calendar(weeks=6, covers="2025-08-25..2025-10-12").of("")

    assert date(expected) == days.back(n, unit, date("09-03"))


def test_school_days_between_two_dates():
    """The first is not counted, the second is."""
    days = CAL.of("")

    assert [0, 1, 1, 2, 0] == [
        days.school_days_between(date(first), date(last)) for first, last in (("09-05", "09-05"), ("09-04", "09-05"), ("09-05", "09-08"), ("09-04", "09-08"), ("09-05", "09-07"))
    ]


def test_the_teaching_week_is_counted_from_the_week_in_which_the_term_starts():
    """A term that starts on Wednesday has its second week from the next Monday; outside the terms there is none."""
    days = calendar(terms={"autumn": "2025-09-03..2025-09-26"}, covers="2025-09-01..2025-10-12").of("")

    assert [None, 1, 1, 2, 4, None] == [days.term_week(date(day)) for day in ("09-02", "09-03", "09-07", "09-08", "09-26", "09-27")]


def test_dates_outside_every_term():
    """Both dates are counted: Saturday 09-13 to Sunday 09-21 is a break of nine."""
    days = SPLIT.of("")

    assert [0, 1, 9, 9, 0] == [
        days.out_of_term(date(first), date(last)) for first, last in (("09-01", "09-12"), ("09-12", "09-13"), ("09-12", "09-22"), ("09-13", "09-21"), ("09-22", "10-10"))
    ]


# --- forwards ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("direction", "day", "expected"),
    [("next", "09-05", "09-05"), ("next", "09-06", "09-08"), ("next", "09-10", "09-11"), ("previous", "09-07", "09-05"), ("previous", "09-10", "09-09"), ("previous", "09-11", "09-11")],
)
def test_the_nearest_school_day(direction, day, expected):
    """The date itself where it is one."""

    assert date(expected) == calendar(weeks=6, closed=["09-10"]).of("").on_school_day(date(day), direction)


def test_there_is_no_school_day_before_the_first_nor_after_the_last():
    """What lies outside is named."""
    days = calendar(weeks=1, covers="2025-08-30..2025-09-07").of("")

    with pytest.raises(Beyond, match="2025-08-29"):
        days.on_school_day(date("08-31"), "previous")
    with pytest.raises(Beyond, match="2025-09-08"):
        days.on_school_day(date("09-06"), "next")


def test_the_only_school_day_is_the_previous_and_the_next():
    """Monday 09-01, from either side."""
    days = calendar(weeks=1, covers="2025-08-30..2025-09-07", week={0: ("am",)}).of("")

    assert date("09-01") == days.on_school_day(date("09-07"), "previous")
    assert date("09-01") == days.next_school_day(date("08-30"))


def test_office_days_are_counted_only_inside_the_calendar():
    """Two after Thursday 10-09 is Monday 10-13."""
    days = CAL.of("")

    assert date("10-10") == days.add(date("10-09"), 1, "office_day")
    with pytest.raises(Beyond, match="2025-10-13"):
        days.add(date("10-09"), 2, "office_day")


@pytest.mark.parametrize(("day", "expected"), [("08-31", None), ("09-12", None), ("09-13", "two"), ("09-21", "two"), ("09-22", None), ("10-11", None)])
def test_the_term_after_a_break(day, expected):
    """A break lies between two terms."""
    found = SPLIT.of("").break_after(date(day))

    assert expected == (found.key if found else None)


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        ("2025-01-31", 1, "2025-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2025-01-30", 1, "2025-02-28"), ("2025-01-28", 1, "2025-02-28"),
        ("2025-11-30", 3, "2026-02-28"), ("2025-12-15", 1, "2026-01-15"), ("2025-12-31", 12, "2026-12-31"), ("2025-03-31", -1, "2025-02-28"),
        ("2025-01-15", -1, "2024-12-15"), ("2025-10-31", 1, "2025-11-30"), ("2025-05-05", 0, "2025-05-05"),
    ],
)
def test_months_later_is_the_same_day_or_the_last(day, n, expected):
    """Backwards too."""

    assert date(expected) == add_months(date(day), n)


def test_terms_stand_in_order_whatever_the_order_they_are_written_in():
    """And the calendar lasts until the latest end."""
    one, two = Term("one", date("09-01"), date("09-12")), Term("two", date("09-22"), date("10-10"))
    days = Calendar("c", "Asia/Shanghai", (Period("am", datetime.time(8), datetime.time(11)),), (two, one)).of("")

    assert (("one", "two"), date("09-01"), date("10-10")) == (tuple(term.key for term in days.terms), days.first, days.last)
    assert () == days.years
