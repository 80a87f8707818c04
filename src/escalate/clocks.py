"""When a condition is judged, and whether ordinary presence can make it true (SEMANTICS, section 5).

Both are read off the condition once. The second lets the engine leave a student alone while nothing but
such marks come in; a property holds the answer equal to judging at every clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from attrs import field, frozen

from .conditions import ITEM_KINDS, TURNED, And, Compare, Condition, Expr, Lit, Not, Or, Term
from .policy import Amount, Ladder, Measure, Param, Policy, Stage

# Kinds of names that are false or 0 while nothing has happened, and those of them that are so again at the start of a tile.
NOTHING = frozenset({"became", "ever", "received", "measure", "times"})
HAPPENS = frozenset({"became", "measure"})


@frozen
class Clocks:
    """The clocks of the names in a condition.

    policy: whose names these are. close, session: every close, every session start with a mark that says something. flags, statuses: their events.
    outcomes: of items of the case (done, outcome) by name; overdue: their overdue instants; late: those of any case; events: outcomes
    and documents that `times` and `received` read; fired, ladders: firings, openings and ends. rolls: a roll call's last mark. heard: codes that say something.
    """

    policy: str = field(default="", eq=False)
    close: bool = False
    session: bool = False
    statuses: bool = False
    flags: frozenset[str] = frozenset()
    outcomes: frozenset[str] = frozenset()
    overdue: frozenset[str] = frozenset()
    late: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    fired: frozenset[str] = frozenset()
    ladders: frozenset[str] = frozenset()
    rolls: bool = False
    heard: frozenset[str] = field(default=frozenset(), eq=False)

    @property
    def lazy(self) -> bool:
        """Closes and session starts only: a value can be found again at any earlier clock."""
        return not (self.statuses or self.flags or self.outcomes or self.overdue or self.late or self.events or self.fired or self.ladders)


def clocks_of(condition: Condition, policy: Policy) -> Clocks:
    """The clocks of every name that a condition reads; closes where it reads none."""
    close = session = statuses = False
    names: dict[str, set[str]] = {key: set() for key in ("flags", "outcomes", "overdue", "late", "events", "fired", "ladders")}
    for term in condition.terms:
        close = close or term.option("within") is not None  # what a window leaves behind is no event
        if term.kind == "measure":
            close = True
            session = session or policy.measures[term.name].by_session
        elif term.kind in ("status", "became", "ever"):
            statuses = True
        elif term.kind == "flag":
            names["flags"].add(term.name)
        elif term.kind in ("done", "outcome"):
            names["outcomes"].add(term.name)
        elif term.kind in ("overdue", "late"):
            names[term.kind].add(term.name)
        elif term.kind in ("times", "received"):
            close = True
            names["events"].add(term.name)
        elif term.kind == "fired":
            close = True
            names["fired"].add(term.name)
        elif term.kind == "open_case":
            names["ladders"].add(term.name)
        else:
            close = True
    return Clocks(
        policy.name, close or not condition.terms, session, statuses, heard=saying(policy) if session else frozenset(),
        rolls=any(term.kind == "marked" for term in condition.terms), **{key: frozenset(value) for key, value in names.items()},
    )


def saying(policy: Policy) -> frozenset[str]:
    """The codes that say something of a session: unknown is as no mark (law 5)."""
    return frozenset(code for code, mark in policy.marks.items() if mark.meaning != "unknown")


def reads_items(condition: Condition) -> bool:
    """Whether a condition reads items or firings, so that it cannot open a case (SEMANTICS, section 4)."""
    return any(term.kind in ITEM_KINDS or (term.kind in ("days_since", "school_days_since") and term.target in ("stage", "item")) for term in condition.terms)


def cases_asked(conditions: Iterable[Condition], policy: Policy) -> dict[str, Term]:
    """The ladders whose open cases some conditions ask for, each with where: also a parameter of theirs or of a measure may hang on one."""
    waiting, known, found = list(conditions), set[str](), dict[str, Term]()
    while waiting:
        for term in waiting.pop().terms:
            if term.kind == "open_case":
                found.setdefault(term.name, term)
            amounts = policy.measures[term.name].amounts if term.kind == "measure" else (Param(term.name),) if term.kind == "parameter" else ()
            named = {amount.name for amount in amounts if isinstance(amount, Param)} - known
            known |= named
            waiting += [line.where for name in named for line in policy.parameters[name].lines if line.where is not None]
    return found


def quiet_codes(policies: Iterable[Policy]) -> frozenset[str]:
    """The codes that can make no measure rise: none counts them but a run of `present`, and they leave the day expected."""
    return _codes_without(policies, lambda policy: policy.measures.values(), present=False)


def day_codes(policies: Iterable[Policy]) -> frozenset[str]:
    """The codes by which no condition that hears marks can come true: where no case is open they may wait for the close of their date."""
    return _codes_without(policies, _heard_at_marks, present=True)


def _codes_without(policies: Iterable[Policy], measures: Callable[[Policy], Iterable[Measure]], *, present: bool) -> frozenset[str]:
    """The codes of every policy that leave the day expected and that none of some measures counts; present: nor does a run of `present`."""
    left = []
    for policy in policies:
        codes = {code for code, mark in policy.marks.items() if mark.meaning != "not_expected"}
        if any(not measure.named <= saying(policy) for measure in policy.measures.values()):
            codes = set()  # what an unknown code counts shows at the next mark of any code; the loader refuses such a measure
        for measure in measures(policy):
            if present or not (measure.kind == "run" and measure.present):
                codes -= measure.named
        left.append(codes)
    return frozenset(set.intersection(*left)) if left else frozenset()


def _heard_at_marks(policy: Policy) -> Iterator[Measure]:
    """The measures whose conditions may be asked at a mark, of stages that may open a case."""
    conditions = [stage.when for ladder in policy.ladders.values() for stage in ladder.stages if not reads_items(stage.when)]
    named = (policy.measures[term.name] for condition in conditions for term in condition.terms if term.kind == "measure")
    return (measure for measure in named if measure.by_session)


def is_quiet(ladder: Ladder, policy: Policy, quiet: frozenset[str]) -> bool:
    """Whether no case of a ladder can open, and its `where` cannot change, while only ordinary presence comes in."""
    return _still(ladder.where.expr, policy) and not watches(ladder, policy, quiet)


def settles(ladder: Ladder, policy: Policy, quiet: frozenset[str]) -> bool:
    """Whether a ladder that was judged once stays as it is until a fact about the student or the roster comes, or an absence."""
    return turns_by_events(ladder.where, policy) and all(
        stage_is_quiet(stage, policy, quiet) or turns_by_events(stage.when, policy)
        for stage in ladder.stages if not reads_items(stage.when)
    )


@frozen
class Watch:
    """A stage that ordinary presence or time alone could open, and when it could not.

    guard: what only facts change and must be true first. falls: but for the start of a tile no condition of it comes true, so what was false stays so.
    """

    stage: str
    guard: Condition | None
    falls: bool


def watches(ladder: Ladder, policy: Policy, quiet: frozenset[str]) -> tuple[Watch, ...]:
    """The stages of a ladder for whose sake a student is watched while only ordinary presence comes in."""
    still = _still(ladder.where.expr, policy)
    return tuple(
        Watch(stage.name, _guard(stage.when, policy), still and _falls(stage.when.expr, policy, quiet))
        for stage in ladder.stages if not reads_items(stage.when) and not stage_is_quiet(stage, policy, quiet)
    )


def _guard(when: Condition, policy: Policy) -> Condition | None:
    """The parts of a condition, all of which must be true, that turn by facts about the student and the roster alone."""
    parts = when.expr.parts if isinstance(when.expr, And) else (when.expr,)
    turned = tuple(part for part in parts if turns_by_events(Condition(part, when.text, when.span), policy))
    return Condition(And(turned), when.text, when.span) if turned else None


def stage_is_quiet(stage: Stage, policy: Policy, quiet: frozenset[str]) -> bool:
    """Whether a stage cannot open a case while only ordinary presence comes in."""
    return _falls(stage.when.expr, policy, quiet) and _falls_at_tiles(stage.when, policy)


def mute_codes(stage: Stage, ladder: Ladder, policy: Policy) -> frozenset[str] | None:
    """The codes of marks that cannot make an opening stage true, as `quiet_codes` cannot; None where time alone may, or another ladder's case."""
    named = frozenset[str]().union(*(policy.measures[term.name].named for term in stage.when.terms if term.kind == "measure"))
    if not turns_by_events(ladder.where, policy) or cases_asked((stage.when,), policy) or not named <= saying(policy):
        return None  # what an unknown code counts shows at the next mark of any code
    codes = frozenset(code for code, mark in policy.marks.items() if mark.meaning != "not_expected") - named
    return codes if stage_is_quiet(stage, policy, codes) else None


