"""A world and the difference between two tellings of it, in words."""

from __future__ import annotations

from attrs import asdict, fields

from ...conditions import Condition
from ...events import Event
from ...ledger import Case, Item
from ...policy import Action, Policy
from ...times import Instant, Zone
from .seen import World
from .smaller import PLAIN

Told = tuple[Instant, str, str, Case | Item]  # when, of whom, what, what it is now


def explain(world: World, engine: list[Told], model: list[Told]) -> str:
    """The world, what both said up to the first difference, and the difference."""
    return "\n".join([*world_lines(world), *difference(engine, model, world.calendar.zone)])


def difference(engine: list[Told], model: list[Told], zone: Zone) -> list[str]:
    """What both said up to the first difference, and the difference."""
    first = next((n for n, (one, other) in enumerate(zip(engine, model, strict=False)) if one != other), min(len(engine), len(model)))
    lines = [f"  both:   {line(one, zone)}" for one in model[:first]]
    lines += [f"  engine: {line(one, zone)}" for one in engine[first : first + 4]]
    lines += [f"  model:  {line(one, zone)}" for one in model[first : first + 4]]
    if first < len(engine) and first < len(model):
        lines += fields_that_differ(engine[first], model[first], zone)
    return lines


def world_lines(world: World) -> list[str]:
    """The calendar, the policies, the events and how far they are followed."""
    zone, events = world.calendar.zone, sorted(world.events, key=lambda event: event.known)
    spans = ", ".join(f"{term.key} {term.start}..{term.end}" for term in world.calendar.terms)
    periods = " ".join(f"{period.name} {period.start:%H:%M}" for period in world.calendar.periods)
    plans = ", ".join(f"{date} {plan.kind}" for date, plan in world.calendar.plans.days.items())
    said = [text for policy in world.policies for text in policy_lines(policy)]
    rows = [f"  {row.id} {row.school} {row.class_} {row.grade} {row.start or ''}..{row.end or ''} {row.fields or ''}" for row in world.roster.students]
    rows += [f"  {one.role} {one.of} {one.person} {one.start or ''}..{one.end or ''}" for one in world.roster.assignments]
    return [f"calendar: {spans} {dict(world.calendar.years)}; {periods}; {plans}; until {clock(world.until, zone)}", *rows, *said, *(event_line(event, zone) for event in events)]


def policy_lines(policy: Policy) -> list[str]:
    """Every ladder, a line a stage and an item."""
    found = [f"policy {policy.version} {policy.on_change} day {policy.day.absent_when.kind}"]
    for ladder in policy.ladders.values():
        found.append(f" {ladder.name} where {ladder.where.text} lasts {ladder.lasts or '-'}")
        for stage in (*ladder.stages, *([ladder.ends] if ladder.ends else [])):
            need = f" need {stage.need.text}" if stage.need else ""
            found.append(f"  {stage.name}: {stage.when.text}{need} {stage.again or ''}")
            found += [text for action in stage.do for text in action_lines(action, "   ")]
    for duty in policy.duties.values():
        when = duty.every or duty.on
        found.append(f" {duty.name}: {when} {duty.starting or ''} each {duty.each} where {duty.where.text} {duty.in_holidays} at least {duty.at_least}")
        found += [text for action in duty.stage.do for text in action_lines(action, "   ")]
    for target in policy.targets.values():
        bases = ", ".join(f"{base.kind} {base.anchor or base.n} {base.where.text if base.where else ''}" for base in target.bases)
        less = f" less {target.less.text}" if target.less is not None else ""
        limit = f"{target.limit} {target.bound}{' students' if target.heads else ''}"
        found.append(f" {target.name}: each {target.each} where {target.where.text}: {target.count.text} of {target.among.text}{less}, {bases}, {limit}, {target.check or 'as it changes'}")
        found += [text for key, step in (("broken", target.broken), ("met", target.met)) for action in step.do for text in action_lines(action, f"   {key} ")]
    return found


def action_lines(action: Action, indent: str) -> list[str]:
    more = {key: getattr(action, key) for key, plain in PLAIN.items() if key != "due" and getattr(action, key) != plain}
    more = {key: value.text if isinstance(value, Condition) else value for key, value in more.items()}
    found = [f"{indent}{action.name} due {action.due} {more or ''}"]
    for label, inner in (("then", action.then), ("overdue", action.if_overdue), *((f"on {key}", some) for key, some in action.if_outcome)):
        found += [text for one in inner for text in action_lines(one, f"{indent} {label}: ")]
    return found


def event_line(event: Event, zone: Zone) -> str:
    """An event, its instants as clock times."""
    shown = [part for part in fields(type(event)) if part.name not in ("known", "at", "recorded")]
    parts = {part.name: value for part in shown if (value := getattr(event, part.name)) != part.default}
    at = f" at {clock(event.at, zone)}" if hasattr(event, "at") else ""
    recorded = f" recorded {clock(event.recorded, zone)}" if event.recorded is not None else ""
    return f"  {type(event).__name__}{at} known {clock(event.known, zone)}{recorded} {' '.join(f'{key}={value}' for key, value in parts.items())}"


def clock(instant: int | None, zone: Zone) -> str:
    return "-" if instant is None else f"{zone.local(instant):%m-%d %H:%M:%S}"


def line(one: Told, zone: Zone) -> str:
    decided, student, what, new = one
    if isinstance(new, Case):
        rest = f"{new.ladder}/{new.number} {clock(new.opened, zone)}..{clock(new.ended, zone)} {new.reason} {new.fate}"
    else:
        rest = f"{new.id} effective {clock(new.effective, zone)} opened {clock(new.opened, zone)} due {new.due or '-'} {new.status} {new.note}"
    return f"{clock(decided, zone)} {student} {what} {rest}"


def fields_that_differ(one: Told, other: Told, zone: Zone) -> list[str]:
    """The fields of two records of one subject."""
    if type(one[3]) is not type(other[3]):
        return []
    ours, theirs = asdict(one[3], recurse=False), asdict(other[3], recurse=False)
    return [f"  differ: {key}: engine {ours[key]!r}, model {theirs[key]!r}" for key in ours if ours[key] != theirs[key]]
