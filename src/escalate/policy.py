"""What a policy is: frozen values, with every default and inheritance already filled in.

`load.py` makes these from YAML; nothing else does. Names are the author's; a `path`
such as `truancy.three_days.absence_report` points at one thing in one policy.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from attrs import evolve, field, frozen

from .conditions import Condition, Quantity, Term
from .source import Span
from .times import DAY

MEANINGS = ("present", "late", "left_early", "excused", "unexcused", "unknown", "not_expected")
STATUSES = (
    "enrolled", "no_show", "transferred_in", "transferred_out", "on_leave", "resumed", "suspected_dropout",
    "dropped_out", "returned", "removed", "graduated", "not_on_roll",
)
NOT_ENROLLED = frozenset({"transferred_out", "on_leave", "removed", "graduated", "not_on_roll"})
# The registers that every policy has; a policy may say who reads one, never what stands in it.
REGISTERS = (
    "open_cases", "overdue_items", "suspected_dropouts", "dropouts", "no_shows", "roll_changes", "withdrawn_and_recalled", "unbound_outcomes",
    "consequences", "rates",
)
# What comes with one of them under a name of its own; whoever reads that one reads this.
CONSEQUENCE_SUMS = "consequence_sums"
LIST = "_list"  # after the name of a target: whom it counted, or did not


@frozen
class Text:
    """A text in one or more languages: ((lang, text), ...)."""

    parts: tuple[tuple[str, str], ...] = ()

    def say(self, lang: str) -> str:
        """The text in `lang`, else in the first language given, else empty."""
        for key, value in self.parts:
            if key == lang:
                return value
        return self.parts[0][1] if self.parts else ""


# --- parameters -----------------------------------------------------------------------------

@frozen
class Param:
    """A parameter's name where a number, share, interval, deadline or limit may stand."""

    name: str
    span: Span | None = field(default=None, eq=False, repr=False)


Amount = Fraction | Param


class NoAmount(Exception):
    """A parameter of which no line holds: what is counted with it has no value, a deadline is never due."""


@frozen
class ParameterLine:
    """One line of a parameter: the value that holds from `start` where `where` is true.

    A length such as `3 school days` is a `Quantity` with the unit's key (`school_day`); a window, an amount or a
    list of anchors is its text. `text` is the value as written.
    """

    value: Fraction | Quantity | str | Due | None
    where: Condition | None = None
    start: datetime.date | None = None
    cites: tuple[str, ...] = ()
    text: str = field(default="", eq=False)
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class Parameter:
    """Whatever differs by school, grade, class or year; `required` has no line until the adopter sets it."""

    name: str
    lines: tuple[ParameterLine, ...]
    title: Text = Text()
    why: Text = Text()
    cites: tuple[str, ...] = ()
    required: bool = False
    span: Span | None = field(default=None, eq=False, repr=False)


# --- who and what -----------------------------------------------------------------------------

@frozen
class Attribute:
    """A flag (`is` = flag) or an attribute (number, date, text) of a student."""

    name: str
    title: Text = Text()
    type: str = "flag"
    kept: str = ""
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class Role:
    """Who can act; `of` is the level that a person holds it for; `above` the role one step up."""

    name: str
    title: Text = Text()
    of: str = "school"
    above: str = ""


@frozen
class Result:
    """A word that the outcome of an item may have, and what it is called."""

    name: str
    title: Text = Text()


@frozen
class Mark:
    """A local code: its meaning and the reasons that the author coined."""

    code: str
    meaning: str
    reasons: tuple[str, ...] = ()


@frozen
class DayRule:
    """How many sessions make an absent day: `any`, `all`, `at least n sessions`, `at least share`."""

    kind: str = "all"  # any | all | sessions | share
    amount: Fraction = Fraction(1)


@frozen
class Day:
    """The day: when absence of sessions is absence of the day, and the one close."""

    absent_when: DayRule = DayRule()
    closes: datetime.time = datetime.time(17, 30)
    lesson_hour: int = 60  # minutes in an `hour` of a measure


# --- measures ---------------------------------------------------------------------------------

@frozen
class Window:
    """A window that looks back.

    kind: period (unit: day week month term school_year), rolling (n, unit: day week month year
    school_day school_week), each (n, unit: school_week ...: tiles from the school year's first date),
    since (anchor: enrolment | case | a stage or item path).
    """

    kind: str
    unit: str = ""
    n: Amount = Fraction(1)
    anchor: str = ""


@frozen
class Plus:
    """`late over 30 minutes: session`: codes that count when their minutes pass a bound, each session or half day once."""

    codes: frozenset[str]
    over_minutes: Amount
    unit: str


