"""What may be compared with what: kinds, units, dates and the results of items."""

from __future__ import annotations

import ast
import re
from fractions import Fraction

from attrs import evolve, frozen

from ..conditions import NONE, Expr, Lit, Quantity, Term
from ..language import ANY, CONSTANTS, SAID, Type, comparable, date_of, in_other_unit, in_unit, shown, unit_of
from ..messages import UNSAID, Said, ours, say
from ..scan import UNITS
from .reader import Reader, blame, held, known_result


@frozen
class Side:
    """One side of a comparison: where it is written, what it says and what that is."""

    node: ast.expr
    expr: Expr
    type: Type


def meet(reader: Reader, op: str, left: Side, right: Side) -> tuple[Expr, Expr]:
    """The two sides of a comparison, checked against each other; a quoted date beside a date becomes one."""
    if ANY in (left.type, right.type):
        return left.expr, right.expr
    kinds = {left.type.kind, right.type.kind}
    if _value_blamed(reader, op, left, right) or _value_blamed(reader, op, right, left):
        return left.expr, right.expr
    if kinds == {"date", "text"}:
        return _dated(reader, left), _dated(reader, right)
    if kinds == {"grade", "text"} and op in ("==", "!="):
        return as_text(left).expr, as_text(right).expr
    if not comparable(kinds):
        _mismatch(reader, left, right)
    elif op not in ("==", "!=") and (unordered := sorted(kinds - {"number", "date", "grade"})):
        message = say("`{op}` orders numbers and dates; {SAID} has no order", op=op, SAID=SAID[unordered[0]])
        reader.wrong("type-mismatch", message, left.node, say("write `==`, `!=` or `in`"))
    elif kinds == {"number"}:
        _units(reader, left, right)
    elif "outcome" in kinds:
        _result(reader, left, right)
        _result(reader, right, left)
    return left.expr, right.expr


def _value_blamed(reader: Reader, op: str, side: Side, other: Side) -> bool:
    """Whether the value of a parameter, and not the comparison, is what is wrong; then it is noted at its own place."""
    found = held(reader, side.expr, side.node)
    if found is None or other.type.kind not in ("number", "grade"):
        return False
    name, beside = f"`{reader.said(side.node)}`", say("and `{said}` is", said=reader.said(other.node))
    if side.type.kind == "text" and not (other.type.kind == "grade" and op in ("==", "!=")):
        message = say("{name} is `{text}`, a text, {beside} {SAID}", name=name, text=found.line.text, beside=beside, SAID=SAID[other.type.kind])
        blame(reader, "type-mismatch", message, found, side.node, other.type.unit, say("write a number"))
        return True
    if side.type.kind == other.type.kind == "number" and unit_of("-", side.type.unit, other.type.unit) is None:
        value = found.line.value
        written = Lit(value.number, value.unit) if isinstance(value, Quantity) else Lit(0, "none")
        help = _in_the_unit(evolve(written, unit=written.unit.replace("_", " ")), other.type.unit, reader.names.lesson_hour)
        message = say("{name} is {in_unit} {beside} {in_unit2}", name=name, in_unit=in_unit(side.type.unit), beside=beside, in_unit2=in_unit(other.type.unit))
        blame(reader, "unit-mismatch", message, found, side.node, other.type.unit, help)
        return True
    return False


def _dated(reader: Reader, side: Side) -> Expr:
    if side.type.kind == "date":
        return side.expr
    date = date_of(side.expr.value) if isinstance(side.expr, Lit) and isinstance(side.expr.value, str) else None
    if date is None:
        reader.wrong("type-mismatch", say("`{said}` is not a date", said=reader.said(side.node)), side.node, say('write a date as `"2025-09-01"`'))
        return side.expr
    return Lit(date, span=reader.span(side.node))


def as_text(side: Side) -> Side:
    """A grade beside a text as the roster writes it, and a plain number beside such a grade as its text."""
    expr = side.expr
    if isinstance(expr, Term) and expr.kind == "grade":
        return evolve(side, expr=evolve(expr, target="text"), type=Type("text"))
    if isinstance(expr, Lit) and isinstance(expr.value, (int, Fraction)) and side.type == Type("number"):
        return Side(side.node, evolve(expr, value=shown(Fraction(expr.value))), Type("text"))
    return side


