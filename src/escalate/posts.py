"""For whom a role can be held: the classes, schools, villages ... of the roster, by the level that policies give the role."""

from __future__ import annotations

from collections.abc import Iterable

from .messages import Said, glued, noun, say
from .policy import Policy
from .roster import Roster


class Posts:
    """roles: the levels of each role that a policy has; a role `of: session` is held for a class, or a part of its week (I13)."""

    def __init__(self, policies: Iterable[Policy], roster: Roster) -> None:
        self.roster = roster
        self.roles: dict[str, set[str]] = {}
        self._by_session: set[str] = set()
        self._places: dict[str, frozenset[str]] = {}
        for policy in policies:
            for role in policy.roles.values():
                self.roles.setdefault(role.name, set()).add("class" if role.of == "session" else role.of)
                self._by_session |= {role.name} if role.of == "session" else set()

    def places(self, level: str) -> frozenset[str]:
        """What the roster holds in a column."""
        if level not in self._places:
            self._places[level] = frozenset(text for row in self.roster.students if (text := row.get(level)))
        return self._places[level]

    def of(self, role: str) -> frozenset[str]:
        """Whatever a role can be held for."""
        return frozenset().union(*(self.places(level) for level in self.roles[role]))

    def knows(self, role: str, of: str) -> bool:
        """Whether somebody can be found by a role and what it is held for."""
        parts = (of, of.rsplit("/", 1)[0], of.rsplit("/", 2)[0]) if role in self._by_session else (of,)
        return not self.of(role).isdisjoint(parts)

    def named(self, role: str) -> Said:
        """The levels of a role, as a message names them."""
        return glued((noun(level) for level in sorted(self.roles[role])), say(" or "))
