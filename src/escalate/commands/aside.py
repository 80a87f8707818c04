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
    found = [Problem(row.kind, f"{row.file}:{row.line}:{row.column}: " + row.message, help=row.help) for row in lost]
    others = [problem for problem in found if problem.kind != "unknown-student"]
    empty = next((one for one in world.warnings if one.kind == "empty-roster"), None)
    if empty is None or len(others) == len(found):
        return found
    n = f"{len(found) - len(others):,}"
    return [evolve(empty, message=say("{message}: rows that are set aside for it: {n}", message=empty.message, n=n), warning=False), *others]
