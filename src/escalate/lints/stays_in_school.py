"""A stage about an absent child of which nobody outside the school ever hears, nor of anything after it.

Every role that the stage's items name, and those of all stages below it, is held for the school or a part of it. The family,
the village and the township are not among them, however long the child stays away. Stages without items and stages about
somebody's late work are passed over.

A role that is held for a school may still be somebody outside, such as the county's office for that school: then say so in an escape.

## The child behind it

The class teacher told the dean, the dean told the principal, and the paper was filed. The parents thought that the child was at school.

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
        do: {report: {by: homeroom_teacher, to: principal, due: 1 school day}}
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
        do:
          report: {by: homeroom_teacher, to: principal, due: 1 school day}
          visit: {by: homeroom_teacher, to: parent, due: 1 school day}
    ends: {when: days_back >= 1}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..messages import say
from ..policy import Actor, Policy, Stage, items_of
from ..source import Problem
from .rule import Given, Rule

INSIDE = frozenset({"session", "class", "grade", "school"})
GONE = frozenset({"dropped_out", "suspected_dropout", "no_show"})
ABOUT_WORK = frozenset({"late", "overdue"})


def find(policy: Policy, given: Given) -> Iterator[Problem]:
    """Of each ladder the first stage from which on nobody outside hears."""
    for ladder in policy.ladders.values():
        quiet: Stage | None = None
        for stage in reversed(ladder.stages):
            if any(not _inside(actor, policy) for action in items_of(stage) for actors in (action.by, action.to, action.notify) for actor in actors.entries):
                break
            quiet = stage if stage.do and _of_absence(stage, policy) else quiet
        if quiet is not None:
            help = say("let an item go to `parent`, or to a role of the village or the township")
            yield RULE.found(say("nobody outside the school hears of `{path}`, nor of anything after it", path=quiet.path), quiet.span, help)


def _inside(actor: Actor, policy: Policy) -> bool:
    """Whether an actor is surely of the school: a role that is held for it or a part of it, or whoever had an item."""
    role = policy.roles.get(actor.name)
    if actor.kind == "above" and role is not None:
        role = policy.roles.get(role.above)
    return actor.kind == "who_had" or role is not None and role.of in INSIDE


def _of_absence(stage: Stage, policy: Policy) -> bool:
    if any(term.kind in ABOUT_WORK for term in stage.when.terms):
        return False
    counted = [policy.measures[term.name] for term in stage.when.terms if term.kind == "measure"]
    away = any(policy.marks[code].meaning in ("unexcused", "excused") for measure in counted for code in measure.counted if code in policy.marks)
    return away or any(term.kind in ("became", "status") and term.name in GONE for term in stage.when.terms)


RULE = Rule("stays-in-school", "note", __doc__, find)
