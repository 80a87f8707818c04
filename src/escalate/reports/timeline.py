"""The whole story of a student on a line of time: dates down the left, a bar for each open case, one line an entry."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Any

from attrs import define, field, frozen

from ..explain import Entry, sentence, standing
from ..explain.sentences import DATED, Teller
from ..explain.story import case_of
from ..ledger import OPEN
from ..phrases import Phrases, phrases_for
from ..policy import Policy
from .card import STYLES, told_values
from .wrap import wrap

if TYPE_CHECKING:
    from rich.console import RenderableType

COLOURS = ("blue", "magenta", "cyan", "yellow")  # of bars, one after the other
CASE_STYLES = {"opened": "bold", "ended": "bold", "withdrawn": "dim", "merged": "dim"}
GAP = "  "
SHORTEST = 16  # cells of a column that is wrapped
TITLE = 26  # cells of a title on the line of time
CLOSES = ("ended", "merged", "withdrawn")
OPENS = ("opened", "reopened", "reinstated")


@frozen
class Row:
    """One entry: when, the bars beside it, what happened to what, and the rest in a few words."""

    date: str
    clock: str
    bars: tuple[tuple[str, str], ...]
    what: str
    style: str
    title: str
    detail: str


@define
class Lanes:
    """Which case stands in which column while it is open."""

    open: list[str] = field(factory=list)

    def take(self, case: str) -> int:
        """The column of a case, the first free one if it has none."""
        if case in self.open:
            return self.open.index(case)
        if "" in self.open:
            self.open[self.open.index("")] = case
        else:
            self.open.append(case)
        return self.open.index(case)

    def leave(self, case: str) -> None:
        """Free the column of a case that is over."""
        self.open = ["" if each == case else each for each in self.open]
        while self.open and not self.open[-1]:
            self.open.pop()

    def bars(self, here: int | None, sign: str) -> tuple[tuple[str, str], ...]:
        """The sign of each column: `sign` in that of this entry, a bar in those of other open cases."""
        return tuple((sign if n == here else "│" if case else " ", COLOURS[n % len(COLOURS)]) for n, case in enumerate(self.open))


@frozen
class Story:
    """A student's entries, and the policies that they name."""

    student: str
    entries: Sequence[Entry]
    policies: Mapping[str, Policy]
    lang: str
    phrases: Phrases = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "phrases", phrases_for(self.lang))

    def teller(self, entry: Entry) -> Teller:
        """What can be said of an entry."""
        return Teller(entry.record, self.policies[str(entry.record["policy"])], self.phrases, entry.known)

    # --- the line of time ------------------------------------------------------------------------------

    def rows(self) -> Iterator[Row]:
        """Every entry; at one instant a case opens before its items and ends after them."""
        lanes = Lanes()
        for _, group in groupby(self.entries, key=lambda entry: str(entry.record["decided"])):
            for entry in sorted(group, key=_place):
                yield self._row(entry, lanes)

    def _row(self, entry: Entry, lanes: Lanes) -> Row:
        record, what = entry.record, str(entry.record["what"])
        decided = str(record["decided"])
        teller = self.teller(entry)
        date = datetime.date.fromisoformat(decided[:10])
        day = f"{date.isoformat()} {self.phrases.weekdays[date.weekday()]}"
        if record["kind"] == "case":
            subject = str(record["subject"])
            over = what in CLOSES or what not in OPENS and bool(teller.after.get("ended"))
            whole = what == "ended" and teller.fresh or over and what not in CLOSES and subject not in lanes.open  # an ended case that was moved
            here = lanes.take(subject)
            bars = lanes.bars(here, "◆" if whole else "╭" if what in OPENS else "╰" if over else "├")
            if over:
                lanes.leave(subject)
            title = self.phrases.label("case", ladder=teller.words.ladder(teller.ladder.name), number=subject.rpartition("/")[2])
            return Row(day, decided[11:16], bars, self.phrases.whats[f"case {what}"], CASE_STYLES.get(what, ""), title, self._case_detail(teller))
        case = case_of(record, entry.after)
        bars = lanes.bars(lanes.open.index(case) if case in lanes.open else None, "├")
        word = "told" if what == "done" and teller.action.tells else what
        style = STYLES[str(entry.after.get("status", "open"))]
        return Row(day, decided[11:16], bars, self.phrases.whats[word], style, teller.name, self._item_detail(teller))

    def _case_detail(self, teller: Teller) -> str:
        stage = teller.stage()
        readings = [
            self.phrases.label("reading", name=teller.words.measure(str(reading["measure"])), value=teller.words.measured(reading))
            for reading in teller.readings if "measure" in reading
        ]  # fmt: skip
        said = [teller.words.stage(stage)] if stage is not None and teller.what == "opened" else []
        return self.phrases.clauses([*said, teller.case_moves() if teller.what == "moved" else "", *readings, self._since(teller)])

    def _item_detail(self, teller: Teller) -> str:
        label, after = self.phrases.label, teller.after
        if teller.what == "moved":
            return teller.moves()
        new = teller.fresh or teller.what in ("issued", "reopened", "replaced") or teller.what == "done" and teller.action.tells
        parts = []
        if new and teller.what != "lapsed":
            who = teller.told() if teller.action.tells else teller.who()
            parts.append(label("to", who=who))
        if (new or "due" in teller.changed) and after.get("due") and not teller.action.tells:
            parts.insert(0, label("due", due=brief(str(after["due"]), str(teller.record["decided"]))))
        if teller.what == "blocked":
            parts.append(label("missing", missing=self.phrases.all_of([teller.words.item(str(name)) for name in teller.changed.get("missing") or ()])))  # type: ignore[attr-defined]  # a list of names
        if teller.changed.get("outcome"):
            parts.append(label("result", result=teller.words.result(str(teller.changed["outcome"]))))
        return self.phrases.clauses([*parts, self._since(teller)])

    def _since(self, teller: Teller) -> str:
        """Since when it holds, where that was learnt on a later date."""
        effective, decided = str(teller.record["effective"]), str(teller.record["decided"])
        late = teller.what in DATED and effective[:10] != decided[:10]
        return self.phrases.label("since", effective=brief(effective, decided)) if late else ""

    # --- what stands ------------------------------------------------------------------------------------

    def items(self) -> list[Entry]:
        """The items as they stand: those to be done by their due, then the others."""
        found = [entry for entry in standing(self.entries).values() if entry.record["kind"] == "item"]
        return sorted(found, key=lambda entry: (entry.after.get("status") not in OPEN, str(entry.after.get("late_from") or "9"), str(entry.record["subject"])))

    def summary(self) -> list[str]:
        """How many cases and items, by status."""
        label = self.phrases.label
        cases = [entry for entry in standing(self.entries).values() if entry.record["kind"] == "case"]
        live = sum(not entry.after.get("ended") and entry.record["what"] not in ("merged", "withdrawn") for entry in cases)
        items = self.items()
        counted = Counter(str(entry.after.get("status", "open")) for entry in items)
        statuses = self.phrases.all_of([label("status.count", status=self.phrases.statuses[status], count=n) for status, n in counted.items()])
        found = [label("cases", count=len(cases), open=live)]
        return [*found, label("items", count=len(items), statuses=statuses)] if items else found

    def as_values(self) -> dict[str, Any]:
        """All of it as plain values, each record with its sentence."""
        items = [
            {"item": entry.record["subject"], "title": self.teller(entry).name, "status": entry.after.get("status", "open"), "due": entry.after.get("due", "")}
            for entry in self.items()
        ]
        said = [told_values(entry, sentence(entry.record, self.policies[str(entry.record["policy"])], self.lang, entry.known)) for entry in self.entries]
        return {"student": self.student, "lang": self.phrases.lang, "items": items, "story": said}


