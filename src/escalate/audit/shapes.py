"""What stands on each line of an audit file, and reading a line without ever raising.

A record's line is `{"leaf", "n", "record", "salt"}`. Every other line is `{KIND: {...}, "hash": ...}`, where KIND is
`block`, `open`, `chain` or `end` and the hash is the digest of the object beside it. A line counts only in its canonical
form with its newline, so a content has one spelling and no byte of a file is free to change.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any, ClassVar

import attrs
from attrs import field, frozen

from ..canonical import canonical, digest
from ..messages import Said, listed_of, said_by, say
from .merkle import leaf_hash

FORMAT = 1
HASH = re.compile("[0-9a-f]{64}")
SALT = re.compile("[0-9a-f]{32}")
RECORD_KEYS = {"leaf", "n", "record", "salt"}

Record = Mapping[str, object]
Check = Callable[[Any, Any, Any], None]


def _must(name: str, holds: Callable[[object], bool]) -> Check:
    """An attrs validator that refuses a value with a `ValueError` in words."""

    def check(_: object, attribute: Any, value: object) -> None:
        if not holds(value):
            raise ValueError(say("`{name}` is not {name2}", name=attribute.name, name2=name))

    return check


def is_day(value: object) -> bool:
    """Whether a value is a date such as `2025-11-03`."""
    try:
        return isinstance(value, str) and datetime.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def is_hash(value: object) -> bool:
    """Whether a value is a SHA-256 in lower-case hex."""
    return isinstance(value, str) and HASH.fullmatch(value) is not None


def is_salt(value: object) -> bool:
    """Whether a value is a salt in lower-case hex."""
    return isinstance(value, str) and SALT.fullmatch(value) is not None


_TEXT = _must("text", lambda value: isinstance(value, str))
_WHOLE = _must("a whole number", lambda value: type(value) is int and value >= 0)
_DAY = _must("a date", is_day)
_HASH = _must("a hash", is_hash)
_LINK = _must("a hash or empty", lambda value: value == "" or is_hash(value))
_VERSION = _must("text or a whole number", lambda value: type(value) in (str, int))


@frozen
class PolicyId:
    """One policy version that records point at: its name, version and digest (SHA-256 of the canonical resolved policy)."""

    name: str = field(validator=_TEXT)
    version: str | int = field(validator=_VERSION)
    digest: str = field(validator=_TEXT)


def _policies(value: Iterable[PolicyId | Mapping[str, Any]]) -> tuple[PolicyId, ...]:
    return tuple(each if isinstance(each, PolicyId) else PolicyId(**each) for each in value)


@frozen(kw_only=True)
class OpenHead:
    """The head of a school's last, partial day: its records are listed and not yet sealed, so it has no root.

    number: how many blocks of the school came before it. previous: the hash of the last of them, empty before the first.
    """

    KIND: ClassVar[str] = "open"
    school: str = field(validator=_TEXT)
    date: str = field(validator=_DAY)
    number: int = field(validator=_WHOLE)
    policies: tuple[PolicyId, ...] = field(converter=_policies)
    previous: str = field(validator=_LINK)
    size: int = field(validator=_WHOLE)


@frozen(kw_only=True)
class BlockHead(OpenHead):
    """The head of a sealed block: the records of one school and one local date under one Merkle root."""

    KIND: ClassVar[str] = "block"
    root: str = field(validator=_HASH)


@frozen(kw_only=True)
class ChainHead:
    """Where a school's chain stands: its number of blocks, the hash of the last, and the date before which all is sealed.

    open: the running digest of the open day's lines, empty when there is none.
    """

    KIND: ClassVar[str] = "chain"
    school: str = field(validator=_TEXT)
    blocks: int = field(validator=_WHOLE)
    head: str = field(validator=_LINK)
    open: str = field(validator=_LINK)
    sealed_to: str = field(validator=_DAY)


@frozen(kw_only=True)
class End:
    """The last line: how many chains there are, and the digest of their hashes."""

    KIND: ClassVar[str] = "end"
    chains: int = field(validator=_WHOLE)
    digest: str = field(validator=_HASH)
    format: int = field(validator=_must(f"{FORMAT}, the format that this version reads", lambda value: value == FORMAT and type(value) is int))
    sealed_to: str = field(validator=_DAY)


Head = OpenHead | BlockHead | ChainHead | End
HEADS: Mapping[str, type[Head]] = {"block": BlockHead, "chain": ChainHead, "end": End, "open": OpenHead}


@frozen
class RecordLine:
    """A record as it stands in a file: `n` is its place in its block, `number` that of its line.

    stored: the leaf hash beside the record; computed: the one that its bytes have.
    """

    number: int
    n: int
    record: Record
    salt: str
    stored: str
    computed: str

    @property
    def sound(self) -> bool:
        """Whether the record is what it was when it was written."""
        return self.stored == self.computed

    @property
    def about(self) -> str:
        """Which record this is, in its own words: subject, what and when it was decided."""
        words = (self.record.get(key) for key in ("subject", "what", "decided"))
        return " ".join(str(word) for word in words if word is not None)


@frozen
class HeadLine:
    """A head as it stands in a file, with the hash beside it and the one that its content has."""

    number: int
    head: Head
    stored: str
    computed: str

    @property
    def sound(self) -> bool:
        """Whether the head is what it was when it was written."""
        return self.stored == self.computed

    @property
    def about(self) -> str:
        """Which head this is: its kind, date and school."""
        words = (self.head.KIND, getattr(self.head, "date", ""), getattr(self.head, "school", ""))
        return " ".join(word for word in words if word)


@frozen
class Unreadable:
    """A line that is none of the shapes of this file, and why."""

    number: int
    reason: Said


Line = RecordLine | HeadLine | Unreadable


def whom(record: Record) -> str:
    """Whom a record is about: the student's id, or for a group its id behind a NUL, so that the two never share a salt."""
    student = record.get("student")
    return str(student) if student is not None else f"\0{record.get('group', '')}"


