"""Where a spec plays: its policies, its calendar, its students and who holds which role."""

from __future__ import annotations

import datetime
import os
import posixpath
from collections.abc import Iterable, Mapping

from ..check import check_versions
from ..days import Calendar
from ..kinds import kind_of
from ..language import with_article
from ..load import load_policy
from ..loading.lists import joined
from ..messages import listed, noun, ours, say
from ..parse import ListNode, MapNode, Node, TextNode
from ..policy import Policy, in_turn
from ..readers.calendar import calendar_of, check_close, parse_calendar
from ..readers.cells import unreadable_cells
from ..readers.nodes import Nodes, near
from ..readers.texts import read_source
from ..roster import Roster
from ..source import Problem, Refused, Source, Span
from ..times import Zone
from . import ordinary
from .names import Names

Date = datetime.date
SPAN = ("from", "to")  # the columns of a student that are dates of their own


class Setting:
    """What the cases of one file share; each method adds what is wrong to the problems of the file."""

    def __init__(self, source: Source, nodes: Nodes, library: dict[str, Policy]) -> None:
        self.source, self.nodes, self.library = source, nodes, library
        self.policies: tuple[Policy, ...] = ()
        self.names, self.zone = Names(()), Zone("UTC")
        self.calendars: dict[int, Calendar | None] = {}
        # By the node that says for what a role is held: the role, the node, and what the students of the cases belong to.
        self.places: dict[int, tuple[str, TextNode, set[str]]] = {}

    def load(self, node: Node | None, root: Node) -> None:
        """Read the policies that a spec names; left out, the one beside it."""
        named = self.nodes.texts(node, say("`policy`")) if isinstance(node, ListNode) else []
        if node is not None and not isinstance(node, ListNode) and (text := self.nodes.text(node, say("`policy`"))):
            named = [(text, node.span)]
        if isinstance(node, ListNode) and not node.items:
            self.nodes.problem("missing-value", say("`policy` names no file"), node.span, say("write `policy: policy.yaml`"))
        if node is None:
            own = posixpath.basename(self.source.path.replace(os.sep, "/")).removesuffix(".spec.yaml") + ".yaml"
            here = [name for name in (own, "policy.yaml") if os.path.isfile(self._beside(name))]
            if not here:
                self.nodes.problem(
                    "missing-key", say("the spec names no `policy`, and no policy.yaml stands beside it"), root.span, say("write `policy: policy.yaml`"),
                )
            named = [(name, root.span) for name in here[:1]]
        found = []
        for name, span in named:
            try:
                path = self._beside(name)
                if path not in self.library:
                    self.library[path] = load_policy(path, for_evaluation=True)
                found.append(self.library[path])
            except Refused as refused:
                self._refused(refused.problems, name, "policy", span)
        problems = check_versions(found)
        self.nodes.problems += [problem if problem.span else Problem(problem.kind, problem.message, root.span, problem.help) for problem in problems]
        if found and len(found) == len(named) and not problems:
            self.policies, self.names, self.zone = in_turn(found), Names(found), Zone(found[0].timezone)

    def _refused(self, problems: Iterable[Problem], name: str, key: str, span: Span) -> None:
        """The problems of a file that is named under a key; one that is of another kind is no fault of that file."""
        for problem in problems:
            if problem.kind == f"not-a-{key}" and problem.span is not None and problem.span.source.path == self._beside(name):
                kind = kind_of(problem.span.source)
                message = say("`{name}` is {what}, and no {other}", name=name, what=with_article(kind), other=noun(key))
                other = say("`{key}` names another file", key=ours(key, "spec"))
                help = say("it is named under `{kind}`; {other}", kind=ours(kind, "spec"), other=other) if kind in ("policy", "calendar") else other
                self.nodes.problem(problem.kind, message, span, help)
            else:
                self.nodes.problems.append(problem if problem.span else Problem(problem.kind, problem.message, span, problem.help))

    def _beside(self, name: str) -> str:
        return os.path.normpath(os.path.join(os.path.dirname(self.source.path), name))

    def calendar(self, node: Node | None, dates: Iterable[Date]) -> Calendar | None:
        """The calendar that is written, in the file or in another; the ordinary one around some dates; None where it has problems."""
        if node is None:
            return ordinary.calendar(self.zone.name, dates)
        if id(node) not in self.calendars:
            self.calendars[id(node)] = self._written_calendar(node)
        return self.calendars[id(node)]

    def _written_calendar(self, node: Node) -> Calendar | None:
        source = self.source
        try:
            if isinstance(node, TextNode):
                source = read_source(self._beside(node.text.strip()))
                calendar, problems = parse_calendar(source)
            else:
                calendar, problems = calendar_of(node)
        except Refused as refused:
            calendar, problems = None, refused.problems
        self._refused(problems, node.text if isinstance(node, TextNode) else "", "calendar", node.span)
        if calendar is None:
            return None
        for policy in self.policies:
            late = check_close(calendar, policy.day.closes, source if isinstance(node, TextNode) else None)
            self.nodes.problems += [Problem(problem.kind, problem.message, problem.span or node.span, problem.help) for problem in late]
            if policy.timezone != calendar.timezone:
                message = say(
                    "policy `{name}` is written for `{timezone}`, the calendar for `{timezone2}`", name=policy.name, timezone=policy.timezone,
                    timezone2=calendar.timezone,
                )
                self.nodes.problem("other-timezone", message, node.span)
        return calendar

    def roster(self, given: Mapping[str, Node], marks: Mapping[str, Node]) -> Roster:
        """The students that are written, else those who have marks, and who holds which role."""
        written = dict(self.nodes.entries(given.get("students"), say("`students`")))
        columns: dict[str, dict[str, str]] = {}
        there: dict[str, tuple[Date | None, Date | None]] = {}
        asked = self._columns() if written else []
        for key, value in written.items():
            cells = dict(self.nodes.entries(value, say("student `{text}`", text=key.text)))
            told = ((name.text, self.nodes.text(cell, say("`{text}`", text=name.text))) for name, cell in cells.items() if name.text not in SPAN)
            columns[key.text] = {name: text for name, text in told if text is not None}
            there[key.text] = self._there({name.text: cell for name, cell in cells.items()}, key.text)
            for column in cells:
                if column.text not in (*asked, *SPAN):
                    self.nodes.problem(
                        "unknown-column", say("no policy asks about `{text}`", text=column.text), column.span, near(column.text, [*asked, *SPAN]),
                    )
        if written:
            spans = {name: node.span for name, node in marks.items()}
            for name in marks:
                if name not in columns:
                    self.nodes.problem("unknown-student", say("student `{name}` is not among `students:`", name=name), spans[name], near(name, columns))
        names = list(columns) or list(marks)
        people: dict[str, dict[str, tuple[str, ...]]] = {}
        held: list[tuple[str, TextNode]] = []
        for key, value in self.nodes.entries(given.get("roles"), say("`roles`")):
            role = self.role(key.text, key.span)
            if role:
                people[role] = self._people(value, key.text)
                held += [(role, place) for place, _ in value.entries] if isinstance(value, MapNode) else []
        roster = ordinary.roster((ordinary.student(name, columns.get(name, {}), *there.get(name, ())) for name in names), self.policies, people)
        for role, where in held:
            found = {row.get(ordinary.column_of(role, self.policies)) for row in roster.students}
            self.places.setdefault(id(where), (role, where, set()))[2].update(found)
        place = given.get("students") or given.get("roles")
        for problem in unreadable_cells(self.policies, roster):
            self.nodes.problems.append(Problem(problem.kind, problem.message, place.span if place else None, problem.help))
        return roster

    def _there(self, cells: Mapping[str, Node], student: str) -> tuple[Date | None, Date | None]:
        """From when to when a student is on the roster, both dates counted."""
        first, last = (self.nodes.date(cells[key], say("`{key}`", key=key)) if key in cells else None for key in SPAN)
        if first is not None and last is not None and last < first:
            self.nodes.problem("ends-early", say("student `{student}` leaves before coming", student=student), cells["to"].span)
            last = None
        return first, last

    def check_places(self) -> None:
        """Nobody is found where a role is held for what no student of any case belongs to."""
        for role, where, found in self.places.values():
            if where.text not in found:
                message = say("role `{role}` is held for `{text}`, and no student belongs to that", role=role, text=where.text)
                self.nodes.problem("unknown-place", message, where.span, near(where.text, sorted(found)))

    def _columns(self) -> list[str]:
        """The columns of students that mean something."""
        asked = {name for policy in self.policies for name in policy.students}
        levels = {role.of for policy in self.policies for role in policy.roles.values()}
        return sorted({"name", "grade", "birth_date", "household", *ordinary.COLUMNS, *asked, *levels})

    def _people(self, node: Node, role: str) -> dict[str, tuple[str, ...]]:
        if isinstance(node, MapNode):
            return {key.text: self._persons(value, role) for key, value in node.entries}
        return {"": self._persons(node, role)}

    def _persons(self, node: Node, role: str) -> tuple[str, ...]:
        if isinstance(node, ListNode):
            return tuple(text for text, _ in self.nodes.texts(node, say("role `{role}`", role=role)))
        text = self.nodes.text(node, say("role `{role}`", role=role))
        return (text,) if text else ()

    def role(self, name: str, span: Span) -> str:
        """The role that a name or a title means, empty where there is none."""
        found = self.names.roles.get(name, set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            self.nodes.problem("ambiguous-name", say("several roles are called `{name}`: {listed}", name=name, listed=listed(sorted(found))), span)
        else:
            several = joined(TextNode(name, span), self.names.roles)
            help = say("a list stands in brackets: write `[{names}]`", names=", ".join(several)) if several else self.names.near_role(name)
            self.nodes.problem("unknown-role", say("unknown role `{name}`", name=name), span, help)
        return ""
