"""One student under one policy: S(t) = derive(visible facts, t, S(previous)) (SEMANTICS, sections 7 and 9).

A derivation goes on from where it stood while facts come in time order, and starts again from nothing
when a fact lands in its past; a property holds the two equal.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from attrs import evolve

from .cases import CaseRun, Moments, number_cases, overlap
from .family import Family
from .history import History
from .items import CaseView, ItemSweep
from .ledger import GONE, Case, Item, State
from .matcher import Matcher
from .sweeps import Asks, Sweeps
from .times import DAY, Instant

EMPTY = State()
PASSES = 6  # each pass but the last settles an item for good; more than two were never seen to be needed


class Derivation:
    """The derivation of one subject under one policy, with the state that stands; asks: who answers for a group."""

    def __init__(self, family: Family, history: History, matcher: Matcher, asks: Asks | None = None) -> None:
        self.family = family
        self.history = history
        self.matcher = matcher
        self.asks = asks
        self.state = EMPTY
        self.position: Instant | None = None
        self._restart()
        self._look()

    def _restart(self) -> None:
        self.moments = Moments(self.history) if self.asks is None else Moments(self.history, self.asks.rate)
        self.cases = Sweeps(self.family, self.history, self.matcher, self.moments, self.asks)
        self.items = ItemSweep(self.family, self.history, self.matcher, self.cases, self.moments, self.state)
        self._numbered = -1

    def _look(self) -> None:
        """dense: even ordinary presence must be judged. still: no condition that may be asked before the next close hears marks; hushed: ordinary presence."""
        watching = self.items.watching
        self.dense = watching or self.cases.dense
        heard = watching or any(map(_hears_marks, self.items.ctx.views.values()))
        self.still = not (heard or self.cases.hears_marks)
        self.hushed = self.still or not self.dense or not (heard or self.cases.hears_presence)

    def derive(self, now: Instant, past: bool) -> State:
        """The state at `now`; `past` says that a fact changed what lies before the last derivation."""
        if past:
            self._restart()
        self.moments.forget()
        self.cases.advance(now)
        left = self._number()
        self.items.advance(now, self.state)
        if past:
            self._settle(now)
        self.position = now
        self.state = self._compose(now, left)
        self._look()
        return self.state

    def _settle(self, now: Instant) -> None:
        """Derive the items again while a pass shows what only a whole pass can: ids held, items that come back, evidence lost, items that lapse."""
        held: frozenset[str] = frozenset()
        back: frozenset[str] = frozenset()
        lost: frozenset[str] = frozenset()
        lapsed: frozenset[str] = frozenset()
        for _ in range(PASSES):
            came, gone, late = self.items.came_back(now) - back, self.items.lost_evidence(), self.items.lapsed_late(now) - lapsed
            if not came and not gone and not late and not self.items.replaced_held():
                return
            held |= frozenset(self.items.ctx.by_id)
            back, lost, lapsed = back | came, lost | gone, (lapsed - came) | late  # what comes back may be late again, from its new opening
            self.items = ItemSweep(self.family, self.history, self.matcher, self.cases, self.moments, self.state, held, back, lost, lapsed)
            self.items.advance(now, self.state)

    def _number(self) -> list[Case]:
        left: list[Case] = []
        if not self.cases.cases and not self.state.cases:
            return left
        for name, sweep in self.cases.ladders.items():
            earlier = [case for case in self.state.cases.values() if case.ladder == name]
            if sweep.cases or earlier:
                left += number_cases(self.family.name, self.history.student, sweep.cases, earlier)[1]
        return left

    # --- what stands ---------------------------------------------------------------------------------

    def _compose(self, now: Instant, left: Iterable[Case]) -> State:
        runs = self.cases.cases
        if not runs and not self.items.items and not self.state.cases and not self.state.items:
            return EMPTY
        cases = {case.key: case for case in (self._case(run) for run in runs)}
        for case in left:
            cases[case.key] = _dead(case, runs, now)
        items = self.items.standing(now)
        replaced = {item.takes: item.id for item in self.items.items if item.takes}
        for old in self.state.items.values():
            if old.id not in items and old.id not in replaced:
                items[old.id] = self._gone(old)
        # A name that stands again is nobody's old name, or two names would lead to each other for ever.
        aliases = {old: new for old, new in {**self.state.aliases, **replaced}.items() if old not in items}
        return State(cases, items, aliases, dict(self.items.ctx.bindings))

    def _case(self, run: CaseRun) -> Case:
        return Case(
            self.family.name, run.plan.version.policy.version, run.ladder, run.number, run.opened, run.ended, run.reason, run.opened_by
        )

    def _gone(self, item: Item) -> Item:
        if item.status in GONE:
            return item
        told = item.status in ("done", "done late")
        return evolve(item, status="recall" if told else "withdrawn")

    # --- what comes by itself ---------------------------------------------------------------------------

    def wake(self, now: Instant) -> Instant | None:
        """The next instant after `now` at which something may change without a new fact."""
        found = [*self.cases.wake(now), *(self.items.wakes(now) if self.items.items else [])]
        for run in self.cases.cases:
            if run.ended is None:
                found += self._edges(run, now)
        zone, today, hears = self.history.zone, self.history.zone.date(now), bool(self.family.opens_at_marks)
        if self.dense:
            found += self._next_close(now, today)
        if hears or not self.dense:  # who is not covered yet may be from the first lesson on, whatever is judged at the closes
            found += [at for start in self.family.starts if (at := zone.midnight(datetime.date.fromordinal(start))) > now]
            for bound in self.history.next_turns(today):
                midnight = zone.midnight(bound)
                found += [midnight] if midnight > now and hears else self._close_of(bound, now)
        if not self.dense and self.history.notable:
            found += self._close_of(datetime.date.fromordinal(self.history.notable[-1]), now)
        return min(found, default=None)

    def _edges(self, run: CaseRun, now: Instant) -> list[Instant]:
        edges = [run.lasts_until] if run.lasts_until is not None else []
        edges += [self.history.zone.midnight(version.policy.start) for version in self.family.versions if version.policy.start is not None]
        return [edge for edge in edges if edge > now]

    def _next_close(self, now: Instant, date: datetime.date) -> list[Instant]:
        days = self.history.days(date)
        date = max(date, days.first)
        return self._close_of(date, now) or self._close_of(date + DAY, now)

    def _close_of(self, date: datetime.date, now: Instant) -> list[Instant]:
        close = self.history.zone.instant(date, self.family.closes(date))
        return [close] if close > now and self.history.days(date).covers(date) else []


def _hears_marks(view: CaseView) -> bool:
    """Whether a stage of an open case may fire at a mark, or something that it needs may come with one."""
    if view.run.ended is not None:
        return False
    waits = (plan for plan in view.run.plan.stages if plan.stage.again is not None or plan.stage.name not in view.fired)
    return bool(view.needs) or any(plan.when.clocks.session for plan in waits)


def _dead(case: Case, runs: list[CaseRun], now: Instant) -> Case:
    """A case that is no longer derived; its interval ends where it died, so that no later absence takes its number (K1)."""
    into = next((run for run in runs if run.ladder == case.ladder and overlap(case.opened, case.ended, run.opened, run.ended)), None)
    fate = f"merged into {into.number}" if into is not None else "withdrawn"
    if case.ended is None:
        return evolve(case, fate=fate, ended=now, reason="withdrawn")
    return evolve(case, fate=fate)
