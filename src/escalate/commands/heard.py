"""What is known by an instant: the files of a run, read for the commands that answer without writing its folder."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from attrs import field, frozen

from ..events import Event
from ..language import nearest
from ..messages import UNSAID, Said, say, template, told
from ..policy import Policy
from ..readers.inputs import World, read_all
from ..readers.rejects import Reject, Tally
from ..readers.unlisted import is_imputed
from ..source import Problem, Refused
from ..times import Instant
from .aside import problems_of
from .run import Choices, Files, covers_of, moment_of


@frozen
class Heard:
    """The files' world, all events, until when, and in which language it is said. lost: rows that were set aside. tally: counts of what came."""

    world: World
    events: Sequence[Event]
    until: Instant
    lang: str
    lost: Sequence[Reject] = ()
    tally: Tally = field(factory=Tally)

    @property
    def policies(self) -> list[Policy]:
        """Every policy, in the order in which they were named."""
        return [texts.policy for texts in self.world.policies]

    @property
    def late(self) -> list[Event]:
        """What is known only after the instant that was asked about."""
        return [event for event in self.events if event.known > self.until]


def until_of(world: World, choices: Choices) -> Instant:
    """Up to when; a bare date is its close, and nothing is now."""
    return moment_of("--until", choices.until, world.context()) if choices.until else choices.now


def hear(files: Files, world: World, choices: Choices) -> Heard:
    """The events of the files; where no row could be taken nothing is known of anybody, and that is refused."""
    received = moment_of("--received", choices.received, world.context()) if choices.received else None
    covers = covers_of(choices.covers, world) if choices.covers else None
    tally = Tally()
    rows = list(read_all(files.events, world, world.context(received), tally, covers))
    events = [row for row in rows if not isinstance(row, Reject)]
    lost = [row for row in rows if isinstance(row, Reject) and not row.kept]
    if lost and all(map(is_imputed, events)):
        raise Refused(problems_of(lost, world))
    return Heard(world, events, until_of(world, choices), choices.lang or world.lang, lost, tally)


def listen(files: Files, world: World, choices: Choices) -> Heard:
    """The same for a question that is answered at once: what is set aside or comes later is told, and a time beyond the calendar is refused."""
    zone, days, until = world.calendar.zone, world.calendar.of(""), until_of(world, choices)
    if zone.date(until) > days.last:
        message = say("the calendar ends on {last}, and {date} is asked about", last=days.last, date=zone.date(until))
        raise Refused([Problem("outside-calendar", message, help=say("name an earlier date with --until"))])
    heard = hear(files, world, choices)
    if heard.lost:
        sys.stderr.write(f"{told(_aside(len(heard.lost)), heard.lang)}\n")
    if heard.late:
        sys.stderr.write(f"{told(_unheard(len(heard.late), zone.text(until)), heard.lang)}\n")
    return heard


def _aside(n: int) -> Said:
    return say("{n} row set aside (escalate run says which and why)", n=n) if n == 1 else say("{n} rows set aside (escalate run says which and why)", n=n)


def _unheard(n: int, until: str) -> Said:
    one, many = template("{n} row known only after {until}, and not looked at"), template("{n} rows known only after {until}, and not looked at")
    return say(one if n == 1 else many, n=n, until=until)


def check_student(world: World, student: str) -> None:
    """Refuses a student whom the roster does not know."""
    if student not in world.roster.ids():
        near = nearest(student, world.roster.ids())
        help = say("did you mean `{near}`?", near=near) if near else UNSAID
        raise Refused([Problem("unknown-student", say("the roster has no student `{student}`", student=student), help=help)])


def sessions_of(world: World) -> list[str]:
    """The names of the sessions, by the clock."""
    return [period.name for period in sorted(world.calendar.periods, key=lambda period: period.start)]
