"""`escalate calendar draft`: a text that a person edits, and that can be read."""

import json

import pytest

from escalate.readers import parse_calendar
from escalate.source import Source

from .world import call

pytest.importorskip("holidays")


def test_a_draft_can_be_read():
    """As it is printed."""
    found = call("calendar", "draft", "--country", "CN", "--year", "2025")

    calendar, problems = parse_calendar(Source("calendar.yaml", found.stdout))

    assert (0, []) == (found.exit_code, [problem for problem in problems if not problem.warning])
    assert calendar is not None


def test_json():
    """The same text in a document."""
    text = call("calendar", "draft", "--country", "CN", "--year", "2025").stdout

    assert text == json.loads(call("calendar", "draft", "--country", "CN", "--year", "2025", "--format", "json").stdout)["calendar"]


def test_what_is_not_known_is_refused():
    """A draft never guesses a holiday."""
    assert 1 == call("calendar", "draft", "--country", "CN", "--year", "2090").exit_code
