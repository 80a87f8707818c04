"""What a deadline of one item is counted with (D1 to D9, floors)."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from fractions import Fraction
from types import NoneType

from attrs import evolve

from ...conditions import Quantity, Term
from ...days import Beyond, Days
from ...policy import Action, After, Amount, Due, DueParam, NoAmount, Nth, Param
from ...times import DAY, Instant
from .books import Book, Entry
from .clocks import fact_clock, once
from .dues import BEYOND, NEVER_CAME, NO_DUE_YET, Asked, Date, Deadline, deadline, nth_of, whole_day
from .measures import judged
from .values import Ctx, true, value


def counted(book: Book, entry: Entry) -> None:
    """Sets the deadline of an item that was issued or unblocked."""
    found = Deadline()
    if entry.action.due is not None:
        try:
            found = counted_from(book, entry, *ground(book, entry))
        except Beyond:
            found = Deadline(note=BEYOND)
    entry.bare, entry.deadline = found, floored(book, entry, found)


def counted_from(book: Book, entry: Entry, days: Days, base: Instant) -> Deadline:
    """The deadline as counted from an instant in the days of a school."""
    action, facts = entry.action, book.facts

    def count() -> Deadline:
        return deadline(action, base, entry.issued, facts.t, asked(book, entry, days))

    return once(facts.seen.memo, ("deadline", id(action), id(days), base, entry.issued), count) if by_calendar(action) else count()


def asked(book: Book, entry: Entry, days: Days) -> Asked:
    return Asked(days, entry.policy.day.closes, amounts(book, entry), parameters(book, entry), nth(book, entry), holds(entry))


def nth_came(book: Book, entry: Entry) -> Instant | None:
    """When the nth that a deadline waits for came; None for other deadlines."""
    if not isinstance(entry.action.due, (Nth, DueParam)):
        return None
    try:
        days, base = ground(book, entry)
        found = nth_of(entry.action, base, asked(book, entry, days))
    except (Beyond, NoAmount):
        return None
    return found if isinstance(found, int) else None


def ground(book: Book, entry: Entry) -> tuple[Days, Instant]:
    """The instant that a deadline is counted from, after the days of the school to which the student belongs then (I14)."""
    action, facts = entry.action, book.facts
    base = max(entry.effective, entry.issued)
    if action.counts_from == "event":
        base = entry.effective if entry.evidence is None else entry.evidence
    elif action.counts_from == "start of school day":
        date = facts.zone.date(entry.effective if entry.unblocked is None else entry.unblocked)
        while not (sessions := facts.seen.days(date).sessions(date)):
            date += DAY
        base = sessions[0].start
    return facts.seen.days(facts.zone.date(base)), base


def by_calendar(action: Action) -> bool:
    """Whether the calendar and two instants decide a deadline, and no measure, parameter or condition does."""
    amounts = [getattr(action.due, "n", 0), getattr(action.due, "day", 0), action.if_in_break.n if action.if_in_break else 0]
    return action.hold is None and not isinstance(action.due, (Nth, DueParam)) and not any(isinstance(amount, Param) for amount in amounts)


def floored(book: Book, entry: Entry, found: Deadline) -> Deadline:
    """The deadline, not before the floor that an earlier move was given."""
    prior, zone = entry.prior, book.facts.zone
    if entry.action.counts_from == "event" or entry.action.due is None:
        return found
    if entry.floor is None and prior is not None and prior.opened == entry.opened:
        entry.floor = prior.floor
    if entry.floor is not None and found.late_from is not None and found.late_from < entry.floor:
        date = zone.date(entry.floor - 1)
        return evolve(whole_day(book.facts.seen.days(date), date), note=found.note)
    return found


def spared(book: Book, entry: Entry) -> bool:
    """No move makes an item late at once: it gets until the end of the day of the decision."""
    prior, t, late, zone = entry.prior, book.facts.t, entry.deadline.late_from, book.facts.zone
    if entry.action.counts_from == "event" or prior is None or prior.status in ("withdrawn", "lapsed") or late is None or late > t:
        return False
    if (prior.late_from is not None and prior.late_from <= t) or (entry.blocked and prior.unblocked is not None):
        return False
    entry.floor = zone.next_midnight(zone.date(t))
    book.schedule(entry)
    return True


def asking(book: Book, entry: Entry, e: Instant) -> Ctx:
    return book.ask(entry.episode, entry.policy, e)


def on(book: Book, entry: Entry, date: Date) -> Ctx:
    return asking(book, entry, book.facts.zone.instant(date, entry.policy.day.closes))


def amounts(book: Book, entry: Entry) -> Callable[[Amount, Date], Fraction]:
    def amount(found: Amount, date: Date) -> Fraction:
        if isinstance(found, Param):
            held = value(Term("parameter", found.name), on(book, entry, date))
            if not isinstance(held, (int, Fraction)):
                raise NoAmount
            return Fraction(held)
        return found

    return amount


def parameters(book: Book, entry: Entry) -> Callable[[str, Date], Due]:
    def parameter(name: str, date: Date) -> Due:
        for line in entry.policy.parameters[name].lines:
            if (line.start is None or line.start <= date) and (line.where is None or true(line.where, on(book, entry, date))):
                held = line.value
                if isinstance(held, Quantity):
                    return After(held.number, held.unit)
                assert not isinstance(held, (Fraction, str, NoneType)), name
                return held
        raise NoAmount

    return parameter


def holds(entry: Entry) -> Callable[[Instant], bool]:
    def held(close: Instant) -> bool:
        return close in entry.held

    return held


def nth(book: Book, entry: Entry) -> Callable[[Nth, Fraction], Instant | str]:
    """The first clock of a measure, in the window of the item's effective date, at which it is n or more; in one that moves, since which it is."""
    facts = book.facts

    def found(due: Nth, n: Fraction) -> Instant | str:
        term = Term("measure", due.measure)
        measure = entry.policy.measures[due.measure]
        first, last = Date.min, None
        ended = None if entry.keep else entry.episode.ended
        ends = [at for at in (entry.done_at, entry.dismissed and entry.dismissed + 1) if at is not None]  # outcomes come before the nth, what replaces after it
        over = max(min(ends), entry.effective + 1) if ends else None
        entry.never = None
        for window in measure.windows:
            date = facts.zone.date(entry.effective)
            days = facts.seen.days(date)
            if window.kind in ("period", "each"):
                assert not isinstance(window.n, Param)
                period = days.period(window.unit, date) if window.kind == "period" else days.tile(int(window.n), window.unit, date)
                if period is None:
                    return NO_DUE_YET if over is not None or ended is None or ended > facts.t else NEVER_CAME
                first = max(first, period[1])
                last = period[2] if last is None else min(last, period[2])
        until = [] if last is None else [facts.zone.midnight(last + DAY)]
        until += [] if ended is None else [ended]

        def reached(e: Instant) -> bool:
            if judged(entry.policy, measure, facts.seen, e)[0] < first:
                return False
            held = value(term, asking(book, entry, e))
            return isinstance(held, (int, Fraction)) and held >= n

        clocks = [e for e in facts.instants if fact_clock(term, e, entry.policy, facts)]
        before = [e for e in clocks if e < entry.effective] if reached(entry.effective) else None
        since = [*itertools.takewhile(reached, reversed(before)), entry.effective] if before is not None else []
        e = min(since) if since else next((e for e in clocks if e >= entry.effective and reached(e)), None)
        if e is not None and (over is None or e < over) and not any(e >= at for at in until):
            entry.never, entry.came = None, e
            return e
        if over is None and any(at <= facts.t for at in until):
            entry.never = min(until)
            return NEVER_CAME
        return NO_DUE_YET

    return found
