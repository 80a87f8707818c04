"""A policy as a case plays it."""

from __future__ import annotations

from collections.abc import Collection

from attrs import evolve

from ..policy import Policy, items_of
from .values import Case


def played(policy: Policy, case: Case, only: Collection[str] = ()) -> Policy:
    """Duties and targets from a case's beginning on; only: of those of groups, what it is about, where that is not all."""
    zone = case.calendar.zone
    begins = zone.date(case.since) if case.since > 0 else None
    duties = {name: evolve(duty, begins=begins) for name, duty in policy.duties.items() if not only or name in only or duty.each == "student"}
    conditions = [one for duty in duties.values() for one in (duty.where, *(each for action in items_of(duty.stage) for each in action.conditions))]
    rates = {term.name for condition in conditions for term in condition.terms if term.kind == "rate"}
    targets = {name: evolve(target, begins=begins) for name, target in policy.targets.items() if not only or name in only or name in rates}
    return evolve(policy, duties=duties, targets=targets)
