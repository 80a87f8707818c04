"""A case of a spec as its text, and the file around it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import field, frozen

from ..quoting import in_quotes, quoted
from ..spec.notation import Day, code_text
from .given import AT

AGAIN = 6  # days that are written `A x4` and not one by one
WIDE = 120  # signs of a line of students
LONGEST = 8  # days of what is written once and laid again


@frozen
class Draft:
    """One case: whose marks from which date, what else is given, and by date what came, as lines of `expect`.

    until: the last date that is played; None: that of the last mark. columns and marks are of each of the `others` too.
    rows: what stands in the register of rates at the close of `until`, where that is the answer.
    """

    student: str
    start: datetime.date
    only: str
    days: tuple[Day, ...]
    columns: Mapping[str, str] = field(factory=dict)
    statuses: tuple[str, ...] = ()
    events: tuple[tuple[str, str], ...] = ()  # (date and time, the event)
    until: datetime.date | None = None
    others: tuple[str, ...] = ()
    expect: tuple[tuple[datetime.date, str], ...] = ()
    rows: tuple[str, ...] = ()
    roles: Mapping[str, str] = field(factory=dict)  # who holds them

    def text(self, title: str, start: datetime.date | None = None) -> str:
        """The case below its title; start: the date that the file gives."""
        lines = [f"  {_key(title)}:", f"    only: {self.only}"]
        lines += [f"    from: {self.start}"] * (self.start != start)
        lines += [f"    until: {self.until}"] * (self.until is not None)
        if self.columns or self.others or not self.days:
            columns = f"{{{', '.join(f'{key}: {quoted(value)}' for key, value in self.columns.items())}}}"
            lines += _rows("    students: {", [f"{name}: {columns}" for name in (self.student, *self.others)])
        if self.days:
            lines += _rows("    marks: {", [f'{name}: "{shown(self.days)}"' for name in (self.student, *self.others)])
        if self.roles:
            lines += [f"    roles: {{{', '.join(f'{role}: {quoted(person)}' for role, person in self.roles.items())}}}"]
        events = [(f"{self.start} {AT}", f"{{status: {status}}}") for status in self.statuses] + list(self.events)
        lines += ["    events:"] * bool(events) + list(_by(events))
        lines += ["    registers:", f"      {self.until}:", "        rates:", *(f"          - {row}" for row in self.rows)] if self.rows else []
        lines += ["    expect:", *_by((str(date), line) for date, line in self.expect)] if self.expect else ["    expect: {}"]
        return "\n".join(lines)


def _rows(head: str, entries: Sequence[str]) -> list[str]:
    """A map in braces, on as many lines as it needs."""
    if len(head) + sum(len(entry) + 2 for entry in entries) < WIDE:
        return [f"{head}{', '.join(entries)}}}"]
    each = max(1, WIDE // (len(entries[-1]) + 2) // 5 * 5)
    rows = [", ".join(entries[n : n + each]) for n in range(0, len(entries), each)]
    return [head, *(f"      {row}," for row in rows[:-1]), f"      {rows[-1]}}}"]


def _key(text: str) -> str:
    """A text that stands at the beginning of a line, before a colon."""
    return text if text[:1].isalnum() and ": " not in text and " #" not in text and not text.endswith((":", " ")) else in_quotes(text)


def _by(entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Lines below their dates; one on the line of its date."""
    found: dict[str, list[str]] = {}
    for when, line in sorted(entries, key=lambda entry: entry[0]):
        found.setdefault(when, []).append(line)
    for when, lines in found.items():
        if len(lines) == 1:
            yield f"      {when}: [{lines[0]}]"
        else:
            yield f"      {when}:"
            yield from (f"        - {line}" for line in lines)


# --- marks -----------------------------------------------------------------------------------------------


def shown(days: Sequence[Day]) -> str:
    """Days in the compact notation, what comes again and again written once."""
    words: list[str] = [""]
    place = 0
    while place < len(days):
        size, times = _again(days, place)
        if size * times >= AGAIN and times > 1:
            words += [f"{''.join(map(_day, days[place : place + size]))} x{times}", ""]
            place += size * times
        else:
            words[-1] += _day(days[place])
            place += 1
    return " ".join(word for word in words if word)


def _again(days: Sequence[Day], place: int) -> tuple[int, int]:
    """How many days come again, and how often; the most that can be written so, of the fewest days."""
    best = (1, 1)
    for size in range(1, LONGEST + 1):
        times = 1
        while tuple(days[place : place + size]) == tuple(days[place + times * size : place + (times + 1) * size]):
            times += 1
            if place + times * size >= len(days):
                break
        if times > 1 and size * times > best[0] * best[1]:
            best = size, times
    return best


def _day(day: Day) -> str:
    return code_text(day) if isinstance(day, str) else f"({''.join(map(code_text, day))})"
