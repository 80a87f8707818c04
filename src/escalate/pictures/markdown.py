"""The table of a policy as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .table import WHAT, Row, Section, Table

# What Markdown would take for its own, or for HTML.
_OWN = re.compile(r"([\\`*_{}\[\]<>|#~$])")


def markdown(table: Table) -> str:
    """The whole table, a heading for each section."""
    lines = [f"# {escaped(table.title)}", ""]
    lines += [part for said in (table.in_force, table.unset) if said for part in (escaped(said), "")]
    for section in table.sections:
        lines += [*_section(section), ""]
    return "\n".join([*lines, escaped(table.sign)]) + "\n"


def _section(section: Section) -> Iterator[str]:
    yield from (f"## {escaped(section.title)}", "")
    if section.about:
        yield from (escaped(section.about), "")
    yield _line([escaped(head) for head in section.heads])
    yield _line(["---"] * len(section.heads))
    yield from (_line(_cells(row)) for row in section.rows)


def _cells(row: Row) -> list[str]:
    what = "<br>".join(map(escaped, [row.indented("　"), *row.notes]))
    cells = [*map(escaped, row.cells[:WHAT]), what, *map(escaped, row.cells[WHAT + 1 :])]
    return [f"**{cells[0]}**" if row.opens else cells[0], *cells[1:]]


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def escaped(text: str) -> str:
    """A text that Markdown shows as it is, on one line of its own."""
    return _OWN.sub(r"\\\1", text).replace("　", "&emsp;").replace("\n", "<br>")
