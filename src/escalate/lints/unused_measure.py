"""A measure that nothing reads.

Found are measures of the file itself, not those of a file that it extends: a base such as `standard.yaml` offers more than each school needs.

## The child behind it

Somebody wrote `excused_days` for the children who are always ill, and then forgot the stage. The list looks complete.

## Found

```yaml
policy: example
extends: standard.yaml
roles: {homeroom_teacher: {of: class}}
measures:
  ill_days: {count: illness, unit: school day, within: term}
ladders:
  absence:
    stages:
      one_day:
        when: days_away >= 1
        do: {visit: {by: homeroom_teacher, to: parent, due: 1 school day}}
    ends: {when: days_back >= 1}
```

## Mended

```yaml
policy: example
extends: standard.yaml
roles: {homeroom_teacher: {of: class}}
measures:
  ill_days: {count: illness, unit: school day, within: term}
ladders:
  absence:
    stages:
      one_day:
        when: days_away >= 1
        do: {visit: {by: homeroom_teacher, to: parent, due: 1 school day}}
      often_ill:
        when: ill_days >= 10
        do: {talk: {by: homeroom_teacher, to: parent, due: 1 week}}
    ends: {when: days_back >= 1}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..conditions import Condition
from ..messages import say
from ..policy import Nth, Policy, actions, conditions
from ..source import Problem
from .dues import dues_of
from .rule import Given, Rule


def find(policy: Policy, given: Given) -> Iterator[Problem]:
    """Measures of the file that no condition, deadline, consequence or register names; of a file that is only extended nothing is said."""
    if not policy.name:
        return
    read = {term.name for condition in _reading(policy) for term in condition.terms if term.kind == "measure"}
    read |= {due.measure for action in actions(policy) for due, _ in dues_of(action, policy) if isinstance(due, Nth)}
    read |= {name for action in actions(policy) if action.entry is not None for name in action.entry.measures}
    for name, measure in policy.measures.items():
        if name not in read and measure.span is not None and measure.span.source.path == policy.path:
            yield RULE.found(say("nothing reads `{name}`", name=name), measure.span, say("take it out, or write the stage that it was meant for"))


def _reading(policy: Policy) -> Iterator[Condition]:
    yield from conditions(policy)
    for register in policy.registers.values():
        yield from (condition for condition in (register.where, *(column.value for column in register.columns)) if condition is not None)


RULE = Rule("unused-measure", "warning", __doc__, find)
