"""Cases: when they open and end, from facts alone, and how they are numbered (SEMANTICS, sections 4 and 9.4)."""

from __future__ import annotations

import bisect
import datetime
import itertools
from collections.abc import Callable, Collection, Iterable

from attrs import define, field

from .clocks import Clocks, Watch
from .conditions import NONE, Value
from .events import Event, Flag, Outcome, Status
from .family import Family, Judged, LadderPlan, StagePlan, Version
from .history import SLOTS, TURNING, History
from .ledger import Case
from .matcher import Matcher
from .measures import View, tile_key
from .terms import FACTS, Asker, Moment, RateOf, concerns, no_rate
from .times import DAY, NEVER, Instant

Date = datetime.date


@define(eq=False)
class CaseRun:
    """A case as it is derived; `plan` is the ladder of the version that it runs under now, `earlier` those before it moved."""

    ladder: str
    plan: LadderPlan
    opened: Instant
    opened_by: str
    ended: Instant | None = None
    reason: str = ""
    number: int = 0
    lasts_until: Instant | None = None
    earlier: list[tuple[Instant, LadderPlan]] = field(factory=list)

    def plan_at(self, at: Instant) -> LadderPlan:
        """The ladder of the version that it ran under at an instant."""
        return next((plan for until, plan in self.earlier if at < until), self.plan)

    def open_at(self, at: Instant) -> bool:
        return self.opened <= at and (self.ended is None or at < self.ended)


@define
class Tick:
    """One effective instant of a date: what makes it a clock; said: of a close, the codes of the date's marks."""

    at: Instant
    date: Date
    close: bool = False
    codes: tuple[str, ...] = ()
    said: list[str] = field(factory=list)
    events: list[Event] = field(factory=list)

    def only(self, codes: frozenset[str] | None) -> bool:
        """Whether the marks that it is of, or a close closes, have these codes alone."""
        return codes is not None and codes.issuperset(self.codes) and codes.issuperset(self.said)

    def has(self, codes: frozenset[str]) -> bool:
        """Whether a session starts then that has a mark of one of these codes."""
        return not codes.isdisjoint(self.codes)


def ticks(history: History, family: Family, date: Date, after: Instant, until: Instant, extra: Iterable[Instant] = ()) -> list[Tick]:
    """The instants of one date that lie after `after` and not after `until`, in order."""
    found: dict[Instant, Tick] = {}
    said: list[str] = []
    close = history.zone.instant(date, family.closes(date))
    if after < close <= until and history.days(date).covers(date) and not history.awaited(date, close):
        found[close] = Tick(close, date, close=True, said=said)
    for session in history.sessions(date):
        if session.start <= until and (mark := history.marked(session)) is not None:
            said.append(mark.code)
            if session.start > after:
                tick = found.setdefault(session.start, Tick(session.start, date))
                tick.codes = (*tick.codes, mark.code)
    for event in history.dated.get(date.toordinal(), ()):
        at: Instant = event.at  # type: ignore[union-attr]  # only dated facts stand here
        if after < at <= until and not history.elsewhere(event, family.name):
            found.setdefault(at, Tick(at, date)).events.append(event)
    for at in extra:
        if after < at <= until and history.zone.date(at) == date:
            found.setdefault(at, Tick(at, date))
    return [found[at] for at in sorted(found)]


def clock_holds(judged: Judged, tick: Tick) -> bool:
    """Whether a tick is a clock of a condition, as far as facts go."""
    clocks = judged.clocks
    if tick.close and clocks.close or tick.has(clocks.heard):
        return True
    if not tick.events:
        return False
    return event_clock(clocks, tick) or bool(clocks.outcomes) and any(
        isinstance(event, Outcome) and concerns(event, name, clocks.policy) for event in tick.events for name in clocks.outcomes
    )


