"""Which occurrences of a stage fire (SEMANTICS 6, J8)."""

from __future__ import annotations

from fractions import Fraction

from ...conditions import And, Compare, Expr, Or, Term, Value, terms_of
from ...policy import Stage
from .books import Book
from .episodes import Episode
from .logic import worth
from .values import Ctx, number, value


def occurrences(book: Book, episode: Episode, stage: Stage, fell: bool, ctx: Ctx) -> list[str]:
    """Which numbers or periods of a stage fire at an instant at which its condition is true."""
    again, key, days = stage.again, (id(episode), stage.name), book.facts.seen.days(ctx.date)
    so_far = book.count.get(key, 0)
    if again is None:
        book.count[key] = 1
        return ["1"]
    if again.kind == "crossing":
        upto = so_far + fell
    elif again.kind == "further":
        reached = further(stage.when.expr, ctx)
        step = number(again.n, ctx)
        upto = max(so_far, (reached[0] - reached[1]) // step + 1) if reached and step else so_far
    elif again.kind == "every":
        newest = episode.fired_last.get(stage.name)
        step = number(again.n, ctx)
        long_enough = newest is None or step is not None and days.school_days_between(book.facts.zone.date(newest), ctx.date) >= step
        upto = so_far + (newest is None or (long_enough and book.facts.is_close(ctx.e)))
    else:
        period = days.period("day" if again.unit == "school_day" else again.unit, ctx.date)
        if period is None or (again.unit == "school_day" and not days.is_school_day(ctx.date)):
            return []
        where = str(id(episode)) if again.unit == "school_day" else episode.ladder
        if (where, stage.name, period[0]) in book.periods:
            return []
        book.periods.add((where, stage.name, period[0]))
        return [period[0]]
    book.count[key] = upto
    return [str(n) for n in range(so_far + 1, upto + 1)]


def further(expr: Expr, ctx: Ctx) -> tuple[Fraction, Fraction] | None:
    """The measure's value and the number that it is compared with: m and N."""
    if isinstance(expr, (And, Or)):
        return next((found for part in expr.parts if (found := further(part, ctx))), None)
    if isinstance(expr, Compare) and isinstance(expr.left, Term) and expr.left.kind == "measure" and expr.op == ">=":
        held: Value = value(expr.left, ctx)
        bound: Value = worth(expr.right, {term.key: value(term, ctx) for term in terms_of(expr.right)})
        return (Fraction(held), Fraction(bound)) if isinstance(held, (int, Fraction)) and isinstance(bound, (int, Fraction)) else None
    return None
