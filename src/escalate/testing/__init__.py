"""The testing kit: what must hold of escalation timelines, and the calendars on which it does not (docs/testing-kit.md).

Names are imported when they are first used: the model needs neither Hypothesis nor pytest.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .broken import Broken
    from .lawful import assert_lawful
    from .laws import LAWS
    from .model.seen import World
    from .monotone import is_monotone, raised
    from .properties import timeline_property
    from .strategies import calendars, histories, near_misses, policies, rosters, versions
    from .texts import TEXT_LAWS, BrokenText, NearMiss, a_slip_is_told, assert_text_lawful
    from .timeline import Timeline
    from .written import Written

__all__ = [
    "LAWS", "TEXT_LAWS", "Broken", "BrokenText", "NearMiss", "Timeline", "World", "Written", "a_slip_is_told", "assert_lawful", "assert_text_lawful",
    "calendars", "histories", "is_monotone", "near_misses", "policies", "raised", "rosters", "timeline_property", "versions",
]  # fmt: skip

_HOMES = {
    "broken": ("Broken",), "lawful": ("assert_lawful",), "laws": ("LAWS",), "model.seen": ("World",), "properties": ("timeline_property",),
    "strategies": ("calendars", "histories", "near_misses", "policies", "rosters", "versions"), "monotone": ("is_monotone", "raised"),
    "texts": ("TEXT_LAWS", "BrokenText", "NearMiss", "a_slip_is_told", "assert_text_lawful"), "timeline": ("Timeline",), "written": ("Written",),
}  # fmt: skip
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOME[name]}", __name__), name)
