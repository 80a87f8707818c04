"""Laws 4, 12 and 17: a ledger is the history of differences, students are independent, ids are for ever."""

from __future__ import annotations

from attrs import evolve

from ...cases import overlap
from ...events import SHARED, Void, about
from ...ledger import Case, Item
from ..broken import Broken, hold
from ..model.seen import World
from ..playing import decided, differing_paths, line, played, states, where_they_part


def decisions_fold_to_what_stands(world: World) -> None:
    """What was decided, folded in order, is what stands. Law 4; guards against a state that no record accounts for."""
    folded: dict[object, Case | Item] = {}
    for one in decided(world):
        new = one.change.new
        if one.level != "student":
            continue
        if isinstance(new, Item):
            folded.pop((one.student, new.replaces), None)
            folded[one.student, new.id] = new
        else:
            folded[one.student, new.key] = new
    standing: dict[object, Case | Item] = {}
    for student, state in states(world):
        standing |= {(student, name): item for name, item in state.items.items()} | {(student, key): case for key, case in state.cases.items()}
    for key in dict.fromkeys((*folded, *standing)):
        held, found = folded.get(key), standing.get(key)
        said = f"{key}: the decisions leave {held}, and {found} stands"
        hold(decisions_fold_to_what_stands, held == found, world, said)


def old_names_lead_on(world: World) -> None:
    """Every name that an item once had leads to an item that stands. Law 17; guards against a letter whose number nobody can look up."""
    for _, state in states(world):
        for name in state.aliases:
            steps, at = 0, name
            while at in state.aliases and steps <= len(state.aliases):
                at, steps = state.aliases[at], steps + 1
            hold(old_names_lead_on, at in state.items and steps <= len(state.aliases), world, f"`{name}` leads to `{at}`, which is no item")


def ids_name_one_thing(world: World) -> None:
    """An id always names one stage, action and actor, and none is forgotten. Law 17; guards against an id that is used again."""
    names: dict[tuple[str, str], tuple[str, ...]] = {}
    for one in decided(world):
        new = one.change.new
        if isinstance(new, Item) and one.level == "student":
            key = new.policy, new.path, new.actor, new.occurrence
            first = names.setdefault((one.student, new.id), key)
            hold(ids_name_one_thing, first == key, world, f"`{new.id}` named {first} and then {key}", new.path)
    known = {(student, name) for student, state in states(world) for name in (*state.items, *state.aliases)}
    lost = [name for student, name in names if (student, name) not in known and student in played(world).subjects]
    hold(ids_name_one_thing, not lost, world, f"nothing is known any more of {', '.join(lost)}")


def numbers_follow_absences(world: World) -> None:
    """A case keeps its number only where its time overlaps what it was. Law 17; guards against a number that is moved to another absence."""
    for one in decided(world):
        old, new = one.change.old, one.change.new
        if isinstance(old, Case) and isinstance(new, Case):
            same = overlap(old.opened, old.ended, new.opened, new.ended)
            hold(numbers_follow_absences, same, world, lambda one=one: f"it is moved to another time: {line(one, world)}", new.ladder)  # type: ignore[misc]  # bound as it stands


def students_are_independent(world: World) -> None:
    """One student's events never change another's items. Law 12; guards against a sibling's mark that ends a case."""
    for student in world.roster.ids() if len(world.roster.ids()) > 1 else ():
        own = tuple(event for event in world.events if isinstance(event, SHARED) or about(event) == student or (isinstance(event, Void) and not about(event)))
        alone = [one for one in decided(evolve(world, events=own)) if (one.level, one.student) == ("student", student)]
        together = [one for one in decided(world) if (one.level, one.student) == ("student", student)]
        if alone != together:
            seen = where_they_part(alone, together, (f"{student} alone", "among others"), world)
            raise Broken(students_are_independent, seen, world, differing_paths(alone, together))
