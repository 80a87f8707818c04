"""Calendars from YAML: every date checked against terms and coverage, every problem with its place.

```yaml
calendar: xingqing-2025
timezone: Asia/Shanghai
sessions: {am: "08:00-11:40", pm: "14:00-17:00", evening: "19:00-20:30"}
week: {monday: [am, pm], sunday: [evening]}     # left out: every session, Monday to Friday
terms: {autumn: {from: 2025-09-01, to: 2026-01-23}}
covers: {from: 2025-08-25, to: 2026-08-31}      # left out: from the first term's start to the last one's end
closed: {2025-10-01..2025-10-08: 国庆中秋}
make_up: {2025-09-28: friday}
days: {2025-11-14: {kind: sports, sessions: [am]}}
office: {closed: [2025-10-01..2025-10-08], open: [2025-09-28]}
years: {2025: [autumn]}
schools: {north: {closed: {2025-12-01..2025-12-02: 暴雪}}}
```
"""

from __future__ import annotations

import datetime
import difflib
import os
from collections.abc import Iterable, Mapping
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from attrs import define, evolve, field

from ..days import WEEKDAYS, Calendar, DayPlan, Period, Plans, Term
from ..loading.lists import joined
from ..messages import UNSAID, Said, noun, ours, say
from ..mixups import misplaced
from ..parse import ListNode, MapNode, Node, TextNode, parse
from ..slips.dates import hours_meant, stretches_meant
from ..source import Problem, Source, Span
from ..translate.spoken import as_written
from ..translate.tree import english
from .moments import dates_between, parse_clock
from .nodes import Nodes, near
from .tables import refuse
from .texts import read_source

Date = datetime.date
PLAN_KEYS = ("closed", "make_up", "days", "office")
KEYS = ("calendar", "timezone", "sessions", "week", "terms", "covers", *PLAN_KEYS, "years", "schools")
REQUIRED = ("calendar", "timezone", "sessions", "terms")
FROM_TO = ("from", "to")
DAY_KEYS = ("kind", "sessions", "weekday", "reason")
OFFICE_KEYS = ("closed", "open")
LONGEST = 366 * 20  # days that a calendar may cover


def read_calendar(path: str | os.PathLike[str]) -> Calendar:
    """The calendar of a file; what is wrong with it is `Refused`, all of it at once. Warnings: `parse_calendar`."""
    calendar, problems = parse_calendar(read_source(path))
    refuse(list(problems))
    assert calendar is not None
    return calendar


def parse_calendar(source: Source) -> tuple[Calendar | None, tuple[Problem, ...]]:
    """The calendar of a text, None where there is a problem, and every problem and warning, sorted by place."""
    if strange := misplaced(source, "calendar"):
        return None, as_written([strange])
    root, found = parse(source)
    if root is None:
        return None, as_written(_begun(problem) for problem in found)
    tree, twice = english(root, "calendar")
    return calendar_of(tree, [*found, *twice])


def calendar_of(root: Node, found: Iterable[Problem] = ()) -> tuple[Calendar | None, tuple[Problem, ...]]:
    """The same of a part of another file."""
    reading = _Reading(Nodes(found), root)
    calendar = reading.calendar()
    problems = as_written(sorted(reading.nodes.problems, key=lambda problem: problem.place))
    return (None if reading.nodes.failed else calendar), problems


def _begun(problem: Problem) -> Problem:
    """An empty file is told to begin as a calendar, not as a policy."""
    return evolve(problem, help=say("start with `calendar: a-name`")) if problem.kind == "empty-file" else problem


def check_close(calendar: Calendar, closes: datetime.time, source: Source | None = None) -> tuple[Problem, ...]:
    """Every session that starts at or after the close of the day, placed where the calendar's text is given."""
    spans = spans_of(source, "sessions") if source else {}
    return tuple(
        Problem(
            "session-after-close",
            say("session `{name}` starts at {start:%H:%M}, and the day closes at {closes:%H:%M}", name=period.name, start=period.start, closes=closes),
            spans.get(period.name), say("let the policy's `day:` close later (`closes:`), or the session start earlier"),
        )
        for period in calendar.periods
        if period.start >= closes
    )  # fmt: skip


def spans_of(source: Source, part: str) -> dict[str, Span]:
    """Where each entry of `sessions`, `schools` ... stands in a calendar's text."""
    root, _ = parse(source)
    nodes = Nodes()
    tree = english(root, "calendar")[0] if root is not None else None
    top = {key.text: value for key, value in nodes.entries(tree, UNSAID)}
    return {key.text: value.span if part == "sessions" else key.span for key, value in nodes.entries(top.get(part), UNSAID)}


