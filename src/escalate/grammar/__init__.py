"""Conditions from text: Python's grammar gives the shape, nothing is executed, no float is made, and every mistake is a problem at its own place."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping

from attrs import evolve

from ..conditions import Condition, Expr
from ..language import Names, bare, nameable, reserved
from ..messages import UNSAID, say
from ..parse import Written
from ..places import Place, placed
from ..scan import DEEPEST, Mistake, Word, for_python, scan
from ..source import Problem, Span
from .bounds import bounded
from .reader import Reader
from .shapes import anything, truth
from .titles import side_by_side

__all__ = ["Names", "nameable", "parse_condition", "parse_value", "reserved"]


def parse_condition(text: str, span: Span | None, names: Names, written: Written | None = None) -> tuple[Condition | None, list[Problem]]:
    """The condition that a text says, or everything that is wrong with it.

    `span` is where the text stands in its source; the problems point inside it. `written`: what stands there, where that is in Chinese.
    """
    return _parsed(text, span, names, truth, written)


def parse_value(text: str, span: Span | None, names: Names, written: Written | None = None) -> tuple[Condition | None, list[Problem]]:
    """The same for what need not be true or false: a number, a text, an outcome, a date."""
    return _parsed(text, span, names, anything, written)


def _parsed(
    text: str, span: Span | None, names: Names, read: Callable[[Reader, ast.expr], Expr], written: Written | None
) -> tuple[Condition | None, list[Problem]]:
    words, mistakes = scan(text, bare(names))
    place = placed(text, span) if written is None else _behind(written, placed(written.text, span))
    if mistakes:
        meant = [bounded(names, text, mistake) or side_by_side(text, words, mistake, names) for mistake in mistakes]
        return None, [_problem(evolve(mistake, help=help) if help else mistake, place) for mistake, help in zip(mistakes, meant, strict=True)]
    python, columns = for_python(words)
    try:
        tree = ast.parse(python, mode="eval").body
    except SyntaxError as error:
        return None, [_problem(_unreadable(text, words, columns, error), place)]
    reader = Reader(text, words, columns, names, place, written)
    if _depth(tree) > DEEPEST:
        reader.wrong("too-deep", say("the condition is nested deeper than {DEEPEST}", DEEPEST=DEEPEST), tree, say("name its parts, or write several stages"))
        return None, reader.problems
    expr = read(reader, tree)
    if reader.problems:
        return None, reader.problems
    return Condition(expr, text, span), []


def _behind(written: Written, place: Place) -> Place:
    """The place of a stretch of what is read, in what was written."""
    return lambda start, end: place(*written.stretch(start, end))


def _unreadable(text: str, words: tuple[Word, ...], columns: Mapping[int, int], error: SyntaxError) -> Mistake:
    column = max((start for start in columns if start <= (error.offset or 1) - 1), default=0)
    word = words[columns[column]]
    shown = text[word.start : word.end]
    help = say("put `not ...` in brackets") if word.kind == "not" else UNSAID
    return Mistake("syntax", say("the condition cannot be read at `{shown}`", shown=shown), word.start, word.end, help)


def _depth(tree: ast.AST) -> int:
    deepest = 0
    todo = [(tree, 1)]
    while todo:
        node, depth = todo.pop()
        deepest = max(deepest, depth)
        todo += [(child, depth + 1) for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
    return deepest


def _problem(mistake: Mistake, place: Place) -> Problem:
    return Problem(mistake.kind, mistake.message, place(mistake.start, mistake.end), mistake.help)
