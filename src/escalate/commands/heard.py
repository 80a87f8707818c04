"""What was heard up to an instant: the files of a run, read for a question that writes no folder."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from attrs import frozen

from ..events import Event
from ..policy import Policy
from ..readers.inputs import World, read_all, read_world
from ..readers.rejects import Reject, Tally
from ..readers.unlisted import is_imputed
from ..source import Problem, Refused
from . import counted
from .run import Choices, Files, as_problems, moment_of


@frozen
class Heard:
    """The files' world, the events, until when, and in which language it is said. lost: rows that were set aside."""

    world: World
    events: Sequence[Event]
    until: int
    lang: str
    lost: int = 0

    @property
    def policies(self) -> list[Policy]:
        return [texts.policy for texts in self.world.policies]


def world_of(files: Files) -> World:
    """What events are evaluated against."""
    return read_world(files.policies, files.calendar, files.roster, assignments=files.assignments, events=files.events, mappings=files.mappings)


def listen(world: World, files: Files, choices: Choices) -> Heard:
    """Reads the events; rows that are set aside are counted."""
    context = world.context()
    until = moment_of("--until", choices.until, context) if choices.until else choices.now
    zone, days = world.calendar.zone, world.calendar.of("")
    if zone.date(until) > days.last:
        message = f"the calendar ends on {days.last}, and {zone.date(until)} is asked about"
        raise Refused([Problem("outside-calendar", message, help="name an earlier date with --until")])
    rows = list(read_all(files.events, world, context, Tally()))
    events = [row for row in rows if not isinstance(row, Reject)]
    lost = [row for row in rows if isinstance(row, Reject) and not row.kept]
    if lost and all(map(is_imputed, events)):
        raise Refused(as_problems(lost))
    later = sum(event.known > until for event in events)
    for n, what in ((len(lost), "set aside (escalate run says which and why)"), (later, f"known only after {zone.text(until)}, and not looked at")):
        if n:
            sys.stderr.write(f"{counted(n, 'row')} {what}\n")
    return Heard(world, events, until, choices.lang or world.lang, len(lost))
