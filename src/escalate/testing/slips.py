"""What a hand at a keyboard does to a text that was right: each slip changes one thing and says what it did. These know nothing of the language."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")
FULL_WIDTH = str.maketrans({
    ":": "：", ",": "，", "(": "（", ")": "）", "{": "｛", "}": "｝", "[": "【", "]": "】", " ": "\u3000", "=": "＝", ">": "＞", "-": "－",
})  # fmt: skip
STRAY = (
    "", " ", "\t", ":", ": ", ",", "{", "}", "[", "]", "'", '"', "#", " # ", "&a ", "*a", "!!", "|", ">", "%", "@", "\\", "…", "、", "（", "🙂", "\u200b",
    "\x00", "\ufeff", "0", "-1", "9" * 30, "1e9", "null", "~",
)  # fmt: skip
TOKEN = re.compile(r"[\w%]+|[^\w\s]")
Lines = list[str]


class Chance(Protocol):
    """Where a slip falls: `random.Random` is one, and so is whatever else can choose."""

    def choice(self, seq: Sequence[T], /) -> T:
        """One of some."""
        ...

    def randrange(self, stop: int, /) -> int:
        """A number below another."""
        ...


Slip = Callable[[Chance, Lines], str]


def slipped(text: str, chance: Chance, slips: Sequence[Slip]) -> tuple[str, str]:
    """The text with one slip, and what was done."""
    lines = text.split("\n")
    what = chance.choice(slips)(chance, lines)
    return "\n".join(lines), what


def at(chance: Chance, lines: Lines) -> int:
    """A line that says something."""
    return chance.choice([n for n, line in enumerate(lines) if line.strip()] or [0])


def _tokens(line: str) -> list[re.Match[str]]:
    return list(TOKEN.finditer(line))


def change(line: str, start: int, end: int, text: str) -> str:
    """The line with another text from one column to another."""
    return line[:start] + text + line[end:]


# --- blind ----------------------------------------------------------------------------------------------


def drop_line(chance: Chance, lines: Lines) -> str:
    """A line is lost."""
    n = at(chance, lines)
    return f"line {n + 1} is lost: {lines.pop(n).strip()}"


def double_line(chance: Chance, lines: Lines) -> str:
    """A line stands twice."""
    n = at(chance, lines)
    lines.insert(n, lines[n])
    return f"line {n + 1} stands twice"


def move_line(chance: Chance, lines: Lines) -> str:
    """A line stands elsewhere."""
    n = at(chance, lines)
    line = lines.pop(n)
    place = chance.randrange(len(lines) + 1)
    lines.insert(place, line)
    return f"line {n + 1} stands in line {place + 1}"


def indent(chance: Chance, lines: Lines) -> str:
    """A line is indented otherwise."""
    n = at(chance, lines)
    lines[n] = chance.choice((" ", "  ", "\t", "\u3000")) + lines[n] if chance.randrange(2) else lines[n][chance.choice((1, 2)) :]
    return f"line {n + 1} is indented otherwise"


def stray(chance: Chance, lines: Lines) -> str:
    """A sign too many."""
    n = at(chance, lines)
    place, sign = chance.randrange(len(lines[n]) + 1), chance.choice(STRAY)
    lines[n] = change(lines[n], place, place, sign)
    return f"{sign!r} is put into line {n + 1}"


def cut(chance: Chance, lines: Lines) -> str:
    """A stretch of a line is lost."""
    n = at(chance, lines)
    first, last = sorted(chance.randrange(len(lines[n]) + 1) for _ in range(2))
    lost, lines[n] = lines[n][first:last], change(lines[n], first, last, "")
    return f"{lost!r} is lost from line {n + 1}"


def wide(chance: Chance, lines: Lines) -> str:
    """A line is typed in full-width signs."""
    n = at(chance, lines)
    lines[n] = lines[n].translate(FULL_WIDTH)
    return f"line {n + 1} is typed in full-width signs"


def token(chance: Chance, lines: Lines) -> str:
    """A word lost, doubled, or another of the file in its place."""
    n = at(chance, lines)
    found = _tokens(lines[n])
    if not found:
        return "nothing"
    other = _tokens(lines[at(chance, lines)])
    text = chance.choice(("", "{0}{0}", "{0} {0}", "{1}", "{1}", "{1}", "{0}{1}"))
    here = chance.choice(found)
    new = text.format(here.group(), chance.choice(other).group() if other else "")
    lines[n] = change(lines[n], *here.span(), new)
    return f"`{here.group()}` in line {n + 1} is `{new}`"


def letters(chance: Chance, lines: Lines) -> str:
    """Two letters of a word change places, or one is lost."""
    n = at(chance, lines)
    words = [found for found in _tokens(lines[n]) if len(found.group()) > 1]
    if not words:
        return "nothing"
    here = chance.choice(words)
    new = misspelt(chance, here.group())
    lines[n] = change(lines[n], *here.span(), new)
    return f"`{here.group()}` in line {n + 1} is spelled `{new}`"


def misspelt(chance: Chance, word: str) -> str:
    """The word with two letters in each other's place, or one lost."""
    place = chance.randrange(len(word) - 1)
    return word[:place] + chance.choice((word[place + 1] + word[place], word[place + 1])) + word[place + 2 :]


def swap_value(chance: Chance, lines: Lines) -> str:
    """The value of another key."""
    keyed = [n for n, line in enumerate(lines) if ": " in line]
    if not keyed:
        return "nothing"
    n, other = chance.choice(keyed), chance.choice(keyed)
    lines[n] = lines[n].partition(": ")[0] + ": " + lines[other].partition(": ")[2]
    return f"line {n + 1} has the value of line {other + 1}"


def end_early(chance: Chance, lines: Lines) -> str:
    """The file ends early, as when a disk is full."""
    n = at(chance, lines)
    lines[n:] = [lines[n][: chance.randrange(len(lines[n]) + 1)]]
    return f"the file ends in line {n + 1}"


SLIPS: tuple[Slip, ...] = (drop_line, double_line, move_line, indent, stray, stray, cut, wide, token, token, letters, swap_value, swap_value, end_early)
