"""Dates and instants: gaps, folds, fractions, and texts that are neither."""

from __future__ import annotations

import contextlib
import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate.readers.moments import (
    Kept,
    is_ambiguous,
    parse_clock,
    parse_date,
    parse_moment,
    year_first,
)
from escalate.times import Zone

ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")
naive = st.datetimes(datetime.datetime(1990, 1, 1), datetime.datetime(2030, 1, 1))  # noqa: DTZ001  # local times, as files hold them


@given(naive, st.sampled_from(ZONES))
def test_a_naive_time_is_local(moment, name):
    """The first occurrence in a fold, the first instant after in a gap; fractions are cut."""
    found = parse_moment(moment.isoformat(), Zone(name))
    whole = moment.replace(microsecond=0)
    back = datetime.datetime.fromtimestamp(found, ZoneInfo(name))

    if back.replace(tzinfo=None) == whole:
        assert back.fold == 0
    else:
        before = datetime.datetime.fromtimestamp(found - 1, ZoneInfo(name))
        assert before.replace(tzinfo=None) < whole < back.replace(tzinfo=None)


@given(naive, st.integers(-14 * 60, 14 * 60), st.booleans())
def test_an_offset_is_an_offset(moment, minutes, colon):
    """With an offset the zone does not matter."""
    given_ = moment.replace(tzinfo=datetime.timezone(datetime.timedelta(minutes=minutes)))
    text = given_.isoformat()
    if not colon:
        text = text[:-3] + text[-2:]

    assert parse_moment(text, Zone("Asia/Shanghai")) == int(given_.replace(microsecond=0).timestamp())


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)))
def test_a_date_is_read_back(date):
    """Every date of these centuries."""
    assert parse_date(date.isoformat()) == date
    assert parse_moment(date.isoformat(), Zone("UTC")) == date


@pytest.mark.parametrize(
    "text",
    [
        "", "2025", "2025-11-3", "20251103", "2025-W45-1", "2025-02-30", "2025-11-03T", "2025-11-03T8:00", "2025-11-03T24:00",
        "2025-11-03T08", "2025-11-03T080000", "2025-11-03T08:00:60", "2025-11-03X08:00", "２０２５-11-03", "2025-11-03T08:00+99:00",
        "2025-11-03T08:00 +08:00", "0205-11-03", "2025-11-03T08:00:00.", "now", "3/11/2025",
    ],
)  # fmt: skip
def test_anything_else_is_refused_on_every_python(text):
    """What newer libraries would read and older ones would not."""
    with pytest.raises(ValueError, match="is not a date"):
        parse_moment(text, Zone("UTC"))


@pytest.mark.parametrize(
    "text", ["2025-11-03T08:00:00.123456789Z", "2025-11-03 08:00:00,5z", " 2025-11-03T16:00+0800 "]
)
def test_forms_that_exports_hold(text):
    """Digits beyond the microsecond, a comma, a space, an offset without a colon."""
    assert parse_moment(text, Zone("UTC")) == int(
        datetime.datetime(2025, 11, 3, 8, tzinfo=datetime.timezone.utc).timestamp()
    )


@given(st.text())
def test_no_text_makes_it_fail(text):
    """A ValueError or a value."""
    for read in (parse_date, parse_clock, lambda text: parse_moment(text, Zone("America/New_York"))):
        with contextlib.suppress(ValueError):
            read(text)
    is_ambiguous(text)


def test_what_is_kept_is_made_once_and_forgotten_in_time():
    """A cache that cannot grow without end, and that does not keep failures."""
    made = []
    kept = Kept(lambda key: made.append(key) or key.upper(), limit=2)

    assert [kept[key] for key in "aabca"] == list("AABCA")
    assert made == ["a", "b", "c", "a"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2025/9/1", "2025-09-01"), ("2025/09/01", "2025-09-01"), (" 2025/11/3 ", "2025-11-03"), ("2025/9/1 8:20", "2025-09-01 08:20"),
        ("2025/11/03 08:20:05", "2025-11-03 08:20:05"), ("2025/9/1T08:20+08:00", "2025-09-01 08:20+08:00"),
    ],
)  # fmt: skip
def test_with_the_year_first_a_date_has_one_reading(text, meant):
    """As spreadsheets save it; what it comes to is read like any other."""
    assert meant == year_first(text)
    parse_moment(year_first(text), Zone("Asia/Shanghai"))


@pytest.mark.parametrize("text", ["9/1/2025", "1/9/25", "25/9/1", "2025-9-1", "2025/9", "2025/9/1/2", "2025/009/01", "２０２５/9/1", "2025.9.1", ""])
def test_any_other_text_stays(text):
    """The parts of `9/1/2025` may come in either order, and a slip is no form."""
    assert text == year_first(text)


@pytest.mark.parametrize("text", ["2025/13/1", "2025/2/30", "2025/9/1 25:00"])
def test_a_day_that_is_none_is_refused_with_slashes_too(text):
    """There is no such day, or time."""
    with pytest.raises(ValueError, match="is not a date"):
        parse_moment(year_first(text), Zone("UTC"))