@frozen
class Measure:
    """A named number over a student's history.

    kind: run count sum mean share; unit: session half_day school_day day hour minute.
    counted, neutral, breaks: local codes after "the narrower wins" (code, reason, meaning).
    fact: what `fact(x)` counts, sums or averages instead of marks.
    base: possible or planned, of a share. floor: a share has no value on a smaller base (in its unit).
    day: an override of how sessions make a day. sessions: all or first.
    present: true for a run of `present` (a day with a present or late session, not absent).
    """

    name: str
    kind: str
    unit: str
    counted: frozenset[str] = frozenset()
    neutral: frozenset[str] = frozenset()
    breaks: frozenset[str] = frozenset()
    present: bool = False
    fact: str = ""
    windows: tuple[Window, ...] = ()
    base: str = ""
    floor: Amount | None = None
    day: DayRule | None = None
    sessions: str = "all"
    plus: tuple[Plus, ...] = ()
    title: Text = Text()
    cites: tuple[str, ...] = ()
    span: Span | None = field(default=None, eq=False, repr=False)

    @property
    def named(self) -> frozenset[str]:
        """Every code that it counts, always or from some minutes on."""
        return self.counted.union(*(plus.codes for plus in self.plus))

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """Every amount in it that a parameter may set."""
        floor = () if self.floor is None else (self.floor,)
        return (*(window.n for window in self.windows), *(plus.over_minutes for plus in self.plus), *floor)

    @property
    def by_day(self) -> bool:
        """Whether its effective instants are closes only (SEMANTICS, section 5)."""
        return self.unit in ("school_day", "day")

    @property
    def by_session(self) -> bool:
        """Whether session starts with a mark are clocks of it too; facts are asked at closes."""
        return not self.by_day and not self.fact

    @property
    def tiles(self) -> tuple[Window, ...]:
        """The windows at whose start a stage that reads this measure counts as false."""
        return tuple(window for window in self.windows if window.kind in ("period", "each"))


# --- deadlines --------------------------------------------------------------------------------

@frozen
class After:
    """`3 school days`, `30 minutes`. unit: minute hour day week month school_day office_day school_week."""

    n: Amount
    unit: str


@frozen
class EndOf:
    """`end of day | school day | week | month | term | school year`."""

    unit: str


@frozen
class AtClock:
    """`at 16:00` of the trigger's day, the next day's if that has passed."""

    time: datetime.time


@frozen
class MonthDay:
    """`03-15`: the next such date, day zero included."""

    month: int
    day: int


@frozen
class DayOfMonth:
    """`28th`: the next such day of a month, day zero included."""

    day: Amount


@frozen
class BeforeNextSchoolDay:
    """Late from the start of the next school day's first session."""


@frozen
class Nth:
    """`at the 15th x`, `before the 7th x`, `10 school days after the 10th x`; x is a measure."""

    mode: str  # at | before | after
    n: Amount
    measure: str
    offset: After | None = None


@frozen
class Anchor:
    """A date, or `term | school year start | end`, moved by `offset` days or weeks (negative = before).

    An anchor without a date is the first that falls on or after day zero.
    """

    date: datetime.date | None = None
    period: str = ""  # term | school_year
    edge: str = ""  # start | end
    offset: int = 0
    unit: str = "day"  # day | week


@frozen
class DueParam:
    """A parameter that holds the deadline."""

    name: str


Due = After | EndOf | AtClock | MonthDay | DayOfMonth | BeforeNextSchoolDay | Nth | Anchor | DueParam


# --- items, stages, ladders ---------------------------------------------------------------------

BROKEN, MET = "if_broken", "if_met"  # the two stages of a target
OWN_ROLES = ("student", "parent")  # every policy has them, and nobody is appointed to be one


@frozen
class Actor:
    """One entry of by, to or notify. kind: role, who_had (name = item), above (name = role)."""

    name: str
    kind: str = "role"

    @property
    def key(self) -> str:
        """What it is called in `Item.persons` and in what is written: `teacher`, `above teacher`, `who_had visit`."""
        return self.name if self.kind == "role" else f"{self.kind} {self.name}"

    @staticmethod
    def of_key(key: str) -> Actor:
        """The entry that is called so."""
        kind, _, name = key.rpartition(" ")
        return Actor(name, kind or "role")


