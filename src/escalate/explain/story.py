"""A student's records read one after the other: what was known of a case or an item before each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

from attrs import field, frozen

from ..policy import Action, Policy, stage_in
from ..records import Record
from ..terms import place_of as item_place

Fields = Mapping[str, object]
BRANCHES = ("then", "overdue", "on")


@frozen
class Known:
    """What stood before a record: the fields of its subject, and those of the case that its item belongs to.

    sessions: the names of the calendar's sessions in the order of the clock; empty where the calendar is not at hand.
    """

    before: Fields = field(factory=dict)
    case: Fields = field(factory=dict)
    sessions: Sequence[str] = ()


@frozen
class Entry:
    """One record of a story, with what was known before it."""

    record: Record
    known: Known

    @property
    def after(self) -> dict[str, object]:
        """The fields of the subject as the record leaves them."""
        return {**self.known.before, **changed(self.record)}


@frozen
class Place:
    """What an item's id says: its ladder and stage, and its action with the one before it (`then`, `overdue` or `on` a result)."""

    ladder: str
    stage: str
    action: Action | None = None
    parent: Action | None = None
    branch: str = ""
    result: str = ""


def follow(records: Iterable[Record], sessions: Sequence[str] = ()) -> Iterator[Entry]:
    """Every record in its order with what was known before it, and the names of the sessions by the clock."""
    stood: dict[tuple[str, str], dict[str, object]] = {}
    for record in records:
        student, subject = whose(record), str(record["subject"])
        old = str(changed(record).get("replaces", ""))
        own, taken = stood.get((student, subject), {}), stood.get((student, old), {})
        before = taken or own if record["what"] == "replaced" else own or taken
        case = stood.get((student, case_of(record, {**before, **changed(record)})), {})
        entry = Entry(record, Known(before, {} if record["kind"] == "case" else case, sessions))
        stood[student, subject] = {**entry.after, "what": record["what"], "policy": record["policy"], "path": path_of(record)}
        yield entry


def standing(entries: Iterable[Entry]) -> dict[str, Entry]:
    """The last entry of each subject, in the order in which they first came; an item that was replaced is left out."""
    found: dict[str, Entry] = {}
    for entry in entries:
        found.pop(str(changed(entry.record).get("replaces", "")), None)
        found[str(entry.record["subject"])] = entry
    return found


def changed(record: Record) -> dict[str, object]:
    """The fields that a record changed, as it leaves them."""
    return {name: change["to"] for name, change in _changes(record).items()}


def was(record: Record, name: str) -> object:
    """What a changed field was before; None where the record did not change it."""
    change = _changes(record).get(name)
    return change["from"] if change else None


def _changes(record: Record) -> Mapping[str, Mapping[str, object]]:
    return cast("Mapping[str, Mapping[str, object]]", record["changes"])


def path_of(record: Record) -> str:
    """The policy path of a record."""
    return str(_line(record)["path"])


def cites_of(record: Record) -> list[str]:
    """The clause ids of a record."""
    return cast("list[str]", _line(record)["cites"])


def _line(record: Record) -> Mapping[str, object]:
    return cast("Mapping[str, object]", record["line"])


def whose(record: Record) -> str:
    """The student's id, or a group's with its level before it."""
    return str(record.get("student") or record.get("group", ""))


def case_of(record: Record, fields: Fields) -> str:
    """The subject of the case that an item belongs to."""
    parts = parts_of(str(record["subject"]), record)
    return f"{str(record['policy']).rpartition('@')[0]}/{whose(record)}/{parts[0]}/{fields.get('case', parts[1])}"


def parts_of(subject: str, record: Record) -> list[str]:
    """An id without its policy and subject: ladder, case, stage, n, item, actor, and what is chained to it; of a duty or a target likewise."""
    _, *parts = subject.split("/")
    part = item_place(subject)[0] if record["kind"] == "item" else ""
    if not part or part != parts[0]:
        return parts[1:]
    at = 4 if parts[3].isdigit() and len(parts) >= 6 else 3  # where the item's name stands: behind a duty's n or a target's date
    return [part, "0", part, "/".join(parts[2:at]), *parts[at:]]


def place_of(record: Record, policy: Policy) -> Place:
    """Where an item stands in its policy, as its id says."""
    ladder, _, stage, _, name, *rest = [*parts_of(str(record["subject"]), record), "", "", "", "", ""]
    found = stage_in(policy, ladder, stage, path_of(record))
    action = _named(found.do if found else (), name)
    parent, branch, result = None, "", ""
    while (at := next((n for n, part in enumerate(rest) if n and part in BRANCHES), None)) is not None:
        branch, result = rest[at], rest[at + 1] if rest[at] == "on" else ""
        at += 2 if branch == "on" else 1
        parent, action, rest = action, _named(_branch(action, branch, result), rest[at]), rest[at + 1 :]
    return Place(ladder, stage, action, parent, branch, result)


def _named(actions: Iterable[Action], name: str) -> Action | None:
    return next((action for action in actions if action.name == name), None)


def _branch(action: Action | None, branch: str, result: str) -> tuple[Action, ...]:
    if action is None:
        return ()
    if branch == "on":
        return next((actions for word, actions in action.if_outcome if word == result), ())
    return action.then if branch == "then" else action.if_overdue
