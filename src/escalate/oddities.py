"""The names that policies give to what happens: events that say others are reported, or a visit that was made would be lost in silence."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from .decisions import Report
from .events import Event, Flag, Outcome
from .family import Family, actions_of
from .terms import action_of


class Oddities:
    """Actions with the results that they may have, and flags, of all policies together."""

    def __init__(self, families: Iterable[Family]) -> None:
        self.results: dict[str, set[str]] = {}
        self.flags: set[str] = set()
        self.free: set[str] = set()  # actions of which some policy lists no results
        for policy in (version.policy for family in families for version in family.versions):
            self.flags |= set(policy.students)
            for ladder in policy.ladders.values():
                for action in actions_of([one for stage in (*ladder.stages, *((ladder.ends,) if ladder.ends else ())) for one in stage.do]):
                    self.results.setdefault(action.name, set()).update(action.results)
                    if not action.results:
                        self.free.add(action.name)

    def odd(self, event: Event) -> Report | None:
        """What is odd about the names in an event; it is taken in all the same, since another policy may know them."""
        if isinstance(event, Flag) and event.flag not in self.flags:
            return Report("unknown-flag", event, f"no policy has a flag `{event.flag}`{_near(event.flag, self.flags)}")
        if not isinstance(event, Outcome):
            return None
        name = action_of(event)
        if event.action and name not in self.results:
            return Report("unknown-action", event, f"no policy has an item `{name}`: the outcome does nothing{_near(name, self.results)}")
        known = self.results.get(name, set())
        if event.result and known and name not in self.free and event.result not in known:
            return Report("unknown-result", event, f"`{name}` has no result `{event.result}`{_near(event.result, known)}")
        return None


def _near(name: str, known: Iterable[str]) -> str:
    """The nearest known name; of short names, one sign may differ."""
    found = difflib.get_close_matches(name, sorted(known), 1, 0.5)
    return f"; did you mean `{found[0]}`?" if found else ""
