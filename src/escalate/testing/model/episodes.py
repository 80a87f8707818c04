"""Cases from facts alone: when they open and end, what they are numbered (SEMANTICS 4, J1 to J9, K1)."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable

from attrs import define, evolve, field, frozen

from ...conditions import ITEM_KINDS, Among, And, Arith, Compare, Condition, Expr, Lit, Not, Or, Term, Value
from ...days import Days
from ...events import Outcome
from ...ledger import Case, State
from ...policy import Ladder, Param, Policy, Stage, Window
from ...times import DAY, Instant
from .clocks import STATUSES, Facts, is_clock, once, until
from .happened import became
from .seen import Date
from .units import dates
from .values import Ctx, Given, Nobody, true


@define(eq=False)
class Episode:
    """One derived case; `pins` are the versions it runs under, from when."""

    ladder: str
    opened: Instant
    opened_by: str
    pins: tuple[tuple[Instant, Policy], ...]
    ended: Instant | None = None
    reason: str = ""
    number: int = 0
    fired: dict[str, Instant] = field(factory=dict)
    fired_last: dict[str, Instant] = field(factory=dict)

    @property
    def policy(self) -> Policy:
        return self.pins[-1][1]

    def policy_at(self, e: Instant) -> Policy:
        return self.policy if len(self.pins) == 1 else [policy for since, policy in self.pins if since <= e][-1]

    def open_at(self, e: Instant) -> bool:
        return self.opened <= e and (self.ended is None or e < self.ended)


class OfFacts:
    """What a condition may ask beyond the facts before there are items."""

    def __init__(self, facts: Facts, others: list[Episode], e: Instant, episode: Episode | None, ends: bool) -> None:
        self.facts, self.others, self.e, self.episode, self.ends = facts, others, e, episode, ends
        self.case_opened = None if episode is None else episode.opened
        self.since = self.case_opened if ends else None

    def fired_at(self, stage: str) -> Instant | None:
        return None

    def items(self, name: str) -> list[Given]:
        return []

    items_anywhere = items

    def alone(self, name: str) -> list[Outcome]:
        return []

    def rate(self, target: str, policy: Policy) -> Value:
        return None

    def roll_taken(self) -> Instant | None:
        return None

    def open_case(self, ladder: str) -> bool:
        return any(one.ladder == ladder and one.open_at(self.e) for one in self.others)


def episodes(facts: Facts) -> list[Episode]:
    """Every case of every ladder, those first whose openings others read."""
    names = list(dict.fromkeys(name for policy in facts.versions for name in policy.ladders))
    found: list[Episode] = []
    done: list[str] = []
    while names:
        ready = [name for name in names if not (reads(facts, name) & set(names)) - {name}] or names
        names.remove(ready[0])
        done.append(ready[0])
        found += of_ladder(facts, ready[0], found)
    return found


def reads(facts: Facts, name: str) -> set[str]:
    """The ladders whose open cases a ladder reads, itself or by what a parameter hangs on."""
    found: set[str] = set()
    for policy in facts.versions:
        if name in policy.ladders:
            one = policy.ladders[name]
            found |= cases_in((one.where, *(s.when for s in one.stages), *([one.ends.when] if one.ends else [])), policy)
    return found


def cases_in(conditions: Iterable[Condition], policy: Policy) -> set[str]:
    """The ladders whose open cases some conditions read."""
    terms = [term for condition in conditions for term in condition.terms]
    amounts = [amount for term in terms if term.kind == "measure" for amount in policy.measures[term.name].amounts]
    named = [term.name for term in terms if term.kind == "parameter"] + [amount.name for amount in amounts if isinstance(amount, Param)]
    found = {term.name for term in terms if term.kind == "open_case"}
    for name in named:
        found |= cases_in([line.where for line in policy.parameters[name].lines if line.where is not None], policy)
    return found


@frozen
class Course:
    """How one ladder has gone up to an instant: its cases, the last of which may be open, and what its stages were last judged to be."""

    found: tuple[Episode, ...] = ()
    current: Episode | None = None
    last: dict[str, tuple[bool, Instant]] = field(factory=dict)


def of_ladder(facts: Facts, name: str, others: list[Episode]) -> list[Episode]:
    """The cases of one ladder, by going through every instant; not again through those up to which all facts are the same."""
    memo, seen, at = facts.seen.memo, facts.seen, agenda(facts)
    n, course = len(at), None
    while n and course is None:
        n -= 1
        course = memo.get(("course", facts.versions[0].name, name, at[n], seen.page(at[n])))
    for e in at[n if course is None else n + 1 :]:
        course = step(facts, name, others, course or Course(), e)
        memo["course", facts.versions[0].name, name, e, seen.page(e)] = course
    if course is None:
        return []
    every = (*course.found, course.current) if course.current else course.found
    return [evolve(one, fired={}, fired_last={}) for one in every]


def step(facts: Facts, name: str, others: list[Episode], course: Course, e: Instant) -> Course:
    """One ladder at one instant: the open case ends, or one opens."""
    found, current, last = course.found, course.current, course.last
    version = facts.in_force(facts.zone.date(e))
    ladder = version.ladders.get(name) if version else None
    if current is not None:
        current = migrated(current, version, name, e, facts)
        reason = ending(current, e, facts, others)
        if reason:
            found, current = (*found, evolve(current, ended=e, reason=reason)), None
            last = {} if reason == "lasts" else last
    if version is None or ladder is None:
        return Course(found, current)
    covered = judged(ladder.where, version, e, facts, others, current)
    last = {} if not covered and where_clock(ladder.where, e, version, facts, others) else dict(last)
    opening = ""
    for stage in ladder.stages:
        if not opener(stage) or not stage_clock(stage, e, version, facts, others):
            continue
        value = covered and judged(stage.when, version, e, facts, others, None)
        before = last.get(stage.name)
        if value and (not before or not before[0] or judged_tile(stage, before[1], e, version, facts) or crosses(stage.when, version, e, facts)):
            opening = opening or stage.name
        last[stage.name] = (covered and judged(after_instant(stage.when, facts), version, e, facts, others, None), e)
    if current is None and opening:
        current = Episode(name, e, opening, ((e, version),))
    return Course(found, current, last)


def crosses(condition: Condition, policy: Policy, e: Instant, facts: Facts) -> bool:
    """Whether a `became` of a condition is true at an instant: a crossing of its own (J10)."""
    return any(term.kind == "became" and became(term, Ctx(facts.seen, policy, e, Nobody())) for term in condition.terms)


def agenda(facts: Facts) -> list[Instant]:
    """The instants of facts, and the midnights at which a case that lasts a period or a window may end."""
    name = facts.versions[0].name
    return until(once(facts.seen.kept, ("agenda", name), lambda: sorted({*facts.every, *tile_ends(facts)})), facts.t)


def tile_ends(facts: Facts) -> set[Instant]:
    """The midnights after every tile of the dates of the student's schools, and of those before it on which something was said or may still fall due."""
    there = dates(facts.seen)
    schools = {facts.seen.calendar.of(""), *map(facts.seen.days, there)}
    first = min(there[0], facts.zone.date(facts.every[0])) if facts.every else there[0]
    return {facts.zone.next_midnight(last) for window in tiles(facts) for days in schools for last in lasts_of(window, first, there[-1], days)}


