"""Whether policies can be loaded together."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from itertools import combinations

from ..messages import say
from ..policy import Policy, in_turn
from ..source import Problem
from ..translate.spoken import as_written


def check_versions(policies: Iterable[Policy]) -> tuple[Problem, ...]:
    """Problems among policies that are loaded together: versions of one name may not overlap; one without an end gives way to the next.

    One that still waits for a value is never in force: it stands beside the file that sets it.
    """
    found = []
    for one, other in combinations(sorted(in_turn(policies), key=lambda policy: (policy.name, policy.version)), 2):
        if one.name == other.name and not (_waits(one) or _waits(other)) and _overlap(one, other):
            message = say("two versions of `{name}` are in force on one day", name=one.name)
            help = say("the other is `{path}`; let the older end (`in_force: {{to: ...}}`) the day before", path=one.path)
            found.append(Problem("overlapping-versions", message, other.span, help))
    return as_written(found)


def _waits(policy: Policy) -> bool:
    return any(parameter.required and not parameter.lines for parameter in policy.parameters.values())


def _overlap(one: Policy, other: Policy) -> bool:
    start = max(one.start or datetime.date.min, other.start or datetime.date.min)
    return start <= min(one.end or datetime.date.max, other.end or datetime.date.max)
