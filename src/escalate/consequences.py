"""Consequences: what an entry in an appraisal comes to, exactly, with the heads that it was counted for (docs/semantics.md, Q1 to Q4)."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from fractions import Fraction

from attrs import frozen

from .language import shown
from .messages import say
from .policy import Entry

_WORD = re.compile(r"(lose|gain)\s+(\S.*)")
_PLAIN = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?)(%?)(?:\s+([^\s\d(%*/+-].*))?")
# A parameter's name to the text that it holds, a measure's to its number as text; None where it has no value.
Held = Callable[[str], "str | None"]


@frozen
class Amount:
    """A number in a word: `-50` of `yuan`; share: of `-2%`, a part of one. lose and gain have no number."""

    number: Fraction
    word: str = ""
    share: bool = False


@frozen
class Line:
    """What is entered: the amount as text (`-100`, `-4%`, `lose`, `gain`, `x0.9604`), its word, the period, and for how many heads."""

    amount: str
    word: str
    period: str
    heads: int

    @property
    def parts(self) -> tuple[str, ...]:
        """The line as it stands in an item."""
        return self.amount, self.word, self.period, str(self.heads)


def line(entry: Entry, held: Held, period: str, heads: int) -> Line | None:
    """What an entry comes to for so many heads; None where a name in it has no value. Raises ValueError for what is no entry."""
    text = entry.text
    alone = held(text) if re.fullmatch(r"[^\W\d]\w*", text) else None
    word = _WORD.fullmatch(alone if alone is not None else text)
    if word:
        return Line(word.group(1), word.group(2), period, heads)
    found = evaluate(text, held)
    if found is None:
        return None
    if entry.compound and found.share:
        return Line(f"x{shown((1 + found.number) ** heads)}", found.word, period, heads)
    total = found.number * heads
    said = f"{shown(total * 100)}%" if found.share else shown(total)
    return Line(said if total < 0 or said.startswith("-") else f"+{said}", found.word, period, heads)


def evaluate(text: str, held: Held) -> Amount | None:
    """An amount, or arithmetic on amounts and names. Raises ValueError where the words of its parts do not go together."""
    plain = _PLAIN.fullmatch(text)
    if plain:
        number = Fraction(plain.group(1))
        return Amount(number / 100 if plain.group(2) else number, plain.group(3) or "", bool(plain.group(2)))
    formula, word = split(text)
    try:
        tree = ast.parse(formula.replace("%", "/100"), mode="eval").body
    except SyntaxError as error:
        raise ValueError(say("`{text}` is not an entry", text=text)) from error
    found = _worth(tree, held)
    if found is not None and word and found.word not in ("", word):
        raise ValueError(say("`{word}` and `{word2}` cannot be added", word=found.word, word2=word))
    return None if found is None else Amount(found.number, word or found.word, found.share or "%" in formula)


def split(text: str) -> tuple[str, str]:
    """A formula and the word behind it: `2 * deduction` has none of its own, `score * 5 points` has one."""
    found = re.fullmatch(r"(.*[0-9)\w%])\s+([^\W\d]\S*)", text)
    if found is None or re.search(r"[-+*/(]\s*$", found.group(1)):
        return text, ""
    return found.group(1), found.group(2)


def divisors(text: str) -> frozenset[str]:
    """The names that an entry divides by."""
    below = (node.right for node in ast.walk(ast.parse(split(text)[0].replace("%", "/100"))) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div))
    return frozenset(node.id for part in below for node in ast.walk(part) if isinstance(node, ast.Name))


def _worth(node: ast.expr, held: Held) -> Amount | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        return Amount(Fraction(str(node.value)))
    if isinstance(node, ast.Name):
        text = held(node.id)
        return None if text is None else evaluate(text, held)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.UAdd)):
        part = _worth(node.operand, held)
        sign = -1 if isinstance(node.op, ast.USub) else 1
        return None if part is None else Amount(sign * part.number, part.word, part.share)
    if isinstance(node, ast.BinOp):
        left, right = _worth(node.left, held), _worth(node.right, held)
        return None if left is None or right is None else _joined(node.op, left, right)
    raise ValueError(say("an entry is a number, a parameter, a measure, or `+ - * /` of them"))


def _joined(op: ast.operator, left: Amount, right: Amount) -> Amount:
    if isinstance(op, (ast.Add, ast.Sub)):
        if left.word and right.word and left.word != right.word:
            raise ValueError(say("`{word}` and `{word2}` cannot be added", word=left.word, word2=right.word))
        number = left.number + right.number if isinstance(op, ast.Add) else left.number - right.number
        return Amount(number, left.word or right.word, left.share or right.share)
    if isinstance(op, ast.Mult) and not (left.word and right.word):
        return Amount(left.number * right.number, left.word or right.word, left.share or right.share)
    if isinstance(op, ast.Div) and not right.word and right.number:
        return Amount(left.number / right.number, left.word, left.share)
    raise ValueError(say("an entry is a number, a parameter, a measure, or `+ - * /` of them"))