def brief(text: str, now: str) -> str:
    """A day or an instant in as few signs as tell it apart from now."""
    date = "" if len(text) > 10 and text[:10] == now[:10] else text[5:10] if text[:4] == now[:4] else text[:10]
    return f"{date} {text[11:16]}".strip()


def _place(entry: Entry) -> int:
    what = str(entry.record["what"])
    if entry.record["kind"] == "item":
        return 1
    return 2 if what in CLOSES else 0


# --- drawing ---------------------------------------------------------------------------------------------


def parts(story: Story, width: int, *, framed: bool) -> Iterator[RenderableType]:
    """The line of time, what is still to be done, and the other items."""
    from rich.text import Text

    label = story.phrases.label
    yield Text(label("head.student", student=story.student), style="bold")
    summary = story.phrases.texts["semicolon"].join(story.summary())
    yield from (Text(part, style="dim") for part in (wrap(summary, width) if framed else [summary]))
    yield ""
    yield from _drawn(list(story.rows()), story.phrases, width, framed=framed)
    items = story.items()
    todo = [entry for entry in items if entry.after.get("status", "open") in OPEN]
    for head, entries in (("todo", todo), ("items", items[len(todo) :])):
        if entries or head == "todo":
            yield ""
            yield Text(label(f"head.{head}") if entries else label("none"), style="bold" if entries else "")
            yield from _items(story, entries, width, framed=framed)


