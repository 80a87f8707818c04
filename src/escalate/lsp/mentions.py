"""Every place that names something of a policy: where it is defined, and where it is used, in conditions and deadlines too."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from attrs import frozen

from ..language import FUNCTIONS
from ..places import placed
from ..scan import Word, scan
from ..schema import DOCUMENTS
from ..schema.shapes import Ref
from ..source import Span
from .texts import File, Reading
from .walking import Spot, spots

# What an author names; the first four share one namespace in conditions.
BARE = ("measure", "parameter", "flag")
KINDS = (*BARE, "role", "ladder", "stage", "item", "duty", "target", "register", "result")
# Values in which names stand among other words.
_CONDITIONS = ("condition", "column")
_AMOUNTS = ("amount", "deadline", "window", "interval", "place", "base", "again", "rule", "length", "text")
_TAKES: Mapping[str, tuple[str, ...]] = {
    "item": ("item",), "stage": ("stage",), "ladder": ("ladder",), "moment": ("stage", "item"), "target": ("target",), "role": ("role",),
}  # fmt: skip
_OF_RESULTS = ("outcome", "times")
_WORD = re.compile(r"[^\W\d]\w*")
_PATH = re.compile(r"[^.]+")


@frozen
class Mention:
    """One place that names something. ladder: of a stage, whose it is. defines: whether it stands here as its own name."""

    kind: str
    name: str
    span: Span
    ladder: str = ""
    defines: bool = False

    @property
    def symbol(self) -> tuple[str, str, str]:
        """What it names: two mentions of one symbol name one thing."""
        return self.kind, self.ladder, self.name


@lru_cache(32)
def mentions_of(reading: Reading) -> tuple[Mention, ...]:
    """Every mention in the files of a policy, those of the last file that is extended first."""
    walked = [spot for file in reversed(reading.files) for spot in _spots(file)]
    defined = [mention for spot in walked for mention in _defined(spot)]
    known = {(mention.kind, mention.ladder, mention.name) for mention in defined}
    used = [mention for spot in walked for mention in _Uses(known, _home(spot.path, known)).of(spot)]
    return tuple(dict.fromkeys((*defined, *used)))


def _spots(file: File) -> Iterator[Spot]:
    return spots(DOCUMENTS["policy"], file.tree) if file.shape == "policy" else iter(())


def _defined(spot: Spot) -> Iterator[Mention]:
    if spot.what != "name" or spot.kind not in (*KINDS, "path") or _is_branch(spot):
        return
    if spot.kind != "path":
        yield Mention(spot.kind, spot.node.text, inside(spot, 0, len(spot.node.text)), spot.path[1] if spot.kind == "stage" else "", defines=True)
        return
    if spot.path[:1] == ("add",) and isinstance(spot.held, Ref) and spot.held.thing in KINDS:
        *above, (start, end) = [found.span() for found in _PATH.finditer(spot.node.text)]
        kind = spot.held.thing
        ladder = spot.node.text[slice(*above[0])] if kind == "stage" and above else ""
        yield Mention(kind, spot.node.text[start:end], inside(spot, start, end), ladder, defines=True)


def _is_branch(spot: Spot) -> bool:
    """Whether a result is what opens further items, not what has a title."""
    return spot.kind == "result" and spot.path[-1:] == ("if_outcome",)


def _home(path: Sequence[str], known: Collection[tuple[str, str, str]]) -> str:
    """The ladder in which a word stands, empty where it stands in none."""
    if path[:1] == ("ladders",) and len(path) > 1:
        return path[1]
    first = path[1].partition(".")[0] if path[:1] in (("replace",), ("add",)) and len(path) > 1 else ""
    return first if ("ladder", "", first) in known else ""


def inside(spot: Spot, start: int, end: int) -> Span:
    """A stretch of a word's text in its source."""
    if spot.node.written is not None:
        start, end = spot.node.written.stretch(start, end)
    return placed(spot.written, spot.node.span)(start, end) or spot.node.span


