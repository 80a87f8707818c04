"""The only door to `yaml`: a text becomes nodes that know their places, and every scalar stays text.

YAML's own reading of scalars is left out on purpose: `no`, `on`, `10:30` and `010` are what an author wrote.
Anchors, aliases, tags and merge keys are refused, so a node is a tree and its size is the text's.
"""

from __future__ import annotations

import codecs
import os
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import cast

import yaml
from attrs import field, frozen

from . import slips
from .messages import UNSAID, Said, noun, say
from .source import Problem, Source, Span

__all__ = ["ListNode", "MapNode", "Node", "TextNode", "Written", "parse", "read_source"]

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 50
MAX_NODES = 20_000
_QUICK: type[yaml.CSafeLoader] | None = getattr(yaml, "CSafeLoader", None)  # where PyYAML was built with libyaml
_READ_OTHERWISE = re.compile(r"[\t\r?\ufeff\x85\u2028\u2029]|[|>][-+0-9]*#")
KEPT = 32  # trees of texts: one file is extended by many, and stands behind many specs
# Controls, lone surrogates, signs that turn the reading direction, and signs that nobody sees.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)


@frozen
class Written:
    """A text as its author wrote it, where it is read in other words; pieces: from, to, and how many signs are read in their place."""

    text: str
    pieces: tuple[tuple[int, int, int], ...]

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """The stretch that was written for one of what is read."""
        return self._back(start, 0), self._back(end, 1)

    def _back(self, at: int, ends: int) -> int:
        """Where a stretch begins, or ends; inside of what was put in, at the begin or the end of what stood there."""
        moved = 0  # how much further on what is read stands
        for begin, stop, size in self.pieces:
            here = begin + moved
            if at - ends < here:
                break
            if at - ends < here + size:
                return stop if ends else begin
            moved += size - (stop - begin)
        return at - moved


@frozen
class TextNode:
    """A scalar as text, NFC normalised; `quoted` where quotes or a block sign marked it as text, `written` where it was put in other words."""

    text: str
    span: Span = field(eq=False, repr=False)
    quoted: bool = False
    written: Written | None = field(default=None, eq=False, repr=False)


@frozen
class ListNode:
    """A list of nodes."""

    items: tuple[Node, ...]
    span: Span = field(eq=False, repr=False)


@frozen
class MapNode:
    """Keys and values in the order written; `flow` where it stands in braces."""

    entries: tuple[tuple[TextNode, Node], ...]
    span: Span = field(eq=False, repr=False)
    flow: bool = field(default=False, eq=False)

    def get(self, key: str) -> Node | None:
        """The value of a key, None where it is not written."""
        return next((value for name, value in self.entries if name.text == key), None)


Node = TextNode | ListNode | MapNode
_Entries = list[tuple[TextNode, Node]]


