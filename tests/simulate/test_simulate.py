"""A made-up school: the same seed gives the same bytes, its rates are kept, and what it writes gives the same again."""

from __future__ import annotations

import datetime
import json
import os
import subprocess
import sys
from collections import Counter
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from escalate.events import Mark, Status
from escalate.load import load_policy
from escalate.readers.calendar import parse_calendar
from escalate.readers.roster import parse_assignments, parse_roster
from escalate.roster import Roster
from escalate.simulate import (
    Codes,
    Draws,
    Happened,
    Rates,
    School,
    assignment_rows,
    assignments_text,
    calendar_text,
    events_of,
    roster_rows,
    roster_text,
)
from escalate.simulate.roster import class_names
from escalate.simulate.unmade import documents_read, facts_read, left_empty
from escalate.source import Source
from tests.commands.world import POLICY, call

ROOT = Path(__file__).parents[2]
ADOPTED = ROOT / "policies" / "S002-02" / "adopted.yaml"
HILL = load_policy(Source("policy.yaml", POLICY))
CALENDAR, _ = parse_calendar(Source("calendar.yaml", calendar_text([HILL])))
assert CALENDAR is not None
DAYS = CALENDAR.of("")
UNTIL = CALENDAR.zone.instant(datetime.date(2026, 1, 23), datetime.time(17, 30))
SMALL = ("--students", "20", "--classes", "2", "--until", "2025-09-26", "--absence-rate", "10%")


def school(seed: int, students: int = 60) -> Roster:
    rows = roster_rows([HILL], School(students, 3), DAYS.first, Draws(seed))
    roster, problems = parse_roster(Source("roster.csv", roster_text(rows)))
    assert roster is not None
    assert () == problems
    return roster


def happened(roster: Roster, rates: Rates, seed: int = 1) -> list[Happened]:
    return events_of(roster, dict.fromkeys(("Made-up School", "模拟学校"), DAYS), Codes("P", "A", "S", "L"), rates, Draws(seed), UNTIL)


# --- draws ------------------------------------------------------------------------------------------------


@settings(max_examples=25)
@given(st.integers(), st.text(), st.integers(0, 20))
def test_a_draw_follows_from_what_it_is_for(seed: int, what: str, width: int) -> None:
    """Nothing before it changes it."""
    draws = Draws(seed)
    first = draws.between(3, 3 + width, what)
    draws.number("another")

    assert 3 <= first == draws.between(3, 3 + width, what) <= 3 + width
    assert draws.chance(Fraction(1), what)
    assert not draws.chance(Fraction(0), what)


def test_draws_keep_their_share() -> None:
    """Over many of them."""
    hits = sum(Draws(1).chance(Fraction(1, 5), n) for n in range(5000))

    assert 900 < hits < 1100


# --- who is there -----------------------------------------------------------------------------------------


def test_the_roster_and_who_holds_what() -> None:
    """One person for each role and place; no row is strange."""
    roster = school(1)
    held, problems = parse_assignments(Source("assignments.csv", assignments_text(assignment_rows([HILL], roster))))

    assert () == problems
    assert 60 == len(roster.students)
    assert {"7-1", "8-1", "9-1"} == {row.class_ for row in roster.students}
    assert [("teacher", "7-1"), ("teacher", "8-1"), ("teacher", "9-1"), ("principal", "Made-up School")] == [(row.role, row.of) for row in held]
    assert len(held) == len({row.person for row in held})


def test_classes_of_a_grade_are_numbered() -> None:
    """One after the other."""
    assert [(1, "1-1"), (2, "2-1"), (1, "1-2")] == class_names(School(30, 3, (1, 2)))


@pytest.mark.parametrize(("start", "end", "year"), [("", "", 2025), ("2027-03-01", "", 2027), ("2027-10-01", "", 2028), ("", "2024-06-30", 2023), ("2020-01-01", "2025-10-01", 2025)])
def test_the_year_is_one_in_which_the_policy_is_in_force(start: str, end: str, year: int) -> None:
    """From 2025 on; of one that is over, the last."""
    first, last = (datetime.date.fromisoformat(text) if text else None for text in (start, end))

    assert f"years: {{{year}: [autumn, spring]}}" in calendar_text([evolve(HILL, start=first, end=last)])


# --- what happens -------------------------------------------------------------------------------------------


