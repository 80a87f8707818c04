"""What the cases of a spec can exercise in a policy: every point of it, each at its place."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from attrs import field, frozen

from ..conditions import Condition, Term
from ..matcher.noting import WHOLE, Part, parts_of
from ..parse import ListNode, MapNode, Node, parse
from ..policy import Action, Duty, Ladder, Policy, Stage, Target, items_of
from ..source import Source, Span, written
from ..translate.tree import english

# What a point is of, in the order in which they are counted.
KINDS = ("stage", "action", "end", "deadline", "duty", "target", "need", "condition", "part")
FIRED, ISSUED, TOLD, ENDED, LASTED, IN_TIME, LATE, ASKED, BROKEN, MET, TRUE, UNTRUE = (
    "fired", "issued", "told", "ended", "lasted", "in time", "late", "asked", "broken", "met", "true", "untrue",
)  # fmt: skip

Key = tuple[str, int, int, str, str, int]


@frozen
class Point:
    """One thing that a case can exercise: a side of something, at its place.

    owner: the ladder, duty or target that it is part of. role: what a condition is for, by its key in the policy.
    number: which part of a condition; `denied` where the condition wants that part false.
    """

    kind: str
    side: str
    path: str
    owner: str
    span: Span = field(eq=False, repr=False)
    text: str = ""
    role: str = ""
    number: int = WHOLE
    denied: bool = False

    @property
    def key(self) -> Key:
        """What is written once counts once, though several items take it over."""
        return self.span.source.path, self.span.line, self.span.col, self.kind, self.side, self.number


@frozen
class Asked:
    """A condition of a policy: what it is for, and what it stands in."""

    condition: Condition
    role: str
    path: str
    owner: str


def points(policy: Policy) -> tuple[Point, ...]:
    """Every point of a policy, what it inherits too, by its place."""
    found = {point.key: point for point in reversed([*_points(policy)])}

    def place(point: Point) -> tuple[object, ...]:
        return point.span.source.path != policy.path, point.key[:3], KINDS.index(point.kind), point.number, point.side

    return tuple(sorted(found.values(), key=place))


def _points(policy: Policy) -> Iterator[Point]:
    for ladder in policy.ladders.values():
        for stage in _stages(ladder):
            yield from stage_points(stage, ladder)
    for part in parts_in(policy):
        yield from own_points(part)
    for action, owner in actions_of(policy):
        yield from action_points(action, owner)
    for asked in conditions_of(policy):
        yield from condition_points(asked)


def own_points(part: Ladder | Duty | Target) -> Iterator[Point]:
    """That a ladder's `lasts` ends a case, that a duty is asked for, that a target is met, and broken."""
    if part.span is None:
        return
    if isinstance(part, Ladder):
        if part.lasts:
            yield Point("end", LASTED, part.name, part.name, place_of(part.span, "lasts"))
    elif isinstance(part, Duty):
        yield Point("duty", ASKED, part.name, part.name, part.span)
    elif part.bound is not None:
        yield from (Point("target", side, part.name, part.name, part.span) for side in (BROKEN, MET))


def stage_points(stage: Stage, ladder: Ladder) -> Iterator[Point]:
    """That a stage fires, or that a ladder's `ends` ends a case."""
    if stage.span is not None:
        kind, side, path = ("end", ENDED, ladder.name) if stage is ladder.ends else ("stage", FIRED, stage.path)
        yield Point(kind, side, path, ladder.name, stage.span)


def action_points(action: Action, owner: str) -> Iterator[Point]:
    """That an action is asked for, and that its due is met, and missed."""
    if action.span is None:
        return
    yield Point("action", TOLD if action.tells else ISSUED, action.path, owner, action.span)
    if action.due is not None and not action.tells:
        span = place_of(action.span, "due")
        yield from (Point("deadline", side, action.path, owner, span) for side in (IN_TIME, LATE))


