"""What a condition's names are worth at an instant: every term to a value, with measures kept for one instant."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Protocol

from .conditions import NONE, Condition, Quantity, Term, Value
from .events import Outcome, precedence
from .history import History
from .matcher import Matcher
from .matcher.plain import holds, meant
from .measures import Codes, Measured, View, measure_value
from .policy import After, Amount, Due, DueParam, Measure, NoAmount, Param, ParameterLine, Policy
from .times import DAY, Instant

Date = datetime.date
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class ItemLike(Protocol):
    """What conditions may ask of an item."""

    effective: Instant
    opened: Instant
    done_at: Instant | None
    overdue_at: Instant | None
    late_at: Instant | None
    bound: list[Outcome]

    def gone_by(self, at: Instant) -> bool: ...


class CaseLike(Protocol):
    """What conditions may ask of a case: its opening, its firings and its items."""

    @property
    def opened(self) -> Instant: ...
    def fired_at(self, stage: str) -> Instant | None: ...
    def seen(self, name: str, at: Instant) -> Sequence[ItemLike]: ...
    def seen_anywhere(self, name: str, at: Instant) -> Sequence[ItemLike]: ...
    def alone(self, name: str, at: Instant) -> Sequence[Outcome]: ...
    def roll_taken(self) -> Instant | None: ...


# What a target of a version reads at an instant; only a group has rates.
RateOf = Callable[[Policy, str, Instant], Value]


def no_rate(policy: Policy, target: str, at: Instant) -> Value:
    """A student has none."""
    return None


class Moment:
    """One instant of one student under one policy version: every name's value, each found at most once.

    case: the case that asks, None while only facts are asked. since: runs see only units after it.
    open_cases: whether another ladder has an open case.
    """

    def __init__(
        self, history: History, policy: Policy, codes: Codes, at: Instant,
        open_case: Callable[[str, Instant], bool] = lambda ladder, at: False, rate: RateOf = no_rate,
    ) -> None:
        self.history = history
        self.policy = policy
        self.codes = codes
        self.at = at
        self.date = history.zone.date(at)
        close = history.zone.instant(self.date, policy.day.closes)
        self.today = self.date if at >= close else self.date - DAY
        self.open_case = open_case
        self.rate = rate
        self._measured: dict[tuple[str, Instant | None, tuple[Instant | None, ...]], Measured] = {}

    # --- conditions -------------------------------------------------------------------------------

    def holds(self, condition: Condition, matcher: Matcher, asker: Asker) -> bool:
        """Whether a condition is true now; unknown is not true."""
        if matcher.name == "plain":  # which reads no more than it needs
            return meant(condition.expr, lambda term: VALUES[term.kind](self, term, asker)) is True
        return matcher.hold((condition,), self.readings(condition, asker))[0]

    def holds_on(self, condition: Condition, matcher: Matcher, asker: Asker) -> bool:
        """Whether a condition is true just after now, when no `became` is true any more."""
        gone = {term.key: False for term in condition.terms if term.kind == "became"}
        return matcher.hold((condition,), {**self.readings(condition, asker), **gone})[0]

    def readings(self, condition: Condition, asker: Asker) -> dict[str, Value]:
        return {term.key: self.value(term, asker) for term in condition.terms}

    def value(self, term: Term, asker: Asker) -> Value:
        """The value of one term, None where it has none."""
        return VALUES[term.kind](self, term, asker)

    # --- measures and parameters --------------------------------------------------------------------

    def measured(self, name: str, asker: Asker) -> Measured:
        """A measure's reading, with what it was taken from."""
        measure = self.policy.measures[name]
        # What a window begins with may come about at this very instant, and an item may be opened anew in another pass.
        anchors = tuple(self._anchor(measure, window.anchor, asker) for window in measure.windows if window.kind == "since")
        key = name, asker.since, anchors
        found = self._measured.get(key)
        if found is None:
            found = self._measured[key] = self._measure(measure, asker)
        return found

    def _measure(self, measure: Measure, asker: Asker) -> Measured:
        view = View(self.history, self.policy, self.codes, self.at, self.today, self.date, asker.since)
        try:
            return measure_value(measure, view, self.number, lambda anchor: self._anchor(measure, anchor, asker))
        except NoAmount:
            return Measured(None)

    def _anchor(self, measure: Measure, anchor: str, asker: Asker) -> Instant | None:
        if anchor == "enrolment":
            date = self.today if measure.by_day else self.date  # a measure of days is still that of the last close
            row = self.history.row(date)
            return self.history.zone.midnight(row.start if row and row.start else self.history.days(date).first)
        if asker.case is None:
            return None
        if anchor == "case":
            return asker.case.opened
        fired = asker.case.fired_at(anchor)
        if fired is not None:
            return fired
        items = asker.case.seen(anchor, self.at)
        return items[-1].effective if items else None

    def number(self, amount: Amount) -> Fraction:
        """An amount with its parameter resolved, exact. Raises `NoAmount` where none of its lines holds."""
        value = self.parameter(amount.name) if isinstance(amount, Param) else amount
        if value is None:
            raise NoAmount
        return Fraction(value.number if isinstance(value, Quantity) else value)  # type: ignore[arg-type]  # the loader lets no text stand for a number

    def line(self, name: str) -> ParameterLine | None:
        """The first line of a parameter that holds at this instant; None where none does."""
        for line in self.policy.parameters[name].lines:
            if line.start is not None and self.date < line.start:
                continue
            if line.where is None or holds(line.where.expr, self.readings(line.where, FACTS)) is True:
                return line
        return None

    def parameter(self, name: str) -> Fraction | Quantity | str | Due | None:
        line = self.line(name)
        return line.value if line else None

    def amount(self, name: str) -> str | None:
        """What a parameter holds as it is written: `-50 yuan`, `3`; None where none of its lines holds."""
        line = self.line(name) if name in self.policy.parameters else None
        return line.text if line is not None else None

    def recorded(self, name: str, asker: Asker) -> Value:
        """What a measure of facts comes to in an entry: where nobody recorded any there is no sum either, and a count is 0 (Q4)."""
        found = self.measured(name, asker)
        return found.value if found.facts or self.policy.measures[name].kind == "count" else None

    def due(self, due: Due | None) -> Due | None:
        """A deadline with its parameter resolved."""
        if not isinstance(due, DueParam):
            return due
        value = self.parameter(due.name)
        return After(value.number, value.unit) if isinstance(value, Quantity) else value  # type: ignore[return-value]  # the loader lets only deadlines stand here


