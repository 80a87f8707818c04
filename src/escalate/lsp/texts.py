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
from ..parse import MapNode, Node, parse
from ..policy import Policy
from ..source import Problem, Source


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


@frozen
class Reading:
    """A policy as far as it can be read: the files that it is made of, from the one that builds on all, and the tree of all of them."""

    sources: tuple[Source, ...]
    tree: MapNode | None
    policy: Policy | None


@lru_cache(32)
def reading_of(texts: Texts, path: str) -> Reading:
    """The policy of an open text, with whatever problems."""
    source = texts.source(path)
    draft = Draft()
    found = merged(draft, source, texts.find)
    if found is None:
        return Reading(tuple(draft.sources) or (source,), None, None)
    return Reading(found.sources, found.tree, policy_of(draft, found.tree, source))


@lru_cache(64)
def tree_of(source: Source) -> Node | None:
    """The nodes of one text, none where it cannot be read."""
    return parse(source)[0]
