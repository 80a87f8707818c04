"""A policy that is in force longer than its calendar lasts.

Needs `--calendar`. Found is a policy that is in force within the calendar and whose last day (`in_force: {to: ...}`) comes after the calendar's.
A policy without a last day is not found: its calendar is written year by year.

## The child behind it

The calendar ends in January, the policy in July. In March the marks come in and are set aside, "outside the calendar", and the spring
has no absent children.

## Found

```yaml
policy: example
extends: standard.yaml
in_force: {from: 2025-09-01, to: 2027-08-31}
roles: {homeroom_teacher: {of: class}}
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
in_force: {from: 2025-09-01, to: 2026-08-31}
roles: {homeroom_teacher: {of: class}}
ladders:
  absence:
    stages:
      one_day:
        when: days_away >= 1
        do: {visit: {by: homeroom_teacher, to: parent, due: 1 school day}}
    ends: {when: days_back >= 1}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..messages import say
from ..policy import Policy
from ..source import Problem
from .rule import Given, Rule


def find(policy: Policy, given: Given) -> Iterator[Problem]:
    """At `in_force`."""
    if given.calendar is None:
        return
    days = given.calendar.of("")
    begun = policy.start is None or policy.start <= days.last
    if begun and policy.end is not None and policy.end > days.last:
        message = say("`{name}` is in force until {end}, and the calendar ends on {last}", name=policy.name, end=policy.end, last=days.last)
        yield RULE.found(message, policy.span, say("write the calendar on (`covers:`), or let the policy end with it"))


RULE = Rule("outlives-calendar", "warning", __doc__, find, needs=("calendar",))
