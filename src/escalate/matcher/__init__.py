"""Which conditions hold: the meaning in plain Python, and the compiled rules beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from ..conditions import Condition, Value
from .fault import MatcherFault

__all__ = ["NAMES", "Matcher", "MatcherFault", "make"]


class Matcher(Protocol):
    """Answers, for conditions and the readings of their terms, which of them are true."""

    name: str

    def hold(self, conditions: Sequence[Condition], readings: Mapping[str, Value]) -> tuple[bool, ...]:
        """One answer a condition, in their order; unknown is not true."""
        ...


def _plain() -> Matcher:
    from .plain import Plain

    return Plain()


def _durable() -> Matcher:
    from .durable import Durable

    return Durable()


def _both() -> Matcher:
    from .both import Both

    return Both(_plain(), _durable())


_MAKERS: Mapping[str, Callable[[], Matcher]] = {"plain": _plain, "durable": _durable, "both": _both}
NAMES = tuple(_MAKERS)


def make(name: str | Matcher | None = None) -> Matcher:
    """A matcher by name: `durable` by default where its engine can be imported, else `plain`; one that is made already as it is."""
    if name is not None and not isinstance(name, str):
        return name
    if name is None:
        from .durable import AVAILABLE

        name = "durable" if AVAILABLE else "plain"
    if name not in _MAKERS:
        raise ValueError(f"no matcher is called {name!r}; there are {', '.join(NAMES)}")
    return _MAKERS[name]()
