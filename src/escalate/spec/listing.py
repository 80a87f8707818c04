"""The registers of a case as they came, beside what was expected of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from ..engine import Engine
from ..registers import Sheet, registers_of
from .pairing import paired
from .played import played
from .sheets import row_of
from .values import Case, Cells, ExpectedSheet


@frozen
class Listed:
    """A register at an instant: rows that were expected and do not stand there, that stand there and were not expected, and that agree."""

    sheet: ExpectedSheet
    cites: tuple[str, ...]
    missing: tuple[Cells, ...]
    unexpected: tuple[Cells, ...]
    met: tuple[tuple[Cells, Cells], ...]

    @property
    def agrees(self) -> bool:
        """Whether every row was expected, and none is missing."""
        return not (self.missing or self.unexpected)

    @property
    def beside(self) -> Iterator[tuple[Cells | None, Cells | None]]:
        """What differs: each row that is missing with the likest that was not expected, then what is left of these."""
        left = list(self.unexpected)
        for row in self.missing:
            n = max(range(len(left)), key=lambda n: len(row.by_head) - len(row.unlike(left[n])), default=None)
            alike = n is not None and len(row.unlike(left[n])) < len(row.by_head)
            yield row, left.pop(n) if alike and n is not None else None
        yield from ((None, row) for row in left)


def listed(case: Case) -> tuple[Listed, ...]:
    """Each register that a case names, as it stands at its instant; all duties and targets are played, whatever `only` names."""
    if not case.registers:
        return ()
    engine = Engine([played(policy, case) for policy in case.policies], case.calendar, case.roster)
    last = max(sheet.at for sheet in case.registers)
    engine.feed(event for event in case.events if event.known <= last)
    return tuple(_found(engine, case.registers))


def _found(engine: Engine, expected: Sequence[ExpectedSheet]) -> Iterator[Listed]:
    for at in sorted({sheet.at for sheet in expected}):
        engine.advance(at)
        asked = [sheet for sheet in expected if sheet.at == at]
        sheets = registers_of(engine, {pair for sheet in asked for pair in sheet.names.items()})
        for sheet in asked:
            yield _compared(sheet, [one for one in sheets if sheet.names.get(one.policy) == one.name])


def _compared(expected: ExpectedSheet, sheets: Sequence[Sheet]) -> Listed:
    rows = [
        row_of({head: str(cell) for head, cell in zip(sheet.heads, row.cells, strict=True) if str(cell)}) for sheet in sheets for row in sheet.rows
    ]
    of = paired([[n for n, row in enumerate(rows) if not one.unlike(row)] for one in expected.rows])
    missing = tuple(one for n, one in enumerate(expected.rows) if n not in of)
    unexpected = tuple(row for n, row in enumerate(rows) if n not in set(of.values()))
    cites = tuple(dict.fromkeys(clause for sheet in sheets for clause in sheet.cites))
    return Listed(expected, cites, missing, unexpected, tuple((expected.rows[n], rows[m]) for n, m in sorted(of.items())))
