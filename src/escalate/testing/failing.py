"""Where what somebody wrote failed, in a line of theirs."""

from __future__ import annotations

import os
import traceback

HERE = os.path.dirname(os.path.dirname(__file__)) + os.sep
LONGEST = 300  # signs of a message: pytest writes whole values into those of bare asserts


def told_of(error: BaseException) -> str:
    """What an error says, and the line that it comes from: the innermost that is not of escalate itself."""
    message = (str(error).splitlines() or [""])[0]
    bare = isinstance(error, AssertionError) and (not message or message.startswith("assert "))
    said = [] if bare else [message if isinstance(error, AssertionError) else f"it raised {type(error).__name__}: {message}".removesuffix(": ")]
    places = [frame for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.startswith(HERE)]
    said += [f"{os.path.basename(places[-1].filename)}:{places[-1].lineno}: {places[-1].line}"] if places else ["an assert failed"] * bare
    return "\n  ".join(line if len(line) <= LONGEST else f"{line[:LONGEST]} ..." for line in said)