class _Stop(Exception):
    """A problem after which the rest of the text cannot be read."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.message)


OFFICE = (b"PK\3\4", b"\xd0\xcf\x11\xe0")  # how the files of office programs begin, newer and older
OF_OFFICE = say("the file is one of Word, Excel or WPS, or packed, and no text")
GBK_TEXT = say("the file looks like GBK (GB18030): save it as UTF-8 in your editor")
AS_PLAIN = say("copy what it says into a file of plain text, in UTF-8")


def read_source(path: str | os.PathLike[str]) -> tuple[Source | None, list[Problem]]:
    """The text of a file, which must be UTF-8 (a byte order mark is dropped)."""
    name = os.fspath(path)
    try:
        with open(name, "rb") as file:
            data = file.read(4 * MAX_CHARACTERS + 4)
    except OSError as error:
        return None, [Problem("no-file", say("cannot read `{name}`: {strerror}", name=name, strerror=noun((error.strerror or "unknown reason").lower())))]
    return decoded(data, name)


def decoded(data: bytes, name: str) -> tuple[Source | None, list[Problem]]:
    """The text of some bytes."""
    start = Span(Source(name, ""), 1, 1, 1, 1)
    if data.startswith(OFFICE):
        return None, [Problem("not-text", OF_OFFICE, start, AS_PLAIN)]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None, [Problem("not-utf8", say("the file is UTF-16, not UTF-8"), start, say("save it as UTF-8"))]
    try:
        return Source(name, data.decode("utf-8-sig")), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        col = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")) + 1
        place = Span(Source(name, ""), line, col, line, col)
        return None, [Problem("not-utf8", say("the file is not UTF-8"), place, _encoding_help(data))]


def _encoding_help(data: bytes) -> Said:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return say("save it as UTF-8")
    return GBK_TEXT


def parse(source: Source) -> tuple[Node | None, list[Problem]]:
    """The tree of a text and what is wrong with it; no tree where the rest could not be read."""
    tree, problems = _parsed(source)
    return tree, list(problems)


@lru_cache(maxsize=KEPT)
def _parsed(source: Source) -> tuple[Node | None, tuple[Problem, ...]]:
    refused = _refused(source)
    if refused:
        return None, tuple(refused)
    return _quickly(source) or _slowly(source)


def _quickly(source: Source) -> tuple[Node, tuple[Problem, ...]] | None:
    """The tree as libyaml reads it, which takes a tenth of the time; None where that is missing, finds anything wrong, or is known to read otherwise."""
    if _QUICK is None or _READ_OTHERWISE.search(source.text):
        return None
    builder = _Builder(source, _QUICK)
    try:
        return builder.document(), tuple(builder.problems)
    except (_Stop, yaml.YAMLError, ValueError, OverflowError):
        return None  # what is wrong is said by one reader alone


def _slowly(source: Source) -> tuple[Node | None, tuple[Problem, ...]]:
    """The tree as PyYAML reads it, and what is wrong."""
    builder = _Builder(source, yaml.SafeLoader)
    try:
        return builder.document(), tuple(builder.problems)
    except _Stop as stop:
        last = stop.problem
    except yaml.MarkedYAMLError as error:
        last = slips.explain(source, _trouble(error))
    except (yaml.YAMLError, ValueError, OverflowError):
        # An escape such as "\UFFFFFFFF" makes the scanner raise what is not its own error.
        last = _bad_escape(source)
    return None, (*(problem for problem in builder.problems if not problem.warning), last)


def _refused(source: Source) -> list[Problem]:
    """What is refused before any YAML is read, so that time and memory are bounded."""
    if len(source.text) > MAX_CHARACTERS:
        return [
            Problem(
                "too-large",
                say("the file has more than {MAX_CHARACTERS:,} characters", MAX_CHARACTERS=MAX_CHARACTERS),
                _start(source),
                say("a policy is a few hundred lines; keep lists of students in the roster"),
            )
        ]
    problems = []
    for number, line in enumerate(_lines(source.text), 1):
        found = _FORBIDDEN.search(line, 1 if number == 1 and line.startswith("\ufeff") else 0)
        if found:
            problems.append(_forbidden(source, number, found.start() + 1, found.group()))
    return problems[:20]


def _lines(text: str) -> list[str]:
    return re.split("\r\n|[\n\r\x85\u2028\u2029]", text)


def _forbidden(source: Source, line: int, col: int, sign: str) -> Problem:
    code = f"U+{ord(sign):04X}"
    what = say("half of a character") if 0xD800 <= ord(sign) < 0xE000 else say("a sign that cannot be seen")
    return Problem(
        "control-character",
        say("{what} stands here ({code})", what=what, code=code),
        Span(source, line, col, line, col + 1),
        say("delete it; it often comes with text pasted from a chat or a word processor"),
    )


def _bad_escape(source: Source) -> Problem:
    for number, line in enumerate(source.lines, 1):
        found = re.search(r"\\U([0-9A-Fa-f]{8})", line)
        if found and int(found.group(1), 16) > 0x10FFFF:
            place = Span(source, number, found.start() + 1, number, found.end() + 1)
            return Problem(
                "not-yaml",
                say("`{found}` is no character", found=found.group()),
                place,
                say("write the character itself, or use single quotes"),
            )
    return Problem("not-yaml", say("this text cannot be read as YAML"), _start(source))


def _start(source: Source) -> Span:
    return Span(source, 1, 1, 1, 1)


def _trouble(error: yaml.MarkedYAMLError) -> slips.Trouble:
    place = error.problem_mark or error.context_mark
    context = error.context_mark or place
    if place is None or context is None:
        return slips.Trouble(1, 1, 1, 1, str(error))
    words = f"{error.context or ''} {error.problem or ''}"
    return slips.Trouble(place.line + 1, place.column + 1, context.line + 1, context.column + 1, words)


def _marks(event: yaml.Event) -> tuple[yaml.Mark, yaml.Mark]:
    # Every event that the loader makes has both marks; its types leave them open.
    return cast("yaml.Mark", event.start_mark), cast("yaml.Mark", event.end_mark)


def _holds(span: Span, other: Span) -> bool:
    return span.line == span.end_line == other.line and span.col <= other.col < span.end_col


def _said(span: Span) -> str:
    return span.source.line(span.line)[span.col - 1 : span.end_col - 1]


def _two(key: TextNode, end: int, sign: int = 0, begin: int = 0, stop: int | None = None) -> tuple[TextNode, TextNode]:
    """`due 3 school days`, or `due：3 school days` with a sign of one character between the two, as a key and its value; begin, stop: of the text's part."""
    span, text = key.span, key.text[:stop]
    start = len(text) - len(text[end + sign :].lstrip())
    parts = [Span(span.source, span.line, span.col + first, span.line, span.col + last) for first, last in ((begin, end), (start, len(text)))]
    value = text[start:]
    quoted = len(value) > 1 and value[0] in "\"'“‘" and value[-1] in "\"'”’"
    return TextNode(text[begin:end].strip(), parts[0]), TextNode(value[1:-1] if quoted else value, parts[1], quoted)


