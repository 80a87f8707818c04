"""Why an item stands as it does: the item as a card, what happened to it in sentences, and the records that counted."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from attrs import field, frozen

from ..explain import Entry, sentence
from ..explain.sentences import Teller, by_clock, evidence_of
from ..explain.story import case_of, changed, cites_of
from ..phrases import Phrases, phrases_for
from ..policy import Policy
from ..wording import due_parameters
from .wrap import wrap

if TYPE_CHECKING:
    from rich.console import RenderableType

STYLES = {
    "open": "bold cyan", "blocked": "bold yellow", "overdue": "bold red", "done": "green", "done late": "yellow", "cancelled": "dim", "lapsed": "dim",
    "withdrawn": "dim", "recall": "bold magenta",
}
WIDEST = 110  # cells of a line of text; longer ones are hard to read


@frozen
class Told:
    """One item with its records, and what is said of them."""

    entries: Sequence[Entry]
    policies: Mapping[str, Policy]
    lang: str
    phrases: Phrases = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "phrases", phrases_for(self.lang))

    @property
    def last(self) -> Teller:
        """The newest record's teller."""
        return self._teller(self.entries[-1])

    def _teller(self, entry: Entry) -> Teller:
        return Teller(entry.record, self.policies[str(entry.record["policy"])], self.phrases, entry.known)

    def sentences(self) -> Iterator[tuple[Entry, str]]:
        """Each record with its sentence."""
        for entry in self.entries:
            yield entry, sentence(entry.record, self.policies[str(entry.record["policy"])], self.lang, entry.known)

    def events(self) -> tuple[list[str], list[Mapping[str, object]]]:
        """The ids of all events, and the digests that stand for more than can be named."""
        names: set[str] = set()
        digests: list[Mapping[str, object]] = []
        for entry in self.entries:
            events = entry.record["events"]
            if isinstance(events, Mapping):
                digests += [] if events in digests else [events]
            else:
                names |= set(cast("Sequence[str]", events))
        return sorted(names, key=str.encode), digests

    def rows(self) -> list[tuple[str, str]]:
        """The card, a label and a text a row."""
        teller, say = self.last, self.phrases.label
        after, action, words, place = teller.after, teller.action, teller.words, teller.place
        case = case_of(teller.record, after).rpartition("/")[2]
        stage = teller.stage()
        version = str(teller.record["policy"]).rpartition("@")[2]
        title = words.policy.title.say(self.lang) or words.policy.name
        readings = next((read for entry in self.entries if (read := self._teller(entry).readings)), ())
        found = [
            ("id", str(teller.record["subject"])),
            ("old", str(after.get("replaces", ""))),
            ("student", teller.student if teller.asked is None else ""),
            ("group", teller.whom.strip() if teller.asked is not None else ""),
            ("case", say("case", ladder=words.ladder(place.ladder), number=case) if teller.asked is None else ""),
            ("stage", words.stage(stage) if stage is not None and place.stage != "ends" else ""),
            ("when", words.condition(stage.when, readings) if stage is not None and place.parent is None else ""),
            ("need", words.condition(stage.need) if stage is not None and stage.need is not None and place.parent is None else ""),
            ("by", teller.who() if action.by.entries else ""),
            ("to", teller.named("to")),
            ("notify", teller.told()),
            ("about", words.actor(action.about) if action.about is not None else ""),
            ("form", action.form),
            ("opened", self._moment(after.get("opened"))),
            ("due", "" if action.tells else self._moment(after.get("due")) or teller.due()),
            ("done", self._moment(after.get("done_at"))),
            ("known", self._moment(after.get("done_known"))),
            ("result", words.result(str(after.get("outcome", "")))),
            ("missing", self.phrases.all_of([words.item(name) for name in cast("Sequence[str]", after.get("missing") or ())])),
            ("text", stage.text.say(self.lang) if stage is not None else ""),
            *(("why", text) for text in self._whys(teller)),
            ("cites", self.phrases.all_of(cites_of(teller.record))),
            ("policy", title if version == "-" else say("version", name=title, version=self.phrases.date(datetime.date.fromisoformat(version)))),
        ]
        return [(say(f"card.{name}"), text) for name, text in found if text]

    def _whys(self, teller: Teller) -> Iterator[str]:
        """Why the parameters of its condition and its deadline have the values that they have."""
        stage = teller.stage() if teller.place.parent is None else None
        names = [term.name for term in stage.when.terms if term.kind == "parameter"] if stage is not None else []
        for name in dict.fromkeys([*names, *due_parameters(teller.action.due)]):
            why = teller.policy.parameters[name].why.say(self.lang) if name in teller.policy.parameters else ""
            if why:
                yield self.phrases.say("reading.plain", name=teller.words.parameter(name), value=why)

    def _moment(self, text: object) -> str:
        return self.phrases.moment(str(text)) if text else ""

    @property
    def status(self) -> str:
        """The item's status."""
        return str(self.last.after.get("status", "open"))

    def as_values(self) -> dict[str, Any]:
        """All of it as plain values."""
        names, digests = self.events()
        teller = self.last
        return {
            "item": teller.record["subject"], "title": teller.name, "status": self.status, "lang": self.phrases.lang,
            "card": dict(self.rows()), "story": [told_values(entry, text) for entry, text in self.sentences()], "events": names, "digests": digests,
        }  # fmt: skip


