"""Whether blocks that are right by themselves are one chain a school, and the file all of its chains."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain as joined
from itertools import pairwise

from attrs import frozen

from ..messages import Said, say
from .chain import Fault
from .sealing import end_digest
from .shapes import BlockHead, ChainHead, End, HeadLine, OpenHead, Unreadable


@frozen
class Frame:
    """What is left of a segment once its records are checked.

    damaged: its unreadable lines. commitments: the roots, or running digests, that its records can have.
    """

    opening: HeadLine | None
    damaged: tuple[Unreadable, ...]
    commitments: frozenset[str]


@frozen
class Skeleton:
    """The heads of a file in its order.

    heads: those that are unchanged, with their commitments. doubts: the lines that are not, in whose neighbourhood a
    missing head is explained.
    """

    heads: tuple[tuple[HeadLine, frozenset[str]], ...]
    doubts: tuple[int, ...]
    last: int

    def doubtful(self, after: int, before: int) -> bool:
        """Whether a damaged line stands between two lines."""
        return any(after < line < before for line in self.doubts)


@frozen
class Link:
    """One head of a school, the number and hash that it should continue with, and the line of what it continues."""

    line: HeadLine
    head: OpenHead | ChainHead
    number: int
    previous: str
    came_from: int


def linkage_faults(frames: Sequence[Frame], roots: Iterable[str]) -> Iterator[Fault]:
    """What is wrong between the heads of a file, and with the roots that were kept elsewhere."""
    skeleton = _skeleton(frames)
    yield from joined.from_iterable(check(skeleton) for check in CHECKS)
    yield from kept_roots_stand_in_the_chain(skeleton, roots)


def _skeleton(frames: Sequence[Frame]) -> Skeleton:
    openings = [(frame.opening, frame.commitments) for frame in frames if frame.opening]
    unreadable = [line.number for frame in frames for line in frame.damaged]
    heads = tuple((line, found) for line, found in openings if line.sound)
    doubts = sorted([*unreadable, *(line.number for line, _ in openings if not line.sound)])
    last = max([0, *unreadable, *(line.number for line, _ in openings)])
    return Skeleton(heads, tuple(doubts), last)


def heads_stand_in_order(skeleton: Skeleton) -> Iterator[Fault]:
    """Blocks by date and school, then open days, chain heads and the end: one order, so one file for one content."""
    for (before, _), (line, _) in pairwise(skeleton.heads):
        if before.head == line.head:
            yield _fault(line, "head-twice", say("this line stands twice"))
        elif _place(line) <= _place(before):
            yield _fault(line, "head-moved", say("this line belongs before line {number}", number=before.number))


def blocks_continue_each_other(skeleton: Skeleton) -> Iterator[Fault]:
    """Each block names the hash and has the number after that of the block before it in its school."""
    for link in _links(skeleton):
        head = link.head
        if isinstance(head, ChainHead):
            continue
        if (head.number, head.previous) != (link.number, link.previous) and not skeleton.doubtful(link.came_from, link.line.number):
            yield _fault(link.line, "block-missing", _break(head.number, link.number))


def chain_heads_fit(skeleton: Skeleton) -> Iterator[Fault]:
    """A chain head names the last block of its school, and how many there are."""
    for link in _links(skeleton):
        head = link.head
        if not isinstance(head, ChainHead) or skeleton.doubtful(link.came_from, link.line.number):
            continue
        if (head.blocks, head.head) != (link.number, link.previous):
            message = say(
                "this chain was written with {blocks} blocks, and the last of the {number} above is not its head", blocks=head.blocks, number=link.number,
            )
            yield _fault(link.line, "chain-broken", message)


def every_school_has_its_chain_head(skeleton: Skeleton) -> Iterator[Fault]:
    """A school with blocks and without a chain head."""
    for link in _last_links(skeleton):
        if not isinstance(link.head, ChainHead) and not skeleton.doubtful(link.line.number, skeleton.last + 1):
            yield _fault(link.line, "chain-missing", say("the chain head of this school is missing"))


def open_days_are_unchanged(skeleton: Skeleton) -> Iterator[Fault]:
    """An open day is protected by its running digest in the chain head."""
    opens = {line.head.school: (line, found) for line, found in skeleton.heads if isinstance(line.head, OpenHead) and _is_open(line)}
    for line, _ in skeleton.heads:
        head = line.head
        if not isinstance(head, ChainHead):
            continue
        day, found = opens.get(head.school, (None, frozenset()))
        if day and found and head.open not in found:
            yield _fault(day, "open-mismatch", say("the records of this open day are not those that its chain head was written for"))
        if not day and head.open and not skeleton.doubtful(0, line.number):
            yield _fault(line, "open-missing", say("the open day of this school is missing"))


def dates_fit_the_seal(skeleton: Skeleton) -> Iterator[Fault]:
    """Blocks lie before `sealed_to`, open days on it, and all chains of a file are sealed to one date."""
    ends = [line.head.sealed_to for line, _ in skeleton.heads if isinstance(line.head, End)]
    for line, _ in skeleton.heads if ends else ():
        head = line.head
        if isinstance(head, BlockHead) and head.date >= ends[-1]:
            yield _fault(line, "wrong-day", say("the chain is sealed to {ends} only", ends=ends[-1]))
        if _is_open(line) and isinstance(head, OpenHead) and head.date != ends[-1]:
            yield _fault(line, "wrong-day", say("an open day is the day {ends} that the chain is sealed to", ends=ends[-1]))
        if isinstance(head, ChainHead) and head.sealed_to != ends[-1]:
            yield _fault(line, "wrong-day", say("the file is sealed to {ends}", ends=ends[-1]))


def the_end_names_all_chains(skeleton: Skeleton) -> Iterator[Fault]:
    """The last line counts the chains and carries the digest of their hashes, so that no school can be left out."""
    ends = [(line, line.head) for line, _ in skeleton.heads if isinstance(line.head, End)]
    if not ends and not (skeleton.doubts and skeleton.doubts[-1] == skeleton.last):
        yield Fault(skeleton.last + 1, "end-missing", "", say("the file ends before its end line"))
    chains = [line for line, _ in skeleton.heads if isinstance(line.head, ChainHead)]
    found = end_digest(line.stored for line in chains)
    for line, end in ends:
        if (end.chains != len(chains) or end.digest != found) and not skeleton.doubtful(0, line.number):
            yield _fault(
                line, "chain-missing",
                say("the file was written with {chains} chains, and the {len} above are not those", chains=end.chains, len=len(chains)),
            )


CHECKS: tuple[Callable[[Skeleton], Iterator[Fault]], ...] = (
    heads_stand_in_order,
    blocks_continue_each_other,
    chain_heads_fit,
    every_school_has_its_chain_head,
    open_days_are_unchanged,
    dates_fit_the_seal,
    the_end_names_all_chains,
)


def kept_roots_stand_in_the_chain(skeleton: Skeleton, roots: Iterable[str]) -> Iterator[Fault]:
    """A root that was kept elsewhere and is the hash of no block: the chain was written anew since."""
    blocks = {line.stored for line, _ in skeleton.heads if isinstance(line.head, BlockHead)}
    for kept in roots:
        if kept.strip().lower() not in blocks:
            yield Fault(skeleton.last, "root-unknown", "", say("the kept root `{kept}` is the hash of no block in this file", kept=kept))


def _links(skeleton: Skeleton) -> Iterator[Link]:
    """Every head of a school with what it should continue."""
    stand: dict[str, tuple[int, str, int]] = {}
    for line, _ in skeleton.heads:
        if isinstance(line.head, End):
            continue
        number, previous, came_from = stand.get(line.head.school, (0, "", 0))
        yield Link(line, line.head, number, previous, came_from)
        if isinstance(line.head, BlockHead):
            stand[line.head.school] = (line.head.number + 1, line.stored, line.number)


def _last_links(skeleton: Skeleton) -> Iterable[Link]:
    return {link.head.school: link for link in _links(skeleton)}.values()


def _place(line: HeadLine) -> tuple[int, str, str]:
    head = line.head
    if isinstance(head, End):
        return 3, "", ""
    if isinstance(head, ChainHead):
        return 2, "", head.school
    return (0, head.date, head.school) if isinstance(head, BlockHead) else (1, "", head.school)


def _is_open(line: HeadLine) -> bool:
    return isinstance(line.head, OpenHead) and not isinstance(line.head, BlockHead)


def _break(number: int, expected: int) -> Said:
    if number > expected + 1:
        return say("blocks {expected} to {number} of this school are missing before this one", expected=expected, number=number - 1)
    if number > expected:
        return say("block {expected} of this school is missing before this one", expected=expected)
    if not expected:
        return say("the first block of a school continues none")
    return say("this block does not continue block {expected} of its school", expected=expected - 1)


def _fault(line: HeadLine, kind: str, message: Said) -> Fault:
    return Fault(line.number, kind, line.about, message)
