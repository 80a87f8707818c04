"""JSON Lines as lines and cells: one object a line, its values as the texts that a CSV file would hold."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

from ..messages import said_by, say
from .tables import LINE_LIMIT, Fault, Line
from .texts import check_readable, composed, decoded


def read_objects(path: str | os.PathLike[str], names: list[str], quiet: bool = False) -> Iterator[Line]:
    """Every line that is not blank, its values in the order of the names; a key that is none of them is noted once."""
    name = os.fspath(path)
    check_readable(name)
    return _read(name, names, quiet)


def _read(name: str, names: list[str], quiet: bool) -> Iterator[Line]:
    known = set(names)
    with open(name, "rb") as file:
        for number, raw in enumerate(file, 1):
            if number == 1:
                raw = decoded(raw, name).encode()
            if not raw.strip():
                continue
            text, value = _value(raw)
            if isinstance(value, Fault):
                yield number, text, value
                continue
            if not quiet:
                for key in value:
                    if key not in known:
                        known.add(key)
                        yield (
                            number,
                            text,
                            Fault("unknown-column", say("key `{key}` is not one of an event's and is left out", key=key), kept=True),
                        )
            yield number, text, _cells(value, names)


def _value(raw: bytes) -> tuple[str, dict[str, object] | Fault]:
    try:
        text = composed(raw.decode()).rstrip("\r\n")
    except UnicodeDecodeError as error:
        return raw.decode("utf-8", "replace").rstrip("\r\n"), Fault("not-utf8", say("the row is not UTF-8"), error.start + 1)
    if len(text) > LINE_LIMIT:
        return text, Fault("too-long", say("the row is longer than {LINE_LIMIT:,} characters", LINE_LIMIT=LINE_LIMIT), LINE_LIMIT + 1)
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        return text, Fault("bad-json", say("the row is not JSON: {msg}", msg=error.msg.lower()), error.colno)
    except (_Odd, RecursionError) as error:
        return text, Fault("bad-json", said_by(error) or say("the row is nested too deeply"))
    return text, value if isinstance(value, dict) else Fault("bad-json", say("the row is not an object"))


class _Odd(Exception):
    """JSON that cannot be an event."""


def _cells(value: dict[str, object], names: list[str]) -> list[str] | Fault:
    try:
        return [_text(name, value[name]) if name in value else "" for name in names]
    except _Odd as error:
        return Fault("bad-value", said_by(error))


def _text(name: str, value: object) -> str:
    if isinstance(value, str):
        if "\0" in value or any("\ud800" <= char <= "\udfff" for char in value):
            raise _Odd(say("`{name}` holds a character that is none", name=name))
        return composed(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "+".join(_text(name, item) for item in value)
    raise _Odd(say("`{name}` is neither text, number, truth nor a list of texts", name=name))


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(key for place, (key, _) in enumerate(pairs) if any(key == other for other, _ in pairs[:place]))
        raise _Odd(say("`{twice}` stands twice", twice=twice))
    return found


def _constant(text: str) -> object:
    raise _Odd(say("`{text}` is not JSON", text=text))


# Numbers stay the text that was written: 0.10 is not 0.1, and a long id is not rounded.
_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_float=str, parse_int=str, parse_constant=_constant)
