"""Which case and which item of one evaluation is which of another, of the same facts under another policy.

Numbers and ids do not say it: a policy that opens cases sooner numbers them otherwise. Neither do a policy's name and version.
The pairing is the same whichever of the two comes first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from attrs import field, frozen

from ..evaluation import Ledger
from ..ledger import Case, Item
from ..policy import Again, Duty, Ladder, Policy, Stage, Target
from ..records import whose
from ..registers import Sheet
from ..times import Instant, Zone

T = TypeVar("T")
Pairs = list[tuple["T | None", "T | None"]]
Cost = tuple[object, ...]
CaseKey = tuple[str, str, str, int]  # student, policy, ladder, number
Place = tuple[str, str, str]  # policy as A calls it; ladder, duty or target; stage


@frozen
class Side:
    """One of two evaluations: the policies, several versions of one among them or not, what came of them, and their registers at the end.

    column: a roster column of a student, or of a group as `level/name`, on the date of an instant.
    """

    policies: tuple[Policy, ...]
    ledger: Ledger = field(repr=False)
    zone: Zone
    sheets: tuple[Sheet, ...] = field(default=(), repr=False)
    column: Callable[[str, str, Instant], str] = field(default=lambda _whom, _name, _at: "", repr=False, eq=False)

    @property
    def cases(self) -> Mapping[CaseKey, Case]:
        """Every case, by student, policy, ladder and number."""
        return self.ledger.cases

    def whose(self, item: Item) -> str:
        """The student, or the group as `level/name`."""
        return whose(item, self.policy_of(item))

    def policy_of(self, found: Case | Item) -> Policy:
        """The version of the policy that a case or an item is of."""
        return next(policy for policy in self.policies if (policy.name, policy.version) == (found.policy, found.version))


def partners(a: Iterable[Policy], b: Iterable[Policy]) -> Mapping[str, str]:
    """How A calls each policy of B, by its name there: a name that both have, else the next of A's that B has not; where there is none, as B does."""
    mine, theirs = ([*dict.fromkeys(policy.name for policy in side)] for side in (a, b))
    alone = iter([name for name in mine if name not in theirs])
    return {name: name if name in mine else next(alone, name) for name in theirs}


# --- cases ------------------------------------------------------------------------------------------------


def pair_cases(a: Side, b: Side) -> list[tuple[CaseKey | None, CaseKey | None]]:
    """Cases of one student on one ladder that were open at one time, those first that opened nearest to each other."""
    mine, other = a.cases, b.cases
    groups: dict[tuple[str, str, str], tuple[list[CaseKey], list[CaseKey]]] = defaultdict(lambda: ([], []))
    for n, (cases, called) in enumerate(((mine, {}), (other, partners(a.policies, b.policies)))):
        for key in cases:
            student, policy, ladder, _ = key
            groups[student, called.get(policy, policy), ladder][n].append(key)

    def cost(old: CaseKey, new: CaseKey) -> Cost | None:
        one, two = mine[old], other[new]
        if not _met(one, two):
            return None
        return _lives(one) != _lives(two), abs(one.opened - two.opened), min(one.opened, two.opened), sorted((old[3], new[3]))

    return [pair for group in sorted(groups) for pair in _matched(*groups[group], cost)]


def _met(one: Case, two: Case) -> bool:
    """Whether both were open at one time."""
    return one.opened <= _end(two) and two.opened <= _end(one)


def _lives(case: Case) -> bool:
    return case.fate == "live"


def _end(case: Case) -> float:
    """Until when it was open; what was withdrawn or merged, at its opening only."""
    return case.opened if not _lives(case) else float("inf") if case.ended is None else case.ended


# --- items ------------------------------------------------------------------------------------------------


def pair_items(a: Side, b: Side, cases: Iterable[tuple[CaseKey | None, CaseKey | None]]) -> list[tuple[Item | None, Item | None]]:
    """Items of one action for one student or group and of one occurrence, in cases that belong together, else in cases that were open at one time.

    What is numbered as it comes (`again: each crossing`, a target that is checked as it changes) belongs to what took effect nearest to it.
    Of several actors each has their own; what is left over goes by the order of their names. What follows on an item belongs to what follows on its other.
    """
    called = partners(a.policies, b.policies)
    nearness = _nearness(a, b, cases, called)
    counted = _as_they_come(a.policies, {}) | _as_they_come(b.policies, called)
    levels = [_by_depth(side.ledger.items) for side in (a, b)]
    others: tuple[dict[str, int], dict[str, int]] = ({}, {})
    found: list[tuple[Item | None, Item | None]] = []
    for depth in range(max(map(len, levels))):
        groups: dict[tuple[str, ...], tuple[list[Item], list[Item]]] = defaultdict(lambda: ([], []))
        for n, side in enumerate((a, b)):
            for item in levels[n][depth] if depth < len(levels[n]) else ():
                policy = called.get(item.policy, item.policy) if n else item.policy
                groups[side.whose(item), policy, item.ladder, item.stage, item.path, str(others[n].get(item.parent, ""))][n].append(item)
        for key in sorted(groups):
            for pair in _matched(*groups[key], _cost(nearness, as_they_come=depth > 0 or key[1:4] in counted)):
                for n, one in enumerate(pair):
                    if one is not None:
                        others[n][one.id] = len(found)
                found.append(pair)
    return found


