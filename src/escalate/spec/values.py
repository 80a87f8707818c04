"""What a spec is: cases, each with what is given and what is expected."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from ..days import Calendar
from ..events import Event
from ..ledger import CASE_WHATS, ITEM_WHATS
from ..policy import Policy
from ..roster import Roster
from ..source import Span
from ..times import Instant

TOLD = "told"
# What is always compared: whatever somebody is asked, told, or must take back.
ALWAYS = ("issued", TOLD, "blocked", "unblocked", "moved", "reopened", "overdue", "overdue retracted", "withdrawn", "recall")
# What else may be listed: what an item comes to by itself, and what becomes of cases. Compared where a spec's case lists the word.
WHATS = tuple(dict.fromkeys((*ALWAYS, *ITEM_WHATS, *CASE_WHATS)))
CASE = "case "  # before a word that is said of a case
ANY_GROUP = "\0"  # of a line that does not say which group it is about
WHO_HAD = "who_had "  # before the item whose holders act


@frozen
class Expected:
    """One line of `expect`: what became of which item or ladder, on a date or at an instant.

    what: a word of `WHATS`, with `CASE` before it where it is said of a case. names: the paths of the actions that may be meant,
    or the ladders. fields: what else must be so, each compared as written.
    """

    date: datetime.date
    instant: Instant | None
    what: str
    names: frozenset[str]
    student: str
    fields: Mapping[str, Any]
    text: str
    span: Span = field(eq=False, repr=False)


@frozen
class Cells:
    """One row of a register: by the head of a column what its cell says."""

    by_head: Mapping[str, str]
    text: str

    def unlike(self, other: Cells) -> tuple[str, ...]:
        """The heads of which another row says otherwise; what it does not say is empty."""
        return tuple(head for head, text in self.by_head.items() if other.by_head.get(head, "") != text)


@frozen
class ExpectedSheet:
    """All rows of a register at an instant. named: as the spec calls it. names: by policy the register that is meant."""

    at: Instant
    named: str
    names: Mapping[str, str]
    rows: tuple[Cells, ...]


@frozen
class Case:
    """One case of a spec file: everything that an evaluation is given, and what must come of it, and nothing else."""

    title: str
    path: str
    policies: tuple[Policy, ...] = field(repr=False)
    calendar: Calendar = field(repr=False)
    roster: Roster = field(repr=False)
    events: tuple[Event, ...] = field(repr=False)
    until: Instant
    # From when what duties and targets ask for is compared, and which parts of the policies are; none: all.
    since: Instant
    only: frozenset[str]
    expected: tuple[Expected, ...] = field(repr=False)
    span: Span = field(eq=False, repr=False)
    # Whether the spec is written in Chinese: what came is then said so too.
    chinese: bool = False
    registers: tuple[ExpectedSheet, ...] = field(default=(), repr=False)

    def __str__(self) -> str:
        return f"{self.path}: {self.title}"
