"""Amounts: numbers, or parameters that hold them, each held to what it must be where it is used."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from attrs import frozen

from ..conditions import Quantity
from ..messages import Said, ours, say
from ..parse import Node, TextNode
from ..policy import Amount, Param, ParameterLine
from ..source import Span, beside, written_over
from . import vocabulary
from .draft import Draft

# Only these lengths may hold a fraction: a day, a lesson or a month cannot be cut.
SECONDS = {"minute": 60, "hour": 3600}
WHOLE = say("write a whole number, 0 or more")
WHOLE_NUMBER = say("a whole number, 1 or more")
COUNTED = say("write a whole number, 1 or more")


@frozen
class Need:
    """What a number must be: `what` names it in problems, `fits` tells, `help` is the way round.

    unit: what a length in a parameter must be in; empty takes any. share: a percentage may stand; bare: which numbers may stand without one.
    """

    what: Said
    fits: Callable[[Fraction], bool]
    help: Said
    unit: str = ""
    share: bool = False
    bare: Callable[[Fraction], bool] = lambda _: True


def counted(what: Said = WHOLE_NUMBER, unit: str = "", most: int = 0) -> Need:
    """A whole number from 1 on, perhaps up to `most`."""
    return Need(
        what, lambda n: n.denominator == 1 and 1 <= n <= (most or n), say("write a whole number from 1 to {most}", most=most) if most else COUNTED, unit,
    )


def ahead(unit: str) -> Need:
    """How long a deadline is: exact seconds, or whole units of anything longer than an hour."""
    seconds = SECONDS.get(unit)
    if seconds is None:
        return Need(say("a whole number of {said}s", said=said(unit)), lambda n: n.denominator == 1 and n >= 0, WHOLE, unit)
    return Need(say("whole seconds"), lambda n: (n * seconds).denominator == 1 and n >= 0, say("write whole minutes, such as `90 minutes`"), unit)


def bound(unit: str) -> Need:
    """What is passed or reached: 0 or more, whole but in minutes and hours."""
    if unit in SECONDS:
        return Need(say("a number of {said}s", said=said(unit)), lambda n: n >= 0, say("write a number, 0 or more"), unit)
    return Need(say("a whole number of {said}s", said=said(unit)), lambda n: n.denominator == 1 and n >= 0, WHOLE, unit)


def further(unit: str) -> Need:
    """The step of `each further`: more than 0, of a share at most all of it."""
    if unit == "share":
        return Need(say("a step of a share"), lambda n: 0 < n <= 1, say("write a share, such as `5%`"), share=True)
    return Need(say("a step"), lambda n: n > 0, say("write a number above 0"), unit)


def amount(draft: Draft, text: str, node: Node, need: Need) -> Amount | None:
    """A number, a share or a parameter that holds one; nothing, and a problem, where it is something else or does not fit."""
    value, share = vocabulary.number(text), vocabulary.share(text)
    if value is not None or share is not None:
        number = share if value is None else value
        message = say("`{text}` is not {what}", text=text, what=need.what)
        return number if number is not None and _fits(draft, need, number, share is not None, message, node) else None
    name = vocabulary.name_in(text)
    if name in draft.parameters:
        return numeric(draft, name, node, need)
    if name:
        draft.unknown("unknown-parameter", say("parameter"), name, draft.parameters, node)
    else:
        draft.wrong("wrong-value", say("`{text}` is not {what}", text=text, what=need.what), node, _halved_number(text))
    return None


def numeric(draft: Draft, name: str, node: Node, need: Need) -> Param:
    """A parameter where a number stands; every line of it must hold one that fits there."""
    for line in draft.parameters[name].lines:
        if not isinstance(line.value, (Fraction, Quantity)):
            help = vocabulary.number_meant(line.text, need.unit) or say("write a number")
            place = blamed(draft, line, node)
            message = say(
                "`{name}` is `{text}`, which is not a number where it is used{beside}",
                name=name, text=ours(line.text, "value"), beside=beside(node.span, place),
            )
            draft.wrong("wrong-value", message, place, help)
            break
        if not _line_fits(draft, name, line, node, need):
            break
    return Param(name, node.span)


def fitting(draft: Draft, value: Fraction, node: Node, need: Need) -> bool:
    """Whether a number that was read already fits where it is used; a problem where it does not."""
    text = vocabulary.plain(node.text) if isinstance(node, TextNode) else str(value)
    return _fits(draft, need, value, False, say("`{text}` does not hold {what}", text=ours(text, "value"), what=need.what), node)


def _line_fits(draft: Draft, name: str, line: ParameterLine, node: Node, need: Need) -> bool:
    place = line.span if line.span and not written_over(node.span, line.span, draft.sources) else node.span
    message = say(
        "`{name}` is `{text}`, which is not {what} where it is used{beside}",
        name=name, text=ours(line.text, "value"), what=need.what, beside=beside(node.span, place),
    )
    if isinstance(line.value, Quantity):
        if need.unit and line.value.unit != need.unit:
            place = blamed(draft, line, node)
            mismatch = say(
                "`{name}` is in {said}s, and {said2}s are meant where it is used{beside}", name=name, said=said(line.value.unit), said2=said(need.unit),
                beside=beside(node.span, place),
            )
            draft.wrong("unit-mismatch", mismatch, place, say("write a number of {said}s", said=said(need.unit)))
            return False
        return _fits(draft, need, line.value.number, False, message, place)
    value = Fraction(line.value)  # type: ignore[arg-type]  # nothing else is left
    return _fits(draft, need, value, line.text.endswith("%"), message, place)


def _fits(draft: Draft, need: Need, value: Fraction, share: bool, message: Said, place: Node | Span) -> bool:
    good = need.fits(value) and (need.share if share else need.bare(value))
    if not good:
        draft.wrong("wrong-value", message, place, need.help)
    return good


def blamed(draft: Draft, line: ParameterLine, node: Node) -> Span:
    """What is wrong: the value, where a file that builds on this one set it or a number was probably meant; else the place that uses it."""
    meant = isinstance(line.value, str) and vocabulary.number_meant(line.text)
    return line.span if line.span and (meant or written_over(line.span, node.span, draft.sources)) else node.span


def said(unit: str) -> Said:
    """A unit as problems write it."""
    return ours(unit.replace("_", " "), "unit", prose=True)


def _halved_number(text: str) -> Said:
    twin = vocabulary.twin(text)
    return (
        say("write `{twin}`", twin=twin)
        if twin and (vocabulary.number(twin) or vocabulary.share(twin))
        else say("a number is written in digits, such as `3`, `2.5` or `10%`")
    )
