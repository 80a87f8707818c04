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
    from .layers import assert_keeps, lost_stages
    from .machine import EscalationMachine
    from .model.seen import World
    from .monotone import is_monotone, raised
    from .names import UnknownName
    from .properties import NeverAnswered, timeline_property
    from .strategies import calendars, histories, near_misses, policies, rosters, versions
    from .texts import TEXT_LAWS, BrokenText, NearMiss, a_slip_is_told, assert_text_lawful
    from .timeline import Timeline
    from .written import Written

__all__ = [
    "LAWS",
    "TEXT_LAWS",
    "Broken",
    "BrokenText",
    "EscalationMachine",
    "NearMiss",
    "NeverAnswered",
    "Timeline",
    "UnknownName",
    "World",
    "Written",
    "a_slip_is_told",
    "assert_keeps",
    "assert_lawful",
    "assert_text_lawful",
    "calendars",
    "histories",
    "is_monotone",
    "lost_stages",
    "near_misses",
    "policies",
    "raised",
    "rosters",
    "timeline_property",
    "versions",
]  # fmt: skip

_HOMES = {
    "broken": ("Broken",), "lawful": ("assert_lawful",), "laws": ("LAWS",), "layers": ("assert_keeps", "lost_stages"), "machine": ("EscalationMachine",),
    "model.seen": ("World",), "monotone": ("is_monotone", "raised"), "names": ("UnknownName",), "properties": ("NeverAnswered", "timeline_property"),
    "strategies": ("calendars", "histories", "near_misses", "policies", "rosters", "versions"),
    "texts": ("TEXT_LAWS", "BrokenText", "NearMiss", "a_slip_is_told", "assert_text_lawful"), "timeline": ("Timeline",), "written": ("Written",),
}  # fmt: skip
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOME[name]}", __name__), name)
