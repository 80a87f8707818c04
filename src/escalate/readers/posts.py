"""Assignments that look like slips, so that nobody is found by them: a role misspelt, or a class, village ... that the roster does not know.

A role that no policy has and that is like none is another policy's: one file of assignments serves them all.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence

from ..messages import UNSAID, Said, say
from ..policy import Policy
from ..posts import Posts
from ..roster import Assignment, Roster
from ..source import Problem


def strange_posts(policies: Iterable[Policy], roster: Roster) -> Iterator[Problem]:
    """A warning for each such assignment, at its row."""
    given = list(policies)
    posts, titles = Posts(given, roster), {title: role.name for policy in given for role in policy.roles.values() for _, title in role.title.parts}
    said: set[str] = set()
    for held in roster.assignments:
        if held.role not in posts.roles:
            near = say("did you mean `{found}`?", found=titles[held.role]) if held.role in titles else _near(held.role, sorted(posts.roles), 0.8)
            if near and held.role not in said:
                said.add(held.role)
                yield _warning("unknown-role", held, say("no policy has a role `{role}`: nobody is found by its rows", role=held.role), near)
        elif not posts.knows(held.role, held.of):
            message = say("the roster has no {named} `{of}`: nobody is found by this row", named=posts.named(held.role), of=held.of)
            yield _warning("unknown-place", held, message, _near(held.of, sorted(posts.of(held.role))))


def _warning(kind: str, held: Assignment, message: Said, help: Said) -> Problem:
    return Problem(kind, message, held.span, help, warning=True)


def _near(name: str, known: Sequence[str], alike: float = 0.6) -> Said:
    """The nearest known name; of two signs one may differ."""
    found = difflib.get_close_matches(name, known, 1, alike if len(name) > 2 else 0.5)
    return say("did you mean `{found}`?", found=found[0]) if found else UNSAID
