"""Consequences: lines in an appraisal, told to those whose it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

from ..consequences import divisors, line, split
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
FORMS = say("write `-50 yuan`, `-2% a word`, `lose a word`, `gain a word`, or arithmetic on parameters and measures")
_SIGN = re.compile(r"\s[-+*/]\s")
_WORD = re.compile(r"(?:lose|gain)\s+\S.*")


def consequence(draft: Draft, key: TextNode, node: Node, path: str) -> Action:
    """One consequence: a notice that carries an entry."""
    keys = Keys(draft, node, say("a consequence"), CONSEQUENCE, key.span)
    measures = _measures(keys)
    keys.need("to")
    keys.title("why")
    entry = Entry(
        vocabulary.plain(keys.text("entry")), keys.choice("per", PER, ""), keys.choice("for", PERIODS, "").replace(" ", "_"), keys.truth("compound"), measures,
    )
    return Action(
        key.text, path, keys.title(), kind="consequence", notify=actors(draft, keys.get("to"), "to"), cites=keys.words("cites"),
        only_if=keys.condition("if"), entry=entry, keep=True, span=key.span,
    )


def _measures(keys: Keys) -> tuple[str, ...]:
    """The measures that an entry reads; a problem where it is none."""
    node, draft = keys.get("entry"), keys.draft
    if node is None:
        return ()
    text = vocabulary.plain(draft.text(node))
    if _WORD.fullmatch(text) or _is_amount(text):
        return ()
    names = _names(text)
    unknown = next((name for name in names if name not in draft.parameters and name not in draft.measures), None)
    if unknown is not None and not re.match(r"[+-]?[0-9]", text) and re.fullmatch(r"[\w\s.+*/%()-]+", text):
        facts = (name for name, measure in draft.measures.items() if measure.fact)
        draft.unknown("unknown-parameter", say("parameter"), unknown, (*draft.parameters, *facts), node)
    elif unknown is not None or not names:
        draft.wrong("wrong-value", say("`{text}` is not an entry", text=text), node, FORMS)
    elif not _is_hidden(draft, names, node) and _comes_to_something(keys, text, names, node):
        return tuple(name for name in names if name in draft.measures and _is_recorded(draft, name, text, node))
    return ()


def _names(text: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r"[^\W\d]\w*", split(text)[0])))


def _is_hidden(draft: Draft, names: Sequence[str], node: Node) -> bool:
    """Whether a parameter of an entry names a measure in its own text, where nobody would read it; a problem then."""
    texts = ((name, one.text) for name in names if name in draft.parameters for one in draft.parameters[name].lines)
    measures = draft.measures.keys() - draft.parameters.keys()
    found = next(((name, text, measure) for name, text in texts for measure in _names(text) if measure in measures), None)
    if found is None:
        return False
    name, text, measure = found
    draft.wrong(
        "wrong-value", say("`{name}` is `{text}`, and a parameter reads no measure", name=name, text=text), node,
        say("name `{measure}` in the entry itself, such as `{measure} * {name}`", measure=measure, name=name),
    )
    return True


def _is_recorded(draft: Draft, name: str, text: str, node: Node) -> bool:
    """Whether an entry may read a measure: one of facts, by which it does not divide; a problem where it may not."""
    if not draft.measures[name].fact:
        draft.wrong(
            "entry-of-marks", say("`{name}` is counted from marks, and an entry reads what was recorded as facts", name=name), node,
            say("name a measure such as `{{mean: fact(score), within: month}}`"),
        )
        return False
    if name in divisors(text):
        draft.wrong(
            "wrong-value", say("`{text}` divides by `{name}`, which may be 0", text=text, name=name), node,
            say("let it be a factor, such as `{name} * 0.1 points`", name=name),
        )
        return False
    return True


def _is_amount(text: str) -> bool:
    found = _AMOUNT.fullmatch(text)
    if found is None or _SIGN.search(found.group(2)):  # `-50 yuan * lost` is no word
        return False
    return vocabulary.number(found.group(1)) is not None or vocabulary.share(found.group(1)) is not None


def _comes_to_something(keys: Keys, text: str, names: Sequence[str], node: Node) -> bool:
    """Work an entry out with every line of the parameters that it names: what cannot be must not come up when somebody is to be fined."""
    held = {name: [one.text for one in keys.draft.parameters[name].lines] for name in names if name in keys.draft.parameters}
    measured = {name: "1" for name in names if name not in held}
    for values in product(*held.values()):
        chosen = dict(zip(held, values, strict=True))
        try:
            line(Entry(text), {**measured, **chosen}.get, "", 1)
        except (ValueError, RecursionError) as error:
            said = listed_of([say("`{name}` is `{value}`", name=name, value=value) for name, value in chosen.items()])
            why = said_by(error) if isinstance(error, ValueError) else say("it leads back to itself")
            keys.draft.wrong(
                "wrong-value", say("`{text}` is not an entry{more}: {why}", text=text, more=say(" where {held}", held=said) if said else "", why=why), node,
                FORMS,
            )
            return False
    return True
