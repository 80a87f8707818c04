"""The laws of what is entered, of a trail, of timelines and of a first policy: they hold, and each finds what it is there to find."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import pytest
from attrs import evolve

from escalate import load_policy
from escalate.start import Answers
from escalate.testing.broken import Broken
from escalate.testing.laws import entered, started, timelines, traced
from escalate.testing.laws.published import a_school_that_is_followed_comes_to_the_same
from escalate.testing.model.seen import World
from tests.build import CAL, ROSTER, at, marks, outcome
from tests.testing.test_answering import LADDER

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
from desk import desk


@pytest.fixture
def place():
    with desk() as found:
        yield found


@pytest.fixture
def world(tmp_path):
    """A child that is away for two days, and back."""
    (tmp_path / "policy.yaml").write_text("policy: p\nextends: standard.yaml\n" + LADDER, encoding="utf-8")
    events = (*marks("s1", "09-01", "AA AA PP"), *outcome("s1", "visit", "09-02 10:00", id="o1"))
    return World((load_policy(str(tmp_path / "policy.yaml")),), CAL, ROSTER, events, at("09-05"))


@pytest.mark.parametrize("law", [*entered.ENTERED, *traced.TRACED])
def test_they_hold(law, world, place):
    law(world, place)


@pytest.mark.parametrize("law", timelines.TIMELINES)
def test_those_of_timelines_hold(law, world):
    law(world)


def loses_one(read):
    def otherwise(*args, **kwargs):
        events, lost = read(*args, **kwargs)
        return events[1:], lost

    return otherwise


@pytest.mark.parametrize(
    "law", [entered.a_table_says_what_its_lines_say, entered.marks_of_another_system_read_the_same, entered.a_mark_a_day_reads_the_same_from_standard_files]
)
def test_a_row_that_a_reader_loses_is_found(law, world, place, monkeypatch):
    read, calls = entered._read, []

    def otherwise(*args):
        calls.append(args)
        return (read if len(calls) == 1 and law is entered.a_table_says_what_its_lines_say else loses_one(read))(*args)

    monkeypatch.setattr(entered, "_read", otherwise)
    with pytest.raises(Broken, match=law.__name__):
        law(world, place)


def test_a_damaged_row_that_vanishes_is_found(world, place, monkeypatch):
    read = entered._read
    monkeypatch.setattr(entered, "_read", lambda *args: (read(*args)[0], []))

    with pytest.raises(Broken, match="rows"):
        entered.a_damaged_row_is_set_aside_alone(world, place)


def test_a_damaged_file_that_nobody_is_told_of_is_found(world, place, monkeypatch):
    monkeypatch.setattr(entered, "parse_calendar", lambda source: (None, ()))

    with pytest.raises(Broken, match="neither anything nor a problem"):
        entered.a_damaged_file_is_told_with_places(world, place)


def test_a_session_that_nobody_says_anything_of_is_found(world, place, monkeypatch):
    monkeypatch.setattr(entered, "imputed_presents", lambda *_, **__: [])

    with pytest.raises(Broken, match="neither listed nor present"):
        entered.a_mark_a_day_reads_the_same_from_standard_files(world, place)


def saying(place, wanted, answer):
    """A desk at which one command answers otherwise."""
    return evolve(place, run=lambda args: answer if list(args[: len(wanted)]) == wanted else place.run(args))


def test_a_run_that_forgets_what_it_set_aside_is_found(world, place):
    def run(args):
        return place.run([one for one in args if one != "--strict"])

    with pytest.raises(Broken, match="strict"):
        entered.what_was_set_aside_is_written_beside(world, evolve(place, run=run))


def test_a_trail_that_is_always_whole_is_found(world, place):
    with pytest.raises(Broken, match="was changed, and it says"):
        traced.what_was_changed_is_named(world, saying(place, ["audit", "verify"], (0, "whole", "")))


def test_a_comparison_that_finds_nothing_is_found(world, place):
    with pytest.raises(Broken, match="the items differ: True"):
        traced.what_differs_is_told(world, saying(place, ["compare"], (0, "nothing differs", "")))


def test_a_timeline_that_forgets_an_item_is_found(world, monkeypatch):
    monkeypatch.setattr(timelines.Timeline, "items", ())

    with pytest.raises(Broken, match="in one alone"):
        timelines.a_timeline_tells_what_came(world)


def test_a_higher_number_that_comes_sooner_is_found(world, monkeypatch):
    monkeypatch.setattr(timelines, "raised", lambda policy, stage: policy)
    first = timelines.Timeline.first
    calls = []

    def sooner(self, stage):
        calls.append(stage)
        found = first(self, stage)
        return found and found - datetime.timedelta(days=len(calls) % 2 == 0)

    monkeypatch.setattr(timelines.Timeline, "first", sooner)
    with pytest.raises(Broken, match="a_higher_number_is_never_sooner"):
        timelines.a_higher_number_is_never_sooner(world)


ANSWERS = Answers("en", "Hill: north, south # east", datetime.date(2025, 9, 1), 3, "the office")


def test_what_init_writes_works(place):
    started.what_init_writes_works_at_once(ANSWERS, place)
    with pytest.raises(AssertionError, match="writes over"):
        started.what_init_writes_works_at_once(ANSWERS, evolve(place, run=lambda args: (0, *place.run(args)[1:]) if args[-1] == "--yes" else place.run(args)))


def test_a_drafted_calendar_loads(place):
    pytest.importorskip("holidays")
    started.a_drafted_calendar_loads("CN", 2026, place)
    with pytest.raises(AssertionError, match="CN 2026"):
        started.a_drafted_calendar_loads("CN", 2026, saying(place, ["calendar", "draft"], (0, "calendar: a\n", "")))


def test_what_comes_with_escalate_can_be_taken(place):
    with pytest.raises(AssertionError, match="not of those"):
        started.what_comes_with_escalate_can_be_taken(saying(place, ["policies", "list"], (0, '{"policies": []}', "")))


def test_a_school_can_be_followed(world, place):
    a_school_that_is_followed_comes_to_the_same(world.policies[0].path, place)


def test_every_command_says_how(place):
    started.every_command_says_how(place)

    with pytest.raises(AssertionError, match="ends with 0"):
        started.every_command_says_how(evolve(place, run=lambda args: (0, *place.run(args)[1:])))
