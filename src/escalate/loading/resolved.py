"""The canonical tree of a policy after `extends`: what its digest is taken of.

Everything is text, as written, in NFC. A mapping is an object, whose keys the canonical form sorts; where the order
written is the order judged (ladders, stages, items, results, duties, targets, registers) it is a list of [name, value]
pairs. What was only a way to write it (`extends`, `set`, `replace`, `add`, places, quotes, comments) is left out.
"""

from __future__ import annotations

from ..parse import ListNode, MapNode, Node, TextNode
from .shape import ORDERED

WAYS = frozenset({"extends", "set", "replace", "add"})


def resolved(tree: MapNode) -> object:
    """The plain value of a merged tree."""
    return {key.text: _plain(value, key.text in ORDERED) for key, value in tree.entries if key.text not in WAYS}


def _plain(node: Node, ordered: bool = False) -> object:
    if isinstance(node, TextNode):
        return node.text
    if isinstance(node, ListNode):
        return [_plain(item) for item in node.items]
    if ordered:
        return [[key.text, _plain(value, key.text in ORDERED)] for key, value in node.entries]
    return {key.text: _plain(value, key.text in ORDERED) for key, value in node.entries}
