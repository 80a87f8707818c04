"""Sums of consequences: what the entries of one who answers for them come to, exactly, in each word and period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction

from attrs import frozen

from ..language import shown

LOSE, GAIN = "lose", "gain"
# How amounts are summed: nothing is converted, so that each kind of amount in a word has a sum of its own.
NUMBER, SHARE, PRODUCT, ELIGIBILITY = "number", "share", "product", "eligibility"
_ORDER = (NUMBER, SHARE, PRODUCT, ELIGIBILITY)


@frozen
class Told:
    """Who has an entry: a person, or where nobody holds the role, the role and what it is held for."""

    person: str
    role: str = ""
    place: str = ""

    @property
    def order(self) -> tuple[bool, bytes, bytes, bytes]:
        return not self.person, self.person.encode(), self.role.encode(), self.place.encode()


Party = tuple[Told, ...]


@frozen
class Entry:
    """One entry that stands: who has it together, and the parts of the item's `entry`."""

    party: Party
    amount: str
    word: str
    period: str


@frozen
class Sum:
    """What the entries of a party come to in a word and a period.

    of: the places of these entries. beaten: an eligibility is lost although an entry gives it.
    """

    party: Party
    word: str
    period: str
    kind: str
    amount: str
    of: tuple[int, ...]
    beaten: bool = False


def sums(entries: Iterable[Entry]) -> list[Sum]:
    """The sums of all entries, by party, period and word; an eligibility is everybody's own, and lost where one entry takes it."""
    found: dict[tuple[Party, str, str, str], list[tuple[int, str]]] = defaultdict(list)
    for place, entry in enumerate(entries):
        kind = kind_of(entry.amount)
        parties = [(told,) for told in entry.party] if kind == ELIGIBILITY else [entry.party]
        for party in parties:
            found[party, entry.period, entry.word, kind].append((place, entry.amount))
    keys = sorted(found, key=lambda key: (order_of(key[0]), key[1].encode(), key[2].encode(), _ORDER.index(key[3])))
    return [_sum(party, word, period, kind, found[party, period, word, kind]) for party, period, word, kind in keys]


def order_of(party: Party) -> tuple[tuple[bool, bytes, bytes, bytes], ...]:
    """Where a party stands: persons by their ids, roles that nobody holds behind them."""
    return tuple(told.order for told in party)


def kind_of(amount: str) -> str:
    """How an amount is summed."""
    if amount in (LOSE, GAIN):
        return ELIGIBILITY
    if amount.startswith("x"):
        return PRODUCT
    return SHARE if amount.endswith("%") else NUMBER


def worth(amount: str) -> Fraction:
    """The number of an amount: `-4%` is 4 of 100 less, `x0.98` is 98 of 100."""
    number = Fraction(amount.removeprefix("x").removesuffix("%"))
    return number / 100 if amount.endswith("%") else number


def _sum(party: Party, word: str, period: str, kind: str, found: Sequence[tuple[int, str]]) -> Sum:
    of, amounts = tuple(place for place, _ in found), [amount for _, amount in found]
    if kind == ELIGIBILITY:
        lost = LOSE in amounts
        return Sum(party, word, period, kind, LOSE if lost else GAIN, of, lost and GAIN in amounts)
    total = Fraction(1) if kind == PRODUCT else Fraction(0)
    for amount in amounts:
        total = total * worth(amount) if kind == PRODUCT else total + worth(amount)
    return Sum(party, word, period, kind, said(kind, total), of)


def said(kind: str, total: Fraction) -> str:
    """A sum as an entry is written: `-100`, `+7.5`, `-4%`, `x0.9604`."""
    if kind == PRODUCT:
        return f"x{shown(total)}"
    text = f"{shown(total * 100)}%" if kind == SHARE else shown(total)
    return text if total < 0 else f"+{text}"
