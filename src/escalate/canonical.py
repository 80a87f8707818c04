"""One value, one spelling: the canonical bytes that are hashed and compared.

RFC 8785 (JSON Canonicalization Scheme), narrowed to the values that a ledger holds (SEMANTICS, section 10): dicts with
text keys, lists, texts, booleans, integers and fractions. No float and no null: a float would decide by rounding, and a
missing value is a missing key. An integer of 2^53 or more is written as text, because RFC 8785 reads numbers as doubles;
a fraction is the text `p/q` in lowest terms, and an integer when q is 1. Texts are taken as they are: NFC is the
parser's work.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from fractions import Fraction
from hashlib import sha256

__all__ = ["canonical", "digest"]

LIMIT = 2**53
MANY = 1_000_000  # parts of one value: beyond, or in a circle, the careful road is taken


def canonical(value: object) -> bytes:
    """The canonical bytes of a value; what has none is refused with its path, such as `$.readings[0].value`."""
    if is_plain(value):
        try:
            return _BY_CODE_POINT.encode(value).encode()
        except UnicodeEncodeError:
            pass  # a lone surrogate: the careful road below says where it stands
    return _AS_GIVEN.encode(prepared(value, "$")).encode()


def digest(value: object) -> str:
    """SHA-256 of the canonical bytes, in lower-case hex."""
    return sha256(canonical(value)).hexdigest()


def is_plain(value: object) -> bool:
    """Whether the standard encoder with sorted keys already writes what RFC 8785 asks for.

    It does, escapes included, unless a key lies beyond the BMP (it sorts by code points, RFC 8785 by UTF-16 code units),
    an integer is too large, or a type is none of ours.
    """
    # This runs for every record that is sealed, hence one loop without calls, and the keys checked all at once.
    keys: list[object] = []
    waiting = [value]
    for part in waiting:
        kind = type(part)
        if kind is dict:
            keys += part  # type: ignore[arg-type]  # a dict, by its type just asked
            inner: Iterable[object] = part.values()  # type: ignore[attr-defined]  # likewise
        elif kind is list or kind is tuple:
            inner = part  # type: ignore[assignment]  # a list or a tuple
        elif (kind is int and -LIMIT < part < LIMIT) or kind is str or kind is bool or kind is Fraction:  # type: ignore[operator]  # an int
            continue
        else:
            return False
        waiting += [each for each in inner if type(each) is not str]
        if len(waiting) > MANY:
            return False
    return _plain_keys(keys)


def _plain_keys(keys: Iterable[object]) -> bool:
    try:
        letters = "".join(keys)  # type: ignore[arg-type]  # refused below
    except TypeError:  # one of them is not text
        return False
    return letters.isascii() or max(letters) <= "\uffff"


def prepared(value: object, path: str) -> object:
    """The value with its keys in RFC 8785 order and its numbers as they are written, or a refusal that names the path."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(value, path)
    if isinstance(value, int):
        return _whole(int(value))
    if isinstance(value, Fraction):
        return _ratio(value)
    if isinstance(value, (list, tuple)):
        return [prepared(inner, f"{path}[{place}]") for place, inner in enumerate(value)]
    if isinstance(value, dict):
        keys = sorted((_key(key, path) for key in value), key=_code_units)
        return {key: prepared(value[key], f"{path}.{key}") for key in keys}
    raise TypeError(f"{path}: `{type(value).__name__}` has no canonical form")


def _key(key: object, path: str) -> str:
    if not isinstance(key, str):
        raise TypeError(f"{path}: the key `{key!r}` is not text")
    return _text(key, path)


def _text(value: str, path: str) -> str:
    try:
        return value.encode().decode()
    except UnicodeEncodeError:
        raise ValueError(f"{path}: {value!a} holds a lone surrogate") from None


def _code_units(key: str) -> bytes:
    return key.encode("utf-16-be")


def _whole(value: int) -> int | str:
    return value if -LIMIT < value < LIMIT else str(value)


def _ratio(value: Fraction) -> int | str:
    return _whole(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"


# `check_circular` is off for speed: `is_plain` and `prepared` walk the value first, and a circle ends there.
_BY_CODE_POINT = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), sort_keys=True, check_circular=False, default=_ratio
)
_AS_GIVEN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