def _falls(expr: Expr, policy: Policy, quiet: frozenset[str]) -> bool:
    """Whether a condition comes true by absence alone, however a tile that starts is judged."""
    return _rises_by_absence(expr, policy, quiet) and _false_at_zero(expr, policy)


def _falls_at_tiles(condition: Condition, policy: Policy) -> bool:
    """Whether the start of a tile, at which the stage counts as false, finds it false: else it opens again without a mark.

    A measure of days keeps its last value until the first close, so at the first lesson it is still that of the tile before.
    What happened in the tile before is true as it was.
    """
    measures = [policy.measures[term.name] for term in condition.terms if term.kind == "measure"]
    if not any(measure.tiles for measure in measures):
        return True
    return len({(measure.tiles, measure.by_day) for measure in measures}) == 1 and _false_at_zero(condition.expr, policy, HAPPENS)


def _false_at_zero(expr: Expr, policy: Policy, none: frozenset[str] = NOTHING) -> bool:
    """Whether a condition is false while what some kinds of names tell of has not happened and is 0: else time alone opens a case."""
    if isinstance(expr, And):
        return any(_false_at_zero(part, policy, none) for part in expr.parts)
    if isinstance(expr, Or):
        return all(_false_at_zero(part, policy, none) for part in expr.parts)
    if isinstance(expr, Term):
        return expr.kind in none
    if not isinstance(expr, Compare):
        return False
    left, right, strict = expr.left, expr.right, expr.op in (">", "<")
    if expr.op in ("<", "<="):
        left, right = right, left
    bounds = [getattr(right, "value", None)]
    if isinstance(right, Term) and right.kind == "parameter":
        bounds = [line.value for line in policy.parameters[right.name].lines]
    numbers = [getattr(bound, "number", bound) for bound in bounds]
    if isinstance(left, Term) and left.kind == "outcome":
        return True  # no value before a case
    return isinstance(left, Term) and left.kind in none & {"measure", "times"} and all(
        isinstance(number, (int, Fraction)) and (number >= 0 if strict else number > 0) for number in numbers
    )


