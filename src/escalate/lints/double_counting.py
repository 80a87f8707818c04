"""One absence that is counted twice.

A sum of two measures that count the same code counts each such mark in both. Found are sums in conditions; within one measure each
session counts once, whatever it lists (`plus` too).

## The child behind it

`unexcused + all_missed >= 6` is reached after three absences. The family is called to the school for twice what happened.

## Found

```yaml
policy: example
extends: standard.yaml
roles: {homeroom_teacher: {of: class}}
measures:
  truant: {count: unexcused, unit: session, within: term}
  missed: {count: [unexcused, excused], unit: session, within: term}
ladders:
  absence:
    lasts: term
    stages:
      often:
        when: truant + missed >= 6
        do: {visit: {by: homeroom_teacher, to: parent, due: 1 school day}}
```

## Mended

```yaml
policy: example
extends: standard.yaml
roles: {homeroom_teacher: {of: class}}
measures:
  truant: {count: unexcused, unit: session, within: term}
  excused_too: {count: excused, unit: session, within: term}
ladders:
  absence:
    lasts: term
    stages:
      often:
        when: truant + excused_too >= 6
        do: {visit: {by: homeroom_teacher, to: parent, due: 1 school day}}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..conditions import Among, Arith, Compare, Expr, Term, pieces
from ..messages import say
from ..policy import Policy
from ..source import Problem
from ..spec.points import conditions_of
from .rule import Given, Rule


def find(policy: Policy, given: Given) -> Iterator[Problem]:
    """Sums of two measures that have a code in common."""
    for asked in conditions_of(policy):
        for parts in (sum_ for piece in pieces(asked.condition.expr) for sum_ in _sums(piece)):
            for one, other in combinations([policy.measures[name] for name in parts], 2):
                common = one.named & other.named
                if common:
                    codes = ", ".join(f"`{code}`" for code in sorted(common))
                    message = say("a mark {codes} counts in `{name}` and in `{name2}`, which are added up here", codes=codes, name=one.name, name2=other.name)
                    yield RULE.found(message, asked.condition.span, say("write one measure that counts both"))


def _sums(expr: Expr) -> Iterator[list[str]]:
    """The measures that are added up, a list for each sum."""
    if isinstance(expr, Arith):
        yield _added(expr)
        if expr.op != "+":
            yield from (found for side in (expr.left, expr.right) for found in _sums(side))
    elif isinstance(expr, Compare):
        yield from (found for side in (expr.left, expr.right) for found in _sums(side))
    elif isinstance(expr, Among):
        yield from _sums(expr.left)


def _added(expr: Expr) -> list[str]:
    if isinstance(expr, Arith) and expr.op == "+":
        return [*_added(expr.left), *_added(expr.right)]
    if isinstance(expr, Arith) and expr.op == "*":
        left, right = _added(expr.left), _added(expr.right)
        return [] if left and right else left or right
    return [expr.name] if isinstance(expr, Term) and expr.kind == "measure" else []


RULE = Rule("double-counting", "warning", __doc__, find)
