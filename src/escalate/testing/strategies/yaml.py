"""Trees of mappings, lists and texts as YAML, a mapping on lines of its own or in braces; and from YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...parse import ListNode, MapNode, Node, TextNode, parse
from ...quoting import in_quotes
from ...source import Source

Tree = "str | list[Tree] | dict[str, Tree]"
# What YAML reads as it stands, in braces too; anything else is quoted.
_PLAIN = re.compile(r"[\w(+.][\w ()%./+<>=≥:-]*")
_SIGNED = re.compile(r"-[0-9][\w %.]*")


class Quoted(str):
    """A text that stands in quotes, as a code must."""

    __slots__ = ()


def tree(text: str) -> dict[str, object]:
    """The tree of a mapping in YAML."""
    node, problems = parse(Source("menu.yaml", text))
    assert node is not None, [problem.message for problem in problems]
    found = _tree(node)
    assert isinstance(found, dict)
    return found


def value(text: str) -> object:
    """The tree of anything in YAML."""
    return tree(f"a: {text}")["a"]


def _tree(node: Node) -> object:
    if isinstance(node, MapNode):
        return {_text(key): _tree(below) for key, below in node.entries}
    if isinstance(node, ListNode):
        return [_tree(item) for item in node.items]
    return _text(node)


def _text(node: TextNode) -> str:
    return Quoted(node.text) if node.quoted else node.text


def written(root: dict[str, object], depth: int = 3) -> str:
    """A mapping as YAML; what stands deeper than so many levels stands in braces."""
    return "\n".join(_lines(root, 0, depth)) + "\n"


def _lines(found: dict[str, object], indent: int, depth: int) -> Iterator[str]:
    for key, below in found.items():
        head = f"{' ' * indent}{scalar(key)}:"
        if isinstance(below, dict) and below and depth > 0:
            yield head
            yield from _lines(below, indent + 2, depth - 1)
        elif isinstance(below, list) and depth > 0 and any(isinstance(one, dict) for one in below):
            yield head
            yield from (f"{' ' * (indent + 2)}- {flow(one)}" for one in below)
        else:
            yield f"{head} {flow(below)}"


def flow(found: object) -> str:
    """Anything as YAML on one line."""
    if isinstance(found, dict):
        return "{" + ", ".join(f"{scalar(key)}: {flow(below)}" for key, below in found.items()) + "}"
    if isinstance(found, list):
        return "[" + ", ".join(flow(one) for one in found) + "]"
    return scalar(str(found) if not isinstance(found, str) else found)


def scalar(text: str) -> str:
    """A text, quoted where it must be."""
    plain = (_PLAIN.fullmatch(text) or _SIGNED.fullmatch(text)) and not re.search(r":\s|:$| #|\s$", text)
    if plain and not isinstance(text, Quoted):
        return text
    return f"'{text}'" if "'" not in text else in_quotes(text)
