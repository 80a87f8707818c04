"""Whom a row is about that could not be read: nobody may be taken for present because an absence was badly written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from ..roster import Roster
from .rejects import ANYBODY, Unread

_CUT = re.compile(r"""[\s,;|"'{}\[\]:]+""")
_SHORT = 3  # digits of a number that may as well be minutes, a lesson or a version


class Salvage:
    """What can still be told of a damaged row, by the students of a roster; without a roster any student may be meant.

    words: what else may stand in a row, such as sessions and codes: a student whose id is one of them is not told by it.
    """

    def __init__(self, roster: Roster | None, words: Iterable[str] = ()) -> None:
        self._ids: dict[str, set[str]] = {}
        for student in roster.ids() if roster is not None else ():
            self._ids.setdefault(folded(student), set()).add(student)
        self._words = {folded(word) for word in words}

    def meant(self, text: str) -> set[str]:
        """The students whose ids differ from a text by what a spreadsheet does to it: leading zeros, case, width, a form of number."""
        exact = unicodedata.normalize("NFC", text).strip()
        found = self._ids.get(folded(text), set())
        return {exact} if exact in found else found

    def named(self, unread: Unread) -> Unread:
        """The same of the student who is meant; of `ANYBODY` where that may be several."""
        found = self.meant(unread[0])
        return ANYBODY if len(found) > 1 or not unread[0] else (next(iter(found), unread[0]), *unread[1:])

    def of_line(self, text: str) -> Unread:
        """Of a line without cells: all days of the one student whom it names, else `ANYBODY`."""
        found: set[str] = set()
        for word in _CUT.split(text):
            meant = self.meant(word) if word else set()
            if meant and (folded(word) in self._words or word.isdigit() and len(word) <= _SHORT):
                return ANYBODY
            found |= meant
        return (found.pop(), None, "") if len(found) == 1 else ANYBODY


def folded(student: str) -> str:
    """An id as a spreadsheet may leave it: without leading zeros, in one case and width, as another form of the same number."""
    text = unicodedata.normalize("NFKC", student)
    text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf").strip().lstrip("'").casefold()
    if re.fullmatch(r"[0-9]+(\.0*|(\.[0-9]+)?e\+?[0-9]{1,2})", text):
        try:
            number = Decimal(text)
        except InvalidOperation:
            return text
        text = str(int(number)) if number == int(number) else text
    return text.lstrip("0")
