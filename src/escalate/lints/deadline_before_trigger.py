"""A deadline that lies before what it is counted from.

Found are a date before the policy is in force; a date in a policy without an end, for what is asked again and again, so that it is past
from then on (a parameter with several lines may be dated anew, and is left alone); `at the 5th x` or `before the 5th x` in a stage that
comes when there are more already; and minutes or hours `from: start of school day` that are over before the close at which the item is
asked for (needs `--calendar`).

## The child behind it

A deadline that has passed when its item is issued is given until that midnight, and no more. The visit in the village is asked for at half
past five, for tonight; the date in the table that was signed is last year's.

## Found

```yaml
policy: example
extends: standard.yaml
in_force: {from: 2025-09-01}
roles: {homeroom_teacher: {of: class}}
ladders:
  absence:
    stages:
      three_days:
        when: days_away >= 3
        do: {visit: {by: homeroom_teacher, to: parent, due: 2024-12-31}}
    ends: {when: days_back >= 1}
```

## Mended

```yaml
policy: example
extends: standard.yaml
in_force: {from: 2025-09-01}
roles: {homeroom_teacher: {of: class}}
ladders:
  absence:
    stages:
      three_days:
        when: days_away >= 3
        do: {visit: {by: homeroom_teacher, to: parent, due: 12-31}}
    ends: {when: days_back >= 1}
```
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ..conditions import Term
from ..days import Calendar
from ..messages import say
from ..policy import Action, Anchor, DueParam, Duty, Ladder, Nth, Policy, Stage, Target, items_of
from ..source import Problem
from ..spec.points import parts_in, stages_of
from ..times import DAY
from .bounds import amounts, clauses_of
from .dues import at_close_only, dues_of, minutes_of, place_of_due
from .rule import Given, Rule


def find(policy: Policy, given: Given) -> Iterator[Problem]:
    """Dates, and what the stage itself has already seen; an optional item is never late."""
    for part in parts_in(policy):
        for stage in stages_of(part):
            for action in _once(stage):
                yield from _past(action, part, policy)
            if isinstance(part, Ladder):
                for action in (action for action in stage.do if not action.optional):
                    yield from _seen(action, stage, policy)
                    yield from _morning(action, stage, policy, given.calendar)


def _once(stage: Stage) -> Iterator[Action]:
    unique = {action.path: action for action in items_of(stage) if not action.optional}
    return iter(unique.values())


def _past(action: Action, part: Ladder | Duty | Target, policy: Policy) -> Iterator[Problem]:
    for due, line in dues_of(action, policy):
        date = _date(due) if isinstance(due, Anchor) else None
        if date is None:
            continue
        if policy.start is not None and date < policy.start:
            message = say("`{name}` is due on {date}, before the policy is in force", name=action.name, date=date)
            yield RULE.found(message, place_of_due(action, line), say("write a day and a month (`12-31`), or a later date"))
        elif policy.end is None and _comes_again(part) and not _dated_anew(action, policy):
            help = say("write a day and a month (`12-31`), or let the policy end (`in_force: {{to: ...}}`)")
            yield RULE.found(
                say("after {date} `{name}` is past its due whenever it is asked for", date=date, name=action.name), place_of_due(action, line), help,
            )


def _dated_anew(action: Action, policy: Policy) -> bool:
    """Whether a later line of a parameter may give another date."""
    return isinstance(action.due, DueParam) and len(policy.parameters[action.due.name].lines) > 1


def _date(due: Anchor) -> datetime.date | None:
    return None if due.date is None else due.date + DAY * due.offset * (7 if due.unit == "week" else 1)


def _comes_again(part: Ladder | Duty | Target) -> bool:
    if isinstance(part, Ladder):
        return True
    fixed = part.on if isinstance(part, Duty) else part.check
    return not fixed or any(not isinstance(due, Anchor) or due.date is None for due in fixed)


def _seen(action: Action, stage: Stage, policy: Policy) -> Iterator[Problem]:
    """An nth that has come whenever the stage comes."""
    clauses = clauses_of(stage.when, policy)
    for due, line in dues_of(action, policy):
        if not isinstance(due, Nth) or due.mode == "after" or not clauses:
            continue
        lows = [clause.must(Term("measure", due.measure)).low for clause in clauses]
        numbers = amounts(due.n, policy)
        if numbers and all(low is not None and (max(numbers) < low or due.mode == "before" and max(numbers) == low) for low in lows):
            message = say(
                "`{path}` comes when `{measure}` has come so far already: the due of `{name}` has passed by then", path=stage.path, measure=due.measure,
                name=action.name,
            )
            yield RULE.found(message, place_of_due(action, line), say("name a later one, or let an earlier stage ask for it"))


def _morning(action: Action, stage: Stage, policy: Policy, calendar: Calendar | None) -> Iterator[Problem]:
    """Minutes from the first session's start, of what is asked for at the close of that day."""
    if calendar is None or action.counts_from != "start of school day" or not at_close_only(stage, policy):
        return
    latest = max(period.start.hour * 60 + period.start.minute for period in calendar.periods)
    closes = policy.day.closes.hour * 60 + policy.day.closes.minute
    for due, line in dues_of(action, policy):
        minutes = minutes_of(due, policy)
        if minutes is not None and latest + minutes <= closes:
            message = say(
                "`{name}` is asked for at the close, {closes:%H:%M}, when its due, counted from the start of that day, is over", name=action.name,
                closes=policy.day.closes,
            )
            yield RULE.found(message, place_of_due(action, line), say("count it from the close: leave out `from: start of school day`"))


RULE = Rule("deadline-before-trigger", "warning", __doc__, find, better=("calendar",))
