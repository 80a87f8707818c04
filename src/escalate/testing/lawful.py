"""`assert_lawful`: every law of an evaluation, over generated histories of anybody's policy."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded

from ..days import Calendar
from ..policy import Policy
from .broken import Broken, Law
from .counterexample import counterexample
from .laws import LAWS, engine_is_model
from .model.seen import World
from .naming import Named, policies_of
from .shrinking import shortest
from .strategies import histories

MODEL_DAYS = 15  # that a history is followed where the model is asked too: its time grows with their square
TRIES = 600  # shorter histories that are tried once one was found that breaks a law
BATCH = 10  # histories that Hypothesis draws afresh: of more, five of six would be the last one with a part of it repeated
DAY = 86400


class Drawn:
    """A world for Hypothesis to handle, which writes out what it draws: a policy is long."""

    def __init__(self, world: World) -> None:
        self.world = world

    def __repr__(self) -> str:
        return "a history"


def assert_lawful(
    policy: Named, calendar: Calendar | None = None, examples: int = 100, *, laws: Sequence[Law] = LAWS, seed: int | None = None
) -> None:
    """Assert that every law holds of histories of a policy, or of versions and policies that are evaluated together.

    policy: loaded, a file, or the name of one that comes with escalate. calendar: the days on which they play, else generated ones.
    examples: how many histories. seed: others than those that are drawn each time.
    Raises AssertionError that says the law, the shortest history found, the policy's lines and a spec case.
    """
    broken: list[Law] = []  # once one is, it alone is asked of shorter histories

    def check(world: World) -> None:
        try:
            ask(broken or laws, world)
        except Broken as one:
            broken[:] = [law for law in laws if law.__name__ == one.law]
            raise

    found = search(policies_of(policy), calendar, examples, check, seed)
    if found is not None:
        raise AssertionError(counterexample(found)) from found.__cause__


def ask(laws: Sequence[Law], world: World) -> None:
    """Ask laws of a world. Raises `Broken`, also where something fails on the way."""
    for law in laws:
        if law is engine_is_model and world.until - world.calendar.zone.midnight(world.calendar.of("").first) > MODEL_DAYS * DAY:
            continue
        try:
            law(world)
        except Broken:
            raise
        except Exception as error:  # whatever it is, it is a finding
            raise Broken(law, f"it raised {type(error).__name__}: {error}", world) from error


def search(
    policy: Policy | Sequence[Policy], calendar: Calendar | None, examples: int, check: Callable[[World], object], seed: int | None = None
) -> Broken | None:
    """The shortest history found on which a check raises `Broken`; None where none was.

    Hypothesis finds one; it is made shorter here, since what can be dropped of a school's days is known better here.
    """

    def holds(drawn: Drawn) -> None:
        check(drawn.world)

    worlds = histories(policy, calendar).map(Drawn)
    for n in range(0, examples, BATCH):
        asked = settings(
            max_examples=min(BATCH, examples - n), deadline=None, database=None, report_multiple_bugs=False, print_blob=False,
            suppress_health_check=list(HealthCheck), phases=(Phase.generate,),
        )(given(worlds)(holds))  # fmt: skip
        try:
            seeded(f"{seed} {n}")(asked)()
        except Broken as one:
            return polished(one, check, given=calendar is not None)
    return None


def polished(broken: Broken, check: Callable[[World], object], *, given: bool = False) -> Broken:
    """The same of a history from which nothing more can be dropped; given: its calendar stays as it is."""
    found = broken

    def fails(world: World) -> bool:
        nonlocal found
        try:
            check(world)
        except Broken as again:
            if again.law == broken.law:
                found = again
                return True
        except Exception:  # noqa: BLE001  # a world that cannot be: nothing is known of it
            return False
        return False

    shortest(broken.world, fails, TRIES, given)
    return found
