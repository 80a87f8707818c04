"""The names that policies give to what happens: events that say others are reported, or a visit that was made would be lost in silence."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Collection, Iterable, Mapping

from .decisions import Report
from .events import AssignmentEdit, CalendarEdit, Event, Flag, Outcome, RosterEdit
from .family import Family
from .messages import UNSAID, Said, say
from .policy import Policy, actions
from .posts import Posts
from .roster import Roster
from .terms import action_of, readable


class Vocabulary:
    """Actions with the results that they may have, and flags, of some policies together."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        self.policies = tuple(policies)
        self.results: dict[str, set[str]] = {}
        self.flags: dict[str, str] = {}
        self.free: set[str] = set()  # actions of which some policy lists no results
        for policy in self.policies:
            self.flags.update((name, attribute.type) for name, attribute in policy.students.items())
            for action in actions(policy):
                self.results.setdefault(action.name, set()).update(action.results)
                if not action.results:
                    self.free.add(action.name)

    def odd(self, event: Event) -> Report | None:
        """What is odd about the names in an outcome or a flag."""
        if isinstance(event, Flag):
            return self._odd_flag(event)
        if not isinstance(event, Outcome):
            return None
        name = action_of(event)
        if event.action and name not in self.results:
            return Report(
                "unknown-action", event, say("no policy has an item `{name}`: the outcome does nothing{near}", name=name, near=_near(name, self.results)),
            )
        known = self.results.get(name, set())
        if event.result and known and name not in self.free and event.result not in known:
            named = [(word, result) for policy in self.policies for word, result in policy.results.items() if word in known]
            near = _near(event.result, known, {text: word for word, result in named for _, text in result.title.parts})
            return Report("unknown-result", event, say("`{name}` has no result `{result}`{near}", name=name, result=event.result, near=near))
        return None

    def _odd_flag(self, event: Flag) -> Report | None:
        kind = self.flags.get(event.flag)
        if kind is None:
            return Report("unknown-flag", event, say("no policy has a flag `{flag}`{near}", flag=event.flag, near=_near(event.flag, self.flags)))
        return _odd_value(event, event.flag, kind, event.value)


class Oddities:
    """The words, the columns and the posts of all policies together."""

    def __init__(self, families: Iterable[Family], roster: Roster) -> None:
        policies = [version.policy for family in families for version in family.versions]
        self.words = Vocabulary(policies)
        self.posts = Posts(policies, roster)
        self.columns = {"school", "class", "grade", *(name for row in roster.students for name in row.fields)}
        self.columns |= {role.of for policy in policies for role in policy.roles.values()} | set(self.words.flags)

    def odd(self, event: Event) -> Report | None:
        """What is odd about the names in an event; it is taken in all the same, since another policy may know them."""
        if isinstance(event, RosterEdit):
            return self._odd_column(event)
        if isinstance(event, AssignmentEdit):
            return self._odd_post(event)
        return self._odd_school(event) if isinstance(event, CalendarEdit) else self.words.odd(event)

    def _odd_post(self, event: AssignmentEdit) -> Report | None:
        posts = self.posts
        if event.role not in posts.roles:
            return Report(
                "unknown-role", event, say("no policy has a role `{role}`: nobody is found by it{near}", role=event.role, near=_near(event.role, posts.roles)),
            )
        if posts.knows(event.role, event.of):
            return None
        near = _near(event.of, posts.of(event.role))
        return Report(
            "unknown-place", event, say("the roster has no {named} `{of}`: nobody is found by it{near}", named=posts.named(event.role), of=event.of, near=near),
        )

    def _odd_school(self, event: CalendarEdit) -> Report | None:
        schools = self.posts.places("school")
        if not event.school or event.school in schools:
            return None
        return Report(
            "unknown-school", event, say("the roster has no school `{school}`: no day is moved{near}", school=event.school, near=_near(event.school, schools)),
        )

    def _odd_column(self, event: RosterEdit) -> Report | None:
        if event.column not in self.columns:
            return Report(
                "unknown-column", event,
                say("neither the roster nor a policy has a column `{column}`{near}", column=event.column, near=_near(event.column, self.columns)),
            )
        return _odd_value(event, event.column, self.words.flags.get(event.column, "text"), event.value)


def _odd_value(event: Event, name: str, kind: str, value: str) -> Report | None:
    if not value.strip() or readable(value, kind):
        return None
    said = {"flag": say("neither yes nor no"), "number": say("no number"), "date": say("no date")}[kind]
    return Report(
        "bad-value", event,
        say("`{name}`: `{value}` is {said}: it counts as {more}", name=name, value=value, said=said, more=say("no") if kind == "flag" else say("unknown")),
    )


def _near(name: str, known: Collection[str], called: Mapping[str, str] = {}) -> Said:
    """The nearest known name, or the one that has the nearest title (`called`); of short names, one sign may differ."""
    found = _nearest(name, tuple(sorted({*known, *called})))
    return say("; did you mean `{found}`?", found=found if found in known else called[found]) if found else UNSAID


@functools.lru_cache(maxsize=1000)
def _nearest(name: str, known: tuple[str, ...]) -> str:
    return next(iter(difflib.get_close_matches(name, known, 1, 0.5)), "")
