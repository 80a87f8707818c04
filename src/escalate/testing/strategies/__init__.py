"""Hypothesis strategies: calendars, rosters and histories for anybody's policy."""

from .calendars import calendars
from .histories import histories
from .rosters import rosters

__all__ = ["calendars", "histories", "rosters"]
