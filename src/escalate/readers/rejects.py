"""What a row is read against, and what is said of a row that was set aside."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NoReturn

from attrs import define, field, frozen

from ..days import Calendar
from ..events import NAMES, Event
from ..messages import UNSAID, Said, noun, say
from ..roster import Roster
from ..times import Instant, Zone

Date = datetime.date
Unread = tuple[str, "Date | None", str]
ANYBODY: Unread = ("", None, "")


@frozen
class Context:
    """What a row is read against.

    roster: None, where any student is taken. closes: the clock time at which a day closes.
    codes: the policy's local codes, or None where any code is taken. received: when the file reached us.
    """

    zone: Zone
    calendar: Calendar
    roster: Roster | None
    closes: datetime.time
    codes: frozenset[str] | None = None
    received: Instant | None = None

    def close(self, date: Date) -> Instant:
        """The instant at which a date closes."""
        return self.zone.instant(date, self.closes)


@frozen
class Reject:
    """A row that was set aside, or (`kept`) one that was taken although something about it is odd.

    column: where in the row, counted from 1. field: the column's name, where one is to blame. unread: the student, date
    (None: any) and session (empty: any) of a mark that could not be read: nobody may take it for a session that is not listed.
    A row that does not say whom it is about is of `ANYBODY`.
    """

    file: str
    line: int
    column: int
    kind: str
    message: Said
    row: str = ""
    field: str = ""
    help: Said = UNSAID
    kept: bool = False
    unread: Unread | None = None

    def __str__(self) -> str:
        word = "note: " if self.kept else ""
        return f"{self.file}:{self.line}:{self.column}: {word}{self.message} [{self.kind}]"


class Wrong(Exception):
    """Why a row cannot be an event, and the column to blame."""

    def __init__(self, kind: str, message: Said, field: str = "", help: Said = UNSAID) -> None:
        super().__init__(message)
        self.kind, self.message, self.field, self.help = kind, message, field, help


@define
class Tally:
    """Counts of what came through: events by type, rejects and notes by kind, repeated ids."""

    events: Counter[str] = field(factory=Counter)
    rejects: Counter[str] = field(factory=Counter)
    notes: Counter[str] = field(factory=Counter)
    repeated: int = 0
    _ids: set[str] = field(factory=set, repr=False)

    def over(self, rows: Iterable[Event | Reject]) -> Iterator[Event | Reject]:
        """The rows as they are, counted; an id that came before is left for the engine to judge."""
        for row in rows:
            if isinstance(row, Reject):
                (self.notes if row.kept else self.rejects)[row.kind] += 1
            else:
                self.events[NAMES[type(row)]] += 1
                if row.id:
                    if row.id in self._ids:
                        self.repeated += 1
                    self._ids.add(row.id)
            yield row


def missing(kind: str, ours: str) -> NoReturn:
    """Says that a cell which must not be empty is."""
    raise Wrong("missing-field", say("the {kind} has no `{ours}`", kind=noun(kind or "mark"), ours=ours), ours)


def number(text: str, ours: str, low: int, high: int) -> int:
    """A whole number within bounds."""
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) < 17 and low <= int(text) <= high):
        raise Wrong("bad-number", say("`{text}` is not a whole number from {low} to {high}", text=text, low=low, high=high), ours)
    return int(text)
