"""Cases in which a student's grade, age or another number of the roster is one less, at the number, and one more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from attrs import evolve

from ..conditions import Term
from .drafts import Draft
from .given import BIRTHDAY, born, given
from .ground import DAY, Drafts, Ground
from .groups import YEAR, broken
from .playing import ENDS
from .settings import TRIED, led

BEFORE = 10  # days from the beginning of a case to a birthday
KINDS = ("grade", "age", "age_on", "attribute")


def by_column(ground: Ground) -> Iterator[Drafts]:
    """Three students who differ in one column."""
    edge = ground.threshold.edge or 0
    if ground.threshold.name == ENDS and ground.threshold.kind == "age":
        yield from _birthdays(ground, edge)
    for draft in islice(_asking(ground, edge), TRIED):
        yield tuple(_with(ground, draft, edge + n) for n in (-1, 0, 1))


def _birthdays(ground: Ground, age: int) -> Iterator[Drafts]:
    """Up to the day before that on which a student comes to an age, up to that day, and up to the next: a case opens before it."""
    on = ground.start + DAY * BEFORE
    for clauses, before in islice(led(ground.threshold, ground.a_day), TRIED):
        draft = ground.draft(given(clauses, ground.threshold.policy, ground.start), before)
        draft = evolve(draft, columns={**draft.columns, **born(age, on, (on.month, on.day))})
        yield tuple(evolve(draft, until=on + DAY * n) for n in (-1, 0, 1))


def _asking(ground: Ground, edge: int) -> Iterator[Draft]:
    """Cases in which something is asked for where the column is at the number."""
    if ground.threshold.part in ground.threshold.policy.targets:
        yield from broken(ground)
        return
    for clauses, before in led(ground.threshold, ground.a_day):
        found = given(clauses, ground.threshold.policy, ground.start)
        draft = _with(ground, ground.draft(found, before), edge)
        if ground.threshold.part in ground.threshold.policy.duties:
            draft = evolve(draft, until=ground.after(YEAR))
        draft, played = ground.settled(draft, found)
        if played is not None and played.fired:
            yield ground.cut(draft, ground.calendar.zone.date(played.fired[0])) if draft.until is not None else draft


def _with(ground: Ground, draft: Draft, number: int) -> Draft:
    return evolve(draft, columns={**draft.columns, **_column(ground, number)})


def _column(ground: Ground, number: int) -> Mapping[str, str]:
    """The column that makes what is compared a number: of an age, with a birthday on the day that it is asked on."""
    what = ground.threshold.sides[0]
    assert isinstance(what, Term)  # of one of the kinds
    if what.kind not in ("age", "age_on"):
        return {what.name or "grade": str(number)}
    return born(number, ground.start, (ground.start.month, ground.start.day) if what.kind == "age" else BIRTHDAY)
