"""All versions of one policy, with what is worked out once for each: clocks, codes, what moves at a mark."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from weakref import WeakKeyDictionary

from attrs import evolve, field, frozen

from .clocks import (
    Clocks,
    Watch,
    cases_asked,
    clocks_of,
    day_codes,
    is_quiet,
    is_still,
    mute_codes,
    quiet_codes,
    reads_items,
    settles,
    turns_by_events,
    watches,
)
from .conditions import Condition, Term
from .days import Days
from .measures import Codes
from .messages import listed, say
from .openings import Opening, openings
from .policy import Duty, Ladder, Policy, Stage, Target, Window, in_turn, of_itself
from .source import Problem, Refused
from .terms import FACTS, Moment
from .times import Instant

Date = datetime.date
Falls = tuple[tuple[Instant, ...], tuple[Opening, ...]]


@frozen
class Judged:
    """A condition with its clocks and the tiles at whose start it counts as false."""

    condition: Condition
    clocks: Clocks
    tiles: tuple[Window, ...] = ()


@frozen
class StagePlan:
    """A stage of one version, ready to be judged. opens: it may open a case, since it reads no items. becoming: its terms of `became`.

    mute: the codes of marks by which it cannot come true, nor by time; None where it may.
    """

    stage: Stage
    when: Judged
    opens: bool
    becoming: tuple[Term, ...] = ()
    mute: frozenset[str] | None = None

    def became(self, moment: Moment) -> bool:
        """Whether a `became` of the condition is true at this instant: each such event is a crossing of its own."""
        return any(moment.value(term, FACTS) is True for term in self.becoming)


@frozen
class LadderPlan:
    """One ladder of one version, ready to be judged. quiet: ordinary presence cannot open a case.

    where_still: only facts change its `where`. where_turns: only facts about the student and the roster do, and no case.
    settles: judged once, neither ordinary presence nor time opens a case until there is another such fact.
    watches: the stages that these could open, where it is not quiet.
    heard: the codes of marks that a stage or its end hears. hears_cases: whether a stage hears the cases of other ladders.
    rests: what its stages and its `where` ask at a close is turned only by facts about the student that are no marks, and by the roster.
    mute_at_marks, mute_at_closes: the codes of marks that are mute to all its stages that hear marks, or closes.
    outcomes: whether a stage, its `where` or its end hears any.
    """

    ladder: Ladder
    version: Version
    stages: tuple[StagePlan, ...]
    where: Judged
    where_flags: frozenset[str]
    where_statuses: bool
    ends: Judged | None
    quiet: bool
    where_still: bool = False
    where_turns: bool = False
    settles: bool = False
    watches: tuple[Watch, ...] = ()
    heard: frozenset[str] = frozenset()
    hears_cases: bool = False
    rests: bool = False
    mute_at_marks: frozenset[str] | None = None
    mute_at_closes: frozenset[str] | None = None
    outcomes: bool = True


@frozen(eq=False)
class DutyPlan:
    """One duty of one version, with what its items are issued under, and when it falls in each calendar that there is.

    still: whether only events about students and the roster change whom it covers.
    """

    duty: Duty
    version: Version
    plan: LadderPlan
    still: bool = False
    fallen: WeakKeyDictionary[Days, Falls] = field(factory=WeakKeyDictionary, repr=False)

    def falls(self, days: Days) -> Falls:
        """Every time that it falls in a school's calendar, in order, and the instants of these."""
        found = self.fallen.get(days)
        if found is None:
            all_of_them = openings(self.duty, days)
            found = self.fallen[days] = tuple(opening.at for opening in all_of_them), all_of_them
        return found


@frozen
class TargetPlan:
    """One target of one version, with what its items are issued under. still: its conditions that only events about students and the roster turn."""

    target: Target
    version: Version
    plan: LadderPlan
    still: tuple[Condition, ...] = ()

    def is_still(self, condition: Condition | None) -> bool:
        """Whether only events about students and the roster turn one of its conditions."""
        return any(one is condition for one in self.still)


@frozen(eq=False)
class Version:
    """One version of a policy, with its ladders ready to be judged."""

    policy: Policy
    codes: Codes
    ladders: dict[str, LadderPlan] = field(factory=dict, repr=False)
    duties: list[DutyPlan] = field(factory=list, repr=False)
    targets: list[TargetPlan] = field(factory=list, repr=False)
    done_when: dict[int, Judged] = field(factory=dict, repr=False)
    # The policy paths and clauses that records of this version share.
    lines: dict[tuple[str, ...], dict[str, object]] = field(factory=dict, repr=False)


