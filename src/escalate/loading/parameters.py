"""Parameters: whatever differs by school, grade, class or year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from attrs import evolve

from ..conditions import Quantity
from ..messages import say
from ..parse import ListNode, MapNode, Node, TextNode
from ..policy import Due, Parameter, ParameterLine
from . import vocabulary
from .draft import Draft, head
from .dues import due_in
from .keys import COMMON, Keys

PARAMETER = ("value", "where", "from", "required", *COMMON)
_COMPARISON = re.compile(r"^[<>=≤≥≠＜＞＝!]+\s*")
LINE = ("value", "where", "from", *COMMON)


def parameters(draft: Draft, entries: tuple[tuple[TextNode, Node], ...]) -> dict[str, Parameter]:
    """Every parameter without the conditions of its lines: these may name parameters themselves."""
    return {key.text: _parameter(draft, key, node) for key, node in entries}


def _parameter(draft: Draft, key: TextNode, node: Node) -> Parameter:
    name = draft.name(key, say("parameter"))
    if isinstance(node, ListNode):
        lines = tuple(_line(draft, Keys(draft, item, say("a line of a parameter"), LINE)) for item in node.items)
        if not lines:
            draft.wrong("missing-value", say("parameter `{name}` has no line", name=name), node, say("write `- {{value: 3}}`"))
        return _alike(draft, Parameter(name, lines, span=key.span))
    if isinstance(node, TextNode) and node.text:
        value = _bare(node.text)
        help = say("write `{name}: {{value: {value}}}`", name=name, value=value)
        draft.wrong("wrong-shape", say("a parameter is written as keys and values"), node, help)
        return Parameter(name, (ParameterLine(value_in(value), None, None, (), value),), span=key.span)
    keys = Keys(draft, node, say("a parameter"), PARAMETER, key.span)
    required = keys.truth("required")
    lines = (_line(draft, keys),) if keys.get("value") is not None else ()
    if not required and keys.map is not None and not keys.written("value"):
        draft.wrong(
            "missing-key",
            say("parameter `{name}` has no `value`", name=name),
            key,
            say("write `value: ...`, or `required: true` where the adopting school sets it"),
        )
    return Parameter(name, lines, keys.title(), keys.title("why"), keys.words("cites"), required, key.span)


def _line(draft: Draft, keys: Keys) -> ParameterLine:
    start = None
    node = keys.get("from")
    if node is not None:
        start = vocabulary.date(draft.text(node))
        if start is None:
            draft.wrong("wrong-value", say("`from` of a parameter is a date"), node, vocabulary.date_meant(draft.text(node)))
    keys.title("why")
    written = keys.need("value")
    quoted = isinstance(written, TextNode) and written.quoted
    text = _written(draft, written)
    twin = vocabulary.twin(text)
    # Full-width digits are read as their twins; a text stays as it is.
    text = twin if twin and not quoted and not isinstance(value_in(twin), str) else text
    if _bare(text) != text:
        help = say("where it is used says the comparison: write `value: {bare}`", bare=_bare(text))
        draft.wrong("wrong-value", say("`{text}` is not a value", text=text), written, help)
    return ParameterLine(text if quoted else value_in(text), None, start, keys.words("cites"), text, head(written) if written is not None else keys.span)


def _written(draft: Draft, node: Node | None) -> str:
    if isinstance(node, ListNode):
        return ", ".join(vocabulary.plain(draft.text(item)) for item in node.items)
    return vocabulary.plain(draft.text(node))


def _bare(text: str) -> str:
    """A value without the comparison before it; a text stays as it is."""
    rest = _COMPARISON.sub("", vocabulary.plain(text))
    return rest if not isinstance(value_in(rest), str) else text


def value_in(text: str) -> Fraction | Quantity | str | Due:
    """A number, a share, a length, a deadline, or else the text."""
    number = vocabulary.number(text)
    if number is None:
        number = vocabulary.share(text)
    if number is not None:
        return number
    length = vocabulary.length(text)
    n = vocabulary.number(length[0]) if length else None
    if length and n is not None:
        return Quantity(n, length[1])
    due = None if length else due_in(text)
    return text if due is None else due


def unit_of(parameter: Parameter) -> str:
    """What a parameter is in a condition: a unit, `share`, `text`, empty for a number, else `deadline`."""
    line = next(iter(parameter.lines), None)
    return "" if line is None else _unit(line)


def _unit(line: ParameterLine) -> str:
    if isinstance(line.value, Fraction):
        return "share" if line.text.endswith("%") else ""
    if isinstance(line.value, Quantity):
        return line.value.unit
    if isinstance(line.value, str):
        return "text" if line.value else ""  # where nothing stands, that is said there
    return "deadline"


def _alike(draft: Draft, parameter: Parameter) -> Parameter:
    units = {_unit(line) in ("", "share", "text") and _unit(line) or _kind(line) for line in parameter.lines}
    if len(units) > 1:
        draft.wrong(
            "mixed-values",
            say("the lines of `{name}` hold values of different kinds", name=parameter.name),
            parameter.span,
            say("write them all as numbers, or all as lengths in one way"),
        )
    return parameter


def _kind(line: ParameterLine) -> str:
    return "number" if isinstance(line.value, Fraction) else "deadline"


def with_conditions(
    draft: Draft, read: Mapping[str, Parameter], entries: tuple[tuple[TextNode, Node], ...]
) -> dict[str, Parameter]:
    """The parameters with the conditions of their lines."""
    return {key.text: evolve(read[key.text], lines=_conditions(draft, read[key.text], node)) for key, node in entries}


def _conditions(draft: Draft, parameter: Parameter, node: Node) -> tuple[ParameterLine, ...]:
    nodes = node.items if isinstance(node, ListNode) else (node,)
    lines = []
    for line, written in zip(parameter.lines, nodes, strict=False):
        where = written.get("where") if isinstance(written, MapNode) else None
        lines.append(evolve(line, where=draft.condition(where)))
    return tuple(lines)
