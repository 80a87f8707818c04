"""Where the engine and the model part, as it is read: what each decides at that instant and the other does not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import asdict

from ..ledger import Case, Item
from ..records import INSTANTS
from ..times import Instant, Zone
from .playing import path_of

# A change as `model.beside.comparable` gives it: when it was decided, of whom, what it is, and what stands.
Change = tuple[Instant, str, str, Case | Item]


def parting(ours: Sequence[Change], theirs: Sequence[Change], zone: Zone) -> tuple[str, tuple[str, ...]]:
    """What differs at the first instant at which anything does, in lines; and the paths of the policy that it is about."""
    first = next((n for n, (one, other) in enumerate(zip(ours, theirs, strict=False)) if one != other), min(len(ours), len(theirs)))
    at = min(row[first][0] for row in (ours, theirs) if first < len(row))
    engine, model = ([one for one in row if one[0] == at] for row in (ours, theirs))
    only = [one for one in engine if one not in model], [one for one in model if one not in engine]
    pairs = [(one, other) for one in only[0] for other in only[1] if _same(one, other)]
    paired = [change for pair in pairs for change in pair]
    lines = [f"{zone.text(at)[:16].replace('T', ' ')}"]
    for one, other in pairs:
        lines += [f"  both: {_line(one)}, but {'; '.join(_fields(one[3], other[3], zone))}"]
    for name, row in zip(("engine", "model"), only, strict=True):
        lines += [f"  {name} only: {_line(one)}" for one in row if one not in paired]
    if len(lines) == 1:
        lines.append("  the same in another order")
    return "\n".join(lines), tuple(dict.fromkeys(path_of(one[3]) for one in (*paired, *only[0], *only[1])))


def _same(one: Change, other: Change) -> bool:
    return one[1:3] == other[1:3] and type(one[3]) is type(other[3]) and _name(one[3]) == _name(other[3])


def _name(new: Case | Item) -> object:
    return new.id if isinstance(new, Item) else new.key


def _line(change: Change) -> str:
    """A change in a line: what it is, the item or case, and for an item by when it is due."""
    _, student, what, new = change
    if isinstance(new, Case):
        return f"{student} {what} case {new.ladder}/{new.number}"
    return f"{student} {what} {new.action} ({new.path}) by {new.actor}{f', due {new.due}' if new.due and what not in ('withdrawn', 'cancelled') else ''}"


def _fields(one: Case | Item, other: Case | Item, zone: Zone) -> Iterable[str]:
    """The fields in which two differ, with what the engine and the model say."""
    ours, theirs = asdict(one, recurse=False), asdict(other, recurse=False)

    def text(key: str, value: object) -> str:
        return zone.text(value)[:19].replace("T", " ") if key in INSTANTS and isinstance(value, int) else str(value) if value not in (None, "", ()) else "none"

    return [f"{key} is {text(key, ours[key])} by the engine, {text(key, theirs[key])} by the model" for key in ours if ours[key] != theirs[key]]
