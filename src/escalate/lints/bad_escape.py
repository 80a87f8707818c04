"""An escape without a reason, of a rule that is none, or that escapes nothing.

An escape is a promise that somebody has looked. Without a reason nobody knows at what; one that stands where nothing is found hides
what comes there next. Of a policy with an unset parameter, and of rules that were not asked, it is not said that an escape is idle.
This rule cannot be escaped itself.

## The child behind it

The stage was mended years ago and the escape was left. Then somebody changed the stage again, and what was found now was never shown.

## Found

```yaml
policy: example
extends: standard.yaml
roles: {homeroom_teacher: {of: class}}
ladders:
  absence:
    stages:
      one_day:
        # allow unreachable-stage: the township checks it by hand
        when: days_away >= 1
        do: {visit: {by: homeroom_teacher, to: parent, due: 1 school day}}
    ends: {when: days_back >= 1}
```

## Mended

```yaml
policy: example
extends: standard.yaml
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

from .rule import Rule

RULE = Rule("bad-escape", "warning", __doc__)
