"""What may stand in a file: shapes, and things whose keys are known, each key with what it holds and what it is for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve, field, frozen

from .spellings import spellings


@frozen
class Value:
    """One text. kind: what it says (`condition`, `role` ...); words: the only ones that may stand, none: any; begins: the words of which one comes first."""

    kind: str = "text"
    words: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()


@frozen
class ListOf:
    """A list."""

    of: Shape


@frozen
class NamesOf:
    """Names that an author chooses, and what stands below each. kind: what they name; pattern: what they look like, empty for any."""

    kind: str
    of: Shape
    pattern: str = ""


@frozen
class Ref:
    """A thing with known keys."""

    thing: str


@frozen
class ByKey:
    """One thing where a key is written, else another."""

    key: str
    thing: str
    other: str


@frozen
class AnyOf:
    """One of several shapes."""

    parts: tuple[Shape, ...]


@frozen
class Anything:
    """What no table describes."""


Shape = Value | ListOf | NamesOf | Ref | ByKey | AnyOf | Anything


@frozen
class Key:
    """What stands under a key, what it is for in each language, and examples as a file would give them."""

    holds: Shape
    en: str
    zh: str
    examples: tuple[object, ...] = ()

    def said(self, lang: str) -> str:
        """What it is for."""
        return self.zh if lang == "zh" else self.en


@frozen
class Thing:
    """A mapping with known keys. needed: those that must be written; one_of: groups of which one must be; blank: nothing may stand in its place.

    name: what its document calls it.
    """

    keys: Mapping[str, Key]
    needed: tuple[str, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()
    blank: bool = False
    name: str = ""

    def spelled(self) -> dict[str, str]:
        """Its keys by every way to write them."""
        return {spelled: key for key in self.keys for spelled in spellings(key, self.name)}

    def groups(self) -> list[tuple[str, ...]]:
        """The keys of which one must be written, each group in every spelling."""
        written = [*((key,) for key in self.needed), *self.one_of]
        return [tuple(spelled for key in group for spelled in spellings(key, self.name)) for group in written]


def _named(things: Mapping[str, Thing]) -> Mapping[str, Thing]:
    return {name: evolve(thing, name=name) for name, thing in things.items()}


@frozen
class Document:
    """One kind of file: its title in each language, the thing at its top, and every thing in it."""

    kind: str
    en: str
    zh: str
    root: str
    things: Mapping[str, Thing] = field(converter=_named)

    def title(self, lang: str) -> str:
        """What the file is."""
        return self.zh if lang == "zh" else self.en


def key(holds: Shape, en: str, zh: str, *examples: object) -> Key:
    """A key of a table."""
    return Key(holds, en, zh, examples)


def one_or_many(shape: Shape) -> AnyOf:
    """One, or a list of them."""
    return AnyOf((shape, ListOf(shape)))


def picked(known: Iterable[str], keys: Mapping[str, Key]) -> dict[str, Key]:
    """The keys of a table in the reader's order; a key that the table does not describe, or the reader does not know, is our fault."""
    names = tuple(known)
    if set(names) != set(keys):
        raise KeyError(*sorted(set(names) ^ set(keys)))
    return {name: keys[name] for name in names}


TEXT, WHOLE = Value(), Value("whole")
TRUTH = Value("truth", ("true", "false"))
DATE = Value("date")
