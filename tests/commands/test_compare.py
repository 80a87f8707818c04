"""`escalate compare`: what it prints, writes and refuses."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import Result
from rich.cells import cell_len
from rich.console import Console

from escalate.commands.compare import Wanted, _both, _side
from escalate.commands.run import Choices, Files
from escalate.compare import compare
from escalate.reports.compared import Compared
from escalate.reports.progress import Unwatched

from .world import EVENTS, POLICY, build, call, marks, run

LATER = POLICY.replace("days_away >= 1", "days_away >= 2")
ADDED = "PPA" + "P" * 10


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files of the little world, and a policy that asks a day later."""
    build(tmp_path)
    (tmp_path / "later.yaml").write_text(LATER, encoding="utf-8")
    return tmp_path


def files(folder: Path) -> list[object]:
    named = (("--calendar", "calendar.yaml"), ("--roster", "roster.csv"), ("--assignments", "assignments.csv"), ("--events", "events.csv"))
    return [part for option, name in named for part in (option, folder / name)]


def compared(folder: Path, a: str, b: str, *more: object) -> Result:
    return call("compare", folder / a, folder / b, *files(folder), "--until", "2025-09-04T12:00", *more)


def test_what_differs_is_said(folder: Path) -> None:
    """In the policies first, then in what comes of them."""
    found = compared(folder, "policy.yaml", "later.yaml")
    lines = found.stdout.splitlines()

    assert 0 == found.exit_code, found.output
    assert "  stage absence.one_day: when School days away ≥ 1 → School days away ≥ 2" in lines
    assert any(line.split() == ["Items", "5", "4", "1", "2"] for line in lines), found.stdout
    assert any(line.startswith("s2") and "lost: 09-03 17:30" in line and "Visit" in line for line in lines)
    assert any(line.split()[:3] == ["teacher", "A", "5"] for line in lines)


def test_the_items_are_those_of_a_run(folder: Path) -> None:
    """Each side has what `escalate run` gives."""
    found = json.loads(compared(folder, "policy.yaml", "later.yaml", "--format", "json").stdout)
    run(folder)
    (folder / "policy.yaml").write_text(LATER, encoding="utf-8")
    run(folder, out="other")

    for side, out in (("a", "term"), ("b", "other")):
        assert found["items"][side] == len((folder / out / "items.jsonl").read_text(encoding="utf-8").splitlines())


def test_a_policy_and_itself(folder: Path) -> None:
    """Nothing differs, and that is said; in Chinese too."""
    found = compared(folder, "policy.yaml", "policy.yaml", "--exit-code")

    assert 0 == found.exit_code
    assert "The policies do not differ." in found.stdout
    assert "The same comes of both: 5 items, 3 cases." in found.stdout
    assert "两份制度没有不同。" in compared(folder, "policy.yaml", "policy.yaml", "--lang", "zh").stdout


def test_the_exit_code_and_the_table(folder: Path) -> None:
    """Every difference a row, ids and no names; a file that is there is not written over."""
    out = folder / "differences.csv"
    found = compared(folder, "policy.yaml", "later.yaml", "--out", out, "--exit-code")
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))

    assert 1 == found.exit_code
    assert {"gained", "lost", "earlier", "later", "otherwise"} >= {row["what"] for row in rows} > set()
    assert [("s2", "7-1", "visit", "Visit", "2025-09-03T17:30:00+08:00", "", "teacher: p1")] == [
        (row["student"], row["class"], row["action"], row["title"], row["opened_a"], row["opened_b"], row["by_a"])
        for row in rows if row["what"] == "lost" and row["kind"] == "item"
    ]  # fmt: skip
    assert "乙" not in out.read_text(encoding="utf-8-sig")
    assert 1 == compared(folder, "policy.yaml", "later.yaml", "--out", out).exit_code


