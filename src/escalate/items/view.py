"""A case as its conditions see it: what fired in it, and its items once they are seen (SEMANTICS, section 5)."""

from __future__ import annotations

from attrs import define, field

from ..cases import CaseRun
from ..duties import Occasion
from ..events import Outcome
from ..family import StagePlan
from ..terms import concerns
from ..times import Instant
from .run import ItemRun, names


@define(eq=False)
class CaseView:
    """One case as its conditions see it."""

    run: CaseRun
    every_item: list[ItemRun] = field(repr=False)
    standing_alone: list[Outcome] = field(repr=False)
    fired: dict[str, list[tuple[str, Instant]]] = field(factory=dict)
    last: dict[str, tuple[bool, Instant]] = field(factory=dict)
    items: list[ItemRun] = field(factory=list)
    needs: list[tuple[StagePlan, list[ItemRun]]] = field(factory=list)

    @property
    def opened(self) -> Instant:
        return self.run.opened

    def roll_taken(self) -> Instant | None:
        """When everybody who was expected had a mark; only a duty asks."""
        return self.run.roll_taken() if isinstance(self.run, Occasion) else None

    @property
    def judged(self) -> bool:
        """Whether its stages are judged again and again: an occasion asks once."""
        return not isinstance(self.run, Occasion)

    def fired_at(self, stage: str) -> Instant | None:
        found = self.fired.get(stage.rsplit(".", 1)[-1])
        return found[-1][1] if found else None

    def seen(self, name: str, at: Instant) -> list[ItemRun]:
        """The newest occurrence of an item of this case that was opened and took effect before an instant."""
        found = [item for item in self.items if item.opened < at and item.effective < at and names(name, item)]
        if not found:
            return []
        newest = max(enumerate(found), key=lambda pair: (pair[1].effective, pair[1].stage, pair[0]))[1]
        return [item for item in found if (item.effective, item.stage, item.occurrence) == (newest.effective, newest.stage, newest.occurrence)]

    def seen_anywhere(self, name: str, at: Instant) -> list[ItemRun]:
        return [item for item in self.every_item if item.opened < at and item.effective < at and names(name, item)]

    def alone(self, name: str, at: Instant) -> list[Outcome]:
        policy = self.run.plan.version.policy.name
        return [outcome for outcome in self.standing_alone if self.opened <= outcome.at <= at and concerns(outcome, name, policy)]


