"""A month's rows: where a label stands, and what goes on beyond the month."""

import re
from datetime import date, timedelta

import pytest

from escalate.pages.attendance import Day, Slot
from escalate.pages.chart import Chart, covered
from escalate.pages.spans import Bar, Stick
from escalate.pages.words import words_for
from escalate.phrases import phrases_for

DAYS = [Day(date(2025, 9, 1) + timedelta(days=n), "school", slots=(Slot("am", "present"),)) for n in range(61)]


def stick(opened, due, status="open", closed=""):
    return Stick("p/s1/a/1/s/1/x/t", "一件名字很长的待办事项", status, "", "", f"2025-{opened}T17:30:00+08:00", f"2025-{due}" if due else "", "", closed, "", "", ("为什么",))


def drawn(sticks=(), bars=(), until="2025-10-31T18:00:00+08:00"):
    """September and October."""
    made = Chart(DAYS, bars, sticks, until, phrases_for("zh"), words_for("zh")).drawn()
    return made.split('<section class="month">')[1:]


@pytest.mark.parametrize(
    ("opened", "due", "where"),
    [("09-02", "09-04", "head"), ("09-26", "09-28", "pre"), ("09-02", "09-29", "head going")],
)
def test_a_label_stands_where_there_is_room(opened, due, where):
    """After its sign; before its line; where neither has room, on the line. The sign is there all the same."""
    september, october = drawn([stick(opened, due)])

    assert [where] == re.findall(r'<span class="([^"]*)"[^>]*>(?:<svg[^>]*>.*?</svg>)?<span class="label">', september)
    assert '<use href="#s-open">' in september
    assert "label" not in october


@pytest.mark.parametrize(("opened", "where"), [("09-02", "head going"), ("09-26", "pre")])
def test_the_label_of_what_goes_on_stays_within_its_month(opened, where):
    """On the line, or before it where too little of the line is left; guards against an arrow through the last letter."""
    september, _ = drawn([stick(opened, "10-20")])

    assert [where] == re.findall(r'<span class="([^"]*)"><span class="label">', september)


def test_what_goes_on_has_no_sign_before_its_end():
    """An arrow, and in the next month the sign."""
    september, october = drawn([stick("09-20", "10-10")])

    assert ("#s-open" in september, 'class="on"' in september) == (False, True)
    assert ("#s-open" in october, 'class="on"' in october) == (True, False)


def test_what_is_overdue_is_drawn_up_to_now():
    """Whole up to its due, broken behind it."""
    september, _ = drawn([stick("09-02", "09-04", "overdue")], until="2025-09-10T18:00:00+08:00")

    assert 'class="stem" style="--x:0;--n:2.08"' in september
    assert 'class="late" style="--x:2.08;' in september


def test_a_case_goes_on_from_month_to_month():
    """Open at the edge where it does."""
    bar = Bar("p/s1/a/1", "缺课 第 1 号", "a", "ended", "2025-09-20T17:30:00+08:00", "2025-10-03T17:30:00+08:00", (), ("为什么",))
    september, october = drawn(bars=[bar])

    assert 'class="bar ended after"' in september
    assert 'class="bar ended before"' in october


def test_a_month_without_school_or_anything_to_show_is_left_out():
    """As in the summer."""
    days = [*DAYS[:30], *(Day(day.date, "break") for day in DAYS[30:])]
    made = Chart(days, (), (), "2025-09-10T18:00:00+08:00", phrases_for("en"), words_for("en")).drawn()

    assert ["Sep 2025"] == re.findall(r"<h3>(.*?)</h3>", made)


@pytest.mark.parametrize(
    ("until", "due", "last"),
    [
        ("2025-09-04T18:00:00+08:00", "09-08", date(2025, 9, 30)),
        ("2025-09-04T18:00:00+08:00", "10-02", date(2025, 10, 31)),
        ("2025-08-20T18:00:00+08:00", "", date(2025, 9, 30)),
    ],
)
def test_months_behind_now_are_shown_as_far_as_something_is_told_of_them(until, due, last):
    """And always the first; guards against a year of empty boxes above four days of marks."""
    sticks = [stick("09-02", due)] if due else []

    assert last == covered(DAYS, (), sticks, until)[-1].date
    assert DAYS[0] == covered(DAYS, (), sticks, until)[0]
