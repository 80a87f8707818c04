"""The canonical form: RFC 8785, narrowed to what a ledger holds."""

from __future__ import annotations

import enum
import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate.canonical import canonical, digest, is_plain, prepared

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
LEAVES = TEXTS | st.booleans() | st.integers(-(2**60), 2**60) | st.fractions()
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=12)


class Word(str, enum.Enum):
    """A text with a name."""

    ISSUED = "issued"


class Rank(enum.IntEnum):
    """A number with a name."""

    FIRST = 1


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"b": 1, "a": [True, False]}, '{"a":[true,false],"b":1}'),
        ({}, "{}"),
        ((), "[]"),
        ("缺课", '"缺课"'),
        (2**53 - 1, "9007199254740991"),
        (-(2**53) + 1, "-9007199254740991"),
        (2**53, '"9007199254740992"'),
        (-(2**53), '"-9007199254740992"'),
        (Fraction(6, 8), '"3/4"'),
        (Fraction(-1, 3), '"-1/3"'),
        (Fraction(4, 2), "2"),
        (Fraction(2**60), f'"{2**60}"'),
        ({"value": Fraction(1, 2), "\U0001f600": 1}, '{"value":"1/2","\U0001f600":1}'),
        (Word.ISSUED, '"issued"'),
        ({Word.ISSUED: [Word.ISSUED]}, '{"issued":["issued"]}'),
        (Rank.FIRST, "1"),
    ],
)
def test_values_have_one_spelling(value: object, expected: str) -> None:
    """Each kind of value, and the edges of the numbers."""

    assert expected.encode() == canonical(value)


def test_rfc_8785_sorts_by_utf_16_code_units() -> None:
    """The example of RFC 8785, section 3.2.3; by code points the last two would change places."""
    letters = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]

    expected = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert expected == list(json.loads(canonical(dict.fromkeys(letters, 1))))


def test_control_characters_are_escaped_as_rfc_8785_says() -> None:
    """Five short escapes, lower-case hex for the other controls, the quote and the backslash; nothing else."""
    short = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
    for code in [*range(0x20), 0x22, 0x5C]:
        letter = chr(code)

        assert f'"{short.get(letter, f"{chr(92)}u{code:04x}")}"'.encode() == canonical(letter)
    for letter in "/\x7f\x80\u2028\u2029\ufeff\uffff\U0010ffff<>&'":
        assert f'"{letter}"'.encode() == canonical(letter)


@pytest.mark.parametrize(
    ("value", "path"),
    [
        (None, "$"),
        (1.0, "$"),
        ({"readings": [{"value": 1}, {"value": 0.5}]}, "$.readings[1].value"),
        ({"due": None}, "$.due"),
        ({"by": {1: "x"}}, "$.by"),
        ({"by": {None: "x"}}, "$.by"),
        ({"ids": {"a", "b"}}, "$.ids"),
        ({"bytes": b"x"}, "$.bytes"),
    ],
)
def test_what_has_no_form_is_refused_with_its_path(value: object, path: str) -> None:
    """No float, no null, no key that is not text."""
    with pytest.raises(TypeError) as caught:
        canonical(value)

    assert path == str(caught.value).split(":")[0]


@pytest.mark.parametrize("value", [{"name": ["a\ud800"]}, {"\udfff": 1}])
def test_lone_surrogates_are_refused(value: object) -> None:
    """They have no UTF-8."""
    with pytest.raises(ValueError, match=r"\$.*lone surrogate"):
        canonical(value)


def test_a_circle_is_refused() -> None:
    """It ends, rather than run for ever."""
    value: list[object] = []
    value.append(value)

    with pytest.raises(RecursionError):
        canonical(value)


@given(VALUES)
def test_the_quick_road_and_the_careful_one_agree(value: object) -> None:
    """Whatever the standard encoder is trusted with, it writes like the general rule."""
    careful = json.dumps(prepared(value, "$"), ensure_ascii=False, separators=(",", ":")).encode()

    assert careful == canonical(value)
    assert json.loads(careful) == json.loads(canonical(json.loads(careful)))


@given(VALUES)
def test_the_form_of_what_was_read_back_is_the_same(value: object) -> None:
    """Reading and writing again changes no byte, which is how a line of a file is checked."""
    text = canonical(value)

    assert text == canonical(json.loads(text))


@given(st.dictionaries(TEXTS, st.integers(0, 9)))
def test_the_order_of_writing_does_not_matter(value: dict[str, int]) -> None:
    """The same keys in another order."""

    assert digest(value) == digest(dict(reversed(value.items())))


def test_the_common_record_takes_the_quick_road() -> None:
    """ASCII and Chinese keys, nested lists, fractions."""

    assert is_plain({"student": "s1", "缺课": [1, "2", {"value": Fraction(1, 2)}], "late": True})
    assert not is_plain({"value": 0.5})
    assert not is_plain({"\U0001f600": 1})
