"""A policy while it is being read: its names so far, and every problem found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import define, field

from ..conditions import Condition, Lit
from ..grammar import parse_condition
from ..language import Names, bare, closest, nameable, reserved
from ..meant import meant
from ..messages import UNSAID, Said, listed, ours, quoting, say
from ..parse import MapNode, Node, TextNode, Written
from ..policy import BeforeNextSchoolDay, Due, Mark, Measure, Parameter
from ..source import Problem, Source, Span
from ..translate.own import Own

# Stands for a condition that has a problem, so that no check speaks of it again.
UNREAD = Condition(Lit(None), "")
# Stands for a deadline that has a problem, for the same reason.
UNREAD_DUE: Due = BeforeNextSchoolDay()
# Past so many problems no more is guessed or read into conditions: looking for near names takes time for each.
MANY = 300
ONE_VALUE = say("one value")


@define
class Draft:
    """What the readers of single things share.

    names: what conditions may say. parameters, marks and measures: those read so far. actors: roles with the level
    that each is held for; above: the role one step up; titled: roles by their titles. sources: the files, from the one that builds on all.
    duty_names: names for duties and targets; duty: whether
    one of them, or one of their items, is being read.
    """

    problems: list[Problem] = field(factory=list)
    lang: str = "zh"
    names: Names = field(factory=Names)
    parameters: Mapping[str, Parameter] = field(factory=dict)
    marks: Mapping[str, Mark] = field(factory=dict)
    measures: Mapping[str, Measure] = field(factory=dict)
    actors: Mapping[str, str] = field(factory=dict)
    above: Mapping[str, str] = field(factory=dict)
    titled: Mapping[str, str] = field(factory=dict)
    duty_names: Names = field(factory=Names)
    sources: tuple[Source, ...] = ()
    duty: bool = False

    def own(self) -> Own:
        """The names that are known so far, by where they may stand."""
        names = self.names
        return Own(
            frozenset(self.parameters), frozenset(self.actors), bare(names),
            frozenset().union(names.stages, names.items), frozenset(self.marks),
        )

    def wrong(self, kind: str, message: Said, place: Node | Span | None, help: Said = UNSAID, warning: bool = False) -> None:
        """Note a problem; reading goes on. What it says of a text in other words than its author's, it says in the author's."""
        span = place if isinstance(place, Span) or place is None else place.span
        if isinstance(place, TextNode) and place.written is not None:
            message = quoting(message, " ".join(place.text.split()), place.written.text)
        self.problems.append(Problem(kind, message, span, help, warning))

    def condition(self, node: Node | None) -> Condition | None:
        """The condition that a text says, None where none is written, `UNREAD` where it cannot be read."""
        if node is None:
            return None
        text = self.text(node, say("a condition"))
        if not text or len(self.problems) > MANY:
            return UNREAD
        found, problems = parse_condition(text, node.span, self.duty_names if self.duty else self.names, written(node))
        self.problems += problems
        return found or UNREAD

    def text(self, node: Node | None, what: Said = ONE_VALUE) -> str:
        """A plain text; a list or a mapping is a problem."""
        if node is None:
            return ""
        if not isinstance(node, TextNode):
            self.wrong("wrong-shape", say("{what} must stand here, not {shape}", what=what, shape=_shape(node)), head(node), _shape_help(node))
            return ""
        if not node.text:
            self.wrong("missing-value", say("nothing stands here"), node, say("write a value, or delete the key"))
        return node.text

    def name(self, key: TextNode, what: Said) -> str:
        """A name that is being defined; a word of the language or a wrong spelling is a problem."""
        text = key.text
        if reserved(text):
            self.wrong(
                "reserved-name",
                say("`{text}` is a word of the language and cannot name {a}", text=text, a=a(what)),
                key,
                say("write another name, such as `{text}_1` or `our_{text}`", text=text),
            )
        elif not nameable(text):
            self.wrong(
                "bad-name",
                say("`{text}` cannot name {a}", text=text, a=a(what)),
                key,
                say("a name begins with a letter and holds letters, digits and `_`; a title may hold anything"),
            )
        return text

    def unknown(self, kind: str, what: Said, text: str, known: Iterable[str], place: Node | Span, of: str | None = None, meant: Said = UNSAID) -> None:
        """A word that nothing defines, with what was meant, else the nearest one that exists; `of`: the kind of place, where some are words of ours."""
        self.wrong(kind, say("unknown {what} `{text}`", what=what, text=text), place, meant or self.near(text, known, of))

    def near(self, text: str, known: Iterable[str], of: str | None = None) -> Said:
        """`did you mean` for a word, else what there is to choose from."""
        choices = list(dict.fromkeys(known)) if len(self.problems) <= MANY else []
        close = nearest(text, choices) if of is None else meant(text, choices, of)
        if close:
            line = self.names.lines.get(close)
            return say("did you mean `{close}`{more}?", close=close if of is None else ours(close, of), more=say(" (line {line})", line=line) if line else "")
        return one_of(choices, of) if 0 < len(choices) <= 12 else UNSAID


def written(node: Node) -> Written | None:
    """A text as its author wrote it, where it is read in other words."""
    return node.written if isinstance(node, TextNode) else None


def nearest(text: str, known: Iterable[str]) -> str:
    """The known word that looks most like a text, empty where none does."""
    return closest(text, list(known))


def one_of(choices: Iterable[str], kind: str | None = None) -> Said:
    """Help that lists what may stand: names of the author's, or words of ours of a kind of place."""
    return say("it is one of {listed}", listed=listed(choices if kind is None else (ours(one, kind) for one in choices)))


def a(what: Said) -> Said:
    """A word with its article."""
    return say("an {word}", word=what) if what[0] in "aeiou" else say("a {word}", word=what)


def head(node: Node) -> Span:
    """Where a node begins: its first key, its first item or itself, so that a caret marks one line."""
    if isinstance(node, MapNode) and node.entries and not node.flow:
        return node.entries[0][0].span
    span = node.span
    return (
        span
        if span.line == span.end_line
        else Span(span.source, span.line, span.col, span.line, len(span.source.line(span.line)) + 1)
    )


def _shape(node: Node) -> Said:
    return say("keys and values") if isinstance(node, MapNode) else say("a list")


def _shape_help(node: Node) -> Said:
    return say("a text that holds braces or brackets must be quoted") if isinstance(node, MapNode) and node.flow else UNSAID
