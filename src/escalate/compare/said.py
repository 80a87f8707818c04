"""What differs in two policies, in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, get_args

from attrs import fields, frozen

from ..conditions import Condition, Quantity
from ..language import shown
from ..phrases import Phrases, phrases_for
from ..policy import Action, Actor, Actors, Due, Entry, Every, Ladder, Param, ParameterLine, Policy, Stage, Text, Window, actions, stages
from ..wording import Wording
from .parts import Part, key_of
from .words import key_in, words_for

LISTED = 3  # of the places that differ alike
NO_VALUES: tuple[object, ...] = (None, (), "", frozenset(), Text())
TEXTS = ("title", "text", "why", "cites")  # nothing comes of these


@frozen
class Saying:
    """Both policies in one language: what is gone is said in the words of the first, all else in those of the second."""

    a: Policy
    b: Policy
    lang: str

    @property
    def phrases(self) -> Phrases:
        return phrases_for(self.lang)

    def say(self, key: str, /, **parts: object) -> str:
        return words_for(self.lang)[key].format(**parts)

    # --- all of them ------------------------------------------------------------------------------------

    def lines(self, parts: Iterable[Part]) -> list[str]:
        """A line for each difference, one for all things of a name that differ alike, and one for those that are of words only."""
        alike: dict[str, dict[str, Part]] = {}
        texts: list[str] = []
        for part in parts:
            if part.what == "changed" and part.key in TEXTS:
                texts.append(self.say("text_of", thing=self._thing(part), key=key_in(self.lang, part.key)))
            else:
                alike.setdefault(self._line(part, short=True), {}).setdefault(part.path, part)
        lines = [self._line(*found.values()) if len(found) == 1 else line + self._places(list(found)) for line, found in alike.items()]
        return [*lines, *([self.say("texts", names=self.phrases.texts["list"].join(texts))] if texts else [])]

    def _places(self, paths: list[str]) -> str:
        names = self.phrases.texts["list"].join(paths[:LISTED]) + (self.say("more") if len(paths) > LISTED else "")
        return self.say("places", n=len(paths), names=names)

    def _line(self, part: Part, *, short: bool = False) -> str:
        """One difference; short: an item by its name alone, so that all of that name may stand on one line."""
        thing = self._thing(part, short=short)
        if part.what == "changed":
            old, new = self.value(part.old, self.a), self.value(part.new, self.b)
            if old == new and isinstance(part.old, Condition) and isinstance(part.new, Condition):
                old, new = part.old.text, part.new.text
            alone = part.kind == "parameter" and part.key == "value" or part.kind == "policy" and not part.path and part.key == "policy"
            return self.say("changed.value" if alone else "changed", thing=thing, key=key_in(self.lang, part.key), old=old, new=new)
        if part.what == "order":
            return self.say("order", thing=thing, old=self.phrases.texts["list"].join(part.old), new=self.phrases.texts["list"].join(part.new))
        about = self._about(part.new if part.what == "added" else part.old, self.b if part.what == "added" else self.a)
        return self.say(part.what, thing=thing, about=self.say("about", text=about) if about else "")

    def as_values(self, part: Part) -> dict[str, object]:
        """A difference for programs: the values in words, empty where there is none."""
        old, new = ("" if value in NO_VALUES else self.value(value, policy) for value, policy in ((part.old, self.a), (part.new, self.b)))
        return {"what": part.what, "kind": part.kind, "path": part.path, "key": part.key, "old": old, "new": new, "sentence": self._line(part)}

    # --- things ---------------------------------------------------------------------------------------------

    def _thing(self, part: Part, *, short: bool = False) -> str:
        """What kind of thing, its name and its title."""
        kind = self.say(f"kind.{part.kind}")
        if not part.path:
            return kind
        name = part.path.rpartition(".")[2] if short and part.kind == "item" else part.path
        title = self._title(part)
        return self.say("thing", kind=kind, name=self.say("titled", name=name, title=title) if title and title != name else name)

    def _title(self, part: Part) -> str:
        policy = self.a if part.what == "removed" else self.b
        found = _things(policy).get((part.kind, part.path))
        title = found.title.say(self.lang) if found is not None else ""
        return title or (found.form if isinstance(found, Action) else "")

    def _about(self, thing: Any, policy: Policy) -> str:
        """What comes or goes: a stage's condition and what it asks for, a ladder's stages, a parameter's value."""
        wording = Wording(policy, self.phrases)
        if isinstance(thing, Stage):
            asked = self.phrases.all_of([wording.action(action) for action in thing.do])
            return self.say("split").join(part for part in (self.say("when", condition=self.value(thing.when, policy)), asked) if part)
        if isinstance(thing, Ladder):
            return self.phrases.all_of([wording.stage(stage) for stage in thing.stages])
        if isinstance(thing, Action):
            who = wording.who(thing.owners, "by", None)
            return self.say("split").join(part for part in (who, self.value(thing.due, policy) if thing.due is not None else "") if part)
        lines = getattr(thing, "lines", None)
        return self.value(lines, policy) if lines else ""

    # --- values -----------------------------------------------------------------------------------------------

    def value(self, value: Any, policy: Policy) -> str:
        """A value of a policy in words; what has none stands as its parts, as an author would write them."""
        wording = Wording(policy, self.phrases)
        if value in NO_VALUES:
            return self.say("nothing")
        if isinstance(value, bool):
            return self.phrases.texts["yes" if value else "no"]
        if isinstance(value, (int, Fraction)):
            return shown(Fraction(value))
        if isinstance(value, Text):
            return value.say(self.lang) or self.say("nothing")
        if isinstance(value, Condition):
            return wording.put_in(value, {})
        if isinstance(value, Quantity):
            return wording.quantity(value)
        if isinstance(value, Param):
            return wording.parameter(value.name)
        if isinstance(value, ParameterLine):
            return self._parameter_line(value, policy)
        if isinstance(value, Window):
            return wording.window(value)
        if isinstance(value, Every):
            return self.phrases.amount(value.n, value.unit)
        if isinstance(value, Actors):
            who = wording.who(value, "by", None)
            return (self.say("each", who=who) if value.each else who) or self.say("nothing")
        if isinstance(value, Actor):
            return wording.actor(value)
        if isinstance(value, get_args(Due)):
            return wording.deadline(value)
        if isinstance(value, Entry):
            return value.text
        return self._parts(value, policy)

    def _parameter_line(self, line: ParameterLine, policy: Policy) -> str:
        value = line.value
        said = line.text or self.value(value, policy)
        if isinstance(value, Quantity) or (value is not None and not isinstance(value, (str, Fraction))):
            said = self.value(value, policy)
        said = self.say("where", value=said, condition=self.value(line.where, policy)) if line.where is not None else said
        return self.say("from", value=said, date=self.phrases.date(line.start)) if line.start is not None else said

    def _parts(self, value: Any, policy: Policy) -> str:
        if isinstance(value, (frozenset, set)):
            return self.phrases.texts["list"].join(sorted(value))
        if isinstance(value, (list, tuple)):
            return self.say("split").join(self.value(one, policy) for one in value)
        if isinstance(value, (datetime.date, datetime.time)):
            return value.isoformat()[:10] if isinstance(value, datetime.date) else f"{value:%H:%M}"
        if not hasattr(type(value), "__attrs_attrs__"):
            return str(value)
        found = [getattr(value, one.name) for one in fields(type(value)) if one.eq and getattr(value, one.name) != one.default]
        return " ".join(self.value(one, policy) for one in found) or self.say("nothing")


def _things(policy: Policy) -> Mapping[tuple[str, str], Any]:
    """Everything that has a title, by kind and path."""
    return dict(_titled(policy))


def _titled(policy: Policy) -> Iterator[tuple[tuple[str, str], Any]]:
    yield ("policy", key_of(policy)), policy
    for kind, found in (
        ("parameter", policy.parameters), ("attribute", policy.students), ("role", policy.roles), ("measure", policy.measures), ("ladder", policy.ladders),
        ("duty", policy.duties), ("target", policy.targets), ("register", policy.registers), ("result", policy.results),
    ):  # fmt: skip
        yield from (((kind, name), thing) for name, thing in found.items())
    yield from ((("stage", stage.path), stage) for stage in stages(policy))
    yield from ((("item", action.path), action) for action in actions(policy))