class Family:
    """The versions of one policy, oldest first; at most one is in force on a date.

    sparing: whether a condition is left alone where it cannot have come true; else it is asked at every clock of its, which says the same and takes longer.
    """

    def __init__(self, versions: Sequence[Policy], *, sparing: bool = True) -> None:
        self.name = versions[0].name
        self.quiet_codes = quiet_codes(versions) if sparing else frozenset()
        self.day_codes = day_codes(versions) if sparing else frozenset()
        self.versions = tuple(
            _version(policy, self.quiet_codes, sparing) for policy in sorted(versions, key=lambda policy: policy.start or Date.min)
        )
        self.ladders = _in_order(self.versions)
        self._by_name = {version.policy.version: version for version in self.versions}
        self.quiet = all(plan.quiet for version in self.versions for plan in version.ladders.values())
        # The ladders that ask for cases of others, and may hear the end of one at the next close alone.
        self.asking = frozenset(name for version in self.versions for name, plan in version.ladders.items() if _cases_asked(plan.ladder, version.policy))
        plans = [(name, plan) for version in self.versions for name, plan in version.ladders.items()]
        self.opens_at_marks = frozenset(name for name, plan in plans if any(stage.opens and stage.when.clocks.session for stage in plan.stages))
        self.ends_at_marks = frozenset(name for name, plan in plans if plan.ends is not None and plan.ends.clocks.session)
        self.starts = tuple(version.policy.start.toordinal() for version in self.versions if version.policy.start is not None)
        self._found: dict[Date, Version | None] = {}

    def at(self, date: Date) -> Version | None:
        """The version in force on a date."""
        if date not in self._found:
            self._found[date] = next((version for version in self.versions if version.policy.covers(date)), None)
        return self._found[date]

    def duties(self, level: str) -> list[DutyPlan]:
        """The duties of all versions that are for each of a level."""
        return [plan for version in self.versions for plan in version.duties if plan.duty.each == level]

    def targets(self, level: str) -> list[TargetPlan]:
        """The targets of all versions that are for each of a level."""
        return [plan for version in self.versions for plan in version.targets if plan.target.each == level]

    @property
    def levels(self) -> frozenset[str]:
        """The levels above the student of which something is asked."""
        each = {plan.duty.each for version in self.versions for plan in version.duties}
        each |= {plan.target.each for version in self.versions for plan in version.targets}
        each |= {one.each for version in self.versions for one in version.policy.registers.values() if of_itself(one, version.policy)}
        return frozenset(each) - {"student"}

    def named(self, version: str) -> Version:
        """The version of a name."""
        return self._by_name[version]

    def closes(self, date: Date) -> datetime.time:
        """The close of a date: by the version in force, else the nearest one."""
        version = self.at(date)
        if version is None:
            begun = [version for version in self.versions if version.policy.start is None or version.policy.start <= date]
            version = begun[-1] if begun else self.versions[0]
        return version.policy.day.closes


def _version(policy: Policy, quiet: frozenset[str], sparing: bool) -> Version:
    version = Version(policy, Codes.of(policy))
    for name, ladder in policy.ladders.items():
        plan = _ladder(ladder, version, quiet)
        version.ladders[name] = plan if sparing else _unsparing(plan)
    for duty in policy.duties.values():
        version.duties.append(DutyPlan(duty, version, _asked(duty, (duty.stage,), version), turns_by_events(duty.where, policy)))
    for target in policy.targets.values():
        still = tuple(condition for condition in target.conditions if turns_by_events(condition, policy))
        version.targets.append(TargetPlan(target, version, _asked(target, (target.broken, target.met), version), still))
    return version


def _asked(part: Duty | Target, stages: tuple[Stage, ...], version: Version) -> LadderPlan:
    """A duty or a target as the ladder that its items stand under; its stages are never judged, only fired."""
    where = judged(part.where, version.policy)
    ladder = Ladder(part.name, stages, part.where, title=part.title, cites=part.cites, span=part.span)
    return LadderPlan(ladder, version, (), where, where.clocks.flags, where.clocks.statuses, None, True)


