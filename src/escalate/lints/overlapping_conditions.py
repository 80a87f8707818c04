"""Conditions that overlap, so that two things are asked where one was meant.

Found are two stages of one ladder that come at the same instant, since their conditions say the same; two stages for two
stretches of one measure, `3 <= x < 6` and `5 <= x < 10`, that both hold in the middle; and a line of a parameter, or a base of
a target, that can never hold since a line above it holds wherever it would.

## The child behind it

On the fifth day two people visit the same family with two forms, and each believes that the other is wrong. Or grade 9 has a
shorter limit that was written below the line for grades 7 and up, and nobody ever applies it.

## Found

```yaml
policy: example
extends: standard.yaml
roles: {homeroom_teacher: {of: class}, principal: {of: school}}
ladders:
  absence:
    stages:
      some_days:
        when: 3 <= days_away < 6
        do: {visit: {by: homeroom_teacher, to: parent, due: 1 school day}}
      more_days:
        when: 5 <= days_away < 10
        do: {call: {by: principal, to: parent, due: 1 school day}}
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
      some_days:
        when: 3 <= days_away < 6
        do: {visit: {by: homeroom_teacher, to: parent, due: 1 school day}}
      more_days:
        when: 6 <= days_away < 10
        do: {call: {by: principal, to: parent, due: 1 school day}}
    ends: {when: days_back >= 1}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..conditions import Term
from ..messages import say
from ..policy import ParameterLine, Policy, Stage
from ..source import Problem, beside
from .bounds import Clause, Clauses, all_imply, clauses_of, implies, without
from .intervals import Interval
from .rule import Given, Rule


def find(policy: Policy, given: Given) -> Iterator[Problem]:
    """Stages, lines of parameters, bases of targets."""
    yield from _stages(policy)
    yield from _lines(policy)
    yield from _bases(policy)


def _stages(policy: Policy) -> Iterator[Problem]:
    for ladder in policy.ladders.values():
        for one, other in combinations(ladder.stages, 2):
            if one.span is None or other.span is None or (one.again, one.need) != (other.again, other.need):
                continue
            said = beside(other.span, one.span)
            if _same(one, other, policy):
                message = say(
                    "`{path}` comes at the same instant as `{path2}`{said}: their conditions say the same", path=other.path, path2=one.path, said=said,
                )
                yield RULE.found(message, other.when.span, say("make one stage of the two"))
            elif _crossing(one, other, policy):
                message = say("`{path}` and `{path2}`{said} overlap: there are values for which both hold", path=other.path, path2=one.path, said=said)
                yield RULE.found(message, other.when.span, say("let one begin where the other ends"))


def _same(one: Stage, other: Stage, policy: Policy) -> bool:
    """Whether two stages ask for the same, and would whatever value a school gave to a parameter."""
    first, second = clauses_of(one.when, policy), clauses_of(other.when, policy)
    return _parameters(first) == _parameters(second) and all_imply(first, second) and all_imply(second, first)


def _parameters(clauses: Clauses | None) -> set[str]:
    return {bound.parameter for clause in clauses or () for bound in clause.bounds}


def _crossing(one: Stage, other: Stage, policy: Policy) -> bool:
    """Whether two stages ask for stretches of one measure, all else being equal, of which each has a part of the other."""
    first, second = clauses_of(one.when, policy), clauses_of(other.when, policy)
    if first is None or second is None or (len(first), len(second)) != (1, 1):
        return False
    mine, theirs = first[0], second[0]
    for what in {bound.what for bound in mine.bounds}:
        rest = without(mine, what), without(theirs, what)
        band, other_band = _sure(mine, what), _sure(theirs, what)
        if isinstance(what, Term) and what.kind == "measure" and implies(*rest) and implies(*rest[::-1]) and _partly(band, other_band):
            return True
    return False


def _sure(clause: Clause, what: object) -> Interval:
    found = Interval()
    for bound in clause.bounds:
        found = found.meet(bound.sure) if bound.what == what else found
    return found


def _partly(band: Interval, other: Interval) -> bool:
    ends = (band.low, band.high, other.low, other.high)
    return None not in ends and not band.meet(other).empty and not band.inside(other) and not other.inside(band)


def _lines(policy: Policy) -> Iterator[Problem]:
    """What stands behind a line that always holds, `escalate check` says."""
    for parameter in policy.parameters.values():
        for n, line in enumerate(parameter.lines):
            if any(_holds_always(above) for above in parameter.lines[:n]):
                break
            hiding = next((above for above in parameter.lines[:n] if _hides(above, line, policy)), None)
            if hiding is not None:
                message = say(
                    "line {n} of `{name}` can never hold: where it would, line {index} does", n=n + 1, name=parameter.name,
                    index=parameter.lines.index(hiding) + 1,
                )
                yield RULE.found(message, line.span or parameter.span, say("write the narrower line above the wider one"))


def _holds_always(line: ParameterLine) -> bool:
    return line.where is None and line.start is None


def _hides(above: ParameterLine, line: ParameterLine, policy: Policy) -> bool:
    begun = above.start is None or line.start is not None and above.start <= line.start
    return begun and all_imply(clauses_of(line.where, policy), clauses_of(above.where, policy))


def _bases(policy: Policy) -> Iterator[Problem]:
    for target in policy.targets.values():
        for n, base in enumerate(target.bases):
            if any(all_imply(clauses_of(base.where, policy), clauses_of(above.where, policy)) for above in target.bases[:n]):
                message = say("base {n} of `{name}` can never hold: where it would, one above it does", n=n + 1, name=target.name)
                yield RULE.found(message, target.span, say("write the narrower base above the wider one"))


RULE = Rule("overlapping-conditions", "warning", __doc__, find)
