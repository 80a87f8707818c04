"""The example school: the same bytes every time, and what its README says of it."""

from __future__ import annotations

import csv
import hashlib
import importlib.util
import os
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

SCRIPT = Path(__file__).parents[2] / "examples" / "school" / "generate.py"
FILES = ("calendar.yaml", "roster.csv", "assignments.csv", "events.csv")
DIGEST = "7ac7419bdab64277e5ff5e7b1bb71a4b45ee2900dd85b6fe66da38a1ccdb0d07"


def load():
    spec = importlib.util.spec_from_file_location("example_school_generate", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


generate = load()


def digest(folder):
    total = hashlib.sha256()
    for name in FILES:
        total.update((folder / name).read_bytes())
    return total.hexdigest()


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def dates(text):
    first, _, last = text.partition("..")
    start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    return {start + timedelta(n) for n in range((end - start).days + 1)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("school")
    generate.generate(out)
    return out


@pytest.fixture(scope="module")
def roster(folder):
    return read(folder / "roster.csv")


@pytest.fixture(scope="module")
def assignments(folder):
    return read(folder / "assignments.csv")


@pytest.fixture(scope="module")
def events(folder):
    return read(folder / "events.csv")


@pytest.fixture(scope="module")
def sessions(folder):
    """Every (date, session) of the autumn term, read from the calendar's text alone."""
    text = (folder / "calendar.yaml").read_text(encoding="utf-8")
    calendar = yaml.load(text, Loader=yaml.BaseLoader)
    closed = set().union(*map(dates, calendar["closed"]))
    make_up = set().union(*map(dates, calendar["make_up"]))
    term = calendar["terms"]["autumn"]
    found = set()
    for day in dates(f"{term['from']}..{term['to']}"):
        if day not in closed and (day.weekday() < 5 or day in make_up):
            special = calendar["days"].get(day.isoformat(), {})
            for session in special.get("sessions", calendar["sessions"]):
                found.add((day.isoformat(), session))
    return found


@pytest.fixture(scope="module")
def versions(events):
    """The marks of each (student, date, session) that stand, the winner last."""
    voided = {event["target"] for event in events if event["type"] == "void"}
    found = {}
    for event in events:
        if event["type"] == "mark" and event["id"] not in voided:
            key = event["student"], event["date"], event["session"]
            found.setdefault(key, []).append(event)
    for marks in found.values():
        marks.sort(key=lambda mark: (mark["recorded"] or mark["known"], mark["known"]))
    return found


def test_bytes(folder):
    """The default school has the digest written here."""

    assert digest(folder) == DIGEST


def test_second_run(folder, tmp_path):
    """Another process with another hash seed and locale writes the same bytes."""
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "12345",
        "LC_ALL": "C",
        "TZ": "America/Lima",
    }
    command = [sys.executable, str(SCRIPT), str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True, env=environment)

    assert digest(tmp_path) == digest(folder)


def test_other_seed(tmp_path):
    """Another seed is another school."""
    generate.generate(tmp_path / "a", students=60, days=10)
    generate.generate(tmp_path / "b", students=60, days=10, seed=7)

    assert digest(tmp_path / "a") != digest(tmp_path / "b")


@pytest.mark.parametrize("students, days", [(1, 1), (45, 5), (150, 20), (10, 194)])
def test_sizes(tmp_path, students, days):
    """Students and days are as many as asked for, all of them marked."""
    counts = generate.generate(tmp_path, students=students, days=days)
    events = read(tmp_path / "events.csv")
    marks = [event for event in events if event["type"] == "mark"]

    assert len(read(tmp_path / "roster.csv")) == counts["students"] == students
    assert counts["days"] == days
    assert counts["events"] == len(events)
    assert (
        0.9 * students * days * 2 - 2 * days <= len(marks) <= 1.2 * students * days * 2
    )


def test_too_many_days(tmp_path, capsys):
    """More days than the year holds is an error of use."""
    with pytest.raises(SystemExit) as stopped:
        generate.main(["--days", "195", "--out", str(tmp_path)])

    assert stopped.value.code == 2
    assert "1 to 194" in capsys.readouterr().err


def test_columns(folder):
    """Each file begins with the columns that its constant names."""
    for name, columns in (
        ("roster.csv", generate.ROSTER_COLUMNS),
        ("assignments.csv", generate.ASSIGNMENT_COLUMNS),
        ("events.csv", generate.EVENT_COLUMNS),
    ):
        with open(folder / name, encoding="utf-8", newline="") as file:
            assert tuple(next(csv.reader(file))) == columns


def test_calendar(sessions):
    """The autumn term has 99 school days, the sports day without its afternoon."""
    days = {day for day, _ in sessions}

    assert len(days) == 99
    assert {"2025-09-28", "2025-10-11"} <= days
    assert not {"2025-10-01", "2025-10-08", "2026-01-02"} & days
    assert {session for day, session in sessions if day == "2025-11-14"} == {"am"}
    assert len(sessions) == 2 * 99 - 1


def test_roster(roster):
    """900 students in 18 classes of three grades, with siblings, comers and leavers."""
    classes = Counter(row["class"] for row in roster)
    homes = {}
    for row in roster:
        homes.setdefault(row["household"], set()).add((row["village"], row["name"][0]))
    households = Counter(row["household"] for row in roster)

    assert len({row["student"] for row in roster}) == len(roster) == 900
    assert len(classes) == 18 and set(classes.values()) == {50}
    assert Counter(row["grade"] for row in roster) == {"7": 300, "8": 300, "9": 300}
    assert all(row["class"].startswith(row["grade"] + "-") for row in roster)
    assert {row["school"] for row in roster} == {"示例中学"}
    assert len({row["village"] for row in roster}) == 12
    assert len({row["township"] for row in roster}) == 3
    assert all(len(home) == 1 for home in homes.values())
    assert sum(size > 1 for size in households.values()) >= 100
    assert sum(row["from"] > "2025-09-01" for row in roster) == 5
    assert sum(row["to"] != "" for row in roster) == 6
    for flag in ("special_case", "left_behind", "poor"):
        assert {row[flag] for row in roster} == {"yes", "no"}


def test_roles(roster, assignments):
    """Every role is held, but for one village's vacancy; one homeroom teacher changes."""
    holders = {}
    for row in assignments:
        holders.setdefault((row["role"], row["of"]), []).append(row)
    needed = {
        *(("homeroom_teacher", row["class"]) for row in roster),
        *(("subject_teacher", row["class"]) for row in roster),
        *(("village_committee", row["village"]) for row in roster),
        *(("township_government", row["township"]) for row in roster),
    }
    for role in (
        "teaching_affairs",
        "compulsory_office",
        "principal",
        "deputy",
        "control_group",
    ):
        needed.add((role, "示例中学"))
    first, second = holders["homeroom_teacher", "8-3"]

    assert set(holders) == needed
    assert (first["to"], second["from"]) == ("2025-11-09", "2025-11-10")
    assert first["person"] != second["person"]
    assert [
        key for key, rows in holders.items() if rows[0]["from"] != "2025-09-01"
    ] == [("village_committee", "亥村")]


def test_order_and_ids(events):
    """Ids are unique and rows stand in the order in which they became known."""
    known = [event["known"] for event in events]

    assert len({event["id"] for event in events}) == len(events)
    assert known == sorted(known)
    assert "2025-09-01T07" < known[0]
    assert known[-1] < "2026-01-24"


def test_fields(events):
    """A type's fields are filled and no other type's are."""
    filled = {}
    for event in events:
        names = {name for name, value in event.items() if value}
        filled.setdefault(event["type"], set()).update(names)
    common = {"id", "type", "student", "known"}

    assert filled == {
        "mark": common | {"date", "session", "code", "minutes", "recorded"},
        "status": common | {"at", "status", "cause"},
        "flag": common | {"at", "flag", "value"},
        "outcome": common | {"at", "action", "done", "result", "by", "times"},
        "document": common | {"at", "document", "by"},
        "void": common | {"at", "target"},
    }


def test_sessions(events, sessions):
    """Every mark's session exists in the calendar, and every session of it is marked."""
    marked = {
        (event["date"], event["session"]) for event in events if event["type"] == "mark"
    }

    assert marked == sessions


def test_times(events, roster):
    """Nothing is known before it happened, and marks lie within the student's stay."""
    starts = {"am": "08:00:00", "pm": "14:00:00"}
    stay = {row["student"]: (row["from"], row["to"] or "9999") for row in roster}
    for event in events:
        if event["type"] == "mark":
            first, last = stay[event["student"]]
            assert first <= event["date"] <= last
            at = f"{event['date']}T{starts[event['session']]}+08:00"
        else:
            at = event["at"]
        assert at <= (event["recorded"] or event["known"]) <= event["known"]


def test_absence(versions):
    """Absence is 3 to 6 % of the marked sessions, sticky, more in winter, some of it long."""
    codes = Counter(marks[-1]["code"] for marks in versions.values())
    absent = {}
    months, base = Counter(), Counter()
    for (student, day, _), marks in versions.items():
        base[day[:7]] += 1
        if marks[-1]["code"] in "ASV":
            absent.setdefault(student, set()).add(day)
            months[day[:7]] += 1
    share = sum(codes[code] for code in "ASV") / (sum(codes.values()) - codes["-"])
    days = sorted({day for _, day, _ in versions})
    following = dict(pairwise(days))
    again = [following.get(day) in found for found in absent.values() for day in found]

    assert set(codes) == set("PLESVA-")
    assert 0.03 <= share <= 0.06
    assert sum(again) / len(again) > 0.4
    assert (
        months["2025-12"] / base["2025-12"] > 1.3 * months["2025-09"] / base["2025-09"]
    )
    assert sum(len(found) >= 10 for found in absent.values()) >= 14


def test_corrections(versions, events):
    """There are corrections, late entries, stale entries that lose, gaps and voids."""
    changes = Counter(
        (before["code"], after["code"])
        for marks in versions.values()
        for before, after in pairwise(marks)
    )
    late = [
        mark
        for marks in versions.values()
        for mark in marks
        if mark["known"][:10] > mark["date"]
    ]
    stale = [
        marks
        for marks in versions.values()
        if marks[-1]["known"] < max(m["known"] for m in marks)
    ]
    targets = Counter()
    by_id = {event["id"]: event for event in events}
    for event in events:
        if event["type"] == "void":
            target = by_id[event["target"]]
            assert target["student"] == event["student"]
            assert target["known"] < event["known"]
            targets[target["type"]] += 1

    assert changes["A", "S"] >= 500
    assert changes["A", "L"] >= 300
    assert changes["P", "E"] >= 200
    assert changes["A", "P"] >= 50
    assert len(late) >= 1000
    assert len(stale) >= 5
    assert len(versions) < 900 * 197 - 500
    assert targets["mark"] >= 20 and targets["outcome"] >= 10 and targets["status"] == 2


def test_statuses_and_flags(events):
    """Students come, leave, drop out and return; two transfers are learnt days late."""
    statuses = Counter(event["status"] for event in events if event["type"] == "status")
    late = [
        e for e in events if e["type"] == "status" and e["known"][:10] > e["at"][:10]
    ]
    flags = Counter(event["flag"] for event in events if event["type"] == "flag")

    assert statuses == {
        "transferred_in": 5,
        "transferred_out": 8,
        "dropped_out": 3,
        "returned": 2,
    }
    assert [event["status"] for event in late] == ["transferred_out", "transferred_out"]
    assert flags == {"special_case": 2, "left_behind": 3, "poor": 1}


def test_outcomes(events, assignments):
    """Every action has outcomes, by people who hold a role, some entered a day or more late."""
    outcomes = [event for event in events if event["type"] == "outcome"]
    actions = Counter(event["action"] for event in outcomes)
    people = {row["person"] for row in assignments}

    assert set(actions) == {
        *("tell_homeroom", "contact_parent", "home_visit", "group_visit"),
        *("joint_visit", "principal_visit", "village_visit"),
    }
    assert min(actions.values()) >= 10
    assert actions["contact_parent"] >= 500
    assert all(set(event["by"].split("+")) <= people for event in outcomes)
    assert {event["result"] for event in outcomes} == {
        "",
        "coming",
        "promised",
        "refused",
        "not_reached",
    }
    assert {event["done"] for event in outcomes} == {"yes", "no"}
    assert sum(event["known"][:10] > event["at"][:10] for event in outcomes) >= 50
