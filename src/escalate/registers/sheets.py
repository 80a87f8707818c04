"""A register as it is shown: heads, rows, and for each row the persons who may read it."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

Cell = str | int


@frozen
class Row:
    """One row. students: whom it is about. readers: by role, the persons who hold it for all of these."""

    cells: tuple[Cell, ...]
    students: tuple[str, ...] = ()
    readers: Mapping[str, tuple[str, ...]] = field(factory=dict)


@frozen
class Sheet:
    """One register of one policy on one date (`2025-09-04`), empty where it is of none.

    heading: the policy's title. kept: how long it is kept, in words. readers: the roles that may read it, each with all who hold it.
    """

    name: str
    policy: str
    heading: str
    title: str
    date: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...] = field(default=(), repr=False)
    kept: str = ""
    cites: tuple[str, ...] = ()
    readers: Mapping[str, tuple[str, ...]] = field(factory=dict)