@settings(max_examples=4)
@given(st.integers(0, 2**32))
def test_events_are_of_school_days_and_known_after_they_were_made(seed: int) -> None:
    """Each mark once, corrections later."""
    found = happened(school(seed, 8), Rates(absence=Fraction(1, 10)), seed)
    marks = [event for event in found if isinstance(event, Mark)]

    assert len(found) == len({event.id for event in found})
    assert all(DAYS.is_school_day(mark.date) and mark.known > (DAYS.mark_at(mark.date, mark.session) or 0) for mark in marks)
    assert all(event.known <= UNTIL for event in found)
    assert {(mark.student, mark.date, mark.session) for mark in marks if not mark.id.endswith(".note")} == {
        (student, day, session) for student in school(seed, 8).ids() for day in DAYS.school_days for session in ("am", "pm")
        if day <= datetime.date(2026, 1, 23)
    }  # fmt: skip


def test_the_absence_rate_is_kept() -> None:
    """On average, over a term of many students; and absences last."""
    roster = school(3, 200)
    marks = [event for event in happened(roster, Rates()) if isinstance(event, Mark) and not event.id.endswith(".note")]
    away = {(mark.student, mark.date) for mark in marks if mark.code in "AS"}
    days = sorted({mark.date for mark in marks})
    following = dict(pairwise(days))
    again = sum((student, following.get(date)) in away for student, date in away)

    assert 0.03 < sum(mark.code in "AS" for mark in marks) / len(marks) < 0.06
    assert 0.4 < again / len(away) < 0.7


def test_whoever_stays_away_for_weeks_drops_out_and_may_come_back() -> None:
    """Both are recorded, in turn."""
    found = happened(school(5, 60), Rates(absence=Fraction(1, 2), unexcused=Fraction(1), spell=Fraction(30)))
    statuses = Counter(event.status for event in found if isinstance(event, Status))

    assert statuses["dropped_out"] >= statuses["returned"] > 0


# --- what is not made up -----------------------------------------------------------------------------------


def test_what_a_policy_reads_and_the_school_has_not_is_named() -> None:
    """Facts, documents, numbers of students."""
    text = POLICY.replace("roles:", "students: {distance: {is: number}}\nmeasures: {talks: {count: fact(talk), within: term}}\nroles:", 1)
    policy = load_policy(Source("policy.yaml", text.replace("when: days_away >= 2", "when: days_away >= 2 or talks >= 1 or received(letter)")))

    assert (["talk"], ["letter"], ["distance"]) == (facts_read(policy), documents_read(policy), left_empty(policy))


# --- the command ---------------------------------------------------------------------------------------------


def items_of(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "items.jsonl").read_text(encoding="utf-8").splitlines()]


def test_what_is_written_gives_the_same_again(tmp_path: Path) -> None:
    """The same items in the same states, whoever is fed what when; nothing is lost of it."""
    made = tmp_path / "made"
    found = call("simulate", ADOPTED, *SMALL, "--out", made, "--format", "json")
    assert 0 == found.exit_code, found.output
    values = json.loads(found.stdout)
    files = [part for name in ("calendar.yaml", "roster.csv", "assignments.csv", "events.csv") for part in (f"--{name.partition('.')[0]}", made / name)]
    run = call("run", "--policy", ADOPTED, *files, "--events", made / "outcomes.csv", "--until", values["until"], "--out", tmp_path / "term", "--strict")
    assert 0 == run.exit_code, run.output
    items = items_of(tmp_path / "term")

    [policy] = values["policies"]
    assert sum(stage["items"] for stage in policy["stages"]) == len(items) > 10
    assert sum(stage["done"] for stage in policy["stages"]) == sum(item["status"] in ("done", "done late") for item in items)
    assert sum(stage["overdue"] for stage in policy["stages"]) == sum(item["status"] == "overdue" for item in items)
    assert sum(stage["gone"] for stage in policy["stages"]) == sum(item["status"] in ("withdrawn", "recall") for item in items)


@pytest.mark.parametrize(("in_time", "late", "statuses"), [("100%", "0%", {"done"}), ("0%", "100%", {"done late"}), ("0%", "0%", set())])
def test_items_are_done_by_their_rates(tmp_path: Path, in_time: str, late: str, statuses: set[str]) -> None:
    """In time, late, never."""
    (tmp_path / "policy.yaml").write_text(POLICY.replace("ends: {when: days_back >= 1}", "lasts: term"), encoding="utf-8")
    found = call("simulate", tmp_path / "policy.yaml", "--students", "12", "--classes", "1", "--absence-rate", "20%", "--until", "2025-10-31", "--in-time", in_time, "--late", late, "--out", tmp_path / "made", "--format", "json")
    assert 0 == found.exit_code, found.output
    stages = json.loads(found.stdout)["policies"][0]["stages"]
    done, late_once = sum(stage["done"] for stage in stages), sum(stage["late"] for stage in stages)

    assert bool(done) == bool(statuses)
    assert (late_once == 0) == (statuses == {"done"})


