"""`escalate explain`: why an item stands as it does, and the whole story of a student."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ..audit import Chain
from ..explain import Entry, follow, whose
from ..explain.story import changed
from ..language import nearest
from ..messages import UNSAID, Said, say
from ..phrases import phrases_for
from ..policy import Policy
from ..readers.folder import read_chain, read_policies, read_run
from ..readers.moments import parse_moment
from ..records import Record
from ..reports import card, timeline
from ..reports.problems import print_json
from ..reports.table import console_for, show
from ..slips.dates import moments_meant
from ..source import Problem, Refused
from ..times import Instant, Zone
from . import FINE
from .dated import misread

if TYPE_CHECKING:
    from rich.console import RenderableType


@frozen
class AsKnown:
    """Up to when the records are told, as a person wrote it, and how many came later; nothing where all are told."""

    time: str = ""
    later: int = 0

    def not_yet(self, message: Said) -> Refused:
        """What is asked about came later, or never."""
        return Refused([Problem("not-known-yet", message, help=say("{later} later records are left out: leave out --as-known to hear all", later=self.later))])


@frozen
class Run:
    """What a run wrote down: every record of a case or an item, in the order of the file, the policies that they name, the sessions by the clock."""

    records: Sequence[Record]
    policies: Mapping[str, Policy]
    altered: Mapping[str, int]
    sessions: Sequence[str] = ()
    known: AsKnown = AsKnown()

    def of_student(self, student: str) -> list[Entry]:
        """The entries of a student, or of a group by name or as `class/7.1`; who is unknown is `Refused`."""
        found = [record for record in self.records if student in (whose(record), whose(record).partition("/")[2])]
        if not found:
            if self.known.later:
                raise self.known.not_yet(say("at {time} nothing was on record for student `{student}`", time=self.known.time, student=student))
            near = nearest(student, {whose(record) for record in self.records})
            meant = say("; or did you mean `{near}`?", near=near) if near else UNSAID
            help = say("a student is asked for by the id of the roster; one for whom nothing was ever decided has no story{near}", near=meant)
            message = say("nothing was decided for student `{student}`: no case, nothing to be done", student=student)
            raise Refused([Problem("unknown-student", message, help=help)])
        return list(follow(sorted(found, key=_decided), self.sessions))

    def of_item(self, name: str) -> list[Entry]:
        """One item's entries, under its other ids too; an end of an id that no other item has is enough."""
        items = {str(record["subject"]): whose(record) for record in self.records if record["kind"] == "item"}
        matching = [name] if name in items else sorted(item for item in items if item.endswith(f"/{name.strip('/')}"))
        if len(matching) != 1:
            if not matching and self.known.later:
                raise self.known.not_yet(say("at {time} no item was named `{name}`", time=self.known.time, name=name))
            raise Refused([_unknown(name, matching, items)])
        entries = self.of_student(items[matching[0]])
        new = {old: str(entry.record["subject"]) for entry in entries if (old := str(changed(entry.record).get("replaces", "")))}
        ids = {matching[0]}
        for _ in new:
            ids |= {new[old] for old in ids if old in new} | {old for old, later in new.items() if later in ids}
        return [entry for entry in entries if entry.record["subject"] in ids]


def _decided(record: Record) -> datetime.datetime:
    return datetime.datetime.fromisoformat(str(record["decided"]))


def _unknown(name: str, matching: Sequence[str], items: Iterable[str]) -> Problem:
    if matching:
        help = say("name one of them\n{ids}", ids="\n".join(matching))
        return Problem("several-items", say("{n} items end in `{name}`", n=len(matching), name=name), help=help)
    near = nearest(name, items)
    return Problem(
        "unknown-item", say("no item is named `{name}`", name=name),
        help=say("did you mean `{near}`?", near=near)
        if near
        else say("column `id` of items.csv has the ids, and `escalate explain DIR --student ID` those of a student"),
    )


def read(folder: Path, as_known: str = "") -> Run:
    """The records and the policies of a run's folder; as_known: only what was decided by then, a date means its end."""
    policies = {f"{policy.name}@{policy.version}": policy for policy in read_policies(folder)}
    chain = read_chain(folder)
    altered = {str(line.record.get("subject", "")): line.number for _, line in chain.records if not line.sound}
    told = read_run(folder)
    records = list(_records(chain))
    kept = records
    if as_known:
        limit = _limit(as_known, Zone(str(told["timezone"])))
        kept = [record for record in records if _decided(record).timestamp() <= limit]
    return Run(kept, policies, altered, [str(name) for name in told.get("sessions", ())], AsKnown(as_known, len(records) - len(kept)))


def _limit(text: str, zone: Zone) -> Instant:
    try:
        found = parse_moment(text, zone)
    except ValueError as error:
        forms = say("write 2025-11-03 (its end), 2025-11-03T08:00 (local) or 2025-11-03T08:00+08:00")
        raise misread("--as-known", text, error, forms, moments_meant(text)) from None
    return found if isinstance(found, int) else zone.next_midnight(found) - 1


def _records(chain: Chain) -> Iterable[Record]:
    """Every record of a case or an item, its policy by name and version instead of a place in its block's head."""
    for segment, line in chain.records:
        head, place = segment.head, line.record.get("policy")
        if head is None or not isinstance(place, int) or line.record.get("kind") not in ("case", "item"):
            continue
        yield {**line.record, "policy": f"{head.policies[place].name}@{head.policies[place].version}"}


def explain_item(folder: Path, item: str, lang: str | None = None, fmt: str = "human", as_known: str = "") -> int:
    """Print an item as a card, the sentences of its records in order, and the marks and events that counted."""
    run = read(folder, as_known)
    entries = run.of_item(item)
    told = card.Told(entries, run.policies, lang or _lang(run, entries))
    _print(lambda width, framed: card.parts(told, width, framed=framed), told.as_values, run, entries, told.lang, fmt)
    return FINE


def explain_student(folder: Path, student: str, lang: str | None = None, fmt: str = "human", as_known: str = "") -> int:
    """Print the whole story of a student on a line of time."""
    run = read(folder, as_known)
    entries = run.of_student(student)
    story = timeline.Story(student, entries, run.policies, lang or _lang(run, entries))
    _print(lambda width, framed: timeline.parts(story, width, framed=framed), story.as_values, run, entries, story.lang, fmt)
    return FINE


def _lang(run: Run, entries: Sequence[Entry]) -> str:
    return run.policies[str(entries[-1].record["policy"])].lang


def _print(
    parts: Callable[[int, bool], Iterable[RenderableType]], values: Callable[[], dict[str, Any]], run: Run, entries: Sequence[Entry], lang: str, fmt: str
) -> None:
    out = sys.stdout
    lines = sorted({run.altered[subject] for entry in entries if (subject := str(entry.record["subject"])) in run.altered})
    if fmt == "json":
        print_json({**values(), "altered": lines, **({"as_known": run.known.time, "later": run.known.later} if run.known.time else {})}, out)
        return
    if run.known.time:
        out.write(f"{phrases_for(lang).label('as_known', time=run.known.time, n=run.known.later)}\n\n")
    for line in lines:
        sys.stderr.write(f"{phrases_for(lang).label('damaged', line=line)}\n")
    show(parts(console_for(out).width, out.isatty()), out)


