"""A spec file as cases: every problem with its place, all of them at once."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from attrs import evolve

from ..events import Event, Mark
from ..ledger import CASE_WHATS, ITEM_WHATS
from ..parse import ListNode, MapNode, Node, TextNode, parse
from ..readers.moments import parse_clock, parse_date, parse_moment
from ..readers.nodes import Nodes, near
from ..readers.rejects import Context
from ..source import Problem, Source, Span
from ..times import Instant
from .entries import events_of
from .notation import Day, parse_days
from .setting import Setting
from .values import CASE, TOLD, WHATS, Case, Expected

Date = datetime.date
SHARED = ("from", "calendar", "students", "roles", "until")
TOP = ("title", "policy", *SHARED, "cases")
OWN = ("title", *SHARED, "marks", "events", "expect")
FIELDS = ("student", "by", "to", "notify", "due", "missing", "person", "result", "number")
LEFT_OUT = Date(2025, 9, 1)  # where no date is written at all


def parse_spec(source: Source) -> tuple[tuple[Case, ...], tuple[Problem, ...]]:
    """The cases of a text, none where there is a problem, and every problem, sorted by place."""
    root, found = parse(source)
    if root is None:
        return (), tuple(evolve(problem, help="start with `cases:`") if problem.kind == "empty-file" else problem for problem in found)
    reading = _Reading(source, Nodes(found))
    cases = reading.cases(root)
    problems = tuple(sorted(reading.nodes.problems, key=lambda problem: problem.place))
    return (() if reading.nodes.failed else tuple(cases)), problems


class _Reading:
    """One spec file being read."""

    def __init__(self, source: Source, nodes: Nodes) -> None:
        self.source, self.nodes = source, nodes
        self.setting = Setting(source, nodes)

    def cases(self, root: Node) -> list[Case]:
        top = self.nodes.keys(root, TOP, "a spec")
        self.setting.load(top.get("policy"), root)
        if "cases" not in top:
            self.nodes.problem("missing-key", "the spec has no `cases`", root.span, "write `cases:` and below it a title and what is given and expected")
        if not self.setting.policies:
            return []
        given = {key: top[key] for key in SHARED if key in top}
        found = [self._case(key, value, given) for key, value in self.nodes.entries(top.get("cases"), "`cases`")]
        return [case for case in found if case is not None]

    # --- a case -------------------------------------------------------------------------------------

    def _case(self, title: TextNode, node: Node, shared: Mapping[str, Node]) -> Case | None:
        own = self.nodes.keys(node, OWN, f"case `{title.text}`")
        given = {**shared, **{key: own[key] for key in SHARED if key in own}}
        marks = {key.text: value for key, value in self.nodes.entries(own.get("marks"), "`marks`")}
        moments = {key: (list(self.nodes.items(value, "the events of a date")), value) for key, value in self.nodes.entries(own.get("events"), "`events`")}
        expect = list(self.nodes.entries(own.get("expect"), "`expect`"))
        if "expect" not in own:
            self.nodes.problem("missing-key", f"case `{title.text}` has no `expect`", title.span, "write `expect: {}` where nothing must come")
        keys = {key.text: moment for key in (*moments, *(key for key, _ in expect)) if (moment := self._moment(key)) is not None}
        start, until = self.nodes.date(given.get("from"), "`from`"), self.nodes.date(given.get("until"), "`until`")
        dates = [self._date(moment) for moment in keys.values()] + [date for date in (start, until) if date is not None]
        calendar = self.setting.calendar(given.get("calendar"), dates or [LEFT_OUT])
        before = len(self.nodes.problems)
        roster = self.setting.roster(given, marks)
        if calendar is None or len(self.nodes.problems) > before:
            return None
        closes = max(policy.day.closes for policy in self.setting.policies)
        context = Context(calendar.zone, calendar, roster, closes, frozenset(code for policy in self.setting.policies for code in policy.marks))
        events: list[Event] = []
        for student, written in marks.items():
            events += self._marks(student, written, start, context)
        dates += [event.date for event in events if isinstance(event, Mark)]
        only = roster.ids()[0] if len(roster.ids()) == 1 else ""
        for key, (items, _) in moments.items():
            for item in items:
                if key.text in keys:
                    events += self._events(item, keys[key.text], context, only)
        expected = tuple(
            line for key, value in expect if key.text in keys for item in self._lines(value)
            if (line := self._expected(item, keys[key.text], context, only)) is not None
        )  # fmt: skip
        end = until or max(dates, default=LEFT_OUT)
        if until is not None:
            for line in expected:
                if line.date > until:
                    self.nodes.problem("after-until", f"this is expected after `until`, {until}", line.span)
        last = calendar.zone.next_midnight(end) - 1
        return Case(title.text, self.source.path, self.setting.policies, calendar, roster, tuple(events), last, expected, title.span)

    def _moment(self, key: TextNode) -> Instant | Date | None:
        try:
            return parse_moment(key.text, self.setting.zone)
        except ValueError as error:
            self.nodes.problem("bad-date", str(error), key.span, "write 2025-11-03, or 2025-11-03 10:00")
            return None

    def _date(self, moment: Instant | Date) -> Date:
        return self.setting.zone.date(moment) if isinstance(moment, int) else moment

    # --- marks and events -----------------------------------------------------------------------------

    def _marks(self, student: str, node: Node, start: Date | None, context: Context) -> list[Mark]:
        found: list[Mark] = []
        stretches: list[tuple[Date | None, Node]] = [(start, node)]
        if isinstance(node, MapNode):
            stretches = [(self._key_date(key), value) for key, value in node.entries]
        for first, value in stretches:
            text = self.nodes.text(value, f"the marks of `{student}`")
            if text is None:
                continue
            if first is None:
                if not isinstance(node, MapNode):
                    help = "write `from: 2025-11-03` beside `cases:`, or `{2025-11-03: ...}`"
                    self.nodes.problem("missing-key", f"the marks of `{student}` begin on no date", value.span, help)
                continue
            try:
                found += self._laid(student, parse_days(text), first, context)
            except ValueError as error:
                self.nodes.problem("bad-marks", str(error), value.span)
        return found

    def _key_date(self, key: TextNode) -> Date | None:
        try:
            return parse_date(key.text)
        except ValueError as error:
            self.nodes.problem("bad-date", str(error), key.span, "write 2025-11-03")
            return None

    def _laid(self, student: str, days: list[Day], first: Date, context: Context) -> Iterable[Mark]:
        """The marks of some days, laid over the school days from a date."""
        row = context.roster.row(student, first) if context.roster is not None else None
        own = context.calendar.of(row.school if row else "")
        dates = [date for date in own.school_days if date >= first]
        if len(dates) < len(days):
            raise ValueError(f"the marks are of {len(days)} days, and the calendar has {len(dates)} school days from {first}")
        known = context.codes or frozenset()
        for date, day in zip(islice(dates, len(days)), days, strict=True):
            sessions = own.sessions(date)
            codes = (day,) * len(sessions) if isinstance(day, str) else day
            if len(codes) != len(sessions):
                names = ", ".join(session.period for session in sessions)
                raise ValueError(f"{date} has {len(sessions)} sessions ({names}), and `({''.join(code or '_' for code in codes)})` is of {len(codes)}")
            for session, code in zip(sessions, codes, strict=True):
                if code and code not in known:
                    raise ValueError(f"code `{code}` is not one of the policy's marks ({', '.join(sorted(known))}); `_` is a day of which nothing is recorded")
                if code:
                    yield Mark(student=student, date=date, session=session.period, code=code, known=session.start)

    def _events(self, node: Node, moment: Instant | Date, context: Context, only: str) -> list[Event]:
        entries = list(self.nodes.entries(node, "an event"))
        if not entries:
            return []
        found = events_of(node, entries, moment, context, self.setting.names, only)
        if isinstance(found, Problem):
            self.nodes.problems.append(found)
            return []
        return found

    # --- what is expected -------------------------------------------------------------------------------

    def _lines(self, node: Node) -> tuple[Node, ...]:
        return (node,) if isinstance(node, MapNode) else self.nodes.items(node, "what is expected on a date")

    def _expected(self, node: Node, moment: Instant | Date, context: Context, only: str) -> Expected | None:
        entries = list(self.nodes.entries(node, "a line of `expect`"))
        whats = [(key, value) for key, value in entries if key.text in WHATS]
        if len(whats) != 1:
            message = "the line does not say what came about" if not whats else "the line says two things"
            self.nodes.problem("unknown-word", message, node.span, near(entries[0][0].text, WHATS) if entries and not whats else "write a line for each")
            return None
        (what, named), cells = whats[0], {}
        for key, value in entries:
            if key is not what and key.text not in FIELDS:
                self.nodes.problem("unknown-key", f"unknown key `{key.text}` in a line of `expect`", key.span, near(key.text, FIELDS))
            elif key is not what:
                cells[key.text] = value
        name = self.nodes.text(named, f"`{what.text}`")
        word, names = self._named(what.text, name, named.span) if name else ("", frozenset())
        student = self._student(cells.pop("student", None), node.span, context, only)
        fields = {key: self._field(key, value, moment) for key, value in cells.items()}
        if not names or not student or None in fields.values():
            return None
        instant = moment if isinstance(moment, int) else None
        return Expected(self._date(moment), instant, word, names, student, fields, self._text(node.span), node.span)

    def _text(self, span: Span) -> str:
        """A line of `expect` as it is written."""
        lines = [self.source.line(number) for number in range(span.line, span.end_line + 1)]
        lines[-1] = lines[-1][: span.end_col - 1]
        lines[0] = lines[0][span.col - 1 :]
        return " ".join(line.strip() for line in lines)

    def _named(self, what: str, name: str, span: Span) -> tuple[str, frozenset[str]]:
        """What is said of which actions or ladders; no names where nothing is called so."""
        if what in CASE_WHATS and name in self.setting.names.ladders:
            return CASE + what, frozenset(self.setting.names.ladders[name])
        found = self.setting.names.paths(name)
        if not found:
            ladder = what not in ITEM_WHATS and what != TOLD
            kind, help = ("ladder", self.setting.names.near_ladder(name)) if ladder else ("item", self.setting.names.near(name))
            self.nodes.problem(f"unknown-{kind}", f"unknown {kind} `{name}`", span, help)
        elif what == TOLD and not any(self.setting.names.actions[path].tells for path in found):
            self.nodes.problem("not-a-notice", f"`{name}` is something to be done, not a notice", span, "write `issued:`")
        return what, found

    def _student(self, node: Node | None, span: Span, context: Context, only: str) -> str:
        name = self.nodes.text(node, "`student`") if node is not None else only
        if not name:
            self.nodes.problem("missing-field", "the case has several students, and the line does not say whose it is", span, "add `student:`")
        elif context.roster is not None and not context.roster.rows(name):
            self.nodes.problem("unknown-student", f"student `{name}` is not in the case", node.span if node else span, near(name, context.roster.ids()))
        return name or ""

    def _field(self, key: str, node: Node, moment: Instant | Date) -> Any:
        if key in ("by", "to", "notify"):
            joined = [] if isinstance(node, ListNode) else (self.nodes.text(node, f"`{key}`") or "").split("+")
            listed = [*self.nodes.texts(node if isinstance(node, ListNode) else None, f"`{key}`"), *((part.strip(), node.span) for part in joined)]
            found = [self.setting.role(text, span) for text, span in listed]
            return frozenset(found) if all(found) and found else None
        if key in ("missing", "person"):
            listed = self.nodes.texts(node, f"`{key}`") if isinstance(node, ListNode) else [(self.nodes.text(node, f"`{key}`") or "", node.span)]
            return frozenset(text for text, _ in listed) if all(text for text, _ in listed) else None
        text = self.nodes.text(node, f"`{key}`")
        return self._due(text, node.span, moment) if key == "due" and text else text

    def _due(self, text: str, span: Span, moment: Instant | Date) -> str | Instant | None:
        """`none` as empty, a date as its text, an instant."""
        if text == "none":
            return ""
        try:
            if len(text) <= 5:
                found: Instant | Date = self.setting.zone.instant(self._date(moment), parse_clock(text))
            else:
                found = parse_moment(text, self.setting.zone)
        except ValueError as error:
            self.nodes.problem("bad-date", str(error), span, "write 2025-11-04, 2025-11-04 08:30, 08:30 or none")
            return None
        return found if isinstance(found, int) else found.isoformat()
