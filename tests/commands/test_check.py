"""`escalate check`: problems at their places, and an exit code."""

import json

from .world import POLICY, build, call


def test_a_policy_without_problems(tmp_path):
    """One line says what it holds."""
    path = build(tmp_path) / "policy.yaml"

    found = call("check", path)

    assert (0, f"{path}: `hill`, in force from 2025-09-01: 1 ladder, 2 stages\n") == (found.exit_code, found.output)


def test_a_problem_has_its_place_and_exit_code_1(tmp_path):
    """The line, a caret, and the number of problems."""
    path = build(tmp_path, policy=POLICY.replace("days_away >= 1", "day_away >= 1")) / "policy.yaml"

    found = call("check", path)

    assert 1 == found.exit_code
    assert f"{path}:18:15: " in found.stdout
    assert "   18 |         when: day_away >= 1\n      |               ^^^^^^^^\n" in found.stdout
    assert found.stdout.endswith("1 problem, 0 warnings\n")


def test_versions_of_one_name_are_checked_together(tmp_path):
    """Two that are in force on one day are a problem."""
    build(tmp_path, policy=POLICY.replace("from: 2025-09-01", "from: 2025-09-01, to: 2026-12-31"))
    (tmp_path / "newer.yaml").write_text(POLICY.replace("from: 2025-09-01", "from: 2026-09-01"), encoding="utf-8")

    found = call("check", tmp_path / "policy.yaml", tmp_path / "newer.yaml")

    assert 1 == found.exit_code
    assert "[overlapping-versions]" in found.stdout


def test_json(tmp_path):
    """What was checked, and what is wrong with it."""
    path = build(tmp_path) / "policy.yaml"

    found = json.loads(call("check", path, tmp_path / "none.yaml", "--format", "json").stdout)

    assert [("hill", "2025-09-01")] == [(each["name"], each["version"]) for each in found["policies"]]
    assert ["no-file"] == [each["kind"] for each in found["problems"]]


def test_a_file_by_two_names_is_one_policy(tmp_path):
    """It is not two versions of itself."""
    path = build(tmp_path) / "policy.yaml"

    found = call("check", path, f"{tmp_path}/./policy.yaml")

    assert (0, 1) == (found.exit_code, len(found.output.splitlines())), found.output


CALENDAR = """calendar: hill-2025
timezone: Asia/Shanghai
sessions: {am: "08:00-11:40", pm: "14:00-17:00"}
terms: {autumn: {from: 2025-09-01, to: 2026-01-23}}
closed: {2025-10-01..2025-10-08: National Day}
"""


def test_a_calendar_is_checked_and_counted(tmp_path):
    """A line says what it covers; a problem has its place."""
    (tmp_path / "calendar.yaml").write_text(CALENDAR, encoding="utf-8")
    (tmp_path / "wrong.yaml").write_text(CALENDAR.replace("2025-10-08", "2025-09-08"), encoding="utf-8")

    found, wrong = call("check", tmp_path / "calendar.yaml"), call("check", tmp_path / "wrong.yaml")

    assert (0, f"{tmp_path}/calendar.yaml: calendar `hill-2025`, 2025-09-01 to 2026-01-23: 99 school days, 1 term\n") == (found.exit_code, found.output)
    assert 1 == wrong.exit_code
    assert "wrong.yaml:5:10: " in wrong.stdout


def test_a_spec_is_read_and_not_played(tmp_path):
    """What is wrong with its text is found, and what plays it is named."""
    build(tmp_path)
    spec = tmp_path / "hill.spec.yaml"
    spec.write_text("policy: policy.yaml\nfrom: 2025-11-03\ncases:\n  away:\n    marks: {ann: P}\n    expect: {}\n", encoding="utf-8")

    found = call("check", spec)
    spec.write_text(spec.read_text(encoding="utf-8").replace("marks", "mark"), encoding="utf-8")
    wrong = call("check", spec)

    assert (0, f"{spec}: 1 case, which `escalate test` plays\n") == (found.exit_code, found.output)
    assert (1, True) == (wrong.exit_code, "hill.spec.yaml:5:5: " in wrong.stdout)


def test_a_mapping_is_checked(tmp_path):
    """Its format and how many columns and codes it turns."""
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("format: csv\ncolumns: {student: id, date: day, session: half, code: mark}\ncodes: {absent: A, here: P}\n", encoding="utf-8")

    found = call("check", mapping)
    mapping.write_text("format: csv\ncolumns: {studen: id}\n", encoding="utf-8")
    wrong = call("check", mapping)

    assert (0, f"{mapping}: a mapping of `csv` files: 4 columns, 2 codes\n") == (found.exit_code, found.output)
    assert (1, True) == (wrong.exit_code, "mapping.yaml:2:11: " in wrong.stdout)


def test_files_of_several_kinds_are_checked_at_once(tmp_path):
    """Every problem of every file; as values each has its kind."""
    build(tmp_path)
    (tmp_path / "hill.yaml").write_text(CALENDAR, encoding="utf-8")

    found = json.loads(call("check", tmp_path / "policy.yaml", tmp_path / "hill.yaml", "--format", "json").stdout)

    assert [str(tmp_path / "policy.yaml")] == [each["file"] for each in found["policies"]]
    assert [{"file": str(tmp_path / "hill.yaml"), "kind": "calendar"}] == found["others"]


def test_a_table_is_no_file_to_check(tmp_path):
    """What reads it is named."""
    table = tmp_path / "roster.csv"
    table.write_text("student,name\n1,Ann\n", encoding="utf-8")

    found = call("check", table)

    assert (1, True) == (found.exit_code, "this is a table" in found.stdout and "[not-a-policy]" in found.stdout and "`escalate run`" in found.stdout)