def plain(value: Any) -> dict[str, Any]:
    """A head as the plain values that are hashed."""
    values = attrs.asdict(value)
    return {name: list(part) if isinstance(part, tuple) else part for name, part in values.items()}


def head_hash(head: Head) -> str:
    """The hash of a head: of a sealed block, what the next block of the school names as `previous`."""
    return digest(plain(head))


def head_line(head: Head) -> bytes:
    """A head as a line of the file."""
    return canonical({head.KIND: plain(head), "hash": head_hash(head)}) + b"\n"


def record_line(leaf: str, n: int, record: bytes, salt: str) -> bytes:
    """A record as a line of the file, composed from its canonical bytes; the keys stand in canonical order."""
    return b'{"leaf":"%b","n":%d,"record":%b,"salt":"%b"}\n' % (leaf.encode(), n, record, salt.encode())


def leaf_of(line: bytes) -> str:
    """The leaf hash that a record's line carries, taken from its fixed place."""
    return line[9:73].decode()


def read_lines(text: bytes | Iterable[bytes]) -> Iterator[Line]:
    """Every line of a file, numbered from 1; damage is a value, never an exception."""
    lines = BytesIO(text) if isinstance(text, bytes) else text
    return (read_line(number, raw) for number, raw in enumerate(lines, 1))


def read_line(number: int, raw: bytes) -> Line:
    """One line, or what keeps it from being one."""
    if not raw.endswith(b"\n"):
        return Unreadable(number, say("the line does not end in a newline"))
    try:
        value = json.loads(raw.decode())
        if canonical(value) != raw[:-1]:
            return Unreadable(number, say("the line is not in canonical form"))
    except (ValueError, TypeError, RecursionError):
        return Unreadable(number, say("the line is not canonical JSON"))
    try:
        return _record(number, value, raw) if isinstance(value, dict) and set(value) == RECORD_KEYS else _head(number, value)
    except (ValueError, TypeError) as error:
        return Unreadable(number, say("the line is not one of an audit file: {why}", why=said_by(error)))


def _record(number: int, value: dict[str, Any], raw: bytes) -> RecordLine:
    leaf, n, record, salt = value["leaf"], value["n"], value["record"], value["salt"]
    if not (is_hash(leaf) and type(n) is int and n >= 0 and isinstance(record, dict)):
        raise ValueError(say("a record needs `leaf`, `n` and `record`"))
    if not is_salt(salt):
        raise ValueError(say("a record needs its `salt`"))
    # The line is canonical and its other values have fixed widths, so the record's own bytes can be cut out of it.
    body = raw[raw.index(b'"record":') + 9 : -len(b',"salt":""}\n') - 32]
    return RecordLine(number, n, record, salt, leaf, leaf_hash(body, bytes.fromhex(salt)).hex())


def _head(number: int, value: Any) -> HeadLine:
    kinds = [kind for kind in HEADS if isinstance(value, dict) and set(value) == {kind, "hash"}]
    if not kinds or not isinstance(value["hash"], str):
        raise ValueError(say("it is neither a record, a block, an open day, a chain nor the end"))
    head = read_head(HEADS[kinds[0]], value[kinds[0]])
    return HeadLine(number, head, value["hash"], digest(value[kinds[0]]))


def read_head(kind: type[Head], value: object) -> Head:
    """A head from plain values; a missing, unknown or ill-typed key is a `ValueError`."""
    names = {part.name for part in attrs.fields(kind)}
    if not isinstance(value, dict) or set(value) != names:
        raise ValueError(say("a {KIND} has the keys {listed}", KIND=kind.KIND, listed=listed_of(sorted(names))))
    try:
        head = kind(**value)
    except TypeError as error:
        raise ValueError(said_by(error)) from error
    if plain(head) != value:
        raise ValueError(say("a {KIND} is not written like this", KIND=kind.KIND))
    return head
