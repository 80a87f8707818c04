"""A calendar, key by key."""

from __future__ import annotations

from ..days import WEEKDAYS
from ..readers import calendar
from .shapes import DATE, TEXT, AnyOf, ListOf, NamesOf, Ref, Thing, Value, key, picked

_DATES = AnyOf((ListOf(Value("dates")), NamesOf("dates", TEXT)))
_SESSIONS = ListOf(Value("session"))
_PLANS = {
    "closed": key(
        _DATES, "Dates without school, each with its reason; or a list of them.", "不上学的日子和原因；或只列日子。",
        {"2025-10-01..2025-10-08": "国庆中秋"},
    ),
    "make_up": key(
        NamesOf("dates", Value("word", WEEKDAYS)), "Dates on which a weekday's timetable is made up.", "补课日：按星期几的课表上。",
        {"2025-10-11": "wednesday"},
    ),
    "days": key(
        NamesOf("dates", Ref("day")), "Dates that are otherwise: exams, sports ...", "特别的日子：考试、运动会……",
        {"2025-11-14": {"kind": "sports", "sessions": ["am"]}},
    ),
    "office": key(
        Ref("office"), "Dates on which the office is otherwise open or closed.", "办公室另行开放或关闭的日子。",
        {"closed": ["2025-10-01..2025-10-08"]},
    ),
}
_TOP = {
    "calendar": key(Value("name"), "The calendar's name.", "校历的名字。", "xingqing-2025"),
    "timezone": key(Value("timezone"), "The zone of every local time.", "所用时区。", "Asia/Shanghai"),
    "sessions": key(NamesOf("session", TEXT), "Each session with its clock times.", "每节课的起止时间。", {"am": "08:00-11:40", "pm": "14:00-17:00"}),
    "week": key(
        Ref("week"), "The sessions of each weekday; left out, every session, Monday to Friday.", "星期几上哪些节；不写则周一至周五全上。",
        {"monday": ["am", "pm"]},
    ),
    "terms": key(NamesOf("term", Ref("from to")), "The terms.", "各学期。", {"autumn": {"from": "2025-09-01", "to": "2026-01-23"}}),
    "covers": key(
        Ref("from to"), "The dates of which the calendar knows; left out, those of the terms.", "校历覆盖的日期；不写则为各学期。",
        {"from": "2025-08-25", "to": "2026-08-31"},
    ),
    **_PLANS,
    "years": key(NamesOf("year", ListOf(Value("term"))), "The terms of each school year.", "每学年有哪些学期。", {"2025": ["autumn", "spring"]}),
    "schools": key(
        NamesOf("school", Ref("school")), "What is otherwise in one school.", "个别学校的不同之处。",
        {"north": {"closed": {"2025-12-01..2025-12-02": "暴雪"}}},
    ),
}
CALENDAR = {
    "calendar": Thing(picked(calendar.KEYS, _TOP), needed=("calendar", "timezone", "sessions", "terms")),
    "from to": Thing(picked(calendar.FROM_TO, {
        "from": key(DATE, "The first date.", "第一天。", "2025-09-01"), "to": key(DATE, "The last date.", "最后一天。", "2026-01-23"),
    }), needed=("from", "to"), blank=True),
    "week": Thing(picked(WEEKDAYS, {
        day: key(_SESSIONS, f"The sessions of a {day}.", f"星期{sign}上的节次。", ["am", "pm"]) for day, sign in zip(WEEKDAYS, "一二三四五六日", strict=True)
    }), blank=True),
    "day": Thing(picked(calendar.DAY_KEYS, {
        "kind": key(TEXT, "What kind of day: any word; `closed` has no sessions.", "是什么日子：任意词；`closed` 不上课。", "exam", "sports"),
        "sessions": key(_SESSIONS, "The sessions of the date.", "当天上的节次。", ["am"]),
        "weekday": key(Value("word", WEEKDAYS), "The weekday whose sessions it has.", "按星期几的节次。", "friday"),
        "reason": key(TEXT, "Why.", "原因。", "运动会"),
    }), needed=("kind",), blank=True),
    "office": Thing(picked(calendar.OFFICE_KEYS, {
        "closed": key(_DATES, "Dates on which the office is closed.", "办公室关闭的日子。", ["2025-10-01..2025-10-08"]),
        "open": key(_DATES, "Dates on which the office is open.", "办公室开放的日子。", ["2025-09-28"]),
    }), blank=True),
    "school": Thing(picked(calendar.PLAN_KEYS, _PLANS), blank=True),
}  # fmt: skip