@define
class _Draft:
    """One school's dates as they are read, each with the place that wrote it."""

    days: dict[Date, DayPlan] = field(factory=dict)
    office: dict[Date, bool] = field(factory=dict)
    places: dict[tuple[str, Date], Span] = field(factory=dict)

    def plans(self) -> Plans:
        return Plans(dict(self.days), dict(self.office))


class _Reading:
    """One text being read: its terms and sessions are known before any date is; of what is odd itself only the name is."""

    def __init__(self, nodes: Nodes, root: Node) -> None:
        self.nodes = nodes
        self.root = root
        self.top = nodes.keys(root, KEYS, say("a calendar"))
        self.misspelt = isinstance(root, MapNode) and any(key.text not in KEYS for key, _ in root.entries)  # what is missing may stand there
        self.periods: dict[str, Period] = {}
        self.terms: dict[str, Term] = {}
        self.odd_periods: set[str] = set()
        self.odd_terms: set[str] = set()
        self.week: dict[int, tuple[str, ...]] = {}
        self.bounds: tuple[Date, Date] | None = None

    def calendar(self) -> Calendar | None:
        nodes, top = self.nodes, self.top
        for key in REQUIRED:
            if key not in top and not self.misspelt:
                nodes.problem("missing-key", say("the calendar has no `{key}`", key=ours(key, "calendar")), self.root.span, HELP[key])
        name = nodes.text(top.get("calendar"), say("`calendar`")) or ""
        zone = self._zone(top.get("timezone"))
        self._periods()
        self._terms()
        covers = self._covers()
        self.bounds = covers or (self._span_of_terms() if "covers" not in top and not self.odd_terms else None)
        self._week()
        common = self._plans(top, None)
        years = self._years()
        schools = {
            key.text: self._plans(nodes.keys(value, PLAN_KEYS, say("school `{text}`", text=key.text)), common).plans()
            for key, value in nodes.entries(top.get("schools"), say("`schools`"))
        }
        if nodes.failed or not self.terms or not self.periods:
            return None
        made = Calendar(
            name,
            zone,
            tuple(self.periods.values()),
            tuple(self.terms.values()),
            years,
            self.week,
            common.plans(),
            schools,
            covers,
        )
        if not made.of("").school_days:
            nodes.problem(
                "no-school-days",
                say("the calendar holds no school day"),
                self.root.span,
                say("check `terms`, `week` and `closed`"),
                warning=True,
            )
        return made

    # --- sessions, terms, weeks -----------------------------------------------------------------

    def _zone(self, node: Node | None) -> str:
        name = self.nodes.text(node, say("`timezone`"))
        if name is None or node is None:
            return "UTC"
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            found = difflib.get_close_matches(name, sorted(available_timezones()), 1, 0.6)
            self.nodes.problem(
                "unknown-timezone",
                say("there is no time zone `{name}`", name=name),
                node.span,
                say("did you mean `{found}`?", found=found[0]) if found else say("write an IANA name such as Asia/Shanghai"),
            )
            return "UTC"
        return name

    def _entries(self, key: str) -> Iterable[tuple[TextNode, Node]]:
        """The entries of a key that must hold some."""
        what, so_far = say("`{key}`", key=key), len(self.nodes.problems)
        found = list(self.nodes.entries(self.top.get(key), what))
        if key in self.top and not found and len(self.nodes.problems) == so_far:
            self.nodes.problem("empty-value", say("{what} is empty", what=what), self.top[key].span, HELP[key])
        return found

    def _periods(self) -> None:
        for key, value in self._entries("sessions"):
            if not key.text or any(sign in key.text for sign in "/+, \t"):
                self.nodes.problem(
                    "bad-name", say("`{text}` cannot name a session", text=key.text), key.span, say("leave out spaces, commas, `/` and `+`")
                )
            text = self.nodes.text(value, say("session `{text}`", text=key.text))
            if text is None:
                self.odd_periods.add(key.text)
                continue
            first, _, last = text.replace("–", "-").partition("-")
            try:
                start, end = parse_clock(first), parse_clock(last)
            except ValueError:
                self.nodes.problem(
                    "bad-session",
                    say("`{text}` is not from one clock time to another", text=text),
                    value.span,
                    say('write {text}: "{hours}"', text=key.text, hours=hours_meant(text) or "08:00-11:40"),
                )
                self.odd_periods.add(key.text)
                continue
            if end <= start:
                self.nodes.problem(
                    "bad-session",
                    say("session `{text}` ends at {end:%H:%M}, not after it starts at {start:%H:%M}", text=key.text, end=end, start=start),
                    value.span,
                )
            self.periods[key.text] = Period(key.text, start, end)

    def _terms(self) -> None:
        spans: dict[str, Span] = {}
        for key, value in self._entries("terms"):
            found = self._from_to(value, say("term `{text}`", text=key.text))
            if found is None:
                self.odd_terms.add(key.text)
                continue
            term = Term(key.text, *found)
            for other in self.terms.values():
                if term.start <= other.end and other.start <= term.end:
                    self.nodes.problem(
                        "terms-overlap",
                        say("term `{key}` overlaps `{key2}`", key=term.key, key2=other.key),
                        key.span,
                        say("`{key}` is on line {line}: {start} to {end}", key=other.key, line=spans[other.key].line, start=other.start, end=other.end),
                    )
            self.terms[key.text], spans[key.text] = term, key.span

    def _from_to(self, node: Node, what: Said) -> tuple[Date, Date] | None:
        nodes = self.nodes
        before = len(nodes.problems)
        if isinstance(node, TextNode) and len(stretch := stretches_meant(node.text)) == 1 and ".." in stretch[0]:
            first, _, last = stretch[0].partition("..")
            help = say("write {{from: {first}, to: {last}}}", first=first, last=last)
            nodes.problem("not-a-map", say("{what} must be a map of keys and values", what=what), node.span, help)
            return None
        both = nodes.keys(node, FROM_TO, what)
        if len(nodes.problems) == before and len(both) < 2:
            nodes.problem(
                "missing-key",
                say("{what} has no `{more}`", what=what, more=ours("to" if "from" in both else "from", "stretch")),
                node.span,
                say("write {{from: 2025-09-01, to: 2026-01-23}}"),
            )
        start, end = nodes.date(both.get("from"), say("`from`")), nodes.date(both.get("to"), say("`to`"))
        if start is None or end is None:
            return None
        if end < start:
            nodes.problem("bad-dates", say("{what} ends on {end}, before it begins on {start}", what=what, end=end, start=start), both["to"].span)
            return None
        if (end - start).days > LONGEST:
            nodes.problem(
                "bad-dates",
                say("{what} lasts from {start} to {end}", what=what, start=start, end=end),
                node.span,
                say("a calendar covers some years; check the years of the dates"),
            )
            return None
        return start, end

    def _span_of_terms(self) -> tuple[Date, Date] | None:
        if not self.terms:
            return None
        start, end = min(term.start for term in self.terms.values()), max(term.end for term in self.terms.values())
        if (end - start).days > LONGEST:
            self.nodes.problem(
                "bad-dates",
                say("the terms reach from {start} to {end}", start=start, end=end),
                self.top["terms"].span,
                say("a calendar covers some years; check the years of the dates"),
            )
            return None
        return start, end

    def _covers(self) -> tuple[Date, Date] | None:
        node = self.top.get("covers")
        found = self._from_to(node, say("`covers`")) if node is not None else None
        if found is None or node is None:
            return None
        for term in self.terms.values():
            if term.start < found[0] or term.end > found[1]:
                self.nodes.problem(
                    "outside-covers",
                    say("term `{key}` ({start} to {end}) reaches out of `covers`", key=term.key, start=term.start, end=term.end),
                    node.span,
                )
        return found

    def _week(self) -> None:
        for key, value in self.nodes.entries(self.top.get("week"), say("`week`")):
            if key.text in WEEKDAYS:
                self.week[WEEKDAYS.index(key.text)] = self._sessions(value, say("`{text}`", text=ours(key.text, "week")))
            else:
                self.nodes.problem(
                    "unknown-weekday", say("there is no weekday `{text}`", text=key.text), key.span, near(key.text, WEEKDAYS, "weekday")
                )
        if "week" not in self.top and self.periods:
            self._apart(tuple(self.periods), self.top["sessions"].span)

    def _sessions(self, node: Node, what: Said) -> tuple[str, ...]:
        names = []
        for name, span in self.nodes.texts(node, what):
            if name in self.odd_periods or not self.periods:
                continue
            if name not in self.periods:
                several = joined(TextNode(name, span), self.periods)
                help = say("a list stands in brackets: write `[{names}]`", names=", ".join(several)) if several else near(name, self.periods)
                self.nodes.problem("unknown-session", say("unknown session `{name}`", name=name), span, help)
            elif name in names:
                self.nodes.problem("twice", say("session `{name}` stands twice", name=name), span)
            else:
                names.append(name)
        self._apart(tuple(names), node.span)
        return tuple(names)

    def _apart(self, names: tuple[str, ...], span: Span) -> None:
        held = sorted((self.periods[name] for name in names), key=lambda period: period.start)
        for one, other in pairwise(held):
            if other.start < one.end:
                help = say("leave one of them out of the day; `week:` says which sessions run on each weekday")
                self.nodes.problem(
                    "sessions-overlap", say("sessions `{name}` and `{name2}` overlap on one day", name=one.name, name2=other.name), span, help
                )

    def _years(self) -> dict[str, tuple[str, ...]]:
        years: dict[str, tuple[str, ...]] = {}
        used: dict[str, str] = {}
        for key, value in self.nodes.entries(self.top.get("years"), say("`years`")):
            names = []
            for name, span in self.nodes.texts(value, say("year `{text}`", text=key.text)):
                if name in self.odd_terms or not self.terms:
                    continue
                if name not in self.terms:
                    self.nodes.problem("unknown-term", say("unknown term `{name}`", name=name), span, near(name, self.terms))
                elif name in used:
                    self.nodes.problem("twice", say("term `{name}` is in year `{used}` already", name=name, used=used[name]), span)
                else:
                    used[name] = key.text
                    names.append(name)
            if names:
                years[key.text] = tuple(names)
            elif not self.nodes.failed:
                self.nodes.problem("empty-value", say("year `{text}` has no terms", text=key.text), value.span)
        if years and not self.odd_terms:
            self._year_order(years)
            for name in self.terms:
                if name not in used and not self.nodes.failed:
                    self.nodes.problem(
                        "term-without-year", say("term `{name}` is in no year", name=name), self.top["years"].span, warning=True
                    )
        return years

    def _year_order(self, years: Mapping[str, tuple[str, ...]]) -> None:
        spans = sorted(
            (min(self.terms[name].start for name in names), max(self.terms[name].end for name in names), year)
            for year, names in years.items()
        )
        for one, other in pairwise(spans):
            if other[0] <= one[1]:
                self.nodes.problem(
                    "years-overlap", say("year `{other}` begins before `{one}` has ended", other=other[2], one=one[2]), self.top["years"].span
                )

    # --- dates ------------------------------------------------------------------------------------

    def _plans(self, top: Mapping[str, Node], common: _Draft | None) -> _Draft:
        draft = _Draft()
        for node, dates, reason in self._stretches(top.get("closed"), say("`closed`")):
            for date in self._within(dates, node, in_term=False):
                self._plan(draft, date, DayPlan("closed", (), None, reason), node)
        for key, value in self.nodes.entries(top.get("make_up"), say("`make_up`")):
            self._make_up(draft, common, key, value)
        for key, value in self.nodes.entries(top.get("days"), say("`days`")):
            found = self.nodes.dates(key, say("a date of `days`"))
            plan = self._day(value)
            for date in self._within(found, key, in_term=True) if found and plan else ():
                assert plan is not None
                self._plan(draft, date, plan, key)
        self._office(draft, top.get("office"))
        return draft

    def _make_up(self, draft: _Draft, common: _Draft | None, key: TextNode, value: Node) -> None:
        found = self.nodes.dates(key, say("a date of `make_up`"))
        word = self.nodes.choice(value, WEEKDAYS, say("weekday"), "weekday")
        if found is None or word is None:
            return
        weekday = WEEKDAYS.index(word)
        if not self._of_weekday(weekday) and not self.nodes.failed:
            self.nodes.problem(
                "no-sessions",
                say("no session runs on a {word}", word=noun(word)),
                value.span,
                say("name a weekday whose timetable the day runs"),
                warning=True,
            )
        for date in self._within(found, key, in_term=True):
            plan = common.days.get(date) if common else None
            if self._of_weekday(date.weekday()) and not (plan and plan.kind == "closed"):
                text = say("{date} is a {WEEKDAYS} and a school day already", date=date, WEEKDAYS=noun(WEEKDAYS[date.weekday()]))
                self.nodes.problem(
                    "already-school-day", text, key.span, say("it will run the timetable of a {word}", word=noun(word)), warning=True
                )
            self._plan(draft, date, DayPlan("make_up", None, weekday), key)

    def _of_weekday(self, weekday: int) -> tuple[str, ...]:
        return self.week.get(weekday, ()) if self.week else tuple(self.periods) if weekday < 5 else ()

    def _day(self, node: Node) -> DayPlan | None:
        keys = self.nodes.keys(node, DAY_KEYS, say("a day"))
        kind = self.nodes.text(keys.get("kind"), say("`kind`"))
        if kind is None:
            if "kind" not in keys:
                self.nodes.problem(
                    "missing-key", say("the day has no `kind`"), node.span, say("write {{kind: exam, sessions: [am]}}")
                )
            return None
        sessions = (
            self._sessions(keys["sessions"], say("`sessions`")) if "sessions" in keys else () if kind == "closed" else None
        )
        word = self.nodes.choice(keys.get("weekday"), WEEKDAYS, say("weekday"), "weekday")
        reason = self.nodes.text(keys.get("reason"), say("`reason`")) or ""
        return DayPlan(kind, sessions, WEEKDAYS.index(word) if word else None, reason)

    def _office(self, draft: _Draft, node: Node | None) -> None:
        keys = self.nodes.keys(node, OFFICE_KEYS, say("`office`"))
        for word, is_open in (("closed", False), ("open", True)):
            for place, dates, _ in self._stretches(keys.get(word), say("`{word}` of `office`", word=ours(word, "office"))):
                for date in self._within(dates, place, in_term=False):
                    first = draft.places.get(("office", date))
                    if first is not None and draft.office[date] is not is_open:
                        self.nodes.problem(
                            "twice",
                            say("the office is both open and closed on {date}", date=date),
                            place.span,
                            say("the other is on line {line}", line=first.line),
                        )
                    draft.office[date] = is_open
                    draft.places["office", date] = place.span

    def _stretches(self, node: Node | None, what: Said) -> Iterable[tuple[Node, tuple[Date, Date], str]]:
        """The stretches of a map (with reasons) or of a list (without)."""
        pairs: list[tuple[Node, Node | None]]
        if isinstance(node, ListNode):
            pairs = [(item, None) for item in node.items]
        else:
            pairs = list(self.nodes.entries(node, what))
        for place, reason in pairs:
            dates = self.nodes.dates(place, say("a date of {what}", what=what))
            text = self.nodes.text(reason, say("the reason")) if reason is not None else ""
            if dates is not None:
                yield place, dates, text or ""

    def _within(self, dates: tuple[Date, Date], place: Node, in_term: bool) -> list[Date]:
        """The dates, unless one lies outside what the calendar covers, or outside every term where it must not."""
        if self.bounds is None:
            return []
        first, last = self.bounds
        outside = next((date for date in dates if not first <= date <= last), None)
        if outside is not None:
            help = say("the calendar covers {first} to {last}; `covers: {{from: ..., to: ...}}` makes it longer", first=first, last=last)
            self.nodes.problem("outside-calendar", say("{outside} is outside the calendar", outside=outside), place.span, help)
            return []
        listed = list(dates_between(*dates))
        loose = next(
            (date for date in listed if not any(term.start <= date <= term.end for term in self.terms.values())), None
        )
        if in_term and loose is not None and self.terms and not self.odd_terms:
            self.nodes.problem(
                "outside-terms",
                say("{loose} is outside every term", loose=loose),
                place.span,
                say("school days lie within a term; check the date or the term"),
            )
            return []
        return listed

    def _plan(self, draft: _Draft, date: Date, plan: DayPlan, place: Node) -> None:
        first = draft.places.get(("day", date))
        if first is not None:
            kind, before = ours(plan.kind, "calendar"), ours(draft.days[date].kind, "calendar")
            self.nodes.problem(
                "twice",
                say("{date} is {kind} here and {before} on line {line}", date=date, kind=kind, before=before, line=first.line),
                place.span,
                say("a date stands under one of `closed`, `make_up` and `days`"),
            )
            return
        draft.days[date] = plan
        draft.places["day", date] = place.span


HELP = {
    "calendar": say("add `calendar: a-name-2025`"),
    "timezone": say("add `timezone: Asia/Shanghai`"),
    "sessions": say('add `sessions: {{am: "08:00-11:40", pm: "14:00-17:00"}}`'),
    "terms": say("add `terms: {{autumn: {{from: 2025-09-01, to: 2026-01-23}}}}`"),
}
