"""Functions: what each is asked of, and its options."""

from __future__ import annotations

import ast
import datetime
from collections.abc import Iterable

from ..conditions import Expr, Lit, Quantity, Term, Value
from ..language import ANCHORS, ANY, DATES, EXAMPLES, FUNCTIONS, Function, Type, date_of, nearest, spelled, with_article
from ..messages import UNSAID, listed, noun, ours, say
from ..policy import STATUSES
from ..scan import is_word, quantity
from .reader import Reader, did_you_mean, is_known, known_result, status_help, statuses
from .titles import MOMENTS, by_title

PERIODS = ("day", "week", "month", "term", "school year")


def call(reader: Reader, node: ast.Call) -> tuple[Expr, Type]:
    """A function with what it is asked of and its options."""
    if not isinstance(node.func, ast.Name) or reader.word(node.func).kind != "name":
        reader.wrong("not-in-the-language", say("`{said}` is not a function", said=reader.said(node.func)), node.func)
        return Lit(None), ANY
    name = reader.word(node.func).text
    function = FUNCTIONS.get(name)
    if function is None:
        _not_a_function(reader, node.func, name)
        return Lit(None), ANY
    if function.duty and not reader.names.duty:
        message = say("`{name}` stands only in duties, targets and their items", name=ours(name))
        reader.wrong("not-in-the-language", message, node, say("a group's numbers decide nothing about one student"))
        return Lit(None), ANY
    if len(node.args) != 1:
        help = say("write `{name}({EXAMPLES})`", name=ours(name), EXAMPLES=ours(EXAMPLES[function.takes]))
        reader.wrong("syntax", say("`{name}` asks about one thing", name=ours(name)), node, help)
        return Lit(None), ANY
    asked, target = _argument(reader, name, function.takes, node.args[0])
    options = _options(reader, name, asked or "", function, node.keywords)
    if asked is None or options is None:
        return Lit(None), ANY
    return Term(name, asked, options, target, reader.span(node)), function.gives


def _not_a_function(reader: Reader, node: ast.expr, name: str) -> None:
    if is_known(reader, name):
        help = say("write `{name}` alone, or `and`, `or` or a comparison before the bracket", name=name)
    else:
        near = nearest(name, FUNCTIONS)
        help = say("did you mean `{near}`?", near=near) if near else say("functions are {listed}", listed=listed(ours(one) for one in FUNCTIONS))
    reader.wrong("not-in-the-language", say("`{name}` is not a function", name=name), node, help)


def _argument(reader: Reader, function: str, takes: str, node: ast.expr) -> tuple[str | None, str]:
    """What a function is asked of, and, for days_since, which kind of thing that is."""
    path = reader.path(node)
    if takes in ("moment", "date") and path is None and (date := _quoted_date(reader, node)):
        return date.isoformat(), "date" if takes == "moment" else ""
    if path is None:
        more = say(' or `"2025-09-01"`') if takes in ("moment", "date") else UNSAID
        named = reader.word(node).text if isinstance(node, ast.Name) and reader.word(node).kind == "text" else ""
        help = statuses() if takes == "status" else say(
            "write a name{more}, as in `{function}({EXAMPLES})`", more=more, function=ours(function), EXAMPLES=ours(EXAMPLES[takes]),
        )
        named = named if takes != "status" or named in STATUSES else ""
        if named and all(is_word(part) for part in named.split(".")):
            help = say("write `{function}({named})`, without quotes", function=ours(function), named=ours(named) if takes == "status" else named)
        reader.wrong("type-mismatch", say("`{said}` cannot be asked about", said=reader.said(node)), node, help)
        return None, ""
    if takes == "document":
        return path, ""
    if takes == "moment":
        return _moment(reader, path, node)
    return _defined(reader, takes, path, node), ""


def _quoted_date(reader: Reader, node: ast.expr) -> datetime.date | None:
    word = reader.word(node)
    return date_of(word.text) if isinstance(node, ast.Name) and word.kind == "text" else None


