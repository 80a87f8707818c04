"""`escalate test`: every case of every spec file, and what is not as expected."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, TextIO

from attrs import evolve, frozen

from ..gathering import seldom_gathered
from ..messages import Said, say
from ..messages import told as words
from ..reports.problems import as_values, print_json, print_problems
from ..source import Problem, Refused
from ..spec import Result, spec_files, verdict
from ..spec.files import Read, read_cases
from ..spec.junit import junit, junit_refused
from ..spec.telling import WIDTH, told
from . import FINE, PROBLEMS, Misuse, counted
from .playing import Played, chosen, folded, in_processes, once_each

NEAR = 5  # names that are offered where no case has one

if TYPE_CHECKING:
    from .covering import Coverage

@frozen
class Choices:
    """Which cases, and how they are told.

    pattern: what a case's name holds. junit: a file to write. diff: only what differs. jobs: processes, 0 for as many as there are processors.
    """

    pattern: str = ""
    form: str = "human"
    junit: str = ""
    diff: bool = False
    jobs: int = 0
    lang: str = "en"


def play(paths: Sequence[str], choices: Choices, coverage: Coverage | None = None) -> int:
    """Play the cases of some spec files, or of those below some folders; 1 where one fails, where there is none, or too little is covered."""
    if choices.diff and choices.form == "json":
        raise Misuse(say("--diff is for people to read: leave it out with --format json"))
    _own(choices.junit)
    try:
        with seldom_gathered():
            files = _files(paths)
            found = in_processes(files, choices.pattern, choices.jobs) if coverage is None else None
            read = _chosen(files, choices.pattern) if found is None else None
    except Refused as refused:
        if choices.junit:
            _write(choices.junit, junit_refused(refused.problems, choices.lang))
        raise
    if read is not None:
        if coverage is not None:
            coverage.check()
        judge = verdict if coverage is None else coverage.found.verdict
        results = tuple(Result.of(case, judge(case)) for case in read.cases)
        found = Played(results, once_each([*read.warnings, *(doubt for one in results for doubt in one.found.doubts)]))
    assert found is not None
    played = found.results
    if choices.junit:
        _write(choices.junit, junit(played))
    if choices.form == "json":
        more = {} if coverage is None else {"coverage": coverage.values}
        print_json({"cases": [_values(one) for one in played], "warnings": as_values(found.warnings), **more}, sys.stdout)
    else:
        print_problems(found.warnings, sys.stderr, choices.lang)
        _print(played, choices, sys.stdout)
        if coverage is not None:
            coverage.print(sys.stdout, choices.lang)
    if coverage is not None:
        coverage.write()
    return FINE if all(one.found.passed for one in played) and (coverage is None or coverage.fine) else PROBLEMS


def _files(paths: Sequence[str]) -> list[str]:
    """The spec files that some paths name, each once."""
    files = list(dict.fromkeys(file for path in paths for file in spec_files(path)))
    if not files:
        below = " ".join(f"`{path}`" for path in paths)
        raise Refused([Problem("no-specs", say("no file below {below} ends in `.spec.yaml`", below=below), help=say("docs/specs.md says how to write one"))])
    return files


def _chosen(files: list[str], pattern: str) -> Read:
    """The cases whose names hold a text. Raises `Refused` where there is none."""
    read = read_cases(files)
    cases = read.cases
    found = tuple(case for case in cases if chosen(case, pattern))
    if not cases:
        raise Refused([Problem("no-cases", say("the spec files hold no case"))])
    if not found:
        raise Refused([Problem("no-cases", say("no case is named like `{pattern}`", pattern=pattern), help=_near(pattern, [case.title for case in cases]))])
    return evolve(read, cases=found)


def _near(pattern: str, titles: Sequence[str]) -> Said:
    """The names that share the most with a text, or else the first."""
    shares = {title: _shared(folded(pattern), folded(title)) for title in titles}
    near = sorted((title for title, share in shares.items() if share >= 0.5), key=lambda title: -shares[title])
    named = "\n".join((near or list(shares))[:NEAR])
    return say("did you mean one of these?\n{named}", named=named) if near else say("the cases are:\n{named}", named=named) + say("\n…") * (len(shares) > NEAR)


def _shared(text: str, title: str) -> float:
    """How much of a text stands in a name, in the same order, in pieces that are no single letters."""
    least = 1 if not text.isascii() else 2
    return sum(block.size for block in SequenceMatcher(None, text, title, autojunk=False).get_matching_blocks() if block.size >= least) / len(text)


def _own(path: str) -> None:
    """Refuse, before anything is played, to write over a file that is somebody's own."""
    if path and os.path.exists(path):
        with open(path, "rb") as file:
            if not file.read(5).startswith(b"<?xml"):
                help = say("name a new file, or one that was written so before")
                raise Refused([Problem("file-there", say("`{path}` is there already, and is no JUnit XML", path=path), help=help)])


def _write(path: str, text: str) -> None:
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def _print(played: Sequence[Result], choices: Choices, out: TextIO) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(file=out, highlight=False, soft_wrap=True)
    width = console.width if out.isatty() else WIDTH
    failed = [(one.case, one.found) for one in played if one.case is not None and not one.found.passed]
    for case, found in failed:
        for line in told(case, found, width=width, diff=choices.diff):
            text = Text.assemble(*line)
            text.rstrip()
            console.print(text)
        console.print()
    what = say("{n} failed", n=len(failed)) if failed else say("all as expected")
    files = counted(len({one.path for one in played}), "file")
    said = say("{cases} in {files}: {what}", cases=counted(len(played), "case"), files=files, what=what)
    console.print(Text(words(said, choices.lang), style="bold red" if failed else "bold green"))


def _values(played: Result) -> dict[str, object]:
    found = played.found
    return {
        "file": played.path, "line": played.line, "case": played.title, "passed": found.passed, "events": list(found.said),
        "missing": [{"date": one.date.isoformat(), "line": one.text} for one in found.missing],
        "unexpected": [
            {"decided": found.zone.text(one.decision.decided), "line": one.line, "subject": one.decision.record["subject"], "why": one.why}
            for one in found.unexpected
        ],
        "registers": [
            {
                "register": one.sheet.named, "at": found.zone.text(one.sheet.at), "missing": [row.text for row in one.missing],
                "unexpected": [row.text for row in one.unexpected],
            }
            for one in found.registers if not one.agrees  # of a case that passed another process tells no more
        ],
    }  # fmt: skip
