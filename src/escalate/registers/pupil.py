"""One student under one policy at the instant of a register: facts, open cases, items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from ..conditions import Condition, Value
from ..derive import Derivation
from ..events import Outcome, Status
from ..family import Family, Version
from ..history import History
from ..items import CaseView
from ..ledger import OPEN, Item
from ..matcher.plain import value
from ..phrases import phrases_for
from ..policy import Policy
from ..roster import Roster
from ..terms import Asker, Moment
from ..times import Instant


class Pupil:
    """One student. derivation: what the engine derived under this policy; None for a child of whom nothing is recorded."""

    def __init__(self, family: Family, version: Version, history: History, derivation: Derivation | None, at: Instant) -> None:
        self.family = family
        self.version = version
        self.history = history
        self.at = at
        self.date = history.zone.date(at)
        self.phrases = phrases_for(version.policy.lang)
        self.items: tuple[Item, ...] = tuple(derivation.state.items.values()) if derivation is not None else ()
        self.bound = frozenset(derivation.state.bindings) if derivation is not None else frozenset()
        self.open_cases: dict[str, CaseView] = dict(_open_cases(derivation, at)) if derivation is not None else {}
        self.moment = Moment(history, version.policy, version.codes, at, lambda ladder, _: ladder in self.open_cases)

    @property
    def student(self) -> str:
        return self.history.student

    @property
    def key(self) -> tuple[str, str]:
        """Level and name."""
        return self.history.level, self.student

    @property
    def students(self) -> tuple[str, ...]:
        """Whom a row of it is about; of a group nobody by name."""
        return (self.student,)

    @property
    def group(self) -> str:
        """What a row of a group is called; nothing for a student."""
        return ""

    @property
    def policy(self) -> Policy:
        return self.version.policy

    @property
    def order(self) -> tuple[bytes, ...]:
        """Where the student stands in a register: by school, class and id."""
        return tuple(text.encode() for text in (self.column("school"), self.column("class"), self.student))

    def column(self, name: str) -> str:
        """A roster column on the register's date."""
        return self.student if name == "student" else self.history.column("class" if name == "class_name" else name, self.date)

    def holders(self, role: str, roster: Roster) -> tuple[str, ...]:
        """Who holds a role for the student on the register's date."""
        level = self.policy.roles[role].of if role in self.policy.roles else ""
        of = self.column(level) if level else ""
        return roster.holders(role, of, self.date) if of else ()

    def status(self) -> Status | None:
        """The newest status event."""
        return self.history.status(self.at)

    # --- cases ------------------------------------------------------------------------------------------

    def case_of(self, ladders: Iterable[str]) -> CaseView | None:
        """The open case of the first of these ladders that has one."""
        return next((self.open_cases[name] for name in ladders if name in self.open_cases), None)

    def case_of_row(self, homes: Homes) -> CaseView | None:
        """The case that a row is about: of the ladders that the register names; where it names none, the one opened last (R1)."""
        if homes.named:
            return self.case_of(homes.named)
        return max(self.open_cases.values(), key=lambda view: view.opened, default=None)

    def item_of(self, view: CaseView) -> Item | None:
        """What is owed first in a case: of its items that are open, blocked or overdue, the one that is late first."""
        found = [item for item in self.items if (item.ladder, item.case) == (view.run.ladder, view.run.number) and item.status in OPEN]
        return min(found, key=lambda item: (item.late_from is None, item.late_from or 0, item.id), default=None)

    # --- conditions -----------------------------------------------------------------------------------------

    def value(self, condition: Condition, homes: Homes) -> Value:
        """What an expression comes to, each name asked of the case that it means (R2)."""
        row = self.case_of_row(homes)
        asked = {term.key: self.case_of(homes.of[term.key]) if term.key in homes.of else row for term in condition.terms}
        return value(condition.expr, {term.key: self.moment.value(term, Asker(asked[term.key])) for term in condition.terms})


@frozen
class Homes:
    """Where a register looks: the ladders that its conditions name, in order, and by the key of a term those that have what it asks about."""

    named: tuple[str, ...]
    of: dict[str, tuple[str, ...]]


@frozen
class Line:
    """What one row is about: a student, and as far as there are such a case, an item, an event that a person should see."""

    pupil: Pupil
    view: CaseView | None = None
    item: Item | None = None
    event: Status | Outcome | None = None
    why: str = ""


def _open_cases(derivation: Derivation, at: Instant) -> Iterator[tuple[str, CaseView]]:
    for run in sorted(derivation.cases.cases, key=lambda run: run.opened):
        if run.open_at(at):
            yield run.ladder, derivation.items.ctx.view(run)
