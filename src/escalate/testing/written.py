"""A policy as it is written: its text, what was loaded from it, and the files that it extends."""

from __future__ import annotations

import os
from collections.abc import Mapping

from attrs import evolve, field, frozen

from ..load import Find, find_beside, load_policy
from ..parse import read_source
from ..policy import Policy
from ..source import Problem, Refused, Source

PATH = "policy.yaml"


@frozen
class Written:
    """A policy as it is written: the text of its file, the policy that was loaded from it, and the files that it extends.

    Printed, it is its text.
    """

    text: str
    policy: Policy
    files: Mapping[str, str] = field(factory=dict)
    path: str = PATH

    @property
    def source(self) -> Source:
        """The text in its file, as the readers take it."""
        return Source(self.path, self.text)

    def find(self, name: str, source: Source) -> tuple[Source | None, list[Problem]]:
        """The text of a file that it extends."""
        return finder(self.files)(name, source)

    def otherwise(self, text: str) -> Written:
        """Another text in its place. Raises `Refused`."""
        return evolve(self, text=text, policy=load_policy(Source(self.path, text), find=self.find))

    def __repr__(self) -> str:
        others = "".join(f"# {name}\n{text}" for name, text in self.files.items())
        return f"\n# {self.path}\n{self.text}{others}"


def finder(files: Mapping[str, str]) -> Find:
    """Where a file that is extended is sought: among these, then as always."""

    def find(name: str, source: Source) -> tuple[Source | None, list[Problem]]:
        return (Source(name, files[name]), []) if name in files else find_beside(name, source)

    return find


def loaded(text: str, files: Mapping[str, str] | None = None, path: str = PATH) -> Written:
    """A text that can be evaluated, with its policy. Raises `Refused`."""
    given = dict(files or {})
    return Written(text, load_policy(Source(path, text), find=finder(given), for_evaluation=True), given, path)


def read(path: str | os.PathLike[str]) -> Written:
    """The policy of a file. Raises `Refused`."""
    source, problems = read_source(path)
    if source is None:
        raise Refused(problems)
    return Written(source.text, load_policy(source), {}, source.path)
