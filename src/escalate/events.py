"""Events: immutable facts. A correction is a new event; nothing is ever edited.

Every event has `id` (empty: none was given), `known` (when it reached us), `recorded` (when its
source wrote it; None: when it was known), `seq` (the source's row number or version) and `source`.
All but marks and edits have `at`, what they are about in time; a mark's `at` is its period's start.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from attrs import NOTHING, asdict, fields, frozen

from .days import DayPlan, Edit
from .times import Instant

Date = datetime.date


@frozen(kw_only=True)
class Stamped:
    """What every event carries: when it reached us, and what its source calls it."""

    known: Instant
    id: str = ""
    recorded: Instant | None = None
    seq: int = 0
    source: str = ""


@frozen(kw_only=True)
class Mark(Stamped):
    """What was recorded for a student in a session."""

    student: str
    date: Date
    session: str
    code: str
    minutes: int | None = None


@frozen(kw_only=True)
class Status(Stamped):
    """A student's status from `at` on, with the cause that the school gives."""

    student: str
    status: str
    at: Instant
    cause: str = ""


@frozen(kw_only=True)
class Flag(Stamped):
    """A flag (`yes` or `no`) or an attribute gets a value from `at` on."""

    student: str
    flag: str
    value: str
    at: Instant


@frozen(kw_only=True)
class Outcome(Stamped):
    """What came of an item (`item`, its id) or of an action (`action`, its name); `level` says what `student` names."""

    student: str
    at: Instant
    item: str = ""
    action: str = ""
    done: bool = True
    result: str = ""
    by: str = ""
    to: str = ""
    times: int = 1
    level: str = "student"


@frozen(kw_only=True)
class Document(Stamped):
    """A document was received, and who brought it; `level` says what `student` names."""

    student: str
    document: str
    at: Instant
    by: str = ""
    level: str = "student"


@frozen(kw_only=True)
class Fact(Stamped):
    """Anything that a policy counts, sums or averages; `level` says what `about` names."""

    about: str
    fact: str
    at: Instant
    level: str = "student"
    value: str = "1"


@frozen(kw_only=True)
class Void(Stamped):
    """An earlier event of the same student, or of the same group of a `level`, never was."""

    student: str
    target: str
    level: str = "student"


@frozen(kw_only=True)
class AssignmentEdit(Stamped):
    """A person holds a role for `of` from `start` to `end` (None: open), both counted; with an end and no start, what they hold open there ends then."""

    role: str
    of: str
    person: str
    start: Date | None = None
    end: Date | None = None


@frozen(kw_only=True)
class CalendarEdit(Stamped):
    """One date of the calendar is otherwise, for one school or (empty) for all."""

    date: Date
    school: str = ""
    plan: DayPlan | None = None
    office: bool | None = None


@frozen(kw_only=True)
class RosterEdit(Stamped):
    """A student's roster column has another value from `start` on (None: always had)."""

    student: str
    column: str
    value: str
    start: Date | None = None


Event = Mark | Status | Flag | Outcome | Document | Fact | Void | AssignmentEdit | CalendarEdit | RosterEdit
SHARED = (AssignmentEdit, CalendarEdit)
TYPES: dict[str, type] = {
    "mark": Mark, "status": Status, "flag": Flag, "outcome": Outcome, "document": Document, "fact": Fact,
    "void": Void, "assignment": AssignmentEdit, "calendar": CalendarEdit, "roster": RosterEdit,
}
NAMES = {cls: name for name, cls in TYPES.items()}
STAMPS = ("known", "recorded", "seq", "source")
# What the fields hold that are no text. A `datetime` is a `date` and `True` an `int` to isinstance, so types are compared.
_NONE = type(None)
_KINDS: dict[str, tuple[type, ...]] = {
    "known": (int,), "at": (int,), "seq": (int,), "times": (int,), "recorded": (int, _NONE), "minutes": (int, _NONE), "done": (bool,), "office": (bool, _NONE),
    "date": (Date,), "start": (Date, _NONE), "end": (Date, _NONE), "plan": (DayPlan, _NONE),
}
_WORDS = {
    int: "whole seconds since 1970 in UTC", Date: "a datetime.date", bool: "True or False", DayPlan: "a DayPlan", str: "a text",
}
_COUNTS = ("seq", "times", "minutes")
ROLL_COMPLETE = "roll complete"


