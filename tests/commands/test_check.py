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