def _nearness(
    a: Side, b: Side, cases: Iterable[tuple[CaseKey | None, CaseKey | None]], called: Mapping[str, str],
) -> Callable[[Item, Item], int | None]:
    """0 where the cases of two items belong together, 1 where they were open at one time, None where not; 0 where no case matters."""
    other = {old: new for old, new in cases if old is not None}
    mine, theirs = a.cases, b.cases
    loose = _without_case(a.policies, {}) & _without_case(b.policies, called)

    def nearness(old: Item, new: Item) -> int | None:
        if (old.policy, old.ladder, old.stage) in loose:
            return 0
        one, two = ((each.id.split("/")[1], each.policy, each.ladder, each.case) for each in (old, new))
        if other.get(one) == two:
            return 0
        return 1 if one in mine and two in theirs and _met(mine[one], theirs[two]) else None

    return nearness


def _by_depth(items: Iterable[Item]) -> list[list[Item]]:
    """Items that follow on none, those that follow on these, and so on."""
    levels: list[list[Item]] = [[]]
    depths: dict[str, int] = {}
    for item in sorted(items, key=lambda item: len(item.id)):  # the id of what follows begins with that of what it follows on
        depth = depths[item.id] = depths[item.parent] + 1 if item.parent in depths else 0
        levels += [[] for _ in range(depth + 1 - len(levels))]
        levels[depth].append(item)
    return levels


def _without_case(policies: Iterable[Policy], called: Mapping[str, str]) -> frozenset[Place]:
    """What is asked by the calendar, in no case or in whichever: of duties, of targets, of a stage that fires once a period."""
    return frozenset(
        place for place, part, stage in stages_of(policies, called)
        if not isinstance(part, Ladder) or _once_a_period(stage.again)
    )


def stages_of(policies: Iterable[Policy], called: Mapping[str, str]) -> Iterator[tuple[Place, Ladder | Duty | Target, Stage]]:
    """Every stage with the ladder, duty or target that it is of; called: what each policy is called instead."""
    for policy in policies:
        name = called.get(policy.name, policy.name)
        for ladder in policy.ladders.values():
            yield from (((name, ladder.name, stage.name), ladder, stage) for stage in (*ladder.stages, *((ladder.ends,) if ladder.ends is not None else ())))
        yield from (((name, duty.name, duty.stage.name), duty, duty.stage) for duty in policy.duties.values())
        yield from (((name, target.name, stage.name), target, stage) for target in policy.targets.values() for stage in (target.broken, target.met))


def _once_a_period(again: Again | None) -> bool:
    return again is not None and again.kind == "each" and again.unit != "school_day"


def _as_they_come(policies: Iterable[Policy], called: Mapping[str, str]) -> frozenset[Place]:
    """The stages whose occurrences are numbered as they come."""
    return frozenset(
        place for place, part, stage in stages_of(policies, called)
        if (not part.check if isinstance(part, Target) else isinstance(part, Ladder) and stage.again is not None and stage.again.kind == "crossing")
    )


def _cost(nearness: Callable[[Item, Item], int | None], *, as_they_come: bool) -> Callable[[Item, Item], Cost | None]:
    def cost(old: Item, new: Item) -> Cost | None:
        near = nearness(old, new)
        if near is None or not as_they_come and old.occurrence != new.occurrence:
            return None
        away, first = (abs(old.effective - new.effective), min(old.effective, new.effective)) if as_they_come or near else (0, 0)
        return near, old.actor != new.actor, away, first, sorted((old.occurrence, new.occurrence)), sorted((old.actor, new.actor)), sorted((old.case, new.case))

    return cost


# --- the nearest first --------------------------------------------------------------------------------------


def _matched(old: Sequence[T], new: Sequence[T], cost: Callable[[T, T], Cost | None]) -> Pairs[T]:
    """Pairs in order of their cost; what is left alone after them."""
    if len(old) == len(new) == 1:
        return [(old[0], new[0])] if cost(old[0], new[0]) is not None else [(old[0], None), (None, new[0])]
    found = [(price, n, m) for n, one in enumerate(old) for m, two in enumerate(new) if (price := cost(one, two)) is not None]
    taken: tuple[dict[int, int], set[int]] = ({}, set())
    for _, n, m in sorted(found, key=lambda one: one[0]):
        if n not in taken[0] and m not in taken[1]:
            taken[0][n] = m
            taken[1].add(m)
    both: Pairs[T] = [(one, new[taken[0][n]] if n in taken[0] else None) for n, one in enumerate(old)]
    return [*both, *((None, two) for m, two in enumerate(new) if m not in taken[1])]

