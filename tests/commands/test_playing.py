"""Cases played in several processes: the same verdicts, in the same order."""

import json
import multiprocessing
import shutil
from pathlib import Path

import pytest

from escalate.commands import playing
from escalate.spec import cases_below, spec_files, verdict

from .world import call

FORKED = pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no process is forked here: cases are played in one")
S002 = Path(__file__).parents[2] / "policies" / "S002-02"


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other processes are worth it for anything."""
    monkeypatch.setattr(playing, "WORTH", 1)


def wrong(folder: Path) -> Path:
    """Specs of S002-02 in two folders, in one of which some cases expect what does not come."""
    for name in ("right", "wrong"):
        shutil.copytree(S002, folder / name, ignore=shutil.ignore_patterns("*.pyc"))
    spec = folder / "wrong" / "policy.spec.yaml"
    spec.write_text(spec.read_text(encoding="utf-8").replace("due: 08:30", "due: 08:31").replace("due: 09:00", "due: 09:01"), encoding="utf-8")
    return folder


@FORKED
@pytest.mark.parametrize("below", ["", "wrong", "wrong/policy.spec.yaml"])
@pytest.mark.parametrize("pattern", ["", "天"])
def test_in_processes_each_case_comes_to_what_it_comes_to_in_one(below: str, pattern: str, tmp_path: Path, eager: None) -> None:
    """By folders, by parts of one folder and of one file; in the order of the files."""
    files = spec_files(wrong(tmp_path) / below)
    cases = [case for file in files for case in cases_below(file) if playing.chosen(case, pattern)]
    found = playing.in_processes(files, pattern, 3)

    assert found is not None
    assert [(one.path, one.title, one.line, one.found.passed) for one in found.results] == [(case.path, case.title, case.span.line, verdict(case).passed) for case in cases]
    assert [one.found.text for one in found.results] == [verdict(case).text for case in cases]
    assert all((one.case is None) == one.found.passed for one in found.results)
    assert pattern or {True, False} == {one.found.passed for one in found.results}


@FORKED
def test_what_is_wrong_is_left_to_one_process(tmp_path: Path, eager: None) -> None:
    """A file that cannot be read, and a name that no case has: every problem is said at once, by one."""
    (wrong(tmp_path) / "right" / "bad.spec.yaml").write_text("cases: [", encoding="utf-8")

    assert playing.in_processes(spec_files(tmp_path), "", 2) is None
    assert playing.in_processes(spec_files(tmp_path / "wrong"), "no case is named so", 2) is None


def test_a_few_cases_are_played_in_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playing.multiprocessing, "get_context", lambda _: pytest.fail("another process"))
    assert playing.in_processes(spec_files(S002 / "policy.spec.yaml"), "", 8) is None


@FORKED
def test_what_programs_are_told_does_not_hang_on_the_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Registers that agree are told of neither way; those that do not, both ways."""
    folder = Path(__file__).parents[2] / "policies" / "S001-01"
    monkeypatch.setattr(playing, "WORTH", 1)
    told = [json.loads(call("test", folder, "--format", "json", "--jobs", jobs).stdout) for jobs in ("1", "2")]

    assert told[0] == told[1]
    assert any(case.registers for case in cases_below(folder)) and {False} == {bool(case["registers"]) for case in told[0]["cases"]}
