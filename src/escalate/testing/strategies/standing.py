"""How things stand on the last day of a world, for those who say then that something was otherwise."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from operator import attrgetter

from attrs import frozen

from ...events import Event, Mark
from ...ledger import Case, Item
from ...policy import Action, Ladder, Policy
from ...records import find_action
from ...times import DAY, Instant
from ..matters import Matters
from ..model.seen import World
from ..playing import states
from .attendance import HOUR
from .facts import asked_for

Date = datetime.date


@frozen
class Standing:
    """A world, its live cases with whose they are, and its items. away, back: a code of absence and one of presence.

    morning, noon: two instants of the last date that is followed.
    """

    world: World
    cases: tuple[tuple[str, Case], ...]
    items: tuple[Item, ...]
    away: str
    back: str
    morning: Instant
    noon: Instant

    @property
    def last(self) -> Date:
        """The last date that is followed."""
        return self.world.calendar.zone.date(self.world.until)

    def policy(self, of: Case | Item) -> Policy:
        """The policy, of several versions the one, that a case or an item stands on."""
        return next(policy for policy in self.world.policies if (policy.name, policy.version) == (of.policy, of.version))

    def ladder(self, case: Case) -> Ladder:
        """The ladder of a case."""
        return self.policy(case).ladders[case.ladder]

    def action(self, item: Item) -> Action | None:
        """What an item was asked for by."""
        return find_action(self.policy(item), item.path)

    def dates(self, case: Case) -> tuple[Date, Date]:
        """The date on which a case opened, and that on which it ended; the last that is followed where it is open."""
        zone = self.world.calendar.zone
        return zone.date(case.opened), self.last if case.ended is None else zone.date(case.ended)

    def after(self, student: str, case: Case) -> Case | None:
        """The next case of a student on the same ladder."""
        later = [one for whose, one in self.cases if (whose, one.policy, one.ladder) == (student, case.policy, case.ladder) and one.opened > case.opened]
        return min(later, key=attrgetter("opened"), default=None)

    def items_of(self, student: str, case: Case) -> Iterator[Item]:
        """The items that stand on a case."""
        for item in self.items:
            if (item.policy, item.ladder, item.case) == (case.policy, case.ladder, case.number) and item.id.split("/")[1] == student:
                yield item

    def marked(self, student: str, dates: Iterable[Date], code: str, known: Instant) -> list[Event]:
        """A student's sessions of some dates by one code, said at an instant."""
        rows = self.world.roster.rows(student)
        days = self.world.calendar.of(rows[0].school if rows else "")
        held = [session for date in sorted(dates) if days.covers(date) and date in days.school_days for session in days.sessions(date)]
        return [Mark(student=student, date=one.date, session=one.period, code=code, known=known, seq=9) for one in held if one.start < known]

    def as_before(self, student: str, dates: Iterable[Date], known: Instant) -> list[Event]:
        """What was last said of some dates, said again."""
        told = set(dates)
        own = [event for event in self.world.events if isinstance(event, Mark) and event.student == student and event.date in told]
        last = {(mark.date, mark.session): mark.code for mark in sorted(own, key=attrgetter("known"))}
        return [Mark(student=student, date=date, session=period, code=code, known=known, seq=9) for (date, period), code in last.items()]


def standing(found: Matters, world: World) -> Standing:
    """How things stand in a world; without cases and items where the engine fails, which a law will tell."""
    zone = world.calendar.zone
    start = zone.midnight(zone.date(world.until))
    back, away = found.codes[0], found.codes[min(1, len(found.codes) - 1)]
    return Standing(world, tuple(_cases(world)), tuple(asked_for(world)), away, back, start + 9 * HOUR, start + 15 * HOUR)


def _cases(world: World) -> list[tuple[str, Case]]:
    try:
        return [(student, case) for student, state in states(world) for case in state.cases.values() if case.fate == "live"]
    except Exception:  # noqa: BLE001  # whatever it is, it will be raised again where laws are asked
        return []


def span(first: Date, last: Date) -> list[Date]:
    """The dates from one to another, both counted."""
    return [first + DAY * n for n in range((last - first).days + 1)]