def event_clock(clocks: Clocks, tick: Tick) -> bool:
    """Whether an event of a tick is a clock of its own: a status, a flag, a document, an outcome that `times` counts."""
    for event in tick.events:
        if isinstance(event, Status):
            if clocks.statuses:
                return True
        elif isinstance(event, Flag):
            if event.flag in clocks.flags:
                return True
        elif isinstance(event, Outcome):
            if any(concerns(event, name, clocks.policy) for name in clocks.events):
                return True
        elif clocks.events and getattr(event, "document", None) in clocks.events:
            return True
    return False


class Moments:
    """The last few instants that were asked about, so that a measure is read once for all who ask."""

    def __init__(self, history: History, rate: RateOf = no_rate) -> None:
        self.history = history
        self.rate = rate
        self._kept: dict[tuple[Instant, int], Moment] = {}

    def at(self, at: Instant, version: Version, open_case: Callable[[str, Instant], bool]) -> Moment:
        key = at, id(version)
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) > 16:
                self._kept.clear()
            found = self._kept[key] = Moment(self.history, version.policy, version.codes, at, open_case, self.rate)
        return found

    def forget(self) -> None:
        self._kept.clear()


class LadderSweep:
    """One ladder of one student, judged forwards from instant to instant; nothing is ever judged twice."""

    def __init__(
        self, name: str, family: Family, history: History, matcher: Matcher, moments: Moments, sweeps: dict[str, LadderSweep]
    ) -> None:
        self.name = name
        self.moments = moments
        self.family = family
        self.history = history
        self.matcher = matcher
        self.sweeps = sweeps
        self.cases: list[CaseRun] = []
        self.open: CaseRun | None = None
        self.last: dict[str, tuple[bool, Instant]] = {}
        # Stages that were not judged at clocks of theirs, since a case was open: what they were is found again when it matters.
        self.skipped: set[str] = set()
        self._kept: dict[int, tuple[Date, bool]] = {}
        self.version: Version | None = None
        # Every clock up to this instant is judged, whatever comes in: the first close after something that alone can open a case.
        self.watched: Instant = -NEVER
        self.closed: Date | None = None

    def moment(self, at: Instant, plan: LadderPlan) -> Moment:
        return self.moments.at(at, plan.version, self.case_open)

    def case_open(self, ladder: str, at: Instant) -> bool:
        """Whether another ladder of the student has a case open at an instant."""
        return any(case.open_at(at) for case in self.sweeps[ladder].cases)

    def restless(self, date: Date, at: Instant, version: Version) -> bool:
        """Whether ordinary presence or time alone could open a case: a `where` that only facts change may say that it cannot."""
        plan = version.ladders.get(self.name)
        if plan is None or plan.quiet or plan.settles and self._settled(date):
            return False
        if plan.where_still and not self._where(plan, at):
            return False
        if not plan.where_still and any(stage.opens and self.moment(at, plan).holds(stage.when.condition, self.matcher, FACTS) for stage in plan.stages):
            return True  # it opens a case as soon as `where` comes true, or comes true again
        return any(self._may_open(plan, watch, at) for watch in plan.watches)

    def _may_open(self, plan: LadderPlan, watch: Watch, at: Instant) -> bool:
        """Whether a stage may come true though no fact comes in: a guard that is not true says that it cannot."""
        if watch.falls and watch.stage not in self.skipped and not self.last.get(watch.stage, (False, at))[0]:
            return False
        return watch.guard is None or self.moment(at, plan).holds(watch.guard, self.matcher, FACTS)

    def _settled(self, date: Date) -> bool:
        """Whether a close was judged since the last row of the roster began to hold."""
        closed, bounds = self.closed, self.history.bounds()
        return closed is not None and bisect.bisect_right(bounds, closed) >= bisect.bisect_right(bounds, date)

    def extra(self, date: Date) -> list[Instant]:
        """Midnights at which an open case may end or move to another version."""
        if self.open is None:
            return []
        midnights = [self.open.lasts_until] if self.open.lasts_until is not None else []
        return midnights + [self.history.zone.midnight(version.policy.start) for version in self.family.versions if version.policy.start == date]

    def passes(self, tick: Tick, version: Version | None) -> bool:
        """Whether nothing is judged at an instant of a version: it is but a session whose marks no condition hears, or a close that finds all as it was."""
        plan = version.ladders.get(self.name) if version is not None and version is self.version else None
        if plan is None or plan.hears_cases:
            return False
        case = self.open
        if tick.events and (plan.outcomes or case is not None and case.plan.outcomes or not all(isinstance(event, Outcome) for event in tick.events)):
            return False
        if case is None:
            if not tick.close and not tick.has(plan.heard):
                return True
            return (tick.close and plan.rests or tick.only(plan.mute_at_closes if tick.close else plan.mute_at_marks)) and self._at_rest(tick)
        return not (tick.close or tick.has(case.plan.heard) or tick.has(plan.heard) or case.lasts_until is not None and tick.at >= case.lasts_until)

    def _at_rest(self, tick: Tick) -> bool:
        """Whether nothing alone can turn what is judged at an instant but what this brings."""
        return tick.at > self.watched and self._settled(tick.date)

    def judge(self, tick: Tick) -> None:
        """Everything of one instant: migrate, end, open."""
        date = tick.date
        version = self.family.at(date)
        if version is not self.version:
            self._catch_up(version, tick.at)
            self.version = version
        if self.open is not None:
            self._migrate(tick)
            self._maybe_end(tick)
        plan = version.ladders.get(self.name) if version else None
        if plan is None:
            self._forget(tick.at)
            return
        if version is not None and version.policy.start == date:
            self.begin(date)
        if tick.events:
            if self._where_asked(plan, tick):
                self._judge_where(plan, tick.at)
            if any(isinstance(event, TURNING) for event in tick.events):
                self.watch(tick.at)  # a `where` or a stage may hear it at the next close alone
        self._judge_stages(plan, tick)
        if tick.close:
            self.closed = date

    def _catch_up(self, version: Version | None, at: Instant) -> None:
        """Before another version is in force: what was skipped, or true, gets the value that it had at its last clock (J1, J2)."""
        if self.version is None or self.name not in self.version.ladders:
            return
        if version is not None and not self._goes_on(self.version, version):
            self._forget(at)
            self.skipped.clear()
            return
        end = self.version.policy.end
        over = at if end is None else min(at, self.history.zone.next_midnight(end))
        for stage in self.version.ladders[self.name].stages:
            name = stage.stage.name
            value, judged_at = self.last.get(name, (False, -NEVER))
            clock = self._clock_before(stage, over) if stage.when.clocks.close and (value or name in self.skipped) else None
            if clock is not None and clock > judged_at:
                self.last[name] = self._value_at(stage, clock), clock

    def _goes_on(self, before: Version, after: Version) -> bool:
        """Whether the ladder was in force on every date from one version to another."""
        versions = self.family.versions
        between = versions[versions.index(before) : versions.index(after) + 1]
        return all(
            self.name in later.ladders and earlier.policy.end is not None and later.policy.start == earlier.policy.end + DAY
            for earlier, later in itertools.pairwise(between)
        )

    def _judge_where(self, plan: LadderPlan, at: Instant) -> None:
        """While `where` is false every stage counts as false (section 4)."""
        if self._where(plan, at):
            self.watch(at)
        else:
            self._forget(at)

    def _forget(self, at: Instant) -> None:
        names = {plan.stage.name for version in self.family.versions if self.name in version.ladders for plan in version.ladders[self.name].stages}
        self.last = dict.fromkeys(names, (False, at))

    def begin(self, date: Date) -> None:
        """A version or a row begins: its first clocks may find true what was false, but of one of whom only ordinary presence is known."""
        version = self.family.at(date)
        plan = version.ladders.get(self.name) if version is not None else None
        if plan is None or not plan.quiet or self.history.notable or self.history.dated:
            self.watch(self.history.zone.midnight(date))

    def watch(self, at: Instant) -> None:
        """Judge everything up to the first close after `at`."""
        date = self.history.zone.date(at)
        date = max(date, self.history.days(date).first)  # before the calendar begins nothing closes
        close = self.history.zone.instant(date, self.family.closes(date))
        self.watched = max(self.watched, close if close > at else self.history.zone.instant(date + DAY, self.family.closes(date + DAY)))

    # --- ending ---------------------------------------------------------------------------------------

    def _migrate(self, tick: Tick) -> None:
        case = self.open
        assert case is not None
        version = self.family.at(tick.date)
        if version is not None and version is not case.plan.version and version.policy.on_change == "migrate" and self.name in version.ladders:
            case.earlier.append((tick.at, case.plan))
            case.plan = version.ladders[self.name]
            case.lasts_until = self._lasts_until(case.plan, case.opened)

    def _maybe_end(self, tick: Tick) -> None:
        case = self.open
        assert case is not None
        if tick.at <= case.opened:
            return
        plan = case.plan
        if plan.ends is not None and clock_holds(plan.ends, tick) and self._ends(case, tick.at):
            self._end(case, tick.at, "ends")
        elif case.lasts_until is not None and tick.at >= case.lasts_until:
            self._end(case, tick.at, "lasts")
            self._forget(tick.at)
            self.watch(tick.at)
            self.skipped.clear()
        elif self._where_asked(plan, tick) and not self._where(plan, tick.at):
            self._end(case, tick.at, "where")

    def _ends(self, case: CaseRun, at: Instant) -> bool:
        assert case.plan.ends is not None
        asker = Asker(_Opened(case.opened), since=case.opened, ends=lambda name, now: self._ends_outcome(case, name, now))
        return self.moment(at, case.plan).holds(case.plan.ends.condition, self.matcher, asker)

    def _ends_outcome(self, case: CaseRun, name: str, at: Instant) -> Value:
        found = [outcome for outcome in self.history.outcomes if case.opened <= outcome.at <= at and self._heard(outcome, name)]
        return (found[-1].result or NONE) if found else None

    def _heard(self, outcome: Outcome, name: str) -> bool:
        return concerns(outcome, name, self.family.name) and not self.history.elsewhere(outcome, self.family.name)

    def _end(self, case: CaseRun, at: Instant, reason: str) -> None:
        case.ended, case.reason = at, reason
        self.open = None
        for name in self.family.asking:
            self.sweeps[name].watch(at)  # it may hear this at the next close alone

    def _where_asked(self, plan: LadderPlan, tick: Tick) -> bool:
        if tick.close:
            return True
        return any(
            isinstance(event, Status) and plan.where_statuses or isinstance(event, Flag) and event.flag in plan.where_flags
            for event in tick.events
        )

    def _where(self, plan: LadderPlan, at: Instant) -> bool:
        expr = plan.where.condition.expr
        if getattr(expr, "name", "") == "enrolled" and getattr(expr, "kind", "") == "status":
            return self.history.enrolled(at)
        if plan.where_turns:
            return self._kept_where(plan, at)
        return self.moment(at, plan).holds(plan.where.condition, self.matcher, FACTS)

    def _kept_where(self, plan: LadderPlan, at: Instant) -> bool:
        """A `where` that only events and the roster turn: asked once of a student about whom there are none, from the last row on."""
        date = self.history.zone.date(at)
        known = self._kept.get(id(plan))
        if known is not None and known[0] <= date and not self.history.dated and not self.history.edits:
            return known[1]
        found = self.moment(at, plan).holds(plan.where.condition, self.matcher, FACTS)
        last = max(self.history.bounds(), default=Date.min)
        if last <= date:
            self._kept[id(plan)] = last, found
        return found

    # --- opening ----------------------------------------------------------------------------------------

    def ask(self, date: Date) -> None:
        """Ask every stage that may open a case at a close, though it may be known what it comes to: of a matcher that notes answers."""
        version, at = self.family.at(date), self.history.zone.instant(date, self.family.closes(date))
        plan = version.ladders.get(self.name) if version is not None else None
        if plan is not None and self._where(plan, at):
            for stage in plan.stages:
                if stage.opens and stage.when.clocks.close:
                    self.moment(at, plan).holds(stage.when.condition, self.matcher, FACTS)

    def _judge_stages(self, plan: LadderPlan, tick: Tick) -> None:
        moment: Moment | None = None
        opener = ""
        where: bool | None = None
        rests = self.open is None and not tick.events and self._at_rest(tick)
        for stage in plan.stages:
            clocks = stage.when.clocks
            if not stage.opens or not clock_holds(stage.when, tick) and not (clocks.ladders and self._case_clock(clocks, tick)):
                continue
            if self.open is not None and clocks.lazy:
                self.skipped.add(stage.stage.name)
                continue
            if rests and tick.only(stage.mute):
                continue
            moment = moment or self.moment(tick.at, plan)
            became = stage.became(moment)
            if where is None:
                where = self._where(plan, tick.at)
            now = where and moment.holds(stage.when.condition, self.matcher, FACTS)
            after = where and moment.holds_on(stage.when.condition, self.matcher, FACTS) if became else now
            if now and self.open is None and not opener and (became or not self._before(plan, stage, tick.at)):
                opener = stage.stage.name
            self.last[stage.stage.name] = (after, tick.at)
            self.skipped.discard(stage.stage.name)
        if opener:
            self._open(plan, tick.at, opener)

    def _case_clock(self, clocks: Clocks, tick: Tick) -> bool:
        return any(tick.at in (case.opened, case.ended) for ladder in clocks.ladders for case in self.sweeps[ladder].cases[-2:])

    def _open(self, plan: LadderPlan, at: Instant, opener: str) -> None:
        case = CaseRun(self.name, plan, at, opener, lasts_until=self._lasts_until(plan, at))
        self.cases.append(case)
        self.open = case

    def _lasts_until(self, plan: LadderPlan, at: Instant) -> Instant | None:
        if not plan.ladder.lasts:
            return None
        date = self.history.zone.date(at)
        days = self.history.days(date)
        period = days.period(plan.ladder.lasts, date)
        if period is None:
            later = [term.start for term in days.terms if term.start > date]
            period = days.period(plan.ladder.lasts, later[0]) if later else None
        return self.history.zone.next_midnight(period[2] if period else days.last)

    def _before(self, plan: LadderPlan, stage: StagePlan, at: Instant) -> bool:
        """The stage's value when it was last judged, found again where judging was skipped (J2)."""
        value, judged_at = self.last.get(stage.stage.name, (False, None))
        skipped = stage.stage.name in self.skipped
        if judged_at is None and not skipped:
            return False
        if stage.when.clocks.close and (value or skipped):
            clock = self._clock_before(stage, at)
            ours = clock is not None and self.family.at(self.history.zone.date(clock)) is plan.version  # else another stage of its name was judged
            if clock is not None and ours and (judged_at is None or clock > judged_at):
                value, judged_at = self._value_at(stage, clock), clock
        if value and judged_at is not None:
            failed = not stage.when.clocks.close and self._where_failed(judged_at, at)
            return not failed and not self.tile_began(plan, stage, judged_at, at)
        return value

    def _where_failed(self, after: Instant, before: Instant) -> bool:
        """Whether `where` was false at a close between two instants: a stage that is not judged at closes counts as false from then on."""
        zone, date, last = self.history.zone, self.history.zone.date(after), self.history.zone.date(before)
        while date <= last:
            close = zone.instant(date, self.family.closes(date))
            if after < close < before and self.history.days(date).covers(date):
                version = self.family.at(date)
                plan = version.ladders.get(self.name) if version is not None else None
                if plan is None or not self._where(plan, close):
                    return True
            date += DAY
        return False

    def _clock_before(self, stage: StagePlan, at: Instant) -> Instant | None:
        zone = self.history.zone
        date = zone.date(at)
        close = zone.instant(date, self.family.closes(date))
        if close >= at:
            close = zone.instant(date - DAY, self.family.closes(date - DAY))
        if stage.when.clocks.session:
            for session in reversed(self.history.sessions(date)):
                mark = self.history.marked(session)
                if close < session.start < at and mark is not None and mark.code in stage.when.clocks.heard:
                    return session.start
        return close if self.history.days(date).covers(zone.date(close)) else None

    def _value_at(self, stage: StagePlan, at: Instant) -> bool:
        version = self.family.at(self.history.zone.date(at))
        plan = version.ladders.get(self.name) if version else None
        if plan is None or not self._where(plan, at):
            return False
        found = next((other for other in plan.stages if other.stage.name == stage.stage.name), None)
        return found is not None and self.moment(at, plan).holds_on(found.when.condition, self.matcher, FACTS)

    def tile_began(self, plan: LadderPlan, stage: StagePlan, before: Instant, at: Instant) -> bool:
        if not stage.when.tiles:
            return False
        zone = self.history.zone
        then, now = zone.date(before), zone.date(at)
        if then == now:
            return False
        moment = self.moment(at, plan)
        view = View(self.history, plan.version.policy, plan.version.codes, at, moment.today, now)
        return any(tile_key(tile, view, then, moment.number) != tile_key(tile, view, now, moment.number) for tile in stage.when.tiles)