def test_a_version_of_another_time(folder: Path) -> None:
    """It asks for nothing outside its time, which is said; `--always` takes it as in force."""
    (folder / "later.yaml").write_text(LATER.replace("from: 2025-09-01", "from: 2026-09-01"), encoding="utf-8")
    found, always = (compared(folder, "policy.yaml", "later.yaml", *more) for more in ((), ("--always",)))

    assert "B is in force from 2026-09-01 only" in found.stdout
    assert "B is in force" not in always.stdout
    assert any(line.split() == ["Items", "5", "0", "5"] for line in found.stdout.splitlines())
    assert any(line.split() == ["Items", "5", "4", "1", "2"] for line in always.stdout.splitlines())


def test_what_nobody_was_asked_for_is_noted(folder: Path) -> None:
    """The history has no outcome of it."""
    assert "gained items without an outcome: 1" in compared(folder, "later.yaml", "policy.yaml").stdout


def test_unset_parameters_and_every_other_problem(folder: Path) -> None:
    """Of both policies at once, saying what to do."""
    unset = POLICY.replace("roles:", "parameters: {limit: {required: true}}\nroles:").replace(">= 2", ">= limit")
    (folder / "later.yaml").write_text(unset, encoding="utf-8")
    (folder / "policy.yaml").write_text(POLICY.replace("days_away >= 1", "day_away >= 1"), encoding="utf-8")
    found = compared(folder, "policy.yaml", "later.yaml")

    assert 1 == found.exit_code
    assert "[unknown-name]" in found.stderr or "day_away" in found.stderr
    assert "limit" in found.stderr
    assert "set" in found.stderr


def test_the_day_is_in_the_calendar(folder: Path) -> None:
    """As for every question."""
    found = call("compare", folder / "policy.yaml", folder / "later.yaml", *files(folder), "--until", "2026-09-04")

    assert 1 == found.exit_code
    assert "[outside-calendar]" in found.stderr


def test_events_that_a_policy_cannot_use_are_noted(folder: Path) -> None:
    """A code that only one of them knows."""
    (folder / "later.yaml").write_text(LATER.replace("roles:", "marks: {Q: excused}\nroles:"), encoding="utf-8")
    (folder / "events.csv").write_text(EVENTS + marks("s2", "Q", 4), encoding="utf-8")
    found = compared(folder, "policy.yaml", "later.yaml")

    assert 0 == found.exit_code, found.output
    assert "A: " in found.stdout
    assert "mark Q" in found.stdout


# --- several policies on a side ---------------------------------------------------------------------------


def county(folder: Path, name: str = "county", text: str = POLICY) -> Path:
    """A policy whose ladders and items are called as the school's are."""
    path = folder / f"{name}.yaml"
    path.write_text(text.replace("policy: hill", f"policy: {name}").replace("en: Hill school", f"en: The {name}"), encoding="utf-8")
    return path


def rows(found: Result) -> list[list[str]]:
    """The lines of an answer, word by word."""
    assert found.exit_code == 0, found.output
    return [line.split() for line in found.stdout.splitlines()]


def test_a_policy_that_both_sides_have_changes_nothing(folder: Path) -> None:
    """Though its ladders, stages and items are called as those of the other: each is compared with its own."""
    beside = ["--with-a", county(folder), "--with-b", county(folder)]
    alone, found = compared(folder, "policy.yaml", "later.yaml"), compared(folder, "policy.yaml", "later.yaml", *beside)
    differences = [line for line in alone.stdout.splitlines() if line.startswith(("s1", "s2", "s3"))]

    assert ["Items", "10", "9", "1", "2"] in rows(found)
    assert differences == [line for line in found.stdout.splitlines() if line.startswith(("s1", "s2", "s3"))]
    assert ["What", "differs", "in", "the", "policies:", "1"] in rows(found)
    assert "  Hill school\n    stage absence.one_day: when" in found.stdout
    assert ["Hill", "school", "/", "Absence", "/", "one_day", "3", "2", "1", "2"] in rows(found)
    assert [f"A  {folder}/policy.yaml  Hill school", f"   {folder}/county.yaml  The county"] == found.stdout.splitlines()[:2]


