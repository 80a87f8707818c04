"""The engine against a brute-force model that derives everything from scratch at every instant."""

from __future__ import annotations

import datetime
import os

import pytest
from attrs import asdict, evolve
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from escalate.conditions import Condition
from escalate.engine import evaluate_changes
from escalate.ledger import Case, Change
from escalate.times import Zone
from tests.model.run import run
from tests.model.seen import World
from tests.worlds import END, worlds

EXAMPLES = int(os.environ.get("ESCALATE_WORLDS", "600"))
SHARDS = int(os.environ.get("ESCALATE_SHARDS", "4"))
UNTIL = ("2025-09-26", "2025-09-26", "2025-10-01", "2025-10-01", "2025-10-01", "2025-10-06", END)


def until(world: World, date: str) -> int:
    """Late in the evening of a date."""
    return world.calendar.zone.instant(datetime.date.fromisoformat(date), datetime.time(23))


def comparable(decided: int, student: str, change: Change) -> tuple:
    """A change without what the model does not derive."""
    new = change.new
    return decided, student, change.what, evolve(new, opened_by="") if isinstance(new, Case) else evolve(new, persons=())


def answers(world: World, date: str = END) -> tuple[list[tuple], list[tuple]]:
    """What the engine says, and what the model says."""
    last = until(world, date)
    said = evaluate_changes(list(world.policies), world.calendar, world.roster, list(world.events), last)
    return [comparable(*one) for one in said], [comparable(*one) for one in run(world, last)]


@pytest.mark.parametrize("shard", range(SHARDS))
def test_the_engine_says_what_the_model_says(shard: int) -> None:
    """The same changes in the same order, whatever happens."""
    # Each shard walks other worlds, the same ones on every run; most are followed for a week or two, some to the end.
    @seed(shard)
    @settings(max_examples=max(EXAMPLES // SHARDS, 1), deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(worlds(), st.sampled_from(UNTIL))
    def agree(world: World, date: str) -> None:
        engine, model = answers(world, date)
        assert engine == model, explain(world, engine, model)

    agree()


# --- a readable difference --------------------------------------------------------------------------------

def explain(world: World, engine: list[tuple], model: list[tuple]) -> str:
    """The world, what both said up to the first difference, and the difference."""
    zone = world.calendar.zone
    first = next((n for n, (one, other) in enumerate(zip(engine, model, strict=False)) if one != other), min(len(engine), len(model)))
    lines = ["", *policy_lines(world), *(event_line(event, zone) for event in sorted(world.events, key=lambda event: event.known))]
    lines += [f"  both:   {line(one, zone)}" for one in model[:first]]
    lines += [f"  engine: {line(one, zone)}" for one in engine[first : first + 4]]
    lines += [f"  model:  {line(one, zone)}" for one in model[first : first + 4]]
    if first < len(engine) and first < len(model):
        lines += fields_that_differ(engine[first], model[first], zone)
    return "\n".join(lines)


def policy_lines(world: World) -> list[str]:
    """Every ladder, a line a stage and an item."""
    found = [f"calendar: {', '.join(f'{term.key} {term.start}..{term.end}' for term in world.calendar.terms)}; {sorted(map(str, world.calendar.plans.days))}"]
    for policy in world.policies:
        found.append(f"policy {policy.version} {policy.on_change} day {policy.day.absent_when.kind}")
        for ladder in policy.ladders.values():
            found.append(f" {ladder.name} where {ladder.where.text} lasts {ladder.lasts or '-'}")
            for stage in (*ladder.stages, *([ladder.ends] if ladder.ends else [])):
                need = f" need {stage.need.text}" if stage.need else ""
                found.append(f"  {stage.name}: {stage.when.text}{need} {stage.again or ''}")
                found += [text for action in stage.do for text in action_lines(action, "   ")]
    return found


def action_lines(action, indent: str) -> list[str]:
    kept = ("counts_from", "keep", "optional", "times", "done_by", "hold", "if_no_school", "done_when", "only_if", "replaces")
    plain = {"counts_from": "known", "times": 1, "done_by": "at"}
    more = {key: getattr(action, key) for key in kept if getattr(action, key) not in (plain.get(key), None, False, "")}
    more = {key: value.text if isinstance(value, Condition) else value for key, value in more.items()}
    found = [f"{indent}{action.name} due {action.due} {more or ''}"]
    for label, inner in (("then", action.then), ("overdue", action.if_overdue), *((f"on {key}", some) for key, some in action.if_outcome)):
        found += [text for one in inner for text in action_lines(one, f"{indent} {label}: ")]
    return found


def event_line(event, zone: Zone) -> str:
    """An event, its instants as clock times."""
    parts = {key: value for key, value in asdict(event, recurse=False).items() if value not in ("", None, 0) and key not in ("known", "at")}
    at = f" at {clock(event.at, zone)}" if hasattr(event, "at") else ""
    return f"  {type(event).__name__}{at} known {clock(event.known, zone)} {' '.join(f'{key}={value}' for key, value in parts.items())}"


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
