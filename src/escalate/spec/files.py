"""Which files are specs, and the cases in them."""

from __future__ import annotations

import os
from collections.abc import Sequence

from attrs import frozen

from ..kinds import SPEC
from ..parse import read_source
from ..policy import Policy
from ..source import Problem, Refused
from .reading import parse_spec
from .values import Case


def spec_files(path: str | os.PathLike[str]) -> list[str]:
    """The spec file that a path names, or every one below a folder, in the order of their names."""
    name = os.fspath(path)
    if not os.path.isdir(name):
        return [name]
    found = (os.path.join(place, one) for place, folders, files in os.walk(name) if _sorted(folders) for one in files if one.endswith(SPEC))
    return sorted(os.path.normpath(one) for one in found)


def _sorted(folders: list[str]) -> bool:
    """Leave hidden folders out of a walk."""
    folders[:] = sorted(one for one in folders if not one.startswith("."))
    return True


def cases_below(path: str | os.PathLike[str]) -> list[Case]:
    """Every case of the spec file, or of those below a folder. Raises `Refused` with every problem of all files."""
    return list(read_cases(spec_files(path)).cases)


@frozen
class Read:
    """The cases of some files, in order, and the warnings of them all."""

    cases: tuple[Case, ...]
    warnings: tuple[Problem, ...]


def read_cases(paths: Sequence[str]) -> Read:
    """The cases of some files; every problem of all of them is `Refused` at once."""
    cases: list[Case] = []
    problems: list[Problem] = []
    library: dict[str, Policy] = {}
    for path in paths:
        source, unread = read_source(path)
        found, wrong = parse_spec(source, library) if source is not None else ((), tuple(unread))
        cases += found
        problems += wrong
    if any(not problem.warning for problem in problems):
        raise Refused(problems)
    return Read(tuple(cases), tuple(problems))
