"""What can matter to a policy: the codes, lengths, flags, statuses, documents, facts and outcomes that its text names."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from attrs import frozen

from ..conditions import Among, Arith, Compare, Expr, Lit, Quantity, Term, pieces
from ..policy import STATUSES, Ladder, Policy, asked, conditions, items_of

Date = datetime.date
LONGEST = 30  # school days of absence in a row, beyond which no history goes
SESSIONS = 2  # a day, where a length in sessions is turned into days
ORDER = ("present", "unexcused", "excused", "late", "left_early", "unknown", "not_expected")


@frozen
class Named:
    """Something that events may say, at a level, with the values that the policy tells apart."""

    name: str
    values: tuple[str, ...] = ()
    level: str = "student"


@frozen
class Matters:
    """What of some policies an event or a roster may say, each list with the plainest first.

    codes: of marks, present first. away: those of absence, unexcused first; any where there is none. lengths: of absences in school days,
    N-1, N and N+1 of each threshold. minutes: of marks, likewise.
    columns: of the roster, that conditions ask for. starts: dates on which a version or a parameter begins.
    """

    codes: tuple[str, ...]
    away: tuple[str, ...]
    lengths: tuple[int, ...]
    minutes: tuple[int, ...]
    grades: tuple[str, ...]
    columns: tuple[Named, ...]
    flags: tuple[Named, ...]
    statuses: tuple[Named, ...]
    documents: tuple[Named, ...]
    facts: tuple[Named, ...]
    outcomes: tuple[Named, ...]
    roles: tuple[Named, ...]
    starts: tuple[Date, ...]

    @property
    def longest(self) -> int:
        """The longest absence in school days that can matter."""
        return self.lengths[-1]


def matters(policies: Sequence[Policy]) -> Matters:
    """What can matter to some policies."""
    found = tuple(condition for policy in policies for condition in conditions(policy))
    terms = tuple(term for condition in found for term in condition.terms)
    sides = tuple(pair for condition in found for pair in compared(condition.expr))
    flags = tuple(Named(name, ("yes", "no")) for policy in policies for name, one in policy.students.items() if one.type == "flag")
    columns = tuple(Named(name, values_of(name, sides, one.type)) for policy in policies for name, one in policy.students.items() if one.type != "flag")
    return Matters(
        codes(policies), away(policies) or codes(policies), lengths(policies, sides), minutes(policies), grades(sides),
        unique((*columns, *flags)), unique((*flags, *columns)), statuses(terms),
        unique(Named(term.name, tuple(str(value) for key, value in term.options if key == "by")) for term in terms if term.kind == "received"),
        unique(facts(policies)), unique(outcomes(policies)),
        unique(Named(role.name, (), role.of) for policy in policies for role in policy.roles.values()), starts(policies),
    )  # fmt: skip


def unique(found: Iterable[Named]) -> tuple[Named, ...]:
    """Each once, in order."""
    return tuple(dict.fromkeys(found))


def compared(expr: Expr) -> Iterator[tuple[Expr, Expr]]:
    """What is compared with what, both ways round."""
    for piece in pieces(expr):
        if isinstance(piece, Compare):
            yield from ((piece.left, piece.right), (piece.right, piece.left))
        elif isinstance(piece, Among):
            yield from ((piece.left, one) for one in piece.items)


def codes(policies: Sequence[Policy]) -> tuple[str, ...]:
    """One code of each meaning, and each that a measure or a reason tells apart from others of its meaning."""
    found: dict[str, None] = {}
    for meaning in ORDER:
        for policy in policies:
            kinds: dict[object, str] = {}
            for code, mark in policy.marks.items():
                if mark.meaning == meaning:
                    told = tuple((code in one.counted, code in one.neutral, code in one.breaks) for one in policy.measures.values())
                    kinds.setdefault((told, mark.reasons), code)
            found |= dict.fromkeys(kinds.values())
    return tuple(found)


def away(policies: Sequence[Policy]) -> tuple[str, ...]:
    """The codes of absence among those, unexcused first."""
    meant = {code: mark.meaning for policy in policies for code, mark in policy.marks.items()}
    return tuple(code for meaning in ("unexcused", "excused") for code in codes(policies) if meant[code] == meaning)


def lengths(policies: Sequence[Policy], sides: Iterable[tuple[Expr, Expr]]) -> tuple[int, ...]:
    """School days at, just below and just above each number that a measure or a time is compared with."""
    units = {(policy.name, name): measure.unit for policy in policies for name, measure in policy.measures.items()}
    days: set[int] = {1, 2, 3}
    for left, right in sides:
        for policy in policies:
            unit = unit_of(left, units, policy)
            for number in numbers(right, policy) if unit else ():
                middle = in_days(number, unit)
                days |= {middle - 1, middle, middle + 1}
    return tuple(sorted(n for n in days if 1 <= n <= LONGEST))


def unit_of(expr: Expr, units: dict[tuple[str, str], str], policy: Policy) -> str:
    """The unit of a measure or of a time that has passed; empty for anything else."""
    if isinstance(expr, Term) and expr.kind == "measure":
        return units.get((policy.name, expr.name), "")
    return {"days_since": "day", "school_days_since": "school_day"}.get(expr.kind, "") if isinstance(expr, Term) else ""


def numbers(expr: Expr, policy: Policy) -> Iterator[Fraction]:
    """The numbers that an expression may come to: written, or of a parameter's lines."""
    if isinstance(expr, Lit) and isinstance(expr.value, (int, Fraction)) and not isinstance(expr.value, bool):
        yield Fraction(expr.value)
    elif isinstance(expr, Term) and expr.kind == "parameter" and expr.name in policy.parameters:
        for line in policy.parameters[expr.name].lines:
            value = line.value.number if isinstance(line.value, Quantity) else line.value
            if isinstance(value, (int, Fraction)):
                yield Fraction(value)
    elif isinstance(expr, Arith):
        yield from (*numbers(expr.left, policy), *numbers(expr.right, policy))