def test_a_policy_that_one_side_has_is_added_whole(folder: Path) -> None:
    """What it asks for is gained, or lost the other way round."""
    found, back = (json.loads(compared(folder, "policy.yaml", "policy.yaml", option, county(folder), "--format", "json").stdout) for option in ("--with-b", "--with-a"))

    assert (5, 10, 5, 0) == tuple(found["items"][key] for key in ("a", "b", "gained", "lost"))
    assert (10, 5, 0, 5) == tuple(back["items"][key] for key in ("a", "b", "gained", "lost"))
    assert [("county", "added", "added: policy county@2025-09-01 (The county)")] == [(one["of"], one["what"], one["sentence"]) for one in found["policies"]]
    assert ["removed: policy county@2025-09-01 (The county)"] == [one["sentence"] for one in back["policies"]]
    assert ([], [str(folder / "county.yaml")]) == tuple([one["file"] for one in found[side]["with"]] for side in ("a", "b"))
    assert {"hill": 0, "county": 5} == {name: sum(one["gained"] for one in found["stages"] if one["policy"] == name) for name in ("hill", "county")}
    assert {"The county"} == {one["policy"] for one in found["registers"]}


def test_policies_of_other_names_belong_together_in_their_order(folder: Path) -> None:
    """As those do that stand alone on their side; a name that both sides have goes first, wherever it stands."""
    county(folder, "town", LATER)
    found = compared(folder, "policy.yaml", "town.yaml", "--with-a", county(folder), "--with-b", folder / "policy.yaml")
    alone = compared(folder, "policy.yaml", "town.yaml")

    assert ["Items", "10", "9", "1", "2"] in rows(found)
    assert ["Items", "5", "4", "1", "2"] in rows(alone)
    assert "    policy: county → town" in found.stdout


def test_a_version_that_begins_within_the_history(folder: Path) -> None:
    """Each date is asked about as its version says; what comes of them is of one policy."""
    (folder / "next.yaml").write_text(LATER.replace("from: 2025-09-01", "from: 2025-09-03"), encoding="utf-8")
    found = compared(folder, "policy.yaml", "policy.yaml", "--with-b", folder / "next.yaml", "--lang", "zh")
    values = json.loads(compared(folder, "policy.yaml", "policy.yaml", "--with-b", folder / "next.yaml", "--format", "json").stdout)

    assert 0 == found.exit_code, found.output
    assert "新增制度 山坡小学控辍制度（hill@2025-09-03）" in found.stdout
    assert "此外不要求任何事" not in found.stdout
    assert (5, 1) == (values["items"]["a"], values["items"]["lost"])


def test_two_versions_are_not_in_force_at_all_times(folder: Path) -> None:
    """Only one of them can be."""
    (folder / "next.yaml").write_text(LATER.replace("from: 2025-09-01", "from: 2025-09-03"), encoding="utf-8")
    found = compared(folder, "policy.yaml", "policy.yaml", "--with-b", folder / "next.yaml", "--always")

    assert 2 == found.exit_code
    assert "two versions of `hill`" in found.stderr


@pytest.mark.parametrize("width", [60, 80, 120])
def test_on_a_terminal_no_line_is_cut(folder: Path, width: int) -> None:
    """What is too wide goes on below."""
    named = Files((), *(str(folder / name) for name in ("calendar.yaml", "roster.csv")), (str(folder / "events.csv"),), str(folder / "assignments.csv"))
    heard = _both(named, [[str(folder / name)] for name in ("policy.yaml", "later.yaml")], Choices(now=0, until="2025-09-04T12:00"))
    found = compare(*(_side(one, Wanted(), "plain", Unwatched()) for one in heard))
    console = Console(width=width)
    with console.capture() as captured:
        for part in Compared(found, (["policy.yaml"], ["later.yaml"]), "zh").parts(framed=True):
            console.print(part)

    assert max(cell_len(line) for line in captured.get().splitlines()) <= width
    assert "…" not in captured.get()
