"""A ledger as a text that is kept beside a test: every item as it stands, every record, each in lines that a diff shows well."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from ..decisions import Decision
from ..engine import Engine
from ..evaluation import Ledger
from ..ledger import Item
from ..records import Record
from ..times import Zone

SHOWN = 80  # lines of a difference
BEGINNING = 20  # lines of a ledger that is kept for the first time


def ledger_text(ledger: Ledger | Engine, zone: Zone | None = None) -> str:
    """The items by student and id, then the records in their order; the same of the same ledger.

    zone: in which a `Ledger` tells times, that of its policies where none is given. Persons stand in no line.
    """
    at = zone or _zone(ledger)
    decisions = tuple(ledger.decisions)
    lines = ["items", *(f"  {line}".rstrip() for line in _items(ledger.items if isinstance(ledger, Ledger) else ledger.items(), at))]
    return "\n".join([*lines, "", "records", *(f"  {line}".rstrip() for line in _records(decisions, at)), ""])


def _zone(ledger: Ledger | Engine) -> Zone:
    if isinstance(ledger, Engine):
        return ledger.calendar.zone
    return Zone(ledger.policies[0].timezone if ledger.policies else "UTC")


def _items(items: Iterable[Item], zone: Zone) -> Iterator[str]:
    for item in sorted(items, key=lambda one: (one.id.split("/")[:2], one.effective, one.id)):
        yield item.id
        done = f", {item.outcome or 'done'} {_clock(item.done_at, zone)}" if item.done_at is not None else ""
        late = f", overdue {_clock(item.overdue_at, zone)}" if item.overdue_at is not None else ""
        yield f"  {item.status}: issued {_clock(item.opened, zone)}, due {_due(item.due)}{late}{done}"


def _records(decisions: Iterable[Decision], zone: Zone) -> Iterator[str]:
    for at, some in groupby(decisions, key=lambda one: one.decided):
        yield _clock(at, zone)
        for one in some:
            yield from (f"  {line}" for line in _record(one.record))


def _record(record: Record) -> Iterator[str]:
    """What happened to what, by which line, on what readings and events; then what changed, a line each."""
    line = record["line"]
    yield f"{record['what']} {record['kind']} {record['subject']}"
    yield f"  by {line['path'] if isinstance(line, Mapping) else line}, effective {record['effective']}"
    readings, events, changes = record["readings"], record["events"], record["changes"]
    yield from (f"  reads {_value(one)}" for one in (readings if isinstance(readings, list) else [readings]) if one)
    if events:
        yield f"  from {_value(events)}"
    for key, one in sorted(changes.items()) if isinstance(changes, Mapping) else ():
        if key != "persons":
            yield f"  {key}: {_value(one['from'])} -> {_value(one['to'])}"


def _value(value: object) -> str:
    return (value or "-") if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _clock(instant: int | None, zone: Zone) -> str:
    return zone.text(instant)[:19].replace("T", " ") if instant is not None else "-"


def _due(text: str) -> str:
    """A due as the other times are written."""
    return text[:19].replace("T", " ") or "-"


def beginning(text: str) -> str:
    """The first lines of a text that is to be kept."""
    lines = text.splitlines()
    return "\n".join([*lines[:BEGINNING], *([f"... and {len(lines) - BEGINNING} lines more"] if len(lines) > BEGINNING else [])])


def difference(kept: str, found: str, name: str) -> str:
    """How a text differs from the one that is kept, empty where it does not."""
    lines = list(difflib.unified_diff(kept.splitlines(), found.splitlines(), f"{name} (kept)", f"{name} (now)", lineterm="", n=2))
    more = [f"... and {len(lines) - SHOWN} lines more"] if len(lines) > SHOWN else []
    return "\n".join([*lines[:SHOWN], *more])


def file_of(test: str, name: str = "") -> str:
    """The name of the file that keeps the text of a test, by the test's name; name: of one of several."""
    return "".join([re.sub(r"[^\w.-]+", "_", test).strip("_"), *([f".{name}"] if name else []), ".ledger.txt"])
