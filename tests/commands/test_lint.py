"""`escalate lint`: what stands, what was escaped, what was not asked, and an exit code."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from escalate.lints.pages import page_of
from escalate.lints.rules import BY_ID

from . import world
from .world import ASSIGNMENTS, EVENTS, HEADER, build, call, marks, run

PAGE = Path(__file__).parents[2] / "docs" / "lint.md"
POLICY = world.POLICY.replace("cites: H-c2", "title: One day").replace("cites: H-c3", "title: Two days")
NOTE = "note: nobody outside the school hears of `absence.two_days`, nor of anything after it [stays-in-school]"
ESCAPED = POLICY.replace("      two_days:", "      two_days:  # allow stays-in-school: the plan says so")
ALL = ("--calendar", "calendar.yaml", "--roster", "roster.csv", "--assignments", "assignments.csv")


def lint(folder, *more):
    """The world's policy, with options whose files are in its folder."""
    return call("lint", folder / "policy.yaml", *(folder / part if part in ALL[1::2] else part for part in more))


def test_what_is_found_stands_at_its_place(tmp_path):
    """A note is no failure unless it is asked to be one; what was not asked is said on the last line."""
    found = lint(build(tmp_path, policy=POLICY))

    assert 0 == found.exit_code
    assert f"{tmp_path}/policy.yaml:21:7: {NOTE}\n   21 |       two_days:\n      |       ^^^^^^^^\n   help: " in found.stdout
    assert found.stdout.endswith(
        "1 policy: 1 finding\n"
        "not asked: `role-never-assigned` without --assignments; `deadline-too-short`, `outlives-calendar` without --calendar;"
        " `deadline-before-trigger`, `threshold-never-met` in full without --calendar\n"
    )
    assert [1, 0] == [lint(tmp_path, "--fail-on", severity).exit_code for severity in ("note", "warning")]


def test_with_every_file_every_rule_is_asked(tmp_path):
    """Thirty minutes from the close of 17:30 lie in the evening; with the roster too nothing is left open."""
    folder = build(tmp_path, policy=ESCAPED)
    most, every = lint(folder, *ALL[:2], *ALL[4:]), lint(folder, *ALL)

    assert "policy.yaml:25:104: note: `report` is asked for at the close, 17:30, and due at 18:00: no session lies between [deadline-too-short]" in every.stdout
    assert most.stdout.endswith("1 policy: 1 finding, 1 escaped\nnot asked: `role-never-assigned` in full without --roster\n")
    assert every.stdout.endswith("1 policy: 1 finding, 1 escaped\n")


def test_a_warning_is_a_failure(tmp_path):
    """Here a role that nobody holds, and one that the roster has no school for."""
    folder = build(tmp_path, policy=POLICY, assignments="role,of,person,from,to\nteacher,7-1,p1,,\n")
    found = lint(folder, "--assignments", "assignments.csv")

    assert 1 == found.exit_code
    assert "warning: `report` names `principal`, and nobody is assigned to be it [role-never-assigned]" in found.stdout
    assert [0, 1] == [lint(build(tmp_path, policy=POLICY, assignments=text), *ALL[2:]).exit_code for text in (ASSIGNMENTS, ASSIGNMENTS.replace("principal,hill", "principal,dale"))]


def test_a_policy_with_problems(tmp_path):
    """It says what `check` says."""
    folder = build(tmp_path, policy=POLICY.replace("days_away >= 1", "day_away >= 1"))
    found = lint(folder)

    assert 1 == found.exit_code
    assert found.stdout.partition("\n\n1 policy")[0] == call("check", folder / "policy.yaml").stdout.partition("\n\n1 problem")[0]
    assert 1 == call("lint", tmp_path / "none.yaml").exit_code


def test_versions_of_one_name(tmp_path):
    """As `check` holds them."""
    build(tmp_path, policy=POLICY.replace("from: 2025-09-01", "from: 2025-09-01, to: 2026-12-31"))
    (tmp_path / "newer.yaml").write_text(POLICY.replace("from: 2025-09-01", "from: 2026-09-01"), encoding="utf-8")

    assert "[overlapping-versions]" in call("lint", tmp_path / "policy.yaml", tmp_path / "newer.yaml").stdout


def test_json(tmp_path):
    """Severities, reasons, and what was not asked."""
    found = json.loads(lint(build(tmp_path, policy=ESCAPED), "--calendar", "calendar.yaml", "--format", "json").stdout)

    assert [("note", "deadline-too-short", 25)] == [(each["severity"], each["kind"], each["line"]) for each in found["problems"]]
    assert [("stays-in-school", 21, "the plan says so")] == [(each["kind"], each["line"], each["reason"]) for each in found["escaped"]]
    assert [{"rule": "role-never-assigned", "in_part": False, "without": ["--assignments"]}] == found["not_asked"]
    assert [] == found["runs"]


# --- a run ------------------------------------------------------------------------------------------------


def entered(student, known):
    """Five days of marks of a student, present, known at a time of their day."""
    rows = [f",mark,{student},2025-09-{day:02},{session},P,,,,2025-09-{day:02}T{known}\n" for day in range(1, 6) for session in ("am", "pm")]
    return "".join(rows)


def counted(folder, events):
    """How the marks of a run were entered, and what is said of it."""
    folder.mkdir()
    run(build(folder, events=HEADER + events), until="2025-09-06")
    marked = json.loads((folder / "term" / "run.json").read_text(encoding="utf-8"))["counts"]["marks"]
    return tuple(marked.values()), [each["kind"] for each in json.loads(call("lint", folder / "term", "--format", "json").stdout)["runs"][0]["problems"]]


