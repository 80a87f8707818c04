"""Records on their way into the audit chains: each points at its policy version by a place in the block head (SEMANTICS, section 10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .audit import PolicyId
from .policy import Policy
from .records import Record


def policy_ids(policies: Iterable[Policy]) -> tuple[PolicyId, ...]:
    """What a block head says of the policies, by name and version."""
    return tuple(PolicyId(policy.name, policy.version, policy.digest) for policy in sorted(policies, key=lambda policy: (policy.name, policy.version)))


def entries(records: Iterable[tuple[str, Record]], policies: Iterable[PolicyId]) -> Iterator[tuple[str, Record]]:
    """(school, record) as an `Auditor` takes them."""
    places = {f"{policy.name}@{policy.version}": place for place, policy in enumerate(policies)}
    for school, record in records:
        yield school, {**record, "policy": places[str(record["policy"])]}
