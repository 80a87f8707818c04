"""Escapes: comments in a policy that let a finding stand, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from ..source import Source, Span

# Without a colon it is one only where the line ends: other sentences may begin with the word.
_ESCAPE = re.compile(r"(?:^|\s)#\s*allow\s+([a-z][\w-]*)\s*(?:[:：]\s*(.*?)\s*)?$")


@frozen
class Escape:
    """`# allow RULE: reason`. line: the line whose findings it lets stand."""

    rule: str
    reason: str
    line: int
    span: Span


def escapes_in(source: Source) -> Iterator[Escape]:
    """Every escape of a text: at the end of a line for that line, in comments of their own for the line below them."""
    for number, line in enumerate(source.lines, 1):
        found = _ESCAPE.search(line)
        if found is not None:
            below = number
            while below < len(source.lines) and source.line(below).lstrip().startswith("#"):
                below += 1
            start = line.index("#", found.start())
            yield Escape(found[1], found[2] or "", below, Span(source, number, start + 1, number, len(line) + 1))
