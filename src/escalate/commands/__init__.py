"""What each command does: plain values in, an exit code out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

FINE, PROBLEMS, USAGE, OURS, STOPPED = 0, 1, 2, 3, 130


class Misuse(Exception):
    """What was asked for makes no sense as it was written; nothing was read or written."""


def counted(number: int, word: str) -> str:
    """A number of things, in words."""
    many = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return f"{number} {word if number == 1 else many}"


def once(paths: Sequence[str]) -> Iterable[str]:
    """Each file by the first of its names."""
    names: dict[str, str] = {}
    for path in paths:
        names.setdefault(os.path.realpath(path), path)
    return names.values()