def told_values(entry: Entry, text: str) -> dict[str, Any]:
    """One record as plain values, with its sentence."""
    record = entry.record
    return {key: record[key] for key in ("decided", "effective", "what", "kind", "subject")} | {"sentence": text, "record": record}


def parts(told: Told, width: int, *, framed: bool) -> Iterator[RenderableType]:
    """The card, the sentences in their order, the records that counted."""
    from rich.text import Text

    text_width = min(width, WIDEST)
    yield from _card(told, text_width, framed=framed)
    yield ""
    yield Text(told.phrases.label("head.story"), style="bold")
    for entry, said in told.sentences():
        yield from paragraph(entry, said, told.phrases, text_width, framed=framed)
    names, digests = told.events()
    if names or digests:
        yield ""
        yield Text(told.phrases.label("head.events"), style="bold")
        shown = [*_by_date(names, told.phrases, told.entries[-1].known.sessions), *(told.phrases.label("events.digest", **digest) for digest in digests)]
        for line in shown:
            for part in wrap(line, text_width - 2) if framed else [line]:
                yield Text(f"  {part}", style="dim")


def _card(told: Told, width: int, *, framed: bool) -> Iterator[RenderableType]:
    from rich import box
    from rich.cells import cell_len
    from rich.console import Group
    from rich.panel import Panel
    from rich.text import Text

    rows, title = told.rows(), told.last.name
    status = told.phrases.statuses[told.status]
    label = max(cell_len(name) for name, _ in rows)
    lines = [Text.assemble((title, "bold"), "  ", (status, STYLES[told.status]))] if not framed else []
    before = ""
    for name, text in rows:
        for n, part in enumerate(wrap(text, width - label - 6) if framed else [text]):
            head = name if n == 0 and name != before else ""
            lines.append(Text.assemble((head + " " * (label - cell_len(head)), "dim"), "  ", part))
        before = name
    if not framed:
        yield from lines
        return
    heading = Text.assemble(" ", (title, "bold"), "  ", (status, STYLES[told.status]), " ")
    yield Panel(Group(*lines), title=heading, title_align="left", box=box.ROUNDED, border_style="dim", width=width)


def paragraph(entry: Entry, said: str, phrases: Phrases, width: int, *, framed: bool) -> Iterator[RenderableType]:
    """One record's sentence, its evidence dimmed."""
    from rich.text import Text

    ids = evidence_of(entry.record, phrases, entry.known.sessions)
    evidence = phrases.say("evidence", ids=ids) if ids else ""
    text = said.removesuffix(evidence)
    style = STYLES.get(str(changed(entry.record).get("status", "")), "")
    mark = Text("• ", style=style)
    if not framed:
        yield Text.assemble("- ", text, evidence)
        return
    for n, line in enumerate(wrap(text, width - 2)):
        yield Text.assemble(mark if n == 0 else "  ", line)
    for line in wrap(evidence.strip(), width - 2) if evidence else ():
        yield Text.assemble("  ", (line, "dim"))


def _by_date(names: Sequence[str], phrases: Phrases, sessions: Sequence[str]) -> list[str]:
    """Natural ids by their date and the clock, then the others."""
    dates: dict[str, list[str]] = {}
    others = []
    for name in names:
        try:
            date = datetime.date.fromisoformat(name[:10]).isoformat()
        except ValueError:
            others.append(name)
            continue
        dates.setdefault(date, []).append(name[11:])
    lines = [f"{phrases.day(datetime.date.fromisoformat(date))}  {phrases.all_of(by_clock(found, sessions))}" for date, found in dates.items()]
    return lines + ([phrases.all_of(others)] if others else [])


