"""`escalate fmt`: policies, specs and calendars laid out, and in one language."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Sequence

from attrs import frozen

from ..formatting import formatted
from ..messages import say, told
from ..parse import read_source
from ..source import Problem, Refused, Source
from ..writers.files import write_over
from . import FINE, PROBLEMS, counted


@frozen
class _File:
    """A file and its text laid out."""

    source: Source
    made: str
    changed: bool


def fmt(paths: Sequence[str], to: str = "", *, check: bool = False, diff: bool = False, lang: str = "en") -> int:
    """Write each file laid out; with `check` or `diff` nothing is written, and a file that would change is exit code 1."""
    files = _files(paths, to)
    changed = [file for file in files if file.changed]
    for file in changed:
        if diff:
            sys.stdout.writelines(_diff(file))
        if not check and not diff:
            write_over(file.source.path, file.made)
        if check or not diff:
            said = say("would change {path}", path=file.source.path) if check else say("formatted {path}", path=file.source.path)
            sys.stdout.write(f"{told(said, lang)}\n")
    if not diff:
        which, left = counted(len(changed), "file"), len(files) - len(changed)
        said = say("{files} would change, {left} left as they are", files=which, left=left) if check else say(
            "{files} formatted, {left} left as they are", files=which, left=left,
        )
        sys.stdout.write(f"{told(said, lang)}\n")
    return PROBLEMS if changed and (check or diff) else FINE


def _files(paths: Sequence[str], to: str) -> list[_File]:
    """Every file laid out, before any is written. Raises `Refused` with the problems of all."""
    files: list[_File] = []
    problems: list[Problem] = []
    for path in dict.fromkeys(paths):
        source, unread = read_source(path)
        if source is None:
            problems += unread
            continue
        try:
            made = formatted(source, to)
        except Refused as refused:
            problems += refused.problems
            continue
        with open(path, "rb") as file:
            files.append(_File(source, made, made.encode() != file.read()))
    if problems:
        raise Refused(problems)
    return files


def _diff(file: _File) -> list[str]:
    old, new = file.source.text.splitlines(keepends=True), file.made.splitlines(keepends=True)
    return [line if line.endswith("\n") else f"{line}\n" for line in difflib.unified_diff(old, new, file.source.path, file.source.path)]
