"""How a key or a word may be written: in English, or by the one Chinese word that says the same in its place."""

from __future__ import annotations

from ..keywords import CHOICES, FORMS, KEYS, KEYS_OF

# Where the table of words has another name for a thing than the schema.
AS = {"line": "expected"}
# Foreign files are described in English only.
ENGLISH = frozenset({"mapping", "columns", "constants"})


def spellings(key: str, thing: str) -> tuple[str, ...]:
    """Every way to write a key of a thing, the English first; in another thing the same key may be written otherwise."""
    word = KEYS_OF.get(AS.get(thing, thing), {}).get(key) or KEYS.get(key)
    return (key,) if word is None or thing in ENGLISH else (key, word)


def twins(word: str) -> tuple[str, ...]:
    """The Chinese words that stand for a word where a few may be chosen from, whatever the place."""
    chosen = [words[word] for words in CHOICES.values() if word in words]
    return tuple(dict.fromkeys((*chosen, *(chinese for forms in FORMS.values() for english, chinese in forms if english == word))))
