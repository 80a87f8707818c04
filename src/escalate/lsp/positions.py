"""Places as the protocol counts them: lines and UTF-16 units from 0; ours count lines and signs from 1."""

from __future__ import annotations

import re
from functools import lru_cache

from attrs import frozen

from ..source import Source, Span

_OURS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_THEIRS = re.compile("\r\n|[\n\r]")


@frozen(order=True)
class Position:
    """A place between two signs: a line, and UTF-16 units before it in that line."""

    line: int
    character: int


@frozen
class Stretch:
    """From one position up to another."""

    start: Position
    end: Position


def stretch_of(span: Span) -> Stretch:
    """A span as the protocol counts it."""
    start, end = bounds(span)
    return Stretch(position_at(span.source.text, start), position_at(span.source.text, end))


def position_at(text: str, offset: int) -> Position:
    """The position behind so many signs of a text."""
    starts = _starts(text, _THEIRS)
    line = sum(start <= offset for start in starts) - 1
    return Position(line, _units(text[starts[line] : offset]))


def offset_at(text: str, position: Position) -> int:
    """How many signs of a text stand before a position; past the end of a line, its end."""
    starts = _starts(text, _THEIRS)
    if position.line >= len(starts):
        return len(text)
    start = starts[position.line]
    end = len(text) if position.line + 1 == len(starts) else starts[position.line + 1]
    line = text[start:end].rstrip("\r\n")
    units = 0
    for n, sign in enumerate(line):
        units += _units(sign)
        if units > position.character:
            return start + n
    return start + len(line)


def holds(span: Span, source: Source, offset: int) -> bool:
    """Whether a place of a source lies in a span, or directly behind it."""
    start, end = bounds(span)
    return span.source == source and start <= offset <= end


def bounds(span: Span) -> tuple[int, int]:
    """How many signs stand before a span, and before its end."""
    return _offset(span.source, span.line, span.col), _offset(span.source, span.end_line, span.end_col)


def _offset(source: Source, line: int, col: int) -> int:
    starts = _starts(source.text, _OURS)
    return min(len(source.text), (starts[line - 1] if line <= len(starts) else len(source.text)) + col - 1)


@lru_cache(32)  # each place of a text is asked by itself
def _starts(text: str, ends: re.Pattern[str]) -> tuple[int, ...]:
    return 0, *(found.end() for found in ends.finditer(text))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
