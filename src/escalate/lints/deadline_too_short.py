"""A deadline that is over before anybody is back at school.

A stage that counts school days is judged at the close of the day. Where the close stands after the last session, thirty minutes from
then pass in the evening: whoever acts for the class, the grade or the school has gone home. Found are such deadlines in minutes
or hours, of actors of the school alone. Needs `--calendar`. Where the evening is meant, as for a telephone call, say so in an escape.

## The child behind it

The principal finds forty items overdue every morning, all of them from the evening before, and stops reading the list.

## Found

```yaml
policy: example
extends: standard.yaml
replace: {day: {absent_when: all sessions, closes: "21:00"}}
roles: {homeroom_teacher: {of: class}, principal: {of: school}}
ladders:
  absence:
    stages:
      one_day:
        when: days_away >= 1
        do: {visit: {by: homeroom_teacher, to: parent, due: 30 minutes}}
    ends: {when: days_back >= 1}
```

## Mended

```yaml
policy: example
extends: standard.yaml
replace: {day: {absent_when: all sessions, closes: "21:00"}}
roles: {homeroom_teacher: {of: class}, principal: {of: school}}
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

import datetime
from collections.abc import Iterator
from fractions import Fraction

from ..messages import say
from ..policy import Action, Policy
from ..source import Problem
from .dues import at_close_only, dues_of, minutes_of, place_of_due
from .rule import Given, Rule

SCHOOL = frozenset({"class", "grade", "school"})
A_DAY = 24 * 60
HELP = say("write `end of school day` (the next one's), `1 school day` or `before the next school day`")


def find(policy: Policy, given: Given) -> Iterator[Problem]:
    """First items of stages that are judged at the close alone."""
    if given.calendar is None:
        return
    close = _minute(policy.day.closes)
    last = max(_minute(period.end) for period in given.calendar.periods)
    first = min(_minute(period.start) for period in given.calendar.periods)
    if last > close:
        return
    for ladder in policy.ladders.values():
        for stage in ladder.stages:
            for action in stage.do if at_close_only(stage, policy) else ():
                for due, line in dues_of(action, policy) if _of_school(action, policy) else ():
                    length = minutes_of(due, policy)
                    if length is not None and close + length < A_DAY + first:
                        times = say("the close, {closes:%H:%M}, and due at {clock}", closes=policy.day.closes, clock=_clock(close + length))
                        yield RULE.found(
                            say("`{name}` is asked for at {times}: no session lies between", name=action.name, times=times), place_of_due(action, line), HELP,
                        )


def _of_school(action: Action, policy: Policy) -> bool:
    entries = action.by.entries
    return bool(entries) and not action.optional and action.counts_from == "known" and all(
        entry.kind == "role" and entry.name in policy.roles and policy.roles[entry.name].of in SCHOOL for entry in entries
    )


def _minute(time: datetime.time) -> int:
    return time.hour * 60 + time.minute


def _clock(minute: Fraction) -> str:
    whole = int(minute) % A_DAY
    return f"{whole // 60:02}:{whole % 60:02}"


RULE = Rule("deadline-too-short", "note", __doc__, find, needs=("calendar",))