def _ladder(ladder: Ladder, version: Version, quiet: frozenset[str]) -> LadderPlan:
    policy = version.policy
    where, where_turns = judged(ladder.where, policy), turns_by_events(ladder.where, policy)
    stages = tuple(_stage(stage, ladder, policy) for stage in ladder.stages)
    ends = judged(ladder.ends.when, policy) if ladder.ends else None
    openers = [stage for stage in stages if stage.opens]
    clocks = [*(stage.when.clocks for stage in openers), *([ends.clocks] if ends else [])]
    closing = [stage for stage in openers if stage.when.clocks.close]
    return LadderPlan(
        ladder, version, stages, where, where.clocks.flags, where.clocks.statuses, ends,
        is_quiet(ladder, policy, quiet), is_still(ladder.where, policy), where_turns, settles(ladder, policy, quiet),
        watches(ladder, policy, quiet), frozenset().union(*(one.heard for one in clocks)), any(stage.when.clocks.ladders for stage in openers),
        where_turns and all(turns_by_events(stage.stage.when, policy) for stage in closing),
        _mute_to_all([stage for stage in openers if stage.when.clocks.session]), _mute_to_all(closing),
        any(one.outcomes or one.events for one in (*clocks, where.clocks)),
    )


def _unsparing(plan: LadderPlan) -> LadderPlan:
    """A ladder whose stages are asked at every clock of theirs."""
    stages = tuple(evolve(stage, mute=None) for stage in plan.stages)
    asked = tuple(Watch(stage.stage.name, None, False) for stage in stages if stage.opens)
    return evolve(plan, stages=stages, quiet=False, settles=False, watches=asked, rests=False, mute_at_marks=None, mute_at_closes=None, outcomes=True)


def _mute_to_all(stages: Sequence[StagePlan]) -> frozenset[str] | None:
    known = [stage.mute for stage in stages if stage.mute is not None]
    return frozenset.intersection(*known) if known and len(known) == len(stages) else None


def _stage(stage: Stage, ladder: Ladder, policy: Policy) -> StagePlan:
    becoming, opens = tuple(term for term in stage.when.terms if term.kind == "became"), not reads_items(stage.when)
    return StagePlan(stage, _judged_stage(stage, policy), opens, becoming, mute_codes(stage, ladder, policy) if opens else None)


def _judged_stage(stage: Stage, policy: Policy) -> Judged:
    found = judged(stage.when, policy)
    again = stage.again is not None and stage.again.kind in ("every", "each")  # adds closes (SEMANTICS, section 5)
    if again or found.clocks.flags:  # a flag may stand in the roster, which is no event (J16)
        return evolve(found, clocks=evolve(found.clocks, close=True))
    return found


def judged(condition: Condition, policy: Policy) -> Judged:
    """A condition with its clocks and the tiles of the measures that it names."""
    tiles = [window for term in condition.terms if term.kind == "measure" for window in policy.measures[term.name].tiles]
    return Judged(condition, clocks_of(condition, policy), tuple(dict.fromkeys(tiles)))


def _in_order(versions: Sequence[Version]) -> tuple[str, ...]:
    """Ladder names so that `open_case` reads earlier ones, else as declared."""
    reads: dict[str, set[str]] = {}
    for version in versions:
        for name, plan in version.ladders.items():
            reads.setdefault(name, set()).update(_cases_asked(plan.ladder, version.policy) - {name})
    order: list[str] = []
    while len(order) < len(reads):
        ready = next((name for name in reads if name not in order and reads[name] <= set(order)), None)
        if ready is None:
            circle = listed(name for name in reads if name not in order)
            raise Refused([Problem("open-case-cycle", say("ladders read each other's open cases: {listed}", listed=circle))])
        order.append(ready)
    return tuple(order)


def families(policies: Sequence[Policy], *, sparing: bool = True) -> dict[str, Family]:
    """Policies by name, in the order given; raises `Refused` for what cannot be evaluated."""
    problems = [problem for policy in policies for problem in _refusals(policy)]
    if problems:
        raise Refused(problems)
    grouped: dict[str, list[Policy]] = {}
    for policy in in_turn(policies):
        grouped.setdefault(policy.name, []).append(policy)
    return {name: Family(versions, sparing=sparing) for name, versions in grouped.items()}


def _refusals(policy: Policy) -> list[Problem]:
    found = []
    for parameter in policy.parameters.values():
        if parameter.required and not parameter.lines:
            clause = f" ({', '.join(parameter.cites)})" if parameter.cites else ""
            advice = say("set it under `set:` in the file that extends this one: `set: {{{name}: ...}}`", name=parameter.name)
            found.append(Problem("unset-parameter", say("parameter `{name}`{clause} has no value", name=parameter.name, clause=clause), parameter.span, advice))
    return found


Plans = Mapping[str, LadderPlan]


def _cases_asked(ladder: Ladder, policy: Policy) -> set[str]:
    """The ladders whose open cases a ladder asks for."""
    ends = (ladder.ends.when,) if ladder.ends else ()
    return set(cases_asked((ladder.where, *(stage.when for stage in ladder.stages), *ends), policy))
