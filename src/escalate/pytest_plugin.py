"""The plugin of pytest: each case of a spec file is a test by its name, and fixtures for tests of what is built around an engine.

Nothing else is imported before there is a spec to collect or a fixture is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .engine import Engine
    from .evaluation import Ledger
    from .spec import Case
    from .testing import World
    from .testing.running import Frozen

ENDING = ".spec.yaml"
COLLECT = "escalate_specs"
UPDATE = "--update-ledgers"


class _Failed(Exception):
    """A case is not as expected; the message is all there is to read."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The setting that says whether the spec files of folders are tests, and the flag that keeps ledgers as they are now."""
    parser.getgroup("escalate").addoption(UPDATE, action="store_true", help="keep the ledgers that `ledger_snapshot` compares with as they are now")
    parser.addini(COLLECT, "Collect the *.spec.yaml files of folders too, not only those that are named.", type="bool", default=False)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> SpecFile | None:
    """A spec file that was named, or any where the project's settings ask for it."""
    if file_path.name.endswith(ENDING) and (parent.config.getini(COLLECT) or parent.session.isinitpath(file_path)):
        return SpecFile.from_parent(parent, path=file_path)
    return None


class SpecFile(pytest.File):
    """A spec file and its cases; what cannot be read is an error with every problem at its place."""

    def collect(self) -> Iterator[SpecCase]:
        from .source import Refused, render
        from .spec.files import read_cases

        here = Path.cwd()
        try:
            read = read_cases([str(self.path.relative_to(here) if self.path.is_relative_to(here) else self.path)])
        except Refused as refused:
            raise self.CollectError(str(refused)) from None
        for problem in read.warnings:
            self.warn(pytest.PytestCollectionWarning(render(problem)))
        for name, case in zip(_names([case.title for case in read.cases]), read.cases, strict=True):
            yield SpecCase.from_parent(self, name=name, case=case)


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


def _names(titles: Sequence[str]) -> list[str]:
    """The names of tests, each of which pytest finds alone: it parts names by `::`, wants them on one line, and takes `a[b]` for one of the tests `a`."""
    plain = [" ".join(re.sub("::+", ":", title).split()) for title in titles]
    found: dict[str, None] = {}
    for name in plain:
        first, bracket, rest = name.partition("[")
        apart = f"{first} [{rest}" if bracket and first in plain else name
        n = next(n for n in count(1) if _nth(apart, n) not in found)
        found[_nth(apart, n)] = None
    return list(found)


def _nth(name: str, n: int) -> str:
    return f"{name} ({n})" if n > 1 else name


# --- fixtures -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def school() -> Callable[..., World]:
    """`school(policy, students=12, weeks=4, seed=1)`: a small school that is made up, with all that happens in it; the same each time."""
    from .testing.school import made_school

    return made_school


@pytest.fixture(scope="session")
def escalate_engine() -> Callable[..., Engine]:
    """`escalate_engine(policy, calendar, roster)`, or of a world: an engine that has seen nothing."""
    from .testing.running import engine_of

    return engine_of


@pytest.fixture
def frozen_until() -> Iterator[Frozen]:
    """`frozen_until(engine, until, events)`: the ledger at an instant; at the end of the test nothing that was decided by then may be otherwise."""
    from .testing.running import Frozen

    found = Frozen()
    yield found
    found.check()


@pytest.fixture
def ledger_snapshot(request: pytest.FixtureRequest) -> Callable[..., None]:
    """`ledger_snapshot(ledger)`: the ledger, or an engine's, is what is kept in a file beside the test; `--update-ledgers` keeps it as it is now."""

    def compare(ledger: Ledger | Engine, name: str = "") -> None:
        from .readers.texts import read_source
        from .testing.snapshot import beginning, difference, file_of, ledger_text
        from .writers.files import write_over

        __tracebackhide__ = True
        folder = request.path.parent / "ledgers" / request.path.stem
        path, found = folder / file_of(request.node.name, name), ledger_text(ledger)
        if request.config.getoption(UPDATE):
            folder.mkdir(parents=True, exist_ok=True)
            path.touch()  # a new one has the rights of any other file
            write_over(str(path), found)
        elif not path.exists():
            pytest.fail(f"no ledger is kept at {path}; `pytest {UPDATE}` keeps this one:\n{beginning(found)}", pytrace=False)
        elif differs := difference(read_source(path).text, found, path.name):
            pytest.fail(f"{differs}\n`pytest {UPDATE}` keeps the ledger as it is now", pytrace=False)

    return compare
