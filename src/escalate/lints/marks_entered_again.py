"""Marks that were declared void and entered again.

Asked of a run's folder. A mark that was wrong is corrected by a later mark for the same session: the record then says who was taken for
what, and from when on. A `void` says that the mark never was; with a new mark in its place the trail shows two strangers instead of one correction.

## The child behind it

The mother asks why a letter came on the fifth. The mark that sent it is void, and the one that stands says that her son was ill.

## Found

```json
{"counts": {"marks": {"sessions": 400, "after_close": 0, "entered_again": 12}}}
```

## Mended

```json
{"counts": {"marks": {"sessions": 400, "after_close": 0, "entered_again": 0}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..messages import say, template
from ..source import Problem
from .rule import Rule, Run


def in_run(run: Run) -> Iterator[Problem]:
    """One finding for the whole run."""
    again = run.marks["entered_again"]
    if again:
        one = template("the marks of {n:,} session were declared void and entered again")
        many = template("the marks of {n:,} sessions were declared void and entered again")
        message = say(one if again == 1 else many, n=again)
        yield RULE.found(message, None, say("correct a mark by a later mark for its session; `void` is for what never should have been entered"))


RULE = Rule("marks-entered-again", "note", __doc__, in_run=in_run)
