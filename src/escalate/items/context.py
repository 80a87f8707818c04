"""What every part of the derivation of items reads and adds to: one policy, one student, one pass forwards."""

from __future__ import annotations

from attrs import define, field

from ..cases import CaseRun, Moments
from ..conditions import Condition
from ..events import Outcome
from ..family import Family, Version
from ..history import History
from ..ledger import GONE, Item, State
from ..matcher import Matcher
from ..sweeps import Sweeps
from ..terms import Asker, Moment
from ..times import Instant
from .run import ItemRun
from .view import CaseView


@define(eq=False)
class Happened:
    """What happened to items and stages at one instant: the clocks that conditions hear."""

    overdue: list[ItemRun] = field(factory=list)
    done: list[ItemRun] = field(factory=list)
    fired: set[tuple[int, str]] = field(factory=set)
    bound: dict[int, ItemRun | None] = field(factory=dict)


@define(eq=False)
class Context:
    """`previous` is what stood before, `now` the instant that decides; all else is what this pass has derived so far."""

    family: Family
    history: History
    matcher: Matcher
    sweeps: Sweeps
    moments: Moments
    previous: State
    # What is known only after one pass: ids held by this derivation, items that come back, items whose evidence is lost, items that lapse.
    held_ids: frozenset[str] = frozenset()
    back: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
    lapsed: frozenset[str] = frozenset()
    now: Instant = 0
    items: list[ItemRun] = field(factory=list)
    active: list[ItemRun] = field(factory=list)
    fresh: list[ItemRun] = field(factory=list)
    by_id: dict[str, ItemRun] = field(factory=dict)
    by_action: dict[str, list[ItemRun]] = field(factory=dict)
    replacing: dict[str, str] = field(factory=dict)
    views: dict[int, CaseView] = field(factory=dict)
    # Those of which something may still come: an occasion asks once.
    living: list[CaseView] = field(factory=list)
    met: int = 0
    periods: set[tuple[str, str, str]] = field(factory=set)
    alone: list[Outcome] = field(factory=list)
    pending: list[Outcome] = field(factory=list)
    bindings: dict[str, str] = field(factory=dict)
    bound_up_to: int = 0
    reports: list[tuple[str, Outcome]] = field(factory=list)
    happened: Happened = field(factory=Happened)
    moved: bool = True
    # No item falls overdue before `soonest`; `waiting` says whether any has a hold, a `done_when` or an nth to wait for.
    soonest: Instant = 0
    waiting: bool = False

    def moment(self, at: Instant, version: Version) -> Moment:
        """The facts as they were at an instant, under one version."""
        return self.moments.at(at, version, self.sweeps.case_open)

    def holds(self, condition: Condition, version: Version, at: Instant, asker: Asker) -> bool:
        """Whether a condition is true at an instant for who asks."""
        return self.moment(at, version).holds(condition, self.matcher, asker)

    def view(self, run: CaseRun) -> CaseView:
        """A case as its conditions see it."""
        found = self.views.get(id(run))
        if found is None:
            found = self.views[id(run)] = CaseView(run, self.items, self.alone)
            self.living.append(found)
        return found

    def before(self, item: ItemRun) -> Item | None:
        """What stood before under an item's id, else under that whose place it takes, else what is gone under its id."""
        own = self.previous.items.get(item.id)
        if own is not None and own.status not in GONE:
            return own
        return self.previous.items.get(item.takes, own) if item.takes else own

    def unblocked_before(self, item: ItemRun) -> Instant | None:
        """When what stood before was unblocked: kept like `opened`."""
        stood = self.before(item)
        kept = stood is not None and stood.status != "withdrawn" and item.id not in self.back and item.id not in self.lost
        return stood.unblocked if stood is not None and kept else None

    def blocked_before(self, item: ItemRun) -> bool:
        """Whether what stood before lacked its evidence."""
        stood = self.before(item)
        return stood is not None and stood.missing != () and stood.status != "withdrawn" and item.id not in self.back

    def chased_before(self, item: ItemRun) -> bool:
        """Whether an overdue instant of the blocked time has issued anything before."""
        free = self.unblocked_before(item)
        return any(name.startswith(f"{item.id}/overdue/") and (free is None or old.effective <= free) for name, old in self.previous.items.items())

    def view_of(self, item: ItemRun) -> CaseView:
        """The case of an item as its conditions see it."""
        return self.views[id(item.case)]
