"""What a table of phrases holds, and the few words that are made by rule: dates, amounts, lists."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from ..language import shown

Date = datetime.date


@frozen
class Phrases:
    """One language.

    texts: sentences and their parts, with `{names}` to be filled in. terms: what conditions say. labels: heads and marginal words.
    units: one and many of each unit. names: what every policy has. levels: of groups. periods: of a ladder that lasts for one.
    whats: the short word for each change of a case (`case opened`) or an item. statuses: of items; roll: of students.
    """

    lang: str
    texts: Mapping[str, str]
    terms: Mapping[str, str]
    labels: Mapping[str, str]
    units: Mapping[str, tuple[str, str]]
    whats: Mapping[str, str]
    statuses: Mapping[str, str]
    roll: Mapping[str, str]
    periods: Mapping[str, str]
    names: Mapping[str, str]
    levels: Mapping[str, str]
    months: tuple[str, ...]
    weekdays: tuple[str, ...]

    def say(self, key: str, /, **parts: object) -> str:
        """A phrase with its parts filled in."""
        return self.texts[key].format(**parts)

    def term(self, key: str, /, **parts: object) -> str:
        """What a condition says, with its parts filled in."""
        return self.terms[key].format(**parts)

    def label(self, key: str, /, **parts: object) -> str:
        """A head or a marginal word."""
        return self.labels[key].format(**parts)

    def all_of(self, parts: Sequence[str]) -> str:
        """A list such as `a, b and c`."""
        if len(parts) < 2:
            return "".join(parts)
        return self.texts["list"].join(parts[:-1]) + self.texts["list.last"] + parts[-1]

    def clauses(self, parts: Sequence[str]) -> str:
        """Parts of a sentence, one after the other."""
        return self.texts["comma"].join(part for part in parts if part)

    def day(self, date: Date, year: int | None = None) -> str:
        """A date with its weekday; without its year where that is `year`."""
        return self._date("day", date, year)

    def date(self, date: Date, year: int | None = None) -> str:
        """A date without its weekday."""
        return self._date("date", date, year)

    def _date(self, key: str, date: Date, year: int | None) -> str:
        parts = {"y": date.year, "m": self.months[date.month - 1], "d": date.day, "w": self.weekdays[date.weekday()]}
        return self.say(f"{key}.short" if date.year == year else key, **parts)

    def moment(self, text: str, year: int | None = None) -> str:
        """A day (`2025-09-05`) or an instant (`2025-09-05T17:30:00+08:00`) as a record holds it."""
        date = Date.fromisoformat(text[:10])
        return self.day(date, year) if len(text) == 10 else self.say("moment", day=self.day(date, year), clock=clock(text))

    def span(self, first: str, last: str, year: int | None = None) -> str:
        """From one date to another, or the one date that both are."""
        start = self.date(Date.fromisoformat(first), year)
        if first == last:
            return start
        return self.say("span", first=start, last=self.date(Date.fromisoformat(last), int(first[:4]) if year is not None else None))

    def amount(self, number: Fraction | int, unit: str) -> str:
        """A number with its unit: `3 school days`."""
        one, many = self.units.get(unit.replace(" ", "_"), ("", ""))
        word = one if number == 1 else many
        return self.say("amount", number=shown(Fraction(number)), unit=word) if word else shown(Fraction(number))

    def percent(self, number: Fraction) -> str:
        """A share of one in percent, `about` where it is cut to a tenth."""
        tenths = (abs(number) * 2000 + 1) // 2
        exact = Fraction(tenths, 10) == number * 100
        return self.say("percent" if exact else "percent.about", number=shown(Fraction(tenths, 10)))


def clock(text: str) -> str:
    """The local clock time of an instant: `17:30`, or `09:10:01` where its seconds matter."""
    return text[11:16] if text[17:19] == "00" else text[11:19]
