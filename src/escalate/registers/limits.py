"""What one reader may see of the registers: those that name the role, and of them the rows of the groups for which the person holds it (law 14)."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from .sheets import Sheet


def for_person(sheets: Iterable[Sheet], role: str, person: str) -> tuple[Sheet, ...]:
    """The registers of a role, each with the rows that this holder of it may read; no other register."""
    return tuple(
        evolve(
            sheet,
            rows=tuple(evolve(row, readers={role: (person,)}) for row in sheet.rows if person in row.readers.get(role, ())),
            readers={role: (person,)},
        )
        for sheet in sheets
        if person in sheet.readers.get(role, ())
    )
