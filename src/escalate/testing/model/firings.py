"""Stages, items and outcomes, instant by instant (SEMANTICS 4 to 6, 9.4)."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from typing import Protocol

from ...conditions import Term, Value
from ...events import Outcome
from ...ledger import Item, State
from ...policy import Action, Policy, Stage
from ...times import Instant
from .again import occurrences
from .binding import NEVER, Binding
from .books import Entry, actor_of
from .clocks import Facts, is_clock
from .counting import counted, spared
from .duties import Occasion
from .episodes import Episode, adds_closes, after_instant, agenda, judged_tile
from .happened import names
from .values import Ctx, lacking, true, value


class Subject(Protocol):
    """A student or a group, for what only a group knows."""

    def rate(self, target: str, policy: Policy, e: Instant) -> Value: ...
    def roll_taken(self, occasion: Occasion, policy: Policy) -> Instant | None: ...


class OfCase:
    """What a condition may ask of a case and its items at an instant."""

    def __init__(self, book: Firings, episode: Episode, e: Instant, since: Instant | None = None) -> None:
        self.book, self.episode, self.e, self.since, self.ends = book, episode, e, since, False
        self.case_opened: Instant | None = episode.opened

    def fired_at(self, stage: str) -> Instant | None:
        *ladder, name = stage.split(".")
        return self.episode.fired_last.get(name) if ladder in ([], [self.episode.ladder]) else None

    def items(self, name: str) -> list[Entry]:
        """The newest occurrence of an item in this case that was seen."""
        found = [one for one in self.items_anywhere(name) if one.episode is self.episode]
        if not found:
            return []
        newest = max(found, key=lambda one: (one.effective, one.made))
        return [one for one in found if (one.stage, one.occurrence, one.parent) == (newest.stage, newest.occurrence, newest.parent)]

    def items_anywhere(self, name: str) -> list[Entry]:
        return [one for one in self.book.named(name) if max(one.opened, one.effective) < self.e]

    def alone(self, name: str) -> list[Outcome]:
        policy = self.episode.policy_at(self.e)
        return [
            one for one in self.book.unbound
            if names(one, name, policy) and self.episode.opened <= one.at <= self.e
        ]

    def open_case(self, ladder: str) -> bool:
        return any(one.ladder == ladder and one.open_at(self.e) for one in self.book.episodes)

    def rate(self, target: str, policy: Policy) -> Value:
        return self.book.subject.rate(target, policy, self.e)

    def roll_taken(self) -> Instant | None:
        return self.book.roll_taken(self.episode)


class Firings(Binding):
    """One pass through all instants up to `t`."""

    def __init__(
        self, facts: Facts, name: str, student: str, found: list[Episode], occasions: list[Occasion], subject: Subject, previous: State,
        again: frozenset[str], kept: frozenset[str], lost: frozenset[str], lapsed: frozenset[str],
    ) -> None:
        super().__init__(previous)
        self.facts, self.name, self.student, self.episodes, self.occasions, self.subject = facts, name, student, found, occasions, subject
        self.again, self.kept, self.lost, self.lapsed = again, kept, lost, lapsed
        self.t = facts.t
        self.last: dict[tuple[int, str], tuple[bool, Instant]] = {}
        self.due_instants: dict[str, Instant] = {}
        self.stood: dict[str, Instant] = {}
        self.heap: list[Instant] = []
        self.said: dict[Instant, list[Outcome]] = {}
        self.waiting: list[Entry] = []
        self.asking: list[Entry] = []
        self.holding: list[Entry] = []
        self.now = 0

    # --- the order at one instant -------------------------------------------------------------------

    def run(self) -> None:
        if not self.episodes and not self.occasions:
            return
        for outcome in self.facts.outcomes:
            self.said.setdefault(outcome.at, []).append(outcome)
        first = min(one.opened for one in (*self.episodes, *self.occasions))
        self.heap = [e for e in agenda(self.facts) if e >= first or e in self.said]  # before the first case there are no items
        self.heap += [e for one in (*self.episodes, *self.occasions) for e in (one.opened, one.ended) if e is not None]
        heapq.heapify(self.heap)
        before = None
        while self.heap:
            e = heapq.heappop(self.heap)
            if e == before or e > self.t:
                continue
            before = self.now = e
            self.at(e)
        for entry in self.entries.values():
            spared(self, entry)

    def at(self, e: Instant) -> None:
        before = len(self.entries)
        for outcome in self.said.get(e, ()):
            self.arrive(outcome, e)
        if self.entries:
            self.standing_items(e)
        for episode in self.episodes:
            if episode.ended == e and episode.reason == "ends":
                ends = episode.policy.ladders[episode.ladder].ends
                for action in ends.do if ends is not None else ():
                    self.create(action, episode.policy, episode, "ends", "1", e, None, "", None, True)
        for episode in self.episodes:
            if episode.opened <= e and (episode.ended is None or e < episode.ended):
                policy = episode.policy_at(e)
                stages = policy.ladders[episode.ladder].stages
                for gone in sorted({entry.stage for entry in self.waiting} - {stage.name for stage in stages}):  # of an earlier version
                    self.unblock(episode, gone, policy, e)
                for stage in stages:
                    if self.waiting:
                        self.unblock(episode, stage.name, policy, e)
                    if stage.again is not None or stage.name not in episode.fired:
                        self.stage(episode, stage, policy, e)
        for occasion in self.occasions:
            if occasion.opened == e:
                self.occur(occasion, e)
        if self.fresh:
            self.reach(e)
        while len(self.entries) > before:  # what falls overdue here may issue what was due before
            fresh, before = list(self.entries.values())[before:], len(self.entries)
            for entry in fresh:
                self.overdue(entry, e)
            self.reach(e)

    def standing_items(self, e: Instant) -> None:
        """What stood before may be done, held or overdue now."""
        for entry in list(self.asking):
            self.done_when(entry, e)
        for entry in list(self.holding):
            self.hold(entry, e)
        for entry in [one for one in self.entries.values() if self.due_instants.get(one.id, NEVER) <= e or one.id in self.stood]:
            self.overdue(entry, e)

    def ask(self, episode: Episode, policy: Policy, e: Instant, since: Instant | None = None) -> Ctx:
        return Ctx(self.facts.seen, policy, e, OfCase(self, episode, e, since))

    def occur(self, occasion: Occasion, e: Instant) -> None:
        """A duty falls, or a target asks: everything at once."""
        stage = occasion.stage
        assert stage is not None
        for n in occasion.occurrences:
            occasion.fired_last[stage.name] = e
            for action in stage.do:
                self.create(action, occasion.policy, occasion, stage.name, n, e, None, "", None, False)

    def roll_taken(self, episode: Episode) -> Instant | None:
        """When the roll of the period was taken that a duty asks about."""
        return self.subject.roll_taken(episode, episode.policy) if isinstance(episode, Occasion) else None

    # --- stages -------------------------------------------------------------------------------------

    def stage(self, episode: Episode, stage: Stage, policy: Policy, e: Instant) -> None:
        close = adds_closes(stage) and self.facts.is_close(e)
        if not close and not is_clock(stage.when, e, policy, self.facts, self.of_items(episode, policy)):
            return
        ctx = self.ask(episode, policy, e)
        key = (id(episode), stage.name)
        truth = true(stage.when, ctx)
        before = self.last.get(key)
        self.last[key] = (true(after_instant(stage.when, self.facts), ctx), e)
        if truth:
            anew = any(term.kind == "became" and value(term, ctx) for term in stage.when.terms)
            fell = before is None or not before[0] or anew or judged_tile(stage, before[1], e, policy, self.facts)
            for n in occurrences(self, episode, stage, fell, ctx):
                self.fire(episode, stage, policy, n, e)

    def fire(self, episode: Episode, stage: Stage, policy: Policy, n: str, e: Instant) -> None:
        episode.fired.setdefault(stage.name, e)
        episode.fired_last[stage.name] = e
        missing: tuple[str, ...] = ()
        if stage.need is not None and not true(stage.need, self.ask(episode, policy, e)):
            missing = lacking(stage.need, self.ask(episode, policy, e))
        before = len(self.entries)
        for action in stage.do:
            self.create(action, policy, episode, stage.name, n, e, None, "", stage, False, missing)
        for entry in list(self.entries.values())[before:] if stage.need is not None and not missing else ():
            if entry.parent is None and (self.was_free(entry) or self.was_blocked(entry)):
                self.evidence(entry, e)

    def unblock(self, episode: Episode, stage: str, policy: Policy, e: Instant) -> None:
        """What waits for evidence is judged again at the clocks of that."""
        for entry in list(self.waiting):
            if entry.episode is episode and entry.stage == stage and entry.blocked and entry.effective < e and entry.parent is None and (entry.gone_at is None or e < entry.gone_at):
                need = entry.need.need if entry.need is not None else None
                assert need is not None
                if not is_clock(need, e, entry.policy, self.facts, self.of_items(episode, entry.policy)):
                    continue
                if true(need, self.ask(episode, entry.policy, e)):
                    self.evidence(entry, e)
                elif entry.done_at is None:
                    entry.missing = lacking(need, self.ask(episode, entry.policy, e))

    def evidence(self, entry: Entry, e: Instant) -> None:
        """What was blocked is told, and its due is counted anew; what falls overdue before the decision stands."""
        if entry.deadline.late_from is not None and entry.deadline.late_from <= e:
            spared(self, entry)  # an optional item too
        at, floor = self.due_instants.get(entry.id), entry.floor
        if at is not None and at <= self.t and not self.was_free(entry) and spared(self, entry):
            at, entry.floor = None, floor  # a due that moved into the past while it was blocked is late tonight, not then
        entry.evidence, prior = e, entry.prior
        if entry.action.counts_from == "event":
            entry.unblocked = e
        else:
            free = prior.unblocked if prior is not None and self.was_free(entry) else None
            unblocked = entry.unblocked = max(e, self.t) if free is None else free
            issued = not self.was_free(entry) or self.was_chased(entry)
            if at is not None and entry.overdue_at is None and e <= at < unblocked and issued:
                self.stood[entry.id] = at
                heapq.heappush(self.heap, at)
        entry.overdue_at = None
        entry.held.clear()
        self.schedule(entry)
        self.overdue(entry, e)
        self.tell(entry, e)

    def tell(self, entry: Entry, e: Instant) -> None:
        """A notice is done when it is issued or unblocked, unless its case was over; then what follows it is asked for."""
        entry.tell()
        if entry.action.tells and entry.done_at is not None:
            self.follow(entry, e)

    def was_free(self, entry: Entry) -> bool:
        """Whether what stood before was unblocked, and its evidence is not lost."""
        prior = entry.prior
        return prior is not None and prior.unblocked is not None and prior.status != "withdrawn" and entry.id not in self.again | self.lost

    def was_blocked(self, entry: Entry) -> bool:
        prior = entry.prior
        return prior is not None and prior.missing != () and prior.status != "withdrawn" and entry.id not in self.again

    def was_chased(self, entry: Entry) -> bool:
        """Whether an overdue instant of the blocked time has issued anything."""
        unblocked = entry.prior.unblocked if entry.prior is not None and self.was_free(entry) else None
        free = NEVER if unblocked is None else unblocked
        return any(name.startswith(f"{entry.id}/overdue/") and old.effective <= free for name, old in self.previous.items.items())

    # --- items ----------------------------------------------------------------------------------------

    def create(
        self, action: Action, policy: Policy, episode: Episode, stage: str, n: str, e: Instant, parent: Entry | None, link: str,
        need: Stage | None, keep: bool, missing: tuple[str, ...] = (),
    ) -> None:
        """One item takes effect."""
        period = n if not n.isdigit() and self.across(policy, episode, stage) else str(episode.number)
        top = f"{self.name}/{self.student}/{episode.ladder}/{period}/{stage}/{n}"
        if isinstance(episode, Occasion):
            top = f"{episode.stem}/{n}"
        name = f"{parent.id if parent else top}{link}/{action.name}/{actor_of(action)}"
        if name in self.entries:
            return
        if action.only_if is not None and not true(action.only_if, self.ask(episode, policy, e)):
            return
        prior, replaces = self.prior(name, action, episode, stage, n, parent, link, e)
        opened = max(e, self.t)
        if prior is not None and prior.status != "withdrawn" and name not in self.again:
            opened = prior.opened
        entry = Entry(
            name, action, policy, episode, stage, n, e, opened, self.t, parent, prior, replaces, keep or action.keep or bool(parent and parent.keep),
            need, missing,
        )
        entry.made = len(self.entries)
        if action.done_when is not None and isinstance(episode, Occasion):
            taken = self.roll_taken(episode)
            heapq.heappush(self.heap, max(taken or 0, e + 1))  # who was marked before it took effect does it a second after
        self.entries[name] = entry
        for held, listed in ((missing, self.waiting), (action.done_when, self.asking), (action.hold, self.holding)):
            if held:
                listed.append(entry)
        self.fresh.append(entry)
        self.schedule(entry)
        if need is None or need.need is None or not (self.was_free(entry) or self.was_blocked(entry)):
            self.tell(entry, e)
        if action.replaces:
            for other in self.entries.values():
                here = other.episode is episode and other.action.path.removeprefix(f"{episode.ladder}.") == action.replaces.removeprefix(f"{episode.ladder}.")
                if here and other is not entry and other.done_at is None and (other.gone_at is None or other.gone_at > e):
                    other.dismissed, other.dismissed_by = e, action.path
                    self.schedule(other)

    def across(self, policy: Policy, episode: Episode, stage: str) -> bool:
        if isinstance(episode, Occasion):
            return False
        found = next((one for one in policy.ladders[episode.ladder].stages if one.name == stage), None)
        return found is not None and found.again is not None and found.again.kind == "each" and found.again.unit != "school_day"

    def prior(
        self, name: str, action: Action, episode: Episode, stage: str, n: str, parent: Entry | None, link: str, e: Instant,
    ) -> tuple[Item | None, str]:
        """The earlier item of this id, or the one that it replaces."""
        own = self.previous.items.get(name)
        if own is not None and own.status not in ("withdrawn", "recall"):
            return own, own.replaces
        actor = actor_of(action)
        for old in self.previous.items.values():
            if old.id in self.kept or old.status in ("withdrawn", "recall") or old.ladder != episode.ladder or old.case == episode.number or old.id == name:
                continue
            if (old.stage, old.action, old.actor, old.occurrence, old.effective) != (stage, action.name, actor, n, e):
                continue
            if parent is None and not old.parent:
                return old, old.id
            if parent is not None and parent.takes and old.parent == parent.takes and old.id.startswith(f"{old.parent}{link}/"):
                return old, old.id
        return own, own.replaces if own else ""

    def schedule(self, entry: Entry) -> None:
        """Counts the deadline and puts its overdue instant on the agenda."""
        counted(self, entry)
        at = entry.overdue_instant()
        self.due_instants.pop(entry.id, None)
        if at is not None:
            self.due_instants[entry.id] = at
            heapq.heappush(self.heap, max(at, self.now))

    def overdue(self, entry: Entry, e: Instant) -> None:
        if self.stood.get(entry.id) == e and entry.overdue_stands(e):
            self.chase(entry, e)
        at = self.due_instants.get(entry.id)
        if at is None or at > e or entry.overdue_at is not None or not entry.overdue_stands(at):
            return
        if entry.id in self.lapsed or entry.fresh() and entry.gone_at is not None and entry.gone_at <= self.t:
            return  # it is lapsed
        if spared(self, entry):
            return
        entry.overdue_at = at
        recounted = entry.blocked and self.was_free(entry) and entry.action.counts_from != "event"
        if not recounted or self.was_chased(entry):  # else a later correction put this instant into the blocked time (I16)
            self.chase(entry, max(at, entry.effective))

    def chase(self, entry: Entry, e: Instant) -> None:
        for action in entry.action.if_overdue:
            self.create(action, entry.policy, entry.episode, entry.stage, entry.occurrence, e, entry, "/overdue", None, False)

    def hold(self, entry: Entry, e: Instant) -> None:
        """A close at which what holds a deadline up is true."""
        late, condition = entry.deadline.late_from, entry.action.hold
        if condition is None or late is None or not entry.issued < e < late or not self.facts.is_close(e) or not entry.overdue_stands(e):
            return
        if entry.came is not None and e < entry.came:
            return
        if true(condition, self.ask(entry.episode, entry.policy, e)):
            entry.held.add(e)
            self.schedule(entry)

    def done_when(self, entry: Entry, e: Instant) -> None:
        condition = entry.action.done_when
        if condition is None or entry.done_at is not None or e <= entry.effective or (entry.gone_at is not None and entry.gone_at < e):
            return
        clock = is_clock(condition, e, entry.policy, self.facts, self.of_items(entry.episode, entry.policy))
        if clock and true(condition, self.ask(entry.episode, entry.policy, e, entry.effective)):
            entry.done_at = entry.done_known = e
            self.schedule(entry)
            self.follow(entry, e)

    def follow(self, entry: Entry, e: Instant) -> None:
        for action in entry.action.then:
            self.create(action, entry.policy, entry.episode, entry.stage, entry.occurrence, e, entry, "/then", None, False)

    # --- clocks of items --------------------------------------------------------------------------------

    def named(self, name: str) -> list[Entry]:
        """The items that a path points at."""
        *places, action = name.split(".")
        return [
            one for one in self.entries.values()
            if one.action.name == action and [one.episode.ladder, one.stage][2 - len(places):] == places
        ]

    def of_items(self, episode: Episode, policy: Policy) -> Callable[[Term, Instant], bool]:
        """The clocks of items, firings and cases."""

        def answer(term: Term, e: Instant) -> bool:
            close = self.facts.is_close(e)
            if term.kind == "marked":
                taken = self.roll_taken(episode)
                return close or taken is not None and taken <= e
            if term.kind == "open_case":
                return any(one.ladder == term.name and e in (one.opened, one.ended) for one in self.episodes)
            if term.kind == "fired":
                return close or self.ask(episode, policy, e).asker.fired_at(term.name) == e
            every = self.named(term.name)
            own = every if term.kind == "late" else [one for one in every if one.episode is episode]
            if close and any(self.facts.close_after(one.opened) == e for one in own):
                return True
            if term.kind in ("overdue", "late"):
                return any(one.overdue_at == e for one in own)
            bound = any(outcome.at == e for one in own for outcome in one.outcomes) or any(one.done_at == e and one.action.done_when for one in own)
            return bound or any(one.at == e and names(one, term.name, policy) for one in self.unbound)

        return answer
