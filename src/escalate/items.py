"""Items: firings of stages, what they issue, what outcomes do to it, and what stands (SEMANTICS, sections 5, 6, 9.4)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction

from attrs import define, field

from .cases import CaseRun, CaseSweeps, Moments, Tick, event_clock, ticks
from .conditions import Compare, Condition, Term
from .days import WEEKDAYS, Beyond
from .deadlines import BEYOND, Deadline, Ground, deadline, held
from .events import Outcome
from .family import Family, Judged, StagePlan, Version, judged
from .history import History
from .ledger import Item, State
from .matcher import Matcher
from .measures import View, tile_key
from .policy import Action, Actor, Again, Nth, Stage
from .terms import Asker, Moment, action_of
from .times import DAY, Instant

Date = datetime.date


@define(eq=False)
class ItemRun:
    """An item as it is derived; `previous` is what stood under its id (or the id it replaces) before."""

    action: Action
    case: CaseRun
    version: Version
    stage: str
    occurrence: str
    actor: str
    id: str
    effective: Instant
    opened: Instant
    parent: ItemRun | None = None
    previous: Item | None = None
    cause: tuple[str, ...] = ()
    keep: bool = False
    lapsed: bool = False
    bound: list[Outcome] = field(factory=list)
    done_at: Instant | None = None
    done_known: Instant | None = None
    done_count: int = 0
    due: Deadline = field(factory=Deadline)
    nth_at: Instant | None = None
    holds: int = 0
    overdue_at: Instant | None = None
    late_at: Instant | None = None
    stood_at: Instant | None = None
    cancelled_at: Instant | None = None
    note: str = ""
    missing: tuple[str, ...] = ()
    unblocked: Instant | None = None
    persons: tuple[tuple[str, tuple[str, ...]], ...] = ()
    branches: set[str] = field(factory=set)
    replaces: str = ""
    stood: Item | None = None

    @property
    def case_end(self) -> Instant | None:
        return None if self.keep else self.case.ended

    def gone_by(self, at: Instant) -> bool:
        """Whether it was cancelled or lapsed at an instant."""
        if self.cancelled_at is not None and self.cancelled_at <= at:
            return True
        return self.case_end is not None and self.case_end <= at

    def gone_before(self, at: Instant) -> bool:
        """Whether it was cancelled before an instant: an outcome of the instant at which its case ends still does it (I9)."""
        return self.gone_by(at - 1)

    def done_by(self, at: Instant) -> bool:
        return self.done_at is not None and self.done_at <= at

    @property
    def settled_at(self) -> Instant | None:
        """When it counts as done for its deadline: by the outcome's `at`, or with `done_by: known` when that was known."""
        return self.done_known if self.action.done_by == "known" else self.done_at


@define(eq=False)
class CaseView:
    """One case as its conditions see it."""

    run: CaseRun
    sweep: ItemSweep
    fired: dict[str, list[tuple[str, Instant]]] = field(factory=dict)
    last: dict[str, tuple[bool, Instant]] = field(factory=dict)
    items: list[ItemRun] = field(factory=list)
    needs: list[tuple[StagePlan, list[ItemRun]]] = field(factory=list)

    @property
    def opened(self) -> Instant:
        return self.run.opened

    def fired_at(self, stage: str) -> Instant | None:
        found = self.fired.get(stage.rsplit(".", 1)[-1])
        return found[-1][1] if found else None

    def seen(self, name: str, at: Instant) -> list[ItemRun]:
        """The newest occurrence of an item of this case that was opened before an instant."""
        found = [item for item in self.items if item.opened < at and not item.lapsed and names(name, item)]
        if not found:
            return []
        newest = max(enumerate(found), key=lambda pair: (pair[1].effective, pair[1].stage, pair[0]))[1]
        return [item for item in found if (item.effective, item.stage, item.occurrence) == (newest.effective, newest.stage, newest.occurrence)]

    def seen_anywhere(self, name: str, at: Instant) -> list[ItemRun]:
        return [item for item in self.sweep.items if item.opened < at and not item.lapsed and names(name, item)]

    def alone(self, name: str, at: Instant) -> list[Outcome]:
        action = name.rsplit(".", 1)[-1]
        return [outcome for outcome in self.sweep.alone if self.opened <= outcome.at <= at and action_of(outcome) == action]


def names(name: str, item: ItemRun) -> bool:
    """Whether `item`, `stage.item` or `ladder.stage.item` names an item."""
    parts = name.split(".")
    if parts[-1] != item.action.name:
        return False
    return len(parts) == 1 or parts[-2] == item.stage and (len(parts) == 2 or parts[-3] == item.case.ladder)


