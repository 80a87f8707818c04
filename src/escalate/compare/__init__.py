"""The policies of two sides over the same facts: what differs in them, and in what comes of them."""

from .differences import ALL_WHATS, WHATS, Comparison, Difference, compare, counted, grouped, without_dates
from .load import Load, by_week, total
from .pairs import Side
from .parts import Part, parts_of
from .rows import FIELDS, row_of
from .said import Saying
from .sums import Rows, Sum, rows_of
from .twins import Twins
from .words import span_of, words_for

__all__ = [
    "ALL_WHATS", "FIELDS", "WHATS", "Comparison", "Difference", "Load", "Part", "Rows", "Saying", "Side", "Sum", "Twins", "by_week", "compare", "counted",
    "grouped", "parts_of", "row_of", "rows_of", "span_of", "total", "without_dates", "words_for",
]  # fmt: skip
