"""What a problem says of our words, in the words of the file that it speaks of: who writes `期限` is not told to write `due`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from attrs import evolve

from ..keywords import CHOICES, CONSTANTS, FORMS, FUNCTIONS, KEYS, KEYS_OF, MEANINGS, MOMENTS, OPERATORS, OPTIONS, OWN_ROLES, STATUSES, Words
from ..messages import reworded
from ..parse import ListNode, Node, TextNode, parse
from ..slips import KEY
from ..source import Problem, Source, Span
from . import conditions, forms
from .conditions import Piece
from .forms import EN, ZH
from .own import NOBODY, Own
from .shapes import SHAPES, Shape, shape_of, words_of
from .tree import Turn, english, keywords, said

_WRITTEN = re.compile(rf"(?:^|[{{,])[ \t]*(?:-[ \t]+)?({KEY})[ \t]*[:：]", re.MULTILINE)
_ENGLISH = frozenset(KEYS).union(*KEYS_OF.values())
_CHINESE = frozenset(word for words in (KEYS, *KEYS_OF.values()) for word in words.values())
# Where a word stands alone, the first of these that knows it.
_ALONE: tuple[Words, ...] = (KEYS, OPERATORS, CONSTANTS, STATUSES, MOMENTS, OWN_ROLES, FUNCTIONS, OPTIONS, MEANINGS, *CHOICES.values(), *KEYS_OF.values())
_LATIN = re.compile("[a-z]")
_INTO = Turn(ZH)


def as_written(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems whose message and help say each word of ours as the file does that they stand in."""
    return tuple(
        evolve(problem, message=reworded(problem.message, chinese), help=reworded(problem.help, chinese))
        if problem.span is not None and in_chinese(problem.span.source)
        else problem
        for problem in problems
    )


@lru_cache(32)
def in_chinese(source: Source) -> bool:
    """Whether more keywords of a text are Chinese than English; it need not be readable."""
    found = _WRITTEN.findall(source.text)
    return sum(word in _CHINESE for word in found) > sum(word in _ENGLISH for word in found)


def keys_beside(written: Sequence[TextNode], known: Iterable[str], place: Span | None) -> Words:
    """The Chinese words of the keys that may stand in a mapping, empty where they are said in English: as those that stand there, else as most of the file."""
    names = tuple(known)
    ours = [key for key in written if key.text in names]
    return words_of(names) if any(key.written for key in ours) or not ours and place is not None and in_chinese(place.source) else {}


def read_on(key: TextNode, value: Node, known: Iterable[str], meant: str, own: Own = NOBODY) -> Node | None:
    """What stands below a key that is not known, in English as below the one that was meant; None where it cannot stand there, or none was."""
    shape = SHAPES[shape_of(tuple(known))].keys.get(meant, "")
    below = english(value, shape, Turn(EN, own))[0]
    return below if meant and (key.text.isascii() or not shape or fits(below, SHAPES[shape])) else None


@cache
def chinese(text: str, kind: str = "") -> str:
    """A piece of a policy in Chinese, itself where it is none.

    kind: the kind of a text or the name of a mapping in `SHAPES`, for what says several things by its place; without it the likeliest is taken.
    """
    if kind in SHAPES and text in SHAPES[kind].words:
        return SHAPES[kind].words[text]
    if kind == "option":
        return OPTIONS.get(text, text)
    if kind:
        return said(TextNode(text, Span(Source("", text), 1, 1, 1, len(text) + 1)), Shape(kind), _INTO)
    if word := next((words[text] for words in _ALONE if text in words), ""):
        return word
    if re.search(r":(?:\s|$)|^[-\[]", text):
        return _mapping(text)
    found = [one for form in FORMS if (one := forms.turned(form, text, ZH)) != text]
    return min(found, key=lambda one: len(_LATIN.findall(one)), default="") or conditions.turned(text, NOBODY, ZH)


def _mapping(text: str) -> str:
    """Keys and values in Chinese, of the kind of mapping in which most of them are words of ours."""
    tree, problems = parse(Source("", text))
    if problems or tree is None:
        return text
    found = [list(keywords(tree, name, _INTO)) for name, shape in SHAPES.items() if fits(tree, shape)]
    pieces = [(node.span.col - 1, piece) for node, pieces in max(found, key=len, default=[]) for piece in pieces]
    placed = sorted((Piece(start + piece.start, start + piece.end, piece.text) for start, piece in pieces), key=lambda piece: piece.start)
    return conditions.spliced(text, tuple(placed))


def fits(node: Node, shape: Shape) -> bool:
    """Whether what is written can stand in a place: a mapping only where its keys are known, or are names."""
    if isinstance(node, ListNode):
        return all(fits(item, SHAPES[shape.items] if shape.items else shape) for item in node.items)
    if isinstance(node, TextNode):
        return not shape.names and (not shape.keys or shape.text != "" or shape is SHAPES["text"]) or _is_left_out(node)
    if shape.names:
        return all(key.text not in _ENGLISH and (_is_left_out(value) or fits(value, SHAPES[shape.names])) for key, value in node.entries)
    return all(key.text in shape.keys and (shape.keys[key.text] == "" or fits(value, SHAPES[shape.keys[key.text]])) for key, value in node.entries)


def _is_left_out(node: Node) -> bool:
    return isinstance(node, TextNode) and node.text in ("", "...")
