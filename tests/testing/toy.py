"""A school system in front of an engine: a table of what was entered, a table of what is to be done, and ways to lose some of it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from escalate import Engine, Event, Mark, Void
from escalate.events import from_plain, to_plain
from escalate.testing import EscalationMachine, World
from escalate.times import Instant
from tests.build import CAL, action, ladder, policy, school, stage

RULES = policy(truancy=ladder(
    one=stage("days_away >= 1", visit=action("1 school day", if_overdue={"chase": "1 day"})), two=stage("days_away >= 2", report="2 days"),
))  # fmt: skip


class School:
    """Rows in, rows out; at night the engine decides."""

    def __init__(self, world: World) -> None:
        self.inputs = world.policies, world.calendar, world.roster
        self.entered: list[str] = []
        self.decided: list[str] = []
        self.start()

    def start(self) -> None:
        self.engine, self.waiting = Engine(*self.inputs), list[str]()

    def enter(self, row: str) -> None:
        if row not in self.entered:
            self.entered.append(row)
            self.waiting.append(row)

    def night(self, to: Instant) -> None:
        self.engine.feed(from_plain(json.loads(row)) for row in self.waiting)
        self.waiting = []
        self.decided += [json.dumps(one.record, ensure_ascii=False, sort_keys=True) for one in self.engine.advance(to)]

    def crash(self) -> None:
        """What waits is lost with the process, but for what is entered in the table."""
        before, kept = self.engine.snapshot(), self.waiting
        self.start()
        self.engine, self.waiting = Engine.resume(json.loads(json.dumps(before)), *self.inputs), kept


class SchoolMachine(EscalationMachine):
    """The school behind the steps."""

    policy = RULES
    examples = 60

    def begin(self, world: World) -> None:
        self.system = School(world)

    def feed(self, events: Sequence[Event]) -> None:
        for event in events:
            self.system.enter(json.dumps(to_plain(event)))

    def advance(self, to: Instant) -> None:
        self.system.night(to)

    def restart(self) -> None:
        self.system.crash()

    def ledger(self) -> Sequence[object]:
        return self.system.decided


class LosesVoids(SchoolMachine):
    """Its table of entries has no way to take one back."""

    calendar = CAL
    roster = school("s1")
    days = 3
    steps = 8

    def feed(self, events: Sequence[Event]) -> None:
        super().feed([event for event in events if not isinstance(event, Void)])


class LosesWhatWaits(SchoolMachine):
    """A row that was entered before a crash and not yet decided on is gone."""

    def restart(self) -> None:
        self.system.waiting = []
        super().restart()


class KeepsTheFirstMark(SchoolMachine):
    """A session has one row, and the first stays."""

    def begin(self, world: World) -> None:
        super().begin(world)
        self.marked: set[object] = set()

    def feed(self, events: Sequence[Event]) -> None:
        kept = [event for event in events if not isinstance(event, Mark) or (event.student, event.date, event.session) not in self.marked]
        self.marked |= {(event.student, event.date, event.session) for event in kept if isinstance(event, Mark)}
        super().feed(kept)


class TellsTwice(SchoolMachine):
    """After a crash it enters all that was decided again."""

    def restart(self) -> None:
        super().restart()
        self.system.decided += self.system.decided[-1:]


class FailsAtNight(SchoolMachine):
    """It cannot go on after a day on which nothing was entered."""

    def advance(self, to: Instant) -> None:
        if self.system.entered and not self.system.waiting:
            raise LookupError("no rows")
        super().advance(to)