@define(eq=False)
class _Opened:
    """A case as its `ends` sees it: an opening and no items."""

    opened: Instant

    def fired_at(self, stage: str) -> Instant | None:
        return None

    def seen(self, name: str, at: Instant) -> tuple[()]:
        return ()

    seen_anywhere = seen
    alone = seen

    def roll_taken(self) -> Instant | None:
        return None


class CaseSweeps:
    """All ladders of one policy for one student, swept forwards by date."""

    def __init__(self, family: Family, history: History, matcher: Matcher, moments: Moments) -> None:
        self.family = family
        self.history = history
        self.ladders: dict[str, LadderSweep] = {}
        for name in family.ladders:
            self.ladders[name] = LadderSweep(name, family, history, matcher, moments, self.ladders)
        self.at: Instant | None = None
        self._begins = history.days(Date.max).first

    @property
    def cases(self) -> list[CaseRun]:
        return [case for name in self.family.ladders for case in self.ladders[name].cases]

    @property
    def dense(self) -> bool:
        """Whether every clock must be judged: a case is open, or ordinary presence could open one."""
        return any(sweep.open is not None for sweep in self.ladders.values()) or self._watches(self.ladders.values())

    def _watches(self, sweeps: Collection[LadderSweep]) -> bool:
        """Whether ordinary presence or time alone could open a case of one of some ladders, or every clock is judged for now."""
        at = self.at if self.at is not None else -NEVER
        if any(sweep.watched > at for sweep in sweeps):
            return True
        return self._restless(self._begins if self.at is None else self.history.zone.date(self.at), sweeps)

    def _restless(self, date: Date, sweeps: Collection[LadderSweep]) -> bool:
        """Whether one of some ladders in which ordinary presence or time alone could open a case covers the student."""
        if self.family.quiet:
            return False
        version = self.family.at(date)
        if version is None:
            return False
        zone, judged = self.history.zone, self.at if self.at is not None else -NEVER
        # What came after the close of the date last judged holds from then on; what presence will have made false at a close was true until then.
        instants = {max(zone.instant(date, self.family.closes(date)), judged), max(zone.midnight(date), judged)}
        return any(sweep.restless(date, at, version) for sweep in sweeps for at in instants)

    @property
    def hears_marks(self) -> bool:
        """Whether a case may open or end at a mark, in any version that may be in force."""
        family = self.family
        return any(name in (family.opens_at_marks if sweep.open is None else family.ends_at_marks) for name, sweep in self.ladders.items())

    @property
    def hears_presence(self) -> bool:
        """The same of a mark of ordinary presence, which opens no case but of a ladder that must be watched."""
        family = self.family
        if any(sweep.open is not None and name in family.ends_at_marks for name, sweep in self.ladders.items()):
            return True
        shut = [sweep for name, sweep in self.ladders.items() if sweep.open is None and name in family.opens_at_marks]
        return bool(shut) and self._watches(shut)

    def advance(self, until: Instant) -> None:
        """Judge every instant after the last one and not after `until`."""
        start = self._first()
        if start is not None:
            self._sweep(start, until)
        self.at = until
        date = self.history.zone.date(until)
        if date.toordinal() in self.family.starts:
            for sweep in self.ladders.values():
                sweep.begin(date)
        if self.family.opens_at_marks and date in self.history.bounds():
            for name in self.family.opens_at_marks:
                self.ladders[name].begin(date)

    def _first(self) -> Date | None:
        if self.at is not None:
            return self.history.zone.date(self.at)
        dates = [Date.fromordinal(ordinal) for ordinal in self.family.starts] if self.family.quiet else [self._begins]
        dates += [Date.fromordinal(min(self.history.slots) // SLOTS)] if self.history.slots else []
        dates += [Date.fromordinal(min(self.history.dated))] if self.history.dated else []
        return min(dates) if dates else None

    def _sweep(self, date: Date, until: Instant) -> None:
        after = self.at if self.at is not None else -NEVER
        last = self.history.zone.date(until)
        while date <= last:
            if not self._dense_on(date):
                following = self._next_notable(date)
                if following is None or following > last:
                    return
                date = following
            extra = [at for sweep in self.ladders.values() for at in sweep.extra(date)]  # noqa: S610  # a sweep's own further instants, no query
            version = self.family.at(date)
            for tick in ticks(self.history, self.family, date, after, until, extra):
                for sweep in self.ladders.values():
                    if not sweep.passes(tick, version):
                        sweep.judge(tick)
            date += DAY

    def _dense_on(self, date: Date) -> bool:
        if any(sweep.open is not None for sweep in self.ladders.values()):
            return True
        if date < self._begins:
            return False
        if self._restless(date, self.ladders.values()):
            return True
        watched = max((sweep.watched for sweep in self.ladders.values()), default=-NEVER)
        return watched >= self.history.zone.midnight(date)

    def _next_notable(self, date: Date) -> Date | None:
        ordinal = date.toordinal()
        notable = self.history.notable
        index = bisect.bisect_left(notable, ordinal)
        candidates = [notable[index]] if index < len(notable) else []
        candidates += [other for other in self.history.dated if other >= ordinal]
        candidates += [start for start in self.family.starts if start >= ordinal]
        candidates += [one.toordinal() for one in self.history.next_turns(date)[:1]]
        if date < self._begins:
            candidates.append(self._begins.toordinal())
        return Date.fromordinal(min(candidates)) if candidates else None


def number_cases(policy: str, student: str, derived: list[CaseRun], earlier: Iterable[Case]) -> tuple[dict[int, CaseRun], list[Case]]:
    """Give every derived case of one ladder its number; return the earlier cases that are left over (dead).

    Each takes the first unused earlier case, live before dead, then by opening, whose interval overlaps its own.
    """
    known = sorted(earlier, key=lambda case: (case.fate != "live", case.opened, case.number))
    used: dict[int, CaseRun] = {}
    fresh = max((case.number for case in known), default=0)
    for run in sorted(derived, key=lambda run: run.opened):
        match = next((case for case in known if case.number not in used and overlap(case.opened, case.ended, run.opened, run.ended)), None)
        if match is None:
            fresh += 1
        run.number = match.number if match is not None else fresh
        used[run.number] = run
    return used, [case for case in known if case.number not in used]


def overlap(start: Instant, end: Instant | None, other_start: Instant, other_end: Instant | None) -> bool:
    """Whether two intervals [start, end) share an instant."""
    return (end is None or other_start < end) and (other_end is None or start < other_end)
