"""The ledger key: a secret in a file of its own, which no other file repeats."""

from __future__ import annotations

from ..messages import say
from ..source import Problem, Refused
from .texts import read_bytes

SHORTEST = 16


def read_key(path: str | None) -> bytes:
    """The bytes of a key file without the line end after them; no file, no key. One that is too short to keep a secret is `Refused`."""
    if path is None:
        return b""
    key = read_bytes(path).rstrip(b"\r\n")
    if len(key) < SHORTEST:
        help = say("make one: python -c 'import secrets; print(secrets.token_hex(32))' > ledger.key")
        raise Refused([Problem(
            "short-key", say("the key in `{path}` has {len} bytes, fewer than {SHORTEST}", path=path, len=len(key), SHORTEST=SHORTEST), help=help,
        )])
    return key
