"""Which headings of a table may be the columns that it lacks: asked only to say so, never to read one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..language import closest
from ..synonyms import CALLED, called

COLUMNS = frozenset(word for words in CALLED["columns"].values() for word in words)


def likely(missing: Mapping[str, str], header: Iterable[str], *, spelt: bool = False) -> dict[str, str]:
    """For each column that a table lacks the heading of it that may be that column, where there is one; none stands for two.

    missing: each by the name under which it is sought, and which of our columns it is. spelt: a heading that is only nearly
    spelt like a column may be that column too.
    """
    free = [heading for heading in dict.fromkeys(header) if heading]
    found: dict[str, str] = {}
    for name, ours in missing.items():
        as_called = next((one for one in free if called(one.replace("_", " "), [ours], "columns")), "")
        heading = as_called or (closest(name, [one for one in free if one not in COLUMNS]) if spelt else "")
        if heading:
            found[name] = heading
            free.remove(heading)
    return found
