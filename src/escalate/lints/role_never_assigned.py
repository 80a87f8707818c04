"""A role that acts, or is told, and that nobody holds.

Needs `--assignments`. A role that no row of the file names gets items on which no person stands; with `--roster` also one whose rows all
name a class, a school or a village that the roster does not have.
Held by nobody for one class or for a while is another thing: the run's summary says so. `parent` and `student` are held by nobody and need not be.

## The child behind it

The village committee is to be told on the fourth day. The item is issued, to the village committee, and nobody is that.

## Found

```yaml
policy: example
extends: standard.yaml
roles: {homeroom_teacher: {of: class}, moral_education: {of: school}}
ladders:
  absence:
    stages:
      one_day:
        when: days_away >= 1
        do:
          visit: {by: homeroom_teacher, to: parent, due: 1 school day}
          talk: {by: moral_education, to: parent, due: 1 school day}
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
      one_day:
        when: days_away >= 1
        do:
          visit: {by: homeroom_teacher, to: parent, due: 1 school day}
          talk: {by: principal, to: parent, due: 1 school day}
    ends: {when: days_back >= 1}
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..messages import say
from ..policy import OWN_ROLES, Action, Actor, Policy, actions
from ..posts import Posts
from ..roster import Assignment, Roster
from ..source import Problem
from ..spec.points import place_of
from .rule import Given, Rule


def find(policy: Policy, given: Given) -> Iterator[Problem]:
    """Each such role once, at the first action that names it."""
    if given.assignments is None:
        return
    said = {*OWN_ROLES, "", *_assigned(given.assignments, given.roster, policy)}
    for action in actions(policy):
        for key, actor in _named(action):
            name = _role(actor, policy)
            if name not in said and action.span is not None:
                said.add(name)
                message = say("`{name}` names `{name2}`, and nobody is assigned to be it", name=action.name, name2=name)
                yield RULE.found(message, place_of(action.span, key), say("add a row to the assignments: `{name},...`", name=name))


def _assigned(assignments: Iterable[Assignment], roster: Roster | None, policy: Policy) -> Iterator[str]:
    """The roles that somebody holds; with a roster only for a class, school, village ... that it has."""
    posts = Posts([policy], roster) if roster is not None else None
    yield from (held.role for held in assignments if posts is None or held.role not in posts.roles or posts.knows(held.role, held.of))


def _named(action: Action) -> Iterator[tuple[str, Actor]]:
    for key, actors in (("by", action.by), ("to", action.to), ("notify", action.notify)):
        yield from ((key, actor) for actor in actors.entries)


def _role(actor: Actor, policy: Policy) -> str:
    """The role that an entry means; empty for whoever had an item."""
    if actor.kind == "above":
        return policy.roles[actor.name].above if actor.name in policy.roles else ""
    return actor.name if actor.kind == "role" else ""


RULE = Rule("role-never-assigned", "warning", __doc__, find, needs=("assignments",), better=("roster",))
