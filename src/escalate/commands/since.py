"""`escalate run --since`: the earlier run against which a run says what is new."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import field, frozen

from ..messages import say
from ..readers.folder import read_run, read_written_items
from ..readers.inputs import Input, digest_of
from ..reports.caveats import Caveat
from ..times import Instant, Zone
from ..writers.items import Row
from ..writers.news import counted_news, news_of
from . import Misuse


@frozen
class Earlier:
    """An earlier run: its folder as it was named, up to when it went (empty where there is none yet), its items, and what was read of it."""

    folder: str
    until: str = ""
    rows: tuple[Row, ...] = field(default=(), repr=False)
    inputs: tuple[Input, ...] = ()


@frozen
class News:
    """What is new since an earlier run."""

    earlier: Earlier
    rows: tuple[Row, ...] = field(repr=False)

    def values(self) -> Mapping[str, Any]:
        """What `run.json` says of it: up to when the earlier run went, and how many of each change."""
        return {"since": self.earlier.until, "news": counted_news(self.rows)}

    def caveats(self, zone: Zone) -> Sequence[Caveat]:
        """That there was no run yet; that items are gone which were perhaps sent."""
        if not self.earlier.until:
            return [Caveat("no-earlier", {"folder": os.path.basename(os.path.normpath(self.earlier.folder))})]
        gone = counted_news(self.rows).get("gone", 0)
        since = zone.local(_instant(self.earlier.until))
        return [Caveat("gone", {"n": gone, "since": f"{since:%Y-%m-%d %H:%M}"})] if gone else []


def earlier_run(folder: str, until: Instant) -> Earlier:
    """The run of a folder; none where there is no such folder yet. Refuses what no run left, and a run that reached further than `until`."""
    if not os.path.lexists(folder):
        return Earlier(folder)
    rows = read_written_items(folder)
    before = str(read_run(folder)["until"])
    if _instant(before) > until:
        raise Misuse(say("--since: the run in `{folder}` went up to {before}, further than this one", folder=folder, before=before))
    return Earlier(folder, before, tuple(rows), (digest_of("since", os.path.join(folder, "items.jsonl")),))


def news_since(earlier: Earlier, rows: Sequence[Row]) -> News:
    """What the rows of a run hold that the earlier one's did not."""
    return News(earlier, tuple(news_of(earlier.rows, rows)))


def _instant(text: str) -> Instant:
    return int(datetime.datetime.fromisoformat(text).timestamp())
