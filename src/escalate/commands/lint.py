"""`escalate lint`: what policies, and a run, say that hardly anybody means."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from attrs import frozen

from ..check import check_versions
from ..formatting import formatted
from ..language import nearest
from ..lints.lint import Lacking, Linted, Text, lint_run, not_asked
from ..lints.lint import lint as lint_policies
from ..lints.pages import page_of
from ..lints.rule import SEVERITIES, Given, Run
from ..lints.rules import BY_ID
from ..load import check_policy
from ..messages import UNSAID, Said, glued, listed, listed_of, say, template, told
from ..mixups import misplaced
from ..parse import read_source
from ..readers import read_assignments, read_calendar, read_roster
from ..readers.folder import read_items, read_run
from ..reports.problems import as_values, print_json, print_problems
from ..source import Problem, Refused, Source
from . import FINE, PROBLEMS, Misuse, counted, once

IN_PART, WITHOUT = template("{rules} in full without {options}"), template("{rules} without {options}")


@frozen
class Choices:
    """The files that stand beside the policies, as they were named, and from which severity on the answer is a failure."""

    calendar: str | None = None
    roster: str | None = None
    assignments: str | None = None
    fail_on: str = "warning"
    lang: str = "en"


def lint(paths: Sequence[str], choices: Choices, form: str = "human") -> int:
    """Ask every rule that can be asked of policies and of runs, and print what stands."""
    names = list(once(paths))
    folders, files = [name for name in names if os.path.isdir(name)], [name for name in names if not os.path.isdir(name)]
    if not files and any((choices.calendar, choices.roster, choices.assignments)):
        raise Misuse(say("--calendar, --roster and --assignments stand beside a policy; a run's folder has its own"))
    given = _given(choices)
    problems: list[Problem] = []
    sources = [source for path in files for source in _sources(path, problems)]
    if strange := [problem for source in sources if (problem := misplaced(source, "policy")) is not None]:
        raise Refused(strange)
    texts = [Text(source, *check_policy(source)) for source in sources]
    found = lint_policies(texts, given)
    problems += [*check_versions(text.policy for text in texts if text.policy is not None), *found.problems]
    runs = [(folder, lint_run(_run(folder))) for folder in folders]
    open_ = not_asked(given) if files else ()
    every = [*problems, *(problem for _, of_run in runs for problem in of_run)]
    if form == "json":
        print_json(_values(problems, runs, found, open_), sys.stdout)
    else:
        _say(problems, runs, found, files, open_, choices.lang)
    worst = SEVERITIES.index(choices.fail_on)
    return PROBLEMS if any(SEVERITIES.index(problem.severity) >= worst for problem in every) else FINE


def explained(name: str, lang: str) -> int:
    """Print the page of a rule in a language, its examples in the keywords of that."""
    rule = BY_ID.get(name)
    if rule is None:
        near = nearest(name, BY_ID)
        known = say("did you mean `{near}`?", near=near) if near else say("there are {listed}", listed=listed_of(BY_ID))
        raise Misuse(say("there is no rule `{name}`; {known}", name=name, known=known))
    sys.stdout.write(page_of(rule, lang, partial(in_keywords, lang)))
    return FINE


def in_keywords(lang: str, text: str) -> str:
    """An example in the keywords of a language; one that is no policy, as it is."""
    try:
        return formatted(Source("policy.yaml", text), lang)
    except Refused:
        return text


# --- what is read -----------------------------------------------------------------------------------------


def _given(choices: Choices) -> Given:
    roster = read_roster(choices.roster) if choices.roster else None
    held = (*(roster.assignments if roster else ()), *(read_assignments(choices.assignments) if choices.assignments else ()))
    calendar = read_calendar(choices.calendar) if choices.calendar else None
    return Given(calendar, roster, held if held or choices.assignments else None)


def _sources(path: str, problems: list[Problem]) -> Iterator[Source]:
    source, unread = read_source(path)
    problems += unread
    if source is not None:
        yield source


def _run(folder: str) -> Run:
    counts = read_run(folder)["counts"]
    if "marks" not in counts:
        raise Refused([Problem(
            "no-marks", say("`{folder}` does not say how marks were entered", folder=folder), help=say("run again with this version: it counts them"),
        )])
    return Run(counts["marks"], tuple(read_items(folder)))


# --- what is said -----------------------------------------------------------------------------------------


def _say(
    problems: Sequence[Problem], runs: Sequence[tuple[str, Sequence[Problem]]], found: Linted, files: Sequence[str], open_: Sequence[Lacking], lang: str
) -> None:
    out = sys.stdout
    print_problems(problems, out, lang)
    for n, (folder, of_run) in enumerate(runs):
        out.write("\n" if problems or n else "")
        print_problems(of_run, out, lang)
        out.write("\n" * bool(of_run) + f"{told(say('{path}: {findings}', path=folder, findings=counted(len(of_run), 'finding')), lang)}\n")
    if files:
        escaped = say(", {n} escaped", n=len(found.escaped)) if found.escaped else UNSAID
        said = say("{policies}: {findings}{escaped}", policies=counted(len(files), "policy"), findings=counted(len(problems), "finding"), escaped=escaped)
        out.write("\n" * bool(problems or runs) + f"{told(said, lang)}\n")
    if open_:
        said = say("not asked: {rules}", rules=glued(_open(open_), say("; ")))
        out.write(f"{told(said, lang)}\n")


def _open(lacking: Sequence[Lacking]) -> Iterator[Said]:
    """Which rules were not asked, or not in full, for want of which options."""
    for (in_part, options), group in groupby(sorted(lacking, key=_want), _want):
        names, wanted = listed(one.rule for one in group), glued(options, say(" and "))
        yield say(IN_PART if in_part else WITHOUT, rules=names, options=wanted)


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
