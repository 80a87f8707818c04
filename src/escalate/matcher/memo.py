"""A matcher that remembers: the same condition on the same readings is asked once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..conditions import Condition, Value
from . import Matcher

LIMIT = 100_000


class Memo:
    """Wraps a matcher; answers are a pure function of condition and readings, so they can be kept."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self.name = matcher.name
        self._answers: dict[tuple[object, ...], bool] = {}
        self._conditions: dict[int, Condition] = {}

    def hold(self, conditions: Sequence[Condition], readings: Mapping[str, Value]) -> tuple[bool, ...]:
        """One answer a condition, in their order; unknown is not true."""
        return tuple([self._one(condition, readings) for condition in conditions])

    def _one(self, condition: Condition, readings: Mapping[str, Value]) -> bool:
        key = (id(condition), *[readings[term.key] for term in condition.terms])
        found = self._answers.get(key)
        if found is None:
            if len(self._answers) >= LIMIT:
                self._answers.clear()
            # INVARIANT: a condition that is kept here is alive, so its id is its own.
            self._conditions[id(condition)] = condition
            found = self._answers[key] = self.matcher.hold((condition,), readings)[0]
        return found
