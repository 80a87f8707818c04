"""Lists that were written as one text: `班主任、校长` where `[班主任, 校长]` is meant."""

from __future__ import annotations

import re
from collections.abc import Collection

from ..parse import ListNode, Node, TextNode

_APART = re.compile(r"\s*[,，、;；]\s*")
_ROUND = re.compile(r"[【［〔]([^【［〔】］〕]*)[】］〕]?|([^【［〔】］〕]*)[】］〕]")
_JOINED = re.compile(r"\s*[和与及]\s*|\s+and\s+|\s+")


def joined(node: Node, known: Collection[str]) -> tuple[str, ...]:
    """The names of a text or a list in which several known names stand as one text; empty where none does."""
    texts = _texts(node)
    whole = tuple(part for text in texts for part in ([text] if text in known else _APART.split(_bare(text))))
    parts = tuple(part for text in whole for part in ([text] if text in known else _JOINED.split(text)))
    return parts if len(parts) > len(texts) and all(part in known for part in parts) else ()


def apart(node: Node) -> tuple[str, ...]:
    """The words of a text or a list of any words, with those taken apart that a comma joins, without full-width brackets; a quoted text stays whole."""
    nodes = node.items if isinstance(node, ListNode) else (node,)
    words = [_APART.split(_bare(one.text)) if not one.quoted else [one.text] for one in nodes if isinstance(one, TextNode)]
    return tuple(word for one in words for word in one if word)


def _bare(text: str) -> str:
    """A text without a full-width bracket at its begin, at its end or round it: `【a，b】`, or the `【a` of what YAML has parted."""
    found = _ROUND.fullmatch(text)
    return (found.group(1) or found.group(2) or "").strip() if found else text


def _texts(node: Node) -> tuple[str, ...]:
    nodes = node.items if isinstance(node, ListNode) else (node,)
    return tuple(one.text for one in nodes if isinstance(one, TextNode)) if all(isinstance(one, TextNode) for one in nodes) else ()
