"""Everything that a run reads, checked together: every problem of every file at once, and what each file was."""

from __future__ import annotations

import datetime
import os
import posixpath
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any, TypeVar

from attrs import evolve, field, frozen

from ..check import check_versions
from ..days import Calendar
from ..events import CalendarEdit, Event, Fact, Mark, RosterEdit, edits_of
from ..fitting import unreached
from ..load import NOT_EVALUATED, check_policy, find_beside, not_evaluable
from ..messages import listed, say
from ..parse import read_source as read_policy_source
from ..policy import Policy, in_turn
from ..roster import Roster
from ..source import Problem, Refused, Source, Span
from ..times import Instant
from .calendar import check_close, parse_calendar, spans_of
from .cells import empty_cells, unreadable_cells
from .events import read_events
from .mapping import PLAIN, PRESETS, ColumnMap, read_mapping
from .nodes import near
from .posts import strange_posts
from .rejects import ANYBODY, Context, Reject, Tally, Unread
from .roster import parse_assignments, parse_roster
from .texts import read_source, readable, unreadable
from .unlisted import concerns_nobody, declared_presents, imputed_presents, is_roll

Date = datetime.date
CHUNK = 1 << 20
NO_MAPPING = "plain"
T = TypeVar("T")


@frozen
class Input:
    """One file of a run: what it was read as, its name without folders, and its digest."""

    role: str
    name: str
    sha256: str
    size: int


@frozen
class PolicyTexts:
    """A policy with the texts that it was made of: its own stands at `place`, what it extends beside it."""

    policy: Policy
    place: str
    texts: tuple[tuple[str, str], ...] = field(repr=False)


@frozen
class World:
    """What events are evaluated against. warnings: what the files' authors should see, though nothing stops."""

    policies: tuple[PolicyTexts, ...]
    calendar: Calendar
    roster: Roster
    mappings: tuple[ColumnMap, ...]
    inputs: tuple[Input, ...] = ()
    warnings: tuple[Problem, ...] = ()

    @property
    def lang(self) -> str:
        """The language of the first policy."""
        return self.policies[0].policy.lang

    def context(self, received: Instant | None = None) -> Context:
        """What rows of events are read against."""
        policies = [texts.policy for texts in self.policies]
        closes = max(policy.day.closes for policy in policies)
        codes = frozenset(code for policy in policies for code in policy.marks)
        return Context(self.calendar.zone, self.calendar, self.roster, closes, codes, received)


def read_world(
    policies: Sequence[str], calendar: str, roster: str, *, assignments: str | None = None, events: Sequence[str] = (), mappings: Sequence[str] = ()
) -> World:
    """Read all but the events. Raises `Refused` with every problem of every file.

    mappings: none, one for all files of events, or one for each in their order; `plain` is none.
    """
    problems: list[Problem] = []
    read = [found for path in policies if (found := _tried(problems, read_policy, path, problems)) is not None]
    problems += check_versions(texts.policy for texts in read)
    days = _tried(problems, _read_calendar, calendar, [texts.policy for texts in read], problems)
    students = _tried(problems, _read_roster, roster, assignments, problems)
    if students is not None:
        given = [texts.policy for texts in read]
        problems += [*unreadable_cells(given, students), *empty_cells(given, students), *strange_posts(given, students), *unreached(given, students)]
        problems += _strange_schools(days, students, calendar) if days is not None else ()
    maps = [_tried(problems, _read_mapping, name) for name in mappings]
    codes = sorted({found.unmarked for found in maps if found is not None and found.unmarked})
    if len(codes) > 1:
        meant = listed(codes)
        problems.append(Problem(
            "two-unmarked", say("the mappings say that a session which no file lists is {listed}: it can be but one", listed=meant),
            help=say("run them apart"),
        ))
    named = [("policy", path) for path in policies] + [("calendar", calendar), ("roster", roster)]
    named += [("assignments", assignments)] if assignments else []
    named += [("mapping", path) for path in mappings if path not in (NO_MAPPING, *PRESETS)]
    named += [("events", path) for path in events]
    inputs = [one for role, path in named if (one := _tried(problems, digest_of, role, path)) is not None]
    unique = _unique(problems)
    if days is None or students is None or any(not problem.warning for problem in unique):
        raise Refused(unique)
    columns = tuple(found or PLAIN for found in maps) or (PLAIN,)
    read = [evolve(texts, policy=policy) for texts, policy in zip(read, in_turn(texts.policy for texts in read), strict=True)]
    return World(tuple(read), days, students, columns * len(events) if len(columns) == 1 else columns, tuple(inputs), tuple(unique))


def read_all(
    paths: Sequence[str], world: World, context: Context, tally: Tally, covers: tuple[Date, Date] | None = None
) -> Iterator[Event | Reject]:
    """The events of all files in the order given, and the rows that are none, counted.

    covers: the dates that are complete. Where a mapping says what `unmarked` is, a session of these dates, or of a
    day that a fact declares complete, has that code unless a file lists it.
    """
    code = next((mapping.unmarked for mapping in world.mappings if mapping.unmarked), "")
    marks: list[Mark] = []
    rolls: list[Fact] = []
    unread: dict[Unread, Reject] = {}
    edited: list[RosterEdit] = []
    moved: list[CalendarEdit] = []
    named = enumerate(zip(paths, world.mappings, strict=True))
    opened = [read_events(path, context, mapping=mapping, file=n) for n, (path, mapping) in named]
    for row in tally.over(row for rows in opened for row in rows):
        if code and isinstance(row, Fact) and is_roll(row):
            rolls.append(row)  # once all is read
            continue
        if code:
            _remember(row, marks, unread, edited, moved)
        yield row
    days = world.calendar.edited(*edits_of(moved)) if moved else world.calendar
    heard: list[Fact] = []
    for fact in rolls:
        if concerns_nobody(fact, world.roster, days, edited):
            yield fact
        else:
            heard.append(fact)
    if ANYBODY in unread and (heard or covers is not None and code):
        raise Refused([_of_nobody(unread[ANYBODY])])
    given: dict[str, Any] = {"code": code, "closes": context.closes, "unread": unread, "edits": edited}
    if covers is not None and code:
        covered = list(imputed_presents(world.roster, days, marks, covers, known=context.received, **given))
        yield from tally.over(covered)
        marks += covered
    yield from tally.over(declared_presents(world.roster, days, marks, heard, **given))


