"""How a key may be written: the one place where a second spelling of it is added."""

from __future__ import annotations


def spellings(key: str, thing: str) -> tuple[str, ...]:
    """Every way to write a key of a thing, the one of the tables first; in another thing the same key may be written otherwise."""
    del thing  # in one language they are written alike
    return (key,)
