"""How the marks of a run were entered: in time, and once."""

from __future__ import annotations

import datetime

from ..engine import Engine
from ..readers.unlisted import is_imputed


def marks_entered(engine: Engine, closes: datetime.time) -> dict[str, int]:
    """Sessions that have a mark which somebody wrote.

    after_close: those of which the first mark was known only after the close of its day. entered_again: those whose mark stands in
    the place of one that was declared void; of them the first is not known.
    """
    sessions = late = again = 0
    for subject in engine.subjects.values():
        history = subject.history
        for slot, mark in history.slots.items():
            versions = history.versions.get(slot, (mark,))
            if all(map(is_imputed, versions)):
                continue
            sessions += 1
            if slot in history.void:
                again += 1
            else:
                late += min(one.known for one in versions) > history.zone.instant(mark.date, closes)
    return {"sessions": sessions, "after_close": late, "entered_again": again}