@frozen
class Actors:
    """Joint actors, or with `each` one item for each holder of each role."""

    entries: tuple[Actor, ...] = ()
    each: bool = False

    @property
    def key(self) -> str:
        """The last part of an item's id: joint actors joined by `+` in policy order."""
        return "+".join(entry.name for entry in self.entries)

    def of_item(self, actor: str) -> Actors:
        """Those whom one item is for: with `each` the entry that its actor names, else all."""
        own = tuple(entry for entry in self.entries if entry.name == actor.partition("/")[0]) if self.each else ()
        return evolve(self, entries=own) if own else self


@frozen
class Entry:
    """A consequence: a line in the appraisal of those whom its action names under `notify`.

    text: `-50 yuan`, `-2% a word`, arithmetic on parameters and measures, `lose a word` or `gain a word`. per: student, student above the
    limit, item, empty for once. period: the period whose appraisal it enters. compound: shares multiply, each head once. measures: the
    measures of facts that it names.
    """

    text: str
    per: str = ""
    period: str = ""  # day week month term school_year
    compound: bool = False
    measures: tuple[str, ...] = ()


@frozen
class Action:
    """What is to be done. `if_overdue` is the one in force: its own, its stage's or its ladder's."""

    name: str
    path: str
    title: Text = Text()
    kind: str = ""
    form: str = ""
    by: Actors = Actors()
    to: Actors = Actors()
    notify: Actors = Actors()
    due: Due | None = None
    counts_from: str = "known"  # known | event | start of school day
    cites: tuple[str, ...] = ()
    only_if: Condition | None = None
    then: tuple[Action, ...] = ()
    if_outcome: tuple[tuple[str, tuple[Action, ...]], ...] = ()
    if_overdue: tuple[Action, ...] = ()
    results: tuple[str, ...] = ()
    done_when: Condition | None = None
    replaces: str = ""
    keep: bool = False
    optional: bool = False
    times: int = 1
    hold: Condition | None = None
    entry: Entry | None = None
    list: str = ""
    about: Actor | None = None
    done_by: str = "at"  # at | known
    reassign: bool = False
    if_no_school: str = ""  # next | previous
    if_in_break: After | None = None
    span: Span | None = field(default=None, eq=False, repr=False)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Its own conditions, as far as it has them."""
        return tuple(one for one in (self.only_if, self.done_when, self.hold) if one is not None)

    @property
    def tells(self) -> bool:
        """A notice: somebody is told and nobody owes anything, so it is done when issued."""
        return bool(self.notify.entries) and not self.by.entries

    @property
    def owners(self) -> Actors:
        """Whose items they are: of those who act, or of those who are told where nobody acts."""
        return self.notify if self.tells else self.by

    def parts(self, actor: str) -> Mapping[str, Actors]:
        """By whom, to whom and who is told, as the item of one actor has it."""
        own = self.owners.of_item(actor)
        return {"by": self.by if self.tells else own, "to": self.to, "notify": own if self.tells else self.notify}


@frozen
class Again:
    """kind: crossing, further (n), every (n, unit school_day), each (unit school_day month term school_year)."""

    kind: str
    n: Amount = Fraction(1)
    unit: str = ""


@frozen
class Stage:
    """One step: a condition and what is to be done."""

    name: str
    path: str
    when: Condition
    do: tuple[Action, ...] = ()
    need: Condition | None = None
    again: Again | None = None
    title: Text = Text()
    text: Text = Text()
    cites: tuple[str, ...] = ()
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class Ladder:
    """Ordered stages for one concern; ends by `ends`, by `lasts`, or by leaving `where`."""

    name: str
    stages: tuple[Stage, ...]
    where: Condition
    ends: Stage | None = None
    lasts: str = ""  # month | term | school_year
    title: Text = Text()
    cites: tuple[str, ...] = ()
    span: Span | None = field(default=None, eq=False, repr=False)


# --- duties and targets -------------------------------------------------------------------------


@frozen
class Every:
    """Periods of `n` units: session school_day day week month term school_year."""

    n: int
    unit: str


@frozen(cache_hash=True)  # asked for by itself, date by date: hashing all of its items each time took most of the model's time
class Duty:
    """An obligation that recurs by the calendar, for each of a level that `where` covers.

    every or on: periods, or dates of the year. starting: from where periods of several units are counted.
    in_holidays: skip, keep, only, next school day. stage: what is asked for in each period. begins: periods that end before it are not asked.
    """

    name: str
    stage: Stage
    each: str
    where: Condition
    every: Every | None = None
    on: tuple[Due, ...] = ()
    starting: Due | None = None
    at_least: Amount = Fraction(1)
    in_holidays: str = "next school day"
    begins: datetime.date | None = None
    title: Text = Text()
    cites: tuple[str, ...] = ()
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class Base:
    """When the heads of a target are fixed. kind: anchor, previous_term_end, intake, first_attended, years_before (n of them)."""

    kind: str
    where: Condition | None = None
    anchor: Due | None = None
    n: int = 0
    cites: tuple[str, ...] = ()


@frozen
class Target:
    """A limit on a group's rate: `count` is asked at the check of the heads that `among` fixed at the base, less those of whom `less` is true by then.

    limit: at_most, below, at_least or above; empty where the rate is only told. heads: the limit is how many are counted, not which share.
    check: places in the calendar; none: as it changes. begins: checks before it are not made.
    """

    name: str
    count: Condition
    among: Condition
    bases: tuple[Base, ...]
    broken: Stage
    met: Stage
    each: str
    where: Condition
    limit: str = ""
    bound: Amount | None = None
    heads: bool = False
    less: Condition | None = None
    check: tuple[Due, ...] = ()
    list: str = ""
    begins: datetime.date | None = None
    title: Text = Text()
    cites: tuple[str, ...] = ()
    span: Span | None = field(default=None, eq=False, repr=False)

    @property
    def of_heads(self) -> tuple[Condition, ...]:
        """What it asks of each of its heads."""
        return (self.where, self.count, self.among, *((self.less,) if self.less is not None else ()))

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition that it asks: of its heads, and of the group by its bases."""
        return (*self.of_heads, *(base.where for base in self.bases if base.where is not None))


