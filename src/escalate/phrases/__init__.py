"""The words of explanations, one table a language."""

from .en import EN
from .table import Phrases
from .zh import ZH

TABLES = {"zh": ZH, "en": EN}

__all__ = ["TABLES", "Phrases", "phrases_for"]


def phrases_for(lang: str) -> Phrases:
    """The table of a language; English where there is none of its own."""
    return TABLES.get(lang.partition("-")[0], EN)
