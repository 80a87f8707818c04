"""A text laid out: two spaces a level, no blanks at the ends of lines, one empty line at most, one line end at the end.

What stands on a line is never moved to another, and blanks inside a line stay: columns that somebody has lined up stay lined up.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from attrs import define, field

from ..parse import ListNode, MapNode, Node, TextNode, parse
from ..source import Source, Span

STEP = 2
# Ends of lines to YAML that no editor shows as such: where one stands, lines are not counted alike.
_ODD = re.compile("[\x85\u2028\u2029]")
_BREAK = re.compile("\r\n|\r|\n")


@define
class _Page:
    """Lines by number from 1: where those that begin a key or an item belong, and which are the inside of a text or of brackets.

    before, after: for each line the nearest that begins a key or an item; 0 where there is none.
    """

    lines: list[str]
    indents: dict[int, int] = field(factory=dict)
    inside: set[int] = field(factory=set)
    before: dict[int, int] = field(factory=dict)
    after: dict[int, int] = field(factory=dict)


def laid_out(source: Source) -> str:
    """The text laid out; itself where it cannot be read."""
    text = _BREAK.sub("\n", source.text)
    tree, _ = parse(Source(source.path, text))
    if tree is None or _ODD.search(text):
        return source.text
    page = _Page(text.split("\n"))
    _place(page, tree, 0)
    numbers = range(1, len(page.lines) + 1)
    page.before, page.after = _nearest(page.indents, numbers), _nearest(page.indents, reversed(numbers))
    lines = [_moved(page, number) for number in numbers]
    kept: list[str] = []
    for number, line in enumerate(lines, 1):
        if line or number in page.inside or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip("\n") + "\n"


def _place(page: _Page, node: Node, indent: int) -> None:
    """Note where the lines of a block belong."""
    if isinstance(node, TextNode) or _flows(node):
        page.inside.update(range(node.span.line + 1, node.span.end_line + (node.span.end_col > 1)))
    elif isinstance(node, ListNode):
        for item in node.items:
            dash = _dash(page, item.span)
            if dash:
                page.indents[item.span.line] = indent
                _place(page, item, indent + item.span.col - dash)
    else:
        for key, value in node.entries:
            if not page.lines[key.span.line - 1][: key.span.col - 1].strip():
                page.indents[key.span.line] = indent
            _place(page, value, indent + STEP)


def _flows(node: MapNode | ListNode) -> bool:
    return node.span.source.line(node.span.line)[node.span.col - 1 : node.span.col] in ("{", "[")


def _dash(page: _Page, span: Span) -> int:
    """The column of the `-` before an item on its line; 0 where something else begins the line."""
    found = re.match(r"( *)-\s+", page.lines[span.line - 1][: span.col - 1])
    return len(found.group(1)) + 1 if found and found.end() == span.col - 1 else 0


def _moved(page: _Page, number: int) -> str:
    line = page.lines[number - 1]
    shift = _shift(page, number)
    if number in page.inside and not line.strip():
        return line[: max(len(line) + shift, 0)] if shift < 0 else line
    moved = " " * max(_width(line) + shift, 0) + line.lstrip(" ") if line.strip() else ""
    return moved if number in page.inside else moved.rstrip()


def _width(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _shift(page: _Page, number: int) -> int:
    """How far a line moves to the right: one of the inside with what it is part of, a remark with what stands beside it."""
    before, after = page.before[number], page.after[number]
    if number in page.indents:
        return page.indents[number] - _width(page.lines[number - 1])
    if number in page.inside:
        return _shift(page, before) if before else 0
    beside = [other for other in (after, before) if other]
    width = _width(page.lines[number - 1])
    same = [other for other in beside if _width(page.lines[other - 1]) == width]
    return _shift(page, (same or beside)[0]) if beside else 0


def _nearest(indents: Collection[int], numbers: Iterable[int]) -> dict[int, int]:
    """For each line the last one that begins a key or an item; 0 where there is none."""
    found, last = {}, 0
    for number in numbers:
        found[number] = last
        last = number if number in indents else last
    return found
