"""What an editor makes of a text: our nodes read by YAML's core schema, 1.2, and written back as YAML."""

import json
import re

from escalate.parse import ListNode, MapNode, TextNode, parse
from escalate.source import Source

_WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None, "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_SAFE = re.compile(r"[\w%.>=<+()][\w .%>=<+()-]*[\w%.)]|\w")


def value_of(node):
    """A node as an editor hands it to a schema."""
    if isinstance(node, MapNode):
        return {key.text: value_of(value) for key, value in node.entries}
    if isinstance(node, ListNode):
        return [value_of(item) for item in node.items]
    if node.quoted:
        return node.text
    if node.text in _WORDS:
        return _WORDS[node.text]
    if _INT.fullmatch(node.text):
        return int(node.text, 0) if node.text.startswith("0") and node.text[1:2] in ("o", "x") else int(node.text)
    return float(node.text) if _FLOAT.fullmatch(node.text) else node.text


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
