"""How a key may be written: the one place where a second spelling of it is added."""

from __future__ import annotations


def spellings(key: str) -> tuple[str, ...]:
    """Every way to write a key, the one of the tables first."""
    return (key,)
