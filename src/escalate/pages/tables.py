"""Tables of a page: columns in which nothing stands are left out, and on a narrow screen each cell is told by its head."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from ..phrases import Phrases
from ..phrases.table import clock
from .tags import Html, escaped, joined, tag

WHOLE = 6  # rows of a table that no page of paper cuts
BREAK = Html("<wbr>")
JOINTS = re.compile("(?<=[/+])")
FULL = re.compile("(?=（)")
BRACKETED = re.compile(r"(\([^()]{,30}\))")


def listed(heads: Sequence[str], rows: Sequence[Sequence[str]], classes: Sequence[str | None] = (), *, small: bool = False) -> Html:
    """Rows of cells below their heads, each row with its class. small: only as wide as what it holds."""
    used = [n for n in range(len(heads)) if any(row[n] for row in rows)]
    top = tag("tr", *(tag("th", heads[n]) for n in used))
    pairs = zip(rows, classes or [None] * len(rows), strict=True)
    body = [tag("tr", *(tag("td", row[n], data_head=heads[n]) for n in used), class_=class_) for row, class_ in pairs]
    table = tag("table", tag("thead", top), Html("\n"), tag("tbody", joined(body, "\n")), class_=f"listed{' small' if small else ''}")
    return tag("div", table, class_="wide together" if len(rows) <= WHOLE else "wide")


def when(text: str, phrases: Phrases, year: int | None = None) -> Html:
    """A day or an instant as a record holds it: the date whole, and the clock whole below or beside it; without its year where that is `year`."""
    if not text:
        return Html("")
    return apart(phrases.day(datetime.date.fromisoformat(text[:10]), year), clock(text) if len(text) > 10 else "")


def apart(*texts: str) -> Html:
    """Texts each of which stays whole; what stands in full brackets behind one may stand below it."""
    return joined([joined([tag("span", part, class_="whole") for part in FULL.split(text)], BREAK) for text in texts if text], " ")


def named(text: str) -> Html:
    """Who it is, names in brackets whole."""
    return joined([tag("span", part, class_="whole") if part.startswith("(") else Html(escaped(part)) for part in BRACKETED.split(text)])


def ident(text: str) -> Html:
    """An id, which breaks after a `/` or a `+` only."""
    return tag("span", joined([Html(escaped(part)) for part in JOINTS.split(text)], BREAK), class_="id")
