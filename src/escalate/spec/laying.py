"""A student's marks as they are written, laid over days of school: each mark on the date on which it counts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from ..days import Calendar, Days
from ..events import CalendarEdit, Mark, edits_of
from ..messages import UNSAID, Said, listed_of, ours, said_by, say
from ..parse import MapNode, Node, TextNode
from ..readers.moments import parse_date
from ..readers.nodes import Nodes
from ..readers.rejects import Context
from ..slips.dates import dates_meant
from ..source import Span
from .notation import Day, parse_days
from .setting import Setting

Date = datetime.date
DAY = datetime.timedelta(days=1)


@frozen
class Laid:
    """The marks that are written in one place, and the first and the last date there, also where nothing was recorded on it.

    late: they begin after the case's `from`, on which there is no school.
    """

    marks: tuple[Mark, ...]
    first: Date
    last: Date
    span: Span
    late: bool = False


class Laying:
    """Reads the marks of the cases of one file; what is wrong is added to its problems."""

    def __init__(self, nodes: Nodes, setting: Setting) -> None:
        self.nodes, self.setting = nodes, setting

    def marks(self, student: str, node: Node, start: Date | None, context: Context) -> Iterator[Laid]:
        """A student's marks, stretch by stretch; start: the date from which they are laid where no date stands beside them."""
        stretches: list[tuple[Date | None, Node, Span | None]] = [(start, node, None)]
        if isinstance(node, MapNode):
            stretches = [(self._key_date(key), value, key.span) for key, value in node.entries]
        for first, value, key in stretches:
            text = self.nodes.text(value, say("the marks of `{student}`", student=student))
            if text is None:
                continue
            if first is None:
                if key is None:
                    help = say("write `from: 2025-11-03` beside `cases:`, or `{{2025-11-03: ...}}`")
                    self.nodes.problem("missing-key", say("the marks of `{student}` begin on no date", student=student), value.span, help)
                continue
            try:
                days = parse_days(text)
                dates = self._dates(student, days, first, context)
                marks = tuple(self._laid(student, days, dates, context))
            except ValueError as error:
                self.nodes.problem("bad-marks", said_by(error), value.span, error.args[1] if len(error.args) > 1 else UNSAID)
                continue
            if dates:
                self._check_first(student, first, dates, key, value.span, context)
                late = key is None and dates[0] > first and self._own_days(student, first, context).covers(first)
                yield Laid(marks, dates[0], dates[-1], value.span, late)

    def _key_date(self, key: TextNode) -> Date | None:
        try:
            return parse_date(key.text)
        except ValueError as error:
            self.nodes.misread(key.text, error, key.span, say("write 2025-11-03"), dates_meant(key.text))
            return None

    def _dates(self, student: str, days: list[Day], first: Date, context: Context) -> list[Date]:
        """The school days from a date on which some days are laid."""
        own = self._own_days(student, first, context)
        dates = [date for date in own.school_days if date >= first][: len(days)]
        if len(dates) < len(days):
            raise ValueError(say(
                "the marks are of {len} days, and the calendar has {len2} school days from {first}", len=len(days), len2=len(dates), first=first,
            ))
        return dates

    def _check_first(self, student: str, first: Date, dates: Sequence[Date], key: Span | None, value: Span, context: Context) -> None:
        """The marks must lie near the date that they are written for.

        Where there is no school on any of as many days as are written, each mark counts on a day that nobody meant; where only the first is without,
        they may be meant from the next day of school on. key: the date that stands beside the marks; of a case's `from` without school the case is warned of.
        """
        own = self._own_days(student, first, context)
        off = dates[0] - first >= DAY * len(dates)
        if dates[0] == first or key is None and own.covers(first):
            return
        begins = say("{next} is the next day with school", next=dates[0])
        if not own.covers(first):
            message = say("{date} is outside the calendar, which covers {first} to {last}", date=first, first=own.first, last=own.last)
            self.nodes.problem("outside-calendar", message, key or value, begins, warning=not off)
            return
        message = say("there is no school on {date}: the marks of `{student}` begin on {next}", date=first, student=student, next=dates[0])
        help = say("write the date on which they begin, `{{{next}: ...}}`", next=dates[0])
        self.nodes.problem("no-session", message, key or value, help, warning=not off)

    def _own_days(self, student: str, date: Date, context: Context) -> Days:
        return context.calendar.of(_school(student, date, context))

    def _laid(self, student: str, days: list[Day], dates: list[Date], context: Context) -> Iterable[Mark]:
        """The marks of some days on their dates."""
        known = context.codes or frozenset()
        for date, day in zip(dates, days, strict=True):
            sessions = self._own_days(student, date, context).sessions(date)
            codes = (day,) * len(sessions) if isinstance(day, str) else day
            if len(codes) != len(sessions):
                names = ", ".join(session.period for session in sessions)
                raise ValueError(say(
                    "{date} has {len} sessions ({names}), and `({listed})` is of {len2}", date=date, len=len(sessions), names=names,
                    listed="".join(code or "_" for code in codes), len2=len(codes),
                ))
            for session, code in zip(sessions, codes, strict=True):
                if code and code not in known:
                    message = say(
                        "code `{code}` is not one of the policy's marks ({listed}); `_` is a day of which nothing is recorded", code=code,
                        listed=", ".join(sorted(known)),
                    )
                    raise ValueError(message, self._code_meant(code))
                if code:
                    yield Mark(student=student, date=date, session=session.period, code=code, known=session.start)

    def _code_meant(self, code: str) -> Said:
        """Help for a code that no policy has: the same letter in capitals, else what each code means."""
        meanings = {one: mark.meaning for policy in self.setting.policies for one, mark in sorted(policy.marks.items())}
        if code.upper() in meanings:
            return say("write `{code}`", code=code.upper())
        return listed_of(say("`{code}` {meaning}", code=one, meaning=ours(meaning, "mark")) for one, meaning in meanings.items())


def opened(calendar: Calendar, edits: Iterable[CalendarEdit]) -> Calendar:
    """The calendar with the sessions that events give dates which had none as written: a mark may stand there too."""
    opening = [
        edit for edit in edits
        if not calendar.of(edit.school).sessions(edit.date) and calendar.edited(*edits_of([edit])).of(edit.school).sessions(edit.date)
    ]
    return calendar.edited(*edits_of(opening)) if opening else calendar


def _school(student: str, date: Date, context: Context) -> str:
    row = context.roster.row(student, date) if context.roster is not None else None
    return row.school if row else ""
