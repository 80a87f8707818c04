"""A thing without a title where the others have theirs.

Items, registers and explanations call a thing by its title, and by its name where it has none. A policy of which most things have none is left alone,
and so is a name that is a word of Chinese; things of a file that is extended are that file's own.

## The child behind it

On the principal's list stand 打电话, 家访 and `rpt_2`. She asks what `rpt_2` is, nobody knows, and the report to the township is not written.

## Found

```yaml
policy: example
extends: standard.yaml
roles: {homeroom_teacher: {title: 班主任, of: class}}
ladders:
  absence:
    title: 未请假不到校
    stages:
      one_day:
        title: 一天
        when: days_away >= 1
        do: {visit: {title: 家访, by: homeroom_teacher, to: parent, due: 1 school day}}
      two_days:
        title: 两天
        when: days_away >= 2
        do: {rpt_2: {by: homeroom_teacher, to: parent, due: 1 school day}}
    ends: {when: days_back >= 1}
```

## Mended

```yaml
policy: example
extends: standard.yaml
roles: {homeroom_teacher: {title: 班主任, of: class}}
ladders:
  absence:
    title: 未请假不到校
    stages:
      one_day:
        title: 一天
        when: days_away >= 1
        do: {visit: {title: 家访, by: homeroom_teacher, to: parent, due: 1 school day}}
      two_days:
        title: 两天
        when: days_away >= 2
        do: {rpt_2: {title: 书面报告, by: homeroom_teacher, to: parent, due: 1 school day}}
    ends: {when: days_back >= 1}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..messages import noun, say
from ..policy import Policy, Text, actions
from ..source import Problem, Span
from .rule import Given, Rule


def find(policy: Policy, given: Given) -> Iterator[Problem]:
    """Ladders, stages, items, duties and targets of the file whose ASCII name stands for a title, where most have one."""
    things = list(_things(policy))
    if sum(bool(title.parts) for _, _, title, _ in things) <= len(things) / 2:
        return
    for kind, name, title, span in things:
        if not title.parts and name.isascii() and span is not None and span.source.path == policy.path:
            message = say("{kind} `{name}` has no title: people will read its name", kind=noun(kind), name=name)
            yield RULE.found(message, span, say("write `title:` and what people call it"))


def _things(policy: Policy) -> Iterator[tuple[str, str, Text, Span | None]]:
    for ladder in policy.ladders.values():
        yield "ladder", ladder.name, ladder.title, ladder.span
        yield from (("stage", stage.name, stage.title, stage.span) for stage in ladder.stages if stage.do)
    yield from (("duty", duty.name, duty.title, duty.span) for duty in policy.duties.values())
    yield from (("target", target.name, target.title, target.span) for target in policy.targets.values())
    yield from (("item", action.name, action.title, action.span) for action in actions(policy))


RULE = Rule("missing-title", "note", __doc__, find)
