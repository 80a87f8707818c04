"""Tables of what is to be done, and how they are printed: framed on a terminal, plain lines in a pipe."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
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
WRAPPED = ("what", "who", "whom")  # the columns that wrap on a narrow terminal, the last one first
LONGEST_WORD = 18  # cells of a word that is not broken
SHORTEST = 8  # cells of a column whose words are broken
GAP = 2  # cells between columns


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

    def _persons(self, item: Item, wording: Wording, capacity: str) -> tuple[str, ...]:
        found = []
        for who, persons in item.persons:
            word, _, key = who.partition(" ")
            if word == capacity:
                found.append(self._held(Actor.of_key(key), persons, wording))
        return tuple(found)

    def _held(self, actor: Actor, persons: tuple[str, ...], wording: Wording) -> str:
        """Who acts with who that is; whom only the role or the item of others names, in brackets behind that."""
        title = wording.actor(actor)
        if not persons:
            return title if actor.key in OWN_ROLES else words_for(self.lang)["nobody"].format(role=title)
        return f"{title} {' '.join(persons)}" if actor.kind == "role" else wording.phrases.say("who", role=title, persons=wording.phrases.all_of(persons))


def titles_of(items: Iterable[Item], policies: Mapping[tuple[str, str], Policy], lang: str) -> Mapping[str, str]:
    """What each item is called, by its id: so that a reminder can say of what."""
    found = {}
    for item in items:
        policy = policies[item.policy, item.version]
        action = find_action(policy, item.path)
        found[item.id] = Wording(policy, phrases_for(lang)).action(action) if action else item.action
    return found


def table_of(lines: Sequence[Line], title: str, lang: str, *, width: int | None, schools: bool, late: bool) -> RenderableType:
    """Lines as a table, under a title. width: of the terminal, None in a pipe."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    framed, words = width is not None, words_for(lang)
    cells = _cells(lines, "\n" if framed else phrases_for(lang).texts["list"], schools=schools)
    room = _room({name: [words[name], *texts] for name, texts in cells.items()}, width) if width is not None else {}
    table = Table(
        title=Text(title, style="bold red" if late else "bold"), title_justify="left", box=box.SIMPLE_HEAD if framed else None, show_edge=False,
        pad_edge=False, header_style="dim" if framed else "", padding=(0, 1, 0, 0) if framed else (0, 2, 0, 0),
    )  # fmt: skip
    for name in cells:
        table.add_column(words[name], no_wrap=name not in (*WRAPPED, "school") and (not framed or bool(room)), overflow="fold", width=room.get(name))
    for n, line in enumerate(lines):
        styles = {"when": "red" if line.late else "yellow" if line.soon else "", "what": "bold"}
        table.add_row(*(Text(_broken(texts[n], room.get(name)), style=styles.get(name, "")) for name, texts in cells.items()))
    return table


def _cells(lines: Sequence[Line], joint: str, *, schools: bool) -> dict[str, list[str]]:
    """The texts of each column, by its name."""
    cells = {
        "due": [line.due for line in lines],
        "when": [line.when for line in lines],
        "student": [line.student for line in lines],
        "school": [line.school for line in lines],
        "class": [line.class_ for line in lines],
        "what": [line.what for line in lines],
        "who": [joint.join(line.who) for line in lines],
        "whom": [joint.join(line.whom) for line in lines],
    }
    return {name: texts for name, texts in cells.items() if schools or name != "school"}


def _room(cells: Mapping[str, Sequence[str]], width: int) -> dict[str, int]:
    """How wide the columns that may wrap are, titles first: each at least its longest word if there is room; nothing where it is hopeless."""
    wide = {name: max(_widest(text.split("\n")) for text in texts) for name, texts in cells.items()}
    least = {name: min(max(_widest(_words(text)) for text in cells[name]), LONGEST_WORD) for name in WRAPPED}
    spare = width - GAP * (len(cells) - 1) - sum(wide.values()) + sum(wide[name] - least[name] for name in WRAPPED)
    for name in reversed(WRAPPED):
        less = max(min(-spare, least[name] - SHORTEST), 0)
        least[name], spare = least[name] - less, spare + less
    if spare < 0:
        return {}
    for name in WRAPPED:
        more = min(spare, wide[name] - least[name])
        least[name], spare = least[name] + more, spare - more
    return least


def _words(text: str) -> list[str]:
    """What is broken last: titles and ids, and what stands in brackets."""
    return text.replace("（", " （").split() or [""]


def _widest(texts: Iterable[str]) -> int:
    from rich.cells import cell_len

    return max(map(cell_len, texts))


def _broken(text: str, width: int | None) -> str:
    """A text whose brackets begin a line where it is too wide for one."""
    return text if width is None or _widest(text.split("\n")) <= width else text.replace("（", "\n（")


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
