"""Twelve faults, each put into the smallest real piece of the engine that can have it; of a policy that builds on another, see `LAYER`."""

from __future__ import annotations

import importlib
import textwrap
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import escalate.cases
import escalate.deadlines
import escalate.derive
import escalate.events
import escalate.items.dues
import escalate.items.sweep
import escalate.matcher.plain
import escalate.roster
from escalate.cases import CaseRun, Tick
from escalate.events import Mark
from escalate.family import Family
from escalate.history import History
from escalate.ledger import Case, Item
from escalate.policy import After
from escalate.source import Source
from escalate.spec import parse_spec
from escalate.spec.values import Case as SpecCase
from escalate.terms import Asker
from escalate.times import Instant

POLICY = Path(__file__).parent / "planted.yaml"
LAYER = Path(__file__).parent / "a_stage_is_lost_in_an_override.yaml"  # builds on POLICY, replaces its ladder, and leaves out a stage
Plant = Callable[[pytest.MonkeyPatch], None]


def greater_for_at_least(patch: pytest.MonkeyPatch) -> None:
    """A `>` for `>=`."""
    patch.setitem(escalate.matcher.plain._COMPARED, ">=", escalate.matcher.plain._COMPARED[">"])


def a_run_is_broken_by_an_excused_day(patch: pytest.MonkeyPatch) -> None:
    """What neither counts nor breaks breaks."""
    runs = importlib.import_module("escalate.measures.run")  # the wing has a function of that name
    judge = runs._judge
    patch.setattr(runs, "_judge", lambda measure, view, cells: judge(measure, view, cells) or runs.BREAKS)


def a_due_of_another_kind_of_day(patch: pytest.MonkeyPatch) -> None:
    """School days are counted as days."""
    made: Any = escalate.deadlines.deadline

    def wrong(due: object, ground: object) -> object:
        return made(evolve(due, unit="day") if isinstance(due, After) and due.unit == "school_day" else due, ground)

    patch.setattr("escalate.items.dues.deadline", wrong)


def an_unseen_item_is_read_as_undone(patch: pytest.MonkeyPatch) -> None:
    """Unknown is taken for no."""
    negated = escalate.matcher.plain.negated
    patch.setattr(escalate.matcher.plain, "negated", lambda truth: True if truth is None else negated(truth))


def a_case_ends_on_last_weeks_presence(patch: pytest.MonkeyPatch) -> None:
    """The run of `ends` sees what was before the case opened."""

    def since_ever(case: Any, since: Instant | None = None, **more: Any) -> Asker:
        return Asker(case, **more)

    patch.setattr(escalate.cases, "Asker", since_ever)


def cases_are_numbered_by_opening(patch: pytest.MonkeyPatch) -> None:
    """The first absence is case 1, whichever was known first."""

    def by_opening(policy: str, student: str, derived: list[CaseRun], earlier: Iterable[Case]) -> tuple[dict[int, CaseRun], list[Case]]:
        used = dict(enumerate(sorted(derived, key=lambda run: run.opened), 1))
        for number, run in used.items():
            run.number = number
        return used, [case for case in earlier if case.number not in used]

    patch.setattr(escalate.derive, "number_cases", by_opening)


def known_is_taken_for_recorded(patch: pytest.MonkeyPatch) -> None:
    """Of two marks of a session the one that reached us last wins, not the one that was written last."""
    patch.setattr(escalate.events, "written", lambda event: event.known)


def overdue_is_not_retracted(patch: pytest.MonkeyPatch) -> None:
    """What was overdue stays so, though it turns out to have been done in time."""
    candidate = escalate.items.sweep.overdue_candidate

    def kept(ctx: Any, item: Any) -> Instant | None:
        stood = ctx.before(item)
        found = candidate(ctx, item)
        return stood.overdue_at if found is None and item.overdue_at is None and item.done_at is not None and stood is not None else found

    patch.setattr(escalate.items.sweep, "overdue_candidate", kept)


def a_day_is_closed_by_arrival(patch: pytest.MonkeyPatch) -> None:
    """A day whose marks come after its close is judged as of when they came."""
    made = escalate.cases.ticks

    def by_arrival(history: History, family: Family, date: Any, after: Instant, until: Instant, extra: Iterable[Instant] = ()) -> list[Tick]:
        close = history.zone.instant(date, family.closes(date))
        known = [mark.known for session in history.sessions(date) if (mark := history.marked(session)) is not None]
        arrived = max((at for at in known if close < at < history.zone.next_midnight(date)), default=close)
        found = made(history, family, date, after, until, (*extra, arrived))
        for tick in found if arrived > close else ():
            tick.close = tick.at == arrived
        return found

    patch.setattr(escalate.cases, "ticks", by_arrival)
    patch.setattr(escalate.items.sweep, "ticks", by_arrival)


def an_outcome_does_a_withdrawn_item(patch: pytest.MonkeyPatch) -> None:
    """What has lost its ground is done by the outcome that names it."""
    gone = escalate.derive.Derivation._gone

    def done(self: escalate.derive.Derivation, item: Item) -> Item:
        found = gone(self, item)
        named = [outcome for outcome in self.history.outcomes if outcome.item == item.id and outcome.done]
        return evolve(found, status="done", done_at=named[-1].at, outcome=named[-1].result) if named and found.status == "withdrawn" else found

    patch.setattr(escalate.derive.Derivation, "_gone", done)


def a_set_is_iterated_in_hash_order(patch: pytest.MonkeyPatch) -> None:
    """Who holds a role is a set, as it comes."""

    def holders(self: escalate.roster.Roster, role: str, of: str, date: Any) -> tuple[str, ...]:
        return tuple({held.person for held in self._roles.get((role, of), ()) if held.holds(date)})

    patch.setattr(escalate.roster.Roster, "holders", holders)


FAULTS: tuple[Plant, ...] = (
    greater_for_at_least, a_run_is_broken_by_an_excused_day, a_due_of_another_kind_of_day, an_unseen_item_is_read_as_undone,
    a_case_ends_on_last_weeks_presence, cases_are_numbered_by_opening, known_is_taken_for_recorded, overdue_is_not_retracted, a_day_is_closed_by_arrival,
    an_outcome_does_a_withdrawn_item, a_set_is_iterated_in_hash_order,
)  # fmt: skip
# What is planted in processes of the kit's own, by the name of the fault.
ELSEWHERE = {a_set_is_iterated_in_hash_order.__name__: "tests.testing.faults:in_this_process"}


def in_this_process() -> None:
    """Plants the last one where `escalate.testing.elsewhere` plays: a fault of another process than ours."""
    a_set_is_iterated_in_hash_order(pytest.MonkeyPatch())


def pasted(text: str) -> SpecCase:
    """The case that a printed counterexample gives to paste. Raises AssertionError where it cannot be read."""
    _, _, spec = text.partition("as a spec, to paste:\n")
    cases, problems = parse_spec(Source("pasted.spec.yaml", textwrap.dedent(spec)))
    assert not problems, problems
    return cases[0]


def days_of(case: SpecCase) -> int:
    """How many school days there are from the first thing that a case says to its end."""
    days = case.calendar.of("")
    dates = [event.date if isinstance(event, Mark) else days.zone.date(getattr(event, "at", event.known)) for event in case.events]
    first, last = min(dates, default=days.first), days.zone.date(case.until)
    return sum(first <= date <= last for date in days.school_days)
