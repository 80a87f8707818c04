"""A vague word to which nobody has given a number yet.

"Promptly" is a parameter with `required: true`. Until the school sets it, the policy is read and checked, and never evaluated.
`escalate check` warns of it too; `escalate run` refuses it.

## The child behind it

"The teacher shall promptly tell the principal." Promptly for whom? Each waits for the other, and no item is ever late.

## Found

```yaml
policy: example
extends: standard.yaml
parameters:
  visit_limit: {required: true, why: "the plan says promptly"}
roles: {homeroom_teacher: {of: class}}
ladders:
  absence:
    stages:
      one_day:
        when: days_away >= 1
        do: {visit: {by: homeroom_teacher, to: parent, due: visit_limit}}
    ends: {when: days_back >= 1}
```

## Mended

```yaml
policy: example
extends: standard.yaml
parameters:
  visit_limit: {value: 1 school day, why: "the plan says promptly; our school takes the next day"}
roles: {homeroom_teacher: {of: class}}
ladders:
  absence:
    stages:
      one_day:
        when: days_away >= 1
        do: {visit: {by: homeroom_teacher, to: parent, due: visit_limit}}
    ends: {when: days_back >= 1}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..checking.parameters import required_parameters_are_set
from ..policy import Policy
from ..source import Problem
from .rule import Given, Rule


def find(policy: Policy, given: Given) -> Iterator[Problem]:
    """What `escalate check` warns of."""
    return required_parameters_are_set(policy)


RULE = Rule("unset-parameter", "warning", __doc__, find, checked=True)
