"""Outcomes of a case that do nothing, since nobody is asked for it by then: of real data harmless, in a case most often a slip."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..evaluation import Ledger
from ..events import Outcome
from ..ledger import Item
from ..messages import say
from ..policy import Policy, conditions
from ..source import Problem, Source, Span
from ..times import Instant
from .points import actions_of
from .values import Case

HEARD = ("times", "days_since", "school_days_since")  # what hears an outcome that does no item (I19)


def unowed(case: Case, policies: Sequence[Policy], ledger: Ledger) -> tuple[Problem, ...]:
    """A warning for each, at its line. policies: as the case plays them."""
    outcomes = [event for event in case.events if isinstance(event, Outcome) and event.known <= case.until]
    return tuple(_warnings(case, outcomes, policies, ledger)) if outcomes else ()


def _warnings(case: Case, outcomes: Sequence[Outcome], policies: Sequence[Policy], ledger: Ledger) -> Iterator[Problem]:
    zone, issued = case.calendar.zone, _issued(ledger)
    played = {action.name for policy in policies for action, _ in actions_of(policy)} - _heard(policies)
    of_duties = {action.name for policy in policies for action, owner in actions_of(policy) if owner not in policy.ladders}
    for outcome in outcomes:
        first = issued.get((outcome.level, outcome.student, outcome.action))
        before = outcome.at < case.since and outcome.action in of_duties  # what was asked before a case begins is not played
        if outcome.item or before or outcome.action not in played or first is not None and zone.date(first) <= zone.date(outcome.at):
            continue
        message = say("`{name}` is not asked for by {date}: this outcome does nothing", name=outcome.action, date=zone.date(outcome.at))
        help = say("check its date, its student and its name: in this case `{name}` is never asked for", name=outcome.action) if first is None else say(
            "`{name}` is asked for on {date}: write the outcome on that date or later", name=outcome.action, date=zone.date(first),
        )
        yield Problem("does-nothing", message, _line(case.span.source, outcome.seq), help, warning=True)


def _issued(ledger: Ledger) -> dict[tuple[str, str, str], Instant]:
    """When each action was first asked for, by whose it is."""
    found: dict[tuple[str, str, str], Instant] = {}
    for decision in ledger.decisions:
        item = decision.change.new
        if isinstance(item, Item):
            key = (decision.level, decision.student, item.action)
            found[key] = min(found.get(key, item.effective), item.effective)
    return found


def _heard(policies: Sequence[Policy]) -> set[str]:
    """The actions of which a condition counts outcomes that do no item."""
    terms = (term for policy in policies for condition in conditions(policy) for term in condition.terms)
    return {term.name.rpartition(".")[2] for term in terms if term.kind in HEARD}


def _line(source: Source, number: int) -> Span:
    line = source.line(number)
    return Span(source, number, len(line) - len(line.lstrip()) + 1, number, len(line) + 1)
