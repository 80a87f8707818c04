"""`escalate show` and `escalate diagram`: a policy as a table and as a drawing."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..load import load_policy
from ..messages import say
from ..pictures import Row, Section, Table, markdown, mermaid, sheets_of, svg, table_of
from ..pictures.table import COLUMNS, WHAT
from ..pictures.words import words_for
from ..policy import Policy
from ..reports.problems import print_json
from ..reports.table import console_for, show
from ..reports.wrap import wrap
from ..source import Problem, Refused
from ..writers.workbook import available, workbook_of
from . import FINE, Misuse
from .giving import give

if TYPE_CHECKING:
    from rich.console import RenderableType

LEAST = 6  # cells of a column
ROOMY = 110  # a narrower terminal does without the column that the rows below an item repeat


def show_table(path: str, form: str = "human", out: str | None = None, lang: str | None = None) -> int:
    """Print a policy as a table, or write it to a file."""
    if form == "xlsx":
        return _workbook(path, out, lang)
    table = table_of(load_policy(path), lang or "")
    if form == "human" and out is None:
        show(_parts(table, console_for(sys.stdout).width if sys.stdout.isatty() else None), sys.stdout)
        return FINE
    text = io.StringIO()
    if form == "json":
        print_json(table.as_values(), text)
    elif form == "markdown":
        text.write(markdown(table))
    else:
        show(_parts(table, None), text)
    return give(text.getvalue().encode(), out, table.title)


def draw(path: str, form: str = "svg", out: str | None = None, lang: str | None = None) -> int:
    """Print a drawing of a policy's ladders, or write it to a file."""
    policy = load_policy(path)
    drawn = (mermaid if form == "mermaid" else svg)(policy, lang or "")
    return give(drawn.encode(), out, _title(policy, lang))


def _workbook(path: str, out: str | None, lang: str | None) -> int:
    if out is None:
        raise Misuse(say("--format xlsx: say where to write it, with --out FILE"))
    if not available():
        help = say("install it: pip install 'escalate-policy[xlsx]'; or ask for --format markdown")
        raise Refused([Problem("missing-package", say("a workbook needs the package `openpyxl`, which is not installed"), help=help)])
    table = table_of(load_policy(path), lang or "")
    if not table.sections:
        raise Refused([Problem("nothing-to-show", say("`{path}` has no ladder, no duty and no target: a workbook of it would have no sheet", path=path))])
    return give(workbook_of(sheets_of(table)), out, table.title)


def _title(policy: Policy, lang: str | None) -> str:
    return policy.title.say(lang or policy.lang) or policy.name


# --- on a terminal ------------------------------------------------------------------------------------


def _parts(table: Table, width: int | None) -> Iterator[RenderableType]:
    """The table for a terminal of a width, for a pipe without one."""
    from rich.text import Text

    yield Text(table.title, style="bold").append(f"  {table.in_force}".rstrip(), style="not bold dim")
    if table.unset:
        yield Text(table.unset, style="yellow")
    for section in table.sections:
        yield ""
        yield Text(section.title, style="bold cyan").append(f"  {section.about}".rstrip(), style="not bold dim")
        yield _section(section, words_for(table.lang)["split"], width)
    yield from ("", Text(table.sign))


def _section(section: Section, split: str, width: int | None) -> RenderableType:
    """A section without the columns in which nothing stands; on a terminal in a frame, with a line below each stage."""
    from rich import box
    from rich.cells import cell_len
    from rich.table import Table as Grid
    from rich.text import Text

    left_out = {COLUMNS.index("late")} if width is not None and width < ROOMY else set()
    used = [n for n in range(len(section.heads)) if n not in left_out and any(row.cells[n] for row in section.rows)]
    if width is None:
        grid = Grid(box=None, pad_edge=False, header_style="", padding=(0, 2, 0, 0))
        for n in used:
            grid.add_column(section.heads[n], no_wrap=True)
        for row in section.rows:
            cells = row.with_what(split.join([row.indented("  "), *row.notes]))
            grid.add_row(*(Text(split.join(cells[n].split("\n"))) for n in used))
        return grid
    texts = [[section.heads[n], *(part for row in section.rows for part in (row.cells[n], *(row.notes if n == WHAT else ())))] for n in used]
    wanted = [max(cell_len(line) for text in found for line in text.split("\n")) for found in texts]
    room = dict(zip(used, _room(wanted, width - 3 * len(used) - 1), strict=True))
    grid = Grid(box=box.ROUNDED, header_style="dim", border_style="dim")
    for n in used:
        grid.add_column(Text("\n".join(wrap(section.heads[n], room[n]))), width=room[n])
    for place, row in enumerate(section.rows):
        if place and row.opens:
            grid.add_section()
        grid.add_row(*(_cell(row, n, room[n]) for n in used))
    return grid


def _cell(row: Row, column: int, room: int) -> RenderableType:
    from rich.text import Text

    cell = Text("\n".join(line for part in row.cells[column].split("\n") for line in wrap(part, room)), style="bold" if column == 0 else "")
    if column != WHAT:
        return cell
    left = "  " * (row.depth - 1) + "↳ " if row.depth else ""
    lines = wrap(row.cells[WHAT], room - len(left))
    cell = Text("\n".join((left if not n else " " * len(left)) + line for n, line in enumerate(lines)), style="bold")
    for note in row.notes:
        cell.append("".join(f"\n{' ' * len(left)}{line}" for line in wrap(note, room - len(left))), style="not bold dim")
    return cell


def _room(widths: Sequence[int], width: int) -> list[int]:
    """What each column gets of a width: all that it wants as long as it wants no more than its share of what is left."""
    found, left = list(widths), max(width, LEAST * len(widths))
    for place, n in enumerate(sorted(range(len(widths)), key=lambda n: widths[n])):
        found[n] = min(widths[n], left // (len(widths) - place))
        left -= found[n]
    return found
