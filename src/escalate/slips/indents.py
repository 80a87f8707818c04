"""Slips in how lines begin: tabs, blanks that are none, columns that fit no key."""

from __future__ import annotations

import re
import sys

from ..messages import say
from ..source import Problem, Source
from .trouble import KEY, Trouble, at, lines_near


def tabs_indent(source: Source, trouble: Trouble) -> Problem | None:
    """A tab where spaces must stand."""
    for number in lines_near(trouble):
        line = source.line(number)
        found = re.match(r"\s*\t", line.replace("\u3000", "x"))
        if found and ("\\t" in trouble.words or "\t" in line[: len(line) - len(line.lstrip())]):
            return Problem(
                "tab",
                say("a tab indents this line"),
                at(source, number, line.index("\t") + 1),
                say("indent with spaces, two a level; an editor can turn tabs into spaces"),
            )
    return None


def wide_space_indents(source: Source, trouble: Trouble) -> Problem | None:
    """A full-width space where spaces must stand."""
    for number in lines_near(trouble):
        line = source.line(number)
        if re.match(r" *\u3000", line):
            return Problem(
                "full-width",
                say("a full-width space indents this line"),
                at(source, number, line.index("\u3000") + 1),
                say("indent with ordinary spaces, two a level"),
            )
    return None


def wrong_column(source: Source, trouble: Trouble) -> Problem | None:
    """Keys of one mapping that do not start in one column."""
    if "expected <block end>" not in trouble.words and "mapping values are not allowed" not in trouble.words:
        return None
    if "expected <block end>" in trouble.words:
        line, col = _beside(source, trouble)
        help = say("the keys beside it start in column {col} (line {line})", col=col, line=line)
    else:
        help = say("line {max} already has a value, so nothing can stand below it", max=max(trouble.line - 1, 1))
    return Problem(
        "indentation",
        say("this line starts in a column that fits no key above it"),
        at(source, trouble.line, trouble.col),
        help,
    )


def _beside(source: Source, trouble: Trouble) -> tuple[int, int]:
    """The line and column of the keys that a key in a wrong column most likely belongs to: the nearest, deeper first."""
    columns: dict[int, int] = {}
    bound = sys.maxsize
    for number in range(trouble.line - 1, 0, -1):
        text = source.line(number)
        col = len(text) - len(text.lstrip()) + 1
        if re.match(rf"\s*(?:-\s+)?{KEY}:(?:\s|$)", text) and col < bound:
            columns[col], bound = number, col
    near = min(columns, key=lambda col: (abs(col - trouble.col), -col), default=trouble.start_col)
    return columns.get(near, trouble.start_line), near
