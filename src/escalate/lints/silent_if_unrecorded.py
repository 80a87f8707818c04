"""An item that something waits on, and of which nothing says what comes where nobody records it.

`then`, `if_outcome`, and conditions that read `done(x)` or `outcome(x)` wait for a record. Where none is written, they wait for
ever, unless the item has an `if_overdue`: its own, its stage's, its ladder's or its duty's. `escalate check` refuses such a
policy, so it cannot be escaped.

## The child behind it

The teacher was to visit, and the principal was to step in if the visit came to nothing. The teacher was ill, nobody recorded a
visit, and so nothing followed from it.

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
        do:
          visit:
            by: homeroom_teacher
            to: parent
            due: 1 school day
            results: [coming, refused]
            if_outcome: {refused: {warn: {by: principal, to: parent, due: 1 school day}}}
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
          visit:
            by: homeroom_teacher
            to: parent
            due: 1 school day
            results: [coming, refused]
            if_outcome: {refused: {warn: {by: principal, to: parent, due: 1 school day}}}
            if_overdue: {chase: {by: principal, due: 1 school day}}
    ends: {when: days_back >= 1}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..checking.items import nothing_waits_in_silence
from ..policy import Policy
from ..source import Problem
from .rule import Given, Rule


def find(policy: Policy, given: Given) -> Iterator[Problem]:
    """What `escalate check` refuses."""
    return nothing_waits_in_silence(policy)


RULE = Rule("silent-if-unrecorded", "error", __doc__, find, checked=True)
