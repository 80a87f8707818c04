"""Cases played in several processes: the same verdicts, in the same order."""

import multiprocessing
from pathlib import Path

import pytest
from attrs import evolve

from escalate.commands import playing
from escalate.spec import cases_below, verdict


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