def _list(whole: Span) -> ListNode:
    """The list that was meant by names with commas between them."""
    found = re.finditer(r"\s*([^,，]*[^,，\s])", _said(whole))
    places = [(one.group(1), Span(whole.source, whole.line, whole.col + one.start(1), whole.line, whole.col + one.end(1))) for one in found]
    return ListNode(tuple(TextNode(unicodedata.normalize("NFC", text.strip("\"'")), span, text[0] in "\"'") for text, span in places), whole)


class _Builder:
    """From yaml's events to nodes, with the bounds of depth and number."""

    def __init__(self, source: Source, loader: type[yaml.SafeLoader | yaml.CSafeLoader]) -> None:
        self.source = source
        self.quick = loader is _QUICK
        self.problems: list[Problem] = []
        self.count = 0
        self.events: Iterator[yaml.Event] = yaml.parse(source.text, Loader=loader)

    def document(self) -> Node:
        next(self.events)
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            raise self.stop("empty-file", say("the file holds nothing"), event, say("start with `policy: a-name`"))
        node = self.node(next(self.events), 0)
        next(self.events)
        event = next(self.events)
        if isinstance(event, yaml.DocumentStartEvent):
            raise self.stop(
                "several-documents",
                say("a second document begins here"),
                event,
                say("one file holds one policy: remove the line `---`, or make two files"),
            )
        return node

    def node(self, event: yaml.Event, depth: int) -> Node:
        self.count += 1
        if depth > MAX_DEPTH:
            raise self.stop("too-deep", say("more than {MAX_DEPTH} levels of nesting", MAX_DEPTH=MAX_DEPTH), event)
        if self.count > MAX_NODES:
            raise self.stop("too-large", say("the file has more than {MAX_NODES:,} values", MAX_NODES=MAX_NODES), event)
        self.refuse_sharing(event)
        if isinstance(event, yaml.ScalarEvent):
            return self.text(event)
        return self.list(event, depth) if isinstance(event, yaml.SequenceStartEvent) else self.map(event, depth)

    def refuse_sharing(self, event: yaml.Event) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            raise self.stop(
                "anchor", say("`*{anchor}` repeats another value", anchor=anchor), event, self.as_text(event, say("write the value out"))
            )
        if anchor:
            help = say("write the value out where it is used")
            help = self.as_text(event, help) if isinstance(event, yaml.ScalarEvent) else help
            raise self.stop("anchor", say("`&{anchor}` names a value for repeating", anchor=anchor), event, help)
        if tag:
            raise self.stop("tag", say("`{tag}` is a YAML tag", tag=tag), event, self.as_text(event, say("for `not` write `not`")))

    def as_text(self, event: yaml.Event, otherwise: Said) -> Said:
        start = _marks(event)[0]
        return slips.quoted_help(self.source, start.line + 1, start.column + 1, otherwise)

    def text(self, event: yaml.ScalarEvent) -> TextNode:
        span = self.span(event)
        text = unicodedata.normalize("NFC", event.value)
        if any("\ud800" <= char <= "\udfff" for char in text):
            raise _Stop(Problem("control-character", say("half of a character stands in this text"), span, say("delete it")))
        quoted = bool(event.style)
        if self.quick and not quoted and not event.value:
            raise yaml.YAMLError("nothing stands here, and the two readers say otherwise where")
        cut = None if quoted else slips.cut_by_comment(self.source, span)
        if cut:
            self.problems.append(cut)
        return TextNode(text if quoted else text.strip(), span, quoted)

    def list(self, event: yaml.Event, depth: int) -> ListNode:
        items: list[Node] = []
        following = next(self.events)
        while not isinstance(following, yaml.SequenceEndEvent):
            items.append(self.node(following, depth + 1))
            following = next(self.events)
        return ListNode(tuple(items), self.whole(event, following, items[-1].span if items else None))

    def map(self, event: yaml.Event, depth: int) -> MapNode:
        entries: _Entries = []
        seen: dict[str, TextNode] = {}
        flow = bool(getattr(event, "flow_style", False))
        following = next(self.events)
        while not isinstance(following, yaml.MappingEndEvent):
            key = self.key(following, depth, flow)
            value = self.meant(self.node(next(self.events), depth + 1), key.text)
            if flow and self.lacks_colon(key, value):
                self.cut(key, entries)
            elif self.is_new(key, seen):
                entries.append((key, value))
            following = next(self.events)
        return MapNode(tuple(entries), self.whole(event, following, entries[-1][1].span if entries else None), flow)

    def meant(self, value: Node, key: str) -> Node:
        """A value without the full-width quotes round it, of which a problem speaks."""
        if isinstance(value, ListNode):
            return ListNode(tuple(self.meant(item, key) if isinstance(item, TextNode) else item for item in value.items), value.span)
        if not isinstance(value, TextNode) or value.quoted or not value.text.startswith(("｛", "“", "‘")):
            return value
        if braces := slips.wide_braces(self.source, value.span, value.text, key=False):
            raise _Stop(braces)
        quotes = slips.curly_quotes(self.source, value.span, value.text, key)
        if quotes is None:
            return value
        self.problems.append(quotes)
        return value if quotes.warning else TextNode(value.text[1:-1], value.span, quoted=True)

    def is_told(self, problem: Problem) -> bool:
        """Whether a problem of this kind is told of the line already, whose help shows all of it mended."""
        place = (problem.kind, problem.span.line if problem.span else 0)
        return any(place == (one.kind, one.span.line if one.span else 0) for one in self.problems)

    def cut(self, key: TextNode, entries: _Entries) -> None:
        """A key without a colon: the rest of the value before it, which is read on as it was meant."""
        before, value = entries[-1] if entries else (None, None)
        if value is not None and _holds(value.span, key.span):
            return  # a further piece of a value that is whole already
        begun = slips.begun_key(key.text, before.span if before else None)
        problem = slips.no_colon(self.source, key.span, key.text, before.span if before else None)
        if problem.kind != "full-width" or not self.is_told(problem):
            self.problems.append(problem)
        whole = slips.whole_value(self.source, key.span, before.span if before else None)
        if problem.kind in ("full-width", "missing-space"):
            entries += [_two(key, colon, 1, begin, end) for begin, colon, end in slips.parts_of(key.text)]
        elif begun and problem.kind == "no-colon":
            entries.append(_two(key, len(begun)))
        elif before is not None and whole is not None and problem.kind == "unquoted-value":
            entries[-1] = (before, _list(whole) if slips.takes_list(before.span) else TextNode(unicodedata.normalize("NFC", _said(whole)), whole))

    def key(self, event: yaml.Event, depth: int, flow: bool) -> TextNode:
        self.refuse_sharing(event)
        if not isinstance(event, yaml.ScalarEvent):
            raise self.stop("key-not-text", say("a key must be a plain name"), event, self.as_text(event, UNSAID))
        start = _marks(event)[0]
        if odd := slips.odd_blank(self.source, start.line + 1, start.column + 1):
            raise _Stop(odd)
        key = self.text(event)
        if not key.quoted and ("：" in key.text or key.text.startswith(("｛", "［"))) and (wide := self.wide_key(key, flow)):
            raise _Stop(wide)
        if key.text == "<<" and not key.quoted:
            raise self.stop("merge-key", say("`<<` merges another value"), event, say("write the keys out, or use `extends`"))
        return key

    def wide_key(self, key: TextNode, flow: bool) -> Problem | None:
        """What is wrong with a key that full-width signs made of more than a name."""
        followed = flow and self.source.line(key.span.end_line)[key.span.end_col - 1 :].lstrip().startswith(":")
        return slips.wide_braces(self.source, key.span, key.text, key=True) or (slips.wide_parts(self.source, key.span, key.text) if followed else None)

    def is_new(self, key: TextNode, seen: dict[str, TextNode]) -> bool:
        first = seen.setdefault(key.text, key)
        if first is not key:
            self.problems.append(
                Problem(
                    "repeated-key",
                    say("`{text}` stands here a second time", text=key.text),
                    key.span,
                    say("it stands first in line {line}; keep one of the two", line=first.span.line),
                )
            )
        return first is key

    def lacks_colon(self, key: TextNode, value: Node) -> bool:
        if not isinstance(value, TextNode) or value.text or value.quoted:
            return False
        rest = self.source.line(key.span.end_line)[key.span.end_col - 1 :].lstrip()
        return not rest.startswith(":")

    def span(self, event: yaml.Event) -> Span:
        start, end = _marks(event)
        return Span(self.source, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def whole(self, first: yaml.Event, last: yaml.Event, child: Span | None) -> Span:
        # The end that yaml gives a block is the beginning of what follows it.
        start, end = _marks(first)[0], _marks(last)[1]
        if child is not None and not getattr(first, "flow_style", False):
            return Span(self.source, start.line + 1, start.column + 1, child.end_line, child.end_col)
        return Span(self.source, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def stop(self, kind: str, message: Said, event: yaml.Event, help: Said = UNSAID) -> _Stop:
        return _Stop(Problem(kind, message, self.span(event), help))
