"""Cases of a group: so many heads of whom the one thing happens that a target counts, one short of its limit, at it, one beyond."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from attrs import evolve, frozen

from ..lints.bounds import clauses_of
from ..policy import Target
from ..quoting import quoted
from ..spec.notation import Day
from .drafts import Draft
from .given import AT, Given, given
from .ground import DAY, Drafts, Ground

MOST = 200  # heads of a group
FEWEST = 2
YEAR = 370  # days within which a target is judged
NAMES = {"zh": "生{n:0{width}}"}
OTHER_NAMES = "s{n:0{width}}"
UPPER = ("at_most", "below")


@frozen
class Deed:
    """What happens to one student on a date: the event without whose it is. counts: the student is counted for it, else no longer."""

    event: str
    date: datetime.date
    counts: bool = True

    @property
    def said(self) -> str:
        """The event; a column of the roster changes from that date on."""
        return f"{self.event}, from: {self.date}" if self.event.startswith("roster: ") else self.event


def by_group(ground: Ground) -> Iterator[Drafts]:
    """One head short of the limit, as many as the limit is, and one more; of a limit that no group of `MOST` meets exactly, the nearest that keeps it."""
    target, limit = _target(ground), ground.threshold.value
    if limit is None:
        return
    if target.heads:
        size = max(FEWEST, math.floor(limit) + 1)
    else:
        size = limit.denominator * math.ceil(FEWEST / limit.denominator) if limit.denominator <= MOST else MOST
    most = limit if target.heads else limit * size
    at = math.floor(most) if target.limit in UPPER else math.ceil(most)
    for deed, alone in _deeds(ground):
        yield tuple(_of(ground, alone, deed, size, n if deed.counts else size - n) if 0 <= n <= size else None for n in (at - 1, at, at + 1))


def broken(ground: Ground) -> Iterator[Draft]:
    """A target that one student breaks, or meets where it only asks for something then."""
    return (alone for _, alone in _deeds(ground))


def _target(ground: Ground) -> Target:
    return ground.threshold.policy.targets[ground.threshold.part]


def _deeds(ground: Ground) -> Iterator[tuple[Deed, Draft]]:
    """What changes whether a student is counted, on the second day or on that before the check; with the case of one of whom the target asks something."""
    target, step = _target(ground), _step(ground)
    for head in heads(ground):
        bare = evolve(ground.draft(head), days=_days(ground), statuses=(), until=ground.after(YEAR * (1 + max(base.n for base in target.bases))))
        before = ground.play(bare, step)
        judged = [ground.calendar.zone.date(at) for at in before.fired[:1]] if before is not None else []
        bare = ground.cut(bare, judged[0]) if judged else bare
        for event, date in product(_events(ground), dict.fromkeys([ground.start + DAY, *(date - DAY for date in judged)])):
            done = _done(bare, Deed(event, date), (bare.student,))
            after = ground.play(done, step)
            if before is None or after is None or bool(before.fired) == bool(after.fired):
                continue
            breaks = bool(after.fired) == (bool(target.broken.do) or not target.met.do)
            draft, fired = (done, after.fired) if after.fired else (bare, before.fired)
            yield Deed(event, date, breaks == (target.limit in UPPER)), ground.cut(draft, ground.calendar.zone.date(fired[0]))


def _step(ground: Ground) -> Fraction:
    """How much more a limit in students would have to be for one student to decide."""
    one = 1 if _target(ground).limit in ("below", "at_least") else 0
    return one - (ground.threshold.value or Fraction()) if ground.threshold.in_heads else Fraction()


def _days(ground: Ground) -> tuple[Day, ...]:
    """The marks that put a student into the base: a day of school where it is who attended."""
    present = [code for code, mark in ground.threshold.policy.marks.items() if mark.meaning == "present"]
    return tuple(present[:1]) if any(base.kind == "first_attended" for base in _target(ground).bases) else ()


def heads(ground: Ground) -> Iterator[Given]:
    """What a student must be to be one of the base."""
    policy, target, line = ground.threshold.policy, _target(ground), ground.threshold.parameter_line
    wanted = [target.among, target.where, *(base.where for base in target.bases[:1]), line.where if line is not None else None]
    for clauses in product(*(clauses_of(one, policy) or () for one in wanted)):
        yield given(clauses, policy, ground.start)


def _events(ground: Ground) -> Iterator[str]:
    """What may happen to a student, of what the target counts by."""
    policy = ground.threshold.policy
    for clause in clauses_of(_target(ground).count, policy) or ():
        yield from (f"roster: {name}, value: {quoted(value)}" for name, value in given((clause,), policy, ground.start).columns.items())
    for term in _target(ground).count.terms:
        measure = ground.threshold.policy.measures.get(term.name) if term.kind == "measure" else None
        if term.kind == "status":
            yield f"status: {term.name if term.name != 'enrolled' else 'transferred_out'}"
        elif term.kind == "flag":
            yield f"flag: {term.name}, value: yes"
        elif measure is not None and measure.fact:
            yield f"fact: {measure.fact}"


def _done(draft: Draft, deed: Deed, whose: tuple[str, ...]) -> Draft:
    """A draft in which it happens to some students."""
    return evolve(draft, events=tuple((f"{deed.date} {AT}", f"{{{deed.said}, student: {one}}}") for one in whose))


def _of(ground: Ground, alone: Draft, deed: Deed, size: int, done: int) -> Draft:
    """A group of a size in which it happened to the first of them."""
    called = NAMES.get(ground.threshold.policy.lang.partition("-")[0], OTHER_NAMES)
    names = [called.format(n=n, width=len(str(size))) for n in range(1, size + 1)]
    return _done(evolve(alone, student=names[0], others=tuple(names[1:])), deed, tuple(names[:done]))
