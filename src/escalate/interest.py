"""Which facts of a student may change what is asked of a group: the others never reach it."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from .conditions import Condition
from .events import Document, Event, Fact, Flag, Mark, Outcome
from .measures.units import Codes
from .policy import Policy, items_of


@frozen
class Interest:
    """What the duties and targets of groups ask about their students.

    names: flags, documents and facts. measures: whether marks are counted. rolls: whether a roll call is waited for. silent: codes that say nothing.
    """

    names: frozenset[str] = frozenset()
    measures: bool = False
    rolls: bool = False
    outcomes: bool = False
    cases: bool = False
    anything: bool = False
    silent: frozenset[str] = frozenset()

    @property
    def marks(self) -> bool:
        return self.measures or self.rolls

    def concerns(self, event: Event) -> bool:
        """Whether a fact of a student may change what is asked of a group."""
        if isinstance(event, Mark):
            return self.marks
        if isinstance(event, Flag):
            return event.flag in self.names
        if isinstance(event, Document):
            return event.document in self.names
        if isinstance(event, Fact):
            return event.fact in self.names
        return self.outcomes if isinstance(event, Outcome) else self.anything


def interest_of(policies: Sequence[Policy]) -> Interest:
    """What all versions of all policies ask about the students of groups."""
    conditions = [condition for policy in policies for condition in conditions_of(policy)]
    kinds = {term.kind for condition in conditions for term in condition.terms}
    names = {term.name for condition in conditions for term in condition.terms}
    measures = [measure for policy in policies for measure in policy.measures.values() if measure.name in names]
    bases = {base.kind for policy in policies for target in policy.targets.values() for base in target.bases}
    return Interest(
        frozenset(names | {measure.fact for measure in measures}), any(not measure.fact for measure in measures) or "first_attended" in bases,
        "marked" in kinds, "times" in kinds, "open_case" in kinds, bool(policies),
        frozenset(code for policy in policies for code in Codes.of(policy).unknown),
    )


def conditions_of(policy: Policy) -> list[Condition]:
    """The conditions that duties and targets ask about a group's students, and those on which parameters hang."""
    found = [line.where for parameter in policy.parameters.values() for line in parameter.lines if line.where is not None]
    for duty in policy.duties.values():
        if duty.each != "student":
            found += [duty.where, *(condition for action in items_of(duty.stage) for condition in action.conditions)]
    for target in policy.targets.values():
        found += target.conditions
    return found
