"""One group under one policy at the instant of a register: a class, a school, a person who holds a role ..."""

from __future__ import annotations

from ..conditions import Condition, Term, Value
from ..derive import Derivation
from ..family import Family, Version
from ..groups import Census, GroupHistory, PersonHistory
from ..history import History
from ..items import CaseView
from ..matcher.plain import value
from ..policy import has_item
from ..rates import Rate
from ..roster import Roster
from ..targets import TargetSweep
from ..terms import Asker, Moment, no_rate
from ..times import Instant
from ..wording import Wording
from .plans import OF_ITEMS
from .pupil import Homes, Pupil

# What only a student has; a group of one student has them no more than another.
OF_ONE = frozenset({"student", "name", "birth_date"})


class Group(Pupil):
    """One group: what duties and targets ask of it, and what its students have in common."""

    history: GroupHistory

    def __init__(self, family: Family, version: Version, history: History, derivation: Derivation | None, at: Instant) -> None:
        super().__init__(family, version, history, derivation, at)
        self.derivation = derivation
        self.targets: tuple[TargetSweep, ...] = tuple(derivation.cases.targets) if derivation is not None else ()
        self.census = derivation.asks if derivation is not None and isinstance(derivation.asks, Census) else None
        read = self.census.rate if self.census is not None else no_rate
        self.moment = Moment(history, version.policy, version.codes, at, rate=read)

    @property
    def students(self) -> tuple[str, ...]:
        return ()

    @property
    def group(self) -> str:
        return Wording(self.policy, self.phrases).group(f"{self.history.level}/{self.student}").strip()

    @property
    def order(self) -> tuple[bytes, ...]:
        """Where it stands among the groups of a register: by school, level and name."""
        return tuple(text.encode() for text in (self.column("school"), self.history.level, self.student))

    # --- conditions ---------------------------------------------------------------------------------------

    def value(self, condition: Condition, homes: Homes) -> Value:
        """What an expression comes to of the group itself; its items are those of the newest time that they were asked for (R18)."""
        return value(condition.expr, {term.key: self.moment.value(term, Asker(self._asked(term))) for term in condition.terms})

    def _asked(self, term: Term) -> CaseView | None:
        if self.derivation is None or term.kind not in OF_ITEMS and term.target != "item":
            return None
        occasions = [one for one in self.derivation.cases.occasions if one.stage is not None and has_item(one.stage, term.name) and one.opened <= self.at]
        newest = max(occasions, key=lambda one: one.opened, default=None)
        return None if newest is None else self.derivation.items.ctx.view(newest)

    def rate(self, target: str) -> Rate | None:
        """What a target reads of the group now."""
        return self.census.reading(self.version.policy, target, self.at) if self.census is not None else None

    # --- who ------------------------------------------------------------------------------------------------

    def column(self, name: str) -> str:
        """What all its students have on the register's date; of its own level, its name."""
        return "" if name in OF_ONE else self.history.column("class" if name == "class_name" else name, self.date)

    def holders(self, role: str, roster: Roster) -> tuple[str, ...]:
        """Who holds a role for all its students; of a person who holds it, that one too."""
        level = self.policy.roles[role].of if role in self.policy.roles else ""
        of = self.history.column(level, self.date) if level else ""
        found = roster.holders(role, of, self.date) if of else ()
        own = self.history.holders(role, level, self.date) if isinstance(self.history, PersonHistory) and role in self.history.roles else ()
        return tuple(sorted({*found, *own}))
