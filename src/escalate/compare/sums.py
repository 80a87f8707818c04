"""What the consequences that stand come to, in each word, all who have them together; and which rows of registers are otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from attrs import frozen

from ..ledger import DONE
from ..registers import Sheet
from ..registers.sums import NUMBER, SHARE, kind_of, said, worth
from .pairs import Side, partners


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
    """A register of a policy, by its title, that is otherwise: how many rows it has under each policy, and how many of them under that one only."""

    policy: str
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


def rows_of(a: Side, b: Side) -> Iterator[Rows]:
    """The registers of which a row is on one side only, in the order in which they stand."""
    called = partners(a.policies, b.policies)
    one, two = _by_name(a.sheets, {}), _by_name(b.sheets, called)
    for name in dict.fromkeys([*one, *two]):
        mine, other = (Counter((sheet.heads, row.cells) for sheet in found.get(name, ()) for row in sheet.rows) for found in (one, two))
        lost, gained = mine - other, other - mine
        if lost or gained:
            sheet = (two.get(name) or one[name])[0]
            yield Rows(sheet.heading, sheet.title, mine.total(), other.total(), lost.total(), gained.total())


def _by_name(sheets: Iterable[Sheet], called: Mapping[str, str]) -> Mapping[tuple[str, str], list[Sheet]]:
    """Registers by policy and name; called: what each policy is called instead."""
    found: dict[tuple[str, str], list[Sheet]] = {}
    for sheet in sheets:
        found.setdefault((called.get(sheet.policy, sheet.policy), sheet.name), []).append(sheet)
    return found
