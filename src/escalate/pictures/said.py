"""The parts of a policy as a table or a drawing says them: parameters put in, and what nobody has set yet marked as open."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction

from attrs import field, frozen

from ..conditions import Condition, Lit, Quantity
from ..consequences import line
from ..loading.anchors import anchor
from ..loading.ladders import ENROLLED
from ..phrases import Phrases
from ..policy import (
    Action,
    Actors,
    After,
    Again,
    Amount,
    Base,
    DayOfMonth,
    Due,
    DueParam,
    Duty,
    Entry,
    Ladder,
    Nth,
    Param,
    ParameterLine,
    Policy,
    Stage,
    Target,
)
from ..wording import Wording, due_parameters
from .steps import Step
from .words import phrases_of, unit_of, words_for

SHORT = ("session", "school_day", "day", "week")  # periods whose duties are passed over in holidays


@frozen
class Said:
    """One policy in one language."""

    policy: Policy
    lang: str
    phrases: Phrases = field(init=False, repr=False)
    wording: Wording = field(init=False, repr=False)
    values: Mapping[str, str] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "phrases", phrases_of(self.lang))
        object.__setattr__(self, "wording", Wording(self.policy, self.phrases))
        object.__setattr__(self, "values", {name: self._value(name) for name in self.policy.parameters})

    def say(self, key: str, /, **parts: object) -> str:
        """A phrase of tables and drawings."""
        return words_for(self.lang)[key].format(**parts)

    def why(self, step: Step) -> str:
        """What an item follows on."""
        return self.say(step.why, result=self.wording.result(step.result))

    def joined(self, parts: Iterable[str]) -> str:
        """Notes one after the other."""
        return self.say("split").join(part for part in parts if part)

    def lines(self, parts: Iterable[str]) -> str:
        """Notes one below the other."""
        return "\n".join(part for part in parts if part)

    # --- the policy ---------------------------------------------------------------------------------

    @property
    def title(self) -> str:
        """What the policy is called."""
        return self.policy.title.say(self.lang) or self.policy.name

    @property
    def in_force(self) -> str:
        """From when and until when."""
        start, end = self.policy.start, self.policy.end
        key = "both" if start and end else "from" if start else "to"
        return self.say(f"in_force.{key}", start=start and self.phrases.date(start), end=end and self.phrases.date(end)) if start or end else ""

    @property
    def unset(self) -> str:
        """The parameters that a school has to set and has not."""
        names = [self.wording.parameter(name) for name, one in self.policy.parameters.items() if one.required and not one.lines]
        return self.say("unset", names=self.phrases.all_of(names)) if names else ""

    # --- parameters and conditions ------------------------------------------------------------------

    def _value(self, name: str) -> str:
        """What stands in place of a parameter: its one value, its name where the value depends, or that it is open."""
        only = self._only(name)
        if only is not None:
            return self._line(only)
        return self.wording.parameter(name) if self._lines(name) else self.say("open", name=self.wording.parameter(name))

    def _line(self, found: ParameterLine) -> str:
        value = found.value
        if isinstance(value, Quantity):
            return self.wording.quantity(value)
        if isinstance(value, Fraction):
            return self.wording.value(value, "%" if found.text.endswith("%") else "")
        if value is None or isinstance(value, str):
            places = [anchor(part) for part in found.text.split(", ")]
            return self.phrases.all_of([self.wording.deadline(place) for place in places if place]) if all(places) else found.text
        return self.wording.deadline(value)

    def _depends(self, names: Iterable[str]) -> Iterator[str]:
        """The lines of those parameters whose value depends on the student or the date."""
        for name in dict.fromkeys(names):
            lines = self._lines(name)
            if len(lines) > 1 or any(one.where is not None for one in lines):
                yield self.say("depends", name=self.wording.parameter(name), lines=self._one_of(lines, self._line))

    def _lines(self, name: str) -> tuple[ParameterLine, ...]:
        return self.policy.parameters[name].lines if name in self.policy.parameters else ()

    def _only(self, name: str) -> ParameterLine | None:
        """The one line of a parameter that always holds."""
        lines = self._lines(name)
        return lines[0] if len(lines) == 1 and lines[0].where is None else None

    def _one_of(self, lines: Iterable[ParameterLine], value: Callable[[ParameterLine], str]) -> str:
        return self.say("line.join").join(self._under(one, value(one)) for one in lines)

    def _under(self, found: ParameterLine, value: str) -> str:
        """A value, with what it holds under."""
        if found.where is not None:
            return self.say("line.where", value=value, where=self._plain(found.where))
        if found.start is not None:
            return self.say("line.from", value=value, date=self.phrases.date(found.start))
        return self.say("line.else", value=value)

    def _plain(self, condition: Condition) -> str:
        return self.wording.put_in(condition, self.values)

    def condition(self, condition: Condition) -> str:
        """A condition in words, its parameters put in."""
        return self.joined([self._plain(condition), *self._depends(term.name for term in condition.terms if term.kind == "parameter")])

    def amount(self, amount: Amount) -> str:
        """A number, or what its parameter holds."""
        return self.values.get(amount.name, amount.name) if isinstance(amount, Param) else self.phrases.amount(amount, "")

    def _counted(self, amount: Amount, unit: str) -> str:
        if not isinstance(amount, Param):
            return self.phrases.amount(amount, unit)
        only = self._only(amount.name)
        if only is not None and isinstance(only.value, Fraction):
            return self.phrases.amount(only.value, unit)
        return self.phrases.say("amount", number=self.amount(amount), unit=self.phrases.units.get(unit, (unit, unit))[1])

    # --- who ------------------------------------------------------------------------------------------

    def who(self, actors: Actors) -> str:
        """Who acts, or to whom."""
        said = [self.wording.actor(entry) for entry in actors.entries]
        return self.phrases.all_of([self.say("each", who=one) for one in said] if actors.each else said)

    def by(self, action: Action) -> str:
        """Who acts."""
        return self.who(action.by)

    def to(self, action: Action) -> str:
        """To whom, and who is told."""
        return self.joined([self.who(action.to), self._told(action)])

    def people(self, action: Action) -> str:
        """Who acts and to whom, and who is told, in one line."""
        whom = " → ".join(part for part in (self.by(action), self.who(action.to)) if part)
        return self.joined([whom, self._told(action)])

    def _told(self, action: Action) -> str:
        told = self.who(action.notify)
        return self.say("entered" if action.entry is not None else "tell", who=told) if told else ""

    def level(self, each: str) -> str:
        """For each of whom a duty or a target is."""
        level = self.say("for_each.student") if each == "student" else self.phrases.levels.get(each) or self.wording.role(each)
        return self.say("for_each", level=level)

    # --- by when ----------------------------------------------------------------------------------------

    def when_due(self, action: Action) -> str:
        """By when an item is to be done, and what moves that."""
        notes = [
            self.due(action.due) if action.due is not None else "",
            "" if action.counts_from == "known" or action.due is None else self.say(f"counts.{action.counts_from}"),
            self.say(f"no_school.{action.if_no_school}") if action.if_no_school else "",
            self.say("in_break", due=self.due(action.if_in_break)) if action.if_in_break is not None else "",
            self.say("hold", condition=self.condition(action.hold)) if action.hold is not None else "",
            self.say("done_by") if action.done_by == "known" else "",
            self.say("optional") if action.optional else "",
        ]
        return self.joined(notes)

    def is_open(self, action: Action) -> bool:
        """Whether nobody has set yet by when an item is due."""
        return any(not self._lines(name) for name in due_parameters(action.due))

    def due(self, due: Due) -> str:
        """A deadline with its parameters put in."""
        if isinstance(due, DueParam):
            lines, only = self._lines(due.name), self._only(due.name)
            if only is not None:
                return self._in_time(only)
            return self._one_of(lines, self._in_time) if lines else self.values.get(due.name, due.name)
        if isinstance(due, After):
            return self.say("within", n=self._counted(due.n, due.unit))
        if isinstance(due, DayOfMonth):
            return self.phrases.say("rule.day", d=self.amount(due.day))
        if isinstance(due, Nth):
            offset = self._counted(due.offset.n, due.offset.unit) if due.offset else ""
            return self.phrases.say(f"nth.{due.mode}", measure=self.wording.measure(due.measure), n=self.amount(due.n), offset=offset)
        return self.wording.deadline(due)

    def _in_time(self, found: ParameterLine) -> str:
        value = found.value
        if isinstance(value, Quantity):
            return self.say("within", n=self.wording.quantity(value))
        return self._line(found) if value is None or isinstance(value, (str, Fraction)) else self.due(value)

    # --- what -------------------------------------------------------------------------------------------

    def what(self, action: Action) -> str:
        """What is to be done: its title; of a consequence what is entered."""
        if action.entry is None:
            return self.wording.action(action)
        amount, title = self._entry(action.entry), action.title.say(self.lang)
        if title:
            return self.say("colon", name=title, text=amount)
        # A cell that begins with a sign is a formula to a spreadsheet.
        return self.say("amount", amount=amount) if amount[:1] in "+-" else amount

    def _entry(self, entry: Entry) -> str:
        def held(name: str) -> str | None:
            only = self._only(name)
            return only.text if only is not None else None

        found = line(entry, held, "", 1) if not entry.compound else None
        if found is None:
            amount = re.sub(r"[^\W\d]\w*", lambda name: self._score(name[0], entry) or held(name[0]) or self.values.get(name[0], name[0]), entry.text)
        elif found.amount in ("lose", "gain"):
            amount = self.phrases.say(f"entry.{found.amount}", word=found.word)
        else:
            amount = self.phrases.say("entry.amount", amount=found.amount, word=found.word).strip()
        period = self.say("for", period=self.phrases.periods[entry.period]) if entry.period else ""
        parts = [amount, self.say(f"per.{entry.per}") if entry.per else "", period, self.say("compound") if entry.compound else ""]
        return self.phrases.clauses(parts)

    def _score(self, name: str, entry: Entry) -> str:
        return self.phrases.say("quoted", text=self.wording.measure(name)) if name in entry.measures else ""

    def notes(self, action: Action) -> tuple[str, ...]:
        """What else is to be known of an item."""
        found = (
            self.say("if", condition=self.condition(action.only_if)) if action.only_if is not None else "",
            self.say("form", form=action.form) if action.form and action.form != self.what(action) else "",
            self.say("times", n=action.times) if action.times != 1 else "",
            self.say("about", who=self.wording.actor(action.about)) if action.about is not None else "",
            self.say("results", results=self.say("slash").join(map(self.wording.result, action.results))) if action.results else "",
            self.say("done_when", condition=self.condition(action.done_when)) if action.done_when is not None else "",
            self.say("replaces", name=self.wording.item(action.replaces)) if action.replaces else "",
            self.say("list", name=self._register(action.list)) if action.list else "",
            self.say("reassign") if action.reassign else "",
            self.say("keep") if action.keep and action.entry is None else "",
        )
        return tuple(note for note in found if note)

    def _register(self, name: str) -> str:
        register = self.policy.registers.get(name)
        return register.title.say(self.lang) or name if register is not None else name

    # --- ladders ------------------------------------------------------------------------------------------

    def covers(self, ladder: Ladder) -> str:
        """Whom a ladder covers; empty where it is everybody."""
        return self.say("enrolled") if ladder.where == ENROLLED else self._whom(ladder.where)

    def _whom(self, where: Condition) -> str:
        return "" if isinstance(where.expr, Lit) else self.condition(where)

    def when(self, stage: Stage) -> str:
        """When a stage is reached, how often, and what evidence it wants."""
        notes = [
            self.condition(stage.when),
            self._again(stage.again) if stage.again is not None else "",
            self.say("need", condition=self.condition(stage.need)) if stage.need is not None else "",
        ]
        return self.lines(notes)

    def _again(self, again: Again) -> str:
        unit = unit_of(self.lang, again.unit)
        return self.say(f"again.{again.kind}", n=self._counted(again.n, again.unit), unit=unit)

    def end(self, ladder: Ladder) -> str:
        """What ends the cases of a ladder."""
        found = [
            self.condition(ladder.ends.when) if ladder.ends is not None else "",
            self.say("ends.lasts", period=self.phrases.periods[ladder.lasts]) if ladder.lasts else "",
        ]
        return self.say("ends.or").join(part for part in found if part) or self.say("ends.where")

    # --- duties and targets ---------------------------------------------------------------------------------

    def rhythm(self, duty: Duty) -> str:
        """How often, and for whom."""
        if duty.every is not None:
            n, unit = duty.every.n, duty.every.unit
            often = self.say("every", unit=unit_of(self.lang, unit)) if n == 1 else self.say("every.n", n=self.phrases.amount(n, unit))
        else:
            often = self.say("on", dates=self._dates(duty.on)) if duty.on else self.say("on.open")
        usual = "skip" if duty.every is not None and duty.every.unit in SHORT else "next school day"
        where = self._whom(duty.where) if duty.where != ENROLLED else ""
        notes = [
            often,
            self.say("starting", date=self.due(duty.starting)) if duty.starting is not None else "",
            self.say("at_least", n=self.amount(duty.at_least)) if duty.at_least != 1 else "",
            self.say(f"holidays.{duty.in_holidays}") if duty.in_holidays != usual else "",
            self.phrases.clauses([self.level(duty.each), self.say("where", condition=where) if where else ""]),
        ]
        return self.lines(notes)

    def _dates(self, dates: Iterable[Due]) -> str:
        return self.phrases.all_of([self.due(date) for date in dates])

    def measured(self, target: Target) -> str:
        """What a target counts, of whom, against what, and when."""
        where = self._whom(target.where)
        bases = self.phrases.clauses([self._base(base) for base in target.bases])
        limit = self.phrases.say(f"limit.{target.limit}", bound=self._bound(target.bound, target.heads)) if target.limit and target.bound is not None else ""
        notes = [
            self.phrases.clauses([self.level(target.each), self.say("where", condition=where) if where else ""]),
            self.say("counted", count=self.condition(target.count)),
            self.say("among", among=self.condition(target.among)),
            self.say("base", base=bases) if bases else "",
            self.say("less", less=self.condition(target.less)) if target.less is not None else "",
            self.say("limit", limit=limit) if limit else self.say("no_limit"),
            self.say("check", dates=self._dates(target.check)) if target.check else self.say("check.change"),
            self.say(f"{target.list} list") if target.list else "",
        ]
        return self.lines(notes)

    def _bound(self, bound: Amount, heads: bool) -> str:
        if isinstance(bound, Param):
            return self.amount(bound)
        return self.phrases.amount(bound, "student") if heads else self.phrases.percent(bound)

    def _base(self, base: Base) -> str:
        said = self.due(base.anchor) if base.anchor is not None else self.say(f"base.{base.kind}", n=base.n)
        return self.phrases.clauses([said, self.say("where", condition=self._plain(base.where)) if base.where is not None else ""])