def _defined(reader: Reader, takes: str, path: str, node: ast.expr) -> str | None:
    names = reader.names
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
        other = next((one for one in ("item", "stage", "ladder", "status") if one != takes and path in groups[one]), "")
        help = say("`{path}` is {with_article}", path=path, with_article=with_article(other)) if other else did_you_mean(reader, nearest(path, groups[takes]))
        help = status_help(path) or help or statuses() if takes == "status" else by_title(names, path, (takes,)) or help
        reader.wrong(f"unknown-{kind}", say("unknown {kind} `{name}`", kind=noun(kind), name=path), node, help)
    return found


def _moment(reader: Reader, path: str, node: ast.expr) -> tuple[str | None, str]:
    if path in ANCHORS:
        return path, path
    groups: dict[str, Iterable[str]] = {"status": STATUSES, "stage": reader.names.stages, "item": reader.names.items}
    found = {kind: one for kind, group in groups.items() if (one := spelled(path, group)) is not None}
    if len(found) == 1:
        ((kind, one),) = found.items()
        return one, kind
    if found:
        help = say("write the item as `stage.item`, the stage as `ladder.stage`")
        reader.wrong("ambiguous-name", say("`{path}` is both a stage and an item", path=path), node, help)
        return None, ""
    near = nearest(path, [*ANCHORS, *(one for group in groups.values() for one in group)])
    help = by_title(reader.names, path, MOMENTS) or did_you_mean(reader, near)
    help = help or say("it is asked of a stage, an item, a status, `case`, `enrolment`, `term_start` or a quoted date")
    reader.wrong("unknown-name", say("unknown name `{path}`", path=path), node, help)
    return None, ""


def _options(reader: Reader, name: str, asked: str, function: Function, keywords: list[ast.keyword]) -> tuple[tuple[str, Value | Quantity], ...] | None:
    options: dict[str, Value | Quantity] = {}
    whole = True
    for one in keywords:
        key = reader.words[int((one.arg or "n0")[1:])].text
        if key not in function.options or key in options:
            said = say("is written twice") if key in options else say("is not an option of `{name}`", name=ours(name))
            choices = listed(say("{option}=", option=ours(option, "option")) for option in function.options)
            reader.wrong(
                "unknown-option", say("`{key}` {said}", key=ours(key, "option"), said=said), one,
                say("options are {choices}", choices=choices) if choices else say("`{name}` has no options", name=ours(name)),
            )
            whole = False
            continue
        value = _option(reader, key, asked, one.value)
        whole = whole and value is not None
        options[key] = value
    return tuple(sorted(options.items(), key=lambda option: option[0])) if whole else None


def _option(reader: Reader, key: str, asked: str, node: ast.expr) -> Value | Quantity:
    if key == "since":
        return _since(reader, node)
    word = reader.word(node)
    plain = isinstance(node, ast.Name)
    if not plain or word.kind != "text" or not word.text.strip():
        option = ours(key, "option")
        help = say('write `{key}="{text}"`', key=option, text=word.text) if plain and word.kind == "name" else say('write `{key}="..."`', key=option)
        help = say('write `{key}="{said}"`', key=option, said=reader.said(node)) if key == "within" and word.kind == "number" else help
        reader.wrong("unquoted-text", say("`{said}` is not a quoted text", said=reader.said(node)), node, help)
        return None
    if key == "within":
        return _window(reader, node, word.text)
    if key == "result":
        known_result(reader, asked, word.text, node)
    return word.text


def _since(reader: Reader, node: ast.expr) -> Value:
    path = reader.path(node)
    if path is not None and path in (*ANCHORS, *DATES):
        return path
    if date := _quoted_date(reader, node):
        return date
    help = say('write `"2025-09-01"`, `school_year_start`, `term_start`, `enrolment` or `case`')
    reader.wrong("type-mismatch", say("`{said}` is not a date", said=reader.said(node)), node, help)
    return None


def _window(reader: Reader, node: ast.expr, text: str) -> Quantity | str | None:
    if text in PERIODS:
        return text
    found = quantity(text)
    units = ("day", "week", "month", "year", "school day", "school week")
    if found is None or found[1] not in units or found[0] < 1 or found[0].denominator > 1:
        help = say('write a whole number of days, weeks, months, years, school days or school weeks, such as `"3 years"`')
        reader.wrong("wrong-value", say("`{text}` is not a window", text=text), node, help)
        return None
    return Quantity(*found)
