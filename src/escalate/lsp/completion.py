"""What may be written at a place: keys, words of a choice, and the policy's own names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from attrs import evolve, frozen

from ..language import BUILTINS, CONSTANTS, FUNCTIONS
from ..loading.anchors import GROUPS
from ..loading.people import BUILT_IN, LEVELS
from ..loading.registers import OF_STUDENTS
from ..phrases import phrases_for
from ..policy import STATUSES
from ..schema.spellings import spellings
from ..wording import Wording
from .kinds import document_of
from .mentions import BARE, Mention, mentions_of
from .spoken import chinese, in_chinese
from .texts import File, Reading, Texts, reading_of
from .walking import Spot, spots

HERE = "zz_here"  # stands where something is being written
_WORD = re.compile(r"[\w.]*\Z")
_REST = re.compile(r"^\w*")
_ASKED = re.compile(r"(\w+)\(\s*[\w.]*$")
_OF = {"item": ("item",), "stage": ("stage",), "ladder": ("ladder",), "moment": ("stage", "item"), "target": ("target",), "role": ("role",)}


@frozen
class Offer:
    """One thing that may be written. kind: `key`, `word` or what the name is of; about: what it is for."""

    text: str
    kind: str
    about: str = ""


def offers_at(texts: Texts, path: str, offset: int, lang: str) -> tuple[Offer, ...]:
    """What may be written at a place, those of the policy in its order."""
    source = texts.source(path)
    before, after = source.text[:offset], source.text[offset:]
    head = before[: len(before) - len(_WORD.search(before)[0])]  # type: ignore[index]  # it always fits
    rest = _REST.sub("", after)
    offers: list[Offer] = []
    for here in (f"{HERE}: x", HERE):
        trial = Texts({**texts.open, path: f"{head}{here}{rest}"})
        reading = reading_of(trial, path)
        own = reading.files[0]
        spot = _here(own)
        if spot is not None:
            zh = in_chinese(own, lang)
            found = _keys(spot, lang, zh=zh) if spot.what == "key" else _values(spot, _names(reading))
            offers += _in_chinese(own, spot, found) if zh else found
            if not spot.others:  # else it may be no key at all, but a name
                break
    return tuple(dict.fromkeys(offers))


def _here(file: File) -> Spot | None:
    """The word that stands for what is being written, where the text can be read with it."""
    return next((spot for spot in spots(document_of(file.source), file.tree) if HERE in spot.node.text and spot.what in ("key", "value")), None)


def _in_chinese(file: File, spot: Spot, offers: Iterable[Offer]) -> Iterator[Offer]:
    for offer in offers:
        yield evolve(offer, text=chinese(file, spot.node, offer.text)) if offer.kind in ("word", "function") else offer


def _keys(spot: Spot, lang: str, *, zh: bool) -> Iterator[Offer]:
    for thing in (spot.thing, *spot.others) if spot.thing is not None else ():
        for name, key in thing.keys.items():
            if name not in spot.beside:
                yield Offer(spellings(name, thing.name)[-1] if zh else name, "key", key.said(lang))


def _values(spot: Spot, names: _Names) -> Iterator[Offer]:
    asked = _ASKED.search(spot.node.text.partition(HERE)[0])
    if spot.kind in ("condition", "column"):
        takes = FUNCTIONS[asked.group(1)].takes if asked and asked.group(1) in FUNCTIONS else ""
        if takes:
            yield from names.of(_OF.get(takes, ()))
            yield from _words(STATUSES if takes in ("status", "moment") else ())
            return
        yield from names.of(BARE)
        yield from names.of(("role",) if spot.kind == "column" else ())
        yield from _words(OF_STUDENTS if spot.kind == "column" else ())
        yield from _words((*STATUSES, *BUILTINS, *CONSTANTS, "and", "or", "not", "in"))
        yield from (Offer(f"{name}(", "function") for name in FUNCTIONS)
        return
    yield from _words(spot.words)
    kinds = {"level": ("role",), "beside": ("stage", "item")}
    yield from names.of(kinds.get(spot.kind, (spot.kind,) if spot.kind in ("role", "item", "register", "parameter", "result") else ()))
    if spot.kind == "role":
        yield from _words(BUILT_IN)
    elif spot.kind == "level":
        yield from _words(dict.fromkeys((*GROUPS, *LEVELS)))
    elif spot.kind in ("amount", "deadline", "window", "interval", "place", "base", "length"):
        yield from names.of(("parameter",))


def _words(words: Iterable[str]) -> Iterator[Offer]:
    return (Offer(word, "word") for word in words)


@frozen
class _Names:
    """The names of the policy that is being written."""

    mentions: tuple[Mention, ...]
    wording: Wording | None

    def of(self, kinds: Iterable[str]) -> Iterator[Offer]:
        wanted = tuple(kinds)
        for mention in self.mentions:
            if mention.defines and mention.kind in wanted and HERE not in mention.name:
                yield Offer(mention.name, mention.kind, self._about(mention))

    def _about(self, mention: Mention) -> str:
        said = {"flag": "attribute", "stage": "stage_named", **{kind: kind for kind in ("measure", "role", "ladder", "item", "target", "result")}}
        found = str(getattr(self.wording, said[mention.kind])(mention.name)) if self.wording is not None and mention.kind in said else ""
        return "" if found == mention.name else found


def _names(reading: Reading) -> _Names:
    policy = reading.policy
    return _Names(mentions_of(reading), Wording(policy, phrases_for(policy.lang)) if policy is not None else None)
