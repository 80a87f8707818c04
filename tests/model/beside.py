"""The engine beside the model: worlds by number, what both say of one, the smallest part on which they differ, and the difference in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import asdict, evolve, fields

from escalate.conditions import Condition
from escalate.engine import Engine
from escalate.ledger import Case, Change
from escalate.policy import Action, Policy
from escalate.times import Zone
from tests.worlds import numbered

from .run import run
from .seen import World

RERUN = ".venv/bin/python bench/worlds.py {number}"


# --- what both say ----------------------------------------------------------------------------------------

def comparable(decided: int, student: str, change: Change) -> tuple:
    """A change without what the model does not derive."""
    new = change.new
    return decided, student, change.what, evolve(new, opened_by="") if isinstance(new, Case) else evolve(new, persons=())


def of_engine(world: World) -> list[tuple]:
    engine = Engine(list(world.policies), world.calendar, world.roster)
    engine.feed(event for event in world.events if event.known <= world.until)
    engine.advance(world.until)
    held = {(student, item.id): item for student, states in engine.states().items() for state in states.values() for item in state.items.values()}
    folded = engine.items()
    assert sorted(held.values(), key=lambda item: item.id) == sorted(folded, key=lambda item: item.id), "what stands is not the fold of what was decided"
    return [comparable(one.decided, one.student, one.change) for one in engine.decisions]


def of_model(world: World) -> list[tuple]:
    return [comparable(*one) for one in run(world, world.until)]


def verdict(world: World) -> str:
    """Empty where both say the same, else how they differ: in what they say, or in who raised what."""
    said: list[list[tuple]] = []
    for name, ask in (("engine", of_engine), ("model", of_model)):
        try:
            said.append(ask(world))
        except Exception as error:  # noqa: BLE001  # whatever it is, it is a finding
            return f"{name} raised {type(error).__name__}"
    return "" if said[0] == said[1] else "they differ"


def complaint(number: str) -> str:
    """Nothing where both agree on a world, else the smallest part of it on which they do not, in words."""
    found = numbered(number)
    how = verdict(found)
    if not how:
        return ""
    small = smallest(found, lambda one: verdict(one) == how)
    lines = [f"world {number}: {how}; again: {RERUN.format(number=number)}"]
    if how == "they differ":
        lines.append(explain(small, of_engine(small), of_model(small)))
    else:
        lines += world_lines(small)
    return "\n".join(lines)


# --- the smallest world -------------------------------------------------------------------------------------

def smallest(world: World, fails: Callable[[World], bool], tries: int = 3000) -> World:
    """A world from which nothing more can be dropped while it still fails, or what that came to in so many tries."""
    found = True
    while found:
        found = False
        for smaller in parts(world):
            tries -= 1
            if tries < 0:
                return world
            if fails(smaller):
                world, found = smaller, True
                break
    return world


def parts(world: World) -> Iterator[World]:
    """The world less one thing, the greatest first: a student, days, events, a version, ladders, stages, items, what an item has."""
    for student in world.roster.ids() if len(world.roster.ids()) > 1 else ():
        rows = tuple(row for row in world.roster.students if row.id != student)
        kept = tuple(event for event in world.events if getattr(event, "student", "") != student)
        yield evolve(world, roster=evolve(world.roster, students=rows), events=kept)
    first = world.calendar.zone.midnight(world.calendar.of("").first)
    yield from (evolve(world, until=end) for days in (7, 3, 1) if (end := world.until - 86400 * days) > first)
    size = len(world.events) // 2
    while size:
        for start in range(0, len(world.events), size):
            yield evolve(world, events=world.events[:start] + world.events[start + size :])
        size //= 2
    for n, one in enumerate(world.policies):
        others = [other for other in world.policies if other is not one]
        if others:
            yield evolve(world, policies=tuple(evolve(other, start=None, end=None) for other in others))
        for smaller in policy_parts(one):
            if sound(smaller):
                yield evolve(world, policies=(*world.policies[:n], smaller, *world.policies[n + 1 :]))
    for n, event in enumerate(world.events):
        for plainer in event_parts(event):
            yield evolve(world, events=(*world.events[:n], plainer, *world.events[n + 1 :]))


def event_parts(event) -> Iterator:
    """An event known at once, and one that says less."""
    at = getattr(event, "at", None)
    if at is not None and event.known != at:
        yield evolve(event, known=at)
    if getattr(event, "result", ""):
        yield evolve(event, result="")
    if getattr(event, "times", 1) > 1:
        yield evolve(event, times=1)


def policy_parts(policy: Policy) -> Iterator[Policy]:
    for name, ladder in policy.ladders.items():
        rest = {key: one for key, one in policy.ladders.items() if key != name}
        if rest:
            yield evolve(policy, ladders=rest)
        for smaller in ladder_parts(ladder):
            yield evolve(policy, ladders={**policy.ladders, name: smaller})


def ladder_parts(ladder) -> Iterator:
    for n, stage in enumerate(ladder.stages):
        rest = (*ladder.stages[:n], *ladder.stages[n + 1 :])
        if rest:
            yield evolve(ladder, stages=rest)
        for smaller in stage_parts(stage):
            yield evolve(ladder, stages=(*ladder.stages[:n], smaller, *ladder.stages[n + 1 :]))
    if ladder.lasts and ladder.ends:
        yield evolve(ladder, lasts="")
        yield evolve(ladder, ends=None)
    elif ladder.ends:
        yield evolve(ladder, ends=None)
    if ladder.ends:
        yield from (evolve(ladder, ends=smaller) for smaller in stage_parts(ladder.ends))


def stage_parts(stage) -> Iterator:
    if stage.need:
        yield evolve(stage, need=None)
    if stage.again:
        yield evolve(stage, again=None)
    yield from (evolve(stage, do=smaller) for smaller in lists_of(stage.do))


def lists_of(actions: tuple[Action, ...]) -> Iterator[tuple[Action, ...]]:
    """Some items less one, or with one that has less."""
    for n, action in enumerate(actions):
        yield (*actions[:n], *actions[n + 1 :])
        yield from ((*actions[:n], smaller, *actions[n + 1 :]) for smaller in action_parts(action))


PLAIN = {
    "counts_from": "known", "keep": False, "optional": False, "times": 1, "done_by": "at", "hold": None, "if_no_school": "", "if_in_break": None,
    "done_when": None, "only_if": None, "replaces": "", "due": None,
}


def action_parts(action: Action) -> Iterator[Action]:
    for key, plain in PLAIN.items():
        if getattr(action, key) != plain:
            yield evolve(action, **{key: plain})
    yield from (evolve(action, then=smaller) for smaller in lists_of(action.then))
    yield from (evolve(action, if_overdue=smaller) for smaller in lists_of(action.if_overdue))
    for n, (result, actions) in enumerate(action.if_outcome):
        for smaller in lists_of(actions):
            branches = [*action.if_outcome[:n], *([(result, smaller)] if smaller else []), *action.if_outcome[n + 1 :]]
            yield evolve(action, if_outcome=tuple(branches))


def sound(policy: Policy) -> bool:
    """Whether the policy still holds every stage, item and ladder that it names."""
    steps = [step for ladder in policy.ladders.values() for step in (*ladder.stages, *([ladder.ends] if ladder.ends else []))]
    actions = [action for step in steps for action in flat(step.do)]
    names = {"stage": {step.name for step in steps}, "item": {action.name for action in actions}, "ladder": set(policy.ladders)}
    of = {"fired": "stage", "done": "item", "overdue": "item", "late": "item", "outcome": "item", "open_case": "ladder"}
    conditions = [ladder.where for ladder in policy.ladders.values()] + [one for step in steps for one in (step.when, step.need) if one]
    conditions += [one for action in actions for one in (action.hold, action.done_when, action.only_if) if one]
    terms = [term for condition in conditions for term in condition.terms]
    asked = [(of.get(term.kind, term.target), term.name.rsplit(".", maxsplit=1)[-1]) for term in terms]
    asked += [("item", action.replaces.rsplit(".", maxsplit=1)[-1]) for action in actions if action.replaces]
    return all(name in names[kind] for kind, name in asked if kind in names)


def flat(actions: tuple[Action, ...]) -> Iterator[Action]:
    """Items and all that is chained to them."""
    for action in actions:
        yield action
        yield from flat((*action.then, *action.if_overdue, *(one for _, some in action.if_outcome for one in some)))


# --- a readable difference ----------------------------------------------------------------------------------

def explain(world: World, engine: list[tuple], model: list[tuple]) -> str:
    """The world, what both said up to the first difference, and the difference."""
    zone = world.calendar.zone
    first = next((n for n, (one, other) in enumerate(zip(engine, model, strict=False)) if one != other), min(len(engine), len(model)))
    lines = [*world_lines(world), *(f"  both:   {line(one, zone)}" for one in model[:first])]
    lines += [f"  engine: {line(one, zone)}" for one in engine[first : first + 4]]
    lines += [f"  model:  {line(one, zone)}" for one in model[first : first + 4]]
    if first < len(engine) and first < len(model):
        lines += fields_that_differ(engine[first], model[first], zone)
    return "\n".join(lines)


def world_lines(world: World) -> list[str]:
    """The calendar, the policies, the events and how far they are followed."""
    zone, events = world.calendar.zone, sorted(world.events, key=lambda event: event.known)
    spans = ", ".join(f"{term.key} {term.start}..{term.end}" for term in world.calendar.terms)
    periods = " ".join(f"{period.name} {period.start:%H:%M}" for period in world.calendar.periods)
    plans = ", ".join(f"{date} {plan.kind}" for date, plan in world.calendar.plans.days.items())
    said = [text for policy in world.policies for text in policy_lines(policy)]
    return [f"calendar: {spans}; {periods}; {plans}; until {clock(world.until, zone)}", *said, *(event_line(event, zone) for event in events)]


def policy_lines(policy: Policy) -> list[str]:
    """Every ladder, a line a stage and an item."""
    found = [f"policy {policy.version} {policy.on_change} day {policy.day.absent_when.kind}"]
    for ladder in policy.ladders.values():
        found.append(f" {ladder.name} where {ladder.where.text} lasts {ladder.lasts or '-'}")
        for stage in (*ladder.stages, *([ladder.ends] if ladder.ends else [])):
            need = f" need {stage.need.text}" if stage.need else ""
            found.append(f"  {stage.name}: {stage.when.text}{need} {stage.again or ''}")
            found += [text for action in stage.do for text in action_lines(action, "   ")]
    return found


def action_lines(action: Action, indent: str) -> list[str]:
    more = {key: getattr(action, key) for key, plain in PLAIN.items() if key != "due" and getattr(action, key) != plain}
    more = {key: value.text if isinstance(value, Condition) else value for key, value in more.items()}
    found = [f"{indent}{action.name} due {action.due} {more or ''}"]
    for label, inner in (("then", action.then), ("overdue", action.if_overdue), *((f"on {key}", some) for key, some in action.if_outcome)):
        found += [text for one in inner for text in action_lines(one, f"{indent} {label}: ")]
    return found


def event_line(event, zone: Zone) -> str:
    """An event, its instants as clock times."""
    shown = [part for part in fields(type(event)) if part.name not in ("known", "at", "recorded")]
    parts = {part.name: value for part in shown if (value := getattr(event, part.name)) != part.default}
    at = f" at {clock(event.at, zone)}" if hasattr(event, "at") else ""
    recorded = f" recorded {clock(event.recorded, zone)}" if event.recorded is not None else ""
    return f"  {type(event).__name__}{at} known {clock(event.known, zone)}{recorded} {' '.join(f'{key}={value}' for key, value in parts.items())}"


def clock(instant: int | None, zone: Zone) -> str:
    return "-" if instant is None else f"{zone.local(instant):%m-%d %H:%M:%S}"


def line(one: tuple, zone: Zone) -> str:
    decided, student, what, new = one
    if isinstance(new, Case):
        rest = f"{new.ladder}/{new.number} {clock(new.opened, zone)}..{clock(new.ended, zone)} {new.reason} {new.fate}"
    else:
        rest = f"{new.id} effective {clock(new.effective, zone)} opened {clock(new.opened, zone)} due {new.due or '-'} {new.status} {new.note}"
    return f"{clock(decided, zone)} {student} {what} {rest}"


def fields_that_differ(one: tuple, other: tuple, zone: Zone) -> list[str]:
    """The fields of two records of one subject."""
    if type(one[3]) is not type(other[3]):
        return []
    ours, theirs = asdict(one[3], recurse=False), asdict(other[3], recurse=False)
    return [f"  differ: {key}: engine {ours[key]!r}, model {theirs[key]!r}" for key in ours if ours[key] != theirs[key]]
