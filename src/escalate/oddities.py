"""The names that policies give to what happens: events that say others are reported, or a visit that was made would be lost in silence."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterable

from .decisions import Report
from .events import AssignmentEdit, CalendarEdit, Event, Flag, Outcome, RosterEdit
from .family import Family
from .policy import actions
from .posts import Posts
from .roster import Roster
from .terms import action_of, readable


class Oddities:
    """Actions with the results that they may have, flags and columns, of all policies together."""

    def __init__(self, families: Iterable[Family], roster: Roster) -> None:
        self.columns = {"school", "class", "grade", *(name for row in roster.students for name in row.fields)}
        self.results: dict[str, set[str]] = {}
        self.flags: dict[str, str] = {}
        self.free: set[str] = set()  # actions of which some policy lists no results
        policies = [version.policy for family in families for version in family.versions]
        self.posts = Posts(policies, roster)
        for policy in policies:
            self.flags.update((name, attribute.type) for name, attribute in policy.students.items())
            self.columns |= {role.of for role in policy.roles.values()}
            for action in actions(policy):
                self.results.setdefault(action.name, set()).update(action.results)
                if not action.results:
                    self.free.add(action.name)

    def odd(self, event: Event) -> Report | None:
        """What is odd about the names in an event; it is taken in all the same, since another policy may know them."""
        if isinstance(event, Flag):
            return self._odd_flag(event)
        if isinstance(event, RosterEdit):
            return self._odd_column(event)
        if isinstance(event, AssignmentEdit):
            return self._odd_post(event)
        if isinstance(event, CalendarEdit):
            return self._odd_school(event)
        if not isinstance(event, Outcome):
            return None
        name = action_of(event)
        if event.action and name not in self.results:
            return Report("unknown-action", event, f"no policy has an item `{name}`: the outcome does nothing{_near(name, self.results)}")
        known = self.results.get(name, set())
        if event.result and known and name not in self.free and event.result not in known:
            return Report("unknown-result", event, f"`{name}` has no result `{event.result}`{_near(event.result, known)}")
        return None

    def _odd_flag(self, event: Flag) -> Report | None:
        kind = self.flags.get(event.flag)
        if kind is None:
            return Report("unknown-flag", event, f"no policy has a flag `{event.flag}`{_near(event.flag, self.flags)}")
        return _odd_value(event, event.flag, kind, event.value)

    def _odd_post(self, event: AssignmentEdit) -> Report | None:
        posts = self.posts
        if event.role not in posts.roles:
            return Report("unknown-role", event, f"no policy has a role `{event.role}`: nobody is found by it{_near(event.role, posts.roles)}")
        if posts.knows(event.role, event.of):
            return None
        near = _near(event.of, posts.of(event.role))
        return Report("unknown-place", event, f"the roster has no {posts.named(event.role)} `{event.of}`: nobody is found by it{near}")

    def _odd_school(self, event: CalendarEdit) -> Report | None:
        schools = self.posts.places("school")
        if not event.school or event.school in schools:
            return None
        return Report("unknown-school", event, f"the roster has no school `{event.school}`: no day is moved{_near(event.school, schools)}")

    def _odd_column(self, event: RosterEdit) -> Report | None:
        if event.column not in self.columns | set(self.flags):
            known = self.columns | set(self.flags)
            return Report("unknown-column", event, f"neither the roster nor a policy has a column `{event.column}`{_near(event.column, known)}")
        return _odd_value(event, event.column, self.flags.get(event.column, "text"), event.value)


def _odd_value(event: Event, name: str, kind: str, value: str) -> Report | None:
    if not value.strip() or readable(value, kind):
        return None
    said = {"flag": "neither yes nor no", "number": "no number", "date": "no date"}[kind]
    return Report("bad-value", event, f"`{name}`: `{value}` is {said}: it counts as {'no' if kind == 'flag' else 'unknown'}")


def _near(name: str, known: Iterable[str]) -> str:
    """The nearest known name; of short names, one sign may differ."""
    return _nearest(name, tuple(sorted(known)))


@functools.lru_cache(maxsize=1000)
def _nearest(name: str, known: tuple[str, ...]) -> str:
    found = difflib.get_close_matches(name, known, 1, 0.5)
    return f"; did you mean `{found[0]}`?" if found else ""
