"""Instants and local times: gaps, folds, midnights, texts."""

from __future__ import annotations

import datetime

import pytest

from escalate import times
from escalate.times import Zone, parse_instant

SHANGHAI = Zone("Asia/Shanghai")
NEW_YORK = Zone("America/New_York")


def instant(zone: Zone, text: str) -> int:
    moment = datetime.datetime.fromisoformat(text)
    return zone.instant(moment.date(), moment.time())


def test_a_local_time_is_whole_seconds_of_utc():
    """08:00 in Shanghai is midnight of UTC."""

    assert int(datetime.datetime(2025, 9, 1, tzinfo=datetime.timezone.utc).timestamp()) == instant(SHANGHAI, "2025-09-01T08:00:00.999999")


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        ("2026-03-08T01:59:59", "2026-03-08T01:59:59-05:00"),
        ("2026-03-08T02:00", "2026-03-08T03:00:00-04:00"),
        ("2026-03-08T02:30", "2026-03-08T03:00:00-04:00"),
        ("2026-03-08T02:59:59", "2026-03-08T03:00:00-04:00"),
        ("2026-03-08T03:00", "2026-03-08T03:00:00-04:00"),
        ("2026-11-01T00:59:59", "2026-11-01T00:59:59-04:00"),
        ("2026-11-01T01:00", "2026-11-01T01:00:00-04:00"),
        ("2026-11-01T01:30", "2026-11-01T01:30:00-04:00"),
        ("2026-11-01T02:00", "2026-11-01T02:00:00-05:00"),
    ],
)
def test_a_gap_is_passed_and_a_fold_is_read_the_first_time(local, expected):
    """Clocks that go forward have no 02:30; those that go back have it twice."""

    assert expected == NEW_YORK.text(instant(NEW_YORK, local))


def test_a_day_may_begin_in_a_gap():
    """Midnight of 2018-11-04 was none in Sao Paulo: the date begins at 01:00."""
    zone = Zone("America/Sao_Paulo")
    date = datetime.date(2018, 11, 4)

    assert "2018-11-04T01:00:00-02:00" == zone.text(zone.midnight(date))
    assert zone.midnight(date) == zone.next_midnight(datetime.date(2018, 11, 3))


def test_a_date_lasts_from_its_midnight_to_the_second_before_the_next():
    """In local time."""
    date = datetime.date(2025, 9, 1)
    start, end = SHANGHAI.midnight(date), SHANGHAI.next_midnight(date)

    assert 86400 == end - start
    assert [date - times.DAY, date, date, date + times.DAY] == [SHANGHAI.date(at) for at in (start - 1, start, end - 1, end)]


def test_zones_of_one_name_are_equal():
    """And nothing else is equal to one."""

    assert Zone("Asia/Shanghai") == SHANGHAI
    assert SHANGHAI != NEW_YORK
    assert SHANGHAI != "Asia/Shanghai"
    assert {SHANGHAI: 1}[Zone("Asia/Shanghai")] == 1


def test_what_was_asked_for_is_kept_within_bounds(monkeypatch):
    """When many instants were asked for, the old ones are forgotten and found again."""
    monkeypatch.setattr(times, "KEPT", 2)
    zone = Zone("Asia/Shanghai")
    instants = [zone.midnight(datetime.date(2025, 9, day)) for day in (1, 2, 3, 1)]

    assert [1, 2, 3, 1] == [zone.date(at).day for at in instants]
    assert ["01", "02", "03", "01"] == [zone.text(at)[8:10] for at in instants]
    assert (2, 2) == (len(zone._dates), len(zone._texts))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-09-01T08:00", "2025-09-01T08:00:00+08:00"),
        (" 2025-09-01 08:00:30 ", "2025-09-01T08:00:30+08:00"),
        ("2025-09-01T00:00:00Z", "2025-09-01T08:00:00+08:00"),
        ("2025-09-01T00:00:00z", "2025-09-01T08:00:00+08:00"),
        ("2025-09-01T08:00:00+08:00", "2025-09-01T08:00:00+08:00"),
        ("2025-08-31T20:00:00-04:00", "2025-09-01T08:00:00+08:00"),
        ("2025-09-01T00:00:00.999+00:00", "2025-09-01T08:00:00+08:00"),
        ("1969-12-31T23:59:59.500+00:00", "1970-01-01T07:59:59+08:00"),
    ],
)
def test_an_instant_is_read_with_its_offset_or_as_local(text, expected):
    """A fraction of a second is cut, also before 1970."""

    assert expected == SHANGHAI.text(parse_instant(text, SHANGHAI))


def test_a_bare_date_is_a_date():
    """Its reader knows which instant of it is meant."""

    assert datetime.date(2025, 9, 1) == parse_instant("2025-09-01", SHANGHAI)


@pytest.mark.parametrize("text", ["", "2025-09", "2025-09-01x08:00", "2025-09-01T", "2025-13-01", "2025-02-29T08:00", "2025-09-01T25:00", "tomorrow at 8"])
def test_anything_else_is_refused(text):
    """With a ValueError, whatever it is."""

    with pytest.raises(ValueError):  # noqa: PT011  # Python's own words for some of them
        parse_instant(text, SHANGHAI)
