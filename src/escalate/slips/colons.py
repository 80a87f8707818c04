"""The two ways in which a colon is not YAML's: of full width, or without its space. Each is shown mended, with what else is on its line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..keywords import KEYS, KEYS_OF, spelled
from ..messages import say
from ..source import Problem, Source
from .trouble import FULL_WIDTH, KEY, at, show

KEYWORDS = frozenset(spelled((*KEYS, *(key for words in KEYS_OF.values() for key in words))))
_QUOTED = re.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|“[^”]*”|‘[^’]*’")
_HELD = "\ue000-\uf8ff"  # stand for what is quoted while the rest of a line is mended
_FOLLOWS = rf"(?:{'|'.join(sorted(KEYWORDS, key=len, reverse=True))}|[0-9][0-9. -]*)\s*[:：]"
# A full-width comma that parts entries: a word of ours or a date follows, or something closed stands before it. Any other belongs to a text.
_COMMA = re.compile(rf"\s*，\s*(?={_FOLLOWS})|(?<=[}}\]{_HELD}])\s*，\s*")
_COLON = re.compile(rf"((?:^\s*(?:-\s+)?|[{{\[,]\s*){KEY})：\s*")
LONGEST = 2000  # signs of a line; of a longer one no more is mended than what stands at its place
_BRACES = str.maketrans("｛｝［］", "{}[]")


def wide_colon(source: Source, number: int, place: int) -> Problem:
    """A full-width colon behind a key. place: how many signs of the line stand before it."""
    line = source.line(number)
    mended = halved_signs(f"{line[:place]}: {line[place + 1 :].lstrip()}")
    return Problem("full-width", say("a full-width colon stands after a key"), at(source, number, place + 1), show(mended))


def tight_colon(source: Source, number: int, place: int) -> Problem:
    """A colon without a space behind it; place: as above."""
    line = source.line(number)
    return Problem("missing-space", say("a space is missing after the colon"), at(source, number, place + 1), show(f"{line[: place + 1]} {line[place + 1 :]}"))


def halved_signs(line: str) -> str:
    """A line with every full-width sign of Chinese typing that parts keys and values as YAML has it; those inside texts stay."""
    if len(line) > LONGEST or re.search(f"[{_HELD}]", line):
        return line
    kept = _QUOTED.findall(line)
    signs = map(chr, range(0xE000, 0xF900))
    held = _QUOTED.sub(lambda found: next(signs), line).translate(_BRACES)
    held = re.sub(r"(?<=[0-9])：(?=[0-9])", ":", held)  # of a clock time
    held = _COLON.sub(r"\1: ", _COMMA.sub(", ", held) if re.search(r"[{\[]", held) else held)
    return re.sub(f"[{_HELD}]", lambda found: _restored(held, found.start(), kept[ord(found.group()) - 0xE000]), held)


def _restored(line: str, place: int, text: str) -> str:
    """A quoted text where it stood: in YAML's quotes where it is a whole value."""
    whole = re.search(r"[:\[,{]\s*$", line[:place]) and re.match(r"\s*(?:[,\]}]|$)", line[place + 1 :])
    return text.translate(FULL_WIDTH)[:1] + text[1:-1] + text.translate(FULL_WIDTH)[-1:] if whole else text


def parts_of(text: str) -> Iterator[tuple[int, int, int]]:
    """Where the entries of `由：班主任，期限：1天` begin, where their colons stand, and where they end."""
    begin = 0
    held = _QUOTED.sub(lambda found: "\ue000" * len(found.group()), text)
    for comma in (*_COMMA.finditer(held), None):
        end = len(text) if comma is None else comma.start()
        if found := re.match(rf"\s*{KEY}(?=\s*[:：])", held[begin:end]):
            yield begin, begin + found.end(), end
        begin = end if comma is None else comma.end()
