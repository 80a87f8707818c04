"""Open Education Analytics attendance CSV, through the mappings that ship with escalate.

`oea-batch` reads whole-day marks (the calendar's one session is `day`); `oea-sections` reads one mark a
section, with dates written day first (the calendar's sessions are the sections).
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from ..events import Event
from ..times import Instant
from .events import read_events
from .mapping import preset
from .rejects import Context, Reject


def read_oea_batch(
    path: str | os.PathLike[str], context: Context, *, received: Instant | None = None
) -> Iterator[Event | Reject]:
    """Marks of whole days, from `studentattendance.csv` of a batch."""
    return read_events(path, context, mapping=preset("oea-batch"), received=received)


def read_oea_sections(
    path: str | os.PathLike[str], context: Context, *, received: Instant | None = None
) -> Iterator[Event | Reject]:
    """Marks of single sections, from a `part1.csv` of the framework's test data."""
    return read_events(path, context, mapping=preset("oea-sections"), received=received)
