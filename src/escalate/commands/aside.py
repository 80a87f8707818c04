"""Rows that were set aside, as they are told: each at its place, but those of one cause once."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from ..messages import say
from ..readers.inputs import World
from ..readers.rejects import Reject
from ..source import Problem


def problems_of(lost: Iterable[Reject], world: World) -> list[Problem]:
    """Rows as problems. Where the roster holds no student, the rows about students are one, at the roster's place: there it is mended."""
    rows = list(lost)
    empty = next((one for one in world.warnings if one.kind == "empty-roster"), None)
    nobodys = [row for row in rows if empty is not None and row.kind == "unknown-student"]
    found = [
        Problem(row.kind, f"{row.file}:{row.line}:{row.column}: " + row.message, help=row.help) for row in rows if not nobodys or row.kind != "unknown-student"
    ]
    if empty is None or not nobodys:
        return found
    return [evolve(empty, message=say("{message}: rows that are set aside for it: {n}", message=empty.message, n=f"{len(nobodys):,}"), warning=False), *found]