def tiles(facts: Facts) -> list[Window]:
    """The periods that ladders last and the windows of measures that begin anew."""
    lasts = [Window("period", ladder.lasts) for policy in facts.versions for ladder in policy.ladders.values() if ladder.lasts]
    return lasts + [window for policy in facts.versions for measure in policy.measures.values() for window in measure.tiles]


def migrated(current: Episode, version: Policy | None, name: str, e: Instant, facts: Facts) -> Episode:
    """At the first instant of a version that says so, an open case moves to it."""
    if version is None or version is current.policy or version.start is None or version.on_change != "migrate":
        return current
    if name in version.ladders and e == facts.zone.midnight(version.start):
        return evolve(current, pins=(*current.pins, (e, version)))
    return current


def ending(current: Episode, e: Instant, facts: Facts, others: list[Episode]) -> str:
    """Why a case ends at an instant, or nothing."""
    policy = current.policy
    ladder = policy.ladders[current.ladder]
    if e <= current.opened:
        return ""
    clock = ladder.ends is not None and is_clock(ladder.ends.when, e, policy, facts, of_cases(facts, others, policy))
    if ladder.ends is not None and clock and true(ladder.ends.when, Ctx(facts.seen, policy, e, OfFacts(facts, others, e, current, True))):
        return "ends"
    over = lasts_until(ladder, current.opened, facts) if ladder.lasts else None
    if over is not None and e >= over:
        return "lasts"
    if where_clock(ladder.where, e, policy, facts, others) and not judged(ladder.where, policy, e, facts, others, current):
        return "where"
    return ""


def lasts_until(ladder: Ladder, opened: Instant, facts: Facts) -> Instant | None:
    """The midnight after the last date of the period that holds the opening, or of the next."""
    days, date = facts.seen.calendar.of(""), facts.zone.date(opened)
    period = days.period(ladder.lasts, date)
    if period is None and ladder.lasts == "term":
        later = [term for term in days.terms if term.start > date]
        return facts.zone.next_midnight(later[0].end) if later else None
    return facts.zone.next_midnight(period[2]) if period else None


def of_cases(facts: Facts, others: list[Episode], policy: Policy) -> Callable[[Term, Instant], bool]:
    """The clocks of what facts do not answer, before there are items."""

    def answer(term: Term, e: Instant) -> bool:
        if term.kind == "open_case":
            return any(one.ladder == term.name and e in (one.opened, one.ended) for one in others)
        if term.kind == "outcome":
            return e in facts.outcomes_of(term.name, policy)
        return False

    return answer


