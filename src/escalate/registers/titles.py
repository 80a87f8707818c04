"""What each register of a policy is called, and the heads of its columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from ..policy import CONSEQUENCE_SUMS, LIST, REGISTERS, Policy, Register
from . import appraisal, checks
from .columns import head_of
from .plans import columns_of
from .words import words_for


@frozen
class Titled:
    """A register's title and heads, in the policy's language."""

    title: str
    heads: tuple[str, ...]


def registers_in(policy: Policy) -> tuple[Register, ...]:
    """The registers that every policy has, as this one says who reads them, then its own."""
    own = [register for name, register in policy.registers.items() if name not in REGISTERS]
    return (*(policy.registers.get(name, Register(name)) for name in REGISTERS), *own)


def titles_of(policy: Policy, grouped: bool) -> Mapping[str, Titled]:
    """By name, every register of a policy. grouped: something is asked of groups too."""
    return {name: titled for register in registers_in(policy) for name, titled in _titled(register, policy, grouped)}


def _titled(register: Register, policy: Policy, grouped: bool) -> Iterator[tuple[str, Titled]]:
    words = words_for(policy.lang)
    title = register.title.say(policy.lang) or words.get(register.name, register.name)
    if register.name == "consequences":
        yield register.name, Titled(title, _heads(appraisal.COLUMNS, policy))
        yield CONSEQUENCE_SUMS, Titled(words[CONSEQUENCE_SUMS], _heads(appraisal.SUM_COLUMNS, policy))
    elif register.name == "rates":
        yield register.name, Titled(title, _heads(checks.COLUMNS, policy))
        for target in checks.lists_of(policy):
            yield target.name + LIST, Titled(checks.title_of_list(target, policy), _heads(checks.LIST_COLUMNS, policy))
    else:
        yield register.name, Titled(title, tuple(head_of(column, policy) for column in columns_of(register, grouped)))


def _heads(columns: Sequence[str], policy: Policy) -> tuple[str, ...]:
    words = words_for(policy.lang)
    return tuple(words[name] for name in columns)
