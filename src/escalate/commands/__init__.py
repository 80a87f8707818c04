"""What each command does: plain values in, an exit code out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from ..messages import Said, say, template

FINE, PROBLEMS, USAGE, OURS, STOPPED = 0, 1, 2, 3, 130


class Misuse(Exception):
    """What was asked for makes no sense as it was written; nothing was read or written."""


COUNTS = {
    "problem": (template("{n} problem"), template("{n} problems")),
    "warning": (template("{n} warning"), template("{n} warnings")),
    "policy": (template("{n} policy"), template("{n} policies")),
    "ladder": (template("{n} ladder"), template("{n} ladders")),
    "stage": (template("{n} stage"), template("{n} stages")),
    "duty": (template("{n} duty"), template("{n} duties")),
    "target": (template("{n} target"), template("{n} targets")),
    "register": (template("{n} register"), template("{n} registers")),
    "case": (template("{n} case"), template("{n} cases")),
    "finding": (template("{n} finding"), template("{n} findings")),
    "school day": (template("{n} school day"), template("{n} school days")),
    "term": (template("{n} term"), template("{n} terms")),
    "column": (template("{n} column"), template("{n} columns")),
    "code": (template("{n} code"), template("{n} codes")),
    "file": (template("{n} file"), template("{n} files")),
    "row or event": (template("{n} row or event"), template("{n} rows or events")),
    "fault": (template("{n} fault"), template("{n} faults")),
    "record": (template("{n} record"), template("{n} records")),
    "block": (template("{n} block"), template("{n} blocks")),
}


def counted(number: int, word: str) -> Said:
    """A number of things, in words."""
    one, many = COUNTS[word]
    return say(one if number == 1 else many, n=f"{number:,}")


def once(paths: Sequence[str]) -> Iterable[str]:
    """Each file by the first of its names."""
    names: dict[str, str] = {}
    for path in paths:
        names.setdefault(os.path.realpath(path), path)
    return names.values()
