"""Reading YAML nodes as values: each method takes a node and gives a value or adds a problem and gives None."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterable, Iterator, Sequence

from ..loading.lists import apart
from ..meant import KEYS, meant
from ..messages import UNSAID, Said, listed, ours, say
from ..parse import ListNode, MapNode, Node, TextNode
from ..slips.dates import dates_meant, stretches_meant
from ..source import Problem, Span
from ..translate.shapes import words_of
from ..translate.spoken import keys_beside, read_on
from .moments import misread, parse_date

Date = datetime.date


class Nodes:
    """The problems met while a text is read."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self.problems = list(problems)

    def problem(self, kind: str, message: Said, span: Span | None, help: Said = UNSAID, warning: bool = False) -> None:
        """Notes a problem."""
        self.problems.append(Problem(kind, message, span, help, warning))

    @property
    def failed(self) -> bool:
        """Whether a problem is more than a warning."""
        return any(not problem.warning for problem in self.problems)

    def keys(self, node: Node | None, known: Iterable[str], what: Said) -> dict[str, Node]:
        """A map whose keys are all known; an unknown one is a problem, and read as the one that is meant where that is not written."""
        names = tuple(known)
        found: dict[str, Node] = {}
        entries = list(self.entries(node, what))
        chinese = keys_beside([key for key, _ in entries], names, node.span if node is not None else None)
        written = {key.text for key, _ in entries}
        for key, value in entries:
            if key.text in names:
                found[key.text] = value
            else:
                close = meant(key.text, names, KEYS, words_of(names))
                help = _meant_or_these(chinese.get(close, close), [chinese.get(name, name) for name in names])
                self.problem("unknown-key", say("unknown key `{text}` in {what}", text=key.text, what=what), key.span, help)
                below = read_on(key, value, names, close)
                if below is not None and close not in written:
                    found.setdefault(close, below)
        return found

    def entries(self, node: Node | None, what: Said) -> Iterator[tuple[TextNode, Node]]:
        """The entries of a map; none where there is no node, a problem where it is no map."""
        if node is None or _is_empty(node):
            return
        if isinstance(node, MapNode):
            yield from node.entries
        else:
            self.problem("not-a-map", say("{what} must be a map of keys and values", what=what), node.span)

    def items(self, node: Node | None, what: Said) -> tuple[Node, ...]:
        """The items of a list."""
        if node is None or _is_empty(node):
            return ()
        if isinstance(node, ListNode):
            return node.items
        words = apart(node)
        help = say("write `[{words}]`", words=", ".join(words)) if words else UNSAID
        self.problem("not-a-list", say("{what} must be a list in [ ]", what=what), node.span, help)
        return ()

    def text(self, node: Node | None, what: Said) -> str | None:
        """A text that is not empty."""
        if node is None:
            return None
        if isinstance(node, TextNode):
            if node.text.strip():
                return node.text.strip()
            self.problem("empty-value", say("{what} is empty", what=what), node.span)
        else:
            self.problem("not-a-text", say("{what} must be a single value", what=what), node.span)
        return None

    def texts(self, node: Node | None, what: Said) -> list[tuple[str, Span]]:
        """A list of texts with their places."""
        found = []
        for item in self.items(node, what):
            text = self.text(item, say("an entry of {what}", what=what))
            if text is not None:
                found.append((text, item.span))
        return found

    def choice(self, node: Node | None, words: Iterable[str], what: Said, of: str | None = None) -> str | None:
        """One of some words; `of`: the kind of place, where those are words of ours."""
        text, known = self.text(node, what), list(words)
        if text is None or node is None or text in known:
            return text
        self.problem("unknown-word", say("unknown {what} `{text}`", what=what, text=text), node.span, near(text, known, of))
        return None

    def date(self, node: Node | None, what: Said) -> Date | None:
        """A date."""
        text = self.text(node, what)
        if text is None or node is None:
            return None
        try:
            return parse_date(text)
        except ValueError as error:
            self.misread(text, error, node.span, say("write 2025-10-01"), dates_meant(text))
            return None

    def misread(self, text: str, error: ValueError, span: Span, otherwise: Said, meant: tuple[str, ...] | None = None) -> None:
        """Notes a date that cannot be read."""
        kind, message, help = misread(text, error, otherwise, meant)
        self.problem(kind, message, span, help)

    def dates(self, node: Node | None, what: Said) -> tuple[Date, Date] | None:
        """A date, or a stretch of dates such as `2025-10-01..2025-10-08`, both ends counted."""
        text = self.text(node, what)
        if text is None or node is None:
            return None
        first, dots, last = text.partition("..")
        try:
            start = parse_date(first)
            end = parse_date(last) if dots else start
        except ValueError as error:
            self.misread(text, error, node.span, say("write 2025-10-01, or 2025-10-01..2025-10-08 for several"), stretches_meant(text))
            return None
        if end < start:
            self.problem("bad-dates", say("`{text}` ends before it begins", text=text), node.span)
            return None
        return start, end


def near(word: str, words: Iterable[str], of: str | None = None) -> Said:
    """Help for a word that is not among those known; `of`: the kind of place, where those are words of ours."""
    known = list(dict.fromkeys(words))
    if of is None:
        return _meant_or_these(nearest(word, known), known)
    close = meant(word, known, of)
    return _meant_or_these(ours(close, of) if close else "", [ours(one, of) for one in known])


def _meant_or_these(close: str, known: Sequence[str]) -> Said:
    if close:
        return say("did you mean `{found}`?", found=close)
    return say("known here: {listed}", listed=listed(known)) if known else UNSAID


def nearest(word: str, words: Iterable[str]) -> str:
    """The word that is spelled most like one that is not known, empty where none is."""
    return next(iter(difflib.get_close_matches(word, list(words), 1, 0.6)), "")


def _is_empty(node: Node) -> bool:
    return isinstance(node, TextNode) and not node.quoted and node.text in ("", "~", "null")
