"""The lines of `expect`: what became of which item or ladder, and what else must be so."""

from __future__ import annotations

import datetime
from typing import Any

from ..ledger import CASE_WHATS, ITEM_WHATS
from ..messages import listed, noun, ours, say
from ..parse import ListNode, MapNode, Node
from ..readers.moments import parse_clock, parse_moment
from ..readers.nodes import Nodes, near
from ..readers.rejects import Context
from ..slips.dates import clock_meant, moments_meant
from ..source import Span, written
from ..times import Instant, Zone
from .entries import GIVE_STUDENTS, NO_STUDENT
from .names import Names
from .setting import Setting
from .values import ANY_GROUP, CASE, TOLD, WHATS, WHO_HAD, Expected

Date = datetime.date
FIELDS = ("student", "about", "by", "to", "notify", "due", "missing", "person", "result", "number", "entry", "policy")
WHO = ("who_had",)


class Expecting:
    """Reads the lines of one file; what is wrong is added to its problems."""

    def __init__(self, nodes: Nodes, setting: Setting) -> None:
        self.nodes, self.setting = nodes, setting

    @property
    def names(self) -> Names:
        """What the policies' parts may be called."""
        return self.setting.names

    @property
    def zone(self) -> Zone:
        """The policies' zone."""
        return self.setting.zone

    def line(self, node: Node, moment: Instant | Date, context: Context, only: str) -> Expected | None:
        """One line of `expect` under its date or instant; None where it has problems."""
        entries = list(self.nodes.entries(node, say("a line of `expect`")))
        whats = [(key, value) for key, value in entries if key.text in WHATS]
        if len(whats) != 1:
            message = say("the line does not say what came about") if not whats else say("the line says two things")
            help = near(entries[0][0].text, WHATS, "expected") if entries and not whats else say("write a line for each")
            self.nodes.problem("unknown-word", message, node.span, help)
            return None
        (what, named), cells = whats[0], {}
        for key, value in entries:
            if key is not what and key.text not in FIELDS:
                message = say("unknown key `{text}` in a line of `expect`", text=key.text)
                self.nodes.problem("unknown-key", message, key.span, near(key.text, FIELDS, "expected"))
            elif key is not what:
                cells[key.text] = value
        name = self.nodes.text(named, say("`{text}`", text=ours(what.text, "expected")))
        word, names = self._named(what.text, name, named.span) if name else ("", frozenset())
        about = cells.pop("about", None)
        if what.text in (*ITEM_WHATS, TOLD) and self.names.level_of(names):
            student = (self.nodes.text(about, say("`about`")) or "") if about is not None else ANY_GROUP
        else:
            student = self._student(cells.pop("student", None), node.span, context, only)
        fields: dict[str, Any] = {}
        for field, value in cells.items():
            before = len(self.nodes.problems)
            fields[field] = self._field(field, value, moment)
            if fields[field] is None and len(self.nodes.problems) == before:
                message = say("`{field}` is empty", field=ours(field, "expected"))
                self.nodes.problem("empty-value", message, value.span, say("write what it must be, or delete the key"))
        if not names or not student or None in fields.values():
            return None
        instant = moment if isinstance(moment, int) else None
        date = self.zone.date(moment) if isinstance(moment, int) else moment
        return Expected(date, instant, word, names, student, fields, written(node.span), node.span)

    def _named(self, what: str, name: str, span: Span) -> tuple[str, frozenset[str]]:
        """What is said of which actions or ladders; no names where nothing is called so. An item comes before a ladder of its name."""
        found = self.names.paths(name) if what in ITEM_WHATS or what == TOLD else frozenset()
        if not found and what in CASE_WHATS and name in self.names.ladders:
            return CASE + what, frozenset(self.names.ladders[name])
        if len(found) > 1:
            called = listed(self.names.called(path) for path in sorted(found))
            self.nodes.problem("ambiguous-name", say("several items are called `{name}`", name=name), span, say("write which: {called}", called=called))
            return what, frozenset()
        if not found:
            ladder = what not in ITEM_WHATS and what != TOLD
            kind, help = ("ladder", self.names.near_ladder(name)) if ladder else ("item", self.names.near(name))
            self.nodes.problem(f"unknown-{kind}", say("unknown {kind} `{name}`", kind=noun(kind), name=name), span, help)
        elif what == TOLD and not any(self.names.actions[path].tells for path in found):
            self.nodes.problem("not-a-notice", say("`{name}` is something to be done, not a notice", name=name), span, say("write `issued:`"))
        return what, found

    def _student(self, node: Node | None, span: Span, context: Context, only: str) -> str:
        name = self.nodes.text(node, say("`student`")) if node is not None else only
        if not name and context.roster is not None and not context.roster.ids():
            self.nodes.problem("missing-field", NO_STUDENT, span, GIVE_STUDENTS)
        elif not name:
            self.nodes.problem("missing-field", say("the case has several students, and the line does not say whose it is"), span, say("add `student:`"))
        elif context.roster is not None and not context.roster.rows(name):
            self.nodes.problem(
                "unknown-student", say("student `{name}` is not in the case", name=name), node.span if node else span, near(name, context.roster.ids()),
            )
        return name or ""

    def _field(self, key: str, node: Node, moment: Instant | Date) -> Any:
        what = say("`{key}`", key=ours(key, "expected"))
        if key in ("by", "to", "notify") and isinstance(node, MapNode):
            return self._who_had(node)
        if key in ("by", "to", "notify"):
            joined = [] if isinstance(node, ListNode) else (self.nodes.text(node, what) or "").split("+")
            listed = [*self.nodes.texts(node if isinstance(node, ListNode) else None, what), *((part.strip(), node.span) for part in joined)]
            found = [self.setting.role(text, span) for text, span in listed]
            return frozenset(found) if all(found) and found else None
        if key in ("missing", "person"):
            listed = self.nodes.texts(
                node, what,
            ) if isinstance(node, ListNode) else [(self.nodes.text(node, what) or "", node.span)]
            return frozenset(text for text, _ in listed) if all(text for text, _ in listed) else None
        text = self.nodes.text(node, what)
        if key == "entry" and text == "none":
            return ""
        return self._due(text, node.span, moment) if key == "due" and text else text

    def _who_had(self, node: MapNode) -> frozenset[str] | None:
        """Those who had an item, as `{who_had: visit}` says it."""
        cells = self.nodes.keys(node, WHO, say("who acts"))
        name = self.nodes.text(cells.get("who_had"), say("`who_had`"))
        found = {path.rpartition(".")[2] for path in self.names.paths(name)} if name else set()
        if name and not found:
            self.nodes.problem("unknown-item", say("unknown item `{name}`", name=name), cells["who_had"].span, self.names.near(name))
        return frozenset(f"{WHO_HAD}{one}" for one in found) or None

    def _due(self, text: str, span: Span, moment: Instant | Date) -> str | Instant | None:
        """`none` as empty, a date as its text, an instant."""
        if text == "none":
            return ""
        date, clock = self.zone.date(moment) if isinstance(moment, int) else moment, clock_meant(text)
        try:
            found: Instant | Date = self.zone.instant(date, parse_clock(text)) if clock else parse_moment(text, self.zone)
        except ValueError as error:
            meant = (clock,) if clock else moments_meant(text, date)
            self.nodes.misread(text, error, span, say("write 2025-11-04, 2025-11-04 08:30, 08:30 or none"), meant)
            return None
        return found if isinstance(found, int) else found.isoformat()
