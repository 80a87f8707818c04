"""What must hold of a history that is told in steps, and the words of a step as they are printed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis.vendor.pretty import RepresentationPrinter

from ..decisions import Decision
from ..events import Event
from ..times import Instant, Zone
from .broken import Broken, hold
from .counterexample import counterexample
from .model.seen import World
from .model.telling import event_line
from .playing import again, decided, differing_paths, line, where_they_part

SHOWN = 3  # of what is lost, or is there too often


class Shown(Broken):
    """A broken law that prints itself as a counterexample, once somebody reads it; more: what else there is to say of it then."""

    def __init__(self, found: Broken, more: Callable[[], str] = str) -> None:
        super().__init__(found.asked, found.seen, found.world, found.paths)
        self.more = more

    def __str__(self) -> str:
        self.seen, self.more = "\n".join(line for line in (self.seen, self.more()) if line), str
        return counterexample(self)


class Printed:
    """A drawn value as it is printed in a step. Hypothesis would print how it was drawn."""

    def _repr_pretty_(self, printer: RepresentationPrinter, cycle: bool) -> None:
        printer.text(repr(self))


class Heard(Printed):
    """Events that a step tells, their instants as clock times."""

    def __init__(self, events: Sequence[Event], zone: Zone) -> None:
        self.events, self.zone = events, zone

    def __repr__(self) -> str:
        return f"<{'; '.join(event_line(one, self.zone).strip() for one in self.events)}>"


class Begun(Printed):
    """The school in which a history begins."""

    def __init__(self, world: World) -> None:
        self.world = world

    def __repr__(self) -> str:
        return f"<from {self.world.calendar.of('').first}, {' and '.join(self.world.roster.ids())}>"


def in_these_steps(world: World, decisions: Sequence[Decision]) -> None:
    """Told in steps, a history comes to what it comes to at once. Law 2; guards against what is lost between two advances."""
    found = decided(world)
    if found != list(decisions):
        raise Broken(in_these_steps, where_they_part(found, decisions, ("at once", "in steps"), world), world, differing_paths(found, decisions))


def decided_in_its_turn(world: World, decisions: Sequence[Decision], after: Instant | None, to: Instant) -> None:
    """An advance decides what lies after the last one, up to its own instant. Law 3; guards against a past that is written anew."""
    for one in decisions:
        held = (after is None or one.decided > after) and one.decided <= to
        hold(decided_in_its_turn, held, world, f"an advance to {world.calendar.zone.text(to)} decided {line(one, world)}", one.record["line"]["path"])  # type: ignore[index]  # a mapping, by the shape of records


def nothing_is_lost(world: World, expected: Sequence[object], held: Sequence[object]) -> None:
    """The system in between holds what escalate decides of the same events. Guards against facts that it swallows, changes or gives on twice."""
    due, found = Counter(map(text_of, expected)), Counter(map(text_of, held))
    lost, more = list((due - found).elements()), list((found - due).elements())
    theirs = {headed(one): one for one in more}
    ours = {headed(one) for one in lost}
    seen = [f"the system lacks {headed(one)}" for one in lost if headed(one) not in theirs]
    seen += [f"the system has {headed(one)} otherwise: {unlike(one, theirs[headed(one)])}" for one in lost if headed(one) in theirs]
    seen += [f"only the system has {headed(one)}" for one in more if headed(one) not in ours]
    paths = [place for one in (*lost, *more) if isinstance(place := parts_of(one).get("line", {}).get("path"), str)]
    said = "\n".join([*seen[:SHOWN], *([f"... and {len(seen) - SHOWN} more"] if len(seen) > SHOWN else [])])
    hold(nothing_is_lost, not (lost or more), world, said, *dict.fromkeys(paths))


def unlike(due: str, held: str) -> str:
    """In which parts a record that a system holds is not as it is due."""
    ours, theirs = parts_of(due), parts_of(held)
    keys = [key for key in sorted({*ours, *theirs}) if ours.get(key) != theirs.get(key)]
    return ", ".join(f"{key} is {text_of(theirs.get(key, ''))} for {text_of(ours.get(key, ''))}" for key in keys)


def unheard(world: World, held: Sequence[object], expected: Callable[[Sequence[Decision]], Sequence[object]]) -> str:
    """Which one event a system has not heard, where what it holds is what escalate decides without it; empty where no single one explains it."""
    found = Counter(map(text_of, held))
    said = [one for one in world.events if found == Counter(map(text_of, expected(again(world, [other for other in world.events if other is not one]))))]
    lines = [event_line(one, world.calendar.zone).strip() for one in said[:SHOWN]]
    return f"that is what escalate decides without {'; or without '.join(lines)}" if lines else ""


def headed(text: str) -> str:
    """A record by when, what and of whom; anything else as it is."""
    parts = parts_of(text)
    return f"{parts['decided']} {parts['what']} {parts['subject']}" if {"decided", "what", "subject"} <= set(parts) else text


def parts_of(text: str) -> dict[str, Any]:
    """The parts of a record, of anything else none."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def text_of(value: object) -> str:
    """What a system holds, as a text that is the same for the same."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
