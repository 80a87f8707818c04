"""What an entry comes to: exact amounts, arithmetic on parameters, words."""

import pytest

from escalate.consequences import line
from escalate.policy import Entry

HELD = {"deduction": "-50 yuan", "share": "-2% index", "points": "10", "nothing": None, "loss": "lose honours"}


def entered(text, heads=1, **given):
    """The amount and the word of an entry."""
    found = line(Entry(text, **given), HELD.get, "2025", heads)
    return None if found is None else (found.amount, found.word)


@pytest.mark.parametrize(
    ("text", "heads", "found"),
    [
        ("-50 yuan", 1, ("-50", "yuan")),
        ("-50 yuan", 3, ("-150", "yuan")),
        ("+10 points", 1, ("+10", "points")),
        ("10 points", 2, ("+20", "points")),
        ("0.1 points", 3, ("+0.3", "points")),
        ("-2% 期末综合考评系数", 2, ("-4%", "期末综合考评系数")),
        ("-50 ￥", 2, ("-100", "￥")),
        ("deduction", 2, ("-100", "yuan")),
        ("2 * deduction", 1, ("-100", "yuan")),
        ("deduction / 4", 1, ("-12.5", "yuan")),
        ("points * 3 marks", 1, ("+30", "marks")),
        ("-(points + 5) marks", 1, ("-15", "marks")),
        ("lose honours", 5, ("lose", "honours")),
        ("gain 表彰", 1, ("gain", "表彰")),
        ("loss", 1, ("lose", "honours")),
        ("nothing", 1, None),
        ("-50 yuan", 0, ("+0", "yuan")),
    ],
)
def test_an_entry_comes_to(text, heads, found):
    """Exactly, once a head."""

    assert found == entered(text, heads)


def test_compound_multiplies():
    """Two heads at -2 % leave 96.04 %, not 96 % (Q2)."""

    assert entered("share", 2, compound=True) == ("x0.9604", "index")
    assert entered("share", 2) == ("-4%", "index")


@pytest.mark.parametrize("text", ["deduction + 3 points", "deduction * deduction", "deduction / 0", "deduction ** 2", "f(3)"])
def test_what_does_not_go_together_is_refused(text):
    """Yuan and points are not added."""
    with pytest.raises(ValueError, match=r"cannot be added|an entry is"):
        entered(text)


def test_the_line_says_for_how_many_and_in_which_period():
    """As it stands in an item."""

    assert line(Entry("-50 yuan"), HELD.get, "2025", 2).parts == ("-100", "yuan", "2025", "2")