class Asker:
    """Who asks: nobody in particular (facts), a case, its `ends` or an item's `done_when`."""

    __slots__ = ("case", "ends", "since")

    def __init__(self, case: CaseLike | None = None, since: Instant | None = None, ends: Callable[[str, Instant], Value] | None = None) -> None:
        self.case = case
        self.since = since
        self.ends = ends


FACTS = Asker()
YES = frozenset({"yes", "true", "1", "y", "是", "有"})
NO = frozenset({"no", "false", "0", "n", "否", "无", "没有"})


def _measure(moment: Moment, term: Term, asker: Asker) -> Value:
    return moment.measured(term.name, asker).value


def _parameter(moment: Moment, term: Term, asker: Asker) -> Value:
    value = moment.parameter(term.name)
    return value.number if isinstance(value, Quantity) else value  # type: ignore[return-value]  # a deadline never stands in a condition


def _flag(moment: Moment, term: Term, asker: Asker) -> Value:
    return moment.history.flag(term.name, moment.at).strip().lower() in YES


def _attribute(moment: Moment, term: Term, asker: Asker) -> Value:
    text = moment.history.flag(term.name, moment.at).strip()
    return typed(text, moment.policy.students[term.name].type)


def typed(text: str, kind: str) -> Value:
    """An attribute's text as a number, a date or itself; None where it is empty or not of the kind."""
    try:
        if kind == "number":
            return Fraction(text)
        return Date.fromisoformat(text) if kind == "date" else (text or None)
    except (ValueError, ZeroDivisionError):
        return None


def readable(text: str, kind: str) -> bool:
    """Whether a flag's or an attribute's text can be what its kind says."""
    text = text.strip()
    return text.lower() in YES | NO if kind == "flag" else typed(text, kind) is not None


def _status(moment: Moment, term: Term, asker: Asker) -> Value:
    if term.name == "enrolled":
        return moment.history.enrolled(moment.at)
    status = moment.history.status(moment.at)
    return status is not None and status.status == term.name


def _grade(moment: Moment, term: Term, asker: Asker) -> Value:
    return typed(moment.history.column("grade", moment.date).strip(), term.target or "number")


def _class_name(moment: Moment, term: Term, asker: Asker) -> Value:
    return moment.history.column("class", moment.date) or None


def _term_week(moment: Moment, term: Term, asker: Asker) -> Value:
    week = moment.history.days(moment.date).term_week(moment.date)
    return None if week is None else Fraction(week)


def _age(moment: Moment, term: Term, asker: Asker) -> Value:
    return _age_at(moment, moment.date)


