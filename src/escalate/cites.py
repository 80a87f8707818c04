"""Where a policy's text says which clause of a plan or a law it states."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen

from .keywords import KEYS
from .parse import ListNode, MapNode, Node, TextNode
from .source import Span

_WORDS = ("cites", KEYS["cites"])


@frozen
class Cite:
    """One clause that is cited: by what, as the keys that lead to it, and where it is written. No keys: by the head of the file."""

    clause: str
    keys: tuple[str, ...]
    span: Span = field(eq=False, repr=False)


def cites_in(tree: Node, keys: tuple[str, ...] = ()) -> Iterator[Cite]:
    """What each `cites:` of a text names, in either language, in the order written."""
    if isinstance(tree, MapNode):
        for key, value in tree.entries:
            if key.text in _WORDS:
                yield from (Cite(word.text, keys, word.span) for word in _words(value))
            else:
                yield from cites_in(value, (*keys, key.text))
    elif isinstance(tree, ListNode):
        for item in tree.items:
            yield from cites_in(item, keys)


def _words(node: Node) -> Iterator[TextNode]:
    if isinstance(node, TextNode):
        yield node
    elif isinstance(node, ListNode):
        yield from (item for item in node.items if isinstance(item, TextNode))
