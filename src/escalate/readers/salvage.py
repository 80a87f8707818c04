"""Whom a row is about that could not be read: nobody may be taken for present because an absence was badly written."""

from __future__ import annotations

import re
import unicodedata

from ..roster import Roster
from .rejects import ANYBODY, Unread

_CUT = re.compile(r"""[\s,;|"'{}\[\]:]+""")


class Salvage:
    """What can still be told of a damaged row, by the students of a roster; without a roster any student may be meant."""

    def __init__(self, roster: Roster | None) -> None:
        self._ids: dict[str, set[str]] = {}
        for student in roster.ids() if roster is not None else ():
            self._ids.setdefault(folded(student), set()).add(student)

    def student(self, text: str) -> str:
        """The one student whose id differs from a text by leading zeros, case or width at most; empty where there is none or are several."""
        found = self._ids.get(folded(text), set())
        return next(iter(found)) if len(found) == 1 else ""

    def of_line(self, text: str) -> Unread:
        """Of a line without cells: all days of the one student whom it names, else `ANYBODY`."""
        found = {student for word in _CUT.split(text) if word and (student := self.student(word))}
        return (found.pop(), None, "") if len(found) == 1 else ANYBODY


def folded(student: str) -> str:
    """An id as a spreadsheet may leave it: without leading zeros, in one case and width."""
    return unicodedata.normalize("NFKC", student).strip().casefold().lstrip("0")