def _age_at(moment: Moment, date: Date | None) -> Value:
    birth = typed(moment.history.column("birth_date", moment.date), "date")
    if not isinstance(birth, Date) or date is None:
        return None
    return Fraction(date.year - birth.year - ((date.month, date.day) < (birth.month, birth.day)))


def _age_on(moment: Moment, term: Term, asker: Asker) -> Value:
    return _age_at(moment, named_date(moment, term.name))


def named_date(moment: Moment, name: str) -> Date | None:
    """school_year_start, school_year_end, term_start, term_end, enrolment, or a date; None where there is none."""
    days = moment.history.days(moment.date)
    if name.startswith("school_year"):
        year = days.year(moment.date)
        if year is None:
            return None
        return year[2] if name.endswith("end") else year[1]
    if name.startswith("term"):
        term = days.term(moment.date)
        return None if term is None else (term.end if name.endswith("end") else term.start)
    if name == "enrolment":
        row = moment.history.row(moment.date)
        return row.start if row and row.start else days.first
    try:
        return Date.fromisoformat(name)
    except ValueError:
        return None


def _became(moment: Moment, term: Term, asker: Asker) -> Value:
    cause = term.option("cause")
    return any(
        event.at == moment.at and event.status == term.name and (cause is None or event.cause == cause)
        for event in moment.history.statuses
    )


def _ever(moment: Moment, term: Term, asker: Asker) -> Value:
    found = [event.at for event in moment.history.statuses if event.status == term.name and event.at <= moment.at]
    if asker.ends is None and asker.since is not None:
        found = [at for at in found if at > asker.since]
    first = _within(moment, term.option("within"))
    if first is not None:
        found = [at for at in found if moment.history.zone.date(at) >= first]
    since = term.option("since")
    if since == "case":
        return None if asker.case is None else any(at >= asker.case.opened for at in found)
    start = named_date(moment, str(since)) if since is not None else Date.min
    return None if start is None else any(moment.history.zone.date(at) >= start for at in found)


def _received(moment: Moment, term: Term, asker: Asker) -> Value:
    by = term.option("by")
    return any(
        document.document == term.name and document.at <= moment.at and (by is None or document.by == by)
        and (asker.since is None or document.at > asker.since)
        for document in moment.history.documents
    )


@lru_cache(4096)
def place_of(item_id: str) -> tuple[str, str, str]:
    """The ladder, duty or target of an item, its stage and its own name, read off its id.

    policy/student/ladder/case/stage/n/item/actor, policy/duty/subject/period/n/item/actor or policy/target/group/date/item/actor, then
    `/then/item/actor`, `/overdue/item/actor` or `/on/result/item/actor` for each chain. A stage's name begins with a letter, so a number
    in its place is a duty's n; no ladder has a date where a target has its check.
    """
    parts = item_id.split("/")
    if len(parts) >= 7 and parts[4].isdigit():
        first, found = 5, (parts[1], parts[1])
    elif len(parts) >= 6 and _DATE.fullmatch(parts[3]):
        first, found = 4, (parts[1], parts[1])
    elif len(parts) >= 8:
        first, found = 6, (parts[2], parts[4])
    else:
        return "", "", ""
    for index in range(len(parts) - 3, first + 1, -1):
        if parts[index] in ("then", "overdue"):
            return (*found, parts[index + 1])
        if parts[index] == "on" and index + 3 < len(parts):
            return (*found, parts[index + 2])
    return (*found, parts[first])


def item_name(item_id: str) -> str:
    """An item's own name, read off its id; empty where it is none."""
    return place_of(item_id)[2]


def action_of(outcome: Outcome) -> str:
    """The action that an outcome is of: the one it names, else that of its item."""
    return outcome.action or item_name(outcome.item)


def concerns(outcome: Outcome, path: str, policy: str) -> bool:
    """Whether an outcome is of what a path names: by its item, where that is one of that name in this policy, else by its action (I19)."""
    *places, name = path.split(".")
    part, stage, own = place_of(outcome.item) if outcome.item.startswith(f"{policy}/") else ("", "", "")
    if own and own == name:
        return [part, stage][2 - len(places) :] == places
    return outcome.action == name


def _times(moment: Moment, term: Term, asker: Asker) -> Value:
    first = _within(moment, term.option("within"))
    result, to = term.option("result"), term.option("to")
    return Fraction(sum(
        outcome.times for outcome in moment.history.outcomes
        if outcome.done and outcome.at <= moment.at and concerns(outcome, term.name, moment.policy.name)
        and not moment.history.elsewhere(outcome, moment.policy.name)
        and (result is None or outcome.result == result) and (to is None or outcome.to == to)
        and (first is None or moment.history.zone.date(outcome.at) >= first)
        and (asker.since is None or outcome.at > asker.since)
    ))


