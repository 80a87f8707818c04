"""A condition while it is being read: its words and their places, every problem found, and the help for a name that nothing knows."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping

from attrs import define, field

from ..conditions import Expr, Term
from ..language import BUILTINS, CONSTANTS, EXAMPLES, FUNCTIONS, Held, Names, bare, denied, in_digits, nearest, spelled, with_article
from ..messages import UNSAID, Said, listed, listed_of, noun, ours, say
from ..parse import Written
from ..phrases import TABLES
from ..places import Place
from ..policy import STATUSES
from ..scan import Word
from ..source import Problem, Span, beside, written_over
from .bounds import in_words
from .titles import by_title

Node = ast.expr | ast.keyword
MOST_SHOWN = 12  # of a longer list nothing is shown
_CHINESE_NUMBER = re.compile("[零一二两三四五六七八九十百半]+")


@define
class Reader:
    """One tree that is being read, and every problem in it; `columns` says which word stands at a column of Python's text."""

    text: str
    words: tuple[Word, ...]
    columns: Mapping[int, int]
    names: Names
    place: Place
    written: Written | None = None
    problems: list[Problem] = field(factory=list)

    def word(self, node: Node) -> Word:
        return self.words[self.columns[node.col_offset]]

    def stretch(self, node: Node) -> tuple[int, int]:
        stop = node.end_col_offset or 0
        last = max(column for column in self.columns if column < stop)
        return self.word(node).start, self.words[self.columns[last]].end

    def said(self, node: Node) -> str:
        start, end = self.stretch(node)
        if self.written is None:
            return self.text[start:end]
        start, end = self.written.stretch(start, end)
        return self.written.text[start:end]

    def span(self, node: Node) -> Span | None:
        return self.place(*self.stretch(node))

    def path(self, node: ast.expr) -> str | None:
        """A name, or names joined by dots, as the author spells them."""
        parts = []
        while isinstance(node, ast.Attribute):
            parts.append(self.words[int(node.attr[1:])].text)
            node = node.value
        if not isinstance(node, ast.Name) or self.word(node).kind != "name":
            return None
        return ".".join([self.word(node).text, *reversed(parts)])

    def wrong(self, kind: str, message: Said, node: Node, help: Said = UNSAID) -> None:
        """Note a problem; reading goes on."""
        self.problems.append(Problem(kind, message, self.span(node), help))


def held(reader: Reader, expr: Expr, node: Node) -> Held | None:
    """What a parameter holds, where its value is to blame: a file that builds on this one set it, or it was probably meant as a number."""
    found = reader.names.held.get(expr.name) if isinstance(expr, Term) and expr.kind == "parameter" else None
    span, here = found.line.span if found else None, reader.span(node)
    return found if found and span and here and (found.helps or written_over(span, here, reader.names.sources)) else None


def blame(reader: Reader, kind: str, message: Said, found: Held, node: Node, unit: str, help: Said) -> None:
    """Note a problem at the value of a parameter, and say where it is used."""
    here, place = reader.span(node), found.line.span
    where = beside(here, place) if here and place else UNSAID
    reader.problems.append(Problem(
        kind, say("{message} where it is used{where}", message=message, where=where), place, found.helps.get(unit) or found.helps.get("") or help,
    ))


def is_known(reader: Reader, name: str) -> bool:
    """Whether a name has a value by itself."""
    return spelled(name, bare(reader.names)) is not None or name in STATUSES or name in BUILTINS or name in CONSTANTS


