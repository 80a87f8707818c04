"""Two matchers side by side: any difference stops the evaluation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ..conditions import Condition, Value
from .fault import MatcherFault

if TYPE_CHECKING:
    from . import Matcher


class Both:
    """Asks the meaning and the engine, and answers only what both say."""

    name = "both"

    def __init__(self, meaning: Matcher, engine: Matcher) -> None:
        self._meaning = meaning
        self._engine = engine

    def hold(self, conditions: Sequence[Condition], readings: Mapping[str, Value]) -> tuple[bool, ...]:
        """One answer a condition, in their order; raises where the two differ."""
        meant = self._meaning.hold(conditions, readings)
        answered = self._engine.hold(conditions, readings)
        if meant != answered:
            pairs = zip(conditions, meant, answered, strict=True)
            texts = [
                f"`{one.text}`: {a} by {self._meaning.name}, {b} by {self._engine.name}"
                for one, a, b in pairs
                if a != b
            ]
            raise MatcherFault("the matchers differ: " + "; ".join(texts))
        return meant
