"""A spec file as cases: every problem with its place, all of them at once."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from attrs import evolve

from ..events import TYPES, CalendarEdit, Event
from ..keywords import KEYS, OWN_ROLES
from ..kinds import OF_A_RUN, kind_of_file
from ..messages import say
from ..mixups import other_kind
from ..parse import ListNode, MapNode, Node, TextNode, parse
from ..policy import Policy
from ..readers.moments import parse_moment
from ..readers.nodes import Nodes
from ..readers.rejects import Context
from ..source import Problem, Source, Span, written
from ..times import NEVER, Instant
from ..translate.forms import EN
from ..translate.own import Own
from ..translate.spoken import as_written
from ..translate.tree import Turn, english, is_policy, kind_of_tree
from .entries import events_of, expand
from .expecting import Expecting
from .laying import Laid, Laying, opened
from .setting import Setting
from .sheets import Sheets
from .values import Case

Date = datetime.date
SHARED = ("from", "calendar", "students", "roles", "until", "only")
TOP = ("title", "policy", *SHARED, "cases")
OWN = ("title", *SHARED, "marks", "events", "registers", "expect")
# Who `家长` is, the policies' own roles say first.
AS_READ = Turn(EN, Own(roles=frozenset(OWN_ROLES.values())))
EVENTS = say("the events of a date")
LIST = say("{what} must be a list in [ ]", what=EVENTS)
LEFT_OUT = Date(2025, 9, 1)  # where no date is written at all


def parse_spec(source: Source, library: dict[str, Policy] | None = None) -> tuple[tuple[Case, ...], tuple[Problem, ...]]:
    """The cases of a text, none where there is a problem, and every problem, sorted by place.

    library: policies that were read, by path; those that are read now are put into it.
    """
    other = kind_of_file(source)
    if other in OF_A_RUN:
        return (), as_written([other_kind(source, other, "spec")])
    root, found = parse(source)
    if root is None:
        return (), as_written(evolve(problem, help=say("start with `cases:`")) if problem.kind == "empty-file" else problem for problem in found)
    kind = kind_of_tree(root)
    other = "policy" if is_policy(root) else kind if kind != "policy" else ""  # a spec names its policy, and may lack its cases
    if other and other != "spec":
        return (), as_written([other_kind(source, other, "spec")])
    tree, twice = english(root, "spec", AS_READ)
    chinese = isinstance(root, MapNode) and root.get(KEYS["cases"]) is not None
    reading = _Reading(source, Nodes([*found, *twice]), {} if library is None else library, chinese=chinese)
    cases = reading.cases(tree)
    # What all cases share is read for each, and said once.
    unique = {(problem.place, problem.kind, problem.message): problem for problem in reading.nodes.problems}
    problems = as_written(sorted(unique.values(), key=lambda problem: problem.place))
    return (() if reading.nodes.failed else tuple(cases)), problems


class _Reading:
    """One spec file being read."""

    def __init__(self, source: Source, nodes: Nodes, library: dict[str, Policy], *, chinese: bool) -> None:
        self.source, self.nodes, self.chinese = source, nodes, chinese
        self.setting = Setting(source, nodes, library)
        self.expecting = Expecting(nodes, self.setting)
        self.sheets = Sheets(nodes, self.setting)
        self.laying = Laying(nodes, self.setting)

    def cases(self, root: Node) -> list[Case]:
        top = self.nodes.keys(root, TOP, say("a spec"))
        self.nodes.text(top.get("title"), say("`title`"))
        self.setting.load(top.get("policy"), root)
        if "cases" not in top:
            self.nodes.problem(
                "missing-key", say("the spec has no `cases`"), root.span, say("write `cases:` and below it a title and what is given and expected"),
            )
        if not self.setting.policies:
            return []
        given = {key: top[key] for key in SHARED if key in top}
        entries = list(self.nodes.entries(top.get("cases"), say("`cases`")))
        if "cases" in top and not entries:
            self.nodes.problem("missing-value", say("`cases` holds no case"), top["cases"].span, say("write a title and below it what is given and expected"))
        found = [self._case(key, value, given) for key, value in entries]
        self.setting.check_places()
        return [case for case in found if case is not None]

    # --- a case -------------------------------------------------------------------------------------

    def _case(self, title: TextNode, node: Node, shared: Mapping[str, Node]) -> Case | None:
        so_far = len(self.nodes.problems)
        own = self.nodes.keys(node, OWN, say("case `{text}`", text=title.text))
        misspelt = len(self.nodes.problems) > so_far
        self.nodes.text(own.get("title"), say("`title`"))
        given = {**shared, **{key: own[key] for key in SHARED if key in own}}
        marks = {key.text: value for key, value in self.nodes.entries(own.get("marks"), say("`marks`"))}
        moments = {key: (self._items(key, value), value) for key, value in self.nodes.entries(
            own.get("events"), say("`events`"),
        )}
        expect = list(self.nodes.entries(own.get("expect"), say("`expect`")))
        listed = list(self.nodes.entries(own.get("registers"), say("`registers`")))
        keyed = (*moments, *(key for key, _ in (*expect, *listed)))
        if misspelt and not (marks and "expect" in own):
            return None  # what stands under the other word is not known: what lacks it is not said
        if "expect" not in own:
            self.nodes.problem(
                "missing-key", say("case `{text}` has no `expect`", text=title.text), title.span, say("write `expect: {{}}` where nothing must come"),
            )
        keys = {key.text: moment for key in keyed if (moment := self._moment(key)) is not None}
        start, until = self.nodes.date(given.get("from"), say("`from`")), self.nodes.date(given.get("until"), say("`until`"))
        dates = [self._date(moment) for moment in keys.values()] + [date for date in (start, until) if date is not None]
        calendar = self.setting.calendar(given.get("calendar"), dates or [LEFT_OUT])
        before = len(self.nodes.problems)
        roster = self.setting.roster(given, marks)
        if calendar is None or len(self.nodes.problems) > before:
            return None
        closes = max(policy.day.closes for policy in self.setting.policies)
        context = Context(calendar.zone, calendar, roster, closes, frozenset(code for policy in self.setting.policies for code in policy.marks))
        only = roster.ids()[0] if len(roster.ids()) == 1 else ""
        found = [(item, keys[key.text]) for key, (items, _) in moments.items() if key.text in keys for item in items]
        before = len(self.nodes.problems)
        events = [event for item, moment in found if not _is(item, "mark") for event in self._events(item, moment, context, only)]
        if len(self.nodes.problems) > before and any(_is(item, "calendar") for item, _ in found):
            return None  # on which days there is school is not known
        context = evolve(context, calendar=opened(calendar, [event for event in events if isinstance(event, CalendarEdit)]))
        events += [event for item, moment in found if _is(item, "mark") for event in self._events(item, moment, context, only)]
        begun = marks if start is not None or "from" not in given else {name: written for name, written in marks.items() if isinstance(written, MapNode)}
        laid = [one for student, written in begun.items() for one in self.laying.marks(student, written, start, context)]
        self._late(title.text, start, next((one for one in laid if one.late), None))
        events += [mark for one in laid for mark in one.marks]
        dates += [one.last for one in laid]
        if until is not None:
            self._beyond(until, [(one.last, one.span) for one in laid])
        expected = tuple(
            line for key, value in expect if key.text in keys for item in self._lines(value)
            if (line := self.expecting.line(item, keys[key.text], context, only)) is not None
        )  # fmt: skip
        sheets = tuple(sheet for key, value in listed if key.text in keys for sheet in self.sheets.at(value, self._instant(keys[key.text], context)))
        dates += [calendar.zone.date(event.known) for event in events]
        if until is not None:
            self._beyond(until, [(self._date(keys[key.text]), key.span) for key in keyed if key.text in keys])
        if not marks and not moments and not any(key in own for key in ("students", "until")):
            self.nodes.problem(
                "missing-key", say("case `{text}` gives no marks and no events: nothing is played", text=title.text), title.span, say("write `marks:`"),
            )
        last = calendar.zone.next_midnight(until or max(dates, default=LEFT_OUT)) - 1
        since = calendar.zone.midnight(start) if start is not None else -NEVER
        parts = self._parts(given.get("only"))
        return Case(
            title.text, self.source.path, self.setting.policies, calendar, roster, tuple(expand(events)), last, since, parts, expected, title.span,
            self.chinese, sheets,
        )  # fmt: skip

    def _parts(self, node: Node | None) -> frozenset[str]:
        """The ladders, duties and targets that a case is about; none: all."""
        if node is None:
            return frozenset()
        listed = self.nodes.texts(node, say("`only`")) if isinstance(node, ListNode) else [(self.nodes.text(node, say("`only`")) or "", node.span)]
        found: set[str] = set()
        for name, span in listed:
            parts = self.setting.names.ladders.get(name) or self.setting.names.parts.get(name)
            if parts is None and name:
                self.nodes.problem("unknown-part", say("no ladder, duty or target is called `{name}`", name=name), span, self.setting.names.near_part(name))
            found |= parts or set()
        return frozenset(found)

    def _items(self, key: TextNode, node: Node) -> list[Node]:
        """The events of a date; one that stands without its list is shown in it."""
        if isinstance(node, MapNode) and node.entries:
            event = in_braces(node)
            help = say("write `{line}`", line=f"{written(key.span)}: [{event}]") if event else say("begin each event with `- `")
            self.nodes.problem("not-a-list", LIST, node.span, help)
            return []
        if isinstance(node, TextNode) and node.text in TYPES:
            help = say("write `{line}`", line=f"{written(key.span)}: [{{{written(node.span)}: ...}}]")
            self.nodes.problem("not-a-list", LIST, node.span, help)
            return []
        return list(self.nodes.items(node, EVENTS))

    def _lines(self, node: Node) -> tuple[Node, ...]:
        return (node,) if isinstance(node, MapNode) else self.nodes.items(node, say("what is expected on a date"))

    def _late(self, title: str, start: Date | None, laid: Laid | None) -> None:
        """Warns of a case that begins later than its `from` says, since there is no school on that date; laid: its first marks that do."""
        if laid is not None:
            begins = laid.first
            message = say("there is no school on {date}, from which case `{text}` is played: its marks begin on {next}", date=start, text=title, next=begins)
            help = say("write `from: {next}`, or the date beside the marks, `{{{next}: ...}}`", next=begins)
            self.nodes.problem("no-session", message, laid.span, help, warning=True)

    def _beyond(self, until: Date, found: Iterable[tuple[Date, Span]]) -> None:
        """What lies after the end of a case is not played: it must not look as if it were."""
        for date, span in found:
            if date > until:
                self.nodes.problem("after-until", say("this lies after `until`, {until}, and is not played", until=until), span)

    def _moment(self, key: TextNode) -> Instant | Date | None:
        try:
            return parse_moment(key.text, self.setting.zone)
        except ValueError as error:
            self.nodes.misread(key.text, error, key.span, say("write 2025-11-03, or 2025-11-03 10:00"))
            return None

    def _instant(self, moment: Instant | Date, context: Context) -> Instant:
        """A date is its close."""
        return moment if isinstance(moment, int) else context.close(moment)

    def _date(self, moment: Instant | Date) -> Date:
        return self.setting.zone.date(moment) if isinstance(moment, int) else moment

    # --- events -----------------------------------------------------------------------------------

    def _events(self, node: Node, moment: Instant | Date, context: Context, only: str) -> list[Event]:
        before = len(self.nodes.problems)
        entries = list(self.nodes.entries(node, say("an event")))
        if not entries and len(self.nodes.problems) > before:
            return []
        found = events_of(node, entries, moment, context, self.setting.names, only)
        if isinstance(found, Problem):
            self.nodes.problems.append(found)
            return []
        return found


def in_braces(node: MapNode) -> str:
    """A mapping as it is written, in braces on one line; empty where a value in it takes several."""
    if node.flow:
        return written(node.span)
    if any(value.span.line != value.span.end_line for _, value in node.entries):
        return ""
    return f"{{{', '.join(f'{written(key.span)}: {written(value.span)}' for key, value in node.entries)}}}"


def _is(node: Node, kind: str) -> bool:
    """Whether an event is of a type."""
    return isinstance(node, MapNode) and node.get(kind) is not None
