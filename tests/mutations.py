"""One random slip in a policy that was right: what a hand at a keyboard does to a text, by number, so that each can be made again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

FULL_WIDTH = str.maketrans({":": "：", ",": "，", "(": "（", ")": "）", "{": "｛", "}": "｝", "[": "【", "]": "】", " ": "\u3000", "=": "＝", ">": "＞", "-": "－"})
STRAY = ("", " ", "\t", ":", ": ", ",", "{", "}", "[", "]", "'", '"', "#", " # ", "&a ", "*a", "!!", "|", ">", "%", "@", "\\", "…", "、", "（", "🙂", "\u200b", "\x00", "\ufeff", "0", "-1", "9" * 30, "1e9", "null", "~")
TOKEN = re.compile(r"[\w%]+|[^\w\s]")
Lines = list[str]


def mutated(text: str, number: str) -> str:
    """The text with the one slip of a number such as `1/17`."""
    rng = Random(number)  # noqa: S311  # the same number, the same slip
    lines = text.split("\n")
    rng.choice(SLIPS)(rng, lines)
    return "\n".join(lines)


def _at(rng: Random, lines: Lines) -> int:
    """A line that says something."""
    return rng.choice([n for n, line in enumerate(lines) if line.strip()] or [0])


def _tokens(line: str) -> Sequence[re.Match[str]]:
    return list(TOKEN.finditer(line))


def _change(line: str, found: re.Match[str], text: str) -> str:
    return line[: found.start()] + text + line[found.end() :]


def _drop_line(rng: Random, lines: Lines) -> None:
    del lines[_at(rng, lines)]


def _double_line(rng: Random, lines: Lines) -> None:
    n = _at(rng, lines)
    lines.insert(n, lines[n])


def _move_line(rng: Random, lines: Lines) -> None:
    line = lines.pop(_at(rng, lines))
    lines.insert(rng.randrange(len(lines) + 1), line)


def _indent(rng: Random, lines: Lines) -> None:
    n = _at(rng, lines)
    lines[n] = rng.choice((" ", "  ", "\t", "\u3000")) + lines[n] if rng.randrange(2) else lines[n][rng.choice((1, 2)) :]


def _stray(rng: Random, lines: Lines) -> None:
    n = _at(rng, lines)
    place = rng.randrange(len(lines[n]) + 1)
    lines[n] = lines[n][:place] + rng.choice(STRAY) + lines[n][place:]


def _cut(rng: Random, lines: Lines) -> None:
    n = _at(rng, lines)
    first, last = sorted(rng.randrange(len(lines[n]) + 1) for _ in range(2))
    lines[n] = lines[n][:first] + lines[n][last:]


def _wide(rng: Random, lines: Lines) -> None:
    n = _at(rng, lines)
    lines[n] = lines[n].translate(FULL_WIDTH)


def _token(rng: Random, lines: Lines) -> None:
    """A word lost, doubled, or another of the file in its place."""
    n = _at(rng, lines)
    found = _tokens(lines[n])
    if found:
        other = _tokens(lines[_at(rng, lines)])
        text = rng.choice(("", "{0}{0}", "{0} {0}", "{1}", "{1}", "{1}", "{0}{1}"))
        here = rng.choice(found)
        lines[n] = _change(lines[n], here, text.format(here.group(), rng.choice(other).group() if other else ""))


def _letters(rng: Random, lines: Lines) -> None:
    """Two letters of a word change places, or one is lost."""
    n = _at(rng, lines)
    words = [found for found in _tokens(lines[n]) if len(found.group()) > 1]
    if words:
        here = rng.choice(words)
        text, place = here.group(), rng.randrange(len(here.group()) - 1)
        lines[n] = _change(lines[n], here, text[:place] + rng.choice((text[place + 1] + text[place], text[place + 1])) + text[place + 2 :])


def _value(rng: Random, lines: Lines) -> None:
    """The value of another key."""
    keyed = [n for n, line in enumerate(lines) if ": " in line]
    if keyed:
        n, other = rng.choice(keyed), rng.choice(keyed)
        lines[n] = lines[n].partition(": ")[0] + ": " + lines[other].partition(": ")[2]


def _end(rng: Random, lines: Lines) -> None:
    """The file ends early, as when a disk is full."""
    n = _at(rng, lines)
    lines[n:] = [lines[n][: rng.randrange(len(lines[n]) + 1)]]


SLIPS: tuple[Callable[[Random, Lines], None], ...] = (
    _drop_line, _double_line, _move_line, _indent, _stray, _stray, _cut, _wide, _token, _token, _letters, _value, _value, _end,
)
