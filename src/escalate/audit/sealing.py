"""Sealing: records become blocks, blocks become one chain a school (SEMANTICS, section 10).

An `Auditor` is where all chains stand, a small value that an engine keeps in its snapshot. Sealed lines are given out once
and never change, so a file grows at its end; its tail (open days, chain heads, the end) is written anew each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import groupby
from typing import Any

from attrs import evolve, frozen

from ..canonical import canonical
from .merkle import root, salt
from .shapes import (
    FORMAT,
    BlockHead,
    ChainHead,
    End,
    OpenHead,
    PolicyId,
    Record,
    RecordLine,
    head_hash,
    head_line,
    is_day,
    leaf_of,
    plain,
    read_line,
    record_line,
    whom,
)

Entry = tuple[str, Record]


@frozen
class SchoolChain:
    """Where one school's chain stands: blocks sealed, the hash of the last, and the record lines of its open day."""

    school: str
    blocks: int = 0
    head: str = ""
    open: tuple[bytes, ...] = ()


@frozen
class Auditor:
    """Where every school's chain stands after what was sealed so far.

    policies: what the `policy` of a record is an index into. sealed_to: the local date of the watermark; every date
    before it is sealed, and open days are of that date. Schools are sorted by their ids.
    """

    policies: tuple[PolicyId, ...] = ()
    sealed_to: str = ""
    schools: tuple[SchoolChain, ...] = ()

    def adopt(self, policies: Sequence[PolicyId]) -> Auditor:
        """The same chains with more policies; those that records already point at keep their places."""
        if tuple(policies[: len(self.policies)]) != self.policies:
            raise ValueError("policies may only be added after those that the chain already names")
        return evolve(self, policies=tuple(policies))

    def add(self, records: Iterable[Entry], watermark: str, *, key: bytes = b"") -> tuple[Auditor, list[bytes]]:
        """Take (school, record) pairs in the ledger's order; give the chains as they now stand and the lines newly sealed.

        `watermark` is an instant such as `2025-11-04T00:00:00+08:00`, or its local date: each date before it is sealed.
        """
        upto = self._checked(watermark)
        days = _days(self, records, upto, key)
        chains = {chain.school: evolve(chain, open=()) for chain in self.schools}
        sealed: list[bytes] = []
        for (date, school), lines in sorted(days.items()):
            chain = chains.get(school, SchoolChain(school))
            if date < upto:
                head = _block(self.policies, chain, date, lines)
                sealed += (head_line(head), *lines)
                chains[school] = SchoolChain(school, chain.blocks + 1, head_hash(head))
            else:
                chains[school] = evolve(chain, open=tuple(lines))
        schools = tuple(chains[school] for school in sorted(chains))
        return evolve(self, sealed_to=upto, schools=schools), sealed

    def tail(self) -> list[bytes]:
        """The lines after the sealed blocks: open days with their records, a chain head for each school, the end."""
        opens = [(chain, _open(self, chain)) for chain in self.schools if chain.open]
        lines = [line for chain, head in opens for line in (head_line(head), *chain.open)]
        running = {chain.school: running_digest(head_hash(head), map(leaf_of, chain.open)) for chain, head in opens}
        heads = [_chain_head(chain, self.sealed_to, running.get(chain.school, "")) for chain in self.schools]
        end = End(chains=len(heads), digest=end_digest(map(head_hash, heads)), format=FORMAT, sealed_to=self.sealed_to)
        return [*lines, *map(head_line, heads), head_line(end)]

    def plain(self) -> dict[str, Any]:
        """Plain values for a snapshot; the key is not among them."""
        schools = [{**plain(chain), "open": [line.decode() for line in chain.open]} for chain in self.schools]
        return {"policies": [plain(policy) for policy in self.policies], "sealed_to": self.sealed_to, "schools": schools}

    @classmethod
    def read(cls, value: Mapping[str, Any]) -> Auditor:
        """The auditor that a snapshot's plain values describe. Raises ValueError, KeyError, TypeError or AttributeError where they are damaged."""
        schools = ({**chain, "open": tuple(line.encode() for line in chain["open"])} for chain in value["schools"])
        policies = tuple(PolicyId(**policy) for policy in value["policies"])
        found = cls(policies, value["sealed_to"], tuple(SchoolChain(**chain) for chain in schools))
        names = [chain.school for chain in found.schools]
        whole = is_day(found.sealed_to) or (found.sealed_to == "" and not names)
        if not whole or names != sorted(set(names)) or not all(_stands(chain, found.sealed_to) for chain in found.schools):
            raise ValueError("no chain stands like this")
        return found

    def fits(self, sealed: Iterable[Entry], later: Iterable[Entry]) -> bool:
        """Whether the chains can be those of the pairs that were sealed, and take the later ones. Hashes need the key and are not compared."""
        days: dict[str, set[str]] = {}
        opens: dict[str, list[bytes]] = {}
        for entry in sealed:
            date, (school, record) = _date(entry), entry
            days.setdefault(school, set())
            if date < self.sealed_to:
                days[school].add(date)
            else:
                opens.setdefault(school, []).append(canonical(record))
        told = {school: (len(dates), opens.get(school, [])) for school, dates in days.items()}
        held = {chain.school: (chain.blocks, [canonical(record) for record in _records(chain)]) for chain in self.schools}
        return told == held and all(_date(entry) >= self.sealed_to for entry in later)

    def _checked(self, watermark: str) -> str:
        upto = watermark[:10]
        if not is_day(upto):
            raise ValueError(f"`{watermark}` is not an instant or a date")
        if upto < self.sealed_to:
            raise ValueError(f"the chain is sealed to {self.sealed_to} already")
        return upto


