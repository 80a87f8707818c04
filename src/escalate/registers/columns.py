"""What each column of a register shows of a row's student, case, item or event."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from fractions import Fraction

from ..conditions import NONE, Condition, Term, Value
from ..events import Outcome, Status
from ..language import shown
from ..ledger import Item
from ..phrases import Phrases, phrases_for
from ..policy import Actor, Column, Ladder, Policy, part_of, stage_of
from ..rates import Rate
from ..records import find_action
from ..roster import Roster
from ..terms import action_of
from ..times import Instant
from ..wording import Wording
from .pupil import Line, Pupil
from .sheets import Cell
from .words import words_for


def head_of(column: Column, policy: Policy) -> str:
    """A column's title in the policy's language; of a flag alone, the flag's."""
    wording = Wording(policy, phrases_for(policy.lang))
    if column.value is not None and isinstance(column.value.expr, Term) and column.value.expr.kind == "flag":
        return wording.attribute(column.value.expr.name)
    if column.kind == "role":
        return wording.role(column.name)
    return words_for(policy.lang)[column.name] if column.value is None else wording.condition(column.value)


def cell_of(column: Column, line: Line, value: Callable[[Condition], Value], roster: Roster) -> Cell:
    """What a column shows of a row. value: what an expression of the register comes to."""
    if column.kind == "role":
        return line.pupil.phrases.all_of(holders(column.name, line.pupil, roster))
    if column.value is not None:
        return said(value(column.value), column.value, line.pupil)
    return ROW[column.name](line)


def holders(role: str, pupil: Pupil, roster: Roster) -> tuple[str, ...]:
    """Who holds a role for a student on the register's date."""
    return pupil.holders(role, roster)


def said(value: Value, condition: Condition, pupil: Pupil) -> Cell:
    """A value in words; nothing where there is none, a whole number as itself."""
    phrases = pupil.phrases
    if value is None:
        return ""
    if value is NONE:
        return phrases.texts["nothing"]
    if isinstance(value, bool):
        return phrases.texts["yes" if value else "no"]
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, (int, Fraction)):
        number = Fraction(value)
        if _is_share(condition, pupil.policy):
            return phrases.percent(number)
        return int(number) if number.denominator == 1 else shown(number)
    if isinstance(condition.expr, Term) and condition.expr.kind == "outcome":
        return Wording(pupil.policy, phrases).result(str(value))
    return str(value)


def rated(rate: Rate, phrases: Phrases) -> str:
    """A rate with its two numbers and its base; nothing to divide by is said by these."""
    base = phrases.say("aside", text=rate.base.isoformat())
    if rate.value is None:
        return f"{rate.num}/{rate.den}{base}"
    return phrases.say("share", num=rate.num, den=rate.den, percent=hundredths(rate.value)) + base


def hundredths(share: Fraction) -> str:
    """A share in percent to two decimals, a half of the last one up: for the eye; what decides are the two numbers."""
    cut = (share * 20000 + 1) // 2
    return f"{cut // 100}.{cut % 100:02}%"


def _is_share(condition: Condition, policy: Policy) -> bool:
    expr = condition.expr
    if isinstance(expr, Term) and expr.kind == "rate":
        return True
    return isinstance(expr, Term) and expr.kind == "measure" and policy.measures[expr.name].kind == "share"


# --- the words that every register knows ------------------------------------------------------------------


def clock(pupil: Pupil, at: Instant | None) -> str:
    """`2025-09-04 17:30`, local."""
    return "" if at is None else f"{pupil.history.zone.local(at):%Y-%m-%d %H:%M}"


def _from(line: Line) -> Cell:
    row = line.pupil.history.row(line.pupil.date)
    return row.start.isoformat() if row is not None and row.start is not None else ""


def _to(line: Line) -> Cell:
    row = line.pupil.history.row(line.pupil.date)
    return row.end.isoformat() if row is not None and row.end is not None else ""


def _roll(line: Line) -> Status | None:
    return line.event if isinstance(line.event, Status) else line.pupil.status()


def _status(line: Line) -> Cell:
    event = _roll(line)
    name = event.status if event is not None else "enrolled"
    return line.pupil.phrases.roll.get(name, name)


def _since(line: Line) -> Cell:
    event = _roll(line)
    return clock(line.pupil, event.at) if event is not None else ""


def _cause(line: Line) -> Cell:
    event = _roll(line)
    return event.cause if event is not None else ""


def _ladder(line: Line) -> tuple[str, int] | None:
    if line.view is not None:
        return line.view.run.ladder, line.view.run.number
    return (line.item.ladder, line.item.case) if line.item is not None else None


def _case(line: Line) -> Cell:
    found = _ladder(line)
    if found is None:
        return ""
    if line.item is not None and not isinstance(part_of(_policy(line, line.item), line.item.ladder), Ladder):
        return f"{_title(line)} {line.item.occurrence}"  # a duty's period, the date of a target's check
    return line.pupil.phrases.label("case", ladder=_wording(line).ladder(found[0]), number=found[1])


