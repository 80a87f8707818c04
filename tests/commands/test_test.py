"""`escalate test`: what passes, what fails and how it is said, and exit codes."""

import json

import pytest

from tests.spec.world import POLICY

from .world import call

SPEC = """\
from: 2025-11-03
cases:
  一天:
    marks: {s1: "A"}
    expect: {2025-11-03: [{issued: visit}]}
  两天:
    marks: {s1: "A"}
    expect: {2025-11-03: [{issued: report}]}
"""


@pytest.fixture
def folder(tmp_path):
    """A policy and a spec of which one case fails."""
    (tmp_path / "policy.yaml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "policy.spec.yaml").write_text(SPEC, encoding="utf-8")
    return tmp_path


def test_a_failing_case_is_said_at_its_place(folder):
    """What did not come, what came, and why it came."""
    found = call("test", folder)

    assert 1 == found.exit_code
    lines = found.stdout.splitlines()
    assert [
        f"{folder}/policy.spec.yaml:6:3: 两天",
        "  expected, and it did not come:",
        "    2025-11-03  {issued: report}",
        "  it came, and was not expected:",
        "    2025-11-03 17:30  - {issued: visit, by: teacher, due: 2025-11-04}",
    ] == lines[:5]
    assert lines[5].startswith("      On Mon 3 Nov 2025 at 17:30")
    assert "2 cases in 1 file: 1 failed" == lines[-1]


def test_the_cases_that_are_named(folder):
    """By a part of their names, in a file or a folder."""
    assert (0, "1 case in 1 file: all as expected\n") == ((found := call("test", folder / "policy.spec.yaml", "--run", "一")).exit_code, found.stdout)
    assert (1, True) == ((found := call("test", folder, "--run", "三")).exit_code, "no case is named like `三`" in found.stderr)


def test_json(folder):
    """Every case with what is not as expected."""
    found = call("test", folder, "--format", "json")
    first, second = json.loads(found.stdout)["cases"]

    assert (1, True, False) == (found.exit_code, first["passed"], second["passed"])
    assert ([{"date": "2025-11-03", "line": "{issued: report}"}], ["hill/s1/absence/1/one_day/1/visit/teacher"]) == (second["missing"], [one["subject"] for one in second["unexpected"]])


def test_what_cannot_be_read(folder, monkeypatch):
    """A problem at its place, a folder without specs, a file that is not there."""
    (folder / "policy.spec.yaml").write_text(SPEC.replace("issued: visit", "issued: vist"), encoding="utf-8")
    found = call("test", folder)
    assert (1, True) == (found.exit_code, f"{folder}/policy.spec.yaml:5:36: unknown item `vist`" in found.stderr)
    (folder / "policy.spec.yaml").unlink()
    monkeypatch.chdir(folder)
    assert (1, True) == ((found := call("test")).exit_code, "no file below `.` ends in `.spec.yaml`" in found.stderr)
    assert (1, True) == ((found := call("test", "none.spec.yaml")).exit_code, "none.spec.yaml" in found.stderr)
