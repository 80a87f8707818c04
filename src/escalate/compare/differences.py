"""What the policies of two sides make of the same facts: every case and item that is in one only, comes earlier or later, or goes otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from attrs import evolve, field, frozen

from ..ledger import Case, Item
from ..policy import Policy
from .load import Load, load_of
from .pairs import CaseKey, Place, Side, pair_cases, pair_items, partners, stages_of
from .parts import Part
from .sums import Sum, sums_of
from .twins import Twins, twins_of

K = TypeVar("K")
WHATS = ("gained", "lost", "earlier", "later", "otherwise")
ALL_WHATS = (*WHATS, "same")
OF_CASE = ("opened", "ended", "reason", "opened_by", "fate")
OF_ITEM = (
    "opened", "due", "late_from", "effective", "status", "overdue_at", "outcome", "done_at", "missing", "unblocked", "actor", "persons", "note", "entry",
    "done_known",
)  # fmt: skip


@frozen
class Difference:
    """One case or item of A (`old`), of B (`new`), or of both.

    what: gained, lost, earlier, later, otherwise, same. opened, due: by how many seconds B is later, where both have one. fields: what differs.
    """

    what: str
    whose: str
    old: Case | Item | None
    new: Case | Item | None
    opened: int = 0
    due: int = 0
    fields: tuple[str, ...] = ()

    @property
    def one(self) -> Case | Item:
        """That of A, else that of B."""
        found = self.old if self.old is not None else self.new
        assert found is not None
        return found


@frozen
class Comparison:
    """Two sides over the same facts. twins: the policies, and what differs in them. items, cases: of both, those that are the same too."""

    a: Side
    b: Side
    twins: tuple[Twins, ...]
    items: tuple[Difference, ...] = field(repr=False)
    cases: tuple[Difference, ...] = field(repr=False)
    load: Load = field(repr=False)
    sums: tuple[Sum, ...] = field(repr=False)

    @property
    def parts(self) -> tuple[Part, ...]:
        """What differs in the policies."""
        return tuple(part for twins in self.twins for part in twins.parts)

    @property
    def differing(self) -> tuple[Difference, ...]:
        """Every item and case that is not the same."""
        return tuple(one for one in (*self.items, *self.cases) if one.what != "same")

    @property
    def students(self) -> Mapping[str, Sequence[Difference]]:
        """What is not the same, by the student or group that it concerns."""
        return grouped(sorted(self.differing, key=_order), lambda one: one.whose)

    @property
    def classes(self) -> Mapping[str, Sequence[Difference]]:
        """Items by the class of whom they concern."""
        return grouped(self.items, lambda one: self.column(one, "class"))

    def column(self, one: Difference, name: str) -> str:
        """A roster column of whom a difference concerns."""
        side, found = (self.a, one.old) if one.old is not None else (self.b, one.new)
        return side.column(one.whose, name, found.opened) if found is not None else ""

    @property
    def stages(self) -> Mapping[Place, Sequence[Difference]]:
        """Items by policy, ladder, duty or target and stage, in the order of B's policies, what only A has behind it."""
        called = partners(self.a.policies, self.b.policies)
        first: dict[Place, int] = {}
        for n, (place, _, _) in enumerate((*stages_of(self.b.policies, called), *stages_of(self.a.policies, {}))):
            first.setdefault(place, n)

        def place_of(one: Difference) -> Place:
            policy = one.one.policy if one.old is not None else called[one.one.policy]
            return policy, one.one.ladder, getattr(one.one, "stage", "")

        found = grouped(self.items, place_of)
        return {place: found[place] for place in sorted(found, key=lambda place: first.get(place, len(first)))}

    def policy_of(self, one: Difference) -> Policy:
        """The policy that a difference is of: B's, where B has it."""
        return self.b.policy_of(one.new) if one.new is not None else self.a.policy_of(one.one)


def compare(a: Side, b: Side) -> Comparison:
    """What B makes of the facts that A does not, and the other way round."""
    pairs = pair_cases(a, b)
    cases = [_case(pair, a.cases, b.cases) for pair in pairs]
    items = [_item(old, new, a, b) for old, new in pair_items(a, b, pairs)]
    return Comparison(a, b, tuple(twins_of(a, b)), tuple(sorted(items, key=_order)), tuple(sorted(cases, key=_order)), load_of(a, b), sums_of(a, b))


def without_dates(policy: Policy) -> Policy:
    """The same policy, in force at all times."""
    return evolve(policy, start=None, end=None)


def counted(found: Iterable[Difference]) -> Mapping[str, int]:
    """How many of each kind, and how many A and B have."""
    counts = Counter(one.what for one in found)
    both = counts["same"] + counts["earlier"] + counts["later"] + counts["otherwise"]
    return {"a": both + counts["lost"], "b": both + counts["gained"], **{what: counts[what] for what in ALL_WHATS}}


def grouped(found: Iterable[Difference], key: Callable[[Difference], K]) -> Mapping[K, Sequence[Difference]]:
    """Cases or items by what they have in common, in the order in which it comes."""
    groups: dict[K, list[Difference]] = {}
    for one in found:
        groups.setdefault(key(one), []).append(one)
    return groups


def _order(one: Difference) -> tuple[str, str, int, str]:
    first = min(each.opened for each in (one.old, one.new) if each is not None)
    return one.whose, one.one.ladder, first, one.one.path if isinstance(one.one, Item) else ""


def _case(pair: tuple[CaseKey | None, CaseKey | None], a: Mapping[CaseKey, Case], b: Mapping[CaseKey, Case]) -> Difference:
    old, new = pair
    whose = (old or new or ("",))[0]
    return _judged(whose, a[old] if old else None, b[new] if new else None, OF_CASE)


def _item(old: Item | None, new: Item | None, a: Side, b: Side) -> Difference:
    whose = a.whose(old) if old is not None else b.whose(new) if new is not None else ""
    return _judged(whose, old, new, OF_ITEM)


def _judged(whose: str, old: Case | Item | None, new: Case | Item | None, names: Iterable[str]) -> Difference:
    if old is None or new is None:
        return Difference("gained" if old is None else "lost", whose, old, new)
    differing = tuple(name for name in names if getattr(old, name) != getattr(new, name))
    opened, due = new.opened - old.opened, next(_due(old, new), 0)
    way = opened or due
    what = "earlier" if way < 0 else "later" if way > 0 else "otherwise" if differing else "same"
    return Difference(what, whose, old, new, opened, due, differing)


def _due(old: Case | Item, new: Case | Item) -> Iterator[int]:
    """By how much the due is later, where both have one."""
    if isinstance(old, Item) and isinstance(new, Item) and old.late_from is not None and new.late_from is not None:
        yield new.late_from - old.late_from