class ItemSweep:
    """All items of one policy for one student, derived forwards; `now` is the instant that decides."""

    def __init__(self, family: Family, history: History, matcher: Matcher, cases: CaseSweeps, moments: Moments, previous: State) -> None:
        self.family = family
        self.history = history
        self.matcher = matcher
        self.case_sweeps = cases
        self.moments = moments
        self.previous = previous
        # What is known only after one pass: ids held by this derivation, and items that come back.
        self.held_ids: frozenset[str] = frozenset()
        self.back: frozenset[str] = frozenset()
        self.views: list[CaseView] = []
        self._views: dict[int, CaseView] = {}
        self.items: list[ItemRun] = []
        self.active: list[ItemRun] = []
        self._moved = True
        self.by_id: dict[str, ItemRun] = {}
        self.by_action: dict[str, list[ItemRun]] = {}
        self.alone: list[Outcome] = []
        self.pending: list[Outcome] = []
        self.reports: list[tuple[str, Outcome]] = []
        self.bindings: dict[str, str] = {}
        self.periods: set[tuple[str, str, str]] = set()
        self.at: Instant | None = None
        self.now: Instant = 0
        self._overdue_now: list[ItemRun] = []
        self._done_now: list[ItemRun] = []
        self._fresh_items: list[ItemRun] = []
        self._fired_now: set[tuple[int, str]] = set()
        self._bound_now: dict[int, ItemRun | None] = {}
        self._outcome = 0

    # --- the sweep ---------------------------------------------------------------------------------------

    def advance(self, until: Instant, now: Instant) -> None:
        """Derive everything with an effective instant after the last one and not after `until`, decided at `now`."""
        self.now = now
        self._new_views()
        start = self._start(until)
        while start is not None and start <= until:
            after = self.at if self.at is not None else start - 1
            self._date(self.history.zone.date(start), after, until)
            start = self._following(self.history.zone.date(start), until)
        self.at = until

    def _new_views(self) -> None:
        for run in self.case_sweeps.cases:
            if id(run) not in self._views:
                self._views[id(run)] = view = CaseView(run, self)
                self.views.append(view)

    def _start(self, until: Instant) -> Instant | None:
        if self.at is None:
            starts = [view.opened for view in self.views] + [outcome.at for outcome in self.history.outcomes[:1]]
            return min(starts, default=None)
        return self._busy_from(self.at + 1, until)

    def _following(self, date: Date, until: Instant) -> Instant | None:
        return self._busy_from(self.history.zone.next_midnight(date), until)

    def _busy_from(self, at: Instant, until: Instant) -> Instant | None:
        """The first instant from `at` on at which something may happen here."""
        self.active = [item for item in self.active if (item.settled_at is None or item.settled_at > at) and not item.gone_by(at)]
        if self.active:
            return at
        starts = [max(view.opened, at) for view in self.views if view.run.ended is None or view.run.ended >= at]
        starts += [outcome.at for outcome in self.history.outcomes[self._outcome : self._outcome + 1]]
        later = [start for start in starts if start <= until]
        return max(at, min(later)) if later else None

    def _date(self, date: Date, after: Instant, until: Instant) -> None:
        self._moved = True
        while self._moved:
            self._moved = False
            for tick in ticks(self.history, self.family, date, after, until, self._own_instants(after, until)):
                self._tick(tick)
                after = tick.at
                if self._moved:
                    break  # an item came or changed, and its own instants with it

    def _own_instants(self, after: Instant, until: Instant) -> list[Instant]:
        """The instants that items and cases bring themselves: overdue, openings, ends, ends of windows."""
        found = [at for item in self.active if (at := self._overdue_candidate(item)) is not None]
        found += [at for item in self.active if (at := self._window_end(item)) is not None]
        found += [item.stood_at for item in self.active if item.stood_at is not None]
        for view in self.views:
            found.append(view.opened)
            if view.run.ended is not None:
                found.append(view.run.ended)
        return [at for at in found if after < at <= until]

    def _tick(self, tick: Tick) -> None:
        self._overdue_now, self._done_now, self._fired_now, self._bound_now = [], [], set(), {}
        self.pending = [outcome for outcome in self.pending if self.history.zone.date(outcome.at) == self.history.zone.date(tick.at)]
        self._outcomes(tick.at)
        self._done_when(tick)
        self._nths(tick)
        self._overdue(tick.at)
        self._hold(tick)
        self._never(tick.at)
        for view in self.views:
            if view.run.ended == tick.at and view.run.reason == "ends" and view.run.plan.ladder.ends is not None:
                self._fire(view, view.run.plan.ladder.ends, tick.at, "1", None)
        for view in self.views:
            if view.run.open_at(tick.at):
                self._needs(view, tick)
                self._stages(view, tick)
        self._reach(tick.at)
        self._overdue(tick.at)
        self._reach(tick.at)

    def moment(self, at: Instant, version: Version) -> Moment:
        sweep = next(iter(self.case_sweeps.ladders.values()))
        return self.moments.at(at, version, sweep.case_open)

    def _holds(self, condition: Condition, version: Version, at: Instant, asker: Asker) -> bool:
        return self.moment(at, version).holds(condition, self.matcher, asker)

    # --- stages ---------------------------------------------------------------------------------------------

    def _stages(self, view: CaseView, tick: Tick) -> None:
        for plan in view.run.plan_at(tick.at).stages:
            stage = plan.stage
            if stage.again is None and stage.name in view.fired:
                continue
            if not self._clock(view, plan.when, tick):
                continue
            now = self._holds(plan.when.condition, view.run.plan_at(tick.at).version, tick.at, Asker(view))
            for occurrence in self._occurrences(view, plan, tick, now):
                self._fire(view, stage, tick.at, occurrence, plan)
            view.last[stage.name] = (now, tick.at)

    def _clock(self, view: CaseView, condition: Judged, tick: Tick) -> bool:
        clocks = condition.clocks
        if tick.close and clocks.close or tick.mark and clocks.session:
            return True
        if tick.events and event_clock(clocks, tick):
            return True
        if clocks.fired and any((id(view), stage) in self._fired_now for stage in clocks.fired):
            return True
        if clocks.ladders and any(
            tick.at in (case.opened, case.ended) for ladder in clocks.ladders for case in self.case_sweeps.ladders[ladder].cases
        ):
            return True
        return bool(clocks.outcomes or clocks.overdue) and self._item_clock(view, condition, tick)

    def _item_clock(self, view: CaseView, condition: Judged, tick: Tick) -> bool:
        clocks = condition.clocks
        for event in tick.events:
            if isinstance(event, Outcome) and any(name.rsplit(".", 1)[-1] == action_of(event) for name in clocks.outcomes):
                item = self._bound_now.get(id(event))
                if item is None or item.case is view.run:
                    return True
        if any(names(name, item) for item in self._overdue_now for name in clocks.overdue):
            return True
        if any(item.case is view.run and names(name, item) for item in self._done_now for name in clocks.outcomes):
            return True
        if not tick.close:
            return False
        before = self._close_before(tick.at)
        return any(
            before <= item.opened < tick.at and names(name, item)
            for name in (*clocks.outcomes, *clocks.overdue) for item in self.by_action.get(name.rsplit(".", 1)[-1], ())
        )

    def _close_before(self, close: Instant) -> Instant:
        date = self.history.zone.date(close) - DAY
        return self.history.zone.instant(date, self.family.closes(date))

    def _occurrences(self, view: CaseView, plan: StagePlan, tick: Tick, now: bool) -> list[str]:
        """The numbers or periods for which a stage fires at this instant."""
        stage, at = plan.stage, tick.at
        fired = view.fired.get(stage.name, [])
        if stage.again is None:
            return ["1"] if now and not fired else []
        if stage.again.kind == "each":
            return self._each(view, stage, stage.again, at) if now else []
        if stage.again.kind == "further":
            return self._further(view, plan, stage.again, at) if now else []
        if not now:
            return []
        if stage.again.kind == "every":
            if fired and not tick.close:
                return []
            days = self.history.days(self.history.zone.date(at))
            number = int(self.moment(at, view.run.plan_at(at).version).number(stage.again.n))
            since = days.school_days_between(self.history.zone.date(fired[-1][1]), self.history.zone.date(at)) if fired else number
            return [str(len(fired) + 1)] if since >= number else []
        before, before_at = view.last.get(stage.name, (False, None))
        stands = before and before_at is not None and not self._tile_began(view, plan, before_at, at)
        if stands and not plan.became(self.moment(at, view.run.plan_at(at).version)):
            return []
        return [str(len(fired) + 1)]

    def _tile_began(self, view: CaseView, plan: StagePlan, before: Instant, at: Instant) -> bool:
        return self.case_sweeps.ladders[view.run.ladder].tile_began(view.run.plan_at(at), plan, before, at)

    def _each(self, view: CaseView, stage: Stage, again: Again, at: Instant) -> list[str]:
        date = self.history.zone.date(at)
        if again.unit == "school_day":
            if not self.history.days(date).is_school_day(date):
                return []
            key = date.isoformat()
            return [] if any(fired == key for fired, _ in view.fired.get(stage.name, [])) else [key]
        period = self.history.days(date).period(again.unit, date)
        if period is None or (view.run.ladder, stage.name, period[0]) in self.periods:
            return []
        self.periods.add((view.run.ladder, stage.name, period[0]))
        return [period[0]]

    def _further(self, view: CaseView, plan: StagePlan, again: Again, at: Instant) -> list[str]:
        comparison = next(part for part in _comparisons(plan.when.condition.expr) if isinstance(part.left, Term) and part.left.kind == "measure")
        moment = self.moment(at, view.run.plan_at(at).version)
        asker = Asker(view)
        value = moment.value(comparison.left, asker)  # type: ignore[arg-type]  # chosen above
        bound = moment.value(comparison.right, asker) if isinstance(comparison.right, Term) else getattr(comparison.right, "value", None)
        if value is None or bound is None:
            return []
        issued = max((int(n) for n, _ in view.fired.get(plan.stage.name, []) if n.isdigit()), default=0)
        reached = int((Fraction(value) - Fraction(bound)) // moment.number(again.n)) + 1  # type: ignore[arg-type]  # numbers, by the loader
        return [str(n) for n in range(issued + 1, reached + 1)]

    def _fire(self, view: CaseView, stage: Stage, at: Instant, occurrence: str, plan: StagePlan | None) -> None:
        view.fired.setdefault(stage.name, []).append((occurrence, at))
        self._fired_now.add((id(view), stage.name))
        missing = self._missing(view, stage, at)
        made = [item for action in stage.do for item in self._issue(view, action, at, stage.name, occurrence, keep=plan is None, missing=missing)]
        if missing and plan is not None and made:
            view.needs.append((StagePlan(stage, judged(stage.need, view.run.plan_at(at).version.policy), False), made))  # type: ignore[arg-type]  # something is missing only where `need` stands

    # --- need ---------------------------------------------------------------------------------------------------

    def _missing(self, view: CaseView, stage: Stage, at: Instant) -> tuple[str, ...]:
        if stage.need is None or self._holds(stage.need, view.run.plan_at(at).version, at, Asker(view)):
            return ()
        moment = self.moment(at, view.run.plan_at(at).version)
        found = [term.name or term.key for term in stage.need.terms if not moment.value(term, Asker(view))]
        return tuple(found) or (stage.need.text,)

    def _needs(self, view: CaseView, tick: Tick) -> None:
        for plan, made in list(view.needs):
            if not self._clock(view, plan.when, tick):
                continue
            missing = self._missing(view, plan.stage, tick.at)
            for item in made:
                if item.gone_by(tick.at):
                    continue
                item.missing = missing
                if not missing:
                    self._unblock(item, tick.at)
            if not missing:
                view.needs.remove((plan, made))

    def _unblock(self, item: ItemRun, at: Instant) -> None:
        kept = item.previous is not None and item.previous.status != "withdrawn" and item.previous.id not in self.back
        before = item.previous.unblocked if item.previous is not None and kept else None
        by_blocked_due = self._overdue_candidate(item)
        item.unblocked = before if before is not None else max(at, self.now)
        if item.action.counts_from == "event":
            item.unblocked = at
        if item.action.tells and not item.lapsed and not item.gone_by(item.unblocked):
            item.done_at = item.done_known = item.unblocked
        if by_blocked_due is not None and item.action.counts_from != "event" and at <= by_blocked_due < item.unblocked:
            item.stood_at = by_blocked_due  # learnt later: what the blocked time's overdue instant issued stands
        item.overdue_at = None
        self._set_due(item)

    # --- issuing ---------------------------------------------------------------------------------------------------

    def _issue(
        self, view: CaseView, action: Action, at: Instant, stage: str, occurrence: str, *,
        parent: ItemRun | None = None, branch: str = "", keep: bool = False, missing: tuple[str, ...] = (), cause: tuple[str, ...] = (),
    ) -> list[ItemRun]:
        version = parent.version if parent else view.run.plan_at(at).version
        if action.only_if is not None and not self._holds(action.only_if, version, at, Asker(view)):
            return []
        made = []
        for actor in self._actors(view, action, at, stage, occurrence, parent, branch):
            item = self._item(view, action, at, stage, occurrence, actor, parent, branch, keep)
            if item.id in self.by_id:
                continue  # overdue a second time, after an unblocking: what it issued the first time stands
            item.cause, item.missing = cause, missing
            view.items.append(item)
            self.items.append(item)
            self.active.append(item)
            self.by_action.setdefault(action.name, []).append(item)
            self._moved = True
            self.by_id[item.id] = item
            made.append(item)
            self._settle(view, item, at)
        return made

    def _settle(self, view: CaseView, item: ItemRun, at: Instant) -> None:
        action = item.action
        fresh = item.previous is None or item.previous.status in ("withdrawn", "lapsed")
        item.lapsed = fresh and not item.keep and item.case.ended is not None and item.case.ended <= self.now
        due = self._nth(item)
        if due is not None and self._came(item, due, item.effective):
            item.nth_at = self._first_nth(item, due)
        self._set_due(item)
        if action.tells and not item.lapsed and not item.missing:
            item.done_at = item.done_known = item.opened
            self._after_done(item, item.effective, ())
        if action.replaces:
            for other in view.items:
                if other is not item and names(action.replaces, other) and not other.done_by(at) and not other.gone_by(at):
                    other.cancelled_at, other.note = at, f"replaced by {item.action.path}"
        self._fresh_items.append(item)

    def _item(
        self, view: CaseView, action: Action, at: Instant, stage: str, occurrence: str, actor: str,
        parent: ItemRun | None, branch: str, keep: bool,
    ) -> ItemRun:
        case = view.run
        place = occurrence if parent is None and self._across(case, stage, at) else str(case.number)
        stem = f"{parent.id}/{branch}" if parent else f"{self.family.name}/{self.history.student}/{case.ladder}/{place}/{stage}/{occurrence}"
        item_id = f"{stem}/{action.name}/{actor}"
        previous = self._previous(item_id, case, stage, action, actor, occurrence, at, parent)
        item = ItemRun(
            action, case, parent.version if parent else case.plan_at(at).version, stage, occurrence, actor, item_id, at,
            self._opened(previous, at), parent, previous,
            keep=keep or action.keep or (parent is not None and parent.keep),
        )
        if previous is not None and previous.id != item_id:
            item.replaces = previous.id
        elif previous is not None:
            item.replaces = previous.replaces
        item.persons = previous.persons if previous is not None and item.opened == previous.opened else self._persons(action, item)
        return item

    def _across(self, case: CaseRun, stage: str, at: Instant) -> bool:
        found = next((plan.stage for plan in case.plan_at(at).stages if plan.stage.name == stage), None)
        return found is not None and found.again is not None and found.again.kind == "each" and found.again.unit != "school_day"

    def _previous(
        self, item_id: str, case: CaseRun, stage: str, action: Action, actor: str, occurrence: str, at: Instant, parent: ItemRun | None
    ) -> Item | None:
        found = self.previous.items.get(item_id)
        if found is not None and found.status not in ("withdrawn", "recall"):
            return found
        if parent is not None:
            old = self.previous.items.get(f"{parent.replaces}/{item_id[len(parent.id) + 1:]}") if parent.replaces and parent.replaces != parent.id else None
            return old if old is not None and old.effective == at and old.status not in ("withdrawn", "recall") else found
        for old in self.previous.items.values():
            if (
                (old.ladder, old.stage, old.action, old.actor, old.occurrence, old.effective) == (case.ladder, stage, action.name, actor, occurrence, at)
                and old.case != case.number and not old.parent and old.id not in self.held_ids
                and old.status not in ("withdrawn", "recall") and old.id not in self.previous.aliases
            ):
                return old
        return found

    def _opened(self, previous: Item | None, at: Instant) -> Instant:
        if previous is None or previous.status == "withdrawn" or previous.id in self.back:
            return max(at, self.now)
        return previous.opened

    # --- actors ---------------------------------------------------------------------------------------------------------

    def _actors(self, view: CaseView, action: Action, at: Instant, stage: str, occurrence: str, parent: ItemRun | None, branch: str) -> list[str]:
        """The actor part of the id of each item: the roles joined, or with `each` role/person."""
        who = action.by if action.by.entries else action.notify
        if not who.each:
            return [who.key]
        held = [
            old.actor for old in self.previous.items.values()
            if (old.case, old.ladder, old.stage, old.occurrence, old.action) == (view.run.number, view.run.ladder, stage, occurrence, action.name)
            and old.status not in ("withdrawn", "recall")
        ]
        if held:
            return held
        when = self.history.zone.date(max(at, self.now))
        found = [f"{entry.name}/{person}" for entry in who.entries for person in self.holders(entry, when, at)]
        return found or [entry.name for entry in who.entries]

    def _persons(self, action: Action, item: ItemRun, at: Instant | None = None) -> tuple[tuple[str, tuple[str, ...]], ...]:
        date = self.history.zone.date(item.opened if at is None else at)
        if action.by.each and "/" in item.actor:
            role, person = item.actor.split("/", 1)
            acting: list[tuple[str, tuple[str, ...]]] = [(f"by {role}", (person,))]
        else:
            acting = [(f"by {entry.name}", self.holders(entry, date, item.effective)) for entry in action.by.entries]
        told = [
            (f"{word} {entry.name}", self.holders(entry, date, item.effective))
            for word, who in (("to", action.to), ("notify", action.notify)) for entry in who.entries
        ]
        return tuple(acting + told)

    def _session_holders(self, role: str, date: Date, effective: Instant) -> tuple[str, ...]:
        """Who holds the session of an item: for `class/weekday/session`, `class/session`, or the whole class."""
        day = self.history.zone.date(effective)
        found = [session for session in self.history.sessions(day) if session.start <= effective]
        class_ = self.history.column("class", date)
        places = [f"{class_}/{WEEKDAYS[day.weekday()]}/{found[-1].period}", f"{class_}/{found[-1].period}"] if found else []
        holders = (self.history.shared.roster.holders(role, place, date) for place in (*places, class_))
        return next((held for held in holders if held), ())

    def holders(self, entry: Actor, date: Date, effective: Instant) -> tuple[str, ...]:
        """Who acts in a role for this student on a date; `student` and `parent` are the student's own."""
        version = self.family.at(date) or self.family.versions[-1]
        if entry.kind == "who_had":
            had = [item for item in self.items if item.action.name == entry.name and item.overdue_at is not None]
            latest = max(had, key=lambda item: item.overdue_at or 0, default=None)
            return tuple(person for who, persons in latest.persons if who.startswith("by ") for person in persons) if latest else ()
        role = version.policy.roles.get(entry.name)
        if role is not None and role.of == "session":
            return self._session_holders(entry.name, date, effective)
        if entry.kind == "above" and role is not None:
            return self.holders(Actor(role.above), date, effective) if role.above else ()
        if role is None or entry.name in ("student", "parent"):
            return ()
        of = self.history.student if role.of == "student" else self.history.column(role.of, date)
        return self.history.shared.roster.holders(entry.name, of, date)

    # --- deadlines --------------------------------------------------------------------------------------------------------

    def _set_due(self, item: ItemRun) -> None:
        action = item.action
        if action.due is None or action.tells:
            return
        self._moved = True
        version = item.version
        try:
            base = self._base(item)
        except Beyond:
            item.due = BEYOND
            return
        moment = self.moment(base, version)
        due = moment.due(action.due)
        ground = Ground(
            base, self.history.days(moment.date), version.policy.day.closes, moment.number,
            lambda measure, n: item.nth_at, action.if_no_school, action.if_in_break,
        )
        item.due = held(deadline(due, ground), due, item.holds, ground)

    def _base(self, item: ItemRun) -> Instant:
        if item.action.counts_from == "start of school day":
            date = self.history.zone.date(item.effective if item.unblocked is None else item.unblocked)
            days = self.history.days(date)
            date = days.on_school_day(date, "next") if days.covers(date) else date
            sessions = self.history.sessions(date)
            return sessions[0].start if sessions else item.effective
        if item.unblocked is not None:
            return item.unblocked
        return item.effective if item.action.counts_from == "event" else max(item.effective, item.opened)

    def late_from(self, item: ItemRun) -> tuple[Instant | None, Instant | None, str]:
        """The first late instant, the floor that holds it up, and the deadline as people read it."""
        found, due = item.due.late_from, item.due.due
        if found is None or item.action.counts_from == "event":
            return found, None, due
        zone = self.history.zone
        base = max(item.opened, item.unblocked or item.opened)
        if found <= base:
            date = zone.date(base)
            found, due = zone.next_midnight(date), date.isoformat()
        before = self.previous.items.get(item.id) or (self.previous.items.get(item.replaces) if item.replaces else None)
        if before is not None and (before.status in ("withdrawn", "recall") or before.opened != item.opened or before.unblocked != item.unblocked):
            before = None  # another due: nothing was moved
        floor = before.floor if before is not None else None
        if before is not None and before.status != "lapsed" and found <= self.now and (before.late_from is None or before.late_from > self.now):
            floor = zone.next_midnight(zone.date(self.now))
        if floor is not None and floor > found:
            return floor, floor, zone.date(floor - 1).isoformat()
        return found, floor, due

    def _overdue_candidate(self, item: ItemRun) -> Instant | None:
        """The overdue instant that is still to come or to be derived; None where there is none."""
        if item.overdue_at is not None or item.action.optional or item.lapsed or item.action.tells or item.due.late_from is None:
            return None
        settled = item.settled_at
        if settled is not None and item.action.done_by == "at":
            return None
        late, _, _ = self.late_from(item)
        if late is None:
            return None
        base = max(item.opened, item.unblocked or item.opened)
        at = late if late > base else base + 1
        return None if item.gone_by(at) or settled is not None and settled <= at else at

    def _overdue(self, at: Instant) -> None:
        for item in list(self.active):
            due = self._overdue_candidate(item)
            # It may lie before this instant: an nth that came with it, or an effect or an evidence that moved past it.
            reached = due is not None and due <= at
            if reached or item.stood_at == at and item.done_at is None and not item.gone_by(at):
                item.late_at = item.late_at or at
                self._overdue_now.append(item)
                if reached:
                    item.overdue_at = due
                view = self.view_of(item)
                for action in item.action.if_overdue:
                    when = max(due or at, item.effective) if reached else at
                    self._issue(view, action, when, item.stage, item.occurrence, parent=item, branch="overdue", keep=item.keep)

    def view_of(self, item: ItemRun) -> CaseView:
        return self._views[id(item.case)]

    def _hold(self, tick: Tick) -> None:
        if not tick.close:
            return
        for item in self.active:
            hold = item.action.hold
            if hold is None or item.done_at is not None or item.gone_by(tick.at) or tick.at <= item.opened:
                continue
            late, _, _ = self.late_from(item)
            if late is not None and tick.at < late and self._holds(hold, item.version, tick.at, Asker(self.view_of(item))):
                item.holds += 1
                self._set_due(item)

    # --- the nth ------------------------------------------------------------------------------------------------------------

    def _nth(self, item: ItemRun) -> Nth | None:
        if item.action.due is None:
            return None
        due = self.moment(item.effective, item.version).due(item.action.due)
        return due if isinstance(due, Nth) else None

    def _nths(self, tick: Tick) -> None:
        for item in self.active:
            if item.due.note == "no due yet" and item.nth_at is None and item.done_at is None and not item.gone_by(tick.at) and item.effective <= tick.at:
                due = self._nth(item)
                if due is not None and (tick.close or tick.mark) and self._came(item, due, tick.at):
                    item.nth_at = tick.at
                    self._set_due(item)

    def _came(self, item: ItemRun, due: Nth, at: Instant) -> bool:
        version = item.version
        measure = version.policy.measures[due.measure]
        moment = self.moment(at, version)
        view = View(self.history, version.policy, version.codes, at, moment.today, moment.date)
        begun, judged_on = self.history.zone.date(item.effective), moment.today if measure.by_day else moment.date
        if any(tile_key(tile, view, begun, moment.number) != tile_key(tile, view, judged_on, moment.number) for tile in measure.tiles):
            return False
        value = moment.measured(due.measure, Asker(self.view_of(item))).value
        return value is not None and value >= moment.number(due.n)

    def _first_nth(self, item: ItemRun, due: Nth) -> Instant:
        """The first clock, at or before the item's own, at which the measure was at n already."""
        zone = self.history.zone
        date = zone.date(item.effective)
        found = item.effective
        earliest = min(self.history.notable, default=date.toordinal())
        while date.toordinal() >= earliest:
            for tick in reversed(ticks(self.history, self.family, date, -(2**62), found - 1)):
                if not (tick.close or tick.mark):
                    continue
                if not self._came(item, due, tick.at):
                    return found
                found = tick.at
            date -= DAY
        return found

    def _window_end(self, item: ItemRun) -> Instant | None:
        if item.due.note != "no due yet" or item.nth_at is not None or item.done_at is not None or item.cancelled_at is not None:
            return None
        due = self._nth(item)
        if due is None:
            return None
        version = item.version
        measure = version.policy.measures[due.measure]
        date = self.history.zone.date(item.effective)
        moment = self.moment(item.effective, version)
        days = self.history.days(date)
        ends = []
        for tile in measure.tiles:
            found = days.period(tile.unit, date) if tile.kind == "period" else days.tile(moment.number(tile.n), tile.unit, date)
            if found is not None:
                ends.append(self.history.zone.next_midnight(found[2]))
        return min(ends, default=None)

    def _never(self, at: Instant) -> None:
        for item in self.active:
            if self._window_end(item) == at and not item.gone_by(at):
                item.cancelled_at, item.note = at, "due never came"

    # --- outcomes --------------------------------------------------------------------------------------------------------------

    def _outcomes(self, at: Instant) -> None:
        """Bind the outcomes of this instant, in order."""
        outcomes = self.history.outcomes
        while self._outcome < len(outcomes) and outcomes[self._outcome].at <= at:
            outcome = outcomes[self._outcome]
            self._outcome += 1
            self._bound_now[id(outcome)] = self._bind(outcome)

    def _bind(self, outcome: Outcome) -> ItemRun | None:
        item, cancelled = self._by_id(outcome)
        if item is None and outcome.action and not cancelled:
            item = self._by_action(outcome)
        if item is not None:
            self._give(item, outcome)
            return item
        self.alone.append(outcome)
        if not cancelled:
            self.pending.append(outcome)
        return None

    def _by_id(self, outcome: Outcome) -> tuple[ItemRun | None, bool]:
        name = outcome.item
        if not name:
            return None, False
        while name in self.previous.aliases:
            name = self.previous.aliases[name]
        item = self.by_id.get(name)
        if item is None:
            if name not in self.previous.items:
                self.reports.append(("unknown-item", outcome))
            return None, False
        kept = self.previous.bindings.get(outcome_key(outcome)) == name
        if not kept and self.history.zone.date(outcome.at) < self.history.zone.date(item.effective):
            return None, False
        if item.gone_before(outcome.at) and not kept:
            self.reports.append(("for-cancelled", outcome))
            return None, True
        return item, False

    def _by_action(self, outcome: Outcome) -> ItemRun | None:
        found = [
            item for item in self.by_action.get(outcome.action, ())
            if item.effective < outcome.at and item.done_at is None and not item.action.tells
            and not item.gone_before(outcome.at)
        ]
        return min(found, key=self._due_first, default=None)

    def _reach(self, at: Instant) -> None:
        """Outcomes of the same date that came before the new items, or had done them before, reach forward to them (section 6)."""
        while self._fresh_items:
            fresh, self._fresh_items = self._fresh_items, []
            for outcome in list(self.alone):
                item = self._reached(outcome, fresh, at)
                if item is not None:
                    if outcome in self.pending:
                        self.pending.remove(outcome)
                    self.alone.remove(outcome)
                    self._give(item, outcome)

    def _reached(self, outcome: Outcome, fresh: list[ItemRun], at: Instant) -> ItemRun | None:
        near = outcome in self.pending and outcome.at <= at
        name = self._resolved(outcome.item)
        if name in self.by_id:
            named = next((item for item in fresh if item.id == name), None)
            kept = named is not None and self.previous.bindings.get(outcome_key(outcome)) == named.id
            return named if near or kept else None
        if not near or not outcome.action:
            return None
        owed = [item for item in fresh if item.action.name == outcome.action and item.done_at is None and not item.action.tells]
        return min(owed, key=self._due_first, default=None)

    def _due_first(self, item: ItemRun) -> tuple[Instant, str]:
        late, _, _ = self.late_from(item)
        return 2**62 if late is None else late, item.id

    def _resolved(self, name: str) -> str:
        while name in self.previous.aliases:
            name = self.previous.aliases[name]
        return name

    def _give(self, item: ItemRun, outcome: Outcome) -> None:
        item.bound.append(outcome)
        item.stood = None
        self.bindings[outcome_key(outcome)] = item.id
        effective = max(item.effective, outcome.at)
        cause = (outcome.id,) if outcome.id else ()
        for result, branch in item.action.if_outcome:
            if outcome.result == result and result not in item.branches:
                item.branches.add(result)
                for action in branch:
                    view = self.view_of(item)
                    self._issue(view, action, effective, item.stage, item.occurrence, parent=item, branch=f"on/{result}", keep=item.keep, cause=cause)
        if outcome.done and item.done_at is None:
            item.done_count += outcome.times
            if item.done_count >= item.action.times:
                item.done_at, item.done_known = outcome.at, outcome.known
                self._after_done(item, effective, cause)

    def _after_done(self, item: ItemRun, effective: Instant, cause: tuple[str, ...]) -> None:
        for action in item.action.then:
            self._issue(self.view_of(item), action, effective, item.stage, item.occurrence, parent=item, branch="then", keep=item.keep, cause=cause)

    def _done_when(self, tick: Tick) -> None:
        for item in list(self.active):
            condition = item.action.done_when
            if condition is None or item.done_at is not None or tick.at <= item.effective:
                continue
            if item.gone_by(tick.at) and not (item.case_end == tick.at and item.cancelled_at is None):
                continue
            version = item.version
            view = self.view_of(item)
            if self._clock(view, judged(condition, version.policy), tick) and self._holds(condition, version, tick.at, Asker(view, since=item.effective)):
                item.done_at = item.done_known = tick.at
                self._done_now.append(item)
                self._after_done(item, tick.at, ())

    # --- what stands ---------------------------------------------------------------------------------------------------------------

    def came_back(self, now: Instant) -> frozenset[str]:
        """Items that were lapsed, or cancelled before they were late, and are neither now: they are opened anew (I2)."""
        return frozenset(
            item.previous.id for item in self.items
            if item.previous is not None and (item.previous.status == "lapsed" or item.previous.status == "cancelled" and item.previous.overdue_at is None)
            and (item.case.ended is None or item.case.ended > now) and self.stand(item, now).status not in ("cancelled", "lapsed")
        )

    def unbound(self) -> list[Outcome]:
        """Outcomes that did an item before and stand alone now: listed for a person."""
        return [outcome for outcome in self.alone if outcome_key(outcome) in self.previous.bindings]

    def reassign(self, now: Instant) -> None:
        """Open items that say `reassign` follow their roles to new holders."""
        for item in self.active:
            if item.action.reassign and item.done_at is None and not item.gone_by(now):
                item.persons = self._persons(item.action, item, now)

    def stand(self, item: ItemRun, now: Instant) -> Item:
        """The item as it stands at the deciding instant."""
        if item.stood is not None:
            return item.stood
        found = self._stand(item, now)
        if found.status in ("done", "done late", "cancelled", "lapsed"):
            item.stood = found  # INVARIANT: nothing forward of here changes it; a fact in its past derives everything anew
        return found

    def _stand(self, item: ItemRun, now: Instant) -> Item:
        late, floor, due = self.late_from(item)
        action = item.action
        already = action.counts_from == "event" and late is not None and late <= item.opened
        return Item(
            item.id, self.family.name, item.version.policy.version, action.path, item.case.ladder, item.case.number, item.stage,
            action.name, item.actor, item.occurrence, item.effective, item.opened, item.parent.id if item.parent else "", due, late,
            item.overdue_at if item.overdue_at is not None and item.overdue_at <= now else None, floor, self._status(item, late, now),
            item.bound[-1].result if item.bound else "", item.done_at, item.missing, item.unblocked, item.persons,
            self._note(item, already, now), item.replaces,
        )

    def _note(self, item: ItemRun, already: bool, now: Instant) -> str:
        if not already and not item.note and item.due.note == "no due yet" and item.done_at is None and item.gone_by(now):
            return "due never came"
        return "already past" if already else item.note or item.due.note

    def _status(self, item: ItemRun, late: Instant | None, now: Instant) -> str:
        if item.lapsed and item.done_at is None:
            return "lapsed"
        if item.done_at is not None and item.done_at <= now:
            judged_at = item.done_known if item.action.done_by == "known" else item.done_at
            return "done" if late is None or item.action.tells or (judged_at or 0) < late else "done late"
        if item.gone_by(now):
            return "lapsed" if self._fresh(item) else "cancelled"
        if item.missing:
            return "blocked"
        return "overdue" if item.overdue_at is not None and item.overdue_at <= now else "open"

    def _fresh(self, item: ItemRun) -> bool:
        before = self.previous.items.get(item.id) or (self.previous.items.get(item.replaces) if item.replaces else None)
        return before is None or before.status in ("withdrawn", "lapsed")

    def wakes(self, now: Instant) -> list[Instant]:
        """The instants after `now` at which something of its own accord may change here."""
        found = [at for item in self.active if (at := self._overdue_candidate(item)) is not None and at > now]
        found += [at for item in self.active if (at := self._window_end(item)) is not None and at > now]
        return found

    @property
    def watching(self) -> bool:
        """Whether an item must be looked at every close: it is blocked, held, waits for the nth or for facts."""
        return any(
            item.done_at is None and not item.gone_by(self.at or 0)
            and (item.missing or item.action.hold is not None or item.action.done_when is not None or item.due.note == "no due yet")
            for item in self.active
        )


def outcome_key(outcome: Outcome) -> str:
    """What an outcome is known by in bindings."""
    return outcome.id or f"{outcome.at}/{outcome.item}/{outcome.action}/{outcome.known}"


def _comparisons(expr: object) -> list[Compare]:
    if isinstance(expr, Compare):
        return [expr]
    parts: Sequence[object] = getattr(expr, "parts", ())
    return [found for part in parts for found in _comparisons(part)]
