"""A first policy for a school: what is asked of its author, and the files that come of the answers."""

from .answers import DEFAULT_LANG, KEYS, LANGS, Answers, defaults, lang_of, read, wrong
from .files import FILES, texts
from .words import QUESTIONS, WORDS, WRONG

__all__ = ["DEFAULT_LANG", "FILES", "KEYS", "LANGS", "QUESTIONS", "WORDS", "WRONG", "Answers", "defaults", "lang_of", "read", "texts", "wrong"]
