"""Places as the protocol counts them, beside Chinese, emoji and every end of a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate.lsp.positions import Position, Stretch, bounds, offset_at, position_at, stretch_of
from escalate.parse import MapNode, parse
from escalate.source import Source

TEXTS = st.text(st.sampled_from("a中😀🚸 \n\r\u2028e\u0301"), max_size=40)


@given(TEXTS)
def test_a_position_leads_back_to_its_place(text):
    """Except inside the end of a line, which has no position of its own."""
    for offset in range(len(text) + 1):
        if not (text[offset - 1 : offset + 1] == "\r\n" and offset):
            assert offset == offset_at(text, position_at(text, offset))


@pytest.mark.parametrize(
    ("position", "offset"),
    [((0, 0), 0), ((0, 1), 1), ((0, 2), 1), ((0, 3), 2), ((0, 4), 3), ((0, 99), 4), ((1, 0), 5), ((1, 99), 6), ((9, 0), 6)],
)
def test_units_are_those_of_utf_16(position, offset):
    """An emoji has two; between them is before it. Past the end of a line is its end."""
    assert offset == offset_at("中😀é.\nx", Position(*position))


def test_a_span_behind_emoji():
    """Our columns count signs, the protocol's two for each emoji."""
    source = Source("a.yaml", 'a: {"😀🚸": x, 中: y}\n')
    tree, _ = parse(source)
    assert isinstance(tree, MapNode)
    spans = [key.span for key, _ in tree.entries[0][1].entries]

    assert [Stretch(Position(0, 4), Position(0, 10)), Stretch(Position(0, 15), Position(0, 16))] == [stretch_of(span) for span in spans]
    assert ['"😀🚸"', "中"] == [source.text[slice(*bounds(span))] for span in spans]


def test_a_line_that_only_yaml_ends():
    """A line separator ends a line of ours and none of the protocol's."""
    source = Source("a.yaml", "a: 'x\u2028y'\nb: c\n")
    tree, _ = parse(source)
    assert isinstance(tree, MapNode)

    assert Stretch(Position(1, 0), Position(1, 1)) == stretch_of(tree.entries[1][0].span)