def in_days(number: Fraction, unit: str) -> int:
    """So many of a unit in school days, at the least."""
    a_day = {"session": SESSIONS, "half_day": 2, "hour": 6, "minute": 360}.get(unit)
    return math.ceil(number / a_day) if a_day else math.ceil(number * 5 / 7) if unit == "day" and number > 5 else math.ceil(number)


def minutes(policies: Sequence[Policy]) -> tuple[int, ...]:
    """Minutes of marks at and around each bound."""
    bounds = [plus.over_minutes for policy in policies for measure in policy.measures.values() for plus in measure.plus]
    found = {10, *(int(bound) + step for bound in bounds if isinstance(bound, (int, Fraction)) for step in (-1, 0, 1))}
    return tuple(sorted(n for n in found if n >= 0))


def grades(sides: Iterable[tuple[Expr, Expr]]) -> tuple[str, ...]:
    """Grades at and around each that is compared; one where none is."""
    found: dict[str, None] = {}
    for left, right in sides:
        if isinstance(left, Term) and left.kind == "grade" and isinstance(right, Lit):
            number = str(right.value)
            found |= dict.fromkeys(str(int(number) + step) for step in (0, -1, 1)) if number.isdigit() else {number: None}
    return tuple(found) or ("7",)


def values_of(name: str, sides: Iterable[tuple[Expr, Expr]], kind: str) -> tuple[str, ...]:
    """Values of an attribute that conditions tell apart."""
    written = [right.value for left, right in sides if isinstance(left, Term) and left.name == name and isinstance(right, Lit)]
    if kind == "number":
        found = [str(int(value) + step) for value in written if isinstance(value, (int, Fraction)) for step in (0, -1, 1)]
        return tuple(dict.fromkeys(found)) or ("1",)
    if kind == "date":
        return tuple(dict.fromkeys(str(value) for value in written if isinstance(value, datetime.date))) or ("2025-09-03",)
    return (*dict.fromkeys(str(value) for value in written if isinstance(value, str)), "other")


def statuses(terms: Iterable[Term]) -> tuple[Named, ...]:
    """Statuses that conditions name, with their causes; and leaving and coming back, which every ladder hears of."""
    found: dict[str, list[str]] = {"transferred_out": [], "transferred_in": []}
    for term in terms:
        if (term.kind in ("became", "ever", "status") or term.target == "status") and term.name in STATUSES and term.name != "enrolled":
            found.setdefault(term.name, []).extend(str(value) for key, value in term.options if key == "cause")
    return tuple(Named(name, tuple(dict.fromkeys(causes))) for name, causes in found.items())


def facts(policies: Sequence[Policy]) -> Iterator[Named]:
    """Facts that measures count, at the levels at which something is asked."""
    for policy in policies:
        levels = dict.fromkeys(("student", *(part.each for part in asked(policy))))
        yield from (Named(measure.fact, ("1", "2", "3"), level) for measure in policy.measures.values() if measure.fact for level in levels)


def outcomes(policies: Sequence[Policy]) -> Iterator[Named]:
    """What may be done, with the results that it may have, at the level at which it is asked."""
    for policy in policies:
        parts = [("student", stage) for ladder in policy.ladders.values() for stage in (*ladder.stages, *([ladder.ends] if ladder.ends else []))]
        parts += [(duty.each, duty.stage) for duty in policy.duties.values()]
        parts += [(target.each, stage) for target in policy.targets.values() for stage in (target.broken, target.met)]
        for level, stage in parts:
            yield from (Named(action.name, ("", *action.results), level) for action in items_of(stage) if action.by.entries)


def starts(policies: Sequence[Policy]) -> tuple[Date, ...]:
    """When a version begins that follows another, and when a parameter's line begins that some version covers."""
    found = [policy.start for policy in policies if policy.start and any(other.end and other.end < policy.start for other in policies)]
    found += [line.start for policy in policies for one in policy.parameters.values() for line in one.lines if line.start and policy.covers(line.start)]
    return tuple(dict.fromkeys(found))


def parts(ladder: Ladder) -> bool:
    """Whether a case of a ladder may end, and another open, within the period that one lasts: by `ends`, or by leaving a `where` that not all meet."""
    return ladder.ends is not None or ladder.where.expr != Lit(True)
