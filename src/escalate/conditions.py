"""Conditions: a small typed language, read with Python's expression grammar and never executed.

A condition is a tree of `Expr`. Its leaves that need a value from the world are `Term`s,
each with one `key` that names it in readings, records and explanations.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from fractions import Fraction

from attrs import field, frozen

from .source import Span


class Nothing:
    """The value `none`: an item was asked and no outcome has come yet."""

    def __repr__(self) -> str:
        return "none"

    def __bool__(self) -> bool:
        return False


NONE = Nothing()
# `None` in a reading means unknown: there is no value, and every comparison with it is unknown.
Value = bool | int | Fraction | str | datetime.date | Nothing | None


@frozen
class Quantity:
    """A number with a unit, such as `3 school days` or `30 minutes`; the unit is singular."""

    number: Fraction
    unit: str


@frozen
class Lit:
    """A number (exact), a text, a date, a truth or `none`; `unit` where one was written."""

    value: Value
    unit: str = ""
    span: Span | None = field(default=None, eq=False, repr=False)


# Kinds of term that are true or false by themselves.
TRUTHS = frozenset({"flag", "status", "became", "ever", "done", "overdue", "late", "fired", "open_case", "received", "new_holder", "marked"})
# Kinds that read items or firings: a stage that names one cannot open a case (SEMANTICS, section 4).
ITEM_KINDS = frozenset({"done", "overdue", "late", "fired"})
# A comparison with its sides exchanged.
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "=="}


@frozen
class Term:
    """A leaf that takes its value from the world.

    kind: measure, parameter, flag, attribute, status, grade, age, age_on, class_name, term_week,
    became, ever, done, outcome, overdue, late, fired, open_case, times, received, days_since,
    school_days_since, rate, new_holder, marked.
    name: what it is asked of: a measure, parameter, flag, attribute, status, item path
    (`name`, `stage.name` or `ladder.stage.name`), stage, ladder, document, or an anchor.
    options: keyword arguments such as result, to, within, since, cause, by, sorted by key.
    target: for days_since and school_days_since, what `name` is: stage, item, status, case,
    enrolment, term_start, date; of a grade beside a text: text, else it is a number.
    """

    kind: str
    name: str = ""
    options: tuple[tuple[str, Value | Quantity], ...] = ()
    target: str = ""
    span: Span | None = field(default=None, eq=False, repr=False)

    # The term as an author writes it; a grade beside a text apart from that beside a number.
    key: str = field(init=False, eq=False, repr=False)

    @key.default
    def _key(self) -> str:
        if self.kind == "grade" and self.target == "text":
            return "text(grade)"
        if self.kind in ("measure", "parameter", "flag", "attribute", "status", "grade", "age", "class_name", "term_week", "marked"):
            return self.name or self.kind
        inside = ", ".join([self.name, *(f"{key}={show(value)}" for key, value in self.options)] if self.name else [])
        return f"{self.kind}({inside})"

    def option(self, key: str) -> Value | Quantity:
        """The value of a keyword argument, `None` where it was not written."""
        return dict(self.options).get(key)


@frozen
class Compare:
    """One comparison; a chain `a <= b < c` is the `And` of its comparisons. op: one of < <= == != >= >."""

    op: str
    left: Expr
    right: Expr
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class Among:
    """`left in (a, b)` or `left not in (a, b)`."""

    left: Expr
    items: tuple[Expr, ...]
    negated: bool = False
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class And:
    """True where every part is."""

    parts: tuple[Expr, ...]


@frozen
class Or:
    """True where some part is."""

    parts: tuple[Expr, ...]


@frozen
class Not:
    """True where its part is false."""

    part: Expr


@frozen
class Arith:
    """`+ - * /` on exact numbers; dividing by zero has no value."""

    op: str
    left: Expr
    right: Expr


Expr = Lit | Term | Compare | Among | And | Or | Not | Arith


@frozen
class Condition:
    """An expression with the text that the author wrote and where."""

    expr: Expr
    text: str
    span: Span | None = field(default=None, eq=False, repr=False)
    terms: tuple[Term, ...] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        unique = {term.key: term for term in terms_of(self.expr)}
        object.__setattr__(self, "terms", tuple(unique.values()))


Readings = Mapping[str, Value]


def terms_of(expr: Expr) -> Iterator[Term]:
    """Every term of an expression, from left to right."""
    if isinstance(expr, Term):
        yield expr
    elif isinstance(expr, (Compare, Arith)):
        yield from terms_of(expr.left)
        yield from terms_of(expr.right)
    elif isinstance(expr, Among):
        yield from terms_of(expr.left)
        for item in expr.items:
            yield from terms_of(item)
    elif isinstance(expr, (And, Or)):
        for part in expr.parts:
            yield from terms_of(part)
    elif isinstance(expr, Not):
        yield from terms_of(expr.part)


def pieces(expr: Expr) -> Iterator[Expr]:
    """What `and`, `or` and `not` join, from left to right."""
    if isinstance(expr, (And, Or)):
        for part in expr.parts:
            yield from pieces(part)
    elif isinstance(expr, Not):
        yield from pieces(expr.part)
    else:
        yield expr


def comparisons(expr: Expr) -> Iterator[Compare]:
    """Every comparison that a condition joins, from left to right."""
    return (piece for piece in pieces(expr) if isinstance(piece, Compare))


def show(value: Value | Quantity) -> str:
    """A value as an author writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Quantity):
        plural = "" if value.number == 1 else "s"
        return f'"{value.number} {value.unit}{plural}"'
    if isinstance(value, str):
        return f'"{value}"'
    return "unknown" if value is None else str(value)


ALWAYS = Condition(Lit(True), "true")
