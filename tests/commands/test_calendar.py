"""`escalate calendar draft`: a text that a person edits, and that can be read."""

import json
import re

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


@pytest.mark.parametrize("country", ["CN", "US"])
def test_remarks_are_in_the_language_of_answers(country, tmp_path, monkeypatch):
    """That which was asked for, else that of the policy in the folder; the names of holidays are the country's own, and what is drafted is the same."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "policy.yaml").write_text("policy: hill\nlang: zh\n", encoding="utf-8")
    args = ("calendar", "draft", "--country", country, "--year", "2025")
    english, chinese, found = call(*args, "--lang", "en").stdout, call(*args, "--lang", "zh").stdout, call(*args).stdout
    remarks = [[line.partition("#")[2] for line in text.splitlines() if "#" in line] for text in (english, chinese)]

    assert chinese == found
    assert len(remarks[0]) == len(remarks[1]) > 5
    assert [] == [line for line in remarks[0] if re.search("[一-鿿]", line)]
    assert [] == [line for line in remarks[1] if not re.search("[一-鿿]", line)]
    assert [line.partition("#")[0] for line in english.splitlines()] == [line.partition("#")[0] for line in chinese.splitlines()]


def test_json():
    """The same text in a document."""
    text = call("calendar", "draft", "--country", "CN", "--year", "2025").stdout

    assert text == json.loads(call("calendar", "draft", "--country", "CN", "--year", "2025", "--format", "json").stdout)["calendar"]


def test_what_is_not_known_is_refused():
    """A draft never guesses a holiday."""
    assert 1 == call("calendar", "draft", "--country", "CN", "--year", "2090").exit_code
