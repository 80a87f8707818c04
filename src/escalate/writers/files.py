"""A file in place of an earlier one: the whole new text or the old one, never half of either."""

from __future__ import annotations

import os
import tempfile


def write_over(path: str, text: str) -> None:
    """Writes a text over the file of a path, through a link where it is one, with the rights that the file has."""
    target = os.path.realpath(path)
    folder = os.path.dirname(target)
    handle, draft = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=folder)
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(draft, os.stat(target).st_mode & 0o7777)
        os.replace(draft, target)
    except BaseException:
        os.remove(draft)
        raise
