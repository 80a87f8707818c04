"""Cases played in several processes: the same verdicts, in the same order."""

import json
import multiprocessing
from pathlib import Path

import pytest
from attrs import evolve

from escalate.commands import playing
from escalate.spec import cases_below, verdict

from .world import call


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no process is forked here: cases are played in one")
def test_in_two_processes_each_case_comes_to_what_it_comes_to_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = cases_below(Path(__file__).parents[2] / "policies" / "S002-02")
    wrong = [case for case in cases if case.expected][:3]
    mixed = [evolve(case, expected=case.expected[1:]) if case in wrong else case for case in cases]
    monkeypatch.setattr(playing, "WORTH", 1)
    found = playing.verdicts(mixed, 2)
    assert [one.passed for one in found] == [verdict(case).passed for case in mixed]
    assert [one.text for one in found] == [verdict(case).text for case in mixed]
    assert sum(not one.passed for one in found) == len(wrong)


def test_a_few_cases_are_played_in_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playing.multiprocessing, "get_context", lambda _: pytest.fail("another process"))
    cases = cases_below(Path(__file__).parents[2] / "policies" / "S002-02")[:2]
    assert all(one.passed for one in playing.verdicts(cases, 8))


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no process is forked here: cases are played in one")
def test_what_programs_are_told_does_not_hang_on_the_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Registers that agree are told of neither way; those that do not, both ways."""
    folder = Path(__file__).parents[2] / "policies" / "S001-01"
    monkeypatch.setattr(playing, "WORTH", 1)
    told = [json.loads(call("test", folder, "--format", "json", "--jobs", jobs).stdout) for jobs in ("1", "2")]

    assert told[0] == told[1]
    assert any(case.registers for case in cases_below(folder)) and {False} == {bool(case["registers"]) for case in told[0]["cases"]}