def test_marks_that_are_known_late(tmp_path):
    """One session in twenty is borne; a correction is not counted, and neither is what the close still saw."""
    on_time = entered("s1", "17:30")
    late = on_time.replace("am,P,,,,2025-09-05T17:30", "am,P,,,,2025-09-05T17:31")

    assert ((10, 0, 0), []) == counted(tmp_path / "a", on_time)
    assert ((10, 1, 0), ["marks-known-late"]) == counted(tmp_path / "b", late)
    assert ((20, 1, 0), []) == counted(tmp_path / "c", late + entered("s2", "12:00"))
    assert ((10, 0, 0), []) == counted(tmp_path / "d", on_time + entered("s1", "19:00").replace(",P,", ",S,"))


def test_marks_that_are_entered_again(tmp_path):
    """A void with a mark in its place; a void alone, and a later mark alone, are none."""
    mark = "m1,mark,s1,2025-09-01,am,A,,,,2025-09-01T09:00\n"
    again = "m2,mark,s1,2025-09-01,am,S,,,,2025-09-02T09:00\n"
    void = "v1,void,s1,,,,,,,2025-09-02T08:00\n"
    shapes = {"again": mark + again + void, "void": mark + void + entered("s2", "09:00"), "later": mark + again}
    found = {}
    for name, rows in shapes.items():
        text = "".join(f"{row},{'m1' * row.startswith('v1')}\n" for row in (HEADER + rows).splitlines()).replace("known,\n", "known,target\n")
        run(build(tmp_path, events=text), until="2025-09-06", out=name)
        found[name] = [problem["kind"] for problem in json.loads(call("lint", tmp_path / name, "--format", "json").stdout)["runs"][0]["problems"]]

    assert {"again": ["marks-entered-again"], "void": [], "later": []} == found


def test_a_run_in_words(tmp_path):
    """With a role that is always late; the policy's options are not the run's."""
    students = "".join(f"s{n},a,hill,7-1\n" for n in range(1, 6))
    folder = build(tmp_path, roster=f"student,name,school,class\n{students}", events=HEADER + "".join(marks(f"s{n}", "AAP") for n in range(1, 6)))
    run(folder, until="2025-09-06")
    found = call("lint", folder / "term")
    both = call("lint", folder / "policy.yaml", folder / "term")

    assert 1 == found.exit_code
    assert "warning: all 10 items of `teacher` that were done or fell overdue were late [role-always-late]\n   help: " in found.stdout
    assert found.stdout.endswith(f"\n\n{folder}/term: 2 findings\n")
    assert NOTE in both.stdout
    assert "not asked: " in both.stdout
    assert 2 == call("lint", folder / "term", "--calendar", folder / "calendar.yaml").exit_code


def test_a_folder_of_no_run_and_one_of_an_earlier_version(tmp_path):
    """Both are refused in words."""
    folder = build(tmp_path, events=EVENTS)
    run(folder)
    path = folder / "term" / "run.json"
    values = json.loads(path.read_text(encoding="utf-8"))
    del values["counts"]["marks"]
    path.write_text(json.dumps(values), encoding="utf-8")

    assert "[no-marks]\n   help: run again with this version" in call("lint", folder / "term").stderr
    assert (1, True) == ((found := call("lint", folder)).exit_code, "[not-a-run]" in found.stderr)


# --- pages ------------------------------------------------------------------------------------------------


def test_a_rule_explains_itself():
    """By its page; a slip is answered with the rule that was meant."""
    assert page_of(BY_ID["stays-in-school"]) == call("lint", "--explain", "stays-in-school").stdout
    assert (2, "error: there is no rule `stay-in-school`; did you mean `stays-in-school`?\n") == ((slip := call("lint", "--explain", "stay-in-school")).exit_code, slip.stderr)
    assert [2, 2] == [call("lint", *more).exit_code for more in ((), ("--explain", "stays-in-school", "policy.yaml"))]


def test_the_page_shows_what_comes_out(tmp_path, monkeypatch, request):
    """The policy of docs/lint.md and what is found in it, to the byte; escaped as the page says, nothing is."""
    page = PAGE.read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    policy, escape = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)[1], re.search(r"```text\n(      # allow .*?)```", page, re.DOTALL)[1]
    shown = re.compile(r"(<!-- found -->\n```text\n)(.*?)(```)", re.DOTALL)
    Path("policy.yaml").write_text(policy, encoding="utf-8")
    out = call("lint", "policy.yaml").stdout
    if request.config.getoption("--update-golden"):
        PAGE.write_text(shown.sub(lambda found: found[1] + out + found[3], page), encoding="utf-8")
        page = PAGE.read_text(encoding="utf-8")

    assert out == shown.search(page)[2]
    Path("policy.yaml").write_text(policy.replace("      one_week:\n", escape), encoding="utf-8")
    assert "1 policy: 0 findings, 1 escaped\n" in call("lint", "policy.yaml").stdout


@pytest.mark.parametrize("option", ["--calendar", "--roster", "--assignments", "--fail-on", "--explain", "--format"])
def test_the_page_names_every_option(option):
    """As it is written."""
    assert option in PAGE.read_text(encoding="utf-8")


def test_what_is_no_policy_is_not_counted_as_one(tmp_path):
    """No rule is said to be open of it."""
    path = tmp_path / "calendar.yaml"
    path.write_text("calendar: c\ntimezone: UTC\n", encoding="utf-8")
    told = call("lint", path, "--lang", "en")

    assert (1, "") == (told.exit_code, told.stdout)
    assert "this is a calendar, not a policy" in told.stderr