@frozen
class _Uses:
    """Finds what one word of a file names. known: every symbol that is defined; home: the ladder in which the word stands."""

    known: Collection[tuple[str, str, str]]
    home: str

    def of(self, spot: Spot) -> Iterator[Mention]:
        text = spot.node.text
        if spot.what == "name":
            if spot.kind == "set":
                yield from self.bare(spot, text, 0)
            elif _is_branch(spot):
                yield from self.one(spot, ("result",), text, 0)
            elif spot.kind == "path":
                yield from self.path(spot, text, 0, ("ladder", "duty", "target", *BARE, "role", "register"), defines=spot.path[:1] == ("add",))
        elif spot.what != "value":
            return
        elif spot.kind in _CONDITIONS:
            yield from self.condition(spot, text)
        elif spot.kind in ("role", "level", "parameter", "register", "result"):
            yield from self.one(spot, (spot.kind if spot.kind != "level" else "role",), text, 0)
        elif spot.kind == "beside":
            yield from self.one(spot, ("stage", "item", *BARE, "role"), text, 0)
        elif spot.kind == "item":
            yield from self.path(spot, text, 0, ("item",))
        elif spot.kind in _AMOUNTS and not (spot.kind == "text" and spot.path[-1:] != ("entry",)):
            yield from self.words(spot, text)

    def one(self, spot: Spot, kinds: Iterable[str], name: str, start: int) -> Iterator[Mention]:
        """A name of one of some kinds, the first that defines it; a stage that is named outside of ladders is that of each that has it."""
        for kind in kinds:
            anywhere = kind == "stage" and not self.home
            ladders = sorted(ladder for one, ladder, own in self.known if (one, own) == (kind, name)) if anywhere else [self.home if kind == "stage" else ""]
            found = [Mention(kind, name, inside(spot, start, start + len(name)), ladder) for ladder in ladders if (kind, ladder, name) in self.known]
            if found:
                yield from found
                return

    def bare(self, spot: Spot, name: str, start: int) -> Iterator[Mention]:
        yield from self.one(spot, BARE, name, start)

    def words(self, spot: Spot, text: str) -> Iterator[Mention]:
        """The parameters and measures among other words; behind `since` a stage or an item."""
        since = text.startswith("since ")
        for found in _WORD.finditer(text):
            yield from self.one(spot, ("stage", "item") if since else ("parameter", "measure"), found.group(), found.start())

    def path(self, spot: Spot, text: str, start: int, kinds: Sequence[str], *, defines: bool = False) -> Iterator[Mention]:
        """A path such as `ladder.stage.item`; without dots a name of one of some kinds. defines: its last part is named here."""
        parts = [(found.group(), start + found.start()) for found in _PATH.finditer(text)]
        ladder, head = "", True
        for n, (name, at) in enumerate(parts):
            last = n + 1 == len(parts)
            if last and defines:
                return
            if len(parts) == 1:
                yield from self.one(spot, kinds, name, at)
            elif head and not ladder and (found := next((kind for kind in ("ladder", "duty", "target") if (kind, "", name) in self.known), "")):
                ladder, head = name, False
                yield Mention(found, name, inside(spot, at, at + len(name)))
            elif ("stage", ladder or self.home, name) in self.known:
                yield Mention("stage", name, inside(spot, at, at + len(name)), ladder or self.home)
            elif ("item", "", name) in self.known:
                yield Mention("item", name, inside(spot, at, at + len(name)))
            else:
                yield from self.bare(spot, name, at) if n == 1 and not ladder else ()

    def condition(self, spot: Spot, text: str) -> Iterator[Mention]:
        """The names of a condition: what stands alone, what a function is asked of, whose role an option names, and the results of items."""
        words = scan(text, frozenset(name for kind, _, name in self.known if kind in BARE))[0]
        of_results = any(word.kind == "name" and text[word.start : word.end] in _OF_RESULTS for word in words)
        n = 0
        while n < len(words):
            stop = _path_end(words, n)
            if words[n].kind == "text" and of_results:
                yield from self.one(spot, ("result",), words[n].text, words[n].start + 1)
            if words[n].kind == "name":
                name, after = text[words[n].start : words[stop - 1].end], words[stop].kind if stop < len(words) else ""
                asked = words[n - 2].text if n >= 2 and words[n - 1].kind == "(" and words[n - 2].kind == "name" else ""
                takes = _TAKES.get(FUNCTIONS[asked].takes, ()) if asked in FUNCTIONS else ()
                if takes:
                    yield from self.path(spot, name, words[n].start, takes)
                elif after not in ("(", "="):
                    yield from self.one(spot, (*BARE, "role") if spot.kind == "column" else BARE, name, words[n].start)
            n = stop


def _path_end(words: Sequence[Word], n: int) -> int:
    """Behind the last word of a name with dots that begins at a word."""
    stop = n + 1
    while words[n].kind == "name" and stop + 1 < len(words) and words[stop].kind == "." and words[stop + 1].kind == "name":
        stop += 2
    return stop
