"""Which word of ours was meant by one that is none: what others call it, or what is spelled most like it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .language import closest
from .synonyms import called
from .translate.spoken import chinese

KEYS = "keys"


def meant(word: str, known: Iterable[str], kind: str, spoken: Mapping[str, str] | None = None) -> str:
    """The word of ours that another was probably meant as, empty where none is.

    kind: of place, as `synonyms.py` and `translate/spoken.py` name it. spoken: what the words are in Chinese, where `kind` does not tell it.
    """
    choices = tuple(dict.fromkeys(known))
    if found := called(word, choices, kind):
        return found
    if word.isascii():
        return closest(word, choices)
    words = {(chinese(one, kind) if spoken is None else spoken.get(one, one)): one for one in choices}
    return words.get(closest(word, tuple(words)), "")
