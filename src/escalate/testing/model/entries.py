"""What a consequence comes to (Q1 to Q4)."""

from __future__ import annotations

import itertools
import re
from fractions import Fraction

from attrs import evolve

from ...policy import Entry as Consequence
from ...policy import Policy, Target
from .books import Book, Entry
from .duties import Occasion
from .values import Ctx, measure_of, number, true


def enter(book: Book, entry: Entry) -> None:
    """Sets what a notice enters, counted on the date on which it took effect."""
    said = entry.action.entry
    if said is None:
        return
    ctx = book.ask(entry.episode, entry.policy, entry.effective)
    period = ctx.seen.days(ctx.date).period(said.period, ctx.date) if said.period else None
    heads = heads_of(said, entry, ctx)
    found = worth(said, heads, ctx, entry.policy)
    entry.entered = (*found, period[0] if period else "", str(heads)) if found else ()


def heads_of(said: Consequence, entry: Entry, ctx: Ctx) -> int:
    """For how many it is entered: once, for each counted, or for each beyond the limit (Q2)."""
    one = entry.episode
    if not isinstance(one, Occasion) or one.target is None or said.per not in ("student", "student above the limit"):
        return 1
    counted, of = one.counted
    return counted if said.per == "student" else beyond(one.target, counted, of, ctx)


def beyond(target: Target, counted: int, of: int, ctx: Ctx) -> int:
    """The least number of heads that would have to be otherwise for the limit to hold, with the bound itself allowed."""
    bound = None if target.bound is None else number(target.bound, ctx)
    if bound is None:
        return 0
    up = target.limit in ("at_least", "above")
    limit = bound if target.heads else bound * of
    return next(n for n in itertools.count() if (counted + n >= limit if up else counted - n <= limit))


def worth(said: Consequence, heads: int, ctx: Ctx, policy: Policy) -> tuple[str, str] | None:
    """The amount as text and its word; None where a name in it has no value."""
    text = held(said.text, ctx, policy) if said.text in policy.parameters else said.text
    if text is None:
        return None
    verb, _, word = text.partition(" ")
    if verb in ("lose", "gain"):
        return verb, word
    found = amount(text, ctx, policy)
    if found is None:
        return None
    one, word, share = found
    if share and said.compound:
        return f"x{decimal((1 + one) ** heads)}", word
    total = one * heads
    return f"{'' if total < 0 else '+'}{decimal(total * 100 if share else total)}{'%' if share else ''}", word


def amount(text: str, ctx: Ctx, policy: Policy) -> tuple[Fraction, str, bool] | None:
    """A number with its word, and whether it is a share; of arithmetic what it comes to, the last sign that binds least first."""
    for signs in ("+-", "*/"):
        found = re.fullmatch(rf"(.+) ([{signs}]) (.+?)", text)
        if found:
            left, right = amount(found[1], ctx, policy), amount(found[3], ctx, policy)
            return None if left is None or right is None else joined(found[2], left, right)
    if text in policy.parameters:
        line = held(text, ctx, policy)
        return None if line is None else amount(line, ctx, policy)
    name, _, word = text.partition(" ")
    if name in policy.measures:
        score = recorded(name, ctx)
        return None if score is None else (score, word, False)
    parts = re.fullmatch(r"([+-]?[0-9.]+)(%?) ?(.*)", text)
    assert parts is not None, text
    digits, percent, word = parts.groups()
    return Fraction(digits) / (100 if percent else 1), word, bool(percent)


def recorded(name: str, ctx: Ctx) -> Fraction | None:
    """Q4: what somebody recorded; where nobody did, there is a count and nothing else."""
    policy, rule = ctx.policy, ctx.policy.measures[name]
    found = measure_of(name, ctx)
    averaged = evolve(ctx, policy=evolve(policy, measures={**policy.measures, name: evolve(rule, kind="mean")}))
    if found is None or rule.kind == "sum" and measure_of(name, averaged) is None:
        return None
    return Fraction(str(found))


def joined(sign: str, left: tuple[Fraction, str, bool], right: tuple[Fraction, str, bool]) -> tuple[Fraction, str, bool]:
    """Two amounts as one: the word is that of either."""
    number = {"+": left[0] + right[0], "-": left[0] - right[0], "*": left[0] * right[0], "/": left[0] / (right[0] or 1)}[sign]
    return number, left[1] or right[1], left[2] or right[2]


def held(name: str, ctx: Ctx, policy: Policy) -> str | None:
    """A parameter as it is written."""
    for line in policy.parameters[name].lines:
        if (line.start is None or line.start <= ctx.date) and (line.where is None or true(line.where, ctx)):
            return line.text
    return None


def decimal(number: Fraction) -> str:
    """Written out; a number that does not end, as a mean may be, as a fraction."""
    text = f"{float(number):.12f}".rstrip("0").rstrip(".")
    return text if Fraction(text) == number else f"{number.numerator}/{number.denominator}"
