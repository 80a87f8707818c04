"""`EscalationMachine`: an engine holds, a system in between that loses nothing holds, and one that loses something is found."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from attrs import evolve
from hypothesis import Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from escalate import Engine, Event, policies
from escalate.testing import Broken, EscalationMachine, World
from escalate.testing.playing import decided
from escalate.testing.stepping import nothing_is_lost, unheard
from escalate.times import Instant
from tests.build import CAL, ROSTER, at, marks
from tests.testing import toy
from tests.testing.faults import a_due_of_another_kind_of_day
from tests.testing.toy import RULES

WORLD = World((RULES,), CAL, ROSTER, tuple(marks("s1", "09-01", "AA AA")), at("09-03 17:30"))


def run(machine: type[RuleBasedStateMachine], examples: int, *, shrink: bool = False) -> None:
    """The same runs each time; without shrinking, which takes most of the time."""
    phases = (Phase.generate, Phase.shrink) if shrink else (Phase.generate,)
    run_state_machine_as_test(machine, settings=settings(machine.TestCase.settings, max_examples=examples, derandomize=True, database=None, phases=phases))


def test_an_engine_in_steps_decides_what_the_model_derives() -> None:
    class Machine(EscalationMachine):
        policy = RULES

    run(Machine, 12)


def test_one_that_comes_with_escalate_by_its_name() -> None:
    class Machine(EscalationMachine):
        policy = "S002-02"
        days = 6

    run(Machine, 6)


def test_a_calendar_and_a_roster_of_ones_own() -> None:
    seen: list[tuple[str, ...]] = []

    class Machine(EscalationMachine):
        policy = policies.versions("CN-GZ", adopted=True)
        calendar = CAL
        roster = ROSTER
        days = 4

        def ledger(self) -> list[object]:
            seen.append(self.students)
            assert self.world.calendar is CAL
            return super().ledger()

    run(Machine, 4)
    assert {("s1", "s2")} == set(seen)


def test_a_system_that_loses_nothing_holds() -> None:
    run(toy.SchoolMachine, 12)


@pytest.mark.parametrize("machine", [toy.LosesWhatWaits, toy.KeepsTheFirstMark, toy.TellsTwice, toy.FailsAtNight])
def test_a_system_that_loses_something_is_found(machine: type[toy.SchoolMachine]) -> None:
    with pytest.raises(AssertionError, match=r"^law broken: nothing_is_lost"):
        run(machine, 60)


def test_what_is_lost_is_told_by_its_shortest_history() -> None:
    """A mark and its void: the calendar, what is lacking, a spec to paste, and below it the steps."""
    with pytest.raises(AssertionError) as found:
        run(toy.LosesVoids, 100, shrink=True)

    said, steps = str(found.value), "\n".join(getattr(found.value, "__notes__", ()))
    assert said.startswith("law broken: nothing_is_lost\n  The system in between holds what escalate decides")
    assert "that is what escalate decides without" in said and "Void known" in said.partition("without")[2][:40]
    assert "the system " in said and " p/s1/truancy/1" in said and "`truancy.one` when days_away >= 1" in said
    assert "as a spec, to paste:" in said and "{void: " in said
    if steps:  # a Python without notes prints them
        assert "take_back(" in steps and "<Void known" in steps and len(steps.split("\nstate.")) <= 7  # of eleven that were drawn


def test_a_fault_of_the_engine_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """School days are counted as days."""
    a_due_of_another_kind_of_day(monkeypatch)

    class Machine(EscalationMachine):
        policy = RULES
        days = 5

    with pytest.raises(AssertionError, match="law broken: engine_is_model"):
        run(Machine, 30)


def test_a_past_that_is_written_anew_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that gives out again what it decided before."""
    advance = Engine.advance

    def twice(self: Engine, to: Instant) -> object:
        return [*self.decisions, *advance(self, to)]

    monkeypatch.setattr(Engine, "advance", twice)

    class Machine(EscalationMachine):
        policy = RULES

    with pytest.raises(AssertionError, match="law broken: decided_in_its_turn"):
        run(Machine, 30)


