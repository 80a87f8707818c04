"""A school that is made up from a seed: who is in it, who stays away, and what becomes of what a policy asks."""

from .calendar import calendar_text
from .draws import Draws
from .marks import Codes, Happened, events_of
from .played import Played, play
from .rates import Rates, School
from .roster import assignment_rows, assignments_text, roster_rows, roster_text

__all__ = [
    "Codes", "Draws", "Happened", "Played", "Rates", "School", "assignment_rows", "assignments_text", "calendar_text", "events_of", "play", "roster_rows",
    "roster_text",
]  # fmt: skip
