"""The three cases of a threshold, found by playing: one short of it, just at it, one beyond."""

from __future__ import annotations

import datetime
import math
from fractions import Fraction
from itertools import islice

from attrs import evolve, frozen

from ..measures.units import TIMED
from ..source import Span
from .drafts import Draft
from .layouts import Layout
from .playing import Played, fires, play, read
from .thresholds import Threshold, moved
from .ways import Way, ways
from .where import Where, dates_from, sessions_a_day, starts

TRIED = 60  # ways to reach a threshold that are tried
BESIDE = 2  # steps that are laid beyond the number
UNMEASURED = (10, 60)  # steps that are laid where the number is no number of units
STEPS = (Fraction(1), Fraction(1, 100), Fraction(1, 20))  # how far a number is moved to see whether it decides
STUDENT = {"zh": "小明"}
OTHER_STUDENT = "ann"
# Why there are no cases, what was nearest to one first.
WHYS = ("asks for nothing", "not decided", "not reached")


@frozen
class Triple:
    """The cases of one threshold, in order: one short, just at it, one beyond."""

    threshold: Threshold
    drafts: tuple[Draft, ...]


@frozen
class Left:
    """A threshold that has no cases: where it is written, what it is part of, and why, by the key of its words."""

    span: Span | None
    path: str
    text: str
    why: str


def left(threshold: Threshold, why: str) -> Left:
    """A threshold without cases."""
    return Left(threshold.span, threshold.path, threshold.text, why)


def find(threshold: Threshold, where: Where) -> Triple | Left:
    """The three cases of a threshold, or why there are none."""
    why = _unfit(threshold)
    if why:
        return left(threshold, why)
    start = where.start_of(threshold)
    calendar = where.calendar(start) if start is not None else None
    if start is None or calendar is None:
        return left(threshold, "not in force")
    a_day = sessions_a_day(calendar, start)
    nearest = WHYS[-1]
    for way in islice(ways(threshold, start, a_day), TRIED) if a_day else ():
        found = _tried(threshold, where, start, way)
        if isinstance(found, tuple):
            return Triple(threshold, found)
        nearest = min(nearest, found, key=WHYS.index)
    return left(threshold, nearest)


def _unfit(threshold: Threshold) -> str:
    """Why no marks are looked for."""
    if threshold.stage is None:
        return "no stage"
    if threshold.measure is None:
        return "no measure"
    if threshold.measure.fact:
        return "of facts"
    return "not set" if threshold.value is None else ""


def _tried(threshold: Threshold, where: Where, start: datetime.date, way: Way) -> tuple[Draft, ...] | str:
    """The three cases that one way leads to, or why it leads to none."""
    lang = threshold.policy.lang.partition("-")[0]
    bare = Draft(STUDENT.get(lang, OTHER_STUDENT), start, threshold.part, (), way.given.columns, way.given.statuses)
    times, played = 0, None
    outcomes: tuple[tuple[str, str], ...] = ()
    for most in _lengths(threshold):
        long = evolve(bare, days=way.layout.days(most))
        played = _play(threshold, where, long)
        if played is not None and not played.fired and way.given.outcomes:
            outcomes = played.outcomes(way.given.outcomes)
            played = _play(threshold, where, evolve(long, outcomes=outcomes)) if outcomes else played
        times = _times(played, way.layout, start)
        if times:
            break
    if not times:
        return "not reached"
    drafts = [evolve(bare, days=way.layout.days(n)) for n in (times - 1, times, times + 1)]
    return _checked(threshold, where, [_within(draft, outcomes, played) for draft in drafts])


def _lengths(threshold: Threshold) -> tuple[int, ...]:
    """How many steps are laid to see when the stage fires; fewer first, where it may be soon."""
    measure, value = threshold.measure, threshold.value
    by_units = measure is not None and measure.kind in ("run", "count") and measure.unit not in TIMED
    return (math.ceil(value) + BESIDE,) if by_units and value is not None else UNMEASURED


def _times(played: Played | None, layout: Layout, start: datetime.date) -> int:
    """After how many steps the stage fired; 0 where it did not, or fired before."""
    if played is None or not played.fired:
        return 0
    return layout.begun(sum(at <= played.fired[0] for at in starts(played.case.calendar, start)))


def _within(draft: Draft, outcomes: tuple[tuple[str, str], ...], played: Played | None) -> Draft:
    """A draft with the outcomes that come before its last day is over."""
    if played is None or not outcomes:
        return draft
    last = dates_from(played.case.calendar, draft.start)[len(draft.days) - 1].isoformat()
    return evolve(draft, outcomes=tuple(one for one in outcomes if one[0][: len(last)] <= last))


def _play(threshold: Threshold, where: Where, draft: Draft) -> Played | None:
    case = read(where.path, where.head, draft)
    return play(case, threshold) if case is not None else None


def _checked(threshold: Threshold, where: Where, drafts: list[Draft]) -> tuple[Draft, ...] | str:
    """The drafts with what came, where they show that the number decides, or why they do not."""
    at = _play(threshold, where, drafts[1])
    if at is None or not at.fired or not _decides(threshold, at):
        return "not decided"
    short, beyond = _play(threshold, where, drafts[0]), _play(threshold, where, drafts[2])
    if short is None or short.fired or beyond is None or not beyond.fired:
        return "not decided"
    if short.expect == at.expect:
        return "asks for nothing"
    return tuple(evolve(draft, expect=found.expect) for draft, found in zip(drafts, (short, at, beyond), strict=True))


def _decides(threshold: Threshold, at: Played) -> bool:
    """Whether the stage does not fire where the number is one more (of a share: some hundredths), or one less."""
    share = threshold.measure is not None and threshold.measure.kind == "share"
    steps = STEPS[1:] if share else STEPS[:1]
    for step in (sign * step for step in steps for sign in (1, -1)):
        if not fires(at.case, threshold, [moved(policy, threshold, step) for policy in at.case.policies]):
            return True
    return False
