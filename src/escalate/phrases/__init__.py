"""The words of explanations, one table a language."""

from collections.abc import Mapping
from typing import TypeVar

from .en import EN
from .table import Phrases
from .zh import ZH

T = TypeVar("T")
TABLES = {"zh": ZH, "en": EN}

__all__ = ["TABLES", "Phrases", "of_language", "phrases_for"]


def of_language(tables: Mapping[str, T], lang: str) -> T:
    """The table of a language; English where there is none of its own."""
    return tables.get(lang.partition("-")[0], tables["en"])


def phrases_for(lang: str) -> Phrases:
    """The table of a language; English where there is none of its own."""
    return of_language(TABLES, lang)
