"""Which kind of file a text is: a policy, a spec, a calendar or a mapping, or one of the tables of a run (DESIGN, section 9)."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from .keywords import KEYS, KEYS_OF

if TYPE_CHECKING:
    from .source import Source

OF_A_RUN = ("roster", "assignments", "events", "table")  # what only a run reads
SPEC = ".spec.yaml"  # how the name of a spec ends
TABLES = (".csv", ".jsonl", ".ndjson", ".xlsx")
_TOP = re.compile(r"^(\w+) *[:：]", re.MULTILINE)
_ROSTER = frozenset(("students", "assignments"))
_CELLS = re.compile(r"[,;\t|]")


def kind_of(source: Source) -> str:
    """`policy`, `spec`, `calendar` or `mapping`, by its name or the keys at its top, also of a text that cannot be read; a policy where they tell nothing."""
    return kind_told(source) or "policy"


def kind_told(source: Source) -> str:
    """The same; empty where neither the name nor the keys that begin a line tell it."""
    return "spec" if source.path.endswith(SPEC) else kind_of_keys(keys_of(source))


def kind_of_keys(keys: Collection[str]) -> str:
    """The kind that has such keys at its top, in either language; empty where they tell nothing."""
    if has(keys, "spec", "cases") and not has(keys, "policy", "ladders"):
        return "spec"
    if has(keys, "policy", "policy", "extends", "ladders", "duties", "targets", "measures", "parameters", "marks"):
        return "policy"
    if has(keys, "calendar", "calendar") and has(keys, "calendar", "timezone", "sessions", "week", "terms", "covers", "closed"):
        return "calendar"
    return "mapping" if "format" in keys or {"columns", "codes"} <= {*keys} else ""  # it is written in English


def kind_of_file(source: Source) -> str:
    """The same of any file of a run: also `roster`, `assignments`, `events`, or `table` where its columns do not tell which."""
    keys = keys_of(source)
    return kind_told(source) or ("roster" if keys and keys <= _ROSTER else _kind_of_table(source))


def begins(source: Source) -> int:
    """The number of the first line that says something."""
    return next((n for n, line in enumerate(source.lines, 1) if line.strip() and not line.lstrip().startswith("#")), 1)


def keys_of(source: Source) -> frozenset[str]:
    """What stands as a key at the beginning of a line."""
    return frozenset(_TOP.findall(source.text))


def _kind_of_table(source: Source) -> str:
    path = source.path.lower()
    if path.endswith((".jsonl", ".ndjson")):
        return "events"
    columns = frozenset(cell.strip().strip('"') for cell in _CELLS.split(source.line(begins(source))))
    if {"date", "session", "code"} <= columns or "type" in columns and columns & {"at", "known", "recorded", "date"}:
        return "events"
    if {"role", "person"} <= columns and "student" not in columns:
        return "assignments"
    if "student" in columns and len(columns) > 1 and not columns & {"date", "session", "code", "type"}:
        return "roster"
    return "table" if path.endswith(TABLES) else ""


def has(keys: Collection[str], kind: str, *wanted: str) -> bool:
    """Whether one of some keys of a kind of file is among them, in either language."""
    return any(key in keys or (KEYS_OF.get(kind, {}).get(key) or KEYS.get(key)) in keys for key in wanted)