def build_chain(records: Iterable[Entry], *, sealed_to: str, policies: Sequence[PolicyId] = (), key: bytes = b"") -> Iterator[bytes]:
    """A whole file from (school, record) pairs in the ledger's order, one date in memory at a time."""
    auditor = Auditor(tuple(policies))
    for date, day in groupby(records, key=_date):
        auditor, lines = auditor.add(day, date, key=key)
        yield from lines
    auditor, lines = auditor.add((), sealed_to, key=key)
    yield from lines
    yield from auditor.tail()


def running_digest(head: str, leaves: Iterable[str]) -> str:
    """What protects an open day: SHA-256 over its head's hash and its leaves in order. It is no root: the day can still grow."""
    return sha256(bytes.fromhex(head) + bytes.fromhex("".join(leaves))).hexdigest()


def end_digest(hashes: Iterable[str]) -> str:
    """SHA-256 over the hashes of all chain heads in order."""
    return sha256(bytes.fromhex("".join(hashes))).hexdigest()


def _stands(chain: SchoolChain, sealed_to: str) -> bool:
    """Whether a chain has sound parts: a head where it has blocks, and whole records of the open day."""
    head = _chain_head(chain, sealed_to, "")
    dates = {_date((chain.school, record)) for record in _records(chain)}
    return (head.blocks > 0) == (head.head != "") and dates <= {sealed_to} and bool(dates or head.blocks)


def _records(chain: SchoolChain) -> list[Record]:
    """The records of the open day."""
    lines = [read_line(n, line) for n, line in enumerate(chain.open)]
    found = [line.record for line in lines if isinstance(line, RecordLine) and line.sound and line.n == line.number]
    if len(found) < len(lines):
        raise ValueError("an open day has a damaged record")
    return found


def _date(entry: Entry) -> str:
    decided = entry[1].get("decided")
    if not isinstance(decided, str):
        raise ValueError("a record needs `decided`, an instant with its offset")
    return decided[:10]


def _days(auditor: Auditor, records: Iterable[Entry], upto: str, key: bytes) -> dict[tuple[str, str], list[bytes]]:
    """The record lines of each unsealed (date, school): what was open, then what is new."""
    days = {(auditor.sealed_to, chain.school): list(chain.open) for chain in auditor.schools if chain.open}
    salts: dict[str, bytes] = {}
    dates: set[str] = set()
    known = len(auditor.policies)
    for entry in records:
        school, record = entry
        date = _date(entry)
        if date not in dates:
            dates.add(_allowed(date, auditor.sealed_to, upto))
        who = whom(record)
        if who not in salts:
            salts[who] = salt(key, who)
        policy = record.get("policy")
        if policy is not None and not (type(policy) is int and 0 <= policy < known):
            raise ValueError(f"`policy` {policy!r} of a record is no place among {known} policies")
        lines = days.setdefault((date, school), [])
        lines.append(_line(record, len(lines), salts[who]))
    return days


def _allowed(date: str, since: str, upto: str) -> str:
    if not is_day(date):
        raise ValueError(f"a record was decided on `{date}`, which is no date")
    if not since <= date <= upto:
        raise ValueError(f"a record decided on {date} cannot enter a chain sealed to {since or 'no date'} that advances to {upto}")
    return date


def _line(record: Record, n: int, salt: bytes) -> bytes:
    body = canonical(record)
    return record_line(sha256(b"\x00" + salt + body).hexdigest(), n, body, salt.hex())


def _block(policies: tuple[PolicyId, ...], chain: SchoolChain, date: str, lines: Sequence[bytes]) -> BlockHead:
    leaves = [bytes.fromhex(leaf_of(line)) for line in lines]
    return BlockHead(
        school=chain.school, date=date, number=chain.blocks, policies=policies, previous=chain.head, size=len(lines), root=root(leaves).hex()
    )


def _open(auditor: Auditor, chain: SchoolChain) -> OpenHead:
    return OpenHead(
        school=chain.school, date=auditor.sealed_to, number=chain.blocks, policies=auditor.policies, previous=chain.head, size=len(chain.open)
    )


def _chain_head(chain: SchoolChain, sealed_to: str, running: str) -> ChainHead:
    return ChainHead(school=chain.school, blocks=chain.blocks, head=chain.head, open=running, sealed_to=sealed_to)
