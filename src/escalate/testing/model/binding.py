"""Outcomes find their items (SEMANTICS 6)."""

from __future__ import annotations

from abc import ABC, abstractmethod

from ...events import Outcome
from ...ledger import State
from ...policy import Action, Policy, Stage
from ...times import Instant
from .books import Entry
from .clocks import Facts
from .counting import nth_came
from .duties import in_period
from .episodes import Episode
from .values import Ctx

NEVER = 1 << 60


def key_of(outcome: Outcome) -> str:
    """What names an outcome in the bindings that are kept."""
    return outcome.id or repr((outcome.at, outcome.item, outcome.action, outcome.done, outcome.result, outcome.known, outcome.seq))


class Binding(ABC):
    """Which item each outcome does; the rest stand alone."""

    facts: Facts

    @abstractmethod
    def schedule(self, entry: Entry) -> None:
        """Counts the deadline of an item anew."""

    @abstractmethod
    def follow(self, entry: Entry, e: Instant) -> None:
        """Asks for what follows an item that is done."""

    @abstractmethod
    def create(
        self, action: Action, policy: Policy, episode: Episode, stage: str, n: str, e: Instant, parent: Entry | None, link: str,
        need: Stage | None, keep: bool, missing: tuple[str, ...] = (),
    ) -> None:
        """One item takes effect."""

    @abstractmethod
    def ask(self, episode: Episode, policy: Policy, e: Instant, since: Instant | None = None) -> Ctx:
        """Who asks a condition of a case at an instant."""

    def __init__(self, previous: State) -> None:
        self.previous = previous
        self.entries: dict[str, Entry] = {}
        self.fresh: list[Entry] = []
        self.unbound: list[Outcome] = []
        self.barred: set[str] = set()
        self.bindings: dict[str, str] = {}
        self.count: dict[tuple[int, str], int] = {}
        self.periods: set[tuple[str, str, str]] = set()

    def target(self, outcome: Outcome) -> str:
        """The id that an outcome names, or what replaced it."""
        name = outcome.item
        for _ in self.previous.aliases:
            if name in self.entries or name not in self.previous.aliases:
                break
            name = self.previous.aliases[name]
        replacing = [one.id for one in self.entries.values() if one.takes and one.takes in (name, outcome.item)]
        return name if name in self.entries or not replacing else replacing[0]

    def arrive(self, outcome: Outcome, e: Instant) -> None:
        """An outcome at its own instant: the item that it names, else the earliest due of its action."""
        self.unbound.append(outcome)
        if outcome.item:
            entry = self.entries.get(self.target(outcome))
            if entry is not None:
                self.by_id(outcome, entry, e)
                return
        if outcome.action:
            standing = [one for one in self.entries.values() if one.action.name == outcome.action and one.effective < e and self.standing(one, e)]
            owed, told = [one for one in standing if one.done_at is None and not one.action.tells], [one for one in standing if one.action.tells]
            if owed:
                self.bind(outcome, min(owed, key=lambda one: self.due_first(one, e)), e)
            elif told:
                self.bind(outcome, max(told, key=lambda one: (one.effective, one.id)), e)

    def nth_of(self, entry: Entry) -> Instant | None:
        """When the nth that a deadline waits for came; None for other deadlines."""
        return nth_came(self, entry)

    def by_id(self, outcome: Outcome, entry: Entry, e: Instant) -> None:
        """An outcome that names an item binds while that is not cancelled, and stays bound."""
        was = self.previous.bindings.get(key_of(outcome)) in (entry.id, entry.takes or entry.id)
        zone = self.facts.zone
        if was or (self.standing(entry, outcome.at) and zone.date(outcome.at) >= zone.date(entry.effective)):
            self.bindings[key_of(outcome)] = entry.id
            self.bind(outcome, entry, e)
        elif not self.standing(entry, outcome.at):
            self.barred.add(key_of(outcome))

    def standing(self, entry: Entry, at: Instant) -> bool:
        """Whether an item is not cancelled; its case may end at that very instant."""
        return entry.gone_at is None or at <= entry.gone_at

    def reach(self, e: Instant) -> None:
        """Outcomes of the same date that came before reach forward to what takes effect now."""
        while self.fresh:
            fresh, self.fresh = self.fresh, []
            for outcome in list(self.unbound):
                if key_of(outcome) in self.barred:
                    continue
                named = next((one for one in fresh if outcome.item and self.target(outcome) == one.id), None)
                if named is not None:
                    self.by_id(outcome, named, e)
                    continue
                owed = self.owing(outcome, fresh, e)
                if owed:
                    self.bind(outcome, min(owed, key=lambda one: self.due_first(one, e)), e)

    def owing(self, outcome: Outcome, fresh: list[Entry], e: Instant) -> list[Entry]:
        """The new items that an outcome of the date may do by its action."""
        if not outcome.action or outcome.item in self.entries or self.facts.zone.date(outcome.at) != self.facts.zone.date(e):
            return []
        return [one for one in fresh if one.action.name == outcome.action and one.done_at is None and not one.action.tells]

    def bind(self, outcome: Outcome, entry: Entry, e: Instant) -> None:
        """An outcome does an item, wholly or in part, and opens what follows."""
        self.unbound.remove(outcome)
        first = outcome.result and all(one.result != outcome.result for one in entry.outcomes)
        entry.outcomes.append(outcome)
        if entry.done_at is None and not entry.action.tells and sum(one.times for one in entry.outcomes if one.done) >= entry.action.times and outcome.done:
            entry.done_at = outcome.at
            entry.done_known = max(outcome.known, outcome.at)
            self.schedule(entry)
            self.follow(entry, max(e, entry.effective))
        if first:
            for result, actions in entry.action.if_outcome:
                if result == outcome.result:
                    for action in actions:
                        self.create(action, entry.policy, entry.episode, entry.stage, entry.occurrence, e, entry, f"/on/{result}", None, False)

    def due_first(self, entry: Entry, e: Instant) -> tuple[bool, Instant, int, str]:
        """Of a duty the period that holds the outcome (U10), the earliest due, no due last, the least number, the id.

        An nth that had not come before the outcome is no due yet (I9), floors apart (I15).
        """
        late, came = entry.bare.late_from, self.nth_of(entry)
        due = NEVER if late is None or (came is not None and came >= e) else late
        number = entry.occurrence.partition("/")[2]
        return not in_period(entry.episode, self.facts.zone.date(e)), due, int(number or 0), entry.id
