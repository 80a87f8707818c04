"""Spec files in pytest: what is collected, how it is named, what a failure says."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from escalate import pytest_plugin
from escalate.spec import cases_below, failure
from escalate.spec.files import ENDING

from .spec.world import POLICY

pytest_plugins = ["pytester"]

SPEC = """\
from: 2025-11-03
cases:
  一天,家访:
    marks: {s1: "A"}
    expect: {2025-11-03: [{issued: visit}]}
  "两天: a::b [x] (c/d)":
    marks: {s1: "A"}
    expect: {2025-11-03: [{issued: report}]}
"""
TWO = "两天: a:b [x] (c/d)"
ALL = "escalate_specs = true"


@pytest.fixture
def play(pytester, monkeypatch):
    """Run pytest in a folder with a policy and its spec, of which one case fails; the plugin is there once, whether it is installed or not."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    folder = pytester.mkdir("rules")
    (folder / "policy.yaml").write_text(POLICY, encoding="utf-8")
    (folder / "policy.spec.yaml").write_text(SPEC, encoding="utf-8")
    (pytester.path / "openapi.spec.yaml").write_text("openapi: 3.1.0\n", encoding="utf-8")

    def run(*args, ini=""):
        pytester.makeini(f"[pytest]\n{ini}\n")
        return pytester.runpytest_inprocess("-p", "escalate.pytest_plugin", "-p", "no:cacheprovider", *args)

    return run


def test_each_case_is_a_test(play):
    """By its name, below its file."""
    found = play("rules/policy.spec.yaml", "-v")

    found.assert_outcomes(passed=1, failed=1)
    found.stdout.fnmatch_lines(["rules/policy.spec.yaml::一天,家访 PASSED*", f"rules/policy.spec.yaml::{TWO.replace('[', '[[]')} FAILED*"])


def test_a_failure_says_what_the_command_line_says(play, pytester):
    """Every line of it, and no traceback."""
    found = play("rules/policy.spec.yaml", "--tb=long")
    lines = [failure(case) for case in cases_below("rules/policy.spec.yaml")][1].split("\n")

    assert lines[0].startswith("rules/policy.spec.yaml:6:3: 两天")
    found.stdout.fnmatch_lines([line.replace("[", "[[]") for line in lines], consecutive=True)
    found.stdout.no_fnmatch_line("*pytest_plugin.py*")
    found.stdout.no_fnmatch_line("*Traceback*")


@pytest.mark.parametrize(("args", "ini", "cases"), [
    ([], "", 0),
    (["rules"], "", 0),
    (["rules"], ALL, 2),
    ([], f"{ALL}\ntestpaths = rules", 2),
    (["rules", "rules/policy.spec.yaml"], ALL, 2),
    (["rules/policy.spec.yaml"], "", 2),
    (["rules/policy.spec.yaml", "-k", "家访"], "", 1),
    ([f"rules/policy.spec.yaml::{TWO}"], "", 1),
])
def test_what_is_collected(play, args, ini, cases):
    """Files that are named; those of folders where the project asks for it; each case once, by its id too."""
    found = play(*args, "--collect-only", "-q", ini=ini)

    assert cases == sum(line.startswith("rules/policy.spec.yaml::") for line in found.outlines)
    assert 0 == found.parseoutcomes().get("errors", 0)


def test_what_cannot_be_read_is_an_error_at_its_place(play, pytester):
    """Every problem, and no traceback; the other files are played where pytest is told to go on."""
    (pytester.path / "rules" / "other.spec.yaml").write_text(SPEC.replace("issued: visit", "issued: vist").replace("report", "reprot"), encoding="utf-8")
    found = play("rules", "--continue-on-collection-errors", ini=ALL)

    found.assert_outcomes(passed=1, failed=1, errors=1)
    found.stdout.fnmatch_lines([
        "*ERROR collecting rules/other.spec.yaml*",
        "rules/other.spec.yaml:5:36: unknown item `vist`*",
        "*help: did you mean `visit`?",
        "rules/other.spec.yaml:8:36: unknown item `reprot`*",
    ])
    found.stdout.no_fnmatch_line("*pytest_plugin.py*")


def test_what_is_warned_of_is_among_the_warnings(play, pytester):
    """The case is played all the same."""
    spec = SPEC.replace('marks: {s1: "A"}\n    expect: {2025-11-03: [{issued: visit}]}', "marks: {s1: {2025-11-08: PPP}}\n    expect: {}")
    (pytester.path / "rules" / "policy.spec.yaml").write_text(spec, encoding="utf-8")
    found = play("rules/policy.spec.yaml", "-W", "default")

    found.assert_outcomes(passed=1, failed=1, warnings=1)
    found.stdout.fnmatch_lines(["*rules/policy.spec.yaml:4:18: warning: there is no school on 2025-11-08*"])


def test_a_fault_of_ours_keeps_its_traceback(play, monkeypatch):
    """It is no failure of the policy."""
    monkeypatch.setattr("escalate.spec.failure", lambda case: 1 // 0)
    found = play("rules/policy.spec.yaml")

    found.stdout.fnmatch_lines(["*ZeroDivisionError*"])


def test_workers_share_the_cases(play):
    """With pytest-xdist."""
    pytest.importorskip("xdist")
    found = play("rules/policy.spec.yaml", "-p", "xdist", "-n", "2", "-v")

    found.assert_outcomes(passed=1, failed=1)
    found.stdout.fnmatch_lines(["*rules/policy.spec.yaml:6:3: 两天*"])


def test_it_costs_nothing_where_there_is_no_spec():
    """Of escalate only the plugin itself is imported."""
    code = "import sys, pytest; before = set(sys.modules); import escalate.pytest_plugin; print(*sorted(set(sys.modules) - before))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert ["escalate", "escalate.pytest_plugin"] == [name for name in loaded if not name.startswith("importlib")]


def test_it_is_found_by_pytest():
    """By the entry point of the package; and it means the same files as `escalate test`."""
    text = (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")

    assert re.search(rf'^\[project\.entry-points\.pytest11\]\nescalate = "{pytest_plugin.__name__}"$', text, re.MULTILINE)
    assert ENDING == pytest_plugin.ENDING