def test_a_snapshot_that_changes_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = Engine.snapshot
    count = iter(range(10**6))
    monkeypatch.setattr(Engine, "snapshot", lambda self: {**taken(self), "note": next(count)})

    class Machine(EscalationMachine):
        policy = RULES

    with pytest.raises(AssertionError, match="law broken: stopped_and_resumed"):
        run(Machine, 30)


def test_what_a_system_does_not_take_does_not_happen() -> None:
    kinds: set[str] = set()

    class Machine(toy.SchoolMachine):
        def takes(self, event: object) -> bool:
            return type(event).__name__ == "Mark"

        def feed(self, events: list[object]) -> None:  # type: ignore[override]  # only their types are looked at
            kinds.update(type(event).__name__ for event in events)
            super().feed(events)  # type: ignore[arg-type]  # as given

    run(Machine, 8)
    assert {"Mark"} == kinds


def test_the_test_case_has_the_settings_of_the_machine() -> None:
    class Machine(EscalationMachine):
        policy = RULES
        examples = 7
        steps = 5

    assert (7, 5) == (Machine.TestCase.settings.max_examples, Machine.TestCase.settings.stateful_step_count)


# --- what is missing of a subclass ----------------------------------------------------------------------------


def test_a_machine_without_a_policy_says_so() -> None:
    class Machine(EscalationMachine):
        pass

    with pytest.raises(TypeError, match="Machine has no `policy`: a file, the name of one that comes with escalate, or loaded policies"):
        run(Machine, 1)


def test_a_system_that_is_only_begun_says_what_is_left_to_override() -> None:
    class Machine(EscalationMachine):
        policy = RULES

        def begin(self, world: World) -> None:
            self.system = toy.School(world)

        def restart(self) -> None:
            self.system.crash()

    with pytest.raises(AssertionError, match="Machine overrides `begin`, and not feed, advance, ledger: these drive the engine that `begin` starts"):
        run(Machine, 3)


def test_what_a_system_raises_is_told_with_its_line_and_what_had_been_said() -> None:
    """The marks on which it failed stood nowhere: they were known after the last advance."""
    class Machine(toy.SchoolMachine):
        def feed(self, events: Sequence[Event]) -> None:
            raise KeyError("session")

    with pytest.raises(AssertionError, match=r"the system: it raised KeyError: 'session'\n      test_machine.py:\d+: raise KeyError") as found:
        run(Machine, 3)
    assert "known only after `until`" not in str(found.value) and 's1: {2025-09-01: "' in str(found.value)


# --- what a system has otherwise ------------------------------------------------------------------------------


def test_a_record_that_a_system_holds_otherwise_is_told_by_what_differs() -> None:
    due = {"decided": "2025-09-01", "what": "issued", "subject": "p/s1", "effective": "2025-09-01", "line": {"path": "truancy"}}

    with pytest.raises(Broken) as found:
        nothing_is_lost(WORLD, [due, {**due, "subject": "p/s2"}], [{**due, "effective": "2025-09-02"}, {**due, "subject": "p/s3"}])

    assert found.value.seen.splitlines() == [
        "the system lacks 2025-09-01 issued p/s2",
        "the system has 2025-09-01 issued p/s1 otherwise: effective is 2025-09-02 for 2025-09-01",
        "only the system has 2025-09-01 issued p/s3",
    ]


def test_the_event_that_a_system_has_not_heard_is_named() -> None:
    held = [one.record for one in decided(evolve(WORLD, events=WORLD.events[1:]))]

    assert "that is what escalate decides without Mark known 09-01 08:10:00 student=s1" in unheard(WORLD, held, lambda found: [one.record for one in found])
    assert not unheard(WORLD, [], lambda found: [one.record for one in found])
