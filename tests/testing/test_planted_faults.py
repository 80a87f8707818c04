"""Faults that were put into the engine or a policy on purpose: the kit finds each, on a history of at most five school days that can be pasted as a spec."""

from __future__ import annotations

import pytest

from escalate import load_policy
from escalate.spec.comparing import verdict
from escalate.testing import assert_keeps, assert_lawful
from tests.testing.faults import ELSEWHERE, FAULTS, LAYER, POLICY, Plant, days_of, pasted

# Histories among which the fault comes soon, where it does not among those that are drawn when nothing is said, which `make faults` asks.
SEEDS = {"overdue_is_not_retracted": 4, "an_outcome_does_a_withdrawn_item": 3}


@pytest.mark.parametrize("plant", FAULTS, ids=lambda plant: plant.__name__)
def test_a_planted_fault_is_found_on_a_few_days(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is printed plays again: with the fault the spec passes as it is pasted."""
    plant(monkeypatch)
    monkeypatch.setattr("escalate.testing.elsewhere.PREPARE", ELSEWHERE.get(plant.__name__, ""))

    with pytest.raises(AssertionError) as found:
        assert_lawful(load_policy(POLICY), examples=20, seed=SEEDS.get(plant.__name__))

    assert str(found.value).startswith("law broken: ")
    case = pasted(str(found.value))
    assert days_of(case) <= 5
    played = verdict(case)
    assert ((), ()) == (played.missing, played.unexpected)
    assert played.passed or "# it fails, since an event is odd" in str(found.value)


def test_a_stage_that_a_layer_lost_is_found_on_a_few_days() -> None:
    school, county = load_policy(LAYER), load_policy(POLICY)

    with pytest.raises(AssertionError, match=r"^stages lost: truancy\.village\n") as found:
        assert_keeps(school, county)

    assert days_of(pasted(str(found.value))) <= 5
    assert "the base, planted: tell_village (truancy.village.tell_village)" in str(found.value)


def test_a_stage_that_a_layer_means_to_be_without_is_not_lost() -> None:
    school, county = load_policy(LAYER), load_policy(POLICY)

    assert_keeps(school, county, without=["truancy.village"])
    assert_keeps(school, county, without=["truancy"])
    assert_keeps(county, school)


def test_a_stage_that_never_asks_for_anything_is_named_alone() -> None:
    with pytest.raises(AssertionError, match="1 histories were tried on which the base asks for nothing by them"):
        assert_keeps(load_policy(LAYER), load_policy(POLICY), examples=1)
