"""Stories of cases: days that were otherwise, a child who had left and came back, so that cases move, part, join, are gone and are there again.

Each is given how things stand, and yields every way in which it can be told there: the events that say so.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from attrs import evolve

from ...events import SHARED, Event, Mark, Status, Void, about
from ...ledger import GONE, Case
from ...times import DAY, Instant
from ..matters import parts
from .attendance import HOUR
from .standing import Standing, span

Date = datetime.date
Told = Iterator[list[Event]]
BEFORE = 5  # dates before a case that may have been otherwise
MINUTE = 60


# --- days that were otherwise -----------------------------------------------------------------------------


def joined(now: Standing) -> Told:
    """They were away between one case and the next, too; or around the end of the only one."""
    for student, case in now.cases:
        ended, following = now.dates(case)[1], now.after(student, case)
        dates = span(ended - DAY * 2, ended + DAY) if following is None else span(ended, now.dates(following)[0])
        yield now.marked(student, dates, now.away, now.morning)


def parted(now: Standing) -> Told:
    """They were there in the midst of a case."""
    for student, case in now.cases:
        opened, ended = now.dates(case)
        yield now.marked(student, [opened + (ended - opened) // 2], now.back, now.morning)


def sooner(now: Standing) -> Told:
    """They were away before a case, too."""
    for student, case in now.cases:
        yield now.marked(student, _before(now, case)[1:], now.away, now.morning)


def later(now: Standing) -> Told:
    """They were there on the day that opened a case."""
    for student, case in now.cases:
        yield now.marked(student, _before(now, case)[:1], now.back, now.morning)


def gone(now: Standing) -> Told:
    """They were there on that day and all days before it."""
    for student, case in now.cases:
        yield now.marked(student, _before(now, case), now.back, now.morning)


def gone_and_back(now: Standing) -> Told:
    """So it was said, and then what had been said before."""
    for student, case in now.cases:
        dates = _before(now, case)
        yield [*now.marked(student, dates, now.back, now.morning), *now.as_before(student, dates, now.noon)]


def across_versions(now: Standing) -> Told:
    """They were there until the next version began, and away from then on; or away before it already: a case is another version's."""
    for student, case in now.cases:
        opened, first = now.dates(case)[0], now.world.calendar.of("").first
        for turn in [policy.start for policy in now.world.policies if policy.name == case.policy and policy.start]:
            if opened < turn <= now.last:
                there = now.marked(student, span(opened, turn - DAY), now.back, now.morning)
                yield [*there, *now.marked(student, span(turn, now.last), now.away, now.morning)]
            elif first < turn <= opened:
                yield now.marked(student, span(first, turn - DAY), now.away, now.morning)


def _before(now: Standing, case: Case) -> list[Date]:
    """The date on which a case opened, and those before it."""
    opened = now.dates(case)[0]
    return [opened - DAY * n for n in range(BEFORE)]


# --- who had left ---------------------------------------------------------------------------------------


def left(now: Standing) -> Told:
    """They had left after a case opened, and came back before something came of it: that is another case's then."""
    for student, case in now.cases:
        for then in sorted({item.effective for item in now.items_of(student, case) if item.status not in GONE}):
            if gaps := _gaps(now, case, then):
                yield _absence(now, student, *gaps[-1])


def never_left(now: Standing) -> Told:
    """So it was said, and then that they never had: the second case is the first one's again."""
    for student, case in now.cases:
        if gaps := _gaps(now, case, now.morning if case.ended is None else case.ended):
            said = _absence(now, student, *gaps[0])
            yield [*said, *(Void(student=student, target=one.id, known=now.noon, id=f"{one.id} never") for one in said)]


def was_there(now: Standing) -> Told:
    """They had left before a case opened, and then never had: the case is gone, and there again."""
    for student, case in now.cases:
        if parts(now.ladder(case)) and case.opened < now.morning:
            yield [_left(student, case.opened - HOUR, now.morning), Void(student=student, target="left", known=now.noon, id="never left")]


def learnt_too_late(now: Standing) -> Told:
    """They were held to have left before a case opened, until what it asks for from its day on was past its due."""
    for student, case in now.cases:
        for item in now.items_of(student, case):
            action = now.action(item)
            if action is not None and action.counts_from == "event" and item.late_from is not None and parts(now.ladder(case)):
                out = _left(student, case.opened - HOUR, case.opened - HOUR)
                yield [out, Void(student=student, target="left", known=item.late_from + HOUR, id="never left")]


def unsaid(now: Standing) -> Told:
    """What opened a case had never been so; and then it had."""
    for student, case in now.cases:
        for event in now.world.events:
            if event.id and about(event) == student and getattr(event, "at", None) == case.opened and not isinstance(event, (Mark, Void, *SHARED)):
                yield [Void(student=student, target=event.id, known=now.morning, id="never"), evolve(event, id="after all", known=now.noon)]


def _gaps(now: Standing, case: Case, then: Instant) -> list[tuple[Instant, Instant]]:
    """When a student may have left and come back so that a close lies between, after a case opened and before something else."""
    if not parts(now.ladder(case)):
        return []
    zone, closes = now.world.calendar.zone, now.policy(case).day.closes
    first, last = case.opened + MINUTE, then - MINUTE
    between = [close for date in span(zone.date(first), zone.date(last)) if first < (close := zone.instant(date, closes)) < last]
    return [(max(first, close - HOUR), min(last, close + HOUR)) for close in between]


def _absence(now: Standing, student: str, out: Instant, back: Instant) -> list[Event]:
    """Two statuses: they left, and are again what they were."""
    stood = [event for event in now.world.events if isinstance(event, Status) and event.student == student and event.at <= out]
    was = max(stood, key=lambda event: event.at, default=Status(student=student, status="transferred_in", at=back, known=back))
    known = max(now.morning, back)
    return [_left(student, out, known), evolve(was, at=back, known=known, recorded=None, id="back")]


def _left(student: str, at: Instant, known: Instant) -> Status:
    return Status(student=student, status="transferred_out", at=at, known=known, id="left")
