"""`escalate test`: what passes, what fails and how it is said, and exit codes."""

import json
from xml.etree import ElementTree as ET

import pytest

from escalate.commands import playing
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
    assert ["        Mon    Tue    Wed    Thu    Fri    Sat    Sun", "  2025  11-03  11-04  11-05  11-06  11-07  11-08  11-09"] == lines[7:9]
    assert [
        "                 expected         │ came",
        "  2025-11-03  ✗  {issued: report} │",
        "              ✗                   │ {issued: visit, by: teacher, due: 2025-11-04}",
    ] == lines[12:15]
    assert "2 cases in 1 file: 1 failed" == lines[-1]
    assert "\x1b" not in found.stdout


WARNED = f"{SPEC}  周六起三天:\n    marks: {{s1: {{2025-11-08: PPP}}}}\n    expect: {{}}\n"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_warning_is_said_and_the_case_is_played(folder, jobs, monkeypatch):
    """On standard error, at its place, once however many processes read the file; in an answer for programs too."""
    monkeypatch.setattr(playing, "WORTH", 1)
    (folder / "policy.spec.yaml").write_text(WARNED, encoding="utf-8")
    found, values = (call("test", folder, "--jobs", jobs, *more) for more in ((), ("--format", "json")))
    place, said = f"{folder}/policy.spec.yaml:10:18", "there is no school on 2025-11-08: the marks of `s1` begin on 2025-11-10"

    assert 1 == found.stderr.count("[no-session]")
    assert f"{place}: warning: {said} [no-session]\n" in found.stderr
    assert found.stdout.endswith("3 cases in 1 file: 1 failed\n")
    assert [(said, 10, 18)] == [(one["message"], one["line"], one["column"]) for one in json.loads(values.stdout)["warnings"]]


def test_junit_is_never_written_over_a_file_of_your_own(folder):
    """The policy is named by mistake, also where the spec cannot be read."""
    found = call("test", folder, "--junit", folder / "policy.yaml")
    (folder / "policy.spec.yaml").write_text("case: {}", encoding="utf-8")
    again = call("test", folder, "--junit", folder / "policy.yaml")

    assert [1, 1] == [found.exit_code, again.exit_code]
    assert "is there already, and is no JUnit XML" in found.stderr
    assert POLICY == (folder / "policy.yaml").read_text(encoding="utf-8")


def test_the_cases_that_are_named(folder):
    """By a part of their names, in a file or a folder."""
    assert (0, "1 case in 1 file: all as expected\n") == ((found := call("test", folder / "policy.spec.yaml", "--run", "一")).exit_code, found.stdout)
    assert (1, True) == ((found := call("test", folder, "--run", "三")).exit_code, "no case is named like `三`" in found.stderr)
    assert "   help: the cases are:\n         一天\n         两天\n" in found.stderr


def test_capital_letters_are_small_letters_and_a_slip_is_answered_with_what_is_near(folder):
    """The nearest first, however long the names are."""
    (folder / "policy.spec.yaml").write_text(SPEC.replace("一天", "Home visit after one day").replace("两天", "连续旷课两天,次日家访"), encoding="utf-8")

    assert 0 == call("test", folder, "--run", "home VISIT").exit_code == call("test", folder, "--run", "ｈｏｍｅ　visit").exit_code
    for slip, near in (("home vist", "Home visit after one day"), ("家仿", "连续旷课两天,次日家访")):
        assert call("test", folder, "--run", slip).stderr.endswith(f"   help: did you mean one of these?\n         {near}\n")


def test_a_diff(folder):
    """Instead of the lists; not for programs, which have the parts."""
    found = call("test", folder, "--diff")

    assert (1, ["  --- expected", "  +++ came", "  @@ 2025-11-03 @@", "  -{issued: report}", "  +{issued: visit, by: teacher, due: 2025-11-04}"]) == (found.exit_code, found.stdout.splitlines()[1:6])
    assert "did not come" not in found.stdout
    assert (2, True) == ((found := call("test", folder, "--diff", "--format", "json")).exit_code, "leave it out with --format json" in found.stderr)


def test_a_file_for_a_ci_server(folder):
    """What failed, also where nothing could be read; a folder that is not there is said."""
    out = folder / "out.xml"
    assert 1 == call("test", folder, "--junit", out).exit_code
    assert ["1", "两天"] == [ET.parse(out).getroot().get("failures"), *(test.get("name") for test in ET.parse(out).iter("testcase") if len(test))]
    (folder / "policy.spec.yaml").write_text("case: {}\n", encoding="utf-8")
    assert (1, True) == ((found := call("test", folder, "--junit", out)).exit_code, "unknown key `case`" in found.stderr)
    assert ["error", "error"] == [test[0].tag for test in ET.parse(out).iter("testcase")]
    assert (1, True) == ((found := call("test", folder, "--junit", folder / "none" / "out.xml")).exit_code, "no such file" in found.stderr)


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


def test_an_outcome_that_does_nothing_is_warned_of_and_fails_nothing(folder, monkeypatch):
    """In one process as in several."""
    spec = 'from: 2025-11-03\ncases:\n  only:\n    marks: {s1: "P"}\n    events: {2025-11-03 10:00: [{outcome: visit}]}\n    expect: {}\n'
    (folder / "policy.spec.yaml").write_text(spec, encoding="utf-8")
    alone = call("test", folder, "--lang", "en")
    monkeypatch.setattr(playing, "WORTH", 1)
    shared = call("test", folder, "--lang", "en", "--jobs", "2")

    assert (0, 1) == (alone.exit_code, alone.stderr.count("[does-nothing]"))
    assert "warning: `visit` is not asked for by 2025-11-03: this outcome does nothing" in alone.stderr
    assert (alone.stdout, alone.stderr) == (shared.stdout, shared.stderr)
