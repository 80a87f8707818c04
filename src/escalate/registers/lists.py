"""Registers that items attach (`list`), as they stood when the item opened: the evaluation is gone through once more, up to each of these instants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..days import Calendar
from ..engine import Engine
from ..events import Event
from ..ledger import Item
from ..policy import Policy
from ..records import find_action
from ..roster import Roster
from .sheets import Sheet
from .whole import registers_of


def lists_of(
    policies: Sequence[Policy], calendar: Calendar, roster: Roster, events: Iterable[Event], items: Iterable[Item], *, matcher: str | None = None
) -> Iterator[tuple[Item, Sheet]]:
    """Each item that attaches registers, with each of them as it was known when the item opened; an item that lapsed was told to nobody."""
    versions = {(policy.name, policy.version): policy for policy in policies}
    named = [(item, names) for item in items if item.status != "lapsed" and (names := _named(item, versions[item.policy, item.version]))]
    if not named:
        return
    engine = Engine(policies, calendar, roster, matcher=matcher)
    last = max(item.opened for item, _ in named)
    engine.feed(event for event in events if event.known <= last)
    for at in sorted({item.opened for item, _ in named}):
        engine.advance(at)
        opened = [(item, names) for item, names in named if item.opened == at]
        wanted = frozenset((item.policy, name) for item, names in opened for name in names)
        sheets = {(sheet.policy, sheet.name): sheet for sheet in registers_of(engine, wanted)}
        for item, names in opened:
            yield from ((item, sheets[item.policy, name]) for name in names if (item.policy, name) in sheets)


def _named(item: Item, policy: Policy) -> tuple[str, ...]:
    action = find_action(policy, item.path)
    return tuple(action.list.split(", ")) if action is not None and action.list else ()