def condition_points(asked: Asked) -> Iterator[Point]:
    """That a condition is true and is not, and that each of its parts decides it both ways."""
    condition, span = asked.condition, asked.condition.span
    if span is None or not condition.terms:
        return
    kind = "need" if asked.role == "need" else "condition"
    here = written(span)
    whole = condition.text if condition.text in here else here  # in Chinese it is read in other words
    for side in (TRUE, UNTRUE):
        yield Point(kind, side, asked.path, asked.owner, span, whole, asked.role)
    for n, part in enumerate(parts_of(condition.expr)):
        own = _span(part)
        text = whole if own is None else written(own)
        for side in (TRUE, UNTRUE):
            yield Point("part", side, asked.path, asked.owner, own or span, text, asked.role, n, part.denied)


# --- walking a policy -----------------------------------------------------------------------------------


def _stages(ladder: Ladder) -> tuple[Stage, ...]:
    return ladder.stages if ladder.ends is None else (*ladder.stages, ladder.ends)


def parts_in(policy: Policy) -> tuple[Ladder | Duty | Target, ...]:
    """Every ladder, duty and target."""
    return (*policy.ladders.values(), *policy.duties.values(), *policy.targets.values())


def stages_of(part: Ladder | Duty | Target) -> tuple[Stage, ...]:
    """The stages of a ladder with its `ends`, of a duty, of a target."""
    if isinstance(part, Ladder):
        return _stages(part)
    return (part.stage,) if isinstance(part, Duty) else (part.broken, part.met)


def actions_of(policy: Policy) -> Iterator[tuple[Action, str]]:
    """Every action, chained ones too, with the ladder, duty or target that it is part of."""
    for part in parts_in(policy):
        yield from ((action, part.name) for stage in stages_of(part) for action in items_of(stage))


def conditions_of(policy: Policy) -> Iterator[Asked]:
    """Every condition that is asked while a case is played."""
    for ladder in policy.ladders.values():
        if not _is_enrolled(ladder.where):
            yield Asked(ladder.where, "where", ladder.name, ladder.name)
        for stage in _stages(ladder):
            yield Asked(stage.when, "when", stage.path, ladder.name)
            if stage.need is not None:
                yield Asked(stage.need, "need", stage.path, ladder.name)
    for duty in policy.duties.values():
        yield Asked(duty.where, "where", duty.name, duty.name)
    for target in policy.targets.values():
        yield Asked(target.where, "where", target.name, target.name)
        yield Asked(target.among, "among", target.name, target.name)
        yield Asked(target.count, "count", target.name, target.name)
        if target.less is not None:
            yield Asked(target.less, "less", target.name, target.name)
        yield from (Asked(base.where, "base", target.name, target.name) for base in target.bases if base.where is not None)
    for action, owner in actions_of(policy):
        for role, condition in (("if", action.only_if), ("done_when", action.done_when), ("hold", action.hold)):
            if condition is not None:
                yield Asked(condition, role, action.path, owner)


def _is_enrolled(condition: Condition) -> bool:
    # Of a ladder it is looked up, not judged: there is no answer to note.
    return isinstance(condition.expr, Term) and (condition.expr.kind, condition.expr.name) == ("status", "enrolled")


# --- places -----------------------------------------------------------------------------------------------


def place_of(span: Span, key: str) -> Span:
    """Where a key stands in what has its name at a place; that place where the key is written elsewhere."""
    below = _below(span.source).get((span.line, span.col))
    return next((name.span for name, _ in below.entries if name.text == key), span) if below is not None else span


@lru_cache(64)
def _below(source: Source) -> dict[tuple[int, int], MapNode]:
    """The mapping below each key of a text, by the key's place."""
    found: dict[tuple[int, int], MapNode] = {}
    todo: list[Node] = [english(node, "policy")[0] for node in (parse(source)[0],) if node is not None]
    while todo:
        node = todo.pop()
        if isinstance(node, ListNode):
            todo += node.items
        elif isinstance(node, MapNode):
            todo += (value for _, value in node.entries)
            found |= {(key.span.line, key.span.col): value for key, value in node.entries if isinstance(value, MapNode)}
    return found


def _span(part: Part) -> Span | None:
    return getattr(part.expr, "span", None)
