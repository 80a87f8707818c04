"""The text of a case: marks as a person writes them, and read back as they were."""

import datetime
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from escalate.boundaries.drafts import Draft, quoted, shown
from escalate.parse import parse
from escalate.source import Source
from escalate.spec.notation import parse_days

CODES = st.sampled_from(["A", "P", "-", "病假", "x", ""])
DAYS = st.lists(st.one_of(CODES, st.tuples(CODES, CODES)), min_size=1, max_size=12)


@given(DAYS, st.integers(1, 4))
def test_marks_are_read_back(days, times):
    """Whatever comes again is written once and means as many days."""
    assert parse_days(shown(days * times)) == days * times


def test_what_comes_again_is_written_once():
    """From six days on; fewer are written one by one."""
    assert ["AAAAA", "A x6", "AP x3 A", "P x18 I", "AAP"] == [shown(list(one)) for one in ("AAAAA", "AAAAAA", "APAPAPA", "P" * 18 + "I", "AAP")]


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp"), exclude_characters="\ufeff"), min_size=1).filter(lambda text: text == text.strip()))
def test_a_title_is_read_back(title):
    """Whatever stands in it, as the parser spells it."""
    text = Draft("s", datetime.date(2025, 11, 3), "absence", ("A",)).text(title)
    root, problems = parse(Source("a", f"cases:\n{text}\n"))

    assert not [problem for problem in problems if not problem.warning]
    assert root.entries[0][1].entries[0][0].text == unicodedata.normalize("NFC", title)


def test_cells_are_quoted_where_they_must_be():
    """Numbers and dates are plain."""
    assert ["5", "2009-09-01", "yes", '"a, b"', '"#1"'] == [quoted(text) for text in ("5", "2009-09-01", "yes", "a, b", "#1")]
