"""What the words of outcomes are called."""

from __future__ import annotations

from ..messages import say
from ..parse import Node, TextNode
from ..policy import Result
from .draft import Draft
from .keys import COMMON, Keys

RESULT = COMMON


def results(draft: Draft, entries: tuple[tuple[TextNode, Node], ...]) -> dict[str, Result]:
    """Every word with its title; one that no item lists is a warning, for nobody would ever read it."""
    known = sorted({word for words in draft.names.results.values() for word in words})
    for key, _ in entries:
        if key.text not in known:
            message = say("no item has `{text}` among its `results`: the title is never shown", text=key.text)
            draft.wrong("unknown-result", message, key, draft.near(key.text, known), warning=True)
    return {key.text: _result(draft, key, node) for key, node in entries}


def _result(draft: Draft, key: TextNode, node: Node) -> Result:
    keys = Keys(draft, node, say("a result"), RESULT, key.span)
    keys.title("why")
    keys.words("cites")
    return Result(key.text, keys.title())
