"""A stage that no child can ever reach.

Its condition wants a number to be above and below a line at once, a thing and its contrary, two statuses together, or that a
stage has fired which itself can never fire. The same is asked of `ends`: a case that can never end is as wrong. What the
ladder's `where` says is counted in. A condition of which nobody can tell is left alone.

## The child behind it

The last stage, the one that warns the family, looks as if it were there. It is printed, signed and filed, and it never fires.

## Found

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
        when: days_away >= 10 and days_away <= 5
        do: {warn: {by: principal, to: parent, due: 1 school day}}
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

from ..conditions import Term
from ..messages import say
from ..policy import Ladder, Policy
from ..source import Problem
from .bounds import Clause, clauses_of, never
from .rule import Given, Rule


def find(policy: Policy, given: Given) -> Iterator[Problem]:
    """Stages, and ends, of which no clause can hold."""
    for ladder in policy.ladders.values():
        reached = _reached(ladder, policy)
        for stage in ladder.stages:
            if stage.name not in reached:
                message = say("no child can ever reach `{path}`: its condition can never be true", path=stage.path)
                yield RULE.found(message, stage.when.span, say("mend the condition, or take the stage out"))
        end = clauses_of(ladder.ends.when, policy) if ladder.ends else None
        if ladder.ends is not None and end is not None and all(never(clause, policy) for clause in end):
            yield RULE.found(
                say("a case of `{name}` never ends: the condition of `ends` can never be true", name=ladder.name), ladder.ends.when.span,
                say("mend the condition"),
            )


def _reached(ladder: Ladder, policy: Policy) -> set[str]:
    """The stages that can fire, those that wait for another only where that one can; one of which nobody can tell counts as one."""
    where, left = clauses_of(ladder.where, policy), {}
    for stage in ladder.stages:
        when = clauses_of(stage.when, policy)
        whole = None if where is None or when is None else [one + other for one in where for other in when]
        left[stage.name] = None if whole is None else [clause for clause in whole if not never(clause, policy)]
    reached: set[str] = set()
    while True:
        more = {name for name, clauses in left.items() if clauses is None or any(_fired(clause, ladder) <= reached for clause in clauses)}
        if more <= reached:
            return reached
        reached |= more


def _fired(clause: Clause, ladder: Ladder) -> set[str]:
    """The stages of the ladder that have to have fired first."""
    names = {part.name for part, wanted in clause.parts if wanted and isinstance(part, Term) and part.kind == "fired"}
    return {stage.name for stage in ladder.stages if {stage.name, stage.path} & names}


RULE = Rule("unreachable-stage", "warning", __doc__, find)
