"""What the tests of the readers share: a small calendar, a roster, and where the real data lies."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from escalate.readers import Context, Reject, parse_calendar, parse_roster, read_events
from escalate.source import Source, render

DATA = Path(__file__).parents[2].parent / "shared" / "data"

CALENDAR = """\
calendar: test-2025
timezone: Asia/Shanghai
sessions: {am: "08:00-11:40", pm: "14:00-17:00"}
terms: {autumn: {from: 2025-09-01, to: 2026-01-23}}
closed: {2025-10-01..2025-10-08: 国庆中秋}
make_up: {2025-09-28: tuesday}
days: {2025-11-14: {kind: sports, sessions: [am]}}
"""
ROSTER = "student,name,school,class\ns1,甲,north,7-1\ns2,乙,south,7-2\n"


def real(name):
    """A file of the real data; the test is skipped where it is not there."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"the real data file {name} is not here")
    return path


def calendar(text=CALENDAR):
    """The calendar of a text that has no problems."""
    found, problems = parse_calendar(Source("calendar.yaml", text))
    assert found is not None, "\n".join(map(render, problems))
    return found


def roster(text=ROSTER):
    """The roster of a CSV text that has no problems."""
    found, problems = parse_roster(Source("roster.csv", text))
    assert found is not None, "\n".join(map(render, problems))
    return found


def context(text=CALENDAR, codes="PLESVA-", **given):
    """A context with the small calendar and roster."""
    days = calendar(text)
    people = given.pop("roster", roster())
    return Context(days.zone, days, people, datetime.time(17, 30), frozenset(codes) if codes else None, **given)


def read(tmp_path, text, name="events.csv", given=None, **options):
    """The events and the rejects of a text."""
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    rows = list(read_events(path, given or context(), **options))
    return [row for row in rows if not isinstance(row, Reject)], [row for row in rows if isinstance(row, Reject)]


def instant(text, zone="Asia/Shanghai"):
    """`2025-11-03T08:00` as seconds."""
    from zoneinfo import ZoneInfo

    return int(datetime.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())
