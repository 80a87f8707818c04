"""`escalate check`: what is wrong with policies, each problem at its place."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from ..check import check_versions
from ..load import check_policy
from ..messages import UNSAID, Said, listed_of, say, told
from ..parse import read_source
from ..policy import Policy
from ..reports.problems import as_values, print_json, print_problems
from ..source import Problem
from . import FINE, PROBLEMS, counted, once


def check(paths: Sequence[str], form: str = "human", lang: str = "en") -> int:
    """Check each policy by itself, and those of one name together."""
    policies: list[Policy] = []
    problems: list[Problem] = []
    for path in once(paths):
        source, unread = read_source(path)
        policy, found = check_policy(source) if source is not None else (None, tuple(unread))
        problems += found
        policies += [policy] if policy is not None else []
    problems += check_versions(policies)
    problems = sorted({(problem.place, problem.kind, problem.message): problem for problem in problems}.values(), key=lambda problem: problem.place)
    wrong = sum(not problem.warning for problem in problems)
    if form == "json":
        print_json({"policies": [_values(policy) for policy in policies], "problems": as_values(problems)}, sys.stdout)
        return PROBLEMS if wrong else FINE
    print_problems(problems, sys.stdout, lang)
    if problems:
        sys.stdout.write("\n")
    for policy in policies:
        sys.stdout.write(f"{policy.path}: {told(_said(policy), lang)}\n")
    if wrong:
        counts = listed_of((counted(wrong, "problem"), counted(len(problems) - wrong, "warning")))
        sys.stdout.write(f"{told(counts, lang)}\n")
    return PROBLEMS if wrong else FINE


def _said(policy: Policy) -> Said:
    stages = sum(len(ladder.stages) for ladder in policy.ladders.values())
    since = UNSAID if policy.start is None else say(", in force from {date}", date=policy.start)
    more = (("duty", policy.duties), ("target", policy.targets), ("register", policy.registers))
    parts = [counted(len(held), name) for name, held in more if held]
    held = listed_of([counted(len(policy.ladders), "ladder"), counted(stages, "stage"), *parts])
    return say("`{name}`{since}: {held}", name=policy.name, since=since, held=held)


def _values(policy: Policy) -> dict[str, object]:
    return {"file": policy.path, "name": policy.name, "version": policy.version, "digest": policy.digest}
