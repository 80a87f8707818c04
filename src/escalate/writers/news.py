"""What is new against an earlier run: the items that came, changed or are gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from .items import FIELDS, Row

__all__ = ["NEWS_FIELDS", "counted_news", "news_of"]

NEWS_FIELDS = ("change", "was", *FIELDS)
COMPARED = tuple(name for name in FIELDS if name not in ("id", "ground"))  # what the records are is the audit trail's, and asks nothing of anybody


def news_of(before: Iterable[Row], after: Iterable[Row]) -> Iterator[Row]:
    """The rows of items that one run had otherwise, or not at all, before another: each with its `change` and what `was`.

    `new`, `changed` and `gone`; what is gone comes last, as it stood. Rows: as `rows_of` gives them.
    """
    earlier = {row["id"]: row for row in before}
    for row in after:
        old = earlier.pop(row["id"], None)
        was: Row = {} if old is None else {name: old[name] for name in COMPARED if old[name] != row[name]}
        if old is None or was:
            yield {"change": "new" if old is None else "changed", "was": was, **row}
    for row in earlier.values():
        yield {"change": "gone", "was": {}, **row}


def counted_news(news: Iterable[Row]) -> Mapping[str, int]:
    """How many of each change there are."""
    found = Counter(str(row["change"]) for row in news)
    return {change: found[change] for change in ("new", "changed", "gone") if found[change]}
