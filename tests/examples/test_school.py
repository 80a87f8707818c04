"""The example school: the same bytes every time, and what its README says of it."""

from __future__ import annotations

import csv
import hashlib
import importlib.util
import os
import subprocess
import sys
from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

SCRIPT = Path(__file__).parents[2] / "examples" / "school" / "generate.py"
FILES = ("calendar.yaml", "roster.csv", "assignments.csv", "events.csv")
DIGEST = "7136ec5d406c83381b00d8048ac3a3a12c3c9130e33269702a6bb698505a53b6"


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
    calendar = yaml.safe_load(text)
    closed = set().union(*map(dates, calendar["closed"]))
    make_up = set().union(*map(dates, map(str, calendar["make_up"])))
    term = calendar["terms"]["autumn"]
    found = set()
    for day in dates(f"{term['from']}..{term['to']}"):
        if day not in closed and (day.weekday() < 5 or day in make_up):
            special = calendar["days"].get(day, {})
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


@pytest.mark.parametrize(("students", "days"), [(1, 1), (45, 5), (150, 20), (10, 194)])
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
    classes, villages = {row["class"] for row in roster}, {row["village"] for row in roster}
    of = {
        "班主任 homeroom_teacher subject_teacher class_teachers 任课教师 dropout_group second_visitor": classes,
        "teaching_affairs 教导处 compulsory_office principal 校长 party_secretary": {"示例中学"},
        "village_cadres village_committee 包村领导": villages,
        "township_government": {row["township"] for row in roster},
        "civil_affairs": {"示例县"},
        "包生教师": {row["student"] for row in roster},
    }
    needed = {(role, place) for roles, places in of.items() for role in roles.split() for place in places}
    first, second = holders["homeroom_teacher", "8-3"]

    assert set(holders) == needed
    assert {row["county"] for row in roster} == {"示例县"}
    assert (first["to"], second["from"]) == ("2025-11-09", "2025-11-10")
    assert first["person"] != second["person"]
    assert len({row["person"] for row in assignments}) == 77
    assert [key for key, rows in holders.items() if rows[0]["from"] != "2025-09-01"] == [
        ("village_cadres", "亥村"),
        ("village_committee", "亥村"),
    ]
    assert holders["village_cadres", "亥村"][0]["from"] == "2025-12-01"


@pytest.mark.parametrize("policy", ["S002-02", "S004-05C", "S004-01B"])
def test_roles_of_policies(policy, assignments):
    """Every role that three policies name is assigned to somebody."""
    named = set()
    for path in (SCRIPT.parents[2] / "policies" / policy).glob("*.yaml"):
        named |= set(yaml.safe_load(path.read_text(encoding="utf-8")).get("roles", {}))

    assert named
    assert named <= {row["role"] for row in assignments}


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

    once_absent = sum("A" in {mark["code"] for mark in marks} for marks in versions.values())
    late_pupils = sum(marks[-1]["code"] == "L" for marks in versions.values())

    assert 0.015 <= changes["A", "S"] / once_absent <= 0.06
    assert 0.05 <= changes["A", "L"] / late_pupils <= 0.11
    assert 200 <= changes["P", "E"] <= 450
    assert 2 <= changes["A", "P"] <= 20
    assert len(late) >= 1000
    assert 5 <= len(stale) <= 40
    assert len(versions) < 900 * 197 - 500
    assert 3 <= targets["mark"] <= 15 and 3 <= targets["outcome"] <= 20 and targets["status"] == 2


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
    """Every action of S002-02 has outcomes in its own words, by people who hold a role."""
    path = SCRIPT.parents[2] / "policies" / "S002-02" / "policy.yaml"
    words = {"chase": [], "report_principal": []}
    for ladder in yaml.safe_load(path.read_text(encoding="utf-8"))["ladders"].values():
        for stage in ladder["stages"].values():
            for action, item in stage["do"].items():
                if "by" in item:
                    words[action] = item.get("results", [])
    outcomes = [event for event in events if event["type"] == "outcome"]
    actions = Counter(event["action"] for event in outcomes)
    people = {row["person"] for row in assignments} | {"parent"}

    assert set(actions) == set(words)
    assert all(not event["result"] or event["result"] in words[event["action"]] for event in outcomes)
    assert {event["result"] for event in outcomes} >= {"coming", "at_home", "refused", "not_reached", "promised", "settled", "principal_needed"}
    assert all(count >= 15 for action, count in actions.items() if action != "zero_scores")
    assert actions["zero_scores"] == 5
    assert actions["contact_parent"] >= 500
    assert all(set(event["by"].split("+")) <= people for event in outcomes)
    assert {event["done"] for event in outcomes} == {"yes", "no"}
    assert sum(event["known"][:10] > event["at"][:10] for event in outcomes) >= 50


def test_contacts_in_time(events):
    """About 85 in a hundred first calls come within half an hour of the first absence known."""
    absences, calls = {}, {}
    for event in events:
        if event["type"] == "mark" and event["code"] == "A" and not event["recorded"]:
            absences.setdefault((event["student"], event["date"]), []).append(event["known"])
        elif event["type"] == "outcome" and event["action"] == "contact_parent":
            calls.setdefault((event["student"], event["at"][:10]), event["at"])
    waits = [
        datetime.fromisoformat(at) - datetime.fromisoformat(min(absences[key]))
        for key, at in calls.items()
        if key in absences
    ]

    assert len(waits) >= 450
    assert 0.8 <= sum(wait <= timedelta(minutes=30) for wait in waits) / len(waits) <= 0.93
