"""How far a run has come: a bar on a terminal, nothing anywhere else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TextIO

from .words import words_for

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Watch(Protocol):
    """Who is told how far a run has come."""

    @property
    def on(self) -> bool:
        """Whether anybody looks."""

    def stage(self, name: str, total: int | None = None) -> None:
        """The next stage begins: read, evaluate, write; `total` steps where their number is known."""

    def step(self, steps: int = 1) -> None:
        """So many more steps are done."""


class Unwatched:
    """Nobody looks."""

    on = False

    def stage(self, name: str, total: int | None = None) -> None:
        """Nothing."""

    def step(self, steps: int = 1) -> None:
        """Nothing."""


@contextmanager
def watching(out: TextIO, lang: str) -> Iterator[Watch]:
    """A bar on a terminal, taken away at the end."""
    if not out.isatty():
        yield Unwatched()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(file=out), transient=True) as progress:
        yield _Bar(progress, lang)


class _Bar:
    """Somebody looks: one bar, of the stage at hand."""

    on = True

    def __init__(self, progress: Progress, lang: str) -> None:
        self._progress = progress
        self._lang = lang
        self._task: TaskID | None = None

    def stage(self, name: str, total: int | None = None) -> None:
        if self._task is not None:
            self._progress.remove_task(self._task)
        self._task = self._progress.add_task(words_for(self._lang)[f"progress.{name}"], total=total)

    def step(self, steps: int = 1) -> None:
        if self._task is not None:
            self._progress.advance(self._task, steps)
