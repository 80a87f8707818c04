"""Marks laid over the calendar: a block a week, Monday to Sunday, below each date what was marked, and whether all came as expected."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from attrs import frozen

from ..phrases import phrases_for
from .words import counted, words_for

Drawn = tuple[tuple[str, str], ...]  # a line as its parts, each a text and a style of rich
INDENT = "  "


@frozen
class Day:
    """One date. `cells`: a text a row, None where there is no school; `agrees`: whether what came on it was expected, None where nothing came or was."""

    date: datetime.date
    cells: tuple[str | None, ...]
    agrees: bool | None = None


Week = tuple[Day, ...]


def plain(line: Drawn) -> str:
    """A line without its styles."""
    return "".join(text for text, _ in line).rstrip()


def draw_weeks(weeks: Sequence[Week | int], names: Sequence[str], lang: str) -> list[Drawn]:
    """Some weeks below the names of the weekdays; a number stands for weeks that are left out. `names`: whose each row is."""
    from rich.cells import cell_len, set_cell_size

    weekdays = phrases_for(lang).weekdays
    days = [day for week in weeks if not isinstance(week, int) for day in week]
    label = max(4, *map(cell_len, names)) + 2
    column = max(5, *map(cell_len, weekdays), *(cell_len(cell) for day in days for cell in day.cells if cell)) + 2

    def row(head: str, cells: Sequence[tuple[str, str]]) -> Drawn:
        return ((INDENT + set_cell_size(head, label), "dim"), *((set_cell_size(text, column), style) for text, style in cells))

    lines, year = [row("", [(weekday, "dim") for weekday in weekdays])], 0
    for week in weeks:
        if isinstance(week, int):
            lines.append(((f"{INDENT}{_left_out(week, lang)}", "dim"),))
            continue
        lines.append(row("" if week[0].date.year == year else str(week[0].date.year), [(f"{day.date:%m-%d}", _style(day)) for day in week]))
        year = week[0].date.year
        lines += [row(name, [(cell or "", "dim" if cell == "_" else "") for cell in cells]) for name, cells in zip(names, _rows(week), strict=True)]
        if any(day.agrees is not None for day in week):
            lines.append(row("", [_sign(day) for day in week]))
    return lines


def _rows(week: Week) -> Iterator[tuple[str | None, ...]]:
    return zip(*(day.cells for day in week), strict=True)


def _left_out(number: int, lang: str) -> str:
    words = words_for(lang)
    return words["spec.weeks"].format(n=number, word=counted(number, words["spec.week"]))


def _style(day: Day) -> str:
    """A date is red where something is not as expected, and dim where nobody has school."""
    if day.agrees is False:
        return "bold red"
    return "dim" if all(cell is None for cell in day.cells) else "bold"


def _sign(day: Day) -> tuple[str, str]:
    return ("", "") if day.agrees is None else ("✓", "green") if day.agrees else ("✗", "bold red")
