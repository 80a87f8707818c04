"""Cases and items as spans of time, with what is said of them: what bars and sticks are drawn from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from ..derive import Derivation
from ..explain import Entry, sentence, standing
from ..explain.story import case_of
from ..ledger import OPEN
from ..reports.timeline import Story
from ..times import Zone

Fired = Mapping[tuple[str, str, int], Sequence[tuple[str, str]]]  # by policy, ladder and number of a case: stages and when they fired


@frozen
class Tick:
    """A stage that fired: its number on the ladder, its title, and when, as a record has it."""

    number: int
    name: str
    at: str


@frozen
class Bar:
    """A case from `opened` to `ended`, empty while it is open. state: open, ended, merged or withdrawn. whys: the sentences of its records."""

    subject: str
    title: str
    ladder: str
    state: str
    opened: str
    ended: str
    ticks: tuple[Tick, ...]
    whys: tuple[str, ...]


@frozen
class Stick:
    """An item from `opened` to `due`, a day, an instant or nothing. status: as it stands, or `told` of a notice.

    closed: when it was done, or decided to be no longer owed; empty while it is owed. late: since when it is late.
    """

    id: str
    title: str
    status: str
    who: str
    whom: str
    opened: str
    due: str
    late: str
    closed: str
    outcome: str
    cites: str
    whys: tuple[str, ...]
    case: str = ""


def fired(derivations: Iterable[Derivation], zone: Zone) -> Fired:
    """When the stages of a student's cases fired."""
    return {
        (one.family.name, view.run.ladder, view.run.number): sorted((zone.text(at), stage) for stage, times in view.fired.items() for _, at in times)
        for one in derivations for view in one.items.ctx.views.values()
    }  # fmt: skip


def bars(story: Story, when: Fired) -> list[Bar]:
    """The cases of a story as they stand, in the order in which they opened."""
    by_subject = _by_subject(story)
    found = [_bar(story, entry, by_subject[str(entry.record["subject"])], when) for entry in standing(story.entries).values() if entry.record["kind"] == "case"]
    return sorted(found, key=lambda bar: (bar.opened, bar.subject))


def _bar(story: Story, entry: Entry, entries: Sequence[Entry], when: Fired) -> Bar:
    teller, subject, after = story.teller(entry), str(entry.record["subject"]), entry.after
    number = int(subject.rpartition("/")[2])
    what, ended = str(entry.record["what"]), str(after.get("ended") or "")
    state = what if what in ("merged", "withdrawn") else "ended" if ended else "open"
    title = story.phrases.label("case", ladder=teller.words.ladder(teller.ladder.name), number=number)
    key = (teller.policy.name, teller.ladder.name, number)
    places = {stage.name: (n, teller.words.stage(stage)) for n, stage in enumerate(teller.ladder.stages, 1)}
    ticks = tuple(Tick(*places[stage], at) for at, stage in when.get(key, ()) if stage in places)
    over = ended or (str(entry.record["decided"]) if state != "open" else "")
    return Bar(subject, title, teller.ladder.name, state, str(after.get("opened", "")), over, ticks, _whys(story, entries))


def sticks(story: Story) -> list[Stick]:
    """The items of a story as they stand, in the order in which they were issued."""
    by_subject = _by_subject(story)
    found = [_stick(story, entry, by_subject[str(entry.record["subject"])]) for entry in story.items()]
    return sorted(found, key=lambda stick: (stick.opened, stick.due or "9", stick.id))


def _stick(story: Story, entry: Entry, entries: Sequence[Entry]) -> Stick:
    teller, after = story.teller(entry), entry.after
    status, tells = str(after.get("status") or "open"), teller.action.tells
    closed = "" if status in OPEN else str(after.get("done_at") or entry.record["decided"])
    cites = story.phrases.all_of([str(one) for one in entry.record["line"]["cites"]])  # type: ignore[index]  # the line of a record
    return Stick(
        str(entry.record["subject"]), teller.name, "told" if tells and status == "done" else status, teller.told() if tells else teller.who(),
        "" if tells else teller.named("to"), str(after.get("opened") or entry.record["decided"]), "" if tells else str(after.get("due") or ""),
        "" if tells else str(after.get("late_from") or ""), closed, teller.words.result(str(after.get("outcome") or "")), cites, _whys(story, entries),
        case_of(entry.record, after),
    )  # fmt: skip


def _by_subject(story: Story) -> Mapping[str, list[Entry]]:
    """The records of each case and item; an item that took another's place has those of both."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in story.entries:
        subject, old = str(entry.record["subject"]), str(entry.after.get("replaces") or "")
        if old and old in found and subject not in found:
            found[subject] += found[old]
        found[subject].append(entry)
    return found


def _whys(story: Story, entries: Iterable[Entry]) -> tuple[str, ...]:
    return tuple(sentence(entry.record, story.policies[str(entry.record["policy"])], story.lang, entry.known) for entry in entries)
