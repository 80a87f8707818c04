"""Faults that were put into the engine on purpose: the kit finds each, on a history of at most five school days."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable

import pytest

import escalate.deadlines
import escalate.matcher.plain
from escalate.testing import assert_lawful
from tests.build import action, ladder, notice, policy, stage

RULES = policy(truancy=ladder(
    one=stage("days_away >= 1", visit=action("1 school day", if_overdue={"chase": "1 day"})), two=stage("days_away >= 2", report="2 days"),
    three=stage("not done(visit)", tell=notice()),
))  # fmt: skip
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
    made = escalate.deadlines.deadline

    def wrong(due: object, ground: object) -> object:
        from attrs import evolve

        from escalate.policy import After

        return made(evolve(due, unit="day") if isinstance(due, After) and due.unit == "school_day" else due, ground)  # type: ignore[arg-type]  # as given

    patch.setattr("escalate.items.dues.deadline", wrong)


def an_unseen_item_is_read_as_undone(patch: pytest.MonkeyPatch) -> None:
    """Unknown is taken for no."""
    negated = escalate.matcher.plain.negated
    patch.setattr(escalate.matcher.plain, "negated", lambda truth: True if truth is None else negated(truth))


@pytest.mark.parametrize("plant", [
    greater_for_at_least, a_run_is_broken_by_an_excused_day, a_due_of_another_kind_of_day, an_unseen_item_is_read_as_undone,
])  # fmt: skip
def test_a_planted_fault_is_found_on_a_few_days(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)

    with pytest.raises(AssertionError) as found:
        assert_lawful(RULES, examples=100)

    dates = set(re.findall(r"(2025-\d\d-\d\d): \"", str(found.value)))
    assert str(found.value).startswith("law broken: ") and len(dates) <= 5
