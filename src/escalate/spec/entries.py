"""The events of a spec: a map such as `{outcome: home_visit, result: coming}` under the instant at which it happened and was known."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve

from ..days import Calendar
from ..events import TYPES, Event, Mark, Void
from ..messages import Said, as_said, listed, noun, ours, said_by, say
from ..parse import ListNode, Node, TextNode
from ..readers.makers import MAKERS
from ..readers.moments import misread, parse_date, parse_moment
from ..readers.nodes import near
from ..readers.rejects import Context, Wrong
from ..slips.dates import dates_meant
from ..source import Problem, Span
from ..times import Instant
from .names import Names

Date = datetime.date
# What the type's own key holds.
MAIN = {
    "mark": "code", "status": "status", "flag": "flag", "outcome": "action", "document": "document", "fact": "fact", "void": "target",
    "assignment": "role", "calendar": "date", "roster": "column",
}  # fmt: skip
STAMPS = ("id", "student", "known", "recorded", "source")
# What else may stand beside it.
FIELDS = {
    "mark": ("date", "session", "minutes"), "status": ("at", "cause"), "flag": ("at", "value"),
    "document": ("at", "by", "level", "about"), "void": ("level", "about"),
    "outcome": ("at", "item", "action", "done", "result", "by", "to", "times", "level", "about"),
    "fact": ("at", "value", "level", "about"),
    "assignment": ("of", "person", "from", "to"), "calendar": ("kind", "office", "school", "sessions", "weekday", "reason"), "roster": ("value", "from"),
}  # fmt: skip
_ANYWHERE = frozenset(STAMPS).union(*FIELDS.values())

NO_STUDENT, GIVE_STUDENTS = say("the case has no student"), say("write `marks:` or `students:`")
# Where what is odd about an event stands.
ODD = {"unknown-action": "action", "unknown-result": "result", "unknown-flag": "flag", "bad-value": "value"}


class Entry:
    """One event as it is written, asked by the names of columns as a row of a file is. moment: the key that it stands under."""

    def __init__(self, kind: str, cells: Mapping[str, Node], moment: Instant | Date, context: Context, names: Names, only: str) -> None:
        self.kind, self.cells, self.moment, self.context, self.names, self.only = kind, cells, moment, context, names, only
        self.calendar: Calendar = context.calendar

    def get(self, ours: str) -> str:
        """A value as text, empty where it is not written; a list is its texts joined by `+`."""
        node = self.cells.get(ours)
        if isinstance(node, TextNode):
            return self._action(node.text.strip()) if ours == "action" else node.text.strip()
        if isinstance(node, ListNode) and all(isinstance(item, TextNode) for item in node.items):
            return "+".join(item.text.strip() for item in node.items if isinstance(item, TextNode))
        if node is not None:
            raise Wrong("not-a-text", say("`{key}` must be a single value", key=_key(self.kind, ours)), ours)
        if ours == "level" and self.kind == "outcome":
            return self.names.level_of(self.names.paths(self._written("action")))
        if ours == "about" and self.get("level") not in ("", "student"):
            return self._only_group(self.get("level"))
        return self.only if ours == "student" and "level" not in self.cells else ""

    def _written(self, ours: str) -> str:
        node = self.cells.get(ours)
        return node.text.strip() if isinstance(node, TextNode) else ""

    def _only_group(self, level: str) -> str:
        """The group of a level that the case has, where it has but one."""
        found = {row.get(level) for row in self.context.roster.students} if self.context.roster is not None else set()
        return next(iter(found)) if len(found) == 1 else ""

    def _action(self, text: str) -> str:
        """The name of the action that a name, a path or a title means."""
        paths = self.names.paths(text)
        found = {path.rpartition(".")[2] for path in paths}
        if len(found) == 1 and "." in text and paths != self.names.paths(next(iter(found))):
            help = say("write the item's id, such as `{example_id}`", example_id=self.names.example_id(min(paths), self.student()))
            raise Wrong(
                "ambiguous-name", say("an outcome of `{text}` would do whichever `{next}` is due first", text=text, next=next(iter(found))), "action", help,
            )
        if len(found) > 1:
            raise Wrong("ambiguous-name", say("several actions are called `{text}`: {listed}", text=text, listed=listed(sorted(found))), "action")
        if text and not found:
            raise Wrong("unknown-item", say("no policy has an item `{text}`", text=text), "action", self.names.near(text))
        return next(iter(found), "")

    def need(self, ours: str) -> str:
        """A value that must be written."""
        text = self.get(ours)
        if not text:
            raise Wrong("missing-field", say("the {kind} has no `{key}`", kind=noun(self.kind), key=_key(self.kind, ours)), ours)
        return text

    def student(self, ours: str = "student") -> str:
        """A student of the case; the one that it has, where none is written."""
        found = self.get(ours) or self.only
        if not found:
            if self.context.roster is not None and not self.context.roster.ids():
                raise Wrong("missing-field", NO_STUDENT, ours, GIVE_STUDENTS)
            raise Wrong("missing-field", say("the case has several students, and the event does not say whose it is"), ours, say("add `student:`"))
        if self.context.roster is not None and not self.context.roster.rows(found):
            raise Wrong("unknown-student", say("student `{found}` is not in the case", found=found), ours, near(found, self.context.roster.ids()))
        return found

    def at(self) -> Instant:
        """When it was: `at`, else the key."""
        return self._instant("at") if self.get("at") else self.known_by_key

    @property
    def known_by_key(self) -> Instant:
        """The key as an instant: a date is its close."""
        return self.moment if isinstance(self.moment, int) else self.context.close(self.moment)

    def date(self, ours: str) -> Date | None:
        """A date, None where none is written."""
        text = self.get(ours)
        try:
            return parse_date(text) if text else None
        except ValueError as error:
            kind, message, help = misread(text, error, say("write 2025-11-03"), dates_meant(text))
            raise Wrong(kind, message, ours, help) from None

    def stamps(self, at: Instant | None) -> dict[str, Any]:
        """When it was known (the key, unless that is written), recorded, its id and seq (the line)."""
        known = self._instant("known") if self.get("known") else self.known_by_key
        recorded = self._instant("recorded") if self.get("recorded") else None
        line = next(iter(self.cells.values())).span.line
        return {"known": known, "recorded": recorded, "id": self.get("id"), "seq": line, "source": self.get("source")}

    def _instant(self, ours: str) -> Instant:
        try:
            found = parse_moment(self.get(ours), self.context.zone)
        except ValueError as error:
            kind, message, help = misread(self.get(ours), error, say("write 2025-11-03 10:00"))
            raise Wrong(kind, message, ours, help) from None
        return found if isinstance(found, int) else self.context.close(found)

    # --- marks ------------------------------------------------------------------------------------

    def marks(self) -> Iterator[Mark]:
        """A mark for the session that is written, or for each of the date."""
        student, code = self.student(), self.need("code")
        date = self.date("date") or (self.context.zone.date(self.moment) if isinstance(self.moment, int) else self.moment)
        if self.context.codes is not None and code not in self.context.codes:
            raise Wrong("unknown-code", say("code `{code}` is not one of the policy's marks", code=code), "code", near(code, sorted(self.context.codes)))
        row = self.context.roster.row(student, date) if self.context.roster is not None else None
        days = self.calendar.of(row.school if row else "")
        if not days.covers(date):
            raise Wrong(
                "outside-calendar", say("{date} is outside the calendar, which covers {first} to {last}", date=date, first=days.first, last=days.last), "date",
            )
        held, session = [one.period for one in days.sessions(date)], self.get("session")
        if not held:
            raise Wrong("no-session", say("there is no school on {date}", date=date), "date")
        if session and session not in held:
            raise Wrong("unknown-session", say("{date} has no session `{session}`", date=date, session=session), "session", near(session, held))
        minutes = self.get("minutes")
        if minutes and not minutes.isdigit():
            raise Wrong("bad-number", say("`{minutes}` is not a whole number of minutes", minutes=minutes), "minutes")
        for period in [session] if session else held:
            stamps = self.stamps(None)
            if stamps["id"] and not session:
                stamps["id"] += f".{period}"
            yield Mark(student=student, date=date, session=period, code=code, minutes=int(minutes) if minutes else None, **stamps)


def events_of(
    node: Node, entries: list[tuple[TextNode, Node]], moment: Instant | Date, context: Context, names: Names, only: str
) -> list[Event] | Problem:
    """The events of one map, or what is wrong with it."""
    kinds = [key for key, _ in entries if key.text in TYPES]
    kinds = kinds[:1] if kinds and all(key.text in FIELDS[kinds[0].text] for key in kinds[1:]) else kinds
    if len(kinds) != 1:
        stray = next((key.text for key, _ in entries if not kinds and key.text not in _ANYWHERE), "")
        help = near(stray, TYPES, "event") if stray else say("one of {listed}", listed=listed(ours(one, "event") for one in TYPES))
        return Problem(
            "unknown-type", say("the event does not say what it is") if not kinds else say("the event is two things"), node.span, help,
        )
    kind = kinds[0].text
    cells: dict[str, Node] = {}
    for key, value in entries:
        name = MAIN[kind] if key is kinds[0] else key.text
        if key is kinds[0] and kind == "outcome" and isinstance(value, TextNode) and "/" in value.text:
            name = "item"
        allowed = (*FIELDS[kind], *STAMPS)
        if key is not kinds[0] and name not in allowed:
            return Problem("unknown-key", say("an event `{kind}` has no `{name}`", kind=ours(kind, "event"), name=name), key.span, near(name, allowed, "event"))
        cells[name] = value
    entry = Entry(kind, cells, moment, context, names, only)
    try:
        events: list[Event] = list(entry.marks()) if kind == "mark" else [MAKERS[kind](entry)]
    except Wrong as wrong:
        return Problem(wrong.kind, said_by(wrong), _place(cells.get(wrong.field), node), wrong.help)
    odd = next((report for event in events if (report := names.vocabulary.odd(event)) is not None), None)
    return events if odd is None else Problem(odd.kind, as_said(odd.message), _place(cells.get(ODD.get(odd.kind, "")), node))


def expand(events: list[Event]) -> Iterator[Event]:
    """The events; a void of a whole day's marks voids each of them."""
    names = {event.id for event in events if event.id}
    for event in events:
        if isinstance(event, Void) and event.target not in names:
            yield from [evolve(event, target=name) for name in sorted(names) if name.startswith(f"{event.target}.")] or [event]
        else:
            yield event


def _key(kind: str, column: str) -> Said:
    """The key under which a spec says a column of an event."""
    return ours(kind if column == MAIN[kind] else column, "event")


def _place(cell: Node | None, node: Node) -> Span:
    return cell.span if cell is not None else node.span
