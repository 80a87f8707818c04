"""Conditions from text: Python's expression grammar gives the shape, this page the words and their types.

Nothing is executed and no float is made. Every mistake is a problem at its own place with help.
"""

from __future__ import annotations

import ast
import datetime
import re
from collections.abc import Iterable, Mapping
from fractions import Fraction

from .conditions import NONE, Among, And, Arith, Compare, Condition, Expr, Lit, Not, Or, Quantity, Term, Value
from .language import (
    ANCHORS,
    ANY,
    BUILTINS,
    CONSTANTS,
    DATES,
    EXAMPLES,
    FUNCTIONS,
    SAID,
    TRUTH,
    Function,
    Names,
    Type,
    bare,
    comparable,
    date_of,
    in_unit,
    nameable,
    nearest,
    reserved,
    shown,
    spelled,
    unit_named,
    unit_of,
    with_article,
)
from .places import Place, placed
from .policy import STATUSES
from .scan import DEEPEST, UNITS, Mistake, Word, for_python, quantity, scan
from .source import Problem, Span

__all__ = ["Names", "nameable", "parse_condition", "reserved"]


def parse_condition(text: str, span: Span | None, names: Names) -> tuple[Condition | None, list[Problem]]:
    """The condition that a text says, or everything that is wrong with it.

    `span` is where the text stands in its source; the problems point inside it.
    """
    words, mistakes = scan(text, bare(names))
    place = placed(text, span)
    if mistakes:
        return None, [_problem(mistake, place) for mistake in mistakes]
    python, columns = for_python(words)
    try:
        tree = ast.parse(python, mode="eval").body
    except SyntaxError as error:
        return None, [_problem(_unreadable(text, words, columns, error), place)]
    reader = _Reader(text, words, columns, names, place)
    if _depth(tree) > DEEPEST:
        reader.wrong(
            "too-deep",
            f"the condition is nested deeper than {DEEPEST}",
            tree,
            "name its parts, or write several stages",
        )
        return None, reader.problems
    expr = reader.truth(tree)
    if reader.problems:
        return None, reader.problems
    return Condition(expr, text, span), []


def _unreadable(text: str, words: tuple[Word, ...], columns: Mapping[int, int], error: SyntaxError) -> Mistake:
    column = max((start for start in columns if start <= (error.offset or 1) - 1), default=0)
    word = words[columns[column]]
    shown = text[word.start : word.end]
    help = "put `not ...` in brackets" if word.kind == "not" else ""
    return Mistake("syntax", f"the condition cannot be read at `{shown}`", word.start, word.end, help)


def _depth(tree: ast.AST) -> int:
    deepest = 0
    todo = [(tree, 1)]
    while todo:
        node, depth = todo.pop()
        deepest = max(deepest, depth)
        todo += [(child, depth + 1) for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
    return deepest


def _problem(mistake: Mistake, place: Place) -> Problem:
    return Problem(mistake.kind, mistake.message, place(mistake.start, mistake.end), mistake.help)


# --- reading ----------------------------------------------------------------------------------

_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.GtE: ">=",
    ast.Gt: ">",
}
_ARITHMETIC: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
Node = ast.expr | ast.keyword
_CHINESE_NUMBER = re.compile("[零一二两三四五六七八九十百半]+")


