"""`@timeline_property`: what must hold of every child under a policy, said by its author in a few lines of Python."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping

from ..days import Calendar
from .broken import Broken
from .counterexample import told
from .failing import told_of
from .lawful import search
from .model.seen import World
from .names import UnknownName
from .naming import Named, policies_of
from .timeline import Property, Timeline


class NeverAnswered(UserWarning):
    """A property held, and something that it asks for never came: perhaps it had nothing to judge."""


def timeline_property(
    policy: Named, calendar: Calendar | None = None, examples: int = 100, *, seed: int | None = None
) -> Callable[[Property], Callable[[], None]]:
    """Make a test of a function that is given one `Timeline` after another and returns what is false, or fails an assert, where the property does not hold.

    policy: one that is loaded, several that are evaluated together, a file, or the name of one that comes with escalate, as its example school adopted it.
    The test raises AssertionError with the shortest history, `UnknownName` for a name that no policy writes; it warns `NeverAnswered` of what never came.
    """

    def decorate(holds: Property) -> Callable[[], None]:
        def test() -> None:
            answered: dict[str, bool] = {}
            found = search(policies_of(policy), calendar, examples, lambda world: ask(holds, world, answered), seed)
            if found is None:
                warn_of_silence(holds, answered, examples)
                return
            seen = [*([found.says, ""] if found.says else []), *(f"what was seen: {found.seen}".splitlines())]
            raise AssertionError(told(f"property broken: {found.law}", seen, found.world, found.paths)) from error_of(found)

        test.__name__, test.__doc__, test.__module__ = getattr(holds, "__name__", "property"), holds.__doc__, holds.__module__
        return test

    return decorate


def ask(holds: Property, world: World, answered: dict[str, bool] | None = None) -> None:
    """Ask a property of each child of a world; answered: where it is kept what had an answer. Raises `Broken`."""
    for student in world.roster.ids():
        timeline = Timeline(world, student, {} if answered is None else answered)
        try:
            answer = holds(timeline)
        except UnknownName:
            raise
        except Exception as error:  # whatever it is, it is a finding
            raise Broken(holds, f"{student}: {told_of(error)}", world, stands_on(timeline)) from error
        if answer is not None and not answer:
            raise Broken(holds, f"{student}: it is {answer!r}", world, stands_on(timeline))


def error_of(found: Broken) -> BaseException | None:
    """What was raised where a property fails by itself: its traceback shows where. A failed assert needs none."""
    return None if isinstance(found.__cause__, AssertionError) else found.__cause__


def warn_of_silence(holds: Property, answered: Mapping[str, bool], examples: int) -> None:
    """Warn, at the property, of what it asked for that no timeline had."""
    never = [asked for asked, came in answered.items() if not came]
    if never:
        code = getattr(holds, "__code__", None)
        name = getattr(holds, "__name__", "property")
        said = f"{name} held, but nothing ever came of {', '.join(never)} in {examples} histories: perhaps it had nothing to judge"
        warnings.warn_explicit(said, NeverAnswered, getattr(code, "co_filename", __file__), getattr(code, "co_firstlineno", 1))


def stands_on(timeline: Timeline) -> tuple[str, ...]:
    """The paths of the child's items: what the policy asked for."""
    try:
        return tuple(dict.fromkeys(item.path for item in timeline.items))
    except Exception:  # noqa: BLE001  # the engine may be what fails
        return ()