def _within(moment: Moment, within: Value | Quantity) -> Date | None:
    if within is None:
        return None
    days = moment.history.days(moment.date)
    if isinstance(within, Quantity):
        return days.back(int(within.number), within.unit.replace(" ", "_"), moment.date)
    period = days.period(str(within).replace(" ", "_"), moment.date)
    return period[1] if period else moment.date + DAY


def _open_case(moment: Moment, term: Term, asker: Asker) -> Value:
    return moment.open_case(term.name, moment.at)


def _fired(moment: Moment, term: Term, asker: Asker) -> Value:
    return None if asker.case is None else asker.case.fired_at(term.name) is not None


def _done(moment: Moment, term: Term, asker: Asker) -> Value:
    items = asker.case.seen(term.name, moment.at) if asker.case is not None else ()
    if not items:
        return None
    return all(item.done_at is not None and item.done_at <= moment.at for item in items)


def _outcome(moment: Moment, term: Term, asker: Asker) -> Value:
    if asker.ends is not None:
        return asker.ends(term.name, moment.at)
    if asker.case is None:
        return None
    items = asker.case.seen(term.name, moment.at)
    found = [outcome for item in items for outcome in item.bound if outcome.at <= moment.at]
    found += asker.case.alone(term.name, moment.at)
    if found:
        return max(found, key=lambda outcome: (outcome.at, *precedence(outcome))).result or NONE
    return NONE if items else None


def _overdue(moment: Moment, term: Term, asker: Asker) -> Value:
    items = asker.case.seen(term.name, moment.at) if asker.case is not None else ()
    if not items:
        return None
    at = moment.at
    return any(
        item.overdue_at is not None and item.overdue_at <= at and not (item.done_at is not None and item.done_at <= at) and not item.gone_by(at)
        for item in items
    )


def _late(moment: Moment, term: Term, asker: Asker) -> Value:
    items = asker.case.seen_anywhere(term.name, moment.at) if asker.case is not None else ()
    first = _within(moment, term.option("within"))
    found = [item.late_at for item in items if item.late_at is not None and item.late_at <= moment.at]
    return any(first is None or moment.history.zone.date(at) >= first for at in found) if items else None


def _elapsed_from(moment: Moment, term: Term, asker: Asker) -> Date | None:
    history, at = moment.history, moment.at
    instant: Instant | None = None
    if term.target == "case":
        instant = asker.case.opened if asker.case is not None else None
    elif term.target in ("stage", "item"):
        if asker.case is not None:
            instant = asker.case.fired_at(term.name)
            if instant is None:
                given = [outcome.at for item in asker.case.seen(term.name, at) for outcome in item.bound if outcome.at <= at]
                given += [outcome.at for outcome in asker.case.alone(term.name, at)]
                instant = max(given, default=None)
    elif term.target == "status":
        instant = max((event.at for event in history.statuses if event.status == term.name and event.at <= at), default=None)
    else:
        return named_date(moment, term.name)
    return None if instant is None else history.zone.date(instant)


def _days_since(moment: Moment, term: Term, asker: Asker) -> Value:
    start = _elapsed_from(moment, term, asker)
    return None if start is None else Fraction((moment.date - start).days)


def _school_days_since(moment: Moment, term: Term, asker: Asker) -> Value:
    start = _elapsed_from(moment, term, asker)
    return None if start is None else Fraction(moment.history.days(moment.date).school_days_between(start, moment.date))


def _rate(moment: Moment, term: Term, asker: Asker) -> Value:
    return moment.rate(moment.policy, term.name, moment.at)


def _new_holder(moment: Moment, term: Term, asker: Asker) -> Value:
    role = moment.policy.roles.get(term.name)
    return None if role is None else moment.history.new_holder(role.name, role.of, moment.date)


def _marked(moment: Moment, term: Term, asker: Asker) -> Value:
    taken = asker.case.roll_taken() if asker.case is not None else None
    return taken is not None and taken <= moment.at


VALUES: dict[str, Callable[[Moment, Term, Asker], Value]] = {
    "measure": _measure, "parameter": _parameter, "flag": _flag, "attribute": _attribute, "status": _status,
    "grade": _grade, "age": _age, "age_on": _age_on, "class_name": _class_name, "term_week": _term_week,
    "became": _became, "ever": _ever, "received": _received, "times": _times, "open_case": _open_case,
    "fired": _fired, "done": _done, "outcome": _outcome, "overdue": _overdue, "late": _late,
    "days_since": _days_since, "school_days_since": _school_days_since,
    "rate": _rate, "new_holder": _new_holder, "marked": _marked,
}
