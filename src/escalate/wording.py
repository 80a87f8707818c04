"""The parts of a policy in words: titles, conditions, readings, who acts and by when, in the language of a table of phrases."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import cast

from attrs import evolve, frozen

from .conditions import NONE, TRUTHS, Among, And, Arith, Compare, Condition, Expr, Lit, Not, Quantity, Term, Value
from .phrases import Phrases
from .policy import (
    OWN_ROLES,
    Action,
    Actor,
    Actors,
    After,
    Amount,
    Anchor,
    AtClock,
    BeforeNextSchoolDay,
    DayOfMonth,
    Due,
    DueParam,
    EndOf,
    MonthDay,
    Nth,
    Param,
    ParameterLine,
    Policy,
    Stage,
    Text,
    Window,
    actions,
)

Reading = Mapping[str, object]
Persons = Mapping[str, Sequence[str]]
SIGNS = {"*": "×", "/": "÷", "<": "<", "<=": "≤", "==": "=", "!=": "≠", ">=": "≥", ">": ">"}

INSIDE = "parameter.inside"


@frozen
class Wording:
    """One policy in one language."""

    policy: Policy
    phrases: Phrases

    # --- names ------------------------------------------------------------------------------------

    def _title(self, title: Text, name: str) -> str:
        return title.say(self.phrases.lang) or name

    def ladder(self, name: str) -> str:
        """A ladder's title."""
        ladder = self.policy.ladders.get(name)
        return self._title(ladder.title, name) if ladder else name

    def target(self, name: str) -> str:
        """A target's title."""
        target = self.policy.targets.get(name)
        return self._title(target.title, name) if target else name

    def stage(self, stage: Stage) -> str:
        """A stage's title; the end of a case has a word of its own where it has none."""
        return self._title(stage.title, self.phrases.texts["ends"] if stage.name == "ends" else stage.name)

    def result(self, name: str) -> str:
        """What a word of an outcome is called."""
        result = self.policy.results.get(name)
        return self._title(result.title, name) if result else name

    def action(self, action: Action) -> str:
        """What is to be done: its title, else its form, else its name."""
        return self._title(action.title, action.form or action.name)

    def measure(self, name: str) -> str:
        """A measure's title."""
        measure = self.policy.measures.get(name)
        return self._title(measure.title, name) if measure else name

    def role(self, name: str) -> str:
        """A role's title; `student` and `parent` are roles that every policy has."""
        role = self.policy.roles.get(name)
        return self._title(role.title, self.phrases.names.get(name, name)) if role else self.phrases.names.get(name, name)

    def group(self, whom: str) -> str:
        """A group as `level/name`: `class 7.1`; of a role, its title and the person."""
        level, _, name = whom.partition("/")
        return self.phrases.say("whose.group", level=self.phrases.levels.get(level) or self.role(level), name=name)

    def attribute(self, name: str) -> str:
        """The title of a flag or an attribute."""
        found = self.policy.students.get(name)
        return self._title(found.title, name) if found else self.phrases.names.get(name, name)

    def item(self, name: str) -> str:
        """The title of an item by its name or dotted path."""
        found = next((action for action in actions(self.policy) if f".{action.path}".endswith(f".{name}")), None)
        return self.action(found) if found else name

    def stage_named(self, name: str) -> str:
        """The title of a stage by its name or dotted path."""
        for ladder in self.policy.ladders.values():
            for stage in ladder.stages:
                if f".{stage.path}".endswith(f".{name}"):
                    return self.stage(stage)
        return name

    def parameter(self, name: str, shape: str = "parameter.alone") -> str:
        """A parameter's name, with its title where it has one. shape: the phrase, `parameter.inside` where it stands in a bracket."""
        title = self.policy.parameters[name].title.say(self.phrases.lang) if name in self.policy.parameters else ""
        return self.phrases.say(shape, name=name, title=title) if title else name

    # --- values -------------------------------------------------------------------------------------

    def value(self, value: object, unit: str = "") -> str:
        """A value as a record holds it, with its unit."""
        number = number_in(value)
        if number is not None:
            return self.phrases.percent(number) if unit == "%" else self.phrases.amount(number, unit)
        words = {"unknown": "no_value", "none": "nothing", "yes": "yes", "no": "no"}
        return self.phrases.texts[words[str(value)]] if str(value) in words else str(value)

    def reading(self, reading: Reading, year: int | None) -> str:
        """A measure's reading with its value, unit and window."""
        phrases, value = self.phrases, self.measured(reading)
        name = str(reading["measure"])
        measure = self.policy.measures.get(name)
        window = reading.get("window")
        seen = [self.window(one) for one in measure.windows] if measure else []
        if isinstance(window, (list, tuple)):
            seen.append(phrases.span(str(window[0]), str(window[1]), year))
        where = phrases.clauses(seen)
        return phrases.say("reading.where" if where else "reading", name=self.measure(name), value=value, where=where)

    def measured(self, reading: Reading) -> str:
        """A measure's value with its unit; a share with its two numbers."""
        measure = self.policy.measures.get(str(reading["measure"]))
        share = measure is not None and measure.kind == "share"
        if share and "num" in reading:
            return self.phrases.say("share", num=self.value(reading["num"]), den=self.value(reading["den"]), percent=self.value(reading["value"], "%"))
        return self.value(reading["value"], "" if share else str(reading["unit"]))

    def fact(self, term: Term, value: object) -> str:
        """What a name that is no measure came to: a truth as a statement; empty where it is unknown."""
        if term.kind in TRUTHS:
            return self._term(term, "" if value == "yes" else ".not") if value in ("yes", "no") else ""
        return self.phrases.say("fact", name=self._term(term), value=self.value(value))

    def window(self, window: Window) -> str:
        """What a measure looks back on."""
        phrases = self.phrases
        if window.kind == "period":
            return phrases.texts[f"window.{window.unit}"]
        if window.kind == "since":
            known = f"window.{window.anchor}"
            return phrases.say("window.since", anchor=phrases.texts.get(known) or phrases.say("quoted", text=self._stage_or_item(window.anchor)))
        return phrases.say(f"window.{window.kind}", n=self._count(window.n, window.unit))

    def _stage_or_item(self, name: str) -> str:
        found = self.stage_named(name)
        return self.item(name) if found == name else found

    def _count(self, amount: Amount, unit: str) -> str:
        if isinstance(amount, Param):
            return f"{amount.name} {self.phrases.units.get(unit, (unit, unit))[1]}"
        return self.phrases.amount(amount, unit)

    # --- conditions -----------------------------------------------------------------------------------

    def condition(self, condition: Condition, readings: Sequence[Reading] = (), told: Collection[str] = ()) -> str:
        """A condition in words, the values of its parameters in place and named behind; then what its other names came to, but for those told."""
        values = {str(reading["name"]): reading["value"] for reading in readings if "name" in reading}
        used = [term.name for term in condition.terms if term.kind == "parameter"]
        others = [term for term in condition.terms if term.kind not in ("measure", "parameter") and term.key in values and term.key not in told]
        facts = self.phrases.clauses([self.fact(term, values[term.key]) for term in others])
        said = [self._expr(condition.expr, values), *(self._parameter_value(name, values.get(name)) for name in used)]
        return self.phrases.texts["semicolon"].join([*said, self.phrases.say("found", facts=facts)] if facts else said)

    def put_in(self, condition: Condition, parameters: Mapping[str, object]) -> str:
        """A condition in words with texts in place of its parameters, and nothing behind it."""
        return self._expr(condition.expr, parameters)

    def _parameter_value(self, name: str, value: object) -> str:
        if value is None:
            return self.phrases.say("parameter.open", name=self.parameter(name, INSIDE))
        return self.phrases.say("parameter", name=self.parameter(name, INSIDE), value=self._parameter_text(name, value))

    def _parameter_text(self, name: str, value: object) -> str:
        lines = self.policy.parameters[name].lines if name in self.policy.parameters else ()
        first = lines[0] if lines else None
        if first is not None and first.text.endswith("%"):
            return self.value(value, "%")
        return self.value(value, first.value.unit if first is not None and isinstance(first.value, Quantity) else "")

    def _expr(self, expr: Expr, values: Mapping[str, object], inside: str = "") -> str:
        phrases = self.phrases
        if isinstance(expr, Lit):
            return self._literal(expr)
        if isinstance(expr, Term):
            return self._parameter_text(expr.name, values[expr.key]) if expr.kind == "parameter" and expr.key in values else self._term(expr)
        if isinstance(expr, Compare):
            left, right = self._titled(expr.left, expr.right), self._titled(expr.right, expr.left)
            return f"{self._expr(left, values, 'compare')} {SIGNS[expr.op]} {self._expr(right, values, 'compare')}"
        if isinstance(expr, Among):
            items = phrases.all_of([self._expr(self._titled(item, expr.left), values) for item in expr.items])
            return phrases.term("in.not" if expr.negated else "in", left=self._expr(expr.left, values, "compare"), items=items)
        if isinstance(expr, Arith):
            text = f"{self._expr(expr.left, values, expr.op)} {SIGNS.get(expr.op, expr.op)} {self._expr(expr.right, values, f'right {expr.op}')}"
            closer = inside == "right /" or inside[-1:] in ("*", "/") and expr.op in ("+", "-") or inside == "right -" and expr.op in ("+", "-")
            return phrases.say("aside", text=text).strip() if closer else text
        if isinstance(expr, Not):
            if isinstance(expr.part, Term) and expr.part.kind in TRUTHS:
                return self._term(expr.part, ".not")
            return phrases.term("not", part=self._expr(expr.part, values))
        kind = "and" if isinstance(expr, And) else "or"
        text = phrases.texts[kind].join(self._expr(part, values, kind) for part in expr.parts)
        return phrases.say("aside", text=text).strip() if inside in ("and", "or") and inside != kind else text

    def _titled(self, expr: Expr, other: Expr) -> Expr:
        """What stands beside another; a text beside an outcome as the result is called."""
        if isinstance(expr, Lit) and isinstance(expr.value, str) and isinstance(other, Term) and other.kind == "outcome":
            return evolve(expr, value=self.result(expr.value))
        return expr

    def _literal(self, lit: Lit) -> str:
        value: Value = lit.value
        if isinstance(value, bool):
            return self.phrases.terms["truth" if value else "untruth"]
        if value is NONE or value is None:
            return self.phrases.texts["nothing" if value is NONE else "no_value"]
        if isinstance(value, datetime.date):
            return self.phrases.date(value)
        if isinstance(value, str):
            return self.phrases.say("quoted", text=value)
        return self.value(Fraction(cast("int", value)), lit.unit)

    def _term(self, term: Term, ending: str = "") -> str:
        phrases = self.phrases
        if term.kind in ("measure", "parameter"):
            return self.measure(term.name) if term.kind == "measure" else self.parameter(term.name, INSIDE)
        if term.kind in ("attribute", "grade", "age", "class_name", "term_week"):
            return self.attribute(term.name or term.kind)
        name = self._asked(term)
        if term.target in ("stage", "item", "status"):
            name = phrases.say("quoted", text=name)
        said = phrases.term(term.kind + ending, name=name)
        return said + self._options(term) if term.options else said

    def _asked(self, term: Term) -> str:
        """What a term asks about, in words."""
        phrases = self.phrases
        if term.kind in ("status", "became", "ever") or term.target == "status":
            return phrases.roll.get(term.name, term.name)
        if term.kind == "flag":
            return self.attribute(term.name)
        if term.kind in ("done", "overdue", "late", "outcome", "times") or term.target == "item":
            return self.item(term.name)
        if term.kind == "fired" or term.target == "stage":
            return self.stage_named(term.name)
        if term.kind == "open_case":
            return self.ladder(term.name)
        if term.kind == "new_holder":
            return self.role(term.name)
        if term.kind == "rate":
            return self.target(term.name)
        return phrases.names.get(term.name, term.name)

    def _option(self, key: str, value: Value | Quantity) -> object:
        if isinstance(value, Quantity):
            return self.quantity(value)
        if key == "within":
            return self.phrases.say(f"window.{str(value).replace(' ', '_')}")
        return self.result(str(value)) if key == "result" else value

    def _options(self, term: Term) -> str:
        phrases = self.phrases
        said = [phrases.term("option", key=phrases.terms.get(f"option.{key}", key), value=self._option(key, value)) for key, value in term.options]
        return phrases.term("options", options=phrases.clauses(said))

    def quantity(self, quantity: Quantity) -> str:
        """A length such as `3 school days`."""
        return self.phrases.amount(quantity.number, quantity.unit)

    # --- who ---------------------------------------------------------------------------------------------

    def who(self, actors: Actors, key: str, persons: Persons | None) -> str:
        """Roles with the ids of the persons who hold them; `key` is by, to or notify."""
        return self.phrases.all_of([self._one(entry, persons, key) for entry in actors.entries])

    def actor(self, actor: Actor) -> str:
        """A role, whoever had an item, or the role above one."""
        if actor.kind == "who_had":
            return self.phrases.say("who_had", name=self.item(actor.name))
        return self.phrases.say("above", role=self.role(actor.name)) if actor.kind == "above" else self.role(actor.name)

    def _one(self, actor: Actor, persons: Persons | None, key: str) -> str:
        said = self.actor(actor)
        if persons is None:
            return said
        held = persons.get(f"{key} {actor.key}")
        if held:
            return self.phrases.say("who", role=said, persons=self.phrases.all_of(list(held)))
        vacant = key in ("by", "notify") and held is not None and actor.key not in OWN_ROLES
        return self.phrases.say("vacant", role=said) if vacant else said

    # --- by when -------------------------------------------------------------------------------------------

    def rule(self, due: Due, date: datetime.date | None = None) -> str:
        """What a deadline waits for, where that is the nth of a measure."""
        if isinstance(due, DueParam):
            line = self._line(due.name, date)
            value = line.value if line else None
            return self.rule(value, date) if isinstance(value, Nth) else due.name
        if not isinstance(due, Nth):
            return ""
        offset = self._count(due.offset.n, due.offset.unit) if due.offset else ""
        n = self._count(due.n, "") if not isinstance(due.n, Param) else self._value_of(due.n.name, date) or due.n.name
        return self.phrases.say(f"nth.{due.mode}", measure=self.measure(due.measure), n=n, offset=offset)

    def parameters_of(self, due: Due | None, date: datetime.date | None) -> str:
        """The parameters that a deadline is made of, each with its value."""
        return self.phrases.clauses([
            self.phrases.say("parameter", name=self.parameter(name, INSIDE), value=value) if (value := self._value_of(name, date))
            else self.phrases.say("parameter.open", name=self.parameter(name, INSIDE))
            for name in due_parameters(due)
        ])

    def _value_of(self, name: str, date: datetime.date | None) -> str:
        line = self._line(name, date)
        if line is None:
            return ""
        if isinstance(line.value, Quantity):
            return self.quantity(line.value)
        if isinstance(line.value, Fraction):
            return self.value(line.value, "%" if line.text.endswith("%") else "")
        return line.text if isinstance(line.value, str) or line.value is None else self.deadline(line.value)

    def deadline(self, due: Due) -> str:
        """A deadline as its author wrote it, in words; its date stands beside it."""
        phrases = self.phrases
        if isinstance(due, After):
            return phrases.say("rule.after", n=self._count(due.n, due.unit))
        if isinstance(due, EndOf):
            return phrases.say("rule.end_of", period=phrases.periods[due.unit])
        if isinstance(due, AtClock):
            return phrases.say("rule.at", clock=f"{due.time:%H:%M}")
        if isinstance(due, MonthDay):
            return phrases.say("rule.month_day", m=phrases.months[due.month - 1], d=due.day)
        if isinstance(due, DayOfMonth):
            return phrases.say("rule.day", d=self._count(due.day, "").strip())
        if isinstance(due, BeforeNextSchoolDay):
            return phrases.texts["rule.next"]
        return self._anchor(due) if isinstance(due, Anchor) else self.rule(due)

    def _anchor(self, due: Anchor) -> str:
        phrases = self.phrases
        anchor = phrases.date(due.date) if due.date else phrases.say(f"rule.{due.edge}", period=phrases.periods[due.period])
        if not due.offset:
            return anchor
        return phrases.say("rule.before" if due.offset < 0 else "rule.behind", anchor=anchor, n=phrases.amount(abs(due.offset), due.unit))

    def _line(self, name: str, date: datetime.date | None) -> ParameterLine | None:
        """The one line of a parameter that can hold on a date; None where that depends on the student."""
        parameter = self.policy.parameters.get(name)
        for line in parameter.lines if parameter else ():
            if line.start is None or date is None or line.start <= date:
                return line if line.where is None else None
        return None


def due_parameters(due: Due | None) -> list[str]:
    """The names of the parameters that a deadline reads."""
    if isinstance(due, DueParam):
        return [due.name]
    amounts: list[Amount] = []
    if isinstance(due, After):
        amounts = [due.n]
    elif isinstance(due, DayOfMonth):
        amounts = [due.day]
    elif isinstance(due, Nth):
        amounts = [due.n, *([due.offset.n] if due.offset else [])]
    return [amount.name for amount in amounts if isinstance(amount, Param)]


def number_in(value: object) -> Fraction | None:
    """The number that a record's value is: an integer, or a fraction `p/q`."""
    if isinstance(value, (int, Fraction)) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, str) and value.replace("/", "", 1).removeprefix("-").isdecimal():
        return Fraction(value)
    return None
