"""Days over a calendar."""

import datetime

from escalate.reports.weeks import Day, draw_weeks, plain

MONDAY = datetime.date(2025, 12, 29)


def week(first, *cells, agrees=()):
    """Seven days, what stands below each, and which of them agree."""
    signs = dict(agrees)
    return tuple(Day(first + datetime.timedelta(days=n), some, signs.get(n)) for n, some in enumerate(zip(*cells, strict=True)))


SCHOOL = (["A", "A→S", "_", "(AP)", None, None, None], ["P", "P", "P", "{病假}", None, None, None])


def test_weeks_stand_under_their_weekdays():
    """A row a student; nothing where there is no school; a year where it changes; what is left out is counted."""
    drawn = draw_weeks([week(MONDAY, *SCHOOL, agrees=[(0, False), (3, True)]), 2, week(MONDAY + datetime.timedelta(days=21), *SCHOOL)], ["小明", "s2"], "zh")

    assert [
        "        周一    周二    周三    周四    周五    周六    周日",
        "  2025  12-29   12-30   12-31   01-01   01-02   01-03   01-04",
        "  小明  A       A→S     _       (AP)",
        "  s2    P       P       P       {病假}",
        "        ✗                       ✓",
        "  … 略去 2 周",
        "  2026  01-19   01-20   01-21   01-22   01-23   01-24   01-25",
        "  小明  A       A→S     _       (AP)",
        "  s2    P       P       P       {病假}",
    ] == [plain(line) for line in drawn]


def test_what_is_no_school_is_dim_and_what_differs_is_red():
    """Of the dates; the words are those of the policy's language."""
    head, dates, *_ = draw_weeks([week(MONDAY, *SCHOOL, agrees=[(0, False), (1, True)])], ["a", "b"], "en")

    assert ["Mon", "Sun"] == [head[1][0].strip(), head[7][0].strip()]
    assert ["bold red", "bold", "bold", "bold", "dim", "dim", "dim"] == [style for _, style in dates[1:]]


def test_a_week_is_a_week_and_two_are_weeks():
    """Where some are left out."""

    assert ["  … 1 week left out", "  … 2 weeks left out"] == [plain(line) for line in draw_weeks([week(MONDAY, *SCHOOL), 1, 2], ["a", "b"], "en")][-2:]