def _mismatch(reader: Reader, left: Side, right: Side) -> None:
    blamed, other = (right, left) if not isinstance(left.expr, Lit) or isinstance(right.expr, Lit) else (left, right)
    expr = blamed.expr
    help = UNSAID
    if isinstance(expr, Lit) and isinstance(expr.value, str) and other.type.kind in ("number", "grade", "truth"):
        help = say("write `{value}` without quotes", value=expr.value) if re.match("[0-9]", expr.value) or expr.value in CONSTANTS else UNSAID
    elif isinstance(expr, Term) and other.type.kind in ("outcome", "text"):
        help = say('a text is quoted: write `"{said}"`', said=reader.said(blamed.node))
    elif expr == Lit(NONE):
        help = say("only an outcome can be `none`; what has no value is unknown and makes no condition true")
    elif "truth" in (left.type.kind, right.type.kind):
        help = say("what is true or false is compared with nothing: write it alone, or `not` before it")
    message = say(
        "`{said}` is {SAID} and `{said2}` is {SAID2}", said=reader.said(left.node), SAID=SAID[left.type.kind], said2=reader.said(right.node),
        SAID2=SAID[right.type.kind],
    )
    reader.wrong("type-mismatch", message, blamed.node, help)


def _units(reader: Reader, left: Side, right: Side) -> None:
    if unit_of("-", left.type.unit, right.type.unit) is None:
        blamed, other = (left, right) if isinstance(left.expr, Lit) and not isinstance(right.expr, Lit) else (right, left)
        message = say(
            "`{said}` is {in_unit} and `{said2}` is {in_unit2}", said=reader.said(left.node), in_unit=in_unit(left.type.unit), said2=reader.said(right.node),
            in_unit2=in_unit(right.type.unit),
        )
        help = _in_the_unit(blamed.expr, other.type.unit, reader.names.lesson_hour) or _held_in_the_unit(reader, blamed.expr, other.type.unit)
        reader.wrong("unit-mismatch", message, blamed.node, help)
        return
    for side, other in ((right, left), (left, right)):
        value = side.expr.value if isinstance(side.expr, Lit) and side.type.unit == "" and other.type.unit == "share" else None
        if isinstance(value, (int, Fraction)) and value > 1:
            message = say("a share is from 0% to 100%, and `{said}` is more", said=reader.said(side.node))
            reader.wrong("unit-mismatch", message, side.node, say("write `{shown}%`", shown=shown(Fraction(value))))


def _in_the_unit(expr: Expr, unit: str, lesson_hour: int) -> Said:
    """Help that shows a written length in the other side's unit, a number only where it means the same."""
    if not isinstance(expr, Lit) or not isinstance(expr.value, (int, Fraction)):
        return UNSAID
    if unit == "share":
        return say("write a share, such as `10%`")
    if unit in ("", "number"):
        return say("write a plain number, without a unit")
    same = in_other_unit(Fraction(expr.value), expr.unit, unit, lesson_hour)
    return say("write `{same}`", same=ours(same, "length")) if same else say("write a number of {unit}s", unit=ours(unit, "unit", prose=True))


def _held_in_the_unit(reader: Reader, expr: Expr, unit: str) -> Said:
    """Help that shows the value of a parameter with the other side's unit; empty where it has none."""
    found = reader.names.held.get(expr.name) if isinstance(expr, Term) and expr.kind == "parameter" else None
    value = found.line.value if found else None
    if not isinstance(value, Quantity) or unit not in UNITS:
        return UNSAID
    number, line = shown(value.number), found.line.span.line if found and found.line.span else 0
    meant = ours(f"{number} {unit}{'' if number == '1' else 's'}", "length")
    return say("if that is meant, write `{meant}` in line {line}", meant=meant, line=line)


def _result(reader: Reader, asked: Side, given: Side) -> None:
    if isinstance(asked.expr, Term) and asked.expr.kind == "outcome" and isinstance(given.expr, Lit) and isinstance(given.expr.value, str):
        known_result(reader, asked.expr.name, given.expr.value, given.node)
