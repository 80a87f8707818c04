"""The three cases of a threshold, found by playing: one short of it, just at it, one beyond."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from attrs import evolve, frozen

from ..source import Span
from .columns import KINDS, by_column
from .counting import by_count
from .ground import Drafts, Ground
from .groups import by_group
from .marks import by_marks
from .moving import moved
from .playing import Played, fires, printed
from .repeats import by_repeats
from .settings import unmet
from .thresholds import LIMIT, Threshold
from .waiting import DAYS, by_waiting
from .where import Where

STEPS = (Fraction(1), Fraction(1, 100), Fraction(1, 20))  # how far a number is moved to see whether it decides
FACTS = "facts"
# Why there are no cases, what was nearest to one first.
WHYS = ("asks for nothing", "held before", "not decided", "not reached")
FOUND_NONE = ("not decided", "not reached")
# By the kind of what is compared, and of a target's limit, how cases are found.
ROADS: Mapping[str, Callable[[Ground], Iterator[Drafts]]] = {
    "measure": by_marks, "times": by_repeats, FACTS: by_repeats, LIMIT: by_group, **dict.fromkeys(KINDS, by_column), **dict.fromkeys(DAYS, by_waiting),
}  # fmt: skip


@frozen
class Triple:
    """The cases of one threshold, in order: one short, just at it, one beyond; None where there can be none."""

    threshold: Threshold
    drafts: Drafts


@frozen
class Left:
    """A threshold that has no cases: where it is written, what it is part of, and why, by the key of its words. what: it waits for this as well."""

    span: Span | None
    path: str
    text: str
    why: str
    what: str = ""


def left(threshold: Threshold, why: str, what: str = "") -> Left:
    """A threshold without cases."""
    return Left(threshold.span, threshold.path, threshold.text, why, what)


def find(threshold: Threshold, where: Where) -> Triple | Left:
    """The three cases of a threshold, or why there are none."""
    why = _unfit(threshold)
    if why:
        return left(threshold, why)
    start = where.start_of(threshold)
    calendar = where.calendar(start) if start is not None else None
    if start is None or calendar is None:
        return left(threshold, "not in force")
    ground = Ground(threshold, where, start, calendar)
    nearest = WHYS[-1]
    for drafts in _roads(ground):
        found = _checked(ground, drafts)
        if isinstance(found, tuple):
            return Triple(threshold, found)
        nearest = min(nearest, found, key=WHYS.index)
    what = unmet(threshold) if nearest in FOUND_NONE else ""
    return left(threshold, "waits for", what) if what else left(threshold, nearest)


def _unfit(threshold: Threshold) -> str:
    """Why no cases are looked for."""
    if _road(threshold) not in ROADS:
        return "not looked for"
    return "not set" if threshold.value is None else ""


def _roads(ground: Ground) -> Iterator[Drafts]:
    """Every way in which cases are looked for: of a target also from its checks backwards."""
    threshold = ground.threshold
    if threshold.role == LIMIT or not printed(threshold):
        yield from ROADS[_road(threshold)](ground)
    if threshold.part in threshold.policy.targets and threshold.role != LIMIT:
        yield from by_count(ground)


def _road(threshold: Threshold) -> str:
    if threshold.measure is not None and threshold.measure.fact:
        return FACTS if threshold.measure.kind == "count" else ""
    return LIMIT if threshold.role == LIMIT else threshold.kind


def _checked(ground: Ground, drafts: Drafts) -> Drafts | str:
    """The drafts with what came, where they show that the number decides, or why they do not."""
    played = [ground.play(draft) if draft is not None else None for draft in drafts]
    at, there = played[1], [one for one in played if one is not None]
    if at is None or len(there) < sum(draft is not None for draft in drafts) or any(one.odd for one in there):
        return "not decided"
    first = next(draft.start for draft in drafts if draft is not None)
    if at.fired and ground.calendar.zone.date(at.fired[0]) < first and all(one.fired for one in there):
        return "held before"
    turns = [one for one in (played[0], played[2]) if one is not None and bool(one.fired) != bool(at.fired)]
    if len(turns) != 1 or not _decides(ground.threshold, at):
        return "not decided"
    if (turns[0].expect, turns[0].rows) == (at.expect, at.rows):
        return "asks for nothing"
    told = zip(drafts, played, strict=True)
    return tuple(evolve(draft, expect=one.expect, rows=one.rows) if draft is not None and one is not None else None for draft, one in told)


def _decides(threshold: Threshold, at: Played) -> bool:
    """Whether the answer is another where the number is one more (of a share: some hundredths), or one less."""
    share = threshold.role == LIMIT and not threshold.in_heads or threshold.measure is not None and threshold.measure.kind == "share"
    steps = STEPS[1:] if share else STEPS[:1]
    for step in (sign * step for step in steps for sign in (1, -1)):
        if fires(at.case, threshold, [moved(policy, threshold, step) for policy in at.case.policies]) != bool(at.fired):
            return True
    return False