def _of_nobody(reject: Reject) -> Problem:
    """A row of which nobody can tell whom it is about: each child whom the files do not list may be its."""
    place = Span(Source(reject.file, ""), reject.line, reject.column, reject.line, reject.column + 1)
    message = say("{message}; the row does not say whom it is about, so nobody who is not listed can be taken for present", message=reject.message)
    return Problem(reject.kind, message, place, reject.help or say("mend the row, or take it out where it is nobody's"))


def _remember(row: Event | Reject, marks: list[Mark], unread: dict[Unread, Reject], edited: list[RosterEdit], moved: list[CalendarEdit]) -> None:
    """What says which sessions are listed, whose they are and whether they are held."""
    if isinstance(row, Mark):
        marks.append(row)
    elif isinstance(row, Reject):
        unread |= {row.unread: row} if row.unread is not None else {}
    elif isinstance(row, RosterEdit):
        edited.append(row)
    elif isinstance(row, CalendarEdit):
        moved.append(row)


def digest_of(role: str, path: str) -> Input:
    """What a file was, for whoever wants to know later whether it still is."""
    found, size = sha256(), 0
    try:
        with open(path, "rb") as file:
            while chunk := file.read(CHUNK):
                found.update(chunk)
                size += len(chunk)
    except OSError as error:
        raise unreadable(path, error) from None
    return Input(role, os.path.basename(readable(path)), found.hexdigest(), size)


# --- one file each ------------------------------------------------------------------------------------


def _tried(problems: list[Problem], read: Callable[..., T | None], *given: object) -> T | None:
    """What a reader gives; where it refuses, nothing, and its problems are added."""
    try:
        return read(*given)
    except Refused as refused:
        problems += refused.problems
        return None


def read_policy(path: str, problems: list[Problem]) -> PolicyTexts | None:
    """A policy to be evaluated with its texts, None where it has problems; they and its warnings are added."""
    source, unread = read_policy_source(path)
    if source is None:
        problems += unread
        return None
    beside: dict[str, Source] = {posixpath.basename(_slashed(readable(path))): source}
    homes = {source.path: ""}

    def find(name: str, asking: Source) -> tuple[Source | None, list[Problem]]:
        found, wrong = find_beside(name, asking)
        if found is not None:
            place = posixpath.normpath(posixpath.join(homes[asking.path], _slashed(name)))
            homes[found.path] = posixpath.dirname(place)
            beside[place] = found
        return found, wrong

    policy, found = check_policy(source, find=find)
    problems += [evolve(problem, warning=problem.warning and problem.kind not in NOT_EVALUATED) for problem in found]
    if policy is None:
        return None
    problems += [problem for problem in not_evaluable(policy) if problem.kind == "unnamed-policy"]  # the engine says the others
    return _placed(policy, beside)


def _placed(policy: Policy, beside: dict[str, Source]) -> PolicyTexts:
    """Texts by their places below one folder; a file that was found through `..` moves the others down."""
    deepest = max(place.split("/").count("..") for place in beside)
    down = [f"up{n}" for n in range(deepest)]
    places = [posixpath.normpath("/".join([*down, place])) for place in beside]
    texts = tuple((place, source.text) for place, source in zip(places, beside.values(), strict=True))
    return PolicyTexts(policy, places[0], texts)


def _slashed(path: str) -> str:
    return path.replace(os.sep, "/")


def _read_calendar(path: str, policies: Iterable[Policy], problems: list[Problem]) -> Calendar | None:
    source = read_source(path)
    calendar, found = parse_calendar(source)
    problems += found
    if calendar is not None:
        for closes in sorted({policy.day.closes for policy in policies}):
            problems += check_close(calendar, closes, source)
    return calendar


def _read_roster(path: str, assignments: str | None, problems: list[Problem]) -> Roster | None:
    roster, found = parse_roster(read_source(path))
    problems += found
    if assignments is None:
        return roster
    held, more = parse_assignments(read_source(assignments))
    problems += more
    return None if roster is None else Roster(roster.students, (*roster.assignments, *held))


def _strange_schools(calendar: Calendar, roster: Roster, path: str) -> list[Problem]:
    """Schools of the calendar that no student belongs to: their closed days close nothing."""
    known = {row.school for row in roster.students}
    strange = [school for school in calendar.schools if school not in known]
    spans = spans_of(read_source(path), "schools") if strange else {}
    return [
        Problem(
            "unknown-school", say("the roster has no school `{school}`: its days are nobody's", school=school), spans.get(school), near(school, known),
            warning=True,
        )
        for school in strange
    ]


def _read_mapping(name: str) -> ColumnMap:
    return PLAIN if name == NO_MAPPING else read_mapping(name)


def _unique(problems: Iterable[Problem]) -> list[Problem]:
    found = {(problem.place, problem.kind, problem.message): problem for problem in problems}
    return [found[key] for key in sorted(found)]
