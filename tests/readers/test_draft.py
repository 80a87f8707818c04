"""Drafts of calendars: what is known is right, what is not known is refused."""

from __future__ import annotations

import builtins
import datetime
import json

import pytest

pytest.importorskip("holidays", reason="the package holidays is not installed")

from escalate.readers import draft_calendar, parse_calendar
from escalate.readers.draft import closed_dates, known_holidays
from escalate.source import Refused, Source

from .support import real


def parsed(text):
    found, problems = parse_calendar(Source("draft.yaml", text))
    assert problems == ()
    return found


@pytest.mark.parametrize("year", range(2021, 2027))
def test_it_agrees_with_the_published_list(year):
    """Days off on weekdays, and every make-up day, are those of the State Council's list."""
    listed = json.loads(real(f"holiday-cn/{year}.json").read_text(encoding="utf-8"))["days"]
    days = {datetime.date.fromisoformat(day["date"]): day["isOffDay"] for day in listed}
    off = {date for date, free in days.items() if free and date.year == year}
    found = known_holidays("CN", year)
    drafted = closed_dates(found)

    assert off <= drafted
    assert {date for date in drafted - off if date.weekday() < 5} == set()
    assert set(found.work) == {date for date, free in days.items() if not free and date.year == year}


def test_the_stretches_of_2026_are_the_published_ones():
    """To the day, weekends included."""
    listed = json.loads(real("holiday-cn/2026.json").read_text(encoding="utf-8"))["days"]

    assert closed_dates(known_holidays("CN", 2026)) == {
        datetime.date.fromisoformat(day["date"]) for day in listed if day["isOffDay"]
    }


def test_a_chinese_draft_is_a_calendar():
    """It can be read as it is; what is guessed is marked."""
    text = draft_calendar("cn", 2026)
    days = parsed(text).of("")

    assert days.reason(datetime.date(2026, 2, 17)) == "农历除夕、春节"
    assert days.kind(datetime.date(2026, 10, 10)) == "make_up"
    assert days.is_office_day(datetime.date(2026, 2, 14))
    assert not days.is_office_day(datetime.date(2026, 2, 16))
    assert "2026-05-09: tuesday" in text
    assert all("请核对" in line for line in text.splitlines() if line.startswith(("  spring: {", "  autumn: {")))


def test_a_year_that_is_not_published_is_refused():
    """Nobody knows the make-up days of a year before its list is out."""
    with pytest.raises(Refused) as refused:
        draft_calendar("CN", 2099)

    assert refused.value.problems[0].kind == "unknown-year"


@pytest.mark.parametrize("country", ["US", "DE", "JP", "EG"])
def test_other_countries_have_holidays_only(country):
    """A draft that can be read; make-up days are China's."""
    text = draft_calendar(country, 2026)

    assert parsed(text).plans.days
    assert "make_up" not in text


def test_an_unknown_country_is_refused():
    """A code that names no country."""
    with pytest.raises(Refused, match="unknown-country"):
        draft_calendar("XX", 2026)


def test_it_says_what_to_install(monkeypatch):
    """Without the package the message names it."""
    found = builtins.__import__

    def without(name, *rest, **more):
        if name == "holidays":
            raise ImportError(name)
        return found(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)

    with pytest.raises(Refused, match="pip install"):
        draft_calendar("CN", 2026)


def test_days_off_before_a_holiday_of_next_year_have_a_reason():
    """30 and 31 December 2018 belong to the new year's day of 2019: without a reason the draft was no calendar."""
    text = draft_calendar("CN", 2018)

    assert '2018-12-30..2018-12-31: "调休"' in text
    assert parse_calendar(Source("calendar.yaml", text))[0] is not None