def _rises_by_absence(expr: Expr, policy: Policy, quiet: frozenset[str]) -> bool:
    if isinstance(expr, And) and any(isinstance(part, Term) and part.kind == "became" for part in expr.parts):
        return True  # false at every instant but its event's
    if isinstance(expr, (And, Or)):
        return all(_rises_by_absence(part, policy, quiet) for part in expr.parts)
    if isinstance(expr, Compare):
        left, right, op = expr.left, expr.right, expr.op
        if op in ("<", "<="):
            left, right, op = right, left, TURNED[op]
        if op in (">", ">=") and isinstance(right, Term) and right.kind == "age" and _constant(left, policy):
            return True  # nobody grows younger
        if op in (">", ">=") and isinstance(left, Term) and _constant(right, policy):
            if left.kind == "times":
                return True
            if left.kind == "measure":
                return _falls_by_presence(policy.measures[left.name], policy, quiet)
    if isinstance(expr, Term) and expr.kind == "became":
        return True
    return _still(expr, policy)


def _falls_by_presence(measure: Measure, policy: Policy, quiet: frozenset[str]) -> bool:
    set_still = all(_set_still(amount.name, policy) for amount in measure.amounts if isinstance(amount, Param))  # a window may grow on a date
    return set_still and measure.kind in ("run", "count", "sum") and not measure.fact and not measure.present and not measure.named & quiet


def _constant(expr: Expr, policy: Policy) -> bool:
    return isinstance(expr, Lit) or isinstance(expr, Term) and expr.kind == "parameter" and _set_still(expr.name, policy)


def _set_still(parameter: str, policy: Policy) -> bool:
    """Whether the value of a parameter changes only by events, never on a date."""
    return all(line.start is None and (line.where is None or _still(line.where.expr, policy)) for line in policy.parameters[parameter].lines)


def is_still(condition: Condition, policy: Policy) -> bool:
    """Whether a condition changes only by events of its own, never by marks or the passing of time."""
    return _still(condition.expr, policy)


def turns_by_events(condition: Condition, policy: Policy) -> bool:
    """Whether who is covered or counted changes only by events about them and by the roster: a case opens and ends by marks too."""
    return is_still(condition, policy) and not cases_asked((condition,), policy)


def is_constant(amount: Amount, policy: Policy) -> bool:
    """Whether an amount is the same on every date and of everybody."""
    return not isinstance(amount, Param) or all(line.start is None and line.where is None for line in policy.parameters[amount.name].lines)


def _still(expr: Expr, policy: Policy) -> bool:
    """Whether a value changes only by events of its own, never by marks or the passing of time."""
    if isinstance(expr, Lit):
        return True
    if isinstance(expr, Term):
        # `outcome` has no value before a case (SEMANTICS, section 4), so it cannot open one.
        if expr.kind in ("flag", "attribute", "status", "grade", "class_name", "open_case", "received", "outcome"):
            return True
        return (expr.kind == "ever" and not expr.options) or _constant(expr, policy)
    if isinstance(expr, (And, Or)):
        return all(_still(part, policy) for part in expr.parts)
    if isinstance(expr, Not):
        return _still(expr.part, policy)
    if isinstance(expr, Compare):
        return _still(expr.left, policy) and _still(expr.right, policy)
    return False
