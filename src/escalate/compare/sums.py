"""What the consequences that stand come to, in each word, all who have them together; and which rows of registers are otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction

from attrs import frozen

from ..ledger import DONE
from ..registers import Sheet
from ..registers.sums import NUMBER, SHARE, kind_of, said, worth
from .pairs import Side


@frozen
class Sum:
    """The entries of one word and kind: how many, and what they come to; eligibilities and factors are counted only."""

    word: str
    kind: str
    a: int
    b: int
    sum_a: str = ""
    sum_b: str = ""


@frozen
class Rows:
    """A register that is otherwise: how many rows it has under each policy, and how many of them under that one only."""

    title: str
    a: int
    b: int
    lost: int
    gained: int


def sums_of(a: Side, b: Side) -> tuple[Sum, ...]:
    """Every word in which one of the two enters something."""
    one, two = _entries(a), _entries(b)
    keys = sorted({(word, kind) for word, kind, _ in (*one, *two)})
    return tuple(_sum(word, kind, *([amount for *key, amount in found if key == [word, kind]] for found in (one, two))) for word, kind in keys)


def _entries(side: Side) -> list[tuple[str, str, str]]:
    """Word, kind and amount of each entry that stands."""
    return [(item.entry[1], kind_of(item.entry[0]), item.entry[0]) for item in side.ledger.items if item.entry and item.status in DONE]


def _sum(word: str, kind: str, one: list[str], two: list[str]) -> Sum:
    if kind not in (NUMBER, SHARE):
        return Sum(word, kind, len(one), len(two))
    return Sum(word, kind, len(one), len(two), *(said(kind, sum(map(worth, found), Fraction(0))) if found else "" for found in (one, two)))


def rows_of(a: Iterable[Sheet], b: Iterable[Sheet]) -> Iterator[Rows]:
    """The registers of which a row is under one policy only, in the order in which they stand."""
    one, two = ({sheet.name: sheet for sheet in sheets} for sheets in (a, b))
    for name in dict.fromkeys([*one, *two]):
        mine, other = (Counter((found[name].heads, row.cells) for row in found[name].rows) if name in found else Counter() for found in (one, two))
        lost, gained = mine - other, other - mine
        if lost or gained:
            yield Rows((two.get(name) or one[name]).title, mine.total(), other.total(), lost.total(), gained.total())
