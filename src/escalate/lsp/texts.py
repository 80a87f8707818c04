"""The texts that an editor has open, and the files below them: what is open is read from its buffer, the rest from the disk."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Mapping
from functools import lru_cache

from attrs import field, frozen

from ..load import find_beside
from ..loading.draft import Draft
from ..loading.extends import merged
from ..loading.policies import policy_of
from ..parse import Node, parse
from ..policy import Policy
from ..source import Problem, Source
from ..translate.forms import EN
from ..translate.shapes import SHAPES
from ..translate.tree import Turn, defined, english
from .kinds import document_of


@frozen(eq=False)
class Texts:
    """Open texts by their paths, as they are between two changes."""

    open: Mapping[str, str] = field(factory=dict)

    def source(self, path: str) -> Source:
        """An open text."""
        return Source(path, self.open[path])

    def find(self, name: str, source: Source) -> tuple[Source | None, list[Problem]]:
        """The text of a file named in another: an open one beside it, else as `escalate check` finds it."""
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(source.path.replace(os.sep, "/")), name))
        return (self.source(beside), []) if beside in self.open else find_beside(name, source)


@frozen(eq=False)
class File:
    """One file as far as it can be read: its tree in English, each text with what its author wrote, and what turns it. shape: of what kind it is."""

    source: Source
    shape: str
    tree: Node | None
    turn: Turn


@frozen(eq=False)
class Reading:
    """What an open text says: the files that it is made of, from the one that builds on all, and the policy of all of them, if it is one."""

    files: tuple[File, ...]
    policy: Policy | None = None


@lru_cache(32)
def reading_of(texts: Texts, path: str) -> Reading:
    """What an open text says, with whatever problems."""
    source, shape = texts.source(path), document_of(texts.source(path)).kind
    if shape != "policy":
        return Reading((_alone(source, shape),))
    draft = Draft()
    found = merged(draft, source, texts.find)
    if found is None:
        return Reading(tuple(_alone(one, shape) for one in draft.sources or (source,)))
    files = tuple(File(one, shape, english(file.written, shape, file.turn)[0], file.turn) for one, file in zip(found.sources, found.files, strict=True))
    return Reading(files, policy_of(draft, found.tree, source))


@lru_cache(64)
def _alone(source: Source, shape: str) -> File:
    """A file by itself, with no names but its own."""
    tree, _ = parse(source)
    turn = Turn(EN, defined(tree, shape)) if shape in SHAPES else Turn(EN)
    return File(source, shape, english(tree, shape, turn)[0] if tree is not None and shape in SHAPES else tree, turn)
