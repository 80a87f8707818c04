"""A rate of a few lessons that counts like a rate of a year.

A share of `possible` time without a `floor` has a value from the first lesson on: a child who misses the first lesson of the year has
missed 100 %. Found are stages that ask for at least so much of such a share of absence and for no number beside it. A share within one
day, and one of `planned` time, are on a base that does not grow. (A target without a `base` is refused by `escalate check`.)

## The child behind it

On 1 September the bus is late, and forty families get the letter for chronic absence. In June, when it matters, they do not open it.

## Found

```yaml
policy: example
extends: standard.yaml
roles: {homeroom_teacher: {of: class}}
measures:
  absence: {share: [excused, unexcused], of: possible, unit: session, within: school year}
ladders:
  chronic:
    lasts: school year
    stages:
      a_tenth:
        when: absence >= 10%
        do: {letter: {by: homeroom_teacher, to: parent, due: 1 week}}
```

## Mended

```yaml
policy: example
extends: standard.yaml
roles: {homeroom_teacher: {of: class}}
measures:
  absence: {share: [excused, unexcused], of: possible, unit: session, within: school year, floor: 40 sessions}
ladders:
  chronic:
    lasts: school year
    stages:
      a_tenth:
        when: absence >= 10%
        do: {letter: {by: homeroom_teacher, to: parent, due: 1 week}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..conditions import Expr, Term
from ..language import unit_named
from ..messages import say
from ..policy import Policy
from ..source import Problem
from .bounds import Bound, Clause, bounds_in
from .rule import Given, Rule

AWAY = {"excused", "unexcused"}


def find(policy: Policy, given: Given) -> Iterator[Problem]:
    """Comparisons of stages with a share of absence that has no floor."""
    for stage in (stage for ladder in policy.ladders.values() for stage in ladder.stages):
        for clause, bound in bounds_in(stage.when, policy):
            if _bare(bound.what, policy) and _at_least(bound) and not any(_another(one, bound) for one in clause.bounds) and not _waits(clause):
                measure = policy.measures[getattr(bound.what, "name", "")]
                message = say(
                    "`{name}` has no `floor`: whoever misses the very first {unit_named} has missed 100%", name=measure.name,
                    unit_named=unit_named(measure.unit),
                )
                help = say("write `floor:` in `{name}`, such as `floor: 40 {unit_named}s`", name=measure.name, unit_named=unit_named(measure.unit))
                yield RULE.found(message, bound.span or stage.when.span, help)


def _bare(what: Expr, policy: Policy) -> bool:
    measure = policy.measures.get(what.name) if isinstance(what, Term) and what.kind == "measure" else None
    if measure is None or measure.kind != "share":
        return False
    if not {policy.marks[code].meaning for code in measure.counted if code in policy.marks} <= AWAY:
        return False
    a_day = any(window.kind == "period" and window.unit == "day" for window in measure.windows)
    return measure.base == "possible" and measure.floor is None and not a_day


def _at_least(bound: Bound) -> bool:
    return bound.must.low is not None and (bound.must.low > 0 or bound.must.low_open)


def _another(bound: Bound, other: Bound) -> bool:
    """Whether something else has to have grown too: a number of absences, of days, the week of the term."""
    return bound.what != other.what and _at_least(bound)


def _waits(clause: Clause) -> bool:
    """Whether something that happened has to come before."""
    return any(wanted and isinstance(part, Term) and part.kind in ("fired", "done", "late", "overdue", "became") for part, wanted in clause.parts)


RULE = Rule("rate-without-base", "warning", __doc__, find)
