"""Slips in how lines begin: tabs, blanks that are none, columns that fit no key."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from ..messages import Said, say
from ..source import Problem, Source
from .colons import KEYWORDS
from .trouble import Trouble, at, lines_near, show

_LINE = re.compile(r"( *)(?:-\s+)?([^\s#\"'{\[].*?|\"[^\"]*\"|'[^']*'):(?:\s|$)")
# Blanks of word processors and of Chinese typing, which YAML reads as letters.
_ODD_BLANK = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


@frozen
class Row:
    """A line that begins a key: its number, its column, and whether the key is a word of ours."""

    number: int
    col: int
    ours: bool


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


def tab_after_colon(source: Source, trouble: Trouble) -> Problem | None:
    """`when:⇥days_away >= 2`: a tab where one space must stand."""
    line = source.line(trouble.line)
    found = re.search(r":[ \t]*\t[ \t]*$", line[: trouble.col])
    if "cannot start any token" not in trouble.words or not found:
        return None
    mended = f"{line[: found.start()]}: {line[found.end() :].lstrip()}"
    return Problem("tab", say("a tab stands after the colon"), at(source, trouble.line, line.index("\t") + 1), show(mended))


def odd_blank_indents(source: Source, trouble: Trouble) -> Problem | None:
    """A full-width space, or one that a word processor puts in, where spaces must stand."""
    found = (odd_blank(source, number, len(line) - len(line.lstrip(" ")) + 1) for number in lines_near(trouble) for line in (source.line(number),))
    return next((problem for problem in found if problem), None)


def odd_blank(source: Source, number: int, col: int) -> Problem | None:
    """What is said of a key before which a blank stands that is none of YAML's; None where none does."""
    sign = source.line(number)[col - 1 : col]
    if not _ODD_BLANK.fullmatch(sign):
        return None
    message = say("a full-width space indents this line") if sign == "\u3000" else say("a blank that is no ordinary space indents this line")
    return Problem("full-width", message, at(source, number, col), say("indent with ordinary spaces, two a level"))


def wrong_column(source: Source, trouble: Trouble) -> Problem | None:
    """Keys of one mapping that do not start in one column."""
    deeper = "mapping values are not allowed" in trouble.words
    if "expected <block end>" not in trouble.words and not deeper:
        return None
    here = _row(source, trouble.line)
    parted = _parted(source, here) if here else None
    if parted:
        short, model = parted
        message = say("this line starts further left than the keys above and below it")
        return Problem("indentation", message, at(source, short.number, short.col), _beside_it(model.number, model.col))
    if deeper:
        help = say("line {max} already has a value, so nothing can stand below it", max=max(trouble.line - 1, 1))
    else:
        help = _beside_it(*_beside(source, trouble))
    return Problem("indentation", say("this line starts in a column that fits no key above it"), at(source, trouble.line, trouble.col), help)


def _beside_it(line: int, col: int) -> Said:
    return say("the keys beside it start in column {col} (line {line})", col=col, line=line)


def _row(source: Source, number: int) -> Row | None:
    found = _LINE.match(source.line(number))
    if not found:
        return None
    return Row(number, len(found.group(1)) + 1, found.group(2) in KEYWORDS)


def _rows(source: Source, numbers: range) -> Iterator[Row]:
    return (row for number in numbers if (row := _row(source, number)) is not None)


def _parted(source: Source, here: Row) -> tuple[Row, Row] | None:
    """The line that stands too far left above a line, and the line above both beside which the two were meant to stand.

    `visit:` between `first_day:` and `still_away:`, two columns short of them. Of words of ours and names of the author's only like are neighbours.
    """
    short: Row | None = None
    for row in _rows(source, range(here.number - 1, 0, -1)):
        if row.col < here.col and short is not None:
            return None
        if row.col < here.col:
            short = row
        elif row.col == here.col and short is not None:
            return (short, row) if row.ours == short.ours == here.ours else None
        elif row.col == here.col:
            return None
    return None


def _beside(source: Source, trouble: Trouble) -> tuple[int, int]:
    """The line and column of the keys that a key in a wrong column most likely belongs to: those of its kind, the nearest, deeper first."""
    here = _row(source, trouble.line)
    rows: list[Row] = []
    for row in _rows(source, range(trouble.line - 1, 0, -1)):
        if not rows or row.col < rows[-1].col:
            rows.append(row)
    like = [row for row in rows if here is None or row.ours == here.ours]
    near = min(like or rows, key=lambda row: (abs(row.col - trouble.col), -row.col), default=None)
    return (near.number, near.col) if near else (trouble.start_line, trouble.start_col)
