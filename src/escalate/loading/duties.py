"""Duties: obligations that recur by the calendar."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from ..messages import ours, say
from ..parse import Node, TextNode
from ..policy import Action, Amount, Due, Duty, Every, Stage
from . import vocabulary
from .amounts import amount, counted
from .anchors import anchors, each, of_groups, put_in
from .draft import Draft, one_of
from .inherit import every, filled, reads, waited_on
from .items import Place, items
from .keys import COMMON, Keys
from .ladders import ALWAYS, ENROLLED

DUTY = ("every", "on", "starting", "each", "where", "at_least", "in_holidays", "if_overdue", "do", "text", *COMMON)
EVERY = ("session", "school day", "week", "month", "term", "school year")
OWN_START = ("session", "term", "school_year")  # the calendar says where these begin
HOLIDAYS = ("skip", "keep", "only", "next school day")
_EVERY_N = ("week", "month", "day", "school_day")


def duties(draft: Draft, entries: Iterable[tuple[TextNode, Node]]) -> dict[str, Duty]:
    """Every duty of a policy, by name."""
    return of_groups(draft, entries, _duty)


def _duty(draft: Draft, key: TextNode, node: Node) -> Duty:
    name = draft.name(key, say("duty"))
    keys = Keys(draft, node, say("a duty"), DUTY, key.span)
    every_, on, starting = _rhythm(keys, name)
    short = every_ is not None and every_.unit in ("session", "school_day", "day", "week")
    holidays = keys.choice("in_holidays", HOLIDAYS, "skip" if short else "next school day")
    keys.title("why")
    keys.need("do")
    default = items(draft, keys.get("if_overdue"), Place(f"{name}.if_overdue"), say("`if_overdue`"))
    do = items(draft, keys.get("do"), Place(name))
    chased(draft, do, default)
    chased(draft, default, ())
    where = keys.condition("where")
    one_day = bool(on) or every_ is not None and every_.n == 1 and every_.unit in ("session", "school_day")
    roll_calls(draft, (*do, *default), "" if one_day else f"`{name}` does not fall on a day")
    for term in where.terms if where is not None else ():
        if term.kind == "marked":
            help = say("`done_when: marked` of an item is a roll call")
            draft.wrong("not-in-the-language", say("`marked` stands only in items"), term.span or keys.place("where"), help)
    bare = Stage(name, name, ALWAYS, do, title=keys.title(), text=keys.title("text"), cites=keys.words("cites"), span=key.span)
    return Duty(
        name, filled(bare, default, reads([bare])), each(keys), where or ENROLLED, every_, on, starting,
        _at_least(keys), holidays, title=bare.title, cites=bare.cites, span=key.span,
    )


def _rhythm(keys: Keys, name: str) -> tuple[Every | None, tuple[Due, ...], Due | None]:
    written, on = keys.get("every"), keys.get("on")
    if keys.map is not None and (written is None) == (on is None):
        message = say("duty `{name}` has both `every` and `on`", name=name) if written is not None else say(
            "duty `{name}` says neither `every` nor `on`", name=name,
        )
        kind = "missing-key" if written is None else "two-kinds"
        keys.draft.wrong(kind, message, keys.place("on") if on is not None else keys.span, say("write `every: month` or `on: [03-10, term start]`"))
    starting = keys.get("starting")
    first = anchors(keys.draft, starting) if starting is not None else ()
    every_ = None if written is None else _every(keys.draft, written)
    if first and (on is not None or every_ is not None and every_.unit in OWN_START):
        help = say("it says from where days, weeks and months are counted: delete it, or write `every: 4 weeks`")
        keys.draft.wrong("wrong-value", say("`starting` moves nothing in duty `{name}`", name=name), keys.place("starting"), help)
    return every_, () if on is None else anchors(keys.draft, on), next(iter(first), None)


def _every(draft: Draft, node: Node) -> Every | None:
    text = put_in(draft, vocabulary.plain(draft.text(node)), node)
    if not text:
        return None
    if text in EVERY:
        return Every(1, vocabulary.UNITS[text])
    found = vocabulary.length(text)
    n = vocabulary.number(found[0]) if found else None
    if found and found[1] in _EVERY_N and n is not None and n.denominator == 1 and n >= 1:
        return Every(int(n), found[1])
    bare = text.removeprefix("each ").removeprefix("every ").removeprefix("a ")
    help = say("write `{text}`", text=ours(bare, "every")) if bare in EVERY else vocabulary.misspelt(text, EVERY, "every")
    help = help or one_of((*EVERY[:3], "4 weeks", "month", "3 months", *EVERY[4:]), "every")
    draft.wrong("wrong-value", say("`{text}` is not an interval", text=text), node, help)
    return None


def _at_least(keys: Keys) -> Amount:
    node = keys.get("at_least")
    found = amount(keys.draft, keys.draft.text(node), node, counted(say("a number of times"))) if node is not None else None
    return Fraction(1) if found is None else found


def roll_calls(draft: Draft, actions: Iterable[Action], why: str) -> None:
    """A roll is called on a day or in a session: elsewhere `marked` would never come true."""
    for action in every(actions) if why else ():
        for term in (term for condition in action.conditions for term in condition.terms if term.kind == "marked"):
            help = say("a roll is called in a duty `every: session`, `every: school day` or `on` a date")
            draft.wrong("not-in-the-language", say("`marked` asks about one day, and {why}", why=why), term.span or action.span, help)


def chased(draft: Draft, actions: Iterable[Action], default: tuple[Action, ...]) -> None:
    """Where something waits on an item, somebody is told that nobody has recorded it."""
    for action in every(actions):
        if waited_on(action, frozenset()) and not (action.if_overdue or default or action.optional or action.tells):
            draft.wrong(
                "silent-if-unrecorded",
                say("something waits on `{name}`, and nothing happens where nobody records it", name=action.name),
                action.span,
                say("give it, or its duty, an `if_overdue`, such as\n`if_overdue: {{chase: {{by: principal, due: 1 school day}}}}`"),
            )
