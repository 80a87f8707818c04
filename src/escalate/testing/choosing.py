"""What the steps of a machine choose from, as the machine stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

from hypothesis import strategies as st

from ..policy import Policy
from .matters import Matters, matters
from .model.seen import World
from .naming import policies_of
from .stepping import Begun
from .strategies.histories import calendars_of
from .strategies.rosters import of_matters

T = TypeVar("T")
SELDOM = st.sampled_from((False, False, False, True))
HOURS = st.sampled_from((0, 0, 1, 10, 30, 75))


@cache
def known(machine: Any) -> tuple[tuple[Policy, ...], Matters]:
    """The policies of a machine, and what can matter to them."""
    found = policies_of(machine.policy)
    return found, matters(found)


def of(pick: Callable[[Any], Sequence[T]]) -> st.SearchStrategy[T]:
    """One of what a machine has to choose from."""
    return st.runner().flatmap(lambda machine: st.sampled_from(pick(machine)))


def drawn(make: Callable[[Any], st.SearchStrategy[T]]) -> st.SearchStrategy[T]:
    """What a strategy makes that hangs on how a machine stands."""
    return st.runner().flatmap(make)


STUDENT = of(lambda machine: machine.students)
LENGTHS = of(lambda machine: machine.found.lengths)


@st.composite
def schools(draw: st.DrawFn, machine: Any) -> Begun:
    """A calendar and a roster on which nothing has happened yet."""
    policies, found = known(machine.__class__)
    calendar = machine.calendar or draw(calendars_of(policies, found))
    days = calendar.of("")
    roster = machine.roster or draw(of_matters(found, policies, days.first))
    return Begun(World(policies, calendar, roster, (), days.zone.midnight(days.first)))
