"""Action items as JSON Lines and CSV: one fixed order of fields, ids and no names."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import IO

from ..ledger import Item
from ..policy import OWN_ROLES, Action, Due, DueParam, Nth, Policy
from ..records import Record, find_action, line_of, whose
from ..times import Instant, Zone
from .rejects import safe

FIELDS = (
    "id", "policy", "version", "clause", "student", "group", "school", "class", "case", "stage", "kind", "title", "form", "by", "persons",
    "to", "notified", "effective", "opened", "due", "due_kind", "status", "overdue_at", "outcome", "done_at", "missing", "note", "entry",
    "ground",
)  # fmt: skip
CAPACITIES = {"by": "by", "to": "to", "notify": "notified", "about": "about"}
DUE_KINDS = {"school_day": "school day", "school_week": "school day", "office_day": "office day", "minute": "instant", "hour": "instant"}

# A roster column of a student, or of a group as `level/name`, on the local date of an instant.
Column = Callable[[str, str, Instant], str]
Row = dict[str, object]


def grounds(records: Iterable[Record]) -> Mapping[str, tuple[str, ...]]:
    """The ids of audit records, `subject@decided`, by the subject that they are about."""
    found: dict[str, list[str]] = defaultdict(list)
    for record in records:
        found[str(record["subject"])].append(f"{record['subject']}@{record['decided']}")
    return {subject: tuple(ids) for subject, ids in found.items()}


def rows_of(
    items: Iterable[Item], policies: Iterable[Policy], zone: Zone, column: Column, ground: Mapping[str, tuple[str, ...]]
) -> Iterator[Row]:
    """Every item as a row: each field there, empty where the item has none."""
    by_version = {(policy.name, policy.version): policy for policy in policies}
    for item in items:
        yield row_of(item, by_version[item.policy, item.version], zone, column, ground)


def row_of(item: Item, policy: Policy, zone: Zone, column: Column, ground: Mapping[str, tuple[str, ...]]) -> Row:
    """One item as a row."""
    action = find_action(policy, item.path)
    whom = whose(item, policy)
    student = "" if "/" in whom else whom
    told = {word: [role for (part, role), _ in _persons(item) if part == word] for word in ("by", "to", "notify")}
    return {
        "id": item.id,
        "policy": item.policy,
        "version": item.version,
        "clause": line_of(item, policy)["cites"],
        "student": student,
        "group": whom if not student else "",
        "school": column(whom, "school", item.opened),
        "class": column(whom, "class", item.opened),
        "case": f"{item.policy}/{student}/{item.ladder}/{item.case}" if item.ladder in policy.ladders else "",
        "stage": f"{item.ladder}.{item.stage}",
        "kind": action.kind if action else "",
        "title": (action.title.say(policy.lang) if action else "") or item.action,
        "form": action.form if action else "",
        "by": told["by"],
        "persons": [{"as": CAPACITIES[word], "role": role, "persons": list(who)} for (word, role), who in _persons(item)],
        "to": told["to"],
        "notified": told["notify"],
        "effective": zone.text(item.effective),
        "opened": zone.text(item.opened),
        "due": item.due,
        "due_kind": due_kind(item, action, policy),
        "status": item.status,
        "overdue_at": "" if item.overdue_at is None else zone.text(item.overdue_at),
        "outcome": item.outcome,
        "done_at": "" if item.done_at is None else zone.text(item.done_at),
        "missing": list(item.missing),
        "note": item.note,
        "entry": list(item.entry),
        "ground": list(ground.get(item.id, ())),
    }


def _persons(item: Item) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    for who, persons in item.persons:
        word, _, role = who.partition(" ")
        yield (word, role), persons


def due_kind(item: Item, action: Action | None, policy: Policy) -> str:
    """What the due is counted in: school day, office day, day, instant; empty without one."""
    if not item.due:
        return ""
    if len(item.due) > 10:
        return "instant"
    kinds = {_kind(due) for due in _dues(action.due if action else None, policy)}
    return kinds.pop() if len(kinds) == 1 else "day"


def _dues(due: Due | None, policy: Policy) -> list[object]:
    if isinstance(due, DueParam):
        return [line.value for line in policy.parameters[due.name].lines]
    return [due.offset if isinstance(due, Nth) else due]


def _kind(due: object) -> str:
    return DUE_KINDS.get(getattr(due, "unit", ""), "day")


# --- files ----------------------------------------------------------------------------------------------


def write_jsonl(path: str, rows: Iterable[Row]) -> None:
    """One JSON object a line, its keys in the fields' order."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.writelines(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)


def write_csv(path: str, rows: Iterable[Row], names: Callable[[str], str] | None = None, fields: Sequence[str] = FIELDS) -> None:
    """The same as a table for a spreadsheet, UTF-8 with a byte order mark; no cell is run as a formula.

    names: adds a column of students' names, which stand in no other file.
    """
    fields = list(fields)
    if names is not None:
        fields.insert(fields.index("student") + 1, "name")
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        _write(file, fields, rows, names)


def _write(file: IO[str], fields: list[str], rows: Iterable[Row], names: Callable[[str], str] | None) -> None:
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(fields)
    for row in rows:
        full = row if names is None else {**row, "name": names(str(row["student"])) if row["student"] else ""}
        writer.writerow([safe(cell(full[name])) for name in fields])


def cell(value: object) -> str:
    """A field as one cell: lists joined by `; `, persons as `role: a, b`, a vacant role as `role: -`, what was by its names."""
    if isinstance(value, list):
        return "; ".join(text for part in value if (text := _part(part)))
    if isinstance(value, dict):
        return "; ".join(f"{name}: {cell(part)}" for name, part in value.items())
    return str(value)


def _part(part: object) -> str:
    if isinstance(part, dict):
        if not part["persons"] and part["role"] in OWN_ROLES:
            return ""
        word = "" if part["as"] == "by" else f"{part['as']} "
        return f"{word}{part['role']}: {', '.join(part['persons']) or '-'}"
    return str(part)