@frozen
class Column:
    """One column of a register.

    kind: row (a word that every register knows, such as `name` or `due`), role (who holds it), value (what a condition may say).
    """

    name: str
    kind: str = "row"
    value: Condition | None = None


@frozen
class Register:
    """A list that people keep: who stands in it, what it shows, who may read it.

    each: student, or a level of the roster (class, school, village ...). readers: roles; none written means those held for a school.
    Under a name of `REGISTERS` it says of that register who reads it and what it is called, no more.
    """

    name: str
    each: str = "student"
    where: Condition | None = None
    columns: tuple[Column, ...] = ()
    readers: tuple[str, ...] = ()
    kept: str = ""
    title: Text = Text()
    text: Text = Text()
    cites: tuple[str, ...] = ()
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class Policy:
    """One version of a policy, resolved after `extends`."""

    name: str
    start: datetime.date | None = None
    end: datetime.date | None = None
    on_change: str = "keep"
    timezone: str = "Asia/Shanghai"
    lang: str = "zh"
    title: Text = Text()
    cites: tuple[str, ...] = ()
    parameters: Mapping[str, Parameter] = field(factory=dict)
    students: Mapping[str, Attribute] = field(factory=dict)
    roles: Mapping[str, Role] = field(factory=dict)
    marks: Mapping[str, Mark] = field(factory=dict)
    day: Day = Day()
    measures: Mapping[str, Measure] = field(factory=dict)
    ladders: Mapping[str, Ladder] = field(factory=dict)
    duties: Mapping[str, Duty] = field(factory=dict)
    targets: Mapping[str, Target] = field(factory=dict)
    registers: Mapping[str, Register] = field(factory=dict)
    results: Mapping[str, Result] = field(factory=dict)
    digest: str = ""
    path: str = field(default="", eq=False)
    span: Span | None = field(default=None, eq=False, repr=False)

    @property
    def version(self) -> str:
        """The version's name: the date from which it is in force, or `-`."""
        return self.start.isoformat() if self.start else "-"

    def covers(self, date: datetime.date) -> bool:
        """Whether this version is in force on a date."""
        return (self.start is None or self.start <= date) and (self.end is None or date <= self.end)


def in_turn(policies: Iterable[Policy]) -> tuple[Policy, ...]:
    """Policies with the ends that their versions give each other: an older one without an end holds until the day before the next one begins."""
    given = tuple(policies)
    return tuple(policy if policy.end is not None else evolve(policy, end=_taken_over(policy, given)) for policy in given)


def _taken_over(policy: Policy, others: Iterable[Policy]) -> datetime.date | None:
    """The last date before a later version of a policy begins."""
    first = policy.start or datetime.date.min
    later = [other.start for other in others if other.name == policy.name and other.start is not None and other.start > first]
    return min(later) - DAY if later else None


# --- walking a policy ------------------------------------------------------------------------


