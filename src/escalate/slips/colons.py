"""The two ways in which a colon is not YAML's: of full width, or without its space. Each is shown mended wherever it is found."""

from __future__ import annotations

from ..messages import say
from ..source import Problem, Source
from .trouble import at, show


def wide_colon(source: Source, number: int, place: int) -> Problem:
    """A full-width colon behind a key. place: how many signs of the line stand before it."""
    line = source.line(number)
    mended = f"{line[:place]}: {line[place + 1 :].lstrip()}"
    return Problem("full-width", say("a full-width colon stands after a key"), at(source, number, place + 1), show(mended))


def tight_colon(source: Source, number: int, place: int) -> Problem:
    """A colon without a space behind it; place: as above."""
    line = source.line(number)
    return Problem("missing-space", say("a space is missing after the colon"), at(source, number, place + 1), show(f"{line[: place + 1]} {line[place + 1 :]}"))
