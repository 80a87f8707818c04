"""How seldom Python looks for values that only refer to each other: an evaluation makes millions of values and hardly a circle."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# So many new values between two looks, where Python's own number is 700; 50,000 of a record's parts are some 5 MB.
THRESHOLDS = (50_000, 20, 50)


@contextmanager
def seldom_gathered() -> Iterator[None]:
    """While it lasts, what is there already is not looked through, and what is new is looked through seldom; a tenth of an evaluation's time.

    It is of the whole process, hence for whoever owns that: the command line, a service that feeds an `Engine`.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
