"""Stages that stand in another order than the one in which they come.

Stages are read, and judged, from the top. Where an upper one asks for more of a measure than a lower one, and whatever makes
the upper true makes the lower true as well, the lower always comes first.

## The child behind it

Whoever reads the table from the top takes the harsh step for the first one, and looks for the first one at the top, where it is
not: the visit that the third day asks for is forgotten.

## Found

```yaml
policy: example
extends: standard.yaml
roles: {homeroom_teacher: {of: class}, principal: {of: school}}
ladders:
  absence:
    stages:
      ten_days:
        when: days_away >= 10
        do: {warn: {by: principal, to: parent, due: 1 school day}}
      three_days:
        when: days_away >= 3
        do: {visit: {by: homeroom_teacher, to: parent, due: 1 school day}}
    ends: {when: days_back >= 1}
```

## Mended

```yaml
policy: example
extends: standard.yaml
roles: {homeroom_teacher: {of: class}, principal: {of: school}}
ladders:
  absence:
    stages:
      three_days:
        when: days_away >= 3
        do: {visit: {by: homeroom_teacher, to: parent, due: 1 school day}}
      ten_days:
        when: days_away >= 10
        do: {warn: {by: principal, to: parent, due: 1 school day}}
    ends: {when: days_back >= 1}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..conditions import Term
from ..messages import say
from ..policy import Policy, Stage
from ..source import Problem, beside
from .bounds import clauses_of, implies
from .rule import Given, Rule


def find(policy: Policy, given: Given) -> Iterator[Problem]:
    """Each stage that stands below a harder one, once."""
    for ladder in policy.ladders.values():
        said: set[str] = set()
        for upper, lower in combinations(ladder.stages, 2):
            if lower.name not in said and lower.span is not None and upper.span is not None and _harder(upper, lower, policy):
                said.add(lower.name)
                message = say(
                    "`{path}` always comes before `{path2}`, and stands below it{beside}", path=lower.path, path2=upper.path,
                    beside=beside(lower.span, upper.span),
                )
                yield RULE.found(message, lower.span, say("move `{name}` above `{name2}`", name=lower.name, name2=upper.name))


def _harder(upper: Stage, lower: Stage, policy: Policy) -> bool:
    """Whether a stage asks for more of a measure than another, and is true only where that one is; told of simple conditions only."""
    one, other = clauses_of(upper.when, policy), clauses_of(lower.when, policy)
    if one is None or other is None or (len(one), len(other)) != (1, 1) or not implies(one[0], other[0]):
        return False
    return any(isinstance(bound.what, Term) and bound.what.kind == "measure" and one[0].must(bound.what).above(bound.sure) for bound in other[0].bounds)


RULE = Rule("stages-out-of-order", "warning", __doc__, find)
