"""The audit trail: records sealed into blocks, one chain a school, and what can be checked and shown of it."""

from .chain import GUESSABLE, Chain, Fault, is_keyless, parse_chain
from .inspection import verify
from .merkle import inclusion_proof, leaf_hash, node_hash, root, salt, verify_inclusion
from .proof import prove, verify_proof
from .sealing import Auditor, SchoolChain, build_chain
from .shapes import BlockHead, ChainHead, End, OpenHead, PolicyId

__all__ = [
    "GUESSABLE",
    "Auditor",
    "BlockHead",
    "Chain",
    "ChainHead",
    "End",
    "Fault",
    "OpenHead",
    "PolicyId",
    "SchoolChain",
    "build_chain",
    "inclusion_proof",
    "is_keyless",
    "leaf_hash",
    "node_hash",
    "parse_chain",
    "prove",
    "root",
    "salt",
    "verify",
    "verify_inclusion",
    "verify_proof",
]
