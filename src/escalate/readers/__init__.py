"""Files to values: calendars, rosters, events, mappings. Nothing here decides anything."""

from .calendar import check_close, parse_calendar, read_calendar
from .draft import draft_calendar
from .edfi import read_edfi
from .events import read_events
from .mapping import ColumnMap, parse_mapping, preset, read_mapping
from .oea import read_oea_batch, read_oea_sections
from .rejects import Context, Reject, Tally
from .roster import parse_assignments, parse_roster, read_assignments, read_roster
from .unlisted import declared_presents, imputed_presents, parse_covers

__all__ = [
    "ColumnMap", "Context", "Reject", "Tally", "check_close", "declared_presents", "draft_calendar", "imputed_presents", "parse_assignments",
    "parse_calendar", "parse_covers", "parse_mapping", "parse_roster", "preset", "read_assignments", "read_calendar",
    "read_edfi", "read_events", "read_mapping", "read_oea_batch", "read_oea_sections", "read_roster",
]  # fmt: skip
