"""The shapes and leaves of a condition: what each part of the tree says, and of which type that is."""

from __future__ import annotations

import ast
from fractions import Fraction

from ..conditions import NONE, Among, And, Arith, Compare, Expr, Lit, Not, Or, Term, Value
from ..language import ANY, BUILTINS, CONSTANTS, SAID, TRUTH, Type, in_digits, in_unit, spelled, unit_named, unit_of
from ..messages import UNSAID, Said, ours, say
from ..policy import STATUSES
from ..scan import UNITS
from ..source import Span
from .comparisons import Side, as_text, meet
from .functions import call
from .reader import Reader, blame, held, is_known, unknown

_COMPARISONS: dict[type[ast.cmpop], str] = {ast.Lt: "<", ast.LtE: "<=", ast.Eq: "==", ast.NotEq: "!=", ast.GtE: ">=", ast.Gt: ">"}
_ARITHMETIC: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


def truth(reader: Reader, node: ast.expr) -> Expr:
    """A part that must be true or false."""
    expr, type_ = _read(reader, node)
    if type_.kind not in ("truth", "any"):
        help = say("compare it, as in `days_away >= 3`") if type_.kind != "text" else _unquoted(reader, expr) or say("write what it is compared with")
        reader.wrong("not-a-condition", say("`{said}` is {SAID}, not true or false", said=reader.said(node), SAID=SAID[type_.kind]), node, help)
    return expr


def anything(reader: Reader, node: ast.expr) -> Expr:
    """A part that may have any value."""
    return _read(reader, node)[0]


def _unquoted(reader: Reader, expr: Expr) -> Said:
    """Help for a quoted text that is a condition itself."""
    text = expr.value if isinstance(expr, Lit) and isinstance(expr.value, str) else ""
    condition = is_known(reader, text) or any(sign in text for sign in ("<", ">", "==", "!=", "≥", "≤"))
    return say("write `{text}` without quotes", text=text) if condition else UNSAID


def _read(reader: Reader, node: ast.expr) -> tuple[Expr, Type]:
    if isinstance(node, ast.Name):
        return _leaf(reader, node)
    if isinstance(node, ast.BoolOp):
        parts = tuple(truth(reader, value) for value in node.values)
        return (And(parts) if isinstance(node.op, ast.And) else Or(parts)), TRUTH
    if isinstance(node, ast.UnaryOp):
        return _unary(reader, node)
    if isinstance(node, ast.Compare):
        return _chain(reader, node), TRUTH
    if isinstance(node, ast.BinOp):
        return _arithmetic(reader, node)
    if isinstance(node, ast.Call):
        return call(reader, node)
    if isinstance(node, ast.Attribute):
        return _dotted(reader, node)
    help = say("a list stands only after `in`") if isinstance(node, (ast.Tuple, ast.List)) else UNSAID
    reader.wrong("not-in-the-language", say("`{said}` is not in the language of conditions", said=reader.said(node)), node, help)
    return Lit(None), ANY


def _unary(reader: Reader, node: ast.UnaryOp) -> tuple[Expr, Type]:
    if isinstance(node.op, ast.Not):
        return Not(truth(reader, node.operand)), TRUTH
    expr, type_ = _number(reader, node.operand)
    if isinstance(node.op, ast.UAdd):
        return expr, type_
    if isinstance(expr, Lit) and isinstance(expr.value, (int, Fraction)):
        return Lit(-expr.value, expr.unit, reader.span(node)), type_
    return Arith("-", Lit(0), expr), type_


def _number(reader: Reader, node: ast.expr) -> tuple[Expr, Type]:
    """A part that must be a number."""
    expr, type_ = _read(reader, node)
    if type_.kind == "grade":
        return expr, Type("number", "number")
    if type_.kind not in ("number", "any"):
        if found := held(reader, expr, node):
            message = say("`{said}` is `{text}`, {SAID}, and a number is meant", said=reader.said(node), text=found.line.text, SAID=SAID[type_.kind])
            blame(reader, "type-mismatch", message, found, node, "", say("write a number"))
        else:
            reader.wrong("type-mismatch", say("`{said}` is {SAID}, not a number", said=reader.said(node), SAID=SAID[type_.kind]), node)
        return expr, ANY
    return expr, type_


def _arithmetic(reader: Reader, node: ast.BinOp) -> tuple[Expr, Type]:
    op = _ARITHMETIC[type(node.op)]
    left, left_type = _number(reader, node.left)
    right, right_type = _number(reader, node.right)
    if op == "/" and isinstance(right, Lit) and right.value == 0:
        reader.wrong("division-by-zero", say("`{said}` divides by zero", said=reader.said(node)), node.right)
    expr = Arith(op, left, right)
    if ANY in (left_type, right_type):
        return expr, ANY
    unit = unit_of(op, left_type.unit, right_type.unit)
    if unit is None:
        message = say(
            "`{said}` is {in_unit} and `{said2}` is {in_unit2}", said=reader.said(node.left), in_unit=in_unit(left_type.unit), said2=reader.said(node.right),
            in_unit2=in_unit(right_type.unit),
        )
        help = say("numbers are added, compared and divided in one unit") if op != "*" else say("one side of `*` is a plain number or a share")
        reader.wrong("unit-mismatch", message, node, help)
        return expr, ANY
    return expr, Type("number", unit)


