"""Hypothesis strategies: policies and texts one mistake from them; calendars, rosters and histories for anybody's policy."""

from .calendars import calendars
from .histories import histories
from .near_misses import near_misses
from .policies import policies, versions
from .rosters import rosters

__all__ = ["calendars", "histories", "near_misses", "policies", "rosters", "versions"]
