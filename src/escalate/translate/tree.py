"""A tree with its keywords in one language: which of its texts are keywords is said by `shapes.py`, and nothing else is touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import evolve, frozen

from ..keywords import CHOICES, FORMS, KEYS, MEANINGS, OWN_ROLES, Words
from ..kinds import kind_of_keys
from ..messages import say
from ..parse import ListNode, MapNode, Node, TextNode, Written
from ..source import Problem
from . import conditions, forms
from .conditions import Piece
from .forms import EN
from .own import NOBODY, Own
from .shapes import SHAPES, Shape

# What a path such as `truancy.three_days` is in English, and the shape of what stands there.
Paths = Callable[[str], tuple[str, str]]
# The keys that a path may lead through.
_STEPS = (
    "parameters", "students", "roles", "marks", "day", "measures", "ladders", "duties", "targets", "registers", "results", "stages", "ends", "do", "then",
    "if_outcome", "if_overdue", "if_broken", "if_met",
)  # fmt: skip
Found = tuple[TextNode, tuple[Piece, ...]]


@frozen
class Turn:
    """How a tree is turned: into which language, with which names of the author, and what paths mean in it."""

    into: int
    own: Own = NOBODY
    paths: Paths = lambda path: (path, "change")


ENGLISH = Turn(EN)


def english(tree: Node, shape: str, turn: Turn = ENGLISH) -> tuple[Node, list[Problem]]:
    """A tree in English, each text at its place; keys that stand there in both languages are a problem."""
    problems: list[Problem] = []
    return _mapped(turn, tree, SHAPES[shape], problems), problems


def keywords(tree: Node, shape: str, turn: Turn) -> Iterator[Found]:
    """Every text of a tree that is written otherwise in the language `turn.into`, with what is."""
    for node, kind in places(tree, shape, turn):
        found = _pieces(turn, node, kind)
        if found and (turn.into == EN or _returns(turn, node, kind, found)):
            yield node, found


def places(tree: Node, shape: str, turn: Turn) -> Iterator[tuple[TextNode, Shape]]:
    """Every text of a tree, keys too, with what kind of text it is."""
    return _texts(turn, tree, SHAPES[shape])


def said(node: TextNode, shape: Shape, turn: Turn) -> str:
    """What a text of a kind is in the language `turn.into`."""
    return conditions.spliced(node.text, _pieces(turn, node, shape))


def either(tree: MapNode, shape: str, key: str) -> Node | None:
    """The value of a key that is written in either language."""
    return tree.get(key) or tree.get(SHAPES[shape].words.get(key, key))


def kind_of_tree(tree: Node) -> str:
    """Which kind of file a tree is by its keys, empty where they do not tell."""
    return kind_of_keys({key.text for key, _ in tree.entries}) if isinstance(tree, MapNode) else ""


def is_policy(tree: Node) -> bool:
    """Whether a tree is a policy where a spec was to stand: it has what no spec has, and no cases."""
    if not isinstance(tree, MapNode) or either(tree, "spec", "cases") is not None:
        return False
    return any(either(tree, "policy", key) is not None for key in ("extends", "ladders", "duties", "targets"))


def defined(tree: Node | None, shape: str, paths: Paths = ENGLISH.paths) -> Own:
    """The names that a tree defines."""
    found: dict[str, set[str]] = {}
    if tree is not None:
        _gather(Turn(EN, NOBODY, paths), found, tree, SHAPES[shape])
    return Own(**{slot: frozenset(names) for slot, names in found.items()}) | Own(bare=frozenset(found.get("parameters", ())))


def shape_at(keys: tuple[str, ...]) -> str:
    """The shape of what stands at the end of some keys of a policy."""
    name = "policy"
    for key in keys:
        name = _below(SHAPES[name], key)
    return name


def steps() -> Words:
    """The keywords that may stand in a path, in English."""
    return _backward({key: KEYS[key] for key in _STEPS})


# --- walking ------------------------------------------------------------------------------------------


def _below(shape: Shape, key: str) -> str:
    if shape.names or key in shape.keys:
        return shape.names or shape.keys[key]
    return next((shape.keys[one] for one, said in shape.words.items() if said == key), "")


def _inside(turn: Turn, shape: Shape, key: TextNode) -> Shape:
    if shape.key == "path":
        return SHAPES[turn.paths(key.text)[1]]
    below = _below(shape, key.text)
    return SHAPES["text_parameter" if below == "parameter" and key.text in turn.own.texts else below]


def _texts(turn: Turn, node: Node, shape: Shape) -> Iterator[tuple[TextNode, Shape]]:
    if isinstance(node, TextNode):
        yield node, shape
    elif isinstance(node, ListNode):
        for item in node.items:
            yield from _texts(turn, item, SHAPES[shape.items] if shape.items else shape)
    elif shape is not SHAPES[""]:
        for key, value in node.entries:
            yield key, _key_shape(shape)
            yield from _texts(turn, value, _inside(turn, shape, key))


def _key_shape(shape: Shape) -> Shape:
    return Shape(shape.key) if shape.names or shape.key else Shape("keys", words=shape.words)


def _mapped(turn: Turn, node: Node, shape: Shape, problems: list[Problem]) -> Node:
    if shape is SHAPES[""]:
        return node
    if isinstance(node, TextNode):
        return _turned(turn, node, shape)
    if isinstance(node, ListNode):
        inner = SHAPES[shape.items] if shape.items else shape
        return ListNode(tuple(_mapped(turn, item, inner, problems) for item in node.items), node.span)
    entries: dict[str, tuple[TextNode, Node]] = {}
    for key, value in node.entries:
        said = key if key.text.isascii() else _turned(turn, key, _key_shape(shape))
        if said.text in entries:
            first = entries[said.text][0]
            help = say("it stands first in line {line}; keep one of the two", line=first.span.line)
            problems.append(Problem("repeated-key", say("`{text}` stands here a second time", text=key.text), key.span, help))
            continue
        entries[said.text] = said, _mapped(turn, value, _inside(turn, shape, key), problems)
    return MapNode(tuple(entries.values()), node.span, node.flow)


def _gather(turn: Turn, found: dict[str, set[str]], node: Node, shape: Shape) -> None:
    if isinstance(node, TextNode):
        if shape.defines:
            found.setdefault(shape.defines, set()).update(node.text.split()[1:] if shape.text == "mark" else [node.text])
    elif isinstance(node, ListNode):
        for item in node.items:
            _gather(turn, found, item, shape)
    else:
        for key, value in node.entries:
            if shape.defines:
                found.setdefault(shape.defines, set()).add(key.text)
            if shape.key == "path":
                found.setdefault("moments", set()).add(key.text.rpartition(".")[2])
            _gather(turn, found, value, _inside(turn, shape, key))


# --- one text -----------------------------------------------------------------------------------------


def _turned(turn: Turn, node: TextNode, shape: Shape) -> TextNode:
    found = _pieces(turn, node, shape)
    if not found:
        return node
    text = conditions.spliced(node.text, found)
    return evolve(node, text=text, written=Written(node.text, tuple((piece.start, piece.end, len(piece.text)) for piece in found)))


def _returns(turn: Turn, node: TextNode, shape: Shape, found: tuple[Piece, ...]) -> bool:
    """Whether a text comes back as it was: what does not is better left alone."""
    text = conditions.spliced(node.text, found)
    back = _pieces(evolve(turn, into=EN), evolve(node, text=text), shape)
    return conditions.spliced(text, back) == node.text


def _pieces(turn: Turn, node: TextNode, shape: Shape) -> tuple[Piece, ...]:
    text, kind = node.text, shape.text
    if not kind or not text or turn.into == EN and text.isascii():
        return ()
    if kind == "condition":
        return conditions.pieces(text, turn.own, turn.into)
    if kind == "column" and not _is_column(turn, text):
        return () if text in turn.own.bare | turn.own.roles else conditions.pieces(text, turn.own, turn.into)
    if kind == "path":
        return tuple(_steps_said(text, _path(turn, text)))
    said = _said(turn, node, shape)
    return (Piece(0, len(text), said),) if said != text else ()


def _steps_said(text: str, said: str) -> Iterator[Piece]:
    """The steps of a path that are written otherwise."""
    at = 0
    for old, new in zip(text.split("."), said.split("."), strict=True):
        if old != new:
            yield Piece(at, at + len(old), new)
        at += len(old) + 1


def _path(turn: Turn, text: str) -> str:
    """A path with its keywords in the other language: those by which it still leads to the same place."""
    if turn.into == EN:
        return turn.paths(text)[0]
    parts = text.split(".")
    for n, part in enumerate(parts):
        said = [*parts[:n], KEYS[part], *parts[n + 1 :]] if part in _STEPS else parts
        parts = said if turn.paths(".".join(said))[0] == text else parts
    return ".".join(parts)


def _is_column(turn: Turn, text: str) -> bool:
    return text not in turn.own.bare | turn.own.roles and text in _table(CHOICES["column"], turn.into)


def _said(turn: Turn, node: TextNode, shape: Shape) -> str:
    """What a text is in the other language, itself where it is no keyword."""
    text, kind, own, into = node.text, shape.text, turn.own, turn.into
    if kind == "keys":
        return _table(shape.words, into).get(text, text)
    if kind == "role":
        return text if text in own.roles else _table(OWN_ROLES, into).get(text, text)
    if kind in ("level", "held") and text in own.roles or kind == "value" and node.quoted:
        return text
    if kind == "mark":
        meaning, blank, reasons = text.partition(" ")
        return f"{_table(MEANINGS, into).get(meaning, meaning)}{blank}{reasons}"
    if kind == "extra" and text.partition("超过")[0] in own.marks:
        return forms.turned("own extra", text, into)
    if kind == "counted" and (text in own.marks or node.quoted and into != EN and text not in MEANINGS):
        return text
    if kind in CHOICES:
        return _table(CHOICES[kind], into).get(text, text)
    plain = " ".join(text.split())
    if kind not in FORMS or plain in own.parameters or into != EN and plain != text:
        return text
    said = forms.turned(kind, plain, into)
    return text if said == plain else said


def _table(words: Words, into: int) -> Words:
    return _backward(words) if into == EN else words


def _backward(words: Words) -> Words:
    return {said: word for word, said in words.items()}
