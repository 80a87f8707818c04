"""Proofs: one record is in the chain, shown without showing another (RFC 6962, section 2.1.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from ..canonical import canonical
from ..messages import Said, listed_of, said_by, say
from .chain import Chain
from .merkle import inclusion_proof, leaf_hash, root, verify_inclusion
from .shapes import FORMAT, BlockHead, head_hash, is_hash, is_salt, plain, read_head

KEYS = {"after", "block", "format", "index", "path", "record", "salt"}


def prove(chain: Chain, index: int) -> dict[str, Any]:
    """A proof that stands by itself for `chain.records[index]`, as plain values that can be written as JSON.

    It holds the record and its student's salt, its place in its block and the hashes on its way to the root, the block's
    head, and the heads of the same school after it. No other record is in it. What is not sealed, or damaged, has none.
    """
    segment, line = chain.records[index]
    head = segment.head
    if not isinstance(head, BlockHead):
        raise ValueError(say("this record is not in a sealed block"))
    leaves = [bytes.fromhex(each.computed) for each in segment.records]
    if root(leaves).hex() != head.root or segment.records.index(line) != line.n:
        raise ValueError(say("the block of this record is damaged"))
    return {
        "format": FORMAT,
        "record": dict(line.record),
        "salt": line.salt,
        "index": line.n,
        "path": [each.hex() for each in inclusion_proof(leaves, line.n)],
        "block": plain(head),
        "after": [plain(each) for each in _after(chain, head)],
    }


def verify_proof(proof: object, root: str | None = None) -> list[Said]:
    """What is wrong with a proof, in words; empty when it holds.

    root: a hash that was kept elsewhere, which must be that of the record's block or of one after it. Without it a proof
    shows only that the record belongs to the chain that the proof itself brings.
    """
    try:
        record, salt, index, path, heads = _read(proof)
    except (ValueError, TypeError, RecursionError) as error:
        return [say("this is no proof: {why}", why=said_by(error))]
    leaf = leaf_hash(canonical(record), bytes.fromhex(salt))
    siblings = [bytes.fromhex(each) for each in path]
    problems = []
    if not verify_inclusion(leaf, index, heads[0].size, siblings, bytes.fromhex(heads[0].root)):
        problems.append(say("the record does not lead to the root of its block"))
    if str(record.get("decided"))[:10] != heads[0].date:
        problems.append(say("the record was not decided on {date}, the date of its block", date=heads[0].date))
    for before, after in pairwise(heads):
        if not _continues(before, after):
            problems.append(say("block {after} does not continue block {before}", after=after.number, before=before.number))
    if root is not None and root.strip().lower() not in map(head_hash, heads):
        problems.append(say("the kept root `{root}` is neither that of the record's block nor of one after it", root=root))
    return problems


def _after(chain: Chain, head: BlockHead) -> list[BlockHead]:
    heads = (segment.head for segment in chain.segments)
    return [each for each in heads if isinstance(each, BlockHead) and each.school == head.school and each.number > head.number]


def _continues(before: BlockHead, after: BlockHead) -> bool:
    linked = (after.school, after.number, after.previous) == (before.school, before.number + 1, head_hash(before))
    return linked and after.date > before.date


def _read(proof: object) -> tuple[dict[str, object], str, int, Sequence[str], list[BlockHead]]:
    if not isinstance(proof, Mapping) or set(proof) != KEYS or proof["format"] != FORMAT:
        raise ValueError(say("it needs the keys {listed}, and format {FORMAT}", listed=listed_of(sorted(KEYS)), FORMAT=FORMAT))
    if not isinstance(proof["record"], dict) or type(proof["index"]) is not int or not is_salt(proof["salt"]):
        raise ValueError(say("its `record`, `index` or `salt` is of the wrong kind"))
    if not isinstance(proof["path"], list) or not all(map(is_hash, proof["path"])) or not isinstance(proof["after"], list):
        raise ValueError(say("its `path` or `after` is of the wrong kind"))
    canonical(proof["record"])
    heads = [read_head(BlockHead, value) for value in (proof["block"], *proof["after"])]
    return proof["record"], proof["salt"], proof["index"], proof["path"], [head for head in heads if isinstance(head, BlockHead)]
