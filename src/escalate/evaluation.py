"""`evaluate(policy, calendar, roster, events, until) -> Ledger`: the whole road as one pure function."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve, field, frozen

from .days import Calendar
from .engine import Decision, Engine, Report, standing
from .events import Event
from .ledger import Case, Item
from .messages import say
from .policy import Policy
from .records import Record
from .roster import Roster
from .times import Instant


@frozen
class Ledger:
    """What an evaluation decided, in order, and what stands at `until`.

    decisions: every change, with its record. reports: what a person should see about events.
    """

    until: Instant
    decisions: tuple[Decision, ...]
    reports: tuple[Report, ...] = ()
    policies: tuple[Policy, ...] = field(default=(), repr=False)

    @property
    def records(self) -> tuple[tuple[str, Record], ...]:
        """(school, record) of every decision, in the order in which they are sealed."""
        return tuple((decision.school, decision.record) for decision in self.decisions)

    def as_known(self, at: Instant) -> Ledger:
        """The ledger as it stood at an instant; folds what was decided by then and derives nothing again."""
        return evolve(self, until=min(at, self.until), decisions=tuple(found for found in self.decisions if found.decided <= at))

    @property
    def items(self) -> tuple[Item, ...]:
        """Every action item as it stands, by student and id."""
        return tuple(standing(self.decisions))

    @property
    def cases(self) -> Mapping[tuple[str, str, str, int], Case]:
        """Every case as it stands, by (student, policy, ladder, number)."""
        found: dict[tuple[str, str, str, int], Case] = {}
        for decision in self.decisions:
            new = decision.change.new
            if isinstance(new, Case):
                key = (decision.student, *new.key)  # Python 3.10 has no star in a subscript
                found[key] = new
        return dict(sorted(found.items()))


def evaluate(
    policies: Policy | Sequence[Policy], calendar: Calendar, roster: Roster, events: Iterable[Event], until: Instant, *, matcher: str | None = None
) -> Ledger:
    """Evaluate policies over events up to an instant.

    policies: one, or several; versions of one name together. events: in any order; what is known after
    `until` is reported as `after-until`. Raises `Refused` with every problem that stands in the way.
    """
    engine = Engine(policies, calendar, roster, matcher=matcher)
    return evaluate_with(engine, (policies,) if isinstance(policies, Policy) else policies, events, until)


def evaluate_with(engine: Engine, policies: Sequence[Policy], events: Iterable[Event], until: Instant) -> Ledger:
    """The same with an engine that was made for the policies and has seen nothing yet."""
    late: list[Event] = []

    def known() -> Iterable[Event]:
        for event in events:
            if event.known <= until:
                yield event
            else:
                late.append(event)

    engine.feed(known())
    decisions = engine.advance(until)
    return ledger_of(engine, until, decisions, late, policies)


def ledger_of(engine: Engine, until: Instant, decisions: Iterable[Decision], late: Iterable[Event], policies: Iterable[Policy]) -> Ledger:
    """What an engine that was advanced to `until` decided; `late` are the events that it was not given, known after that."""
    after = (Report("after-until", event, say("known after the evaluation ends")) for event in late)
    return Ledger(until, tuple(decisions), (*engine.reports, *after), tuple(policies))
