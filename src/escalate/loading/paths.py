"""Paths such as `truancy.three_days.absence_report`, and changes to the tree at the end of one."""

from __future__ import annotations

from collections.abc import Iterator

from ..parse import MapNode, Node, TextNode
from ..source import Span
from .shape import ADDED

Keys = tuple[str, ...]


def resolve(tree: MapNode, path: str, *, container: bool = False) -> Keys | None:
    """The keys that a path means; with `container`, of the mapping into which a new name under it goes."""
    steps = path.split(".")
    if steps[0] in ADDED:
        found: Keys | None = (steps[0],)
        kind = steps[0]
        rest = steps[1:]
    else:
        found, kind = _start(tree, steps[0])
        rest = steps[1:]
    for step in rest:
        if found is None:
            return None
        found, kind = _step(tree, found, kind, step)
    if found is None or at(tree, found) is None:
        return None
    return (*found, _holds(kind, at(tree, found))) if container and _holds(kind, at(tree, found)) else found


def _start(tree: MapNode, name: str) -> tuple[Keys | None, str]:
    for section, kind in (("ladders", "ladder"), ("duties", "duty"), ("targets", "target")):
        if at(tree, (section, name)) is not None:
            return (section, name), kind
    sections = [section for section in ADDED if at(tree, (section, name)) is not None]
    return ((sections[0], name), "leaf") if len(sections) == 1 else (None, "")


def _step(tree: MapNode, found: Keys, kind: str, step: str) -> tuple[Keys | None, str]:
    """One step down: first the names below, then the keys that are written."""
    here = {"ladders": "ladder", "duties": "duty", "targets": "target"}
    if kind in here:
        return _there(tree, (*found, step), here[kind])
    if kind == "ladder":
        return _there(tree, (*found, "stages", step), "stage", (*found, step), "stage" if step == "ends" else "items")
    if kind in ("stage", "duty"):
        return _there(tree, (*found, "do", step), "item", (*found, step), "items")
    if kind in ("items", "target") and step not in ("if_broken", "if_met"):
        return _there(tree, (*found, step), "item" if kind == "items" else "leaf")
    if kind == "item":
        return _there(tree, (*found, step), "results" if step == "if_outcome" else "items")
    if kind == "results":
        return _there(tree, (*found, step), "items")
    return _there(tree, (*found, step), "items" if kind == "target" else "leaf")


def _there(
    tree: MapNode, first: Keys, kind: str, second: Keys | None = None, other: str = ""
) -> tuple[Keys | None, str]:
    if at(tree, first) is not None:
        return first, kind
    if second is not None and at(tree, second) is not None:
        return second, other
    return None, ""


def _holds(kind: str, node: Node | None) -> str:
    """The key under which a thing holds the names below it; empty where it holds them itself."""
    return {"ladder": "stages", "stage": "do", "duty": "do", "item": "then"}.get(kind, "")


def at(tree: Node, keys: Keys) -> Node | None:
    """The node at the end of some keys."""
    node: Node | None = tree
    for key in keys:
        node = node.get(key) if isinstance(node, MapNode) else None
    return node


def put(tree: MapNode, keys: Keys, value: Node, name: TextNode | None = None) -> MapNode:
    """The tree with another value at the end of some keys; problems then point at `name`, where it was changed."""
    entries = []
    for key, node in tree.entries:
        if key.text == keys[0] and len(keys) == 1:
            entries.append((TextNode(key.text, name.span, key.quoted) if name else key, value))
        elif key.text == keys[0] and isinstance(node, MapNode):
            entries.append((key, put(node, keys[1:], value, name)))
        else:
            entries.append((key, node))
    return MapNode(tuple(entries), tree.span, tree.flow)


def add(tree: MapNode, container: Keys, name: TextNode, value: Node, after: str) -> MapNode | None:
    """The tree with a new name in a mapping, behind `after` or at the end; None where `after` does not stand there."""
    there = at(tree, container)
    if there is None:
        return _made(tree, container, name, value) if not after else None
    if not isinstance(there, MapNode):
        return None
    names = [key.text for key, _ in there.entries]
    if after and after not in names:
        return None
    place = names.index(after) + 1 if after else len(names)
    entries = (*there.entries[:place], (name, value), *there.entries[place:])
    return put(tree, container, MapNode(entries, there.span, there.flow))


def _made(tree: MapNode, container: Keys, name: TextNode, value: Node) -> MapNode | None:
    parent = at(tree, container[:-1])
    if not isinstance(parent, MapNode):
        return None
    span: Span = name.span
    inner = MapNode(((name, value),), span)
    return put(
        tree,
        container[:-1],
        MapNode((*parent.entries, (TextNode(container[-1], span), inner)), parent.span, parent.flow),
    )


def paths_of(tree: MapNode) -> Iterator[str]:
    """Every path that an author may write: sections' names, stages and their items."""
    for section in ADDED:
        node = tree.get(section)
        for key, value in node.entries if isinstance(node, MapNode) else ():
            if section == "day":
                continue
            yield key.text
            yield from _below(key.text, value)
    yield "day"


def _below(path: str, node: Node) -> Iterator[str]:
    if not isinstance(node, MapNode):
        return
    for holder in ("stages", "do"):
        inner = node.get(holder)
        for key, value in inner.entries if isinstance(inner, MapNode) else ():
            yield f"{path}.{key.text}"
            yield from _below(f"{path}.{key.text}", value)
    for part in ("then", "if_overdue"):
        chained = node.get(part)
        for key, value in chained.entries if isinstance(chained, MapNode) else ():
            yield f"{path}.{part}.{key.text}"
            yield from _below(f"{path}.{part}.{key.text}", value)
    ends = node.get("ends")
    if isinstance(ends, MapNode):
        yield f"{path}.ends"
        yield from _below(f"{path}.ends", ends)