def test_the_same_seed_gives_the_same_bytes_whatever_the_hash_seed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another seed another school."""
    size = ("--students", "10", "--classes", "1", "--until", "2025-09-05", "--absence-rate", "20%", "--out", "made", "--format", "json")
    said = {}
    for name in "abc":
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        if name == "a":
            command = [sys.executable, "-m", "escalate", "simulate", str(ADOPTED), *size]
            env = {**os.environ, "PYTHONHASHSEED": "7" if os.environ.get("PYTHONHASHSEED") != "7" else "8", "PYTHONPATH": str(ROOT / "src")}
            said[name] = subprocess.run(command, env=env, capture_output=True, check=True).stdout.decode()
        else:
            said[name] = call("simulate", ADOPTED, *size, "--seed", "1" if name == "b" else "2").stdout
    texts = {name: {path.name: path.read_bytes() for path in (tmp_path / name / "made").iterdir()} for name in "abc"}

    assert (texts["a"], said["a"]) == (texts["b"], said["b"])
    assert texts["a"]["events.csv"] != texts["c"]["events.csv"]


def test_two_policies_in_one_school() -> None:
    """The same absences; what differs is said, and each policy's items are answered."""
    found = call("simulate", ADOPTED, ROOT / "examples" / "what-if" / "sooner.yaml", *SMALL, "--lang", "en")

    assert 0 == found.exit_code, found.output
    assert "  parameter village_days: 4 → 3" in found.stdout.splitlines()
    assert "gained items without an outcome" not in found.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--students", "0"), "--students 0: write a number from 1 to 20000"),
        (("--classes", "500"), "--classes 500: write a number from 1 to the number of students, 400"),
        (("--grades", "9-7"), "--grades 9-7: write the first and the last grade"),
        (("--grades", "x"), "--grades x: write the first and the last grade"),
        (("--absence-rate", "4"), "--absence-rate 4: write a percentage from 0% to 100%"),
        (("--absence-rate", "60%"), "--absence-rate 60%: at most 50% of school days"),
        (("--in-time", "90%", "--late", "20%"), "are more than all items together"),
        (("--spell", "0"), "--spell 0: write the mean length"),
        (("--until", "2030-01-01"), "--until 2030-01-01: the calendar covers 2025-09-01 to 2026-07-10"),
    ],
)
def test_what_makes_no_sense_is_refused(options: tuple[str, ...], said: str) -> None:
    """With what to write instead."""
    found = call("simulate", ADOPTED, *options, "--lang", "en")

    assert 2 == found.exit_code
    assert said in found.stderr


def test_a_policy_with_unset_parameters_is_refused() -> None:
    """As everywhere, saying how to set them."""
    found = call("simulate", ADOPTED.with_name("policy.yaml"), *SMALL)

    assert 1 == found.exit_code
    assert "report_limit" in found.stderr
    assert "set" in found.stderr


def test_three_policies_are_too_many() -> None:
    """One, or two."""
    assert "name one policy, or two to be compared" in call("simulate", ADOPTED, ADOPTED, ADOPTED, "--lang", "en").stderr


def test_a_calendar_of_ones_own(tmp_path: Path) -> None:
    """Its days, and its close."""
    (tmp_path / "calendar.yaml").write_text('calendar: c\ntimezone: Asia/Shanghai\nsessions: {am: "08:00-11:40"}\nterms: {t: {from: 2024-09-02, to: 2024-09-13}}\n', encoding="utf-8")
    found = call("simulate", ADOPTED, "--students", "30", "--classes", "2", "--calendar", tmp_path / "calendar.yaml", "--format", "json")
    (tmp_path / "calendar.yaml").write_text("calendar: c\n", encoding="utf-8")
    refused = call("simulate", ADOPTED, "--calendar", tmp_path / "calendar.yaml")

    assert "2024-09-13T17:30:00+08:00" == json.loads(found.stdout)["until"]
    assert 30 * 10 == json.loads(found.stdout)["made"]["sessions"]
    assert (1, True) == (refused.exit_code, "missing-key" in refused.stderr)


def test_outcomes_are_of_items_and_people(tmp_path: Path) -> None:
    """By whoever holds the role, with one of the item's results."""
    call("simulate", ADOPTED, *SMALL, "--out", tmp_path / "made")
    lines = (tmp_path / "made" / "outcomes.csv").read_text(encoding="utf-8").splitlines()

    assert any("/contact_parent/homeroom_teacher," in line and ",yes," in line and ",p0" in line for line in lines)
    assert {"outcome"} == {line.split(",")[1] for line in lines[1:]}
