"""Tables of what is to be done, and how they are printed: framed on a terminal, plain lines in a pipe."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TextIO

from attrs import field, frozen

from ..ledger import Item
from ..phrases import phrases_for
from ..policy import Policy
from ..records import find_action
from ..times import Instant, Zone
from ..wording import Wording
from .words import words_for

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

HOUR = 3600
PLAIN_WIDTH = 10_000


@frozen
class Line:
    """One item as people read it."""

    due: str
    when: str
    student: str
    school: str
    class_: str
    what: str
    who: tuple[str, ...]
    whom: tuple[str, ...]
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
        student = item.id.split("/")[1]
        name = self.column(student, "name", item.opened) if self.names else ""
        what = wording.action(action) if action else item.action
        if item.parent in self.titles:
            what = words["after"].format(title=what, parent=self.titles[item.parent])
        if item.status == "blocked":
            what = words["missing"].format(title=what, missing=wording.phrases.all_of(item.missing))
        days = self._days(item)
        return Line(
            self._due(item), self._when(item, days), f"{student} {name}".rstrip(), self.column(student, "school", item.opened),
            self.column(student, "class", item.opened), what, self._persons(item, wording, "by"), self._persons(item, wording, "to"),
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

    def _persons(self, item: Item, wording: Wording, capacity: str) -> tuple[str, ...]:
        found = []
        for who, persons in item.persons:
            word, _, role = who.partition(" ")
            if word == capacity:
                title = wording.role(role)
                if persons:
                    title = f"{title} {' '.join(persons)}"
                elif role in wording.policy.roles and role not in ("parent", "student"):
                    title = words_for(self.lang)["nobody"].format(role=title)
                found.append(title)
        return tuple(found)


def titles_of(items: Iterable[Item], policies: Mapping[tuple[str, str], Policy], lang: str) -> Mapping[str, str]:
    """What each item is called, by its id: so that a reminder can say of what."""
    found = {}
    for item in items:
        policy = policies[item.policy, item.version]
        action = find_action(policy, item.path)
        found[item.id] = Wording(policy, phrases_for(lang)).action(action) if action else item.action
    return found


def table_of(lines: Sequence[Line], title: str, lang: str, *, framed: bool, schools: bool, late: bool) -> RenderableType:
    """Lines as a table, under a title."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    words = words_for(lang)
    joint = "\n" if framed else phrases_for(lang).texts["list"]
    table = Table(
        title=Text(title, style="bold red" if late else "bold"), title_justify="left", box=box.SIMPLE_HEAD if framed else None,
        pad_edge=framed, header_style="dim" if framed else "", padding=(0, 2, 0, 0) if not framed else (0, 1),
    )  # fmt: skip
    for name in ("due", "when", "student", *(("school",) if schools else ()), "class", "what", "who", "whom"):
        table.add_column(words[name], no_wrap=name in ("due", "when", "student", "class"), overflow="fold", ratio=None)
    for line in lines:
        style = "red" if line.late else "yellow" if line.soon else ""
        cells = [
            Text(line.due), Text(line.when, style=style), Text(line.student), *((Text(line.school),) if schools else ()), Text(line.class_),
            Text(line.what, style="bold"), Text(joint.join(line.who)), Text(joint.join(line.whom)),
        ]  # fmt: skip
        table.add_row(*cells)
    return table


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
