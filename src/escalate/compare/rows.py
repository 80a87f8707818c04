"""A difference as plain values: a row of a table, or an object for programs."""

from __future__ import annotations

from ..ledger import Case, Item
from ..records import find_action
from ..times import Zone
from .differences import Comparison, Difference
from .pairs import Side

FIELDS = (
    "what", "kind", "student", "group", "school", "class", "part", "stage", "action", "title", "number", "case_a", "case_b", "opened_a", "opened_b", "due_a",
    "due_b", "ended_a", "ended_b", "status_a", "status_b", "by_a", "by_b", "entry_a", "entry_b", "differs", "id_a", "id_b",
)  # fmt: skip
SIDED = ("case", "opened", "due", "ended", "status", "by", "entry", "id")


def row_of(one: Difference, comparison: Comparison) -> dict[str, str]:
    """One case or item that is not the same: ids and no names; what a side has not is empty."""
    item = one.one if isinstance(one.one, Item) else None
    policy = comparison.policy_of(one)
    action = find_action(policy, item.path) if item is not None else None
    sides = [_values(found, each) for found, each in ((one.old, comparison.a), (one.new, comparison.b))]
    values = {
        "what": one.what, "kind": "case" if item is None else "item",
        "student": "" if "/" in one.whose else one.whose, "group": one.whose if "/" in one.whose else "",
        "school": comparison.column(one, "school"), "class": comparison.column(one, "class"),
        "part": one.one.ladder, "stage": item.stage if item is not None else "", "action": item.action if item is not None else "",
        "title": action.title.say(policy.lang) if action is not None else "", "number": item.occurrence if item is not None else "",
        "differs": "; ".join(one.fields),
        **{f"{name}_{letter}": found.get(name, "") for name in SIDED for letter, found in zip("ab", sides, strict=True)},
    }  # fmt: skip
    return {name: values[name] for name in FIELDS}


def _values(found: Case | Item | None, side: Side) -> dict[str, str]:
    """What one side has."""
    if found is None:
        return {}
    opened = side.zone.text(found.opened)
    if isinstance(found, Case):
        status = found.fate if found.fate != "live" else "open" if found.ended is None else "ended"
        return {"case": str(found.number), "opened": opened, "ended": _text(found.ended, side.zone), "status": status}
    by = "; ".join(f"{who.removeprefix('by ')}: {', '.join(persons) or '-'}" for who, persons in found.persons if who.startswith("by "))
    entry = " ".join(part for part in found.entry[:2] if part)
    case = str(found.case) if found.ladder in side.policy_of(found).ladders else ""
    return {"case": case, "opened": opened, "due": found.due, "status": found.status, "by": by, "entry": entry, "id": found.id}


def _text(at: int | None, zone: Zone) -> str:
    return "" if at is None else zone.text(at)
