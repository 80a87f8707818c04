"""Ed-Fi StudentSchoolAttendance: marks from a source that lists absences only.

What such a file does not list is unknown until the source says that a day is complete; an upload that
covers the day says so (`unlisted.py`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from ..events import Event
from ..times import Instant
from .events import read_events
from .mapping import ColumnMap, preset
from .rejects import Context, Reject


def read_edfi(
    path: str | os.PathLike[str], context: Context, *, mapping: ColumnMap | None = None, received: Instant | None = None
) -> Iterator[Event | Reject]:
    """The marks of the events that a file lists, and the rows that are none, in file order.

    The code is the category after its `#`; the mapping (by default the preset `edfi`) gives it a local code,
    and names the session that a day's event is about.
    """
    return read_events(path, context, mapping=mapping or preset("edfi"), received=received)

