"""`@timeline_property`: what must hold of every child under a policy, said by its author in a few lines of Python."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from ..days import Calendar
from ..policy import Policy
from .broken import Broken
from .counterexample import told
from .lawful import search
from .model.seen import World
from .naming import policies_of
from .timeline import Property, Timeline


def timeline_property(
    policy: str | os.PathLike[str] | Policy | Sequence[Policy], calendar: Calendar | None = None, examples: int = 100, *, seed: int | None = None
) -> Callable[[Property], Callable[[], None]]:
    """Make a test of a function that is given one `Timeline` after another and returns False, or fails an assert, where the property does not hold.

    policy: one that is loaded, several that are evaluated together, a file, or the name of one that comes with escalate, as its example school adopted it.
    """

    def decorate(holds: Property) -> Callable[[], None]:
        def test() -> None:
            found = search(policies_of(policy), calendar, examples, lambda world: ask(holds, world), seed)
            if found is not None:
                raise AssertionError(told(f"property broken: {found.law}", [found.says, "", f"what was seen: {found.seen}"], found.world, found.paths))

        test.__name__, test.__doc__, test.__module__ = getattr(holds, "__name__", "property"), holds.__doc__, holds.__module__
        return test

    return decorate


def ask(holds: Property, world: World) -> None:
    """Ask a property of each child of a world. Raises `Broken`."""
    for student in world.roster.ids():
        timeline = Timeline(world, student)
        try:
            answer = holds(timeline)
        except AssertionError as error:
            raise Broken(holds, f"{student}: {str(error).splitlines()[0] if str(error) else 'an assert failed'}", world, stands_on(timeline)) from error
        except Exception as error:  # whatever it is, it is a finding
            raise Broken(holds, f"{student}: it raised {type(error).__name__}: {error}", world, stands_on(timeline)) from error
        if answer is False:
            raise Broken(holds, f"{student}: it is False", world, stands_on(timeline))


def stands_on(timeline: Timeline) -> tuple[str, ...]:
    """The paths of the child's items: what the policy asked for."""
    try:
        return tuple(dict.fromkeys(item.path for item in timeline.items))
    except Exception:  # noqa: BLE001  # the engine may be what fails
        return ()
