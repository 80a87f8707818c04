"""Where a name is defined, where it is used, and what must change when it is called otherwise."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator

from attrs import frozen

from ..language import nameable, reserved
from ..load import check_policy
from ..loading.people import BUILT_IN
from ..messages import UNSAID, Said, say
from ..source import Problem, Source, Span
from .kinds import document_of
from .mentions import BARE, Mention, mentions_of
from .positions import bounds, holds
from .texts import Texts, reading_of

# Names that may not be alike, since a path or a condition could mean either.
_TOGETHER = (BARE, ("role",), ("ladder", "duty", "target"), ("stage", "item"), ("register",))


@frozen
class Edit:
    """A stretch of a file and what is to stand there."""

    span: Span
    text: str


class NoRename(Exception):
    """A name cannot be changed so, and why, as it is `Said`."""


def mention_at(texts: Texts, path: str, offset: int) -> Mention | None:
    """What an open policy names at a place."""
    source = texts.source(path)
    return next((found for found in mentions_of(reading_of(texts, path)) if holds(found.span, source, offset)), None)


def definitions(texts: Texts, path: str, offset: int) -> tuple[Span, ...]:
    """Where the name at a place is defined; an item's may be in several places."""
    found = mention_at(texts, path, offset)
    if found is None:
        return ()
    return tuple(one.span for one in mentions_of(reading_of(texts, path)) if one.defines and one.symbol == found.symbol)


def references(texts: Texts, path: str, offset: int) -> tuple[Span, ...]:
    """Every place that names the same, in the files that this one builds on and in the open ones that build on them."""
    found = mention_at(texts, path, offset)
    return () if found is None else tuple(_all(texts, path, found))


def rename(texts: Texts, path: str, offset: int, new: str) -> tuple[Edit, ...]:
    """The changes that call the name at a place otherwise, everywhere. Raises `NoRename` where that cannot be."""
    found = mention_at(texts, path, offset)
    if found is None:
        raise NoRename(say("no name of this policy stands here"))
    if found.kind == "result":
        raise NoRename(say("outcomes are recorded with the word `{name}`: change its title under `results:`, or what is recorded first", name=found.name))
    if reserved(new):
        raise NoRename(say("`{new}` is a word of the language", new=new))
    if not nameable(new):
        raise NoRename(say("`{new}` is no name: one begins with a letter and holds letters, digits and `_`", new=new))
    spans = tuple(_all(texts, path, found))
    shipped = next((span.source.path for span in spans if not _ours(texts, span.source)), "")
    if shipped:
        raise NoRename(say("`{name}` stands in {shipped} too, which is not open: open it, or leave the name", name=found.name, shipped=shipped))
    if new == found.name:
        return ()
    shared = _shared(texts, path, found, spans)
    if shared is not None:
        raise NoRename(say("line {line} of {path} names the stage of another ladder too", line=shared.line, path=shared.source.path))
    taken = _taken(texts, path, found, new)
    if taken:
        raise NoRename(say("`{new}` is taken: {taken}", new=new, taken=taken))
    edits = tuple(Edit(span, _written(span, found.name, new)) for span in spans)
    after = changed(texts, edits)
    _is_sound(texts, after, path, edits)
    _says_the_same(texts, after, path, edits, new)
    return edits


def _all(texts: Texts, path: str, found: Mention) -> Iterable[Span]:
    every = (one for other in _around(texts, path) for one in mentions_of(reading_of(texts, other)))
    spans: dict[tuple[str, int, int], Span] = {}
    for one in every:
        if one.symbol == found.symbol:
            spans.setdefault((one.span.source.path, *bounds(one.span)), one.span)
    return spans.values()


def _around(texts: Texts, path: str) -> Iterator[str]:
    """A policy, and the open ones that share a file with it."""
    yield path
    below = {posixpath.normpath(file.source.path) for file in reading_of(texts, path).files}
    for other in (one for one in texts.open if one != path and document_of(texts.source(one)).kind == "policy"):
        if below & {posixpath.normpath(file.source.path) for file in reading_of(texts, other).files if file.source.path in texts.open}:
            yield other


def _shared(texts: Texts, path: str, found: Mention, spans: Iterable[Span]) -> Span | None:
    """Where one of the places of a name stands for another thing too, as in a register that asks for a stage of several ladders."""
    named = {(span.source.path, bounds(span)) for span in spans}
    every = (one for open_ in _around(texts, path) for one in mentions_of(reading_of(texts, open_)))
    return next((one.span for one in every if one.symbol != found.symbol and (one.span.source.path, bounds(one.span)) in named), None)


def _ours(texts: Texts, source: Source) -> bool:
    return posixpath.normpath(source.path) in texts.open


def _taken(texts: Texts, path: str, found: Mention, new: str) -> Said:
    """Who has a name already, empty where nobody has."""
    kinds = next(group for group in _TOGETHER if found.kind in group)
    if found.kind == "role" and new in BUILT_IN:
        return say("every policy has this role")
    for one in mentions_of(reading_of(texts, path)):
        if one.defines and one.name == new and one.kind in kinds and (not found.ladder or not one.ladder or one.ladder == found.ladder):
            return say("line {line} of {path}", line=one.span.line, path=one.span.source.path)
    return UNSAID


def _written(span: Span, old: str, new: str) -> str:
    """The new name as the old one stands in its file, perhaps in quotes."""
    start, end = bounds(span)
    said = span.source.text[start:end]
    return said.replace(old, new) if old in said else new


def _says_the_same(texts: Texts, after: Texts, path: str, edits: Iterable[Edit], new: str) -> None:
    """Refuses a name that would stand for a word of the language elsewhere: in Chinese files names come before words."""
    for one in sorted({path, *(posixpath.normpath(edit.span.source.path) for edit in edits)}):
        if len(mentions_of(reading_of(after, one))) != len(mentions_of(reading_of(texts, one))):
            raise NoRename(say("`{new}` is a word of the language that stands in {one}", new=new, one=one))


def _is_sound(texts: Texts, after: Texts, path: str, edits: Iterable[Edit]) -> None:
    """Refuses changes after which a file would have a problem that it has not now."""
    for one in sorted({path, *(posixpath.normpath(edit.span.source.path) for edit in edits)}):
        new = _problems(after, one)
        more = Counter(problem.kind for problem in new) - Counter(problem.kind for problem in _problems(texts, one))
        if more:
            why = next(problem.message for problem in new if problem.kind in more)
            raise NoRename(say("the policy would no longer be read: {why}", why=why))


def _problems(texts: Texts, path: str) -> list[Problem]:
    return [problem for problem in check_policy(texts.source(path), find=texts.find)[1] if not problem.warning]


def changed(texts: Texts, edits: Iterable[Edit]) -> Texts:
    """The open texts after some changes."""
    new: dict[str, str] = dict(texts.open)
    by_path: dict[str, list[Edit]] = {}
    for edit in edits:
        by_path.setdefault(posixpath.normpath(edit.span.source.path), []).append(edit)
    for path, own in by_path.items():
        text = new[path]
        for edit in sorted(own, key=lambda edit: bounds(edit.span), reverse=True):
            start, end = bounds(edit.span)
            text = text[:start] + edit.text + text[end:]
        new[path] = text
    return Texts(new)
