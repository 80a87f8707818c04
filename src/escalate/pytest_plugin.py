"""The plugin of pytest: each case of a spec file is a test by its name. Nothing else is imported before there is a spec to collect."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .spec import Case

ENDING = ".spec.yaml"
COLLECT = "escalate_specs"


class _Failed(Exception):
    """A case is not as expected; the message is all there is to read."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The setting that says whether the spec files of folders are tests."""
    parser.addini(COLLECT, "Collect the *.spec.yaml files of folders too, not only those that are named.", type="bool", default=False)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> SpecFile | None:
    """A spec file that was named, or any where the project's settings ask for it."""
    if file_path.name.endswith(ENDING) and (parent.config.getini(COLLECT) or parent.session.isinitpath(file_path)):
        return SpecFile.from_parent(parent, path=file_path)
    return None


class SpecFile(pytest.File):
    """A spec file and its cases; what cannot be read is an error with every problem at its place."""

    def collect(self) -> Iterator[SpecCase]:
        from .source import Refused
        from .spec import cases_below

        here = Path.cwd()
        try:
            cases = cases_below(self.path.relative_to(here) if self.path.is_relative_to(here) else self.path)
        except Refused as refused:
            raise self.CollectError(str(refused)) from None
        for case in cases:
            yield SpecCase.from_parent(self, name=_name(case.title), case=case)


class SpecCase(pytest.Item):
    """One case: it fails with what `escalate test` says of it."""

    def __init__(self, *, case: Case, **given: Any) -> None:
        super().__init__(**given)
        self.case = case

    def runtest(self) -> None:
        """Play it."""
        from .spec import failure

        said = failure(self.case)
        if said:
            raise _Failed(said)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What differs, without a traceback: nothing in it is of the policy."""
        return str(excinfo.value) if isinstance(excinfo.value, _Failed) else super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the case stands; pytest counts lines from 0."""
        return self.path, self.case.span.line - 1, self.name


def _name(title: str) -> str:
    # pytest parts the names of files and tests by `::`, and a name must stand on one line.
    return " ".join(title.replace("::", ":").split())