def _title(line: Line) -> Cell:
    found = _ladder(line)
    if found is None:
        return ""
    part = part_of(_wording(line).policy, found[0])
    return part.title.say(line.pupil.phrases.lang) or part.name if part is not None else found[0]


def _stage(line: Line) -> Cell:
    """The stage that fired last in the case; of an item's row, that which issued it."""
    wording = _wording(line)
    if line.view is None:
        return "" if line.item is None else _issuing(line.item, wording)
    ladder = line.view.run.plan.ladder
    fired = [(at, n, stage) for n, stage in enumerate(ladder.stages) for _, at in line.view.fired.get(stage.name, ())]
    return wording.stage(max(fired, key=lambda one: one[:2])[2]) if fired else ""


def _issuing(item: Item, wording: Wording) -> str:
    ladder = wording.policy.ladders.get(item.ladder)
    stage = stage_of(ladder, item.stage) if ladder is not None else None
    if stage is not None:
        return wording.stage(stage)
    return "" if ladder is None and part_of(wording.policy, item.ladder) is not None else item.stage


def _opened(line: Line) -> Cell:
    if line.view is not None:
        return clock(line.pupil, line.view.opened)
    return clock(line.pupil, line.item.opened) if line.item is not None else ""


def _item(line: Line) -> Cell:
    if line.item is None:
        return ""
    action = find_action(_policy(line, line.item), line.item.path)
    return _wording(line).action(action) if action is not None else line.item.action


def _by(line: Line) -> Cell:
    """Who acts, or who was told, each role with its persons."""
    if line.item is None:
        return ""
    parts = [(who.partition(" "), persons) for who, persons in line.item.persons]
    acting = [(role, persons) for (word, _, role), persons in parts if word == "by"]
    acting = acting or [(role, persons) for (word, _, role), persons in parts if word == "notify"]
    wording, phrases = _wording(line), line.pupil.phrases
    return phrases.all_of([
        phrases.say("who", role=wording.actor(Actor.of_key(role)), persons=phrases.all_of(persons)) if persons else wording.actor(Actor.of_key(role))
        for role, persons in acting
    ])


def _due(line: Line) -> Cell:
    """A day, or a local clock time."""
    due = line.item.due if line.item is not None else ""
    return f"{due[:10]} {due[11:16]}" if len(due) > 10 else due


def _state(line: Line) -> Cell:
    return line.pupil.phrases.statuses[line.item.status] if line.item is not None else ""


def _missing(line: Line) -> Cell:
    """The evidence that a blocked item waits for."""
    return line.pupil.phrases.all_of([_wording(line).item(name) for name in line.item.missing]) if line.item is not None else ""


def _done_at(line: Line) -> Cell:
    if isinstance(line.event, Outcome):
        return clock(line.pupil, line.event.at)
    return clock(line.pupil, line.item.done_at) if line.item is not None else ""


def _action(line: Line) -> Cell:
    event = line.event
    return Wording(line.pupil.policy, line.pupil.phrases).item(action_of(event)) if isinstance(event, Outcome) else ""


def _result(line: Line) -> Cell:
    return Wording(line.pupil.policy, line.pupil.phrases).result(line.event.result) if isinstance(line.event, Outcome) else ""


def _done_by(line: Line) -> Cell:
    return line.event.by if isinstance(line.event, Outcome) else ""


def _why(line: Line) -> Cell:
    return words_for(line.pupil.policy.lang)[line.why] if line.why else ""


def _policy(line: Line, item: Item) -> Policy:
    return line.pupil.family.named(item.version).policy


def _wording(line: Line) -> Wording:
    """The words of the version that the case or the item runs under."""
    if line.view is not None:
        policy = line.view.run.plan.version.policy
    else:
        policy = _policy(line, line.item) if line.item is not None else line.pupil.policy
    return Wording(policy, line.pupil.phrases)


def _group(line: Line) -> Cell:
    return line.pupil.group


def _of_roster(name: str) -> Callable[[Line], Cell]:
    return lambda line: line.pupil.column(name)


ROSTER = ("student", "name", "household", "class", "class_name", "grade", "school", "village", "township", "county", "birth_date")
ROW: Mapping[str, Callable[[Line], Cell]] = {
    **{name: _of_roster(name) for name in ROSTER},
    "group": _group, "from": _from, "to": _to, "status": _status, "since": _since, "cause": _cause,
    "case": _case, "title": _title, "stage": _stage, "opened": _opened, "item": _item, "by": _by, "due": _due,
    "state": _state, "missing": _missing, "done_at": _done_at, "action": _action, "result": _result, "done_by": _done_by, "why": _why,
}
