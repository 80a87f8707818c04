"""`escalate lint`: what policies, and a run, say that hardly anybody means."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from attrs import frozen

from ..check import check_versions
from ..language import nearest
from ..lints.lint import Lacking, Linted, Text, lint_run, not_asked
from ..lints.lint import lint as lint_policies
from ..lints.pages import page_of
from ..lints.rule import SEVERITIES, Given, Run
from ..lints.rules import BY_ID
from ..load import check_policy
from ..parse import read_source
from ..readers import read_assignments, read_calendar, read_roster
from ..readers.folder import read_items, read_run
from ..reports.problems import as_values, print_json, print_problems
from ..source import Problem, Refused
from . import FINE, PROBLEMS, Misuse, counted, once


@frozen
class Choices:
    """The files that stand beside the policies, as they were named, and from which severity on the answer is a failure."""

    calendar: str | None = None
    roster: str | None = None
    assignments: str | None = None
    fail_on: str = "warning"


def lint(paths: Sequence[str], choices: Choices, form: str = "human") -> int:
    """Ask every rule that can be asked of policies and of runs, and print what stands."""
    names = list(once(paths))
    folders, files = [name for name in names if os.path.isdir(name)], [name for name in names if not os.path.isdir(name)]
    if not files and any((choices.calendar, choices.roster, choices.assignments)):
        raise Misuse("--calendar, --roster and --assignments stand beside a policy; a run's folder has its own")
    given = _given(choices)
    problems: list[Problem] = []
    texts = [text for path in files for text in _texts(path, problems)]
    found = lint_policies(texts, given)
    problems += [*check_versions(text.policy for text in texts if text.policy is not None), *found.problems]
    runs = [(folder, lint_run(_run(folder))) for folder in folders]
    open_ = not_asked(given) if files else ()
    every = [*problems, *(problem for _, of_run in runs for problem in of_run)]
    if form == "json":
        print_json(_values(problems, runs, found, open_), sys.stdout)
    else:
        _say(problems, runs, found, files, open_)
    worst = SEVERITIES.index(choices.fail_on)
    return PROBLEMS if any(SEVERITIES.index(problem.severity) >= worst for problem in every) else FINE


def explained(name: str) -> int:
    """Print the page of a rule."""
    rule = BY_ID.get(name)
    if rule is None:
        near = nearest(name, BY_ID)
        raise Misuse(f"there is no rule `{name}`; " + (f"did you mean `{near}`?" if near else f"there are {', '.join(BY_ID)}"))
    sys.stdout.write(page_of(rule))
    return FINE


# --- what is read -----------------------------------------------------------------------------------------


def _given(choices: Choices) -> Given:
    roster = read_roster(choices.roster) if choices.roster else None
    held = (*(roster.assignments if roster else ()), *(read_assignments(choices.assignments) if choices.assignments else ()))
    calendar = read_calendar(choices.calendar) if choices.calendar else None
    return Given(calendar, roster, held if held or choices.assignments else None)


def _texts(path: str, problems: list[Problem]) -> Iterator[Text]:
    source, unread = read_source(path)
    problems += unread
    if source is not None:
        yield Text(source, *check_policy(source))


def _run(folder: str) -> Run:
    counts = read_run(folder)["counts"]
    if "marks" not in counts:
        raise Refused([Problem("no-marks", f"`{folder}` does not say how marks were entered", help="run again with this version: it counts them")])
    return Run(counts["marks"], tuple(read_items(folder)))


# --- what is said -----------------------------------------------------------------------------------------


def _say(
    problems: Sequence[Problem], runs: Sequence[tuple[str, Sequence[Problem]]], found: Linted, files: Sequence[str], open_: Sequence[Lacking]
) -> None:
    out = sys.stdout
    print_problems(problems, out)
    for n, (folder, of_run) in enumerate(runs):
        out.write("\n" if problems or n else "")
        print_problems(of_run, out)
        out.write("\n" * bool(of_run) + f"{folder}: {counted(len(of_run), 'finding')}\n")
    if files:
        escaped = f", {len(found.escaped)} escaped" if found.escaped else ""
        out.write("\n" * bool(problems or runs) + f"{counted(len(files), 'policy')}: {counted(len(problems), 'finding')}{escaped}\n")
    if open_:
        out.write(f"not asked: {'; '.join(_open(open_))}\n")


def _open(lacking: Sequence[Lacking]) -> Iterator[str]:
    """Which rules were not asked, or not in full, for want of which options."""
    for (in_part, options), group in groupby(sorted(lacking, key=_want), _want):
        names = ", ".join(f"`{one.rule}`" for one in group)
        yield f"{names} {'in full ' * in_part}without {' and '.join(options)}"


def _want(lacking: Lacking) -> tuple[bool, tuple[str, ...]]:
    return lacking.in_part, tuple(f"--{option}" for option in lacking.options)


def _values(
    problems: Sequence[Problem], runs: Sequence[tuple[str, Sequence[Problem]]], found: Linted, open_: Sequence[Lacking]
) -> dict[str, Any]:
    return {
        "problems": _plain(problems),
        "runs": [{"folder": folder, "problems": _plain(of_run)} for folder, of_run in runs],
        "escaped": [
            {**one, "reason": escape.reason} for one, (_, escape) in zip(_plain([problem for problem, _ in found.escaped]), found.escaped, strict=True)
        ],
        "not_asked": [{"rule": one.rule, "in_part": one.in_part, "without": [f"--{option}" for option in one.options]} for one in open_],
    }


def _plain(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    return [{"severity": problem.severity, **value} for problem, value in zip(problems, as_values(problems), strict=True)]
