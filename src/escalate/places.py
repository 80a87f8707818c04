"""From a stretch of a value to its place in the file that it was read from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from .source import Span

Place = Callable[[int, int], "Span | None"]


def placed(text: str, span: Span | None) -> Place:
    """What finds a stretch of a text in its source.

    The text is laid along its source sign by sign, blanks apart, so that quotes around it, a block
    scalar's indentation and folded lines keep their places; where it does not fit, columns are counted.
    """
    if span is None:
        return lambda start, end: None
    where = _laid(text, span)

    def place(start: int, end: int) -> Span | None:
        inside = [where[n] for n in range(start, min(end, len(text))) if n in where]
        if inside:
            (line, col), (end_line, end_col) = inside[0], inside[-1]
            return Span(span.source, line, col, end_line, end_col + 1)
        if span.line != span.end_line:
            return span
        return Span(span.source, span.line, span.col + start, span.line, span.col + max(end, start + 1))

    return place


def _laid(text: str, span: Span) -> dict[int, tuple[int, int]]:
    if span.line == span.end_line:
        line = span.source.line(span.line)
        for start in (span.col - 1, span.col):  # plain, or after an opening quote
            if line.startswith(text, start):
                return {n: (span.line, start + n + 1) for n in range(len(text))}
    found: dict[int, tuple[int, int]] = {}
    signs = iter(_signs(span))
    for n, char in enumerate(text):
        if char.isspace():
            continue
        at = next(((line, col) for sign, line, col in signs if sign == char), None)
        if at is None:
            return {}
        found[n] = at
    return found


def _signs(span: Span) -> Iterator[tuple[str, int, int]]:
    for number in range(span.line, span.end_line + 1):
        line = span.source.line(number)
        start = span.col - 1 if number == span.line else 0
        if number == span.line and re.match(r"[|>][-+0-9]*\s*(#|$)", line[start:]):
            continue  # a block scalar's header
        for col in range(start, len(line)):
            if not line[col].isspace():
                yield line[col], number, col + 1
