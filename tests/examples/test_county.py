"""A county's policy that a school extends, over the example school's term: ladders, visits, returns, campaigns, rates, consequences, registers."""

from __future__ import annotations

import collections
import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from escalate.cli import main
from tests.examples.test_school import generate

COUNTY = Path(__file__).parents[2] / "examples" / "county"
DATA = ("calendar.yaml", "roster.csv", "assignments.csv", "events.csv")


@pytest.fixture(scope="module")
def term(tmp_path_factory):
    """The folder of a run of the school's policy."""
    folder = tmp_path_factory.mktemp("county")
    generate.main(["--out", str(folder / "data")])
    calendar, roster, assignments, events = (str(folder / "data" / name) for name in DATA)
    given = ["--calendar", calendar, "--roster", roster, "--assignments", assignments, "--events", events, "--until", "2026-01-24", "--out", str(folder / "out")]
    found = CliRunner().invoke(main, ["run", "--policy", str(COUNTY / "school.yaml"), *given])
    assert found.exit_code == 0, found.output
    return folder / "out"


@pytest.fixture(scope="module")
def items(term):
    """Every item of the run."""
    return [json.loads(line) for line in (term / "items.jsonl").read_text(encoding="utf-8").splitlines()]


def rows(term, name):
    """The rows of a register."""
    with (term / "registers" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_every_kind_of_thing_is_asked(items):
    """By ladders, weekly visits, monthly returns, the campaign of September, the target of the term."""
    asked = collections.Counter(item["stage"].split(".")[0] for item in items)

    assert {"truancy", "key_visits", "monthly_return", "campaign", "class_term", "head_counts"} <= set(asked)
    assert 18 * 5 == sum(item["id"].count("/") == 6 for item in items if item["stage"] == "monthly_return.monthly_return")
    assert ["2025-09-01"] == [item["id"].split("/")[3] for item in items if "/campaign/" in item["id"] and item["id"].endswith("inform/principal")]


def test_every_item_is_dated_and_says_for_whom(items):
    """A student or a group; a due, or it is a notice or optional."""

    assert all(bool(item["student"]) != bool(item["group"]) for item in items)
    assert all(item["due"] or item["notified"] or item["status"] in ("withdrawn", "lapsed", "cancelled") or item["kind"] for item in items)


def test_the_school_is_stricter_than_its_county(items):
    """Two days instead of three; the principal calls on the fifth."""

    assert any(item["stage"] == "truancy.five_days" for item in items)


def test_a_class_that_lost_one_is_over_the_limit(term):
    """With both numbers; its teacher loses points, the others gain one."""
    broken = [row for row in rows(term, "rates")[1:] if row[1] == "班级学期流失" and row[8] != "达标"]
    entries = rows(term, "consequences")[1:]

    assert [("1", "0.2%")] == [(row[4], row[7].split()[-1]) for row in broken]
    assert {"-2": 1, "1": 17} == dict(collections.Counter(row[3] for row in entries if row[11] == "有效"))


def test_what_was_written_is_whole(term):
    """And every register that the county keeps is there."""
    verified = CliRunner().invoke(main, ["audit", "verify", str(term)])
    names = {path.stem for path in (term / "registers").glob("*.csv")}

    assert verified.exit_code == 0, verified.output
    assert {"key_students", "suspected", "consequences", "consequence_sums", "rates", "class_term_list", "open_cases", "overdue_items"} <= names
