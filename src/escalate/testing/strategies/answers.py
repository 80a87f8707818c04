"""What somebody may answer when a first policy is begun."""

from __future__ import annotations

import datetime

from hypothesis import strategies as st

from ...start import Answers
from ...start.answers import FEWEST, LANGS, MOST, wrong

NAMES = (
    '"Hill" School', "O'Brien's: north, south # east", "第一中学🎓", "a\\b", "${days} $", "- {x}", "=1+1", "#", "principal", "null", "7", "%", "a/b+c",
    "| `x` |", "@",
)  # fmt: skip


def _name(key: str) -> st.SearchStrategy[str]:
    signs = st.text("abz中'\":#,-{}[]&*!|>%@`\\ \u3000🎓é/+=$?", min_size=1, max_size=12)
    return st.one_of(st.sampled_from(NAMES), signs).filter(lambda text: not wrong(key, text))


def answers() -> st.SearchStrategy[Answers]:
    """Answers that are taken: names of every kind of sign, any first day, any number of days."""
    days = st.dates(datetime.date(2015, 1, 1), datetime.date(2035, 12, 31))
    return st.builds(Answers, st.sampled_from(LANGS), _name("name").map(str.strip), days, st.integers(FEWEST, MOST), _name("next").map(str.strip))
