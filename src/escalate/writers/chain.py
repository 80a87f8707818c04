"""The audit file of a ledger: its records sealed, each pointing at its policy by its place in the block's head."""

from __future__ import annotations

import os
from collections.abc import Iterator

from ..audit import PolicyId, build_chain
from ..evaluation import Ledger
from ..records import Record
from ..times import Zone


def write_chain(path: str | os.PathLike[str], ledger: Ledger, zone: Zone, key: bytes = b"") -> None:
    """The chains of all schools, sealed to the local date of the ledger's `until`."""
    with open(path, "wb") as file:
        file.writelines(chain_of(ledger, zone, key))


def chain_of(ledger: Ledger, zone: Zone, key: bytes = b"") -> Iterator[bytes]:
    """The same, line by line."""
    policies = sorted(ledger.policies, key=lambda policy: (policy.name, policy.version))
    places = {f"{policy.name}@{policy.version}": place for place, policy in enumerate(policies)}
    names = [PolicyId(policy.name, policy.version, policy.digest) for policy in policies]
    entries = ((school, _pointing(record, places)) for school, record in ledger.records)
    return build_chain(entries, sealed_to=zone.date(ledger.until).isoformat(), policies=names, key=key)


def _pointing(record: Record, places: dict[str, int]) -> Record:
    return {**record, "policy": places[str(record["policy"])]}
