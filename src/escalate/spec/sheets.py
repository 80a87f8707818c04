"""What a case says of registers: by date or instant, the rows of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from ..messages import listed, say
from ..parse import ListNode, MapNode, Node, TextNode
from ..quoting import quoted
from ..readers.nodes import Nodes, near
from ..registers.plans import grouped
from ..registers.titles import Titled, titles_of
from ..times import Instant
from .setting import Setting
from .values import Cells, ExpectedSheet


class Sheets:
    """Reads the registers of the cases of one file; what is wrong is added to its problems."""

    def __init__(self, nodes: Nodes, setting: Setting) -> None:
        self.nodes, self.setting = nodes, setting

    @cached_property
    def titles(self) -> Mapping[str, Mapping[str, Titled]]:
        """By policy and name every register; of several versions those of the last."""
        policies = self.setting.policies
        return {policy.name: titles_of(policy, grouped(one for one in policies if one.name == policy.name)) for policy in policies}

    def at(self, node: Node, at: Instant) -> Iterator[ExpectedSheet]:
        """The registers that stand under one date or instant."""
        for key, value in self.nodes.entries(node, say("the registers of a date")):
            names = {policy: name for policy, titles in self.titles.items() for name, one in titles.items() if key.text in (name, one.title)}
            if not names:
                known = dict.fromkeys(one.title for titles in self.titles.values() for one in titles.values())
                self.nodes.problem("unknown-register", say("no register is called `{name}`", name=key.text), key.span, near(key.text, known))
                continue
            heads = tuple(dict.fromkeys(head for policy, name in names.items() for head in self.titles[policy][name].heads))
            if isinstance(value, TextNode):
                help = say("write its rows as a list, or `[]` where there is none")
                self.nodes.problem("not-a-list", say("the rows of `{name}` must be a list in [ ]", name=key.text), value.span, help)
                continue
            rows = value.items if isinstance(value, ListNode) else (value,)
            found = [self._row(row, heads, key.text) for row in rows]
            yield ExpectedSheet(at, key.text, names, tuple(row for row in found if row is not None))

    def _row(self, node: Node, heads: tuple[str, ...], named: str) -> Cells | None:
        cells: dict[str, str] = {}
        entries = list(self.nodes.entries(node, say("a row of `{name}`", name=named)))
        for key, value in entries:
            head = key.written.text if key.written is not None else key.text
            if head not in heads:
                message = say("the register `{name}` has no column `{head}`", name=named, head=head)
                self.nodes.problem("unknown-column", message, key.span, near(head, heads) or say("known here: {listed}", listed=listed(heads)))
            elif isinstance(value, TextNode):
                cells[head] = value.text.strip()
            else:
                self.nodes.problem("not-a-text", say("`{ours}` must be a single value", ours=head), value.span)
        if not entries:
            if not isinstance(node, MapNode):
                return None
            self.nodes.problem("empty-row", say("a row of `{name}` says nothing", name=named), node.span, say("write `[]` where the register has no row"))
            return None
        return row_of(cells)


def row_of(cells: Mapping[str, str]) -> Cells:
    """A row, and how a spec writes it."""
    text = f"{{{', '.join(f'{quoted(head)}: {quoted(text)}' for head, text in cells.items())}}}"
    return Cells(cells, text)
