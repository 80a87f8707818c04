"""A school's dropout-prevention policy, written in YAML, turned into dated action items with an audit trail.

Names are imported when they are first used, so that `import escalate` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import policies
    from .days import DayPlan
    from .engine import Engine, LateKnown
    from .evaluation import Ledger, evaluate
    from .events import AssignmentEdit, CalendarEdit, Document, Event, Fact, Flag, Mark, Outcome, RosterEdit, Status, Void
    from .load import check_policy, load_policy
    from .readers import read_assignments, read_calendar, read_events, read_roster
    from .source import Problem, Refused, Source, render

    __version__: str

__all__ = [
    "AssignmentEdit",
    "CalendarEdit",
    "DayPlan",
    "Document",
    "Engine",
    "Event",
    "Fact",
    "Flag",
    "LateKnown",
    "Ledger",
    "Mark",
    "Outcome",
    "Problem",
    "Refused",
    "RosterEdit",
    "Source",
    "Status",
    "Void",
    "__version__",
    "check_policy",
    "evaluate",
    "load_policy",
    "policies",
    "read_assignments",
    "read_calendar",
    "read_events",
    "read_roster",
    "render",
]

_HOMES = {
    "days": ("DayPlan",),
    "engine": ("Engine", "LateKnown"),
    "evaluation": ("Ledger", "evaluate"),
    "events": (
        "AssignmentEdit", "CalendarEdit", "Document", "Event", "Fact", "Flag", "Mark", "Outcome", "RosterEdit", "Status", "Void",
    ),
    "load": ("check_policy", "load_policy"),
    "readers": ("read_assignments", "read_calendar", "read_events", "read_roster"),
    "source": ("Problem", "Refused", "Source", "render"),
}  # fmt: skip
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        found: Any = _version()
    elif name == "policies":
        found = import_module(".policies", __name__)
    elif name in _HOME:
        found = getattr(import_module(f".{_HOME[name]}", __name__), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("escalate-policy")
    except PackageNotFoundError:
        return "unknown"
