"""`escalate check`: what is wrong with policies and the files beside them, each problem at its place."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from ..check import check_versions
from ..kinds import TABLES, kind_of
from ..load import check_policy
from ..messages import UNSAID, Said, listed_of, say, told
from ..parse import read_source
from ..policy import Policy
from ..reports.problems import as_values, print_json, print_problems
from ..source import Problem, Source, Span
from . import FINE, PROBLEMS, counted, once


def check(paths: Sequence[str], form: str = "human", lang: str = "en") -> int:
    """Check each file by itself, and the policies of one name together."""
    policies: list[Policy] = []
    others: list[dict[str, str]] = []
    problems: list[Problem] = []
    held: list[tuple[str, Said]] = []
    found: Sequence[Problem]
    for path in once(paths):
        source, unread = (None, [_table(path)]) if path.endswith(TABLES) else read_source(path)
        kind = kind_of(source) if source is not None else ""
        if source is None:
            problems += unread
        elif kind == "policy":
            policy, found = check_policy(source)
            problems += found
            policies += [policy] if policy is not None else []
            held += [(path, _said(policy))] if policy is not None else []
        else:
            others.append({"file": path, "kind": kind})
            said, found = READERS[kind](source)
            problems += found
            held += [(path, said)] if said else []
    problems += check_versions(policies)
    problems = sorted({(problem.place, problem.kind, problem.message): problem for problem in problems}.values(), key=lambda problem: problem.place)
    wrong = sum(not problem.warning for problem in problems)
    if form == "json":
        print_json({"policies": [_values(policy) for policy in policies], "others": others, "problems": as_values(problems)}, sys.stdout)
        return PROBLEMS if wrong else FINE
    print_problems(problems, sys.stdout, lang)
    if problems:
        sys.stdout.write("\n")
    for path, said in held:
        sys.stdout.write(f"{path}: {told(said, lang)}\n")
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


# --- what is no policy: what it holds, unsaid where it cannot be read, and what is wrong ------------------


def _calendar(source: Source) -> tuple[Said, Sequence[Problem]]:
    from ..readers.calendar import parse_calendar

    calendar, found = parse_calendar(source)
    if calendar is None:
        return UNSAID, found
    days = calendar.of("")
    held = listed_of((counted(len(days.school_days), "school day"), counted(len(days.terms), "term")))
    return say("calendar `{name}`, {first} to {last}: {held}", name=calendar.name, first=days.first, last=days.last, held=held), found


def _spec(source: Source) -> tuple[Said, Sequence[Problem]]:
    from ..spec.reading import parse_spec

    cases, found = parse_spec(source)
    return say("{cases}, which `escalate test` plays", cases=counted(len(cases), "case")) if cases else UNSAID, found


def _mapping(source: Source) -> tuple[Said, Sequence[Problem]]:
    from ..readers.mapping import parse_mapping

    mapping, found = parse_mapping(source)
    if mapping is None:
        return UNSAID, found
    held = listed_of((counted(len(mapping.columns), "column"), counted(len(mapping.codes), "code")))
    return say("a mapping of `{format}` files: {held}", format=mapping.format, held=held), found


READERS = {"calendar": _calendar, "spec": _spec, "mapping": _mapping}


def _table(path: str) -> Problem:
    help = say("`escalate run` reads it, and says of every row that is wrong where it is")
    return Problem("not-a-policy", say("this is a table, and no policy, spec, calendar or mapping"), Span(Source(path, ""), 1, 1, 1, 1), help)
