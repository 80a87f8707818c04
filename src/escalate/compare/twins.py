"""Which policy of one side is which of the other, version by version, and what differs in them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from attrs import field, frozen

from ..policy import Policy
from .pairs import Side, partners
from .parts import Part, key_of, parts_of


@frozen
class Twins:
    """A policy of A and that of B which stands in its place, None where there is none, and what differs in them."""

    a: Policy | None
    b: Policy | None
    parts: tuple[Part, ...] = field(repr=False)

    @property
    def both(self) -> tuple[Policy, Policy]:
        """Each; where one is missing, the other in its place."""
        found = self.b if self.b is not None else self.a
        assert found is not None
        return self.a if self.a is not None else found, found


def twins_of(a: Side, b: Side) -> Iterator[Twins]:
    """By the names of policies, in the order of B, what only A has behind it.

    Of one name the versions that are called alike belong together, then what is left of each side in the order of its dates.
    """
    called = partners(a.policies, b.policies)
    for name in dict.fromkeys([*called.values(), *(policy.name for policy in a.policies)]):
        mine = _dated(policy for policy in a.policies if policy.name == name)
        theirs = _dated(policy for policy in b.policies if called[policy.name] == name)
        alike = [(one, two) for one in mine for two in theirs if one.version == two.version]
        old = [one for one in mine if all(one is not each for each, _ in alike)]
        new = [two for two in theirs if all(two is not each for _, each in alike)]
        yield from (Twins(one, two, parts_of(one, two)) for one, two in (*alike, *zip(old, new, strict=False)))
        yield from (Twins(one, None, (Part("removed", "policy", key_of(one), old=one),)) for one in old[len(new) :])
        yield from (Twins(None, two, (Part("added", "policy", key_of(two), new=two),)) for two in new[len(old) :])


def _dated(policies: Iterable[Policy]) -> list[Policy]:
    return sorted(policies, key=lambda policy: policy.start or datetime.date.min)