def judged(condition: Condition, policy: Policy, e: Instant, facts: Facts, others: list[Episode], current: Episode | None) -> bool:
    return true(condition, Ctx(facts.seen, policy, e, OfFacts(facts, others, e, current, False)))


def where_clock(where: Condition, e: Instant, policy: Policy, facts: Facts, others: list[Episode]) -> bool:
    if facts.is_close(e):
        return True
    if any(term.kind in STATUSES for term in where.terms) and any(one.at == e for one in facts.seen.statuses):
        return True
    return any(flag.at == e and term.kind == "flag" and term.name == flag.flag for flag in facts.seen.flags for term in where.terms)


def stage_clock(stage: Stage, e: Instant, policy: Policy, facts: Facts, others: list[Episode]) -> bool:
    if facts.is_close(e) and adds_closes(stage):
        return True
    return is_clock(stage.when, e, policy, facts, of_cases(facts, others, policy))


def adds_closes(stage: Stage) -> bool:
    """`every` and `each` do, and flags, which may stand in the roster (J16)."""
    return stage.again is not None and stage.again.kind in ("every", "each") or any(term.kind == "flag" for term in stage.when.terms)


def opener(stage: Stage) -> bool:
    """Whether a stage reads facts only."""
    return not any(
        term.kind in ITEM_KINDS or (term.kind in ("days_since", "school_days_since") and term.target in ("stage", "item"))
        for term in stage.when.terms
    )


def judged_tile(stage: Stage, before: Instant, e: Instant, policy: Policy, facts: Facts) -> bool:
    """Whether a tile of any measure that a stage reads began after it was last judged."""
    for term in stage.when.terms:
        if term.kind == "measure":
            for window in policy.measures[term.name].tiles:
                if tile(window, before, facts) != tile(window, e, facts):
                    return True
    return False


def tile(window: Window, e: Instant, facts: Facts) -> tuple[str, Date, Date] | None:
    """The tile that holds an instant's date, by the days of the student's school."""
    date = facts.zone.date(e)
    return tile_of(window, date, facts.seen.days(date))


def tile_of(window: Window, date: Date, days: Days) -> tuple[str, Date, Date] | None:
    assert not isinstance(window.n, Param)
    return days.period(window.unit, date) if window.kind == "period" else days.tile(int(window.n), window.unit, date)


@functools.lru_cache(maxsize=200)
def lasts_of(window: Window, first: Date, last: Date, days: Days) -> frozenset[Date]:
    """The last dates of the tiles of some dates."""
    found = (tile_of(window, first + DAY * n, days) for n in range((last - first).days + 1))
    return frozenset(period[2] for period in found if period is not None)


def after_instant(condition: Condition, facts: Facts) -> Condition:
    """The condition just after an instant, when `became` is no longer true."""
    if all(term.kind != "became" for term in condition.terms):
        return condition
    return once(facts.seen.memo, ("after", id(condition)), lambda: evolve(condition, expr=_without(condition.expr)))


def _without(expr: Expr) -> Expr:
    if isinstance(expr, Term):
        return Lit(False) if expr.kind == "became" else expr
    if isinstance(expr, (Compare, Arith)):
        return evolve(expr, left=_without(expr.left), right=_without(expr.right))
    if isinstance(expr, Among):
        return evolve(expr, left=_without(expr.left), items=tuple(_without(one) for one in expr.items))
    if isinstance(expr, (And, Or)):
        return evolve(expr, parts=tuple(_without(one) for one in expr.parts))
    return evolve(expr, part=_without(expr.part)) if isinstance(expr, Not) else expr


def numbered(found: list[Episode], ladder: str, name: str, t: Instant, previous: State) -> dict[tuple[str, str, int], Case]:
    """Numbers for the cases of a ladder, and what becomes of the earlier ones that are left over."""
    earlier = [case for case in previous.cases.values() if case.ladder == ladder]
    earlier.sort(key=lambda case: (case.fate != "live", case.opened, case.number))
    free, following = list(earlier), max((case.number for case in earlier), default=0) + 1
    cases: dict[tuple[str, str, int], Case] = {}
    for one in sorted(found, key=lambda one: one.opened):
        taken = next((case for case in free if overlap(one, case)), None)
        if taken is not None:
            free.remove(taken)
            one.number = taken.number
        else:
            one.number, following = following, following + 1
        case = Case(name, one.policy.version, ladder, one.number, one.opened, one.ended, one.reason, one.opened_by)
        cases[case.key] = case
    live = sorted(found, key=lambda one: one.opened)
    for case in free:
        into = next((one.number for one in live if overlap(one, case)), None)
        fate = "withdrawn" if into is None else f"merged into {into}"
        dead = evolve(case, fate=fate)
        cases[case.key] = dead if case.ended is not None else evolve(dead, ended=t, reason="withdrawn")
    return cases


def overlap(one: Episode, other: Case) -> bool:
    return (other.ended is None or one.opened < other.ended) and (one.ended is None or other.opened < one.ended)