def _chain(reader: Reader, node: ast.Compare) -> Expr:
    """`a <= b < c` is each comparison, joined by `and`."""
    operands = [node.left, *node.comparators]
    equal = all(isinstance(op, (ast.Eq, ast.NotEq, ast.In, ast.NotIn)) for op in node.ops)
    known = {n: _side(reader, operand, operands, equal) for n, operand in enumerate(operands) if not (n and isinstance(node.ops[n - 1], (ast.In, ast.NotIn)))}
    parts: list[Expr] = []
    for n, op in enumerate(node.ops):
        if isinstance(op, (ast.In, ast.NotIn)):
            if len(node.ops) > 1:
                message = say("`in` cannot stand in a chain of comparisons")
                reader.wrong("not-in-the-language", message, node, say("put it in brackets, joined by `and`"))
                return Lit(None)
            return _among(reader, known[0], operands[1], isinstance(op, ast.NotIn), reader.span(node))
        span = reader.place(reader.stretch(operands[n])[0], reader.stretch(operands[n + 1])[1]) if len(node.ops) > 1 else reader.span(node)
        left, right = meet(reader, _COMPARISONS[type(op)], known[n], known[n + 1])
        parts.append(Compare(_COMPARISONS[type(op)], left, right, span))
    return And(tuple(parts)) if len(parts) > 1 else parts[0]


def _side(reader: Reader, node: ast.expr, beside: list[ast.expr], equal: bool = True) -> Side:
    """One side of a comparison; a bare word beside an outcome or a text, or equal to a grade, is most likely an unquoted text."""
    word = reader.word(node)
    strange = isinstance(node, ast.Name) and word.kind == "name" and not is_known(reader, word.text)
    if strange and any(_is_text(reader, other) or equal and _is_grade(reader, other, word.text) for other in beside if other is not node):
        reader.wrong("unquoted-text", say("`{text}` is not quoted", text=word.text), node, say('write `"{text}"`', text=word.text))
        return Side(node, Lit(None), ANY)
    return Side(node, *_read(reader, node))


def _is_grade(reader: Reader, node: ast.expr, word: str) -> bool:
    return isinstance(node, ast.Name) and reader.word(node).text == "grade" and not in_digits(word)


def _is_text(reader: Reader, node: ast.expr) -> bool:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return reader.word(node.func).text == "outcome"
    word = reader.word(node)
    return isinstance(node, ast.Name) and (reader.names.attributes.get(word.text) == "text" or word.text == "class_name")


def _among(reader: Reader, known: Side, among: ast.expr, negated: bool, span: Span | None) -> Expr:
    if isinstance(among, (ast.Tuple, ast.List)):
        nodes = list(among.elts)
    elif isinstance(among, ast.Name) and reader.word(among).kind in ("text", "number"):
        nodes = [among]  # brackets around one value make no list in this grammar
    else:
        message = say("`{said}` is not a list", said=reader.said(among))
        reader.wrong("not-in-the-language", message, among, say('write a list such as `("refused", "promised")`'))
        return Lit(None)
    items = []
    left = known.expr
    sides = [_side(reader, item, [known.node]) for item in nodes]
    if known.type.kind == "grade" and any(side.type.kind == "text" for side in sides):
        sides = [as_text(side) for side in sides]
    for side in sides:
        left, right = meet(reader, "==", known, side)
        items.append(right)
    return Among(left, tuple(items), negated, span)


def _leaf(reader: Reader, node: ast.Name) -> tuple[Expr, Type]:
    word = reader.word(node)
    span = reader.span(node)
    if word.kind == "text":
        return Lit(word.text, span=span), Type("text")
    if word.kind == "number":
        value: Value = word.number if word.number.denominator > 1 else int(word.number)
        return Lit(value, word.unit, span), Type("number", "share" if word.unit == "%" else word.unit)
    return _named(reader, node, word.text, span)


def _named(reader: Reader, node: ast.expr, name: str, span: Span | None) -> tuple[Expr, Type]:
    names = reader.names
    if name in CONSTANTS:
        return (Lit(NONE, span=span), Type("none")) if name == "none" else (Lit(name != "false", span=span), TRUTH)
    if (found := spelled(name, names.measures)) is not None:
        return Term("measure", found, span=span), Type("number", unit_named(names.measures[found]) or "number")
    if (found := spelled(name, names.parameters)) is not None:
        return Term("parameter", found, span=span), _parameter(reader, node, found)
    if (found := spelled(name, names.flags)) is not None:
        return Term("flag", found, span=span), TRUTH
    if (found := spelled(name, names.attributes)) is not None:
        return Term("attribute", found, span=span), Type(names.attributes[found])
    if name in STATUSES:
        return Term("status", name, span=span), TRUTH
    if name == "marked" and not names.duty:
        reader.wrong("not-in-the-language", say("`marked` stands only in duties"), node, say("it asks whether every session of the duty's date has a mark"))
        return Lit(None), ANY
    if name in BUILTINS:
        return Term(name, span=span), {
            "marked": TRUTH,
            "grade": Type("grade"),
            "age": Type("number", "year"),
            "class_name": Type("text"),
            "term_week": Type("number", "number"),
        }[name]
    unknown(reader, node, name)
    return Lit(None), ANY


def _parameter(reader: Reader, node: ast.expr, name: str) -> Type:
    unit = unit_named(reader.names.parameters[name])
    if unit == "text":
        return Type("text")
    if unit in ("", "share") or unit in UNITS:
        return Type("number", unit)
    message = say("parameter `{name}` is not a number, a share or a text", name=name)
    reader.wrong("type-mismatch", message, node, say("a deadline or an anchor cannot stand in a condition"))
    return ANY


def _dotted(reader: Reader, node: ast.Attribute) -> tuple[Expr, Type]:
    path = reader.path(node)
    kinds = (("done", reader.names.items), ("fired", reader.names.stages))
    help = next(
        (say("write `{function}({path})`", function=ours(function), path=path) for function, defined in kinds if path in defined),
        say("a dotted name stands only in brackets, as in `done(stage.item)`"),
    )
    reader.wrong("not-in-the-language", say("`{said}` cannot stand alone", said=reader.said(node)), node, help)
    return Lit(None), ANY
