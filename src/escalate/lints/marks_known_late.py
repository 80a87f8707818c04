"""More than one session in twenty of which the first mark was known only after the close of its day.

Asked of a run's folder. What is not known at the close cannot be decided at the close: the first day away is seen on the second. A
later mark that corrects an earlier one is not counted, nor a mark that stands for a session which a file did not list.

## The child behind it

The class teacher enters the week's absences on Friday afternoon. On Friday the three-day stage fires for a child who has been gone since Monday.

## Found

```json
{"counts": {"marks": {"sessions": 400, "after_close": 60, "entered_again": 0}}}
```

## Mended

```json
{"counts": {"marks": {"sessions": 400, "after_close": 20, "entered_again": 0}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..messages import say
from ..source import Problem
from .rule import Rule, Run

LIMIT = Fraction(5, 100)


def in_run(run: Run) -> Iterator[Problem]:
    """One finding for the whole run."""
    late, known = run.marks["after_close"], run.marks["sessions"]
    if known and Fraction(late, known) > LIMIT:
        message = say(
            "of {late:,} of {known:,} sessions ({late2}%) the first mark was known after the close of its day", late=late, known=known,
            late2=late * 100 // known,
        )
        yield RULE.found(message, None, say("have marks entered on the day, or let the day close later (`day: {{closes: ...}}`)"))


RULE = Rule("marks-known-late", "warning", __doc__, in_run=in_run)
