"""`escalate next` and `escalate why-not`: what comes next for a student, and why a stage has not fired."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from ..explain import Entry, Wording, follow, sentence
from ..foresight import Next, what_next
from ..language import nearest, shown
from ..messages import listed_of, say
from ..nearest import Miss, Part, why_not
from ..phrases import phrases_for
from ..policy import Policy
from ..readers.inputs import World
from ..records import Record
from ..reports.problems import print_json
from ..source import Problem, Refused
from ..times import Zone
from . import FINE
from .heard import Heard, check_student, listen, sessions_of
from .run import Choices, Files, world_of


def _heard(files: Files, student: str, choices: Choices) -> Heard:
    """What is known of a student of the roster."""
    world = world_of(files)
    check_student(world, student)
    return listen(files, world, choices)


# --- what comes next -------------------------------------------------------------------------------------


def foresee(files: Files, student: str, choices: Choices) -> int:
    """Print the first thing that is decided on each course after `--until`."""
    heard = _heard(files, student, choices)
    world, lang = heard.world, heard.lang
    nexts = what_next(heard.policies, world.calendar, world.roster, heard.events, student, heard.until, matcher=choices.matcher)
    found = [(one, list(_entries(one, world))) for one in nexts]
    if choices.form == "json":
        values = [_values(one, entries, world, lang) for one, entries in found]
        print_json({"student": student, "until": world.calendar.zone.text(heard.until), "next": values}, sys.stdout)
        return FINE
    phrases = phrases_for(lang)
    courses: dict[tuple[str, ...], list[str]] = {}  # what comes on several courses is said once
    for one, entries in found:
        courses.setdefault(tuple(_said(one, entries, world, lang)), []).append(phrases.label(f"next {one.course}"))
    for n, (lines, named) in enumerate(courses.items()):
        head = phrases.label("next if", courses=phrases.label("next or").join(named))
        sys.stdout.write("\n" * bool(n) + "".join(f"{line}\n" for line in (head, *lines)))
    return FINE


def _entries(one: Next, world: World) -> Iterator[Entry]:
    """What comes, each with what stood before it."""
    sessions = sessions_of(world)
    records = [decision.record for decision in (*one.before, *one.decisions)]
    yield from list(follow(records, sessions))[len(one.before) :]


def _policies(world: World) -> dict[str, Policy]:
    return {f"{texts.policy.name}@{texts.policy.version}": texts.policy for texts in world.policies}


def _said(one: Next, entries: Sequence[Entry], world: World, lang: str) -> Iterator[str]:
    phrases, policies = phrases_for(lang), _policies(world)
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


# --- why not -----------------------------------------------------------------------------------------------


def why(files: Files, student: str, stage: str, choices: Choices) -> int:
    """Print when a stage came nearest, which part of its condition failed, and by how much."""
    heard = _heard(files, student, choices)
    zone = heard.world.calendar.zone
    found = why_not(heard.policies, heard.world.calendar, heard.world.roster, heard.events, student, stage, heard.until)
    if not found:
        names = [one.name for policy in heard.policies for ladder in policy.ladders.values() for one in ladder.stages]
        near = nearest(stage, names)
        help = say("did you mean `{near}`?", near=near) if near else say("there are {listed}", listed=listed_of(names))
        raise Refused([Problem("unknown-stage", say("no policy has a stage `{stage}`", stage=stage), help=help)])
    if choices.form == "json":
        print_json({"student": student, "until": zone.text(heard.until), "stages": [_as_values(miss, zone, heard.lang) for miss in found]}, sys.stdout)
        return FINE
    for n, miss in enumerate(found):
        sys.stdout.write("\n" * bool(n) + "".join(f"{line}\n" for line in _why(miss, zone, heard.lang)))
    return FINE


def _why(miss: Miss, zone: Zone, lang: str) -> Iterator[str]:
    phrases = phrases_for(lang)
    words = Wording(miss.policy, phrases)
    name, at = words.stage(miss.stage), miss.fired if miss.fired is not None else miss.nearest
    key = "fired" if miss.fired is not None else "never" if miss.nearest is None else "nearest"
    yield phrases.label(f"why {key}", stage=name, when="" if at is None else phrases.moment(zone.text(at)))
    if key != "nearest":
        return
    if not miss.covered:
        ladder = miss.policy.ladders[miss.ladder]
        yield phrases.label("why not covered", ladder=words.ladder(miss.ladder), condition=words.condition(ladder.where))
    for part in miss.parts:
        yield _part_said(part, words)
    if not miss.case and any(part.truth is None for part in miss.parts):
        yield phrases.label("why no case", ladder=words.ladder(miss.ladder))


def _part_said(part: Part, words: Wording) -> str:
    phrases = words.phrases
    measured = [one for one in part.readings if "measure" in one]
    read = phrases.all_of([words.reading(one, _year(one)) for one in measured])
    short = "" if not part.short else phrases.label("why short", number=shown(part.short))
    key = "true" if part.truth else "unknown" if part.truth is None else "false"
    others = [one for one in part.readings if "measure" not in one]
    said = f"{phrases.label('why read', readings=read) if read else ''}{short}"
    return phrases.label(f"why {key}", condition=words.condition(part.condition, others), readings=said)


def _year(reading: Record) -> int | None:
    """The year that need not be said again: that of the window."""
    window = reading.get("window")
    return int(str(window[0])[:4]) if isinstance(window, list) else None


def _as_values(miss: Miss, zone: Zone, lang: str) -> dict[str, object]:
    words = Wording(miss.policy, phrases_for(lang))
    return {
        "policy": miss.policy.name, "stage": f"{miss.ladder}.{miss.stage.name}", "fired": None if miss.fired is None else zone.text(miss.fired),
        "nearest": None if miss.nearest is None else zone.text(miss.nearest), "covered": miss.covered, "case": miss.case,
        "parts": [
            {
                "condition": words.condition(part.condition), "holds": part.truth, "readings": list(part.readings),
                "short": None if part.short is None else shown(part.short),
            }
            for part in miss.parts
        ],
    }  # fmt: skip
