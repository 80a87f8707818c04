"""`escalate next`: what comes next for a student, if they stay away, come back, or nobody records anything."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from ..events import Event
from ..explain import Entry, follow, sentence
from ..foresight import Next, what_next
from ..language import nearest
from ..phrases import phrases_for
from ..policy import Policy
from ..readers.inputs import World, read_all, read_world
from ..readers.rejects import Reject, Tally
from ..reports.problems import print_json
from ..reports.words import counted
from ..source import Problem, Refused
from . import FINE
from .run import Choices, Files, moment_of


def foresee(files: Files, student: str, choices: Choices) -> int:
    """Print the first thing that is decided on each course after `--until`."""
    world = read_world(
        files.policies, files.calendar, files.roster, assignments=files.assignments, events=files.events, mappings=files.mappings
    )
    if student not in world.roster.ids():
        near = nearest(student, world.roster.ids())
        help = f"did you mean `{near}`?" if near else ""
        raise Refused([Problem("unknown-student", f"the roster has no student `{student}`", help=help)])
    context = world.context()
    until = moment_of("--until", choices.until, context) if choices.until else choices.now
    rows = list(read_all(files.events, world, context, Tally()))
    events = [row for row in rows if not isinstance(row, Reject)]
    if len(events) < len(rows):
        sys.stderr.write(f"{counted(len(rows) - len(events), 'row')} set aside (escalate run says which and why)\n")
    lang = choices.lang or world.lang
    found = [(one, list(_entries(one, world))) for one in _nexts(world, events, student, until, choices)]
    if choices.form == "json":
        values = [_values(one, entries, world, lang) for one, entries in found]
        print_json({"student": student, "until": world.calendar.zone.text(until), "next": values}, sys.stdout)
        return FINE
    for n, (one, entries) in enumerate(found):
        sys.stdout.write("\n" * bool(n) + "".join(f"{line}\n" for line in _said(one, entries, world, lang)))
    return FINE


def _nexts(world: World, events: Sequence[Event], student: str, until: int, choices: Choices) -> Iterator[Next]:
    policies = [texts.policy for texts in world.policies]
    return what_next(policies, world.calendar, world.roster, events, student, until, matcher=choices.matcher)


def _entries(one: Next, world: World) -> Iterator[Entry]:
    """What comes, each with what stood before it."""
    sessions = [period.name for period in sorted(world.calendar.periods, key=lambda period: period.start)]
    records = [decision.record for decision in (*one.before, *one.decisions)]
    yield from list(follow(records, sessions))[len(one.before) :]


def _policies(world: World) -> dict[str, Policy]:
    return {f"{texts.policy.name}@{texts.policy.version}": texts.policy for texts in world.policies}


def _said(one: Next, entries: Sequence[Entry], world: World, lang: str) -> Iterator[str]:
    phrases, policies = phrases_for(lang), _policies(world)
    yield phrases.label(f"next {one.course}")
    for entry in entries:
        yield f"- {sentence(entry.record, policies[str(entry.record['policy'])], lang, entry.known)}"
    if not entries:
        yield f"- {phrases.label('next no code' if one.missing else 'next nothing', date=one.last.isoformat())}"


def _values(one: Next, entries: Sequence[Entry], world: World, lang: str) -> dict[str, object]:
    policies = _policies(world)
    return {
        "course": one.course, "decided": world.calendar.zone.text(one.decisions[0].decided) if one.decisions else None,
        "records": [{**entry.record, "sentence": sentence(entry.record, policies[str(entry.record["policy"])], lang, entry.known)} for entry in entries],
    }
