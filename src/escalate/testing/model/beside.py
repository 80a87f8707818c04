"""The engine beside the model: what both say of a world."""

from __future__ import annotations

from attrs import evolve

from ...engine import Engine
from ...ledger import Case, Change
from ...times import Instant
from .run import run
from .seen import World
from .telling import Told


def comparable(decided: Instant, student: str, change: Change) -> Told:
    """A change without what the model does not derive."""
    new = change.new
    return decided, student, change.what, evolve(new, opened_by="") if isinstance(new, Case) else evolve(new, persons=())


def of_engine(world: World) -> list[Told]:
    """The changes of the engine, which stand as they were decided."""
    engine = Engine(list(world.policies), world.calendar, world.roster)
    engine.feed(event for event in world.events if event.known <= world.until)
    engine.advance(world.until)
    subjects = [*engine.subjects.values(), *engine.intake.stratum.subjects.values()]
    held = {(one.student, item.id): item for one in subjects for derivation in one.derivations for item in derivation.state.items.values()}
    folded = engine.items()
    assert sorted(held.values(), key=lambda item: item.id) == sorted(folded, key=lambda item: item.id), "what stands is not the fold of what was decided"
    return [comparable(one.decided, one.student, one.change) for one in engine.decisions]


def of_model(world: World) -> list[Told]:
    """The changes of the model."""
    return [comparable(*one) for one in run(world, world.until)]


def verdict(world: World) -> str:
    """Empty where both say the same, else how they differ: in what they say, or in who raised what."""
    said: list[list[Told]] = []
    for name, ask in (("engine", of_engine), ("model", of_model)):
        try:
            said.append(ask(world))
        except Exception as error:  # noqa: BLE001  # whatever it is, it is a finding
            return f"{name} raised {type(error).__name__}"
    return "" if said[0] == said[1] else "they differ"
