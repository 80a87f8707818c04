"""What stands at an instant, and the records of how it came to stand: a ledger is the history of differences.

`State` is what one student's derivation gives at one instant. `differences` compares two states and
gives one `Change` for each case and item that changed (SEMANTICS, section 9.5).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter

from attrs import field, fields, frozen

from .times import Instant

CASE_WHATS = ("opened", "moved", "reopened", "ended", "reinstated", "merged", "withdrawn", "re-pinned")
ITEM_WHATS = (
    "issued", "lapsed", "moved", "blocked", "unblocked", "overdue", "overdue retracted", "done", "done late",
    "cancelled", "reopened", "replaced", "withdrawn", "recall",
)
OPEN = ("open", "blocked", "overdue")
DONE = ("done", "done late")
GONE = ("withdrawn", "recall")


@frozen
class Case:
    """One student on one ladder, from `opened` up to but not including `ended`.

    fate: live, withdrawn, or `merged into <number>`.
    reason: why it ended: `ends`, `lasts`, `where`, or empty while it is open.
    """

    policy: str
    version: str
    ladder: str
    number: int
    opened: Instant
    ended: Instant | None = None
    reason: str = ""
    opened_by: str = ""
    fate: str = "live"

    @property
    def key(self) -> tuple[str, str, int]:
        return self.policy, self.ladder, self.number


@frozen
class Item:
    """One action item as it stands.

    status: open blocked done `done late` overdue cancelled lapsed withdrawn recall.
    effective: when its ground came true; opened: when it was issued. due: `2025-11-04` (a day) or an
    instant as text, empty without one; late_from: the first instant that is late; overdue_at: its overdue
    instant. missing: what a blocked item waits for. persons: ((part and `Actor.key`, persons), ...) of by, to, notify and about.
    note: `beyond the calendar`, `already past`, `no due yet`, `due never came`. replaces: an old id.
    entry: of a consequence, the amount, its word, the period of the appraisal, and for how many heads.
    done_known: when that which did it was known, where that is what counts (`done_by: known`).
    holds: how often its `hold` moved its due on, None where it never did; by itself no change, for it changes nothing but the due.
    """

    id: str
    policy: str
    version: str
    path: str
    ladder: str
    case: int
    stage: str
    action: str
    actor: str
    occurrence: str
    effective: Instant
    opened: Instant
    parent: str = ""
    due: str = ""
    late_from: Instant | None = None
    overdue_at: Instant | None = None
    floor: Instant | None = None
    status: str = "open"
    outcome: str = ""
    done_at: Instant | None = None
    missing: tuple[str, ...] = ()
    unblocked: Instant | None = None
    persons: tuple[tuple[str, tuple[str, ...]], ...] = ()
    note: str = ""
    replaces: str = ""
    done_known: Instant | None = None
    entry: tuple[str, ...] = ()
    holds: int | None = field(default=None, eq=False)


# The names of what can change, and what takes all their values from a case or an item at once.
_FIELDS = {kind: (names, attrgetter(*names)) for kind in (Case, Item) for names in [tuple(part.name for part in fields(kind))]}


@frozen
class State:
    """All cases (live and dead) and items (standing and gone) of one student at one instant."""

    cases: Mapping[tuple[str, str, int], Case] = field(factory=dict)
    items: Mapping[str, Item] = field(factory=dict)
    aliases: Mapping[str, str] = field(factory=dict)
    bindings: Mapping[str, str] = field(factory=dict)


@frozen
class Change:
    """One subject that changed at one instant, with every field that did: (name, from, to)."""

    what: str
    old: Case | Item | None
    new: Case | Item
    fields: tuple[tuple[str, object, object], ...]

    @property
    def effective(self) -> Instant | None:
        """When the change took effect; None where that is the decision itself."""
        new = self.new
        if isinstance(new, Case):
            return new.ended if self.what == "ended" else new.opened
        if self.what == "overdue":
            return new.overdue_at
        if self.what in DONE:
            return new.done_at
        return new.unblocked if self.what == "unblocked" else new.effective


def differences(old: State, new: State) -> Iterator[Change]:
    """What changed between two states of one student; nothing where they are equal."""
    for key, case in new.cases.items():
        known = old.cases.get(key)
        if known is not case and known != case:
            yield _change(known, case, _case_what)
    for name, item in new.items.items():
        before = old.items.get(name)
        if item.replaces and item.replaces not in new.items:
            before = old.items.get(item.replaces, before)  # it takes that item's place now
        if before is not item and before != item:
            yield _change(before, item, _item_what)


def _change(old: Case | Item | None, new: Case | Item, naming: Callable[..., str]) -> Change:
    names, values = _FIELDS[type(new)]
    if old is None:
        changed = tuple((name, None, value) for name, value in zip(names, values(new), strict=True) if value not in (None, "", ()))
    else:
        changed = tuple(each for each in zip(names, values(old), values(new), strict=True) if each[1] != each[2])
    return Change(naming(old, new), old, new, changed)


def _case_what(old: Case | None, new: Case) -> str:
    whats = []
    if old is None:
        whats.append("opened")
    elif old.fate == new.fate == "live":
        if old.opened != new.opened or (old.ended is not None and new.ended is not None and old.ended != new.ended):
            whats.append("moved")
        if old.ended is not None and new.ended is None:
            whats.append("reopened")
    if new.ended is not None and (old is None or old.ended is None):
        whats.append("ended")
    if old is not None and old.fate != "live" and new.fate == "live":
        whats.append("reinstated")
    if new.fate.startswith("merged") and (old is None or old.fate != new.fate):
        whats.append("merged")
    if new.fate == "withdrawn" and (old is None or old.fate != new.fate):
        whats.append("withdrawn")
    if old is not None and old.version != new.version:
        whats.append("re-pinned")
    return max(whats, key=CASE_WHATS.index, default="moved")


def _item_what(old: Item | None, new: Item) -> str:
    whats = []
    fresh = old is None or (old.status in GONE and new.status not in GONE)
    if new.replaces and (old is None or old.id != new.id):
        whats.append("replaced")
        fresh = False
    before = "" if old is None else old.status
    if fresh:
        whats.append("issued")
    elif old is not None and (old.late_from, old.due, old.opened, old.effective) != (new.late_from, new.due, new.opened, new.effective):
        whats.append("moved")
    late = old.overdue_at if old is not None and not fresh else None
    if new.overdue_at is not None and late is None and new.status in OPEN:
        whats.append("overdue")
    if late is not None and new.overdue_at is None and new.status in (*OPEN, "done"):
        whats.append("overdue retracted")
    if before != new.status:
        if new.status in ("lapsed", "blocked", "done", "done late", "cancelled", "withdrawn", "recall"):
            whats.append(new.status)
        if before == "blocked" and new.status in ("open", "overdue", *DONE):
            whats.append("unblocked")
        if before in (*DONE, "cancelled", "lapsed", "recall") and new.status in OPEN:
            whats.append("reopened")
    return max(whats, key=ITEM_WHATS.index, default="moved")
