"""Every policy below policies/ in both languages: nothing of it is left out of its table, and its drawing stays in its frame."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from escalate.pictures import markdown, mermaid, svg, table_of
from escalate.pictures.measure import width
from escalate.pictures.svg import CARD, MARGIN, ROOM, WIDE
from escalate.policy import actions, stages

from .shelf import PATHS, ROOT, loaded

BOTH = pytest.mark.parametrize("lang", ["zh", "en"])
EACH = pytest.mark.parametrize("path", PATHS, ids=lambda path: str(path.relative_to(ROOT / "policies")))
SIZE = re.compile(r"\.(\w+) \{[^}]*font-size: (\d+)px")


@BOTH
@EACH
def test_nothing_is_left_out_of_the_table(path, lang):
    """Each item, stage and clause, every parameter put in, every head in words."""
    policy = loaded(path)
    table = table_of(policy, lang)
    rows = [row for section in table.sections for row in section.rows]
    text = "\n".join("\n".join((*row.cells, *row.notes)) for row in rows)

    assert {action.path for action in actions(policy)} <= {row.path for row in rows}
    assert [] == [cite for stage in stages(policy) if any(not action.cites for action in stage.do) for cite in stage.cites if cite not in text]
    assert [] == [name for name in policy.parameters if "_" in name and fixed(policy, name) and re.search(rf"\b{name}\b", text)]
    assert all(row.cells[0] for row in rows if row.opens)
    assert "{" not in text


def fixed(policy, name):
    """Whether a parameter has one value, whatever the student and the date."""
    lines = policy.parameters[name].lines
    return len(lines) == 1 and lines[0].where is None


@BOTH
@EACH
def test_a_row_of_markdown_has_all_its_cells(path, lang):
    """No text breaks out of its cell."""
    lines = [line for line in markdown(table_of(loaded(path), lang)).splitlines() if line.startswith("|")]

    assert {9} == {len(re.findall(r"(?<!\\)\|", line)) for line in lines}


@BOTH
@EACH
def test_a_drawing_stays_in_its_frame(path, lang):
    """It can be read as XML, and no text runs over the card or the page."""
    drawn = svg(loaded(path), lang)
    sizes = {**dict.fromkeys(("tag",), 12), **{kind: int(size) for kind, size in SIZE.findall(drawn)}}
    root = ElementTree.fromstring(drawn)  # our own drawing

    assert [] == [said for said, left, wide in _texts(root, sizes) if left + wide > WIDE - MARGIN + 2]
    assert WIDE == CARD + ROOM + MARGIN


def _texts(node, sizes, left=0.0):
    """Every text with its left edge and its width."""
    moved = re.match(r"translate\((\S+) ", node.get("transform", ""))
    left += float(moved[1]) if moved else 0
    if node.tag.endswith("}text"):
        wide = width(node.text or "", sizes[node.get("class").split()[0]])
        x = left + float(node.get("x"))
        yield node.text, x - wide * {"middle": 0.5, "end": 1}.get(node.get("text-anchor"), 0), wide
    for child in node:
        yield from _texts(child, sizes, left)


@BOTH
@EACH
def test_a_flowchart_has_its_quotes_in_pairs_and_every_node_it_joins(path, lang):
    """Else it is not drawn at all."""
    lines = mermaid(loaded(path), lang).splitlines()
    nodes = {found[1] for line in lines if (found := re.match(r"    (\w+)(?:\[|\(\[)\"", line))}
    joined = {name for line in lines if (found := re.match(r"    (\w+) (?:-->|---|-\.->)(?:\|\".*\"\|)? (\w+)$", line)) for name in found.groups()}

    assert [] == [line for line in lines if line.count('"') % 2]
    assert joined <= nodes
