"""What an editor makes of a text: our nodes read by YAML's core schema, 1.2, and written back as YAML."""

import json
import re

from escalate.parse import ListNode, MapNode, TextNode, parse
from escalate.source import Source
from escalate.testing.schemed import value_of

_SAFE = re.compile(r"[\w%.>=<+()][\w .%>=<+()-]*[\w%.)]|\w")


def read(text):
    """The tree of a text and what an editor makes of it; none of it where it cannot be parsed."""
    node, problems = parse(Source("file.yaml", text))
    return (None, None) if node is None or problems else (node, value_of(node))


def written(node):
    """A tree as YAML on one line."""
    if isinstance(node, MapNode):
        return "{" + ", ".join(f"{_scalar(key)}: {written(value)}" for key, value in node.entries) + "}"
    if isinstance(node, ListNode):
        return "[" + ", ".join(written(item) for item in node.items) + "]"
    return _scalar(node)


def _scalar(node: TextNode):
    return node.text if not node.quoted and (not node.text or _SAFE.fullmatch(node.text)) else json.dumps(node.text, ensure_ascii=False)
