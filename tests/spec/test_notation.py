"""Marks in compact notation: a letter a day."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate.spec.notation import parse_days


@pytest.mark.parametrize(("text", "days"), [
    ("", []),
    ("AAA P", ["A", "A", "A", "P"]),
    ("A_-", ["A", "", "-"]),
    ("(AP) P", [("A", "P"), "P"]),
    ("(A_)", [("A", "")]),
    ("({病假} P)", [("病假", "P")]),
    ("{病假}旷", ["病假", "旷"]),
    ("AS x3", ["A", "S"] * 3),
    ("P AS x2 A", ["P", "A", "S", "A", "S", "A"]),
    ("A ×2 x2", ["A"] * 4),
    ("A\n  P\n", ["A", "P"]),
    ("Ax5", ["A", "x", "5"]),
    ("(AP) x2", [("A", "P")] * 2),
])
def test_a_letter_is_a_day(text, days):
    """Blanks divide words and mean nothing else."""
    assert days == parse_days(text)


@pytest.mark.parametrize(("text", "said"), [
    ("(AP", "never closed"), ("{病", "never closed"), ("()", "holds no session"), ("{}", "holds no code"), (")", "where a mark is expected"),
    ("x5", "stands behind nothing"), ("A x0", "repeats nothing"), ("A x4001", "more than 4,000 days"), ("A}", "where a mark is expected"),
    ("((A)", "where a mark is expected"),
])
def test_what_cannot_be_read_says_why(text, said):
    """A ValueError, which the spec places."""
    with pytest.raises(ValueError, match=said):
        parse_days(text)


@given(st.text(alphabet="AP_x5 (){}病", max_size=12))
def test_any_text_is_read_or_refused(text):
    """Never otherwise, and no day is lost."""
    try:
        days = parse_days(text)
    except ValueError:
        return
    assert bool(days) == bool(text.strip())


@given(st.lists(st.sampled_from(["A", "P", "", "病假", ("A", "P"), ("", "病假")]), max_size=8))
def test_what_is_written_is_what_is_read(days):
    """Codes of several signs in braces, days by session in brackets."""
    def sign(code):
        return "_" if not code else code if len(code) == 1 else f"{{{code}}}"

    text = " ".join(f"({''.join(map(sign, day))})" if isinstance(day, tuple) else sign(day) for day in days)
    assert days == parse_days(text)
