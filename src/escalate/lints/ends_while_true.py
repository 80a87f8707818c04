"""A case that can end while what opened it stays true, so that nothing opens one again.

A case opens when a condition becomes true. If `ends` can close it while every condition that opens a case goes on being true,
the ladder is silent from then on. `escalate check` warns of it too.

## The child behind it

A parent's note ends the case on the day it arrives. The child never comes; the count of missed days stays above the line and
does not cross it again. Nobody is told any more.

## Found

```yaml
policy: example
extends: standard.yaml
roles: {homeroom_teacher: {of: class}}
measures:
  missed: {count: unexcused, unit: school day, within: school year}
ladders:
  absence:
    stages:
      ten_days:
        when: missed >= 10
        do: {visit: {by: homeroom_teacher, to: parent, due: 1 school day}}
    ends: {when: received(note)}
```

## Mended

```yaml
policy: example
extends: standard.yaml
roles: {homeroom_teacher: {of: class}}
measures:
  missed: {count: unexcused, unit: school day, within: school year}
ladders:
  absence:
    lasts: school year
    stages:
      ten_days:
        when: missed >= 10
        again: each further 1
        do: {visit: {by: homeroom_teacher, to: parent, due: 1 school day}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..checking.ladders import cases_open_again
from ..policy import Policy
from ..source import Problem
from .rule import Given, Rule


def find(policy: Policy, given: Given) -> Iterator[Problem]:
    """What `escalate check` warns of."""
    return cases_open_again(policy)


RULE = Rule("ends-while-true", "warning", __doc__, find, checked=True)
