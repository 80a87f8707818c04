"""Marks, statuses and outcomes as the table that `readers/events.py` reads."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from ..events import NAMES, Mark, Outcome, Status
from ..times import Zone

COLUMNS = ("id", "type", "student", "date", "session", "code", "at", "recorded", "known", "status", "item", "done", "result", "by", "times", "level")


def events_text(events: Iterable[Mark | Status | Outcome], zone: Zone) -> str:
    """Events as CSV, each with its id and when it was known."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for event in events:
        row = {"id": event.id, "type": NAMES[type(event)], "student": event.student, "known": zone.text(event.known)}
        if event.recorded is not None:
            row["recorded"] = zone.text(event.recorded)
        if isinstance(event, Mark):
            row |= {"date": event.date.isoformat(), "session": event.session, "code": event.code}
        elif isinstance(event, Status):
            row |= {"at": zone.text(event.at), "status": event.status}
        else:
            times = "" if event.times == 1 else str(event.times)
            row |= {"at": zone.text(event.at), "item": event.item, "done": "yes", "result": event.result, "by": event.by, "times": times, "level": event.level}
        writer.writerow(row)
    return text.getvalue()
