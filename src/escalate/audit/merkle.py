"""The Merkle tree of RFC 6962, section 2.1, with a salt in each leaf.

The salt (SEMANTICS, section 10) keeps a reader of one proof from guessing the record behind a sibling's hash.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from hashlib import sha256

__all__ = ["inclusion_proof", "leaf_hash", "node_hash", "root", "salt", "verify_inclusion"]


def salt(key: bytes, student: str) -> bytes:
    """The first 16 bytes of HMAC-SHA-256 over the student's id: one salt a student, shown with that student's proofs."""
    return hmac.digest(key, student.encode(), "sha256")[:16]


def leaf_hash(record: bytes, salt: bytes) -> bytes:
    """SHA-256(0x00 || salt || canonical record)."""
    return sha256(b"\x00" + salt + record).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


def root(hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes; of no leaf, SHA-256 of nothing."""
    if not hashes:
        return sha256().digest()
    level = hashes
    while len(level) > 1:
        level = _parents(level)
    return level[0]


def inclusion_proof(hashes: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The siblings on the way from a leaf to the root, lowest first."""
    if not 0 <= index < len(hashes):
        raise IndexError(f"no leaf {index} among {len(hashes)}")
    path = []
    level = hashes
    while len(level) > 1:
        sibling = index ^ 1
        if sibling < len(level):
            path.append(level[sibling])
        level, index = _parents(level), index >> 1
    return tuple(path)


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the path leads from the leaf to the root (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    last = size - 1
    found = leaf
    for sibling in proof:
        if last == 0:
            return False
        if index & 1 or index == last:
            found = node_hash(sibling, found)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        index, last = index >> 1, last >> 1
    return last == 0 and found == root


def _parents(level: Sequence[bytes]) -> list[bytes]:
    """One level up: neighbours paired, an odd last one promoted, which is RFC 6962's split at the largest power of two."""
    pairs = iter(level)
    parents = [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=False)]
    if len(level) % 2:
        parents.append(level[-1])
    return parents
