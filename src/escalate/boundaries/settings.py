"""What else must hold where a threshold decides: what is given, and the sessions that are laid before."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from ..conditions import Compare, Term
from ..lints.bounds import Clause, clauses_of
from ..policy import Ladder, Policy, Stage, items_of, part_of, stage_of
from ..source import written
from ..spec.points import stages_of
from .layouts import codes_of
from .playing import ENDS
from .thresholds import Threshold, measure_of

MOST = 20  # days that are laid before
TRIED = 12  # ways to lead to what a threshold decides that are tried
Clauses = tuple[Clause, ...]
SINCE = ("days_since", "school_days_since")


def settings(threshold: Threshold, a_day: int) -> Iterator[tuple[Clauses, tuple[str, ...]]]:
    """The clauses that hold together, and the sessions that open a case, the simplest first; a_day: sessions of a school day."""
    policy, line = threshold.policy, threshold.parameter_line
    ladder = policy.ladders.get(threshold.part)
    of_line = clauses_of(line.where, policy) if line is not None else (Clause(),)
    where = clauses_of(ladder.where, policy) if ladder is not None and threshold.role != "where" else (Clause(),)
    around = [one + other for one in where or () for other in of_line or ()]
    opened = list(_openings(threshold, ladder, a_day)) if ladder is not None else [(Clause(), ())]
    for clause in threshold.clauses:
        for first, before in opened:
            for beside in around:
                yield (beside, first, clause), before


def _openings(threshold: Threshold, ladder: Ladder, a_day: int) -> Iterator[tuple[Clause, tuple[str, ...]]]:
    """The ways in which what a condition waits for comes about, and the sessions that its measures want: a stage's own condition waits for nothing."""
    policy = threshold.policy
    if threshold.role == "when" and threshold.name != ENDS:
        yield Clause(), ()
        return
    own = stage_of(ladder, threshold.path.split(".")[1]) if "." in threshold.path and threshold.name != ENDS else None
    stages = ladder.stages if own is None else (own,)
    found = [clause for stage in stages for clause in clauses_of(stage.when, policy) or ()]
    for clause in sorted(found, key=lambda one: len(_away(one, policy))):
        yield clause, laid((clause,), policy, a_day)


def laid(clauses: Iterable[Clause], policy: Policy, a_day: int) -> tuple[str, ...]:
    """The sessions that put the measures of some clauses where they want them."""
    days = max((_away(clause, policy) for clause in clauses), key=len, default=())
    return tuple(code for code in days for _ in range(a_day))


def _away(clause: Clause, policy: Policy) -> tuple[str, ...]:
    """The days that put the measures of a clause where it wants them."""
    for bound in clause.bounds:
        measure, must = measure_of(bound.what, policy), clause.must(bound.what)
        if measure is not None and must.low is not None and codes_of(measure, policy):
            return codes_of(measure, policy)[:1] * min(MOST, math.floor(must.low) + must.low_open)
    return ()


# --- what a condition speaks of ---------------------------------------------------------------------------


def led(threshold: Threshold, a_day: int) -> Iterator[tuple[Clauses, tuple[str, ...]]]:
    """The same, with what leads to the stages and the items that the clauses speak of."""
    policy = threshold.policy
    for clauses, before in settings(threshold, a_day):
        for more in _led(clauses, policy, policy.ladders.get(threshold.part)):
            yield more, before or laid(more, policy, a_day)


def _led(clauses: Clauses, policy: Policy, ladder: Ladder | None, seen: frozenset[tuple[str, str]] = frozenset()) -> Iterator[Clauses]:
    """Some clauses with those of the stages and the items that they speak of, in each way."""
    wanted = sorted({one for clause in clauses for one in _spoken(clause)} - seen)
    if not wanted or ladder is None:
        yield clauses
        return
    for more in _leads(*wanted[0], policy, ladder):
        yield from _led((*clauses, *more), policy, ladder, seen | {wanted[0]})


def _spoken(clause: Clause) -> Iterator[tuple[str, str]]:
    """The stages and the items that a clause wants, and those since when it counts."""
    for part, wanted in clause.parts:
        what = part.left if isinstance(part, Compare) else part
        if wanted and isinstance(what, Term) and what.kind in ("fired", "done", "outcome", "overdue"):
            yield "stage" if what.kind == "fired" else "item", what.name
    for bound in clause.bounds:
        if isinstance(bound.what, Term) and bound.what.kind in SINCE and bound.what.target in ("stage", "item"):
            yield "since" if bound.what.target == "item" else "stage", bound.what.name


def _leads(kind: str, name: str, policy: Policy, ladder: Ladder) -> Iterator[Clauses]:
    """The clauses that make a stage fire, or an item asked for; `since`: done too, with each of its results."""
    if kind == "stage":
        stage = stage_of(ladder, name.rpartition(".")[2])
        yield from ((clause,) for clause in _of(stage, policy))
        return
    for owner, action in ((stage, action) for stage in ladder.stages for action in items_of(stage)):
        if not f".{action.path}".endswith(f".{name}"):
            continue
        done = [_done(name, result) for result in action.results or ("",)] if kind == "since" else [Clause()]
        after = next((_done(one.name) for one in items_of(owner) if action in one.then), Clause())
        yield from ((clause, after, one) for one in done for clause in _of(owner, policy))


def _done(name: str, result: str = "") -> Clause:
    """That an item is done."""
    return Clause(parts=frozenset({(Term("done", name, (("result", result),) if result else ()), True)}))


def _of(stage: Stage | None, policy: Policy) -> Clauses:
    return clauses_of(stage.when, policy) or () if stage is not None else ()


# --- what cannot be brought about ---------------------------------------------------------------------------

# Parts of a condition that columns, statuses, outcomes and stages that fired make true.
MADE = ("flag", "status", "became", "ever", "done", "fired", "open_case")
CHOSEN = ("outcome", "attribute", "grade", "status")


def unmet(threshold: Threshold) -> str:
    """What must hold as well where a threshold decides, and is not brought about here, as it is written; empty where there is no such thing."""
    policy, part = threshold.policy, part_of(threshold.policy, threshold.part)
    own = [stage for stage in stages_of(part) if f"{threshold.path}.".startswith(f"{stage.path}.")] if part is not None else []
    beside = [stage.when for stage in own if threshold.role not in ("when", "where")] if isinstance(part, Ladder) else []
    asked = [[action.only_if] for stage in own for action in stage.do if action.only_if is not None and threshold.role != "if"]
    whole = [clauses_of(one, policy) or () for one in (getattr(part, "where", None), *beside) if threshold.role != "where" or one in beside]
    ways = [threshold.clauses, *whole]
    if asked and len(asked) == sum(len(stage.do) for stage in own):
        ways.append(tuple(clause for each in asked for one in each for clause in clauses_of(one, policy) or ()))
    for clauses in ways:
        found = [next(_strange(clause), "") for clause in clauses]
        if found and all(found):
            return found[0]
    return ""


def _strange(clause: Clause) -> Iterator[str]:
    for part, wanted in sorted(clause.parts, key=repr):
        known = isinstance(part, Term) and part.kind in MADE or isinstance(part, Compare) and isinstance(part.left, Term) and part.left.kind in CHOSEN
        if wanted and not known:
            span = getattr(part, "span", None)
            yield written(span) if span is not None else str(getattr(part, "key", ""))
