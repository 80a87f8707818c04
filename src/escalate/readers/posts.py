"""Assignments that look like slips, so that nobody is found by them: a role misspelt, or a class, village ... that the roster does not know.

A role that no policy has and that is like none is another policy's: one file of assignments serves them all.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence

from ..policy import Policy, Role
from ..roster import Assignment, Roster
from ..source import Problem


def strange_posts(policies: Iterable[Policy], roster: Roster) -> Iterator[Problem]:
    """A warning for each such assignment, at its row."""
    roles: dict[str, list[Role]] = {}
    for policy in policies:
        for role in policy.roles.values():
            roles.setdefault(role.name, []).append(role)
    places: dict[str, frozenset[str]] = {}
    said: set[str] = set()
    for held in roster.assignments:
        meant = roles.get(held.role)
        if meant is None:
            near = _near(held.role, sorted(roles), 0.8)
            if near and held.role not in said:
                said.add(held.role)
                yield _warning("unknown-role", held, f"no policy has a role `{held.role}`: nobody is found by its rows", near)
            continue
        levels = sorted({"class" if role.of == "session" else role.of for role in meant})
        for level in levels:
            if level not in places:
                places[level] = frozenset(text for row in roster.students if (text := row.get(level)))
        if not any(_holds(held, role, places["class" if role.of == "session" else role.of]) for role in meant):
            known = sorted(set().union(*(places[level] for level in levels)))
            message = f"the roster has no {' or '.join(levels)} `{held.of}`: nobody is found by this row"
            yield _warning("unknown-place", held, message, _near(held.of, known))


def _holds(held: Assignment, role: Role, known: frozenset[str]) -> bool:
    return held.of in known or role.of == "session" and held.of.rsplit("/", 2)[0] in known or role.of == "session" and held.of.rsplit("/", 1)[0] in known


def _warning(kind: str, held: Assignment, message: str, help: str) -> Problem:
    return Problem(kind, message, held.span, help, warning=True)


def _near(name: str, known: Sequence[str], alike: float = 0.6) -> str:
    """The nearest known name; of two signs one may differ."""
    found = difflib.get_close_matches(name, known, 1, alike if len(name) > 2 else 0.5)
    return f"did you mean `{found[0]}`?" if found else ""
