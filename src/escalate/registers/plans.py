"""A register made ready: its columns, the ladders that its conditions mean (R1, R2), the roles that may read it (R8)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from attrs import field, frozen

from ..conditions import Term
from ..policy import LEVELS, Column, Policy, Register, actions, asked, stages
from ..roster import Roster
from .built_in import BUILT_IN, GROUP
from .pupil import Homes

OF_ITEMS = frozenset({"done", "outcome", "overdue", "late"})
STUDENTS = ("student", "name", "class")


@frozen
class Plan:
    """One register of one policy version, and who holds what."""

    register: Register
    policy: Policy
    columns: tuple[Column, ...]
    homes: Homes
    readers: tuple[str, ...]
    roster: Roster = field(repr=False)


def plan_of(register: Register, policy: Policy, roster: Roster, grouped: bool = False) -> Plan:
    """What is worked out once for all rows of a register. grouped: something is asked of groups too."""
    return Plan(register, policy, columns_of(register, grouped), _homes(register, policy), _readers(register, policy), roster)


def columns_of(register: Register, grouped: bool) -> tuple[Column, ...]:
    """A register's columns; where none is written, who it is."""
    if register.name in BUILT_IN:
        return tuple(Column(name) for name in BUILT_IN[register.name].columns if grouped or name != GROUP)
    return register.columns or tuple(map(Column, STUDENTS if register.each == "student" else _named(register)))


def grouped(policies: Iterable[Policy]) -> bool:
    """Whether a duty or a target asks something of groups."""
    return any(one.each != "student" for policy in policies for one in asked(policy))


def _named(register: Register) -> tuple[str, str]:
    return register.each if register.each in LEVELS else "person", "students"


def _readers(register: Register, policy: Policy) -> tuple[str, ...]:
    """The roles that may read a register: those that it names, else those held for a school."""
    return register.readers or tuple(name for name, role in policy.roles.items() if role.of == "school")


def all_holders(role: str, roster: Roster, date: datetime.date) -> tuple[str, ...]:
    """Everybody who holds a role on a date, whatever it is held for."""
    return tuple(sorted({held.person for held in roster.assignments if held.role == role and held.holds(date)}))


def _homes(register: Register, policy: Policy) -> Homes:
    """The ladders that a register's conditions name: by `open_case`, then by a stage or an item."""
    conditions = [register.where, *(column.value for column in register.columns)]
    terms = [term for condition in conditions if condition is not None for term in condition.terms]
    having = {term.key: found for term in terms if (found := _having(term, policy))}
    open_cases = [term.name for term in terms if term.kind == "open_case"]
    named = tuple(dict.fromkeys([*open_cases, *(ladder for found in having.values() for ladder in found)]))
    return Homes(named, {key: tuple(sorted(found, key=named.index)) for key, found in having.items()})


def _having(term: Term, policy: Policy) -> tuple[str, ...]:
    """The ladders that have the stage or the item that a term asks about."""
    if term.kind == "fired" or term.target == "stage":
        return _ladders(term.name, (stage.path for stage in stages(policy)))
    if term.kind in OF_ITEMS or term.target == "item":
        return _ladders(term.name, (action.path for action in actions(policy)))
    return ()


def _ladders(name: str, paths: Iterable[str]) -> tuple[str, ...]:
    # A chained item is named alone, and its path begins with its ladder like every other.
    return tuple(dict.fromkeys(path.partition(".")[0] for path in paths if f".{path}".endswith(f".{name}")))
