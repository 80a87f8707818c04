"""All items of one policy for one student, derived forwards from instant to instant (SEMANTICS, section 9.4)."""

from __future__ import annotations

import datetime

from ..cases import Moments, Tick, ticks
from ..duties import Occasion
from ..events import Outcome
from ..family import Family
from ..history import History
from ..ledger import Item, State
from ..matcher import Matcher
from ..sweeps import Sweeps
from ..times import NEVER, Instant
from .context import Context, Happened
from .dues import hold, overdue_candidate
from .issue import issue
from .nth import count_nths, drop_dueless, window_end
from .outcomes import bind_outcomes, judge_done_when, reach, roll_taken
from .people import persons
from .run import ItemRun, outcome_key
from .stages import ask, fire, judge_stages
from .stand import may_move, stand

Date = datetime.date


class ItemSweep:
    """The derivation of items: it goes on from where it was, and is made anew when a fact lands in its past.

    `held_ids`, `back`, `lost` and `lapsed` are what only a whole pass shows: the ids that it held, the items that came back, those whose
    evidence is lost, and those that lapse after they would have been late.
    """

    def __init__(
        self, family: Family, history: History, matcher: Matcher, cases: Sweeps, moments: Moments, previous: State,
        held_ids: frozenset[str] = frozenset(), back: frozenset[str] = frozenset(), lost: frozenset[str] = frozenset(),
        lapsed: frozenset[str] = frozenset(),
    ) -> None:
        self.ctx = Context(family, history, matcher, cases, moments, previous, held_ids, back, lost, lapsed)
        self.at: Instant | None = None

    # --- the sweep ------------------------------------------------------------------------------------

    def advance(self, until: Instant, previous: State) -> None:
        """Derive everything with an effective instant after the last one and not after `until`, which decides."""
        ctx, zone = self.ctx, self.ctx.history.zone
        ctx.now, ctx.previous = until, previous
        for run in ctx.sweeps.cases:
            ctx.view(run)
        for run in ctx.sweeps.occasions[ctx.met :]:
            ctx.view(run)
        ctx.met = len(ctx.sweeps.occasions)
        start = self._start(until)
        while start is not None and start <= until:
            date = zone.date(start)
            self._date(date, self.at if self.at is not None else start - 1, until)
            start = self._busy_from(zone.next_midnight(date), until)
        self.at = until
        self._reassign(until)

    def _start(self, until: Instant) -> Instant | None:
        if self.at is not None:
            return self._busy_from(self.at + 1, until)
        starts = [view.opened for view in self.ctx.living] + [outcome.at for outcome in self.ctx.history.outcomes[:1]]
        return min(starts, default=None)

    def _busy_from(self, at: Instant, until: Instant) -> Instant | None:
        """The first instant from `at` on at which something may happen here."""
        ctx = self.ctx
        ctx.active = [item for item in ctx.active if _stirs(item, at)]
        if ctx.active:
            return at
        starts = [max(view.opened, at) for view in ctx.living if view.opened >= at or view.judged and (view.run.ended is None or view.run.ended >= at)]
        starts += [outcome.at for outcome in ctx.history.outcomes[ctx.bound_up_to : ctx.bound_up_to + 1]]
        later = [start for start in starts if start <= until]
        return max(at, min(later)) if later else None

    def _date(self, date: Date, after: Instant, until: Instant) -> None:
        ctx = self.ctx
        ctx.moved = True
        while ctx.moved:
            ctx.moved = False
            for tick in ticks(ctx.history, ctx.family, date, after, until, self._own_instants(after, until)):
                self._tick(tick)
                after = tick.at
                if ctx.moved:
                    break  # an item came or changed, and its own instants with it

    def _own_instants(self, after: Instant, until: Instant) -> list[Instant]:
        """The instants that items and cases bring themselves: overdue, openings, ends, ends of windows."""
        ctx = self.ctx
        falling = [at for item in ctx.active for at in (overdue_candidate(ctx, item), item.stood_at) if at is not None]
        ctx.soonest = min(falling, default=NEVER)
        found: list[Instant | None] = [*falling, *(window_end(ctx, item) for item in ctx.active if ctx.waiting)]
        for view in ctx.living:
            found += (view.opened, view.run.ended)
        found += [roll_taken(ctx, item) for item in ctx.active if ctx.waiting]
        return [at for at in found if at is not None and after < at <= until]

    # --- one instant -------------------------------------------------------------------------------------

    def _tick(self, tick: Tick) -> None:
        ctx = self.ctx
        ctx.happened = Happened()
        bind_outcomes(ctx, tick.at)
        if ctx.waiting:
            judge_done_when(ctx, tick)
            count_nths(ctx, tick)
        self._overdue(tick.at)
        if ctx.waiting:
            hold(ctx, tick)
            drop_dueless(ctx, tick.at)
        for view in ctx.living:
            if view.run.ended == tick.at and view.run.reason == "ends" and view.run.plan.ladder.ends is not None:
                fire(ctx, view, view.run.plan.ladder.ends, tick.at, "1", None)
        for view in list(ctx.living):
            if isinstance(view.run, Occasion):
                if view.opened <= tick.at:
                    ask(ctx, view, view.run, tick.at)
                    ctx.living.remove(view)
            elif view.run.open_at(tick.at):
                judge_stages(ctx, view, tick)
        reach(ctx, tick.at)
        count = None
        while count != len(ctx.items):  # what this issues may have been due before: it moved here with what it is chained to
            count = len(ctx.items)
            self._overdue(tick.at)
            reach(ctx, tick.at)

    def _overdue(self, at: Instant) -> None:
        """What is overdue by an instant, and what that issues."""
        ctx = self.ctx
        if at < ctx.soonest:
            return
        for item in list(ctx.active):
            due = overdue_candidate(ctx, item)
            # It may lie before this instant: an nth that came with it, or an effect or an evidence that moved past it.
            reached = due is not None and due <= at
            if reached or item.stood_at == at and item.done_at is None and not item.gone_by(at):
                item.late_at = item.late_at or at
                ctx.happened.overdue.append(item)
                if reached:
                    item.overdue_at = due
                    recounted = item.missing and ctx.unblocked_before(item) is not None and item.action.counts_from != "event"
                    if recounted and not ctx.chased_before(item):
                        continue  # only a later correction put this instant into the blocked time (I16)
                for action in item.action.if_overdue:
                    when = max(due or at, item.effective) if reached else at
                    issue(ctx, ctx.view_of(item), action, when, item.stage, item.occurrence, parent=item, branch="overdue", keep=item.keep)

    # --- what it gives ------------------------------------------------------------------------------------

    @property
    def items(self) -> list[ItemRun]:
        """Every item derived, in order."""
        return self.ctx.items

    def standing(self, now: Instant) -> dict[str, Item]:
        """Every item derived, as it stands, by id."""
        return {item.id: stand(self.ctx, item, now) for item in self.ctx.items}

    def replaced_held(self) -> bool:
        """Whether an item took the name of one that this pass holds itself."""
        return any(item.takes and item.takes in self.ctx.by_id for item in self.ctx.items)

    def came_back(self, now: Instant) -> frozenset[str]:
        """Items that were lapsed and are not now, or were cancelled before they were late and their case is open: they are opened anew (I2)."""
        return frozenset(
            item.id for item in self.ctx.items
            if item.previous is not None and _may_come_back(item.previous, item.case.ended, now)
            and stand(self.ctx, item, now).status not in ("cancelled", "lapsed")
        )

    def lost_evidence(self) -> frozenset[str]:
        """Items that were unblocked and are blocked again."""
        return frozenset(item.id for item in self.ctx.items if item.missing and self.ctx.unblocked_before(item) is not None)

    def lapsed_late(self, now: Instant) -> frozenset[str]:
        """Items that are lapsed, and late before what lapsed them: a lapsed item never was (section 6)."""
        return frozenset(item.id for item in self.ctx.items if item.overdue_at is not None and stand(self.ctx, item, now).status == "lapsed")

    def take_reports(self) -> list[tuple[str, Outcome]]:
        """What a person should see about outcomes: for a cancelled item, for none, or loosened from theirs."""
        ctx = self.ctx
        found, ctx.reports = ctx.reports, []
        return found + [("unbound", outcome) for outcome in ctx.alone if outcome_key(outcome) in ctx.previous.bindings]

    def _reassign(self, now: Instant) -> None:
        """Open items that say `reassign` follow their roles to new holders."""
        for item in self._following(now):
            item.persons = persons(self.ctx, item.action, item, now)

    def _following(self, now: Instant) -> list[ItemRun]:
        return [item for item in self.ctx.active if item.action.reassign and item.done_at is None and not item.gone_by(now)]

    def wakes(self, now: Instant) -> list[Instant]:
        """The instants after `now` at which something of its own accord may change here."""
        found: list[Instant | None] = []
        for item in self.ctx.active:
            found += (overdue_candidate(self.ctx, item), window_end(self.ctx, item), roll_taken(self.ctx, item))
        if self._following(now):
            handover = self.ctx.history.handover(self.ctx.history.zone.date(now))
            found.append(None if handover is None else self.ctx.history.zone.midnight(handover))
        return [at for at in found if at is not None and at > now]

    @property
    def watching(self) -> bool:
        """Whether an item must be looked at every close: it is blocked, held, waits for the nth or for facts."""
        return any(
            item.done_at is None and not item.gone_by(self.at or 0)
            and (item.missing or item.action.hold is not None or item.action.done_when is not None or item.due.note == "no due yet")
            for item in self.ctx.active
        )


def _stirs(item: ItemRun, at: Instant) -> bool:
    """Whether something may still come of an item by itself, at an instant or later: what is overdue only waits for an outcome."""
    if item.settled_at is not None and item.settled_at <= at:
        return False
    if item.overdue_at is not None and item.overdue_at < at and item.stood_at is None and not may_move(item):
        return False
    return not item.gone_before(at)  # an item whose case ends at this very instant may still be done by it (I7, I9)


def _may_come_back(before: Item, ended: Instant | None, now: Instant) -> bool:
    """Whether nobody owes what stood: it was told to nobody, or was taken back before it was late and its case is open again."""
    return before.status == "lapsed" or before.status == "cancelled" and before.overdue_at is None and (ended is None or ended > now)
