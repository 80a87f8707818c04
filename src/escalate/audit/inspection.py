"""Inspection: every way in which a file is not what was sealed, each named by its line.

Three rounds. A line whose own hash is wrong was changed. A block whose lines are right by themselves may lack one, hold one
too many, or hold them in another order; its root says so. Blocks that are right by themselves may not be one chain.
A fault that another one already explains (the gap beside a damaged line) is not reported twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain as joined

from ..messages import Said, say
from .chain import Fault, Segment, segments, unreadable
from .linkage import Frame, linkage_faults
from .merkle import root, salt
from .sealing import running_digest
from .shapes import BlockHead, OpenHead, RecordLine, Unreadable, read_lines, whom


def verify(text: bytes | Iterable[bytes], *, key: bytes | None = None, roots: Iterable[str] = ()) -> list[Fault]:
    """Everything that is wrong with a file, in its order; empty when it is whole.

    text: the file's bytes, or its lines with their newlines (an open file), of which one block at a time is held.
    key: the ledger key, where it is at hand; it shows that each salt was made with it. roots: hashes of blocks that
    were kept elsewhere, each of which must stand in the chain.
    """
    frames: list[Frame] = []
    faults: list[Fault] = []
    foreign: list[Fault] = []
    records = 0
    for segment in segments(read_lines(text)):
        found = commitments(segment)
        frames.append(Frame(segment.opening, segment.damaged, found))
        faults += joined.from_iterable(check(segment) for check in SEGMENT_CHECKS)
        faults += root_matches(segment, found)
        if key is not None:
            foreign += salts_are_of_the_key(segment, key)
        records += len(segment.records)
    faults += linkage_faults(frames, roots)
    return sorted({*faults, *_gathered(foreign, records)})


def lines_can_be_read(segment: Segment) -> Iterator[Fault]:
    """A line that cannot be read."""
    return (unreadable(line) for line in segment.damaged)


def heads_are_unchanged(segment: Segment) -> Iterator[Fault]:
    """A head whose content no longer has the hash beside it."""
    line = segment.opening
    if line and not line.sound:
        yield Fault(line.number, "head-changed", line.about, say("this line does not have the hash that stands in it"))


def records_are_unchanged(segment: Segment) -> Iterator[Fault]:
    """A record that no longer has the leaf hash beside it."""
    for line in segment.records:
        if not line.sound:
            yield _fault(line, "record-changed", say("this record does not have the leaf hash that stands beside it"))


def records_have_a_head(segment: Segment) -> Iterator[Fault]:
    """Records whose block head is missing, or that stand after a chain head."""
    opening = segment.opening
    if segment.records and not segment.explained and not (opening and isinstance(opening.head, OpenHead)):
        yield _fault(segment.records[0], "head-missing", say("the head of the block that starts here is missing"))


def records_are_numbered(segment: Segment) -> Iterator[Fault]:
    """Records missing, added, twice, or in another order."""
    head = segment.head
    if head and head.size == len(segment.records) and not segment.damaged:
        return _moved(segment.records)
    return _gaps(segment, head)


def records_fit_their_head(segment: Segment) -> Iterator[Fault]:
    """A record of another day than its block, or one that points at no policy of its head."""
    head = segment.head
    for line in segment.records if head else ():
        policy = line.record.get("policy")
        if head and line.sound and str(line.record.get("decided"))[:10] != head.date:
            yield _fault(line, "wrong-day", say("this record stands in a block of {date}", date=head.date))
        if head and line.sound and policy is not None and not (type(policy) is int and 0 <= policy < len(head.policies)):
            yield _fault(line, "unknown-policy", say("the head of its block has no policy {policy!r}", policy=policy))


SEGMENT_CHECKS: tuple[Callable[[Segment], Iterator[Fault]], ...] = (
    lines_can_be_read,
    heads_are_unchanged,
    records_are_unchanged,
    records_have_a_head,
    records_are_numbered,
    records_fit_their_head,
)


def root_matches(segment: Segment, found: frozenset[str]) -> Iterator[Fault]:
    """A block whose records, each right by itself, are not those that were sealed."""
    head, opening = segment.head, segment.opening
    if opening and isinstance(head, BlockHead) and found and head.root not in found:
        message = say("the records under this head are not those that were sealed, though each has the leaf hash beside it")
        yield Fault(opening.number, "root-mismatch", opening.about, message)


def salts_are_of_the_key(segment: Segment, key: bytes) -> Iterator[Fault]:
    """A record whose salt was not made with the key."""
    for line in segment.records:
        if line.salt != salt(key, whom(line.record)).hex():
            yield _fault(line, "other-key", say("the salt of this record was not made with the key that was given"))


def commitments(segment: Segment) -> frozenset[str]:
    """Every root (of an open day: running digest) that the records can have, none where one of them is missing.

    A changed line is a fault by itself, so it is given the benefit of the doubt here: its stored or its computed leaf
    may be the right one, its place in the file or its number.
    """
    head, records = segment.head, segment.records
    if not (head and segment.opening) or len(records) != head.size or segment.damaged:
        return frozenset()
    orders = [records, sorted(records, key=_number)] if _misnumbered(records) else [records]
    leaves = {tuple(line.stored for line in order) for order in orders} | {tuple(line.computed for line in order) for order in orders}
    if isinstance(head, BlockHead):
        return frozenset(root([bytes.fromhex(leaf) for leaf in each]).hex() for each in leaves)
    opening = segment.opening
    return frozenset(running_digest(opening.computed, each) for each in leaves)


def _misnumbered(records: Sequence[RecordLine]) -> bool:
    return any(line.n != place for place, line in enumerate(records))


def _number(line: RecordLine) -> int:
    return line.n


def _moved(records: Sequence[RecordLine]) -> Iterator[Fault]:
    """As many records as there should be: each must stand at its own number."""
    for place, line in enumerate(records):
        if line.n != place:
            yield _fault(line, "record-moved", say("this is record {n} of its block and stands where record {place} should", n=line.n, place=place))


def _gaps(segment: Segment, head: OpenHead | None) -> Iterator[Fault]:
    """Walk the numbers; a gap beside an unreadable line is that line's."""
    expected, doubt = 0, False
    for line in segment.lines:
        if isinstance(line, Unreadable):
            doubt = True
            continue
        if line.n > expected and not doubt:
            yield _fault(line, "record-missing", say("{span} missing before this one", span=_span(expected, line.n - 1)))
        if line.n < expected:
            yield _fault(line, "record-added", say("record {n} of this block stands above already, or belongs there", n=line.n))
        elif head and line.n >= head.size:
            yield _fault(line, "record-added", say("the block was made of {size} records, and this is one more", size=head.size))
        expected, doubt = max(expected, line.n + 1), False
    if head and segment.opening and expected < head.size and not doubt:
        last = segment.records[-1] if segment.records else segment.opening
        yield Fault(last.number, "record-missing", last.about, say("{span} missing after this one", span=_span(expected, head.size - 1)))


def _span(first: int, last: int) -> Said:
    return say("record {first} is", first=first) if first == last else say("records {first} to {last} are", first=first, last=last)


def _fault(line: RecordLine, kind: str, message: Said) -> Fault:
    return Fault(line.number, kind, line.about, message)


def _gathered(foreign: Sequence[Fault], records: int) -> Sequence[Fault]:
    """Where no record has the key's salt the key is another one, which is said once."""
    if len(foreign) < max(records, 2):
        return foreign
    return [Fault(foreign[0].line, "other-key", "", say("no record was salted with the key that was given"))]
