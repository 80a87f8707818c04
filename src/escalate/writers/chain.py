"""The audit file of a ledger: its records sealed, each pointing at its policy by its place in the block's head."""

from __future__ import annotations

import os
from collections.abc import Iterator

from ..audit import build_chain
from ..chains import entries, policy_ids
from ..evaluation import Ledger
from ..times import Zone


def write_chain(path: str | os.PathLike[str], ledger: Ledger, zone: Zone, key: bytes = b"") -> None:
    """The chains of all schools, sealed to the local date of the ledger's `until`."""
    with open(path, "wb") as file:
        file.writelines(chain_of(ledger, zone, key))


def chain_of(ledger: Ledger, zone: Zone, key: bytes = b"") -> Iterator[bytes]:
    """The same, line by line."""
    policies = policy_ids(ledger.policies)
    return build_chain(entries(ledger.records, policies), sealed_to=zone.date(ledger.until).isoformat(), policies=policies, key=key)