class _Reader:
    """Reads one tree; gathers every problem in it."""

    def __init__(
        self, text: str, words: tuple[Word, ...], columns: Mapping[int, int], names: Names, place: Place
    ) -> None:
        self.text = text
        self.words = words
        self.columns = columns
        self.names = names
        self.place = place
        self.problems: list[Problem] = []

    # Stretches.

    def word(self, node: Node) -> Word:
        return self.words[self.columns[node.col_offset]]

    def stretch(self, node: Node) -> tuple[int, int]:
        stop = node.end_col_offset or 0
        last = max(column for column in self.columns if column < stop)
        return self.word(node).start, self.words[self.columns[last]].end

    def said(self, node: Node) -> str:
        start, end = self.stretch(node)
        return self.text[start:end]

    def span(self, node: Node) -> Span | None:
        return self.place(*self.stretch(node))

    def wrong(self, kind: str, message: str, node: Node, help: str = "") -> None:
        self.problems.append(Problem(kind, message, self.span(node), help))

    # Shapes.

    def truth(self, node: ast.expr) -> Expr:
        """A part that must be true or false."""
        expr, type_ = self.read(node)
        if type_.kind not in ("truth", "any"):
            help = "compare it, as in `days_away >= 3`" if type_.kind != "text" else "write what it is compared with"
            self.wrong("not-a-condition", f"`{self.said(node)}` is {SAID[type_.kind]}, not true or false", node, help)
        return expr

    def read(self, node: ast.expr) -> tuple[Expr, Type]:
        if isinstance(node, ast.Name):
            return self.leaf(node)
        if isinstance(node, ast.BoolOp):
            parts = tuple(self.truth(value) for value in node.values)
            return (And(parts) if isinstance(node.op, ast.And) else Or(parts)), TRUTH
        if isinstance(node, ast.UnaryOp):
            return self.unary(node)
        if isinstance(node, ast.Compare):
            return self.chain(node), TRUTH
        if isinstance(node, ast.BinOp):
            return self.arithmetic(node)
        if isinstance(node, ast.Call):
            return self.call(node)
        if isinstance(node, ast.Attribute):
            return self.dotted(node)
        self.wrong(
            "not-in-the-language",
            f"`{self.said(node)}` is not in the language of conditions",
            node,
            self.about_list(node),
        )
        return Lit(None), ANY

    def about_list(self, node: ast.expr) -> str:
        return "a list stands only after `in`" if isinstance(node, (ast.Tuple, ast.List)) else ""

    def unary(self, node: ast.UnaryOp) -> tuple[Expr, Type]:
        if isinstance(node.op, ast.Not):
            return Not(self.truth(node.operand)), TRUTH
        expr, type_ = self.number(node.operand)
        if isinstance(node.op, ast.UAdd):
            return expr, type_
        if isinstance(expr, Lit) and isinstance(expr.value, (int, Fraction)):
            return Lit(-expr.value, expr.unit, self.span(node)), type_
        return Arith("-", Lit(0), expr), type_

    def number(self, node: ast.expr) -> tuple[Expr, Type]:
        """A part that must be a number."""
        expr, type_ = self.read(node)
        if type_.kind == "grade":
            return expr, Type("number", "number")
        if type_.kind not in ("number", "any"):
            self.wrong("type-mismatch", f"`{self.said(node)}` is {SAID[type_.kind]}, not a number", node)
            return expr, ANY
        return expr, type_

    def arithmetic(self, node: ast.BinOp) -> tuple[Expr, Type]:
        op = _ARITHMETIC[type(node.op)]
        left, left_type = self.number(node.left)
        right, right_type = self.number(node.right)
        if op == "/" and isinstance(right, Lit) and right.value == 0:
            self.wrong("division-by-zero", f"`{self.said(node)}` divides by zero", node.right)
        expr = Arith(op, left, right)
        if ANY in (left_type, right_type):
            return expr, ANY
        unit = unit_of(op, left_type.unit, right_type.unit)
        if unit is None:
            help = (
                "numbers are added, compared and divided in one unit"
                if op != "*"
                else "one side of `*` is a plain number or a share"
            )
            sides = f"`{self.said(node.left)}` is {in_unit(left_type.unit)}", f"`{self.said(node.right)}` is"
            self.wrong("unit-mismatch", f"{sides[0]} and {sides[1]} {in_unit(right_type.unit)}", node, help)
            return expr, ANY
        return expr, Type("number", unit)

    def chain(self, node: ast.Compare) -> Expr:
        """`a <= b < c` is each comparison, joined by `and`."""
        operands = [node.left, *node.comparators]
        known = {
            n: self.side(operand, operands)
            for n, operand in enumerate(operands)
            if not (n and isinstance(node.ops[n - 1], (ast.In, ast.NotIn)))
        }
        parts: list[Expr] = []
        for n, op in enumerate(node.ops):
            span = (
                self.place(self.stretch(operands[n])[0], self.stretch(operands[n + 1])[1])
                if len(node.ops) > 1
                else self.span(node)
            )
            if isinstance(op, (ast.In, ast.NotIn)):
                if len(node.ops) > 1:
                    self.wrong(
                        "not-in-the-language",
                        "`in` cannot stand in a chain of comparisons",
                        node,
                        "put it in brackets, joined by `and`",
                    )
                    return Lit(None)
                parts.append(self.among(operands[0], known[0], operands[1], isinstance(op, ast.NotIn), span))
                continue
            left, right = self.meet(_COMPARISONS[type(op)], operands[n], known[n], operands[n + 1], known[n + 1])
            parts.append(Compare(_COMPARISONS[type(op)], left, right, span))
        return And(tuple(parts)) if len(parts) > 1 else parts[0]

    def side(self, node: ast.expr, beside: list[ast.expr]) -> tuple[Expr, Type]:
        """One side of a comparison; a bare word beside an outcome or a text is most likely an unquoted text."""
        word = self.word(node)
        strange = isinstance(node, ast.Name) and word.kind == "name" and not self.is_known(word.text)
        if strange and any(self.is_text(other) for other in beside if other is not node):
            self.wrong("unquoted-text", f"`{word.text}` is not quoted", node, f'write `"{word.text}"`')
            return Lit(None), ANY
        return self.read(node)

    def is_known(self, name: str) -> bool:
        return spelled(name, bare(self.names)) is not None or name in STATUSES or name in BUILTINS or name in CONSTANTS

    def is_text(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return self.word(node.func).text == "outcome"
        word = self.word(node)
        return isinstance(node, ast.Name) and (
            self.names.attributes.get(word.text) == "text" or word.text == "class_name"
        )

    def among(
        self, node: ast.expr, known: tuple[Expr, Type], among: ast.expr, negated: bool, span: Span | None
    ) -> Expr:
        if isinstance(among, (ast.Tuple, ast.List)):
            nodes = list(among.elts)
        elif isinstance(among, ast.Name) and self.word(among).kind in ("text", "number"):
            nodes = [among]  # brackets around one value make no list in this grammar
        else:
            self.wrong(
                "not-in-the-language",
                f"`{self.said(among)}` is not a list",
                among,
                'write a list such as `("refused", "promised")`',
            )
            return Lit(None)
        items = []
        left = known[0]
        for item in nodes:
            left, right = self.meet("==", node, known, item, self.side(item, [node]))
            items.append(right)
        return Among(left, tuple(items), negated, span)

    # What may be compared with what.

    def meet(
        self, op: str, left_node: ast.expr, left: tuple[Expr, Type], right_node: ast.expr, right: tuple[Expr, Type]
    ) -> tuple[Expr, Expr]:
        """The two sides of a comparison, checked against each other; a quoted date beside a date becomes one."""
        (a, a_type), (b, b_type) = left, right
        if ANY in (a_type, b_type):
            return a, b
        kinds = {a_type.kind, b_type.kind}
        if kinds == {"date", "text"}:
            return self.dated(left_node, a, a_type), self.dated(right_node, b, b_type)
        if not comparable(kinds):
            self.mismatch(left_node, a, a_type, right_node, b, b_type)
        elif op not in ("==", "!=") and (unordered := sorted(kinds - {"number", "date", "grade"})):
            self.wrong(
                "type-mismatch",
                f"`{op}` orders numbers and dates; {SAID[unordered[0]]} has no order",
                left_node,
                "write `==`, `!=` or `in`",
            )
        elif kinds == {"number"}:
            self.units(left_node, a, a_type.unit, right_node, b, b_type.unit)
        elif "outcome" in kinds:
            self.result(a, right_node, b)
            self.result(b, left_node, a)
        return a, b

    def mismatch(self, left_node: ast.expr, a: Expr, a_type: Type, right_node: ast.expr, b: Expr, b_type: Type) -> None:
        node, expr, other = (
            (right_node, b, a_type) if not isinstance(a, Lit) or isinstance(b, Lit) else (left_node, a, b_type)
        )
        help = ""
        if isinstance(expr, Lit) and isinstance(expr.value, str) and other.kind in ("number", "grade", "truth"):
            help = (
                f"write `{expr.value}` without quotes"
                if re.match("[0-9]", expr.value) or expr.value in CONSTANTS
                else ""
            )
        elif isinstance(expr, Term) and other.kind in ("outcome", "text"):
            help = f'a text is quoted: write `"{self.said(node)}"`'
        elif expr == Lit(NONE):
            help = "only an outcome can be `none`; what has no value is unknown and makes no condition true"
        elif "truth" in (a_type.kind, b_type.kind):
            help = "what is true or false is compared with nothing: write it alone, or `not` before it"
        self.wrong(
            "type-mismatch",
            f"`{self.said(left_node)}` is {SAID[a_type.kind]} and `{self.said(right_node)}` is {SAID[b_type.kind]}",
            node,
            help,
        )

    def dated(self, node: ast.expr, expr: Expr, type_: Type) -> Expr:
        if type_.kind == "date":
            return expr
        date = date_of(expr.value) if isinstance(expr, Lit) and isinstance(expr.value, str) else None
        if date is None:
            self.wrong("type-mismatch", f"`{self.said(node)}` is not a date", node, 'write a date as `"2025-09-01"`')
            return expr
        return Lit(date, span=self.span(node))

    def units(self, left_node: ast.expr, a: Expr, a_unit: str, right_node: ast.expr, b: Expr, b_unit: str) -> None:
        if unit_of("-", a_unit, b_unit) is None:
            node, expr, other = (
                (left_node, a, b_unit) if isinstance(a, Lit) and not isinstance(b, Lit) else (right_node, b, a_unit)
            )
            help = ""
            if isinstance(expr, Lit):
                number = Fraction(expr.value) if isinstance(expr.value, (int, Fraction)) else Fraction(0)
                help = (
                    f"write `{shown(number)}`"
                    if other in ("", "number")
                    else f"write `{shown(number)} {other}{'' if number == 1 else 's'}` or a bare number"
                )
                help = "write a share, such as `10%`" if other == "share" else help
            self.wrong(
                "unit-mismatch",
                f"`{self.said(left_node)}` is {in_unit(a_unit)} and `{self.said(right_node)}` is {in_unit(b_unit)}",
                node,
                help,
            )
            return
        for node, expr, unit, other in ((right_node, b, b_unit, a_unit), (left_node, a, a_unit, b_unit)):
            if (
                isinstance(expr, Lit)
                and unit == ""
                and other == "share"
                and isinstance(expr.value, (int, Fraction))
                and expr.value > 1
            ):
                self.wrong(
                    "unit-mismatch",
                    f"a share is from 0% to 100%, and `{self.said(node)}` is more",
                    node,
                    f"write `{shown(Fraction(expr.value))}%`",
                )

    def result(self, asked: Expr, node: ast.expr, given: Expr) -> None:
        if not (
            isinstance(asked, Term)
            and asked.kind == "outcome"
            and isinstance(given, Lit)
            and isinstance(given.value, str)
        ):
            return
        self.known_result(asked.name, given.value, node)

    def known_result(self, item: str, result: str, node: ast.expr) -> None:
        results = self.names.results.get(item) or self.names.results.get(item.rpartition(".")[2])
        if results and result not in results:
            near = nearest(result, results)
            help = (
                f'did you mean `"{near}"`?'
                if near
                else "its results are " + ", ".join(f'`"{one}"`' for one in results)
            )
            self.wrong("unknown-result", f"`{item}` has no result `{result}`", node, help)

    # Leaves.

    def leaf(self, node: ast.Name) -> tuple[Expr, Type]:
        word = self.word(node)
        span = self.span(node)
        if word.kind == "text":
            return Lit(word.text, span=span), Type("text")
        if word.kind == "number":
            value: Value = word.number if word.number.denominator > 1 else int(word.number)
            return Lit(value, word.unit, span), Type("number", "share" if word.unit == "%" else word.unit)
        return self.named(node, word.text, span)

    def named(self, node: ast.expr, name: str, span: Span | None) -> tuple[Expr, Type]:
        names = self.names
        if name in CONSTANTS:
            return (Lit(NONE, span=span), Type("none")) if name == "none" else (Lit(name != "false", span=span), TRUTH)
        if (found := spelled(name, names.measures)) is not None:
            return Term("measure", found, span=span), Type("number", unit_named(names.measures[found]) or "number")
        if (found := spelled(name, names.parameters)) is not None:
            return Term("parameter", found, span=span), self.parameter(node, found)
        if (found := spelled(name, names.flags)) is not None:
            return Term("flag", found, span=span), TRUTH
        if (found := spelled(name, names.attributes)) is not None:
            return Term("attribute", found, span=span), Type(names.attributes[found])
        if name in STATUSES:
            return Term("status", name, span=span), TRUTH
        if name in BUILTINS:
            return Term(name, span=span), {
                "grade": Type("grade"),
                "age": Type("number", "year"),
                "class_name": Type("text"),
                "term_week": Type("number", "number"),
            }[name]
        self.unknown(node, name)
        return Lit(None), ANY

    def parameter(self, node: ast.expr, name: str) -> Type:
        unit = unit_named(self.names.parameters[name])
        if unit == "text":
            return Type("text")
        if unit in ("", "share") or unit in UNITS:
            return Type("number", unit)
        self.wrong(
            "type-mismatch",
            f"parameter `{name}` is not a number, a share or a text",
            node,
            "a deadline or an anchor cannot stand in a condition",
        )
        return ANY

    def unknown(self, node: ast.expr, name: str) -> None:
        self.wrong(*self.unknown_bare(name, node))

    def unknown_bare(self, name: str, node: ast.expr) -> tuple[str, str, ast.expr, str]:
        names = self.names
        for kind, function, defined in (
            ("item", "done", names.items),
            ("stage", "fired", names.stages),
            ("ladder", "open_case", names.ladders),
        ):
            if spelled(name, defined) is not None:
                return (
                    "unknown-name",
                    f"{with_article(kind)} such as `{name}` has no value by itself",
                    node,
                    f"write `{function}({name})`",
                )
        if name in FUNCTIONS:
            return "syntax", f"`{name}` asks something", node, f"write `{name}({EXAMPLES[FUNCTIONS[name].takes]})`"
        if help := self.joined(name):
            return "unknown-name", f"unknown name `{name}`", node, help
        if _CHINESE_NUMBER.fullmatch(name):
            return "unknown-name", f"unknown name `{name}`", node, "write numbers in digits"
        if name in ("yes", "no", "on", "off", "是", "否"):
            return (
                "unknown-name",
                f"unknown name `{name}`",
                node,
                f"write `{'true' if name in ('yes', 'on', '是') else 'false'}`",
            )
        kinds = {
            "measure": names.measures,
            "parameter": names.parameters,
            "flag": names.flags,
            "attribute": names.attributes,
            "status": STATUSES,
        }
        near = nearest(name, [one for group in kinds.values() for one in group] + [*BUILTINS, *CONSTANTS])
        kind = next((kind for kind, group in kinds.items() if near in group), "name")
        return f"unknown-{kind}", f"unknown {kind} `{name}`", node, self.mean(near)

    def joined(self, name: str) -> str:
        """Help for `非贫困` and `贫困且单亲`, which this grammar reads as one name each."""
        known = bare(self.names)
        for sign in ("不是", "非", "不"):
            if name.startswith(sign) and name[len(sign) :] in known:
                return f"write `not {name[len(sign) :]}`"
        for sign, word in (("并且", "and"), ("且", "and"), ("和", "and"), ("或者", "or"), ("或", "or")):
            parts = name.split(sign)
            if all(part in known for part in parts):
                return f"write `{f' {word} '.join(parts)}`"
        return ""

    def mean(self, near: str) -> str:
        if not near:
            return ""
        line = f" (line {self.names.lines[near]})" if near in self.names.lines else ""
        return f"did you mean `{near}`{line}?"

    def dotted(self, node: ast.Attribute) -> tuple[Expr, Type]:
        path = self.path(node)
        kinds = (("done", self.names.items), ("fired", self.names.stages))
        help = next(
            (f"write `{function}({path})`" for function, defined in kinds if path in defined),
            "a dotted name stands only in brackets, as in `done(stage.item)`",
        )
        self.wrong("not-in-the-language", f"`{self.said(node)}` cannot stand alone", node, help)
        return Lit(None), ANY

    # Functions.

    def call(self, node: ast.Call) -> tuple[Expr, Type]:
        if not isinstance(node.func, ast.Name) or self.word(node.func).kind != "name":
            self.wrong("not-in-the-language", f"`{self.said(node.func)}` is not a function", node.func)
            return Lit(None), ANY
        name = self.word(node.func).text
        function = FUNCTIONS.get(name)
        if function is None:
            self.not_a_function(node.func, name)
            return Lit(None), ANY
        if function.duty and not self.names.duty:
            self.wrong(
                "not-in-the-language",
                f"`{name}` stands only in duties, targets and their items",
                node,
                "a group's numbers decide nothing about one student",
            )
            return Lit(None), ANY
        if len(node.args) != 1:
            self.wrong("syntax", f"`{name}` asks about one thing", node, f"write `{name}({EXAMPLES[function.takes]})`")
            return Lit(None), ANY
        asked, target = self.argument(name, function.takes, node.args[0])
        options = self.options(name, asked or "", function, node.keywords)
        if asked is None or options is None:
            return Lit(None), ANY
        return Term(name, asked, options, target, self.span(node)), function.gives

    def not_a_function(self, node: ast.expr, name: str) -> None:
        if self.is_known(name):
            help = f"write `{name}` alone, or `and`, `or` or a comparison before the bracket"
        else:
            near = nearest(name, FUNCTIONS)
            help = f"did you mean `{near}`?" if near else "functions are " + ", ".join(f"`{one}`" for one in FUNCTIONS)
        self.wrong("not-in-the-language", f"`{name}` is not a function", node, help)

    def path(self, node: ast.expr) -> str | None:
        """A name, or names joined by dots, as the author spells them."""
        parts = []
        while isinstance(node, ast.Attribute):
            parts.append(self.words[int(node.attr[1:])].text)
            node = node.value
        if not isinstance(node, ast.Name) or self.word(node).kind != "name":
            return None
        return ".".join([self.word(node).text, *reversed(parts)])

    def argument(self, function: str, takes: str, node: ast.expr) -> tuple[str | None, str]:
        """What a function is asked of, and, for days_since, which kind of thing that is."""
        path = self.path(node)
        if takes in ("moment", "date") and path is None and (date := self.quoted_date(node)):
            return date.isoformat(), "date" if takes == "moment" else ""
        if path is None:
            more = ' or `"2025-09-01"`' if takes in ("moment", "date") else ""
            self.wrong(
                "type-mismatch",
                f"`{self.said(node)}` cannot be asked about",
                node,
                f"write a name{more}, as in `{function}({EXAMPLES[takes]})`",
            )
            return None, ""
        if takes == "document":
            return path, ""
        if takes == "moment":
            return self.moment(path, node)
        return self.defined(takes, path, node), ""

    def quoted_date(self, node: ast.expr) -> datetime.date | None:
        word = self.word(node)
        return date_of(word.text) if isinstance(node, ast.Name) and word.kind == "text" else None

    def defined(self, takes: str, path: str, node: ast.expr) -> str | None:
        names = self.names
        groups: dict[str, Iterable[str]] = {
            "status": STATUSES,
            "item": names.items,
            "stage": names.stages,
            "ladder": names.ladders,
            "target": names.targets,
            "role": [*names.roles, "student", "parent"],
            "date": DATES,
        }
        found = spelled(path, groups[takes])
        if found is None:
            kind = "name" if takes == "date" else takes
            other = next(
                (one for one in ("item", "stage", "ladder", "status") if one != takes and path in groups[one]), ""
            )
            help = f"`{path}` is {with_article(other)}" if other else self.mean(nearest(path, groups[takes]))
            self.wrong(f"unknown-{kind}", f"unknown {kind} `{path}`", node, help)
        return found

    def moment(self, path: str, node: ast.expr) -> tuple[str | None, str]:
        names = self.names
        if path in ANCHORS:
            return path, path
        groups: dict[str, Iterable[str]] = {"status": STATUSES, "stage": names.stages, "item": names.items}
        found = {kind: one for kind, group in groups.items() if (one := spelled(path, group)) is not None}
        if len(found) == 1:
            ((kind, one),) = found.items()
            return one, kind
        if found:
            help = "write the item as `stage.item`, the stage as `ladder.stage`"
            self.wrong("ambiguous-name", f"`{path}` is both a stage and an item", node, help)
            return None, ""
        near = nearest(path, [*ANCHORS, *(one for group in groups.values() for one in group)])
        help = (
            self.mean(near)
            or "it is asked of a stage, an item, a status, `case`, `enrolment`, `term_start` or a quoted date"
        )
        self.wrong("unknown-name", f"unknown name `{path}`", node, help)
        return None, ""

    def options(
        self, name: str, asked: str, function: Function, keywords: list[ast.keyword]
    ) -> tuple[tuple[str, Value | Quantity], ...] | None:
        options: dict[str, Value | Quantity] = {}
        whole = True
        for one in keywords:
            key = self.words[int((one.arg or "n0")[1:])].text
            if key not in function.options or key in options:
                said = "is written twice" if key in options else f"is not an option of `{name}`"
                help = (
                    "options are " + ", ".join(f"`{option}=`" for option in function.options)
                    if function.options
                    else f"`{name}` has no options"
                )
                self.wrong("unknown-option", f"`{key}` {said}", one, help)
                whole = False
                continue
            value = self.option(key, asked, one.value)
            whole = whole and value is not None
            options[key] = value
        return tuple(sorted(options.items(), key=lambda option: option[0])) if whole else None

    def option(self, key: str, asked: str, node: ast.expr) -> Value | Quantity:
        word = self.word(node)
        plain = isinstance(node, ast.Name)
        if key == "since":
            path = self.path(node)
            if path is not None and path in (*ANCHORS, *DATES):
                return path
            if date := self.quoted_date(node):
                return date
            self.wrong(
                "type-mismatch",
                f"`{self.said(node)}` is not a date",
                node,
                'write `"2025-09-01"`, `school_year_start`, `term_start`, `enrolment` or `case`',
            )
            return None
        if not plain or word.kind != "text" or not word.text.strip():
            help = f'write `{key}="{word.text}"`' if plain and word.kind == "name" else f'write `{key}="..."`'
            help = f'write `{key}="{self.said(node)}"`' if key == "within" and word.kind == "number" else help
            self.wrong("unquoted-text", f"`{self.said(node)}` is not a quoted text", node, help)
            return None
        if key == "within":
            return self.window(node, word.text)
        if key == "result":
            self.known_result(asked, word.text, node)
        return word.text

    def window(self, node: ast.expr, text: str) -> Quantity | None:
        found = quantity(text)
        if (
            found is None
            or found[1] not in ("day", "week", "month", "year", "school day", "school week")
            or found[0] < 1
            or found[0].denominator > 1
        ):
            help = (
                'write a whole number of days, weeks, months, years, school days or school weeks, such as `"3 years"`'
            )
            self.wrong("type-mismatch", f"`{text}` is not a window", node, help)
            return None
        return Quantity(*found)
