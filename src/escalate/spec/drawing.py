"""A case as a picture: its marks by week, and what was expected beside what came."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from ..days import Calendar
from ..events import CalendarEdit, Mark, Void, edits_of, precedence
from ..keywords import Words
from ..reports.beside import Row
from ..reports.weeks import Day, Week
from ..times import Zone
from .comparing import Came, Verdict, alike, differing, keys_of
from .listing import Listed
from .notation import day_text
from .values import Case, Expected

Date = datetime.date
WEEKS = 6  # of a case with more, those in which something differs are drawn
STUDENTS = 6  # of a case with more, those of whom something differs are drawn
WEEK = datetime.timedelta(days=7)


@frozen
class Picture:
    """The weeks that are drawn (a number: how many are left out), whose marks stand in which row, of how many they are left out; and all items by date."""

    weeks: tuple[Week | int, ...]
    students: tuple[str, ...]
    others: int
    rows: tuple[Row, ...]


def picture(case: Case, found: Verdict) -> Picture:
    """A case that was played, with what came of it; no weeks where nobody was marked."""
    rows = tuple(_rows(case, found))
    marks = _marks(case)
    dates = {date for _, date in marks} | {Date.fromisoformat(row.date) for row in rows}
    shown = _shown(sorted({_monday(date) for date in dates}), {_monday(Date.fromisoformat(row.date)) for row in rows if not row.agrees})
    near = tuple(row for row in rows if _monday(Date.fromisoformat(row.date)) in shown)
    marked = list(dict.fromkeys(student for student, _ in marks))
    students = _students(marked, found)
    if not students:
        return Picture((), (), 0, near)
    agreed = {date: all(row.agrees for row in rows if row.date == date) for date in {row.date for row in rows}}
    calendar = case.calendar.edited(*edits_of(event for event in case.events if isinstance(event, CalendarEdit) and event.known <= case.until))
    weeks: list[Week | int] = []
    at = min(map(_monday, dates))
    for monday in (*shown, max(map(_monday, dates)) + WEEK):
        weeks += [(monday - at) // WEEK] if monday > at else []
        if monday in shown:
            week = [monday + datetime.timedelta(days=n) for n in range(7)]
            cells = [tuple(_cell(case, calendar, student, date, marks) for student in students) for date in week]
            weeks.append(tuple(Day(date, below, agreed.get(date.isoformat())) for date, below in zip(week, cells, strict=True)))
        at = monday + WEEK
    return Picture(tuple(weeks), students, len(marked) - len(students), near)


def _monday(date: Date) -> Date:
    return date - datetime.timedelta(days=date.weekday())


def _shown(weeks: Sequence[Date], differ: set[Date]) -> list[Date]:
    """The weeks in which something was marked or came; of many those that differ, each with the one before it."""
    if len(weeks) <= WEEKS:
        return list(weeks)
    return [week for week in weeks if not differ or week in differ or week + WEEK in differ][:WEEKS]


def _students(marked: Sequence[str], found: Verdict) -> tuple[str, ...]:
    """Those who were marked; of many those of whom something differs."""
    if len(marked) <= STUDENTS:
        return tuple(marked)
    concerned = {line.student for line in found.missing} | {came.decision.student for came in found.unexpected}
    return tuple([student for student in marked if student in concerned] or marked)[:STUDENTS]


# --- marks --------------------------------------------------------------------------------------------


def _marks(case: Case) -> dict[tuple[str, Date], dict[str, list[str]]]:
    """By student and date the codes of each session, in the order in which they became known; what was voided is left out."""
    voided = {event.target for event in case.events if isinstance(event, Void)}
    marks: dict[tuple[str, Date], dict[str, list[str]]] = {}
    for event in sorted((event for event in case.events if isinstance(event, Mark)), key=precedence):
        if event.known <= case.until and not (event.id and event.id in voided):
            marks.setdefault((event.student, event.date), {}).setdefault(event.session, []).append(event.code)
    return marks


def _cell(case: Case, calendar: Calendar, student: str, date: Date, marks: Mapping[tuple[str, Date], Mapping[str, Sequence[str]]]) -> str | None:
    """A day as a spec writes it, `A→P` where it was corrected; None where there is no school."""
    row = case.roster.row(student, date)
    days = calendar.of(row.school if row else "")
    sessions = days.sessions(date) if days.covers(date) else ()
    if not sessions:
        return None
    codes = [marks.get((student, date), {}).get(session.period, ()) for session in sessions]
    first, last = (day_text([some[n] if some else "" for some in codes]) for n in (0, -1))
    return last if first == last else f"{first}→{last}"


# --- items --------------------------------------------------------------------------------------------


def _rows(case: Case, found: Verdict) -> Iterator[Row]:
    """By date each line of `expect` beside what came for it; what differs only in its fields stands beside it too."""
    absent = {id(line) for line in found.missing}
    pairs: list[tuple[Expected | None, Came | None]] = list(zip((line for line in case.expected if id(line) not in absent), found.met, strict=True))
    met = len(pairs)
    left = list(found.unexpected)
    for line in found.missing:
        near = [n for n, came in enumerate(left) if alike(line, came, found.zone)]
        n = min(near, key=lambda n: len(differing(line, left[n], found.zone)), default=None)
        pairs.append((line, left.pop(n) if n is not None else None))
    pairs += [(None, came) for came in left]
    words = {**keys_of(case), "time": "时间"} if case.chinese else {}
    rows = [(_moment(line, came, found), _row(line, came, n < met, found, words)) for n, (line, came) in enumerate(pairs)]
    rows += [(one.sheet.at, row) for one in found.registers for row in _listed(one, found.zone)]
    for _, row in sorted(rows, key=lambda pair: (pair[1].date, pair[0])):
        yield row


def _listed(found: Listed, zone: Zone) -> Iterator[Row]:
    """The rows of a register; one that has none, as expected, is said too."""
    date, named = zone.date(found.sheet.at).isoformat(), found.sheet.named
    for row, came in found.met:
        yield Row(date, f"{named}: {row.text}", f"{named}: {came.text}", agrees=True)
    for missing, other in found.beside:
        differs = missing.unlike(other) if missing is not None and other is not None else ()
        expected, got = (f"{named}: {one.text}" if one is not None else "" for one in (missing, other))
        yield Row(date, expected, got, agrees=False, differs=differs)
    if found.agrees and not found.met:
        yield Row(date, f"{named}: []", f"{named}: []", agrees=True)


def _moment(line: Expected | None, came: Came | None, found: Verdict) -> int:
    if came is not None:
        return came.decision.decided
    assert line is not None
    return line.instant if line.instant is not None else found.zone.midnight(line.date)


def _row(line: Expected | None, came: Came | None, agrees: bool, found: Verdict, words: Words) -> Row:
    date = line.date if line is not None else found.zone.date(came.decision.decided) if came is not None else Date.min
    exact = line is not None and line.instant is not None
    expected = "" if line is None else f"{found.zone.text(line.instant)[11:16]} {line.text}" if line.instant is not None else line.text
    got = "" if came is None else f"{found.zone.text(came.decision.decided)[11:16]} " * exact + came.line.removeprefix("- ")
    if agrees or came is None:
        return Row(date.isoformat(), expected, got, agrees)
    fields = differing(line, came, found.zone) if line is not None else ()
    return Row(date.isoformat(), expected, got, agrees, came.why, tuple(_differs(one, came, words) for one in fields))


def _differs(key: str, came: Came, words: Words) -> str:
    """A field that is not as expected, with what it was where the line that came does not say it."""
    named = words.get(key, key)
    return f"{named}: {came.unsaid[key]}" if key in came.unsaid else named
