"""A threshold that can never be met in its window.

A count in a week of school days never comes to 8, and a share never comes to more than 100 %. A stage that asks for more
waits for ever. The rule knows how many dates a window has at most; with `--calendar` also how many sessions and school days
there are in any window of that calendar. Of minutes and hours, of facts and of measures with `plus` it says nothing.

## The child behind it

A school meant "ten days in a month" and wrote `within: week`. The child is away for two weeks, and nobody is ever told.

## Found

```yaml
policy: example
extends: standard.yaml
roles: {homeroom_teacher: {of: class}}
measures:
  missed_days: {count: unexcused, unit: school day, within: week}
ladders:
  absence:
    lasts: month
    stages:
      ten_days:
        when: missed_days >= 10
        do: {visit: {by: homeroom_teacher, to: parent, due: 1 school day}}
```

## Mended

```yaml
policy: example
extends: standard.yaml
roles: {homeroom_teacher: {of: class}}
measures:
  missed_days: {count: unexcused, unit: school day, within: month}
ladders:
  absence:
    lasts: month
    stages:
      ten_days:
        when: missed_days >= 10
        do: {visit: {by: homeroom_teacher, to: parent, due: 1 school day}}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..conditions import Term
from ..language import shown
from ..messages import Said, say
from ..policy import Measure, Nth, Policy
from ..source import Problem, Span
from ..spec.points import actions_of, conditions_of
from .bounds import Bound, amounts, bounds_in
from .capacity import most
from .dues import dues_of, place_of_due
from .intervals import Interval
from .rule import Given, Rule


def find(policy: Policy, given: Given) -> Iterator[Problem]:
    """Comparisons and nth deadlines that ask for more than a measure can come to."""
    highest = {name: top for name, measure in policy.measures.items() if (top := most(measure, policy, given.calendar)) is not None}
    for asked in conditions_of(policy):
        for _, bound in bounds_in(asked.condition, policy):
            name = bound.what.name if isinstance(bound.what, Term) and bound.what.kind == "measure" else ""
            if name in highest and bound.must.low is not None and bound.must.meet(Interval(high=highest[name])).empty:
                message = say("`{name}` never comes to {number}", name=name, number=_number(bound.must.low, policy.measures[name]))
                yield RULE.found(message, _place(bound, policy) or asked.condition.span, _help(name, highest[name], policy, given))
    for action, _ in actions_of(policy):
        for due, line in dues_of(action, policy):
            if isinstance(due, Nth) and due.measure in highest and min(amounts(due.n, policy), default=0) > highest[due.measure]:
                message = say("the due of `{name}` never comes: `{measure}` has no such nth", name=action.name, measure=due.measure)
                yield RULE.found(message, place_of_due(action, line), _help(due.measure, highest[due.measure], policy, given))


def _place(bound: Bound, policy: Policy) -> Span | None:
    """Where the number is written: whoever set it can mend it."""
    return policy.parameters[bound.parameter].lines[0].span if bound.parameter else bound.span


def _help(name: str, top: Fraction, policy: Policy, given: Given) -> Said:
    measure = policy.measures[name]
    where = say("of this calendar") if given.calendar is not None and measure.kind != "share" else say("at all")
    return say(
        "it comes to {number} at most in any window {where}: ask for less, or let it look back further (`within`)", number=_number(top, measure), where=where,
    )


def _number(number: Fraction, measure: Measure) -> str:
    if measure.kind == "share":
        return f"{shown(number * 100)}%"
    return shown(number)


RULE = Rule("threshold-never-met", "warning", __doc__, find, better=("calendar",))
