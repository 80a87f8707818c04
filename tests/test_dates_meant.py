"""What an author's date most likely says: one reading, two, or none, and never a guess."""

import datetime

import pytest

from escalate.messages import say
from escalate.slips.dates import clock_meant, date_help, dates_meant, days_meant, hours_meant, moments_meant, stretches_meant

SINCE = datetime.date(2025, 11, 5)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *((text, ("2025-11-07",)) for text in (
            "2025/11/7", "2025-11-7", "2025.11.07", "2025年11月7日", "2025年11月7号", "２０２５／１１／７", "20251107", "2025 年 11 月 7 日",
            "Nov 7, 2025", "7 November 2025", "november 7th 2025", "7. Nov. 2025",
        )),
        ("7.11.2025", ("2025-11-07", "2025-07-11")), ("11/7/2025", ("2025-07-11", "2025-11-07")), ("25/11/2025", ("2025-11-25",)), ("7.7.2025", ("2025-07-07",)),
        *((text, ()) for text in ("", "soon", "2025", "2025-13-07", "2025/2/30", "7.11.25", "20251307", "Novel 7, 2025", "1 2 2025", "11月7日", "Nov 7", "0000-01-01", "1850/1/1")),
    ],
)  # fmt: skip
def test_a_date_is_read_where_it_can_be(text, meant):
    assert meant == dates_meant(text)


@pytest.mark.parametrize(
    ("text", "days", "dates"),
    [
        ("11月7日", ("11-07",), ("2025-11-07",)), ("Nov 3", ("11-03",), ("2026-11-03",)), ("3rd of March", ("03-03",), ("2026-03-03",)),
        ("11/7", ("11-07", "07-11"), ("2025-11-07", "2026-07-11")), ("2月29日", ("02-29",), ("2028-02-29",)), ("13月7日", (), ()),
    ],
)  # fmt: skip
def test_a_day_without_its_year_is_the_first_from_a_date_on(text, days, dates):
    assert (days, dates) == (days_meant(text), dates_meant(text, SINCE))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("10：00", "10:00"), ("8:20", "08:20"), ("8点", "08:00"), ("8点半", "08:30"), ("下午3时05分", "15:05"), ("3pm", "15:00"), ("12:30 a.m.", "00:30"), ("12 pm", "12:00"),
        ("10.30", "10:30"), ("25:00", ""), ("10", ""), ("13pm", ""), ("10:75", ""), ("late", ""),
    ],
)  # fmt: skip
def test_a_clock_time_is_read_where_it_can_be(text, meant):
    assert meant == clock_meant(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2025-11-04 10：00", ("2025-11-04 10:00",)), ("2025/11/4 8:20", ("2025-11-04 08:20",)), ("2025年11月4日10点", ("2025-11-04 10:00",)),
        ("2025年11月4日 下午3:00", ("2025-11-04 15:00",)), ("4.11.2025 10:00", ("2025-11-04 10:00", "2025-04-11 10:00")), ("2025-11-4T10:00", ("2025-11-04 10:00",)),
        ("Nov 4, 2025, 3pm", ("2025-11-04 15:00",)), ("2025/11/7", ("2025-11-07",)), ("2025-11-04 noon", ()),
    ],
)  # fmt: skip
def test_an_instant_is_read_where_it_can_be(text, meant):
    assert meant == moments_meant(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *((text, ("2025-10-01..2025-10-08",)) for text in (
            "2025-10-01 - 2025-10-08", "2025/10/1-2025/10/8", "2025-10-01至2025-10-08", "2025-10-01～2025-10-08", "2025-10-01…2025-10-08", "2025年10月1日至8日",
            "2025年10月1日—10月8日", "2025-10-1..2025-10-8", "2025-10-01 to 2025-10-08",
        )),
        ("2025年12月30日至1月2日", ("2025-12-30..2026-01-02",)), ("2025/10/1", ("2025-10-01",)), ("2025-10-08..2025/10/1", ()), ("2025-10-01..10-08", ()), ("1.10.2025-8.10.2025", ()),
    ],
)  # fmt: skip
def test_a_stretch_is_read_where_it_can_be(text, meant):
    assert meant == stretches_meant(text)


@pytest.mark.parametrize(("text", "meant"), [("8：00-11：40", "08:00-11:40"), ("8.00 – 11.40", "08:00-11:40"), ("8点至11点40分", "08:00-11:40"), ("morning", ""), ("8-11", "")])
def test_hours_are_read_where_they_can_be(text, meant):
    assert meant == hours_meant(text)


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("2025/11/7", "write `2025-11-07`"), ("7.11.2025", "write `2025-11-07` or `2025-07-11`, whichever is meant"),
        ("11月7日", "write its year too, such as `2025-11-07`"), ("2025-11-31", "the last day of that month is `2025-11-30`"),
        ("2025/9/31", "the last day of that month is `2025-09-30`"), ("2025年2月30日", "the last day of that month is `2025-02-28`"),
        ("1850-01-01", "write a date"), ("soon", "write a date"), ("2025-13-01", "write a date"),
    ],
)  # fmt: skip
def test_help_shows_the_date_of_the_author(text, help):
    assert help == date_help(text, say("write a date"), moments_meant(text))
