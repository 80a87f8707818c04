"""Every name that a policy defines, so that a condition may use one before it is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import define, evolve, field

from ..language import Held, Names, as_title
from ..messages import Said
from ..parse import MapNode, Node, TextNode
from ..policy import Parameter
from ..source import Source
from . import vocabulary
from .lists import apart
from .measures import unit_in_conditions
from .parameters import unit_of


@define
class _Found:
    """Names with where they stand, while they are gathered."""

    items: dict[str, None] = field(factory=dict)
    stages: dict[str, None] = field(factory=dict)
    results: dict[str, set[str] | None] = field(factory=dict)
    titled: dict[str, dict[str, str]] = field(factory=dict)

    def title(self, kind: str, name: str, node: Node) -> None:
        """Note the titles of a name; one that two names have stands for neither."""
        written = node.get("title") if isinstance(node, MapNode) else None
        texts = [written] if isinstance(written, TextNode) else [value for _, value in _entries(written)]
        titles = self.titled.setdefault(kind, {})
        for text in texts:
            if isinstance(text, TextNode):
                key = as_title(text.text)
                titles[key] = name if titles.get(key, name) == name else ""


def names_of(tree: MapNode, parameters: Mapping[str, Parameter], main: Source, sources: tuple[Source, ...] = ()) -> Names:
    """The names of a merged policy; lines only for those of the file that is checked."""
    found = _Found()
    _ladders(found, tree)
    _groups(found, tree)
    kinds = {key.text: _kind(node) for key, node in section(tree, "students")}
    for kind, key in (("measure", "measures"), ("attribute", "students"), ("ladder", "ladders"), ("target", "targets"), ("role", "roles")):
        for name, node in section(tree, key):
            found.title(kind, name.text, node)
    return Names(
        measures={key.text: unit_in_conditions(node) for key, node in section(tree, "measures")},
        parameters={name: unit_of(parameter) for name, parameter in parameters.items()},
        flags=frozenset(name for name, kind in kinds.items() if kind == "flag"),
        attributes={name: kind for name, kind in kinds.items() if kind != "flag"},
        stages=tuple(found.stages),
        items=tuple(found.items),
        ladders=tuple(key.text for key, _ in section(tree, "ladders")),
        roles=tuple(key.text for key, _ in section(tree, "roles")),
        targets=tuple(key.text for key, _ in section(tree, "targets")),
        results={name: tuple(sorted(results)) for name, results in found.results.items() if results},
        held={name: Held(line, _as_number(line.value)) for name, parameter in parameters.items() for line in parameter.lines[:1]},
        sources=sources,
        titled=found.titled,
        lines=_lines(tree, main),
    )


def _as_number(value: object) -> dict[str, Said]:
    helps = {unit: vocabulary.number_meant(value, key) for unit, key in (("", ""), *vocabulary.UNITS.items())} if isinstance(value, str) else {}
    return {unit: help for unit, help in helps.items() if help}


def for_duties(names: Names) -> Names:
    """The same names for duties, targets and their items, which may also ask about groups."""
    return evolve(names, duty=True)


def section(tree: Node | None, key: str) -> tuple[tuple[TextNode, Node], ...]:
    """The entries of one mapping inside another; none where it is written otherwise."""
    found = tree.get(key) if isinstance(tree, MapNode) else None
    return found.entries if isinstance(found, MapNode) else ()


def _kind(node: Node) -> str:
    written = node.get("is") if isinstance(node, MapNode) else None
    return written.text if isinstance(written, TextNode) and written.text in ("number", "date", "text") else "flag"


def _ladders(found: _Found, tree: MapNode) -> None:
    for ladder, node in section(tree, "ladders"):
        _chain(found, node, "if_overdue")
        steps = [*section(node, "stages"), *((key, value) for key, value in _entries(node) if key.text == "ends")]
        for stage, value in steps:
            if stage.text != "ends":
                found.stages.update({stage.text: None, f"{ladder.text}.{stage.text}": None})
                found.title("stage", stage.text, value)
            for item, body in section(value, "do"):
                _item(found, item.text, body, f"{stage.text}.", f"{ladder.text}.{stage.text}.")
            _chain(found, value, "if_overdue")


def _groups(found: _Found, tree: MapNode) -> None:
    for kind, parts in (("duties", ("do", "if_overdue")), ("targets", ("if_broken", "if_met"))):
        for group, node in section(tree, kind):
            for part in parts:
                for item, body in section(node, part):
                    _item(found, item.text, body, f"{group.text}.")


def _item(found: _Found, name: str, node: Node, *prefixes: str) -> None:
    if isinstance(node, MapNode) and node.get("entry") is not None:
        return
    found.items.update({f"{prefix}{name}": None for prefix in ("", *prefixes)})
    found.title("item", name, node)
    _results(found, name, node)
    for part in ("then", "if_overdue"):
        _chain(found, node, part)
    for _, chained in section(node, "if_outcome"):
        for item, body in _entries(chained):
            _item(found, item.text, body)


def _chain(found: _Found, node: Node, part: str) -> None:
    for item, body in section(node, part):
        _item(found, item.text, body)


def _results(found: _Found, name: str, node: Node) -> None:
    written = node.get("results") if isinstance(node, MapNode) else None
    words = apart(written) if written is not None else ()
    before = found.results.get(name, set())
    # An item of this name without `results` may have any, so nothing can be said of the action.
    found.results[name] = before | set(words) if words and before is not None else None


def _entries(node: Node | None) -> Iterator[tuple[TextNode, Node]]:
    yield from node.entries if isinstance(node, MapNode) else ()


def _lines(tree: MapNode, main: Source) -> dict[str, int]:
    lines: dict[str, int] = {}
    for kind in ("parameters", "students", "roles", "measures", "ladders", "targets"):
        for key, node in section(tree, kind):
            _note(lines, key, main)
            for stage, value in section(node, "stages"):
                _note(lines, stage, main)
                for item, _ in section(value, "do"):
                    _note(lines, item, main)
    return lines


def _note(lines: dict[str, int], key: TextNode, main: Source) -> None:
    if key.span.source == main:
        lines.setdefault(key.text, key.span.line)
