"""A text, put in English, walked along the tables of its kind: every key with what it is, every value with what it says, every name that is defined."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, frozen

from ..parse import ListNode, MapNode, Node, TextNode
from ..schema.shapes import AnyOf, Anything, ByKey, Document, Key, ListOf, NamesOf, Ref, Shape, Thing, Value


@frozen
class Spot:
    """One word of a text. what: `key`, `name` (that an author chose), `value`; kind: of which kind a name or a value is.

    entry: the key, if it is one; thing: what it is a key of; others: what that may become yet, by this key; beside: the keys beside it;
    below: what it leads to. path: the keys above it.
    words: those that a value may be. held: what stands below a name.
    """

    what: str
    node: TextNode
    path: tuple[str, ...]
    kind: str = ""
    entry: Key | None = None
    thing: Thing | None = None
    others: tuple[Thing, ...] = ()
    words: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    below: Node | None = None
    held: Shape | None = None

    @property
    def written(self) -> str:
        """The word as its author wrote it."""
        return self.node.written.text if self.node.written is not None else self.node.text


def spots(document: Document, root: Node | None) -> Iterator[Spot]:
    """Every word of a tree."""
    if root is not None:
        yield from _Walk(document).shape(root, Ref(document.root), ())


@frozen
class _Walk:
    document: Document

    def shape(self, node: Node, shape: Shape, path: tuple[str, ...]) -> Iterator[Spot]:
        if isinstance(node, MapNode) and isinstance(shape, AnyOf) and not self.fits(node, shape) and (things := tuple(self.things(shape))):
            yield from self.keys(node, things[0], path, things)
            return
        while isinstance(shape, AnyOf):
            shape = next((part for part in shape.parts if self.fits(node, part)), shape.parts[0])
        if isinstance(node, TextNode):
            if isinstance(shape, Value):
                yield Spot("value", node, path, shape.kind, words=shape.words or shape.begins)
        elif isinstance(node, ListNode):
            for item in node.items:
                yield from self.shape(item, shape.of if isinstance(shape, ListOf) else shape, path)
        elif isinstance(shape, NamesOf):
            for key, value in node.entries:
                held = self.guessed(value) if isinstance(shape.of, Anything) else shape.of
                yield Spot("name", key, path, shape.kind, held=held)
                yield from self.shape(value, held or shape.of, (*path, key.text))
        elif (thing := self.thing(node, shape)) is not None:
            yield from self.keys(node, thing, path, self.by_key(node, shape))

    def things(self, shape: Shape) -> Iterator[Thing]:
        """What a mapping may become that is nothing yet."""
        if isinstance(shape, AnyOf):
            yield from (thing for part in shape.parts for thing in self.things(part))
        elif isinstance(shape, Ref):
            yield self.document.things[shape.thing]

    def by_key(self, node: MapNode, shape: Shape) -> tuple[Thing, ...]:
        """What would make another thing of a mapping: that thing with the one key."""
        if not isinstance(shape, ByKey) or node.get(shape.key) is not None:
            return ()
        thing = self.document.things[shape.thing]
        return (evolve(thing, keys={shape.key: thing.keys[shape.key]}, one_of=(), needed=()),)

    def keys(self, node: MapNode, thing: Thing, path: tuple[str, ...], others: tuple[Thing, ...] = ()) -> Iterator[Spot]:
        beside = tuple(key.text for key, _ in node.entries)
        for key, value in node.entries:
            entry = thing.keys.get(key.text)
            yield Spot("key", key, path, entry=entry, thing=thing, others=others, beside=beside, below=value)
            if entry is not None:
                yield from self.shape(value, entry.holds, (*path, key.text))
            elif key.text == "after":
                yield from self.shape(value, Value("beside"), path)

    def thing(self, node: MapNode, shape: Shape) -> Thing | None:
        if isinstance(shape, ByKey):
            return self.document.things[shape.thing if node.get(shape.key) is not None else shape.other]
        return self.document.things[shape.thing] if isinstance(shape, Ref) else None

    def fits(self, node: Node, shape: Shape) -> bool:
        """Whether a node is of a shape, by its outside; a mapping whose keys a thing knows comes before one of names."""
        if isinstance(shape, AnyOf):
            return any(self.fits(node, part) for part in shape.parts)
        if isinstance(node, TextNode):
            return isinstance(shape, Value)
        if isinstance(node, ListNode):
            return isinstance(shape, ListOf)
        thing = self.thing(node, shape)
        if thing is not None:
            return not node.entries or any(key.text in thing.keys for key, _ in node.entries)
        return isinstance(shape, NamesOf)

    def guessed(self, node: Node) -> Shape | None:
        """What stands below `replace` and `add`, by the keys that it has."""
        if isinstance(node, TextNode):
            return Value("amount")
        if not isinstance(node, MapNode):
            return None
        written = {key.text for key, _ in node.entries} - {"after"}
        for name, thing in self.document.things.items():
            groups = thing.groups()
            if groups and written <= set(thing.keys) and all(written & set(group) for group in groups):
                return Ref(name)
        return next((Ref(name) for name in ("role", "student", "day", "register") if written <= set(self.document.things[name].keys)), None)
