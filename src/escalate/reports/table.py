"""Lines of what is to be done as people read them, and how anything is printed: with colours on a terminal, plain lines in a pipe."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, TextIO

from attrs import field, frozen

from ..ledger import Item
from ..phrases import phrases_for
from ..policy import OWN_ROLES, Actor, Policy
from ..records import find_action, whose
from ..times import Instant, Zone
from ..wording import Wording
from .words import words_for

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

HOUR = 3600
PLAIN_WIDTH = 10_000


@frozen
class Held:
    """Who acts or is told: a role's title, and the persons who hold it, empty where the title says all."""

    title: str
    persons: str = ""

    def __str__(self) -> str:
        """Both in one line."""
        return f"{self.title} {self.persons}".rstrip()


@frozen
class Line:
    """One item as people read it."""

    due: str
    when: str
    student: str
    school: str
    class_: str
    what: str
    who: tuple[Held, ...]
    whom: tuple[Held, ...]
    late: bool = False
    soon: bool = False


@frozen
class Reader:
    """For whom lines are made: the language, the instant that is now, and what the roster says of a student."""

    lang: str
    now: Instant
    zone: Zone
    column: Callable[[str, str, Instant], str]
    names: bool = False
    titles: Mapping[str, str] = field(factory=dict, repr=False)

    def line(self, item: Item, policy: Policy) -> Line:
        """One item as a line."""
        words, wording = words_for(self.lang), Wording(policy, phrases_for(self.lang))
        action = find_action(policy, item.path)
        whom = whose(item, policy)
        if "/" in whom:
            who = wording.group(whom)
        else:
            who = f"{whom} {self.column(whom, 'name', item.opened)}".rstrip() if self.names else whom
        what = wording.action(action) if action else item.action
        if item.parent in self.titles:
            what = words["after"].format(title=what, parent=self.titles[item.parent])
        if item.status == "blocked":
            what = words["missing"].format(title=what, missing=wording.phrases.all_of(item.missing))
        days = self._days(item)
        return Line(
            self._due(item), self._when(item, days), who, self.column(whom, "school", item.opened),
            self.column(whom, "class", item.opened), what, self._persons(item, wording, "by"), self._persons(item, wording, "to"),
            late=item.late_from is not None and item.late_from <= self.now, soon=days is not None and 0 <= days <= 1,
        )  # fmt: skip

    def _due(self, item: Item) -> str:
        if not item.due:
            return words_for(self.lang)["no_due"] if not item.note else item.note
        date = datetime.date.fromisoformat(item.due[:10])
        clock = f" {item.due[11:16]}" if len(item.due) > 10 else ""
        day = f"{date:%m-%d}" if date.year == self.zone.date(self.now).year else date.isoformat()
        return f"{day} {phrases_for(self.lang).weekdays[date.weekday()]}{clock}"

    def _days(self, item: Item) -> int | None:
        """Dates from now to the due; below 0 once it has passed."""
        if not item.due:
            return None
        return (datetime.date.fromisoformat(item.due[:10]) - self.zone.date(self.now)).days

    def _when(self, item: Item, days: int | None) -> str:
        words = words_for(self.lang)
        if days is None or item.late_from is None:
            return ""
        if days == 0 and len(item.due) > 10:
            hours = (self.now - item.late_from) // HOUR
            if item.late_from <= self.now:
                return words["hours_late"].format(n=hours) if hours else words["hour_late"]
            return words["in_hours"].format(n=-hours) if hours < -1 else words["in_hour"]
        if days < 0:
            return words["yesterday"] if days == -1 else words["days_late"].format(n=-days)
        return (words["today"], words["tomorrow"])[days] if days < 2 else words["in_days"].format(n=days)

    def _persons(self, item: Item, wording: Wording, capacity: str) -> tuple[Held, ...]:
        found = []
        for who, persons in item.persons:
            word, _, key = who.partition(" ")
            if word == capacity:
                found.append(self._held(Actor.of_key(key), persons, wording))
        return tuple(found)

    def _held(self, actor: Actor, persons: tuple[str, ...], wording: Wording) -> Held:
        """Who acts with who that is; whom only the role or the item of others names, in brackets behind that."""
        title = wording.actor(actor)
        if not persons:
            return Held(title if actor.key in OWN_ROLES else words_for(self.lang)["nobody"].format(role=title))
        if actor.kind == "role":
            return Held(title, " ".join(persons))
        return Held(wording.phrases.say("who", role=title, persons=wording.phrases.all_of(persons)))


def titles_of(items: Iterable[Item], policies: Mapping[tuple[str, str], Policy], lang: str) -> Mapping[str, str]:
    """What each item is called, by its id: so that a reminder can say of what."""
    found = {}
    for item in items:
        policy = policies[item.policy, item.version]
        action = find_action(policy, item.path)
        found[item.id] = Wording(policy, phrases_for(lang)).action(action) if action else item.action
    return found


def show(parts: Iterable[RenderableType], out: TextIO) -> None:
    """Print, with colours on a terminal; in a pipe every line whole and nothing but text."""
    console = console_for(out)
    if console.is_terminal:
        for part in parts:
            console.print(part)
        return
    with console.capture() as captured:
        for part in parts:
            console.print(part)
    out.writelines(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def console_for(out: TextIO) -> Console:
    """The console of a stream."""
    from rich.console import Console

    if out.isatty():
        return Console(file=out, highlight=False)
    return Console(file=out, highlight=False, no_color=True, force_terminal=False, width=PLAIN_WIDTH)