def unknown(reader: Reader, node: ast.expr, name: str) -> None:
    """A name that has no value by itself, with what its author most likely meant."""
    names = reader.names
    for kind, function, defined in (("item", "done", names.items), ("stage", "fired", names.stages), ("ladder", "open_case", names.ladders)):
        if spelled(name, defined) is not None:
            reader.wrong(
                "unknown-name", say("{with_article} such as `{name}` has no value by itself", with_article=with_article(kind), name=name), node,
                say("write `{function}({name})`", function=ours(function), name=name),
            )
            return
    if name in FUNCTIONS:
        help = say("write `{name}({EXAMPLES})`", name=ours(name), EXAMPLES=ours(EXAMPLES[FUNCTIONS[name].takes]))
        reader.wrong("syntax", say("`{name}` asks something", name=ours(name)), node, help)
        return
    if help := by_title(names, name) or _otherwise(reader, name):
        reader.wrong("unknown-name", say("unknown name `{name}`", name=name), node, help)
        return
    kinds = {"measure": names.measures, "parameter": names.parameters, "flag": names.flags, "attribute": names.attributes, "status": STATUSES}
    near = nearest(name, [one for group in kinds.values() for one in group] + [*BUILTINS, *CONSTANTS])
    kind = next((kind for kind, group in kinds.items() if near in group), "name")
    help = did_you_mean(reader, near) or (statuses() if _like_a_status(name) else _comparison(reader))
    reader.wrong(f"unknown-{kind}", say("unknown {kind} `{name}`", kind=noun(kind), name=name), node, help)


def _otherwise(reader: Reader, name: str) -> Said:
    """Help for what is written in another way here: `非贫困` and `贫困且单亲`, which this grammar reads as one name each, `三` and `yes`."""
    if meant := denied(name, {*reader.names.flags, *STATUSES}):
        return say("write `not {meant}`", meant=meant)
    if help := in_words(reader.names, name):
        return help
    if help := status_help(name) or _no_status(name):
        return help
    if number := in_digits(name.removesuffix("年级")):
        return say("write `{number}`", number=number)
    if _CHINESE_NUMBER.fullmatch(name):
        return say("write numbers in digits")
    if name in ("more", "above", "over", "less", "fewer"):
        return say("`>=` says “or more” already, `<=` “or less”: delete `or {name}`", name=name)
    if name in ("yes", "no", "on", "off", "是", "否"):
        return say("write `{more}`", more=ours("true" if name in ("yes", "on", "是") else "false"))
    return UNSAID


def _comparison(reader: Reader) -> Said:
    """Help for a name that is like no other: how a condition is written, with the measures that there are."""
    measures = list(reader.names.measures)
    if not 0 < len(measures) <= MOST_SHOWN:
        return UNSAID
    measure = "days_away" if "days_away" in measures else measures[0]
    return say("a condition compares a measure with a number, such as `{measure} >= 3`;\nmeasures are {listed}", measure=measure, listed=listed(measures))


def status_help(word: str) -> Said:
    """Help for the Chinese word of a status: `dropped_out` for `辍学`; empty where it is none."""
    found = next((status for status, said in TABLES["zh"].roll.items() if said == word), "")
    return say("write `{found}`", found=ours(found, "status")) if found else UNSAID


def _no_status(name: str) -> Said:
    said = {word: status for status, word in TABLES["zh"].roll.items()}
    meant = denied(name, said)
    return say("write `not {said}`", said=ours(said[meant], "status")) if meant else UNSAID


def statuses() -> Said:
    """Help that lists the statuses with what reports call them."""
    said = [say("`{status}` {word}", status=ours(status, "status"), word=TABLES["zh"].roll[status]) for status in STATUSES]
    return say("a status is {some},\n{others}", some=listed_of(said[:6]), others=listed_of(said[6:]))


def _like_a_status(name: str) -> bool:
    return len(name) == 2 and any(sign in said for said in TABLES["zh"].roll.values() for sign in name)


def did_you_mean(reader: Reader, near: str) -> Said:
    """Help that names what is spelled most like a name, empty where nothing is."""
    if not near:
        return UNSAID
    line = say(" (line {line})", line=reader.names.lines[near]) if near in reader.names.lines else UNSAID
    known = {*bare(reader.names), *reader.names.items, *reader.names.stages, *reader.names.ladders}
    return say("did you mean `{near}`{line}?", near=near if near in known else ours(near), line=line)


def known_result(reader: Reader, item: str, result: str, node: ast.expr) -> None:
    """An item whose results are listed has no other."""
    results = reader.names.results.get(item) or reader.names.results.get(item.rpartition(".")[2])
    if results and result not in results:
        near = nearest(result, results)
        help = say('did you mean `"{near}"`?', near=near) if near else say("its results are {listed}", listed=listed(f'"{one}"' for one in results))
        reader.wrong("unknown-result", say("`{item}` has no result `{result}`", item=item, result=result), node, help)