def _drawn(rows: Sequence[Row], phrases: Phrases, width: int, *, framed: bool) -> Iterator[RenderableType]:
    """The rows under each other; on a terminal each in its width, what is longer goes on below, and no date or time is said twice."""
    from rich.cells import cell_len, set_cell_size
    from rich.text import Text

    def column(texts: Iterable[str]) -> int:
        return max(map(cell_len, texts), default=0)

    lanes = max((len(row.bars) for row in rows), default=0)
    dates, whats = column(row.date for row in rows), column(row.what for row in rows)
    titles = column(row.title for row in rows)
    titles = min(titles, TITLE) if framed else titles
    year, before = "", ("", "")
    for row in rows:
        if framed and row.date[:4] != year:
            year = row.date[:4]
            yield Text(phrases.label("year", year=year), style="bold")
        same_day, same = row.date == before[0], (row.date, row.clock) == before
        date = set_cell_size(row.date, dates) if not framed else set_cell_size("" if same_day else row.date[5:], dates - 5)
        style = "bold" if row.style == "bold" else "dim" if row.style == "dim" else ""
        at = Text("     " if same and framed else row.clock, style="dim")
        room = max(width - sum((cell_len(date), 5, lanes, whats, titles)) - 5 * len(GAP), SHORTEST) if framed else 0
        named, said = (wrap(row.title, titles), wrap(row.detail, room)) if framed else ([row.title], [row.detail])
        for n, (title, detail) in enumerate(zip_longest(named, said, fillvalue="")):
            bars = Text.assemble(*(row.bars if n == 0 else on_below(row.bars)), " " * (lanes - len(row.bars)))
            what = Text(set_cell_size("" if n else row.what, whats), style=row.style)
            begun = [Text(" " * cell_len(date)), Text(" " * 5)] if n else [Text(date), at]
            yield Text(GAP).join([*begun, bars, what, Text(set_cell_size(title, titles), style=style), Text(detail, style="dim")])
        before = row.date, row.clock


def on_below(bars: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The bars of the cases that go on after an entry."""
    yield from ((" " if sign in " ╰◆" else "│", colour) for sign, colour in bars)


def _items(story: Story, entries: Sequence[Entry], width: int, *, framed: bool) -> Iterator[RenderableType]:
    """Each item as it stands, and below it the id by which it can be asked for."""
    from rich.cells import cell_len, set_cell_size
    from rich.text import Text

    lines = [_item(story, entry) for entry in entries]
    status, dues = (max((cell_len(line[n]) for line in lines), default=0) for n in (0, 1))
    for entry, line in zip(entries, lines, strict=True):
        said, due, what, ident = line
        style = STYLES[str(entry.after.get("status", "open"))]
        if not framed:
            yield Text.assemble((set_cell_size(said, status), style), GAP, set_cell_size(due, dues), GAP, what, GAP, ident)
            continue
        for n, part in enumerate(wrap(what, max(width - status - dues - 2 * len(GAP), SHORTEST))):
            yield Text.assemble((set_cell_size("" if n else said, status), style), GAP, set_cell_size("" if n else due, dues), GAP, part)
        for part in wrap(ident, width - status - 2):
            yield Text.assemble(" " * (status + 2), (part, "dim"))


def _item(story: Story, entry: Entry) -> tuple[str, str, str, str]:
    """Its status, due, what with whom, and the id without the policy."""
    teller = story.teller(entry)
    due = "" if teller.action.tells else str(entry.after.get("due") or "")
    who = teller.told() if teller.action.tells else teller.who()
    date = f"{due[:10]} {story.phrases.weekdays[datetime.date.fromisoformat(due[:10]).weekday()]} {due[11:16]}".rstrip() if due else ""
    what = f"{teller.name}  {story.phrases.label('to', who=who)}"
    return story.phrases.statuses[str(entry.after.get("status", "open"))], date, what, str(entry.record["subject"]).partition("/")[2]
