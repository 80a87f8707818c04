"""`escalate test`: every case of every spec file, and what is not as expected."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from ..reports.problems import print_json
from ..source import Problem, Refused
from ..spec import Case, Verdict, spec_files, verdict
from ..spec.files import read_cases
from . import FINE, PROBLEMS, counted

if TYPE_CHECKING:
    from .covering import Coverage


def play(paths: Sequence[str], pattern: str = "", form: str = "human", coverage: Coverage | None = None) -> int:
    """Play the cases of some spec files, or of those below some folders; 1 where one fails, where there is none, or too little is covered."""
    files = list(dict.fromkeys(file for path in paths for file in spec_files(path)))
    if not files:
        below = " ".join(f"`{path}`" for path in paths)
        raise Refused([Problem("no-specs", f"no file below {below} ends in `.spec.yaml`", help="docs/specs.md says how to write one")])
    cases = [case for case in read_cases(files) if pattern in case.title]
    if not cases:
        raise Refused([Problem("no-cases", f"no case is named like `{pattern}`" if pattern else "the spec files hold no case")])
    if coverage is not None:
        coverage.check()
    judge = verdict if coverage is None else coverage.found.verdict
    played = [(case, judge(case)) for case in cases]
    if form == "json":
        more = {} if coverage is None else {"coverage": coverage.values}
        print_json({"cases": [_values(case, found) for case, found in played], **more}, sys.stdout)
    else:
        _print(played, len(files), sys.stdout)
        if coverage is not None:
            coverage.print(sys.stdout)
    if coverage is not None:
        coverage.write()
    return FINE if all(found.passed for _, found in played) and (coverage is None or coverage.fine) else PROBLEMS


def _print(played: Sequence[tuple[Case, Verdict]], files: int, out: TextIO) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(file=out, highlight=False, soft_wrap=True)
    failed = [(case, found) for case, found in played if not found.passed]
    for case, found in failed:
        console.print(Text(f"{case.span}: {case.title}", style="bold red"))
        for line in found.text.split("\n"):
            console.print(Text(line, style="" if line.startswith("    ") and not line.startswith("      ") else "dim"))
        console.print()
    said = f"{counted(len(played), 'case')} in {counted(files, 'file')}: "
    console.print(Text(said + (f"{len(failed)} failed" if failed else "all as expected"), style="bold red" if failed else "bold green"))


def _values(case: Case, found: Verdict) -> dict[str, object]:
    return {
        "file": case.path, "line": case.span.line, "case": case.title, "passed": found.passed, "events": list(found.said),
        "missing": [{"date": one.date.isoformat(), "line": one.text} for one in found.missing],
        "unexpected": [
            {"decided": found.zone.text(one.decision.decided), "line": one.line, "subject": one.decision.record["subject"], "why": one.why}
            for one in found.unexpected
        ],
    }  # fmt: skip
