"""Consequences: lines in an appraisal, told to those whose it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

from ..consequences import line
from ..messages import listed_of, said_by, say
from ..parse import Node, TextNode
from ..policy import Action, Entry
from . import vocabulary
from .actors import actors
from .draft import Draft
from .keys import COMMON, Keys

CONSEQUENCE = ("entry", "per", "for", "to", "if", "compound", *COMMON)
PER = ("student", "student above the limit", "item")
PERIODS = ("day", "week", "month", "term", "school year")
_AMOUNT = re.compile(r"([+-]?[0-9.]+%?)\s+(\S.*)")
FORMS = say("write `-50 yuan`, `-2% a word`, `lose a word`, `gain a word`, or arithmetic on parameters")
_WORD = re.compile(r"(?:lose|gain)\s+\S.*")


def consequence(draft: Draft, key: TextNode, node: Node, path: str) -> Action:
    """One consequence: a notice that carries an entry."""
    keys = Keys(draft, node, say("a consequence"), CONSEQUENCE, key.span)
    _entry(keys)
    keys.need("to")
    keys.title("why")
    entry = Entry(
        vocabulary.plain(keys.text("entry")), keys.choice("per", PER, ""), keys.choice("for", PERIODS, "").replace(" ", "_"), keys.truth("compound"),
    )
    return Action(
        key.text, path, keys.title(), kind="consequence", notify=actors(draft, keys.get("to"), "to"), cites=keys.words("cites"),
        only_if=keys.condition("if"), entry=entry, keep=True, span=key.span,
    )


def _entry(keys: Keys) -> None:
    node = keys.get("entry")
    if node is None:
        return
    text = vocabulary.plain(keys.draft.text(node))
    names = re.findall(r"[^\W\d]\w*", text)
    unknown = [name for name in names if name not in keys.draft.parameters]
    if not (_WORD.fullmatch(text) or _is_amount(text)):
        if unknown and not re.match(r"[+-]?[0-9]", text) and re.fullmatch(r"[\w\s.+*/%()-]+", text):
            keys.draft.unknown("unknown-parameter", say("parameter"), unknown[0], keys.draft.parameters, node)
            return
        if not names or unknown:
            keys.draft.wrong("wrong-value", say("`{text}` is not an entry", text=text), node, FORMS)
            return
    _comes_to_something(keys, text, list(dict.fromkeys(name for name in names if name not in unknown)), node)


def _is_amount(text: str) -> bool:
    found = _AMOUNT.fullmatch(text)
    return found is not None and (vocabulary.number(found.group(1)) is not None or vocabulary.share(found.group(1)) is not None)


def _comes_to_something(keys: Keys, text: str, names: Sequence[str], node: Node) -> None:
    """Work an entry out with every line of the parameters that it names: what cannot be must not come up when somebody is to be fined."""
    for values in product(*([one.text for one in keys.draft.parameters[name].lines] for name in names)):
        try:
            line(Entry(text), dict(zip(names, values, strict=True)).get, "", 1)
        except (ValueError, RecursionError) as error:
            held = listed_of([say("`{name}` is `{value}`", name=name, value=value) for name, value in zip(names, values, strict=True)])
            why = said_by(error) if isinstance(error, ValueError) else say("it leads back to itself")
            keys.draft.wrong(
                "wrong-value", say("`{text}` is not an entry{more}: {why}", text=text, more=say(" where {held}", held=held) if held else "", why=why), node,
                FORMS,
            )
            return
