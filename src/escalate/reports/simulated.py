"""What a made-up school says on a terminal: whom each stage reached, what was late, and how much each role was given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import fields, frozen

from ..compare import Load
from ..phrases import phrases_for
from ..policy import Policy
from ..simulate.reached import Place, Reached
from ..simulate.words import words_for
from .grids import grid
from .places import place_in
from .weekly import own_load_table

if TYPE_CHECKING:
    from rich.console import RenderableType

COLUMNS = tuple(part.name for part in fields(Reached))


@frozen
class Simulated:
    """One policy in a made-up school, in one language. total: all stages together."""

    policy: Policy
    reached: Mapping[Place, Reached]
    total: Reached
    load: Load
    lang: str

    def parts(self, *, framed: bool) -> Iterator[RenderableType]:
        """One below the other."""
        words = words_for(self.lang)
        if not self.reached:
            yield words["nothing"]
            return
        rows = [_row(place_in(self.policy, *place, self.lang), found) for place, found in self.reached.items()]
        rows.append(_row(words["total"], self.total))
        yield grid(words["stages"], [words["stage"], *(words[name] for name in COLUMNS)], rows, framed=framed, numbers=True)
        yield ""
        yield from own_load_table(self.load, self.policy, self.lang, framed=framed)


def _row(name: str, found: Reached) -> list[str]:
    return [name, *(f"{number:,}" if (number := getattr(found, column)) else "" for column in COLUMNS)]


def head(lines: Sequence[str], titles: Sequence[str], lang: str) -> Iterator[RenderableType]:
    """The policies, and what kind of school it is."""
    from rich.text import Text

    yield Text(phrases_for(lang).texts["list"].join(titles), style="bold")
    yield from (Text(line) for line in lines)

