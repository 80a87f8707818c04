"""What docs/files.md shows is read as it says: its examples, through the readers, and every key and column has its place."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from escalate.events import NAMES, TYPES
from escalate.readers import Context, Reject, parse_assignments, parse_calendar, parse_roster, read_events
from escalate.readers.calendar import KEYS
from escalate.readers.events import COLUMNS
from escalate.readers.roster import ASSIGNMENT
from escalate.source import Source

PAGE = (Path(__file__).parent.parent / "docs" / "files.md").read_text(encoding="utf-8")
CODES = frozenset("PLA")


def section(title: str) -> str:
    """The page below one heading, up to the next of its kind."""
    return PAGE.partition(f"## `{title}`\n")[2].partition("\n## ")[0]


def blocks(title: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", section(title), re.DOTALL)


def context() -> Context:
    calendar, _ = parse_calendar(Source("calendar.yaml", blocks("calendar.yaml", "yaml")[0]))
    roster, _ = parse_roster(Source("roster.csv", blocks("roster.csv", "csv")[0]))
    assert calendar is not None
    assert roster is not None
    return Context(calendar.zone, calendar, roster, datetime.time(20, 30), CODES)


def events(folder: Path, name: str, text: str) -> list[object]:
    (folder / name).write_text(text, encoding="utf-8")
    return list(read_events(folder / name, context()))


def test_the_calendar_is_one():
    """Without a problem or a warning, and it shows every key."""
    [text] = blocks("calendar.yaml", "yaml")
    calendar, problems = parse_calendar(Source("calendar.yaml", text))

    assert calendar is not None
    assert () == problems
    assert set(KEYS) == set(re.findall(r"^(\w+):", text, re.MULTILINE))
    assert calendar.of("north").kind(datetime.date(2025, 12, 1)) == "closed"
    assert calendar.of("south").is_school_day(datetime.date(2025, 12, 1))


def test_the_rosters_are_ones():
    """As CSV and as YAML, with the assignments."""
    [table], [tree] = blocks("roster.csv", "csv"), blocks("roster.csv", "yaml")

    for name, text in (("roster.csv", table), ("roster.yaml", tree)):
        roster, problems = parse_roster(Source(name, text))
        assert roster is not None
        assert (("s1", "s2"), ()) == (roster.ids(), problems)
    assert roster.holders("homeroom_teacher", "7-1", datetime.date(2025, 11, 3)) == ("p1",)


def test_the_assignments_are_some():
    """With the columns that there are."""
    [text] = blocks("assignments.csv", "csv")
    held, problems = parse_assignments(Source("assignments.csv", text))

    assert (3, ()) == (len(held), problems)
    assert list(ASSIGNMENT) == text.splitlines()[0].split(",")


def test_the_events_are_read_one_row_of_every_type(tmp_path):
    """None is set aside, none is odd; the header names every column but those that every file may leave out."""
    text = blocks("events.csv", "csv")[0]
    found = events(tmp_path, "events.csv", text)

    assert [] == [str(row) for row in found if isinstance(row, Reject)]
    assert list(TYPES) == list(dict.fromkeys(NAMES[type(row)] for row in found))
    assert {"seq", "source"} == set(COLUMNS) - set(text.splitlines()[0].split(","))


def test_the_smaller_examples_are_read(tmp_path):
    """Marks alone, and JSON Lines."""
    marks, lines = blocks("events.csv", "csv")[1], blocks("events.csv", "jsonl")[0]

    assert ["mark"] * 2 == [NAMES[type(row)] for row in events(tmp_path, "marks.csv", marks)]
    assert ["mark", "calendar"] == [NAMES[type(row)] for row in events(tmp_path, "more.jsonl", lines)]


@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_of_an_event_is_explained(name):
    """In a table, as code."""
    assert f"`{name}`" in section("events.csv")


@pytest.mark.parametrize("name", KEYS)
def test_every_key_of_a_calendar_is_explained(name):
    """In a line of its own."""
    assert f"\n| `{name}` |" in section("calendar.yaml")


@pytest.mark.parametrize("name", TYPES)
def test_every_type_of_event_is_explained(name):
    """In a line of its own."""
    assert f"\n| `{name}` |" in section("events.csv")
