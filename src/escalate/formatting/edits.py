"""Keywords put in another language in the text itself: only they are touched, each at its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..parse import Node, TextNode
from ..places import placed
from ..source import Source, Span
from ..translate.conditions import Piece
from ..translate.tree import Turn, keywords

Edit = tuple[Span, str]


def rewritten(source: Source, tree: Node, shape: str, turn: Turn) -> str:
    """The text with its keywords in the language of `turn`; one whose place cannot be told stays as it is."""
    lines = [*source.text.splitlines(keepends=True)]
    edits = [edit for node, pieces in keywords(tree, shape, turn) for edit in _edits(node, pieces)]
    for span, text in sorted(edits, key=lambda edit: (edit[0].line, edit[0].col), reverse=True):
        line = lines[span.line - 1]
        lines[span.line - 1] = line[: span.col - 1] + text + line[span.end_col - 1 :]
    return "".join(lines)


def _edits(node: TextNode, pieces: Iterable[Piece]) -> Iterator[Edit]:
    """The places of some pieces, all of a text's or none."""
    place = placed(node.text, node.span)
    found = [(place(piece.start, piece.end), piece.text, node.text[piece.start : piece.end]) for piece in pieces]
    if all(span is not None and _stands(span, text) for span, _, text in found):
        yield from ((span, text) for span, text, _ in found if span is not None)


def _stands(span: Span, text: str) -> bool:
    return span.line == span.end_line and span.source.line(span.line)[span.col - 1 : span.end_col - 1] == text
