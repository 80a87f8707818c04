"""A file cut into what belongs together: one head and the lines under it.

Reading is forgiving, so that one damaged line never hides what its neighbours say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from ..messages import Said, say
from .merkle import salt
from .shapes import BlockHead, HeadLine, Line, OpenHead, Record, RecordLine, Unreadable, read_lines, whom

GUESSABLE = say("the chain was made without a key: whoever holds a proof can guess the record behind a sibling's hash")


@frozen(order=True)
class Fault:
    """What is wrong with a file: the line, a kebab-case kind, which record or head it is, and the message."""

    line: int
    kind: str
    about: str
    message: Said

    def __str__(self) -> str:
        return f"line {self.line}: {self.about}{': ' if self.about else ''}{self.message} [{self.kind}]"


@frozen
class Segment:
    """A head and the lines under it, up to the next head.

    opening: None where the head is missing or cannot be read. explained: whether an unreadable line stands where it should.
    """

    opening: HeadLine | None
    lines: tuple[RecordLine | Unreadable, ...]
    explained: bool = False

    @property
    def records(self) -> tuple[RecordLine, ...]:
        """The records under the head."""
        return tuple(line for line in self.lines if isinstance(line, RecordLine))

    @property
    def damaged(self) -> tuple[Unreadable, ...]:
        """The lines under the head that cannot be read."""
        return tuple(line for line in self.lines if isinstance(line, Unreadable))

    @property
    def head(self) -> OpenHead | None:
        """The head of a block or an open day, where it is there and unchanged."""
        opening = self.opening
        return opening.head if opening and opening.sound and isinstance(opening.head, OpenHead) else None


@frozen
class Chain:
    """A whole file as it was read: the chains of all its schools."""

    segments: tuple[Segment, ...]

    @property
    def records(self) -> tuple[tuple[Segment, RecordLine], ...]:
        """Every record with the block that it stands in, in the file's order; `prove` counts them from 0."""
        return tuple((segment, line) for segment in self.segments for line in segment.records)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The lines that cannot be read, and why; what else is wrong is for `verify` to say."""
        return tuple(unreadable(line) for segment in self.segments for line in segment.damaged)

    @property
    def cautions(self) -> tuple[str, ...]:
        """What a report on this chain must say beside its faults."""
        keyless = any(is_keyless(line.record, line.salt) for _, line in self.records)
        opens = [head for head in (segment.head for segment in self.segments) if head and not isinstance(head, BlockHead)]
        unsealed = (say("{n} records of {date} in school `{school}` are not sealed yet", n=head.size, date=head.date, school=head.school) for head in opens)
        return (*((GUESSABLE,) if keyless else ()), *unsealed)


def parse_chain(text: bytes) -> Chain:
    """The chain in a file's bytes; never raises, damage stands in `Chain.faults`."""
    return Chain(tuple(segments(read_lines(text))))


def unreadable(line: Unreadable) -> Fault:
    """The fault of a line that cannot be read."""
    return Fault(line.number, "unreadable", "", line.reason)


def is_keyless(record: Record, shown: str) -> bool:
    """Whether a record's salt was made without a key, so that anyone can make it."""
    return shown == salt(b"", whom(record)).hex()


def segments(lines: Iterable[Line]) -> Iterator[Segment]:
    """Cut a file at its heads, and where a record 0 follows a full block without a head."""
    opening: HeadLine | None = None
    under: list[RecordLine | Unreadable] = []
    before: Line | None = None
    for line in lines:
        headless = _starts_headless(opening, under, line)
        if headless or isinstance(line, HeadLine):
            if opening or under:
                yield _segment(opening, under, before)
            before = under[-1] if under else None
            opening, under = (line, []) if isinstance(line, HeadLine) else (None, [line])
        else:
            under.append(line)
    if opening or under:
        yield _segment(opening, under, before)


def _segment(opening: HeadLine | None, under: list[RecordLine | Unreadable], before: Line | None) -> Segment:
    explained = isinstance(before, Unreadable) or (bool(under) and isinstance(under[0], Unreadable))
    return Segment(opening, tuple(under), explained)


def _starts_headless(opening: HeadLine | None, under: list[RecordLine | Unreadable], line: Line) -> bool:
    """A second record 0, other than the first twice, is where a head was lost, unless its block is still short of records."""
    if not (isinstance(line, RecordLine) and line.n == 0):
        return False
    first = next((each for each in under if isinstance(each, RecordLine)), None)
    if first is None or (first.n, first.stored, first.record) == (line.n, line.stored, line.record):
        return False
    return not (opening and isinstance(opening.head, OpenHead)) or len(under) >= opening.head.size
