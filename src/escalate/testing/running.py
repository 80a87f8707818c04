"""An engine at its start, and one that is run to an instant and held there."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from ..days import Calendar
from ..decisions import Decision
from ..engine import Engine
from ..evaluation import Ledger, ledger_of
from ..events import Event
from ..policy import Policy
from ..readers.moments import parse_moment
from ..roster import Roster
from ..times import Instant
from .model.seen import World
from .naming import Named, policies_of
from .school import made_school

Until = Instant | str | datetime.date


def engine_of(policy: Named | World, calendar: Calendar | None = None, roster: Roster | None = None, *, matcher: str | None = None) -> Engine:
    """An engine that has seen nothing: of a policy, or of a world; calendar and roster are those of the school that is made up where none are given."""
    if isinstance(policy, World):
        return Engine(policy.policies, calendar or policy.calendar, roster or policy.roster, matcher=matcher)
    policies = policies_of(policy)
    made = made_school(policies) if calendar is None or roster is None else None
    return Engine(policies, calendar or _of(made).calendar, roster or _of(made).roster, matcher=matcher)


def _of(made: World | None) -> World:
    assert made is not None
    return made


class Frozen:
    """Runs engines to instants, and remembers what each had decided by then."""

    def __init__(self) -> None:
        self.held: list[tuple[Engine, Instant, tuple[Decision, ...]]] = []

    def __call__(self, engine: Engine, until: Until, events: Iterable[Event] = ()) -> Ledger:
        """Feed what of some events is known by an instant, advance to it, and give the ledger as it stands then.

        until: seconds, `2025-09-05 12:00` or a `datetime` at the school, or a bare date for its close. One that lies behind gives the
        ledger as it was known then. One list may be given each time: what was fed before is passed over. Raises `LateKnown` for what
        is new and was known before the last instant, AssertionError where anything is decided later than this one, or before that.
        """
        to, before = instant_of(until, engine), engine.watermark
        engine.feed(event for event in events if event.known <= to)
        decided = engine.advance(to)
        text = engine.calendar.zone.text
        for one in decided:
            assert one.decided <= to, f"advanced to {text(to)}, it decided at {text(one.decided)}: {one.record['what']} {one.record['subject']}"
            assert before is None or one.decided > before, f"it had advanced to {text(before)}, and decided at {text(one.decided)}: {one.record['subject']}"
        self.held.append((engine, to, tuple(engine.as_known(to))))
        return ledger_of(engine, to, engine.as_known(to), (), policies_in(engine))

    def check(self) -> None:
        """Raises AssertionError where a later fact changed what had been decided by an instant."""
        for engine, to, decided in self.held:
            found = tuple(engine.as_known(to))
            assert decided == found, f"what was decided by {engine.calendar.zone.text(to)} is not what it was: {len(decided)} decisions then, {len(found)} now"


def instant_of(until: Until, engine: Engine) -> Instant:
    """An instant; a bare date is its close. Raises ValueError for a text that is no moment."""
    if isinstance(until, int):
        return until
    if isinstance(until, datetime.datetime) and until.tzinfo is not None:
        return int(until.timestamp())
    zone = engine.calendar.zone
    found = parse_moment(until if isinstance(until, str) else until.isoformat(), zone)
    return found if isinstance(found, int) else zone.instant(found, max(one.day.closes for one in policies_in(engine)))


def policies_in(engine: Engine) -> Sequence[Policy]:
    """The policies that an engine evaluates."""
    return tuple(version.policy for family in engine.families.values() for version in family.versions)
