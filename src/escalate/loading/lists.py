"""Lists that were written as one text: `班主任、校长` where `[班主任, 校长]` is meant."""

from __future__ import annotations

import re
from collections.abc import Collection

from ..parse import ListNode, Node, TextNode

_APART = re.compile(r"\s*[,，、;；]\s*")
_JOINED = re.compile(r"\s*[和与及]\s*|\s+and\s+|\s+")


def joined(node: Node, known: Collection[str]) -> tuple[str, ...]:
    """The names of a text or a list in which several known names stand as one text; empty where none does."""
    texts = _texts(node)
    whole = tuple(part for text in texts for part in ([text] if text in known else _APART.split(text)))
    parts = tuple(part for text in whole for part in ([text] if text in known else _JOINED.split(text)))
    return parts if len(parts) > len(texts) and all(part in known for part in parts) else ()


def apart(node: Node) -> tuple[str, ...]:
    """The words of a text or a list of any words, with those taken apart that a comma joins; a quoted text stays whole."""
    nodes = node.items if isinstance(node, ListNode) else (node,)
    words = [_APART.split(one.text) if not one.quoted else [one.text] for one in nodes if isinstance(one, TextNode)]
    return tuple(word for one in words for word in one if word)


def _texts(node: Node) -> tuple[str, ...]:
    nodes = node.items if isinstance(node, ListNode) else (node,)
    return tuple(one.text for one in nodes if isinstance(one, TextNode)) if all(isinstance(one, TextNode) for one in nodes) else ()