def check_types(events: Iterable[object]) -> None:
    """Raises TypeError, naming the field, for what is no event or holds a value of another type."""
    for event in events:
        if (
            type(event) is Mark
            and type(event.known) is type(event.seq) is int
            and type(event.date) is Date
            and type(event.student) is type(event.session) is type(event.code) is type(event.id) is str
            and event.recorded is event.minutes is None
            and "/" not in event.student
        ):
            continue  # nearly all
        _check_type(event)


def _check_type(event: object) -> None:
    if type(event) not in NAMES:
        raise TypeError(f"`feed` takes events such as Mark and Outcome, not {type(event).__name__}")
    for name in (part.name for part in fields(type(event))):  # type: ignore[arg-type]  # one of ours, all of attrs
        value, kinds = getattr(event, name), _KINDS.get(name, (str,))
        if type(value) not in kinds and not (kinds == (str,) and isinstance(value, str)):
            wanted = "a whole number" if name in _COUNTS else _WORDS[kinds[0]]
            raise TypeError(f"`{name}` of {type(event).__name__} is {wanted}, not {value!r}")
    if "/" in about(event):  # type: ignore[arg-type]  # one of ours
        raise ValueError(f"a student's id holds no `/`, which divides the parts of an item's id: {about(event)!r}")  # type: ignore[arg-type]  # likewise


def about(event: Event) -> str:
    """The student or group that an event is about, empty for shared facts."""
    return event.about if isinstance(event, Fact) else getattr(event, "student", "")


def level_of(event: Event) -> str:
    """What an event is about: a student, or a class, a school, a person."""
    return getattr(event, "level", "student")


def content(event: Event) -> dict[str, object]:
    """Everything that an event says, without `known`, `recorded`, `seq` and `source`: what makes a duplicate."""
    return {"type": NAMES[type(event)], **{key: value for key, value in asdict(event).items() if key not in STAMPS}}


def to_plain(event: Event) -> dict[str, object]:
    """An event as plain values, for JSON: defaults are left out, dates are text."""
    found: dict[str, object] = {"type": NAMES[type(event)]}
    for part in fields(type(event)):
        value = getattr(event, part.name)
        if value == part.default and part.default is not NOTHING:
            continue
        found[part.name] = asdict(value) if isinstance(value, DayPlan) else value.isoformat() if isinstance(value, Date) else value
    return found


def from_plain(plain: Mapping[str, object]) -> Event:
    """The event that `to_plain` wrote. Raises KeyError or TypeError on anything else."""
    cls = TYPES[str(plain["type"])]
    values = {key: value for key, value in plain.items() if key != "type"}
    for key in ("date", "start", "end"):
        if isinstance(values.get(key), str):
            values[key] = Date.fromisoformat(str(values[key]))
    plan = values.get("plan")
    if isinstance(plan, Mapping):
        periods = plan.get("periods")
        values["plan"] = DayPlan(**{**plan, "periods": None if periods is None else tuple(periods)})
    made: Event = cls(**values)
    return made


def written(event: Event) -> Instant:
    """`recorded`, which is `known` where the source did not say."""
    return event.known if event.recorded is None else event.recorded


def precedence(event: Event) -> tuple[Instant, Instant, int, str, str]:
    """The greatest of these wins among versions of one thing (SEMANTICS, section 2); what nothing else tells apart, by what it says."""
    return written(event), event.known, event.seq, event.id, "" if event.id else _said(event)


def as_known(event: Event) -> tuple[Instant, tuple[str, ...]]:
    """Events by when they were known; those known together in an order that hangs on nothing but what they say."""
    return event.known, (*map(str, precedence(event)), str(event))


def edits_of(events: Iterable[CalendarEdit]) -> tuple[Edit, ...]:
    """What events change of a calendar, of one date the winner last."""
    return tuple(Edit(event.date, event.school, event.plan, event.office) for event in sorted(events, key=precedence))


def _said(event: Event) -> str:
    return event.code if isinstance(event, Mark) and event.minutes is None else str(event)
