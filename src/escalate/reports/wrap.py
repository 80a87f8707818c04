"""Lines of a given width in cells: Chinese breaks anywhere but before `，`, after `（`, and within a date, a word or a comparison."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

ATOM = re.compile(
    r"""
    [\w.]{1,24}\ [=≥≤<>≠]\ [\w.%/]+                                   # a comparison
    | (?:\d+年)?\d+月\d+日(?:（周.）)?(?:\d\d:\d\d(?::\d\d)?)?            # a date, a moment
    | \s+ | [“‘（〔《[] | [”’）〕》\]]
    | [^\s“”‘’\u2e80-\uffef]+                                          # a word that is not Chinese
    | .
    """,
    re.DOTALL | re.VERBOSE,
)
OPENING = frozenset("“‘（〔《[(")
CLOSING = frozenset("，。；：、）》〕”’！？%)]")


def wrap(text: str, width: float, wide: Callable[[str], float] | None = None) -> list[str]:
    """A text in lines of at most `width`, in cells or as `wide` measures; a word that is wider than a line is cut, after a `/` where it has one."""
    wide, lines, line = wide or _cells(), [], ""
    for atom in _atoms(text):
        for part in _cut(atom, max(width, wide("一")), wide):
            if line and wide(line + part.rstrip()) > width:
                lines.append(line.rstrip())
                line = ""
            line += part.lstrip() if not line else part
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _cells() -> Callable[[str], float]:
    from rich.cells import cell_len

    return cell_len


def _atoms(text: str) -> Iterator[str]:
    """What may not be broken: an atom with the openings before it and the closings behind it."""
    held = ""
    for found in ATOM.findall(text):
        if found in CLOSING or held and held[-1] in OPENING and not found.isspace():
            held += found
        else:
            if held:
                yield held
            held = found
    if held:
        yield held


def _cut(atom: str, width: float, wide: Callable[[str], float]) -> Iterator[str]:
    while wide(atom) > width:
        end = 0
        while wide(atom[: end + 1]) <= width:
            end += 1
        end = atom.rfind("/", 1, end) + 1 or end
        yield atom[:end]
        atom = atom[end:]
    yield atom
