"""The laws of what answers for a ledger, and of the command line: they hold, and each finds what it is there to find."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from attrs import evolve

from escalate import load_policy, policies
from escalate.compare import Twins
from escalate.events import Void
from escalate.testing import assert_lawful
from escalate.testing.broken import Broken
from escalate.testing.files import files_of
from escalate.testing.laws import answering, commanded, published
from escalate.testing.model.seen import World
from tests.build import CAL, ROSTER, at, ladder, marks, outcome, policy, stage

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
from desk import desk

VISITS = policy(truancy=ladder(one=stage("days_away >= 1", visit="1 school day")))
WORLD = World((VISITS,), CAL, ROSTER, (*marks("s1", "09-01", "AA AA PP"), *outcome("s1", "visit", "09-02 10:00", id="o1")), at("09-05"))
S002 = policies.versions("S002-02", adopted=True)


def test_what_answers_for_a_ledger_holds():
    assert_lawful(S002, examples=5, laws=answering.ANSWERS)


def test_a_sentence_with_a_gap_is_found(monkeypatch):
    monkeypatch.setattr("escalate.reports.card.sentence", lambda *_: "asked of {who}")

    with pytest.raises(Broken, match="asked of"):
        answering.every_decision_can_be_told(evolve(WORLD))


def test_a_seal_that_finds_nothing_is_found(monkeypatch):
    monkeypatch.setattr(answering, "verify", lambda text: [])

    with pytest.raises(Broken, match="a changed year"):
        answering.what_is_sealed_cannot_be_changed(evolve(WORLD))


def test_a_comparison_that_finds_something_is_found(monkeypatch):
    compare = answering.compare
    monkeypatch.setattr(answering, "compare", lambda one, other: evolve(compare(one, other), twins=(Twins(None, None, ("something",)),)))

    with pytest.raises(Broken, match="1 parts"):
        answering.nothing_differs_from_itself(evolve(WORLD))


def test_a_row_without_its_cells_is_found(monkeypatch):
    whole = answering.registers_of
    monkeypatch.setattr(answering, "registers_of", lambda engine: [evolve(one, heads=(*one.heads, "more")) for one in whole(engine)])

    with pytest.raises(Broken, match="heads"):
        answering.every_row_fits_its_register(evolve(WORLD, until=at("09-02")))


def test_the_command_line_answers_as_the_library_does():
    """`make kit-coverage` asks it of every policy."""
    with desk() as place:
        assert_lawful(policies.versions("CN-GZ", adopted=True), examples=1, laws=commanded.commanded(place))


def test_a_command_that_decides_otherwise_is_found(tmp_path):
    """An event that never reaches the command: its items differ."""
    (tmp_path / "policy.yaml").write_text("policy: p\nextends: standard.yaml\n" + LADDER, encoding="utf-8")
    world = World((load_policy(str(tmp_path / "policy.yaml")),), CAL, ROSTER, WORLD.events, WORLD.until)
    with desk() as place:

        def loses(args):
            events = args[args.index("--events") + 1] if "--events" in args else ""
            if events:
                Path(events).write_text("", encoding="utf-8")
            return place.run(args)

        (law,) = [one for one in commanded.commanded(evolve(place, run=loses)) if one.__name__ == "a_run_decides_the_same"]
        with pytest.raises(Broken, match="a_run_decides_the_same"):
            law(world)


def test_the_spec_of_a_history_with_an_odd_event_fails_for_that_alone(tmp_path):
    """It did not pass, and was taken for broken; and what fails without anything odd is found."""
    (tmp_path / "policy.yaml").write_text("policy: p\nextends: standard.yaml\n" + LADDER, encoding="utf-8")
    odd = Void(id="v", student="s1", target="nothing", known=at("09-02 09:00"))
    world = World((load_policy(str(tmp_path / "policy.yaml")),), CAL, ROSTER, (*WORLD.events, odd), WORLD.until)
    with desk() as place:
        commanded.the_spec_of_a_world_passes(world, place)

        def silent(args):
            code, answer, said = place.run(args)
            return code, answer.replace('"events": [', '"events": [], "said": ['), said

        with pytest.raises(Broken, match="are told as odd"):
            commanded.the_spec_of_a_world_passes(evolve(world), evolve(place, run=silent))


LADDER = """roles: {teacher: {title: 老师, of: class}}
ladders:
  truancy:
    stages:
      one: {when: days_away >= 1, do: {visit: {title: 家访, by: teacher, due: 1 school day}}}
    ends: {when: days_back >= 1}
"""


def test_files_say_the_times_of_an_event_in_its_zone():
    texts = files_of(WORLD)

    assert {"calendar.yaml", "roster.csv", "assignments.csv", "events.jsonl"} == set(texts)
    assert '"known": "2025-09-02T10:00:00+08:00"' in texts["events.jsonl"] and '"seq": 0' in texts["events.jsonl"]


def test_a_shipped_policy_can_be_shown():
    with desk() as place:
        published.a_policy_can_be_shown(policies.path("CN-GZ", "adopted.yaml"), place)


def test_a_command_that_fails_is_told():
    with desk() as place, pytest.raises(AssertionError, match="ends with 1"):
        published.a_policy_can_be_shown(os.path.join(place.lay({}), "none.yaml"), place)
