"""What a condition can ask about the student: flags, attributes, status, grade, age."""

from __future__ import annotations

from fractions import Fraction

from ...conditions import Term, Value
from ...policy import NOT_ENROLLED
from .asking import Ctx
from .seen import Date

YES = frozenset({"yes", "true", "1", "y", "是", "有"})


def written(name: str, ctx: Ctx) -> str:
    """The newest flag event's value, else the roster's."""
    set_to = [event.value for event in ctx.seen.flags if event.flag == name and event.at <= ctx.e]
    return (set_to[-1] if set_to else ctx.column(name)).strip()


def flag(term: Term, ctx: Ctx) -> bool:
    return written(term.name, ctx).lower() in YES


def attribute(term: Term, ctx: Ctx) -> Value:
    text = written(term.name, ctx)
    kind = ctx.policy.students[term.name].type
    if kind == "date":
        return day(text)
    if kind == "number":
        return exact(text)
    return text or None


def exact(text: str) -> Fraction | None:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None


def day(text: str) -> Date | None:
    try:
        return Date.fromisoformat(text)
    except ValueError:
        return None


def grade(term: Term, ctx: Ctx) -> Value:
    """As it is written where it is compared with a text, else a number."""
    text = ctx.column("grade").strip()
    return (text or None) if term.target == "text" else exact(text)


def status(term: Term, ctx: Ctx) -> bool:
    """The newest status; without any a student is enrolled."""
    newest = ([event.status for event in ctx.seen.statuses if event.at <= ctx.e] or ["enrolled"])[-1]
    return newest not in NOT_ENROLLED if term.name == "enrolled" else newest == term.name


def age_at(date: Date | None, ctx: Ctx) -> int | None:
    """Whole years completed on a date."""
    born = day(ctx.column("birth_date"))
    if born is None or date is None:
        return None
    return date.year - born.year - ((date.month, date.day) < (born.month, born.day))


def dated(name: str, ctx: Ctx) -> Date | None:
    """The date that an anchor of the calendar, the enrolment or an ISO date is."""
    days = ctx.seen.days(ctx.date)
    if name == "term_start":
        term = days.term(ctx.date)
        return term.start if term else None
    if name == "school_year_start":
        year = days.year(ctx.date)
        return year[1] if year else None
    if name == "enrolment":
        row = ctx.seen.roster.row(ctx.seen.student, ctx.date)
        return row.start if row and row.start else days.first  # who is on no list, or without a date, was there from the first date on
    return day(name)
