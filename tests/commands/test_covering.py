"""`escalate test --coverage`: what is printed, the limit, JSON, and the marked file."""

import json

import pytest

from tests.spec.covered import case
from tests.spec.covered import folder as written

from .world import call


@pytest.fixture
def folder(tmp_path):
    """A policy, what it builds on, and one case that passes."""
    return written(tmp_path, '  one: {marks: {s1: "AP"}, only: absence, expect: {2025-11-03: [{issued: visit}]}}\n')


def test_it_is_printed_only_when_asked_for(folder):
    """A head for each policy, what is not covered at its place, and the whole."""
    plain, found = call("test", folder), call("test", folder, "--coverage")
    lines = found.stdout.splitlines()

    assert (0, "1 case in 1 file: all as expected\n") == (plain.exit_code, plain.stdout)
    assert (0, "1 case in 1 file: all as expected") == (found.exit_code, lines[0])
    assert lines[2].startswith(f"{folder}/policy.yaml: 23 % covered, 13 of 55 (stages 1/3, actions 1/8, ")
    assert f"  {folder}/base.yaml:20:7: stage `absence.two_days` never fired" in lines
    assert "coverage: 23 %, 13 of 55 in 1 policy" == lines[-1]


@pytest.mark.parametrize(("limit", "code"), [(23, 0), (24, 1)])
def test_under_the_limit(folder, limit, code):
    """It is asked for by itself; the exit code is 1 where a policy is under it, and the last line names it."""
    found = call("test", folder, "--fail-under", limit)

    assert (code, code == 1) == (found.exit_code, f"; under 24 %: {folder}/policy.yaml (23 %)" in found.stdout)


def test_a_case_that_fails_still_fails(folder):
    """Whatever is covered."""
    written(folder, case('marks: {s1: "A"}'))

    assert 1 == call("test", folder, "--fail-under", "1").exit_code


def test_json(folder):
    """Each policy beside the cases."""
    found = json.loads(call("test", folder, "--coverage", "--format", "json").stdout)
    (policy,) = found["coverage"]["policies"]

    assert ["one"] == [one["case"] for one in found["cases"]]
    assert (23, 13, 55) == tuple(found["coverage"][key] for key in ("percent", "covered", "of")) == tuple(policy[key] for key in ("percent", "covered", "of"))
    assert ({"covered": 1, "of": 3}, 55 - 13) == (policy["kinds"]["stage"], len(policy["uncovered"]))
    assert {
        "file": f"{folder}/base.yaml", "line": 20, "column": 7, "kind": "stage", "path": "absence.two_days", "text": "",
        "message": "stage `absence.two_days` never fired",
    } in policy["uncovered"]  # fmt: skip
    assert "coverage" not in json.loads(call("test", folder, "--format", "json").stdout)


def test_the_marked_policy(folder):
    """It is written anew each time, and never over a file of somebody's own."""
    out, own = folder / "marked.txt", folder / "policy.yaml"
    before = own.read_text(encoding="utf-8")
    codes = [call("test", folder, "--coverage-marked", path).exit_code for path in (out, out, own)]

    assert [0, 0, 1] == codes
    assert "\n+       one_day:\n-         when: days_away >= 1 and not special\n" in out.read_text(encoding="utf-8")
    assert before == own.read_text(encoding="utf-8")
    assert "is there already, and is no marked policy" in call("test", folder, "--coverage-marked", own).stderr
