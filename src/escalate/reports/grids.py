"""A plain table of texts below its title, framed on a terminal and of whole lines in a pipe; and the notes below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import RenderableType


def grid(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], *, framed: bool, numbers: bool = False) -> RenderableType:
    """Rows below heads; columns in which nothing stands are left out. numbers: all columns but the first are numbers."""
    from rich import box
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    used = [n for n in range(len(heads)) if not n or any(row[n] for row in rows)]
    table = Table(
        box=box.SIMPLE_HEAD if framed else None, show_edge=False, pad_edge=False, header_style="dim" if framed else "",
        padding=(0, 1, 0, 0) if framed else (0, 2, 0, 0),
    )  # fmt: skip
    for n in used:
        table.add_column(heads[n], no_wrap=not framed or bool(numbers and n), overflow="fold", justify="right" if numbers and n else "left")
    for row in rows:
        table.add_row(*(Text(row[n]) for n in used))
    return Group(Text(title, style="bold"), table)


def notes(title: str, lines: Sequence[str]) -> Iterator[RenderableType]:
    """What is to be kept in mind, a line each behind the title."""
    from rich.cells import cell_len
    from rich.text import Text

    for n, line in enumerate(lines):
        yield Text(f"{title}  " if not n else " " * (cell_len(title) + 2), style="dim").append(line, style="yellow not dim")
