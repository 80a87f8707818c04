"""The reject file: every row that was set aside, with its place, the reason, and the row as it was given."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable
from typing import IO

from ..messages import OWN, told
from ..readers.rejects import Reject

COLUMNS = ("file", "line", "column", "kind", "message", "row")
DANGEROUS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "'")
NUMERAL = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?%?")


def write_rejects(path: str | os.PathLike[str], rejects: Iterable[Reject], lang: str = OWN) -> int:
    """Writes the rejects to a file and returns how many, the reasons in a language; notes (rows that were kept) are left out."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        return write_to(file, rejects, lang)


def write_to(file: IO[str], rejects: Iterable[Reject], lang: str = OWN) -> int:
    """The same to an open text file."""
    writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(COLUMNS)
    count = 0
    for reject in rejects:
        if not reject.kept:
            cells = (reject.file, reject.line, reject.column, reject.kind, told(reject.message, lang), reject.row)
            writer.writerow([safe(cell) if isinstance(cell, str) else cell for cell in cells])
            count += 1
    return count


def safe(text: str) -> str:
    r"""A text that no spreadsheet runs as a formula: one that begins with a sign of a formula gets a `'` before it.

    A text that begins with `'` gets one too, so taking the first `'` away always gives back what was there.
    A NUL byte, which no CSV file may hold, is written as `\0`.
    """
    text = text.replace("\0", "\\0")
    return f"'{text}" if text.startswith(DANGEROUS) else text


def safe_value(text: str) -> str:
    """The same of a value: a number with a sign is a number, and runs nothing."""
    return text if NUMERAL.fullmatch(text) else safe(text)


def unsafe(text: str) -> str:
    """The text that `safe` was given."""
    return text.removeprefix("'")
