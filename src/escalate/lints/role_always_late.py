"""A role all of whose items were late.

Asked of a run's folder, of roles with five or more items that were done or fell overdue, joint items for each of their roles. Not counted are
items that were cancelled before they were overdue, withdrawn or recalled, those without a due, and those whose due was past when they were issued.

## The child behind it

It may be one tired person, or a due that nobody can keep, or work that is done and recorded nowhere. In all three the next stage no longer
means what it says.

## Found

```jsonl
{"by": ["principal"], "due": "2025-11-04", "status": "done late", "overdue_at": "2025-11-05T00:00:00+08:00", "note": ""}
{"by": ["principal"], "due": "2025-11-05", "status": "overdue", "overdue_at": "2025-11-06T00:00:00+08:00", "note": ""}
{"by": ["principal"], "due": "2025-11-06", "status": "overdue", "overdue_at": "2025-11-07T00:00:00+08:00", "note": ""}
{"by": ["principal"], "due": "2025-11-07", "status": "done late", "overdue_at": "2025-11-08T00:00:00+08:00", "note": ""}
{"by": ["principal"], "due": "2025-11-10", "status": "overdue", "overdue_at": "2025-11-11T00:00:00+08:00", "note": ""}
```

## Mended

```jsonl
{"by": ["principal"], "due": "2025-11-04", "status": "done late", "overdue_at": "2025-11-05T00:00:00+08:00", "note": ""}
{"by": ["principal"], "due": "2025-11-05", "status": "done", "overdue_at": "", "note": ""}
{"by": ["principal"], "due": "2025-11-06", "status": "done", "overdue_at": "", "note": ""}
{"by": ["principal"], "due": "2025-11-07", "status": "done late", "overdue_at": "2025-11-08T00:00:00+08:00", "note": ""}
{"by": ["principal"], "due": "2025-11-10", "status": "done", "overdue_at": "", "note": ""}
```
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..messages import say
from ..source import Problem
from .rule import Rule, Run

FEWEST = 5
NOT_COUNTED = ("withdrawn", "recall")


def in_run(run: Run) -> Iterator[Problem]:
    """A finding for each such role, by name."""
    all_of_them: Counter[str] = Counter()
    late: Counter[str] = Counter()
    for item in run.items:
        was_late = bool(item["overdue_at"])
        if item["due"] and item["note"] != "already past" and item["status"] not in NOT_COUNTED and (was_late or item["status"] == "done"):
            all_of_them.update(item["by"])
            late.update(item["by"] if was_late else ())
    for role, n in sorted(all_of_them.items()):
        if n >= FEWEST and late[role] == n:
            help = say("ask what is in the way: the due, the person, or how work is recorded")
            yield RULE.found(say("all {n:,} items of `{role}` that were done or fell overdue were late", n=n, role=role), None, help)


RULE = Rule("role-always-late", "warning", __doc__, in_run=in_run)