def stages(policy: Policy) -> Iterator[Stage]:
    """Every stage of every ladder, the ends too, then what duties and targets ask for."""
    for ladder in policy.ladders.values():
        yield from ladder.stages
        if ladder.ends is not None:
            yield ladder.ends
    for duty in policy.duties.values():
        yield duty.stage
    for target in policy.targets.values():
        yield target.broken
        yield target.met


def stage_of(ladder: Ladder, name: str) -> Stage | None:
    """A ladder's stage, or its `ends`, by name."""
    return ladder.ends if name == "ends" else next((stage for stage in ladder.stages if stage.name == name), None)


def part_of(policy: Policy, name: str) -> Ladder | Duty | Target | None:
    """A ladder, a duty or a target by name; no two of a policy have one."""
    return policy.ladders.get(name) or policy.duties.get(name) or policy.targets.get(name)


def stage_in(policy: Policy, part: str, name: str, path: str = "") -> Stage | None:
    """A stage by the name of its ladder, duty or target and its own; of a target's two, the one on an item's path."""
    found = part_of(policy, part)
    if isinstance(found, Duty):
        return found.stage
    if isinstance(found, Target):
        return found.met if path.startswith(f"{found.met.path}.") else found.broken
    return None if found is None else stage_of(found, name)


def asked(policy: Policy) -> Iterator[Duty | Target]:
    """What is asked of groups and by the calendar: every duty, then every target."""
    yield from policy.duties.values()
    yield from policy.targets.values()


def items_of(stage: Stage) -> Iterator[Action]:
    """Every action of a stage, each before those that it is followed by."""
    for action in stage.do:
        yield from chained(action)


def actions(policy: Policy) -> Iterator[Action]:
    """Every action, each before those that it is followed by."""
    for stage in stages(policy):
        yield from items_of(stage)


def chained(action: Action) -> Iterator[Action]:
    """An action, and all that may follow it."""
    yield action
    for one in (*action.then, *(one for _, branch in action.if_outcome for one in branch), *action.if_overdue):
        yield from chained(one)


def conditions(policy: Policy) -> Iterator[Condition]:
    """Every condition that decides something: of parameters, ladders, duties, targets, stages and items; those of registers only show."""
    yield from (line.where for one in policy.parameters.values() for line in one.lines if line.where is not None)
    yield from (ladder.where for ladder in policy.ladders.values())
    yield from (duty.where for duty in policy.duties.values())
    for target in policy.targets.values():
        yield from target.conditions
    for stage in stages(policy):
        yield from (one for one in (stage.when, stage.need) if one is not None)
    for action in actions(policy):
        yield from action.conditions


# --- what a register asks of groups ------------------------------------------------------------

LEVELS = ("household", "class", "grade", "school", "village", "township", "county")
_OF_ITEMS = frozenset({"done", "outcome", "overdue", "late", "times"})
_ANYBODYS = frozenset({"parameter", "term_week", "received"})


def of_group(term: Term, level: str, measures: Mapping[str, Measure], parts: Mapping[str, Duty | Target]) -> bool | None:
    """Whether a name is asked of a group of a level itself, as its duties ask it: facts, rates, its own items; None where of anybody."""
    if term.kind in _ANYBODYS:
        return None
    if term.kind == "measure":
        return bool(measures[term.name].fact) if term.name in measures else None
    if term.kind == "rate":
        return term.name in parts and parts[term.name].each == level
    if term.kind in _OF_ITEMS or term.target == "item":
        return any(part.each == level and _has(part, term.name) for part in parts.values())
    return term.kind == "new_holder"


def _has(part: Duty | Target, name: str) -> bool:
    found = (part.stage,) if isinstance(part, Duty) else (part.broken, part.met)
    return any(has_item(stage, name) for stage in found)


def has_item(stage: Stage, name: str) -> bool:
    """Whether a stage has an item of a name or dotted path, chained ones too."""
    return any(f".{one.path}".endswith(f".{name}") for one in items_of(stage))


def asks_group(condition: Condition | None, level: str, policy: Policy) -> bool:
    """Whether a condition of a register is asked of a group itself, and not of its students."""
    parts: dict[str, Duty | Target] = {**policy.duties, **policy.targets}
    return condition is not None and any(of_group(term, level, policy.measures, parts) for term in condition.terms)


def of_itself(register: Register, policy: Policy) -> bool:
    """Whether a register of groups is of the groups that duties know: it asks them something, or they are persons."""
    if register.each == "student":
        return False
    conditions = (register.where, *(column.value for column in register.columns))
    values = any(column.kind == "value" for column in register.columns)
    return register.each not in LEVELS or values or any(asks_group(condition, register.each, policy) for condition in conditions)
