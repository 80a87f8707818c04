"""Action items as a policy writes them, with everything that hangs on them."""

from __future__ import annotations

from attrs import evolve, frozen

from ..keywords import OWN_ROLES
from ..messages import Said, say
from ..parse import MapNode, Node, TextNode
from ..policy import Action, Actor, After, Due
from . import consequences, vocabulary
from .actors import actor, actors
from .draft import UNREAD_DUE, Draft
from .dues import due, length
from .keys import COMMON, Keys
from .lists import apart

ITEM = (
    "kind",
    "form",
    "by",
    "to",
    "notify",
    "due",
    "from",
    "if",
    "then",
    "if_outcome",
    "if_overdue",
    "results",
    "done_when",
    "replaces",
    "keep",
    "optional",
    "times",
    "hold",
    "list",
    "about",
    "done_by",
    "reassign",
    "if_no_school",
    "if_in_break",
    *COMMON,
)
FROM = ("known", "event", "start of school day")
DONE_BY = ("at", "known")
IF_NO_SCHOOL = ("next school day", "previous school day")

DO = say("`do`")


@frozen
class Place:
    """Where items stand: their path, and whether they outlive the case."""

    path: str
    keep: bool = False


def items(draft: Draft, node: Node | None, place: Place, what: Said = DO) -> tuple[Action, ...]:
    """The items that a mapping of names holds, and the consequences that stand among them."""
    if node is None:
        return ()
    if isinstance(node, TextNode) and not node.text:
        draft.wrong("missing-value", say("nothing stands below {what}", what=what), node, say("write items, or delete the key"))
        return ()
    if not isinstance(node, MapNode):
        draft.wrong(
            "wrong-shape",
            say("{what} is written as names and what each is", what=what),
            node,
            say("write `home_visit: {{by: ..., due: ...}}`"),
        )
        return ()
    return tuple(_item(draft, key, value, place) for key, value in node.entries)


def _item(draft: Draft, key: TextNode, node: Node, place: Place) -> Action:
    name = draft.name(key, say("item"))
    path = f"{place.path}.{name}"
    if isinstance(node, MapNode) and node.get("entry") is not None:
        return consequences.consequence(draft, key, node, path)
    keys = Keys(draft, node, say("an item"), ITEM, key.span)
    keep = place.keep or keys.truth("keep")
    chain = Place(path, keep)
    then = items(draft, keys.get("then"), evolve(chain, path=f"{path}.then"), say("`then`"))
    written = keys.get(keys.spelled("if_overdue"))
    overdue = items(draft, written, evolve(chain, path=f"{path}.if_overdue"), say("`if_overdue`"))
    outcomes = tuple(
        (result.text, items(draft, value, evolve(chain, path=f"{path}.if_outcome.{result.text}"), say("a result")))
        for result, value in keys.entries("if_outcome")
    )
    action = _action(keys, Action(name, path, then=then, if_overdue=overdue, keep=keep, span=key.span, if_outcome=outcomes))
    _results_are_listed(keys, action)
    return action


def _action(keys: Keys, action: Action) -> Action:
    draft = keys.draft
    by, to, notify = (actors(draft, keys.get(key), key) for key in ("by", "to", "notify"))
    keys.title("why")
    action = evolve(
        action,
        title=keys.title(),
        kind=keys.text("kind"),
        form=keys.text("form"),
        by=by,
        to=to,
        notify=notify,
        due=_due(keys),
        counts_from=keys.choice("from", FROM, "known"),
        cites=keys.words("cites"),
        only_if=keys.condition("if"),
        results=_results(keys),
        done_when=keys.condition("done_when"),
        replaces=_replaces(keys),
        optional=keys.truth("optional"),
        times=keys.whole("times", 1),
        hold=keys.condition("hold"),
        list=", ".join(keys.words("list")),
        about=_about(keys),
        done_by=keys.choice("done_by", DONE_BY, "at"),
        reassign=keys.truth("reassign"),
        if_no_school=keys.choice("if_no_school", IF_NO_SCHOOL, "").partition(" ")[0],
        if_in_break=_in_break(keys),
    )
    _somebody_acts(keys, action)
    _each_is_theirs(keys, action)
    return evolve(action, due=UNREAD_DUE) if _lacks_due(keys, action) else action


def _somebody_acts(keys: Keys, action: Action) -> None:
    if keys.map is None:
        return
    if not keys.written("by") and not keys.written("notify"):
        role = next((one for one in keys.draft.actors if one not in OWN_ROLES), "role")
        help = say("write `by: {role}`, or `notify: {role}` where somebody is only told", role=role)
        keys.draft.wrong("missing-key", say("item `{name}` has nobody who acts", name=action.name), keys.span, help)
    elif _lacks_due(keys, action):
        keys.draft.wrong(
            "missing-key",
            say("item `{name}` has no `due`", name=action.name),
            keys.span,
            say("write `due: 1 school day`; only an optional item and a notice need none"),
        )


def _each_is_theirs(keys: Keys, action: Action) -> None:
    """Items are one for each of those whose they are; who receives one is said of each of them alike."""
    for key, who in (("to", action.to), ("notify", action.notify)):
        if who.each and who.entries and who is not action.owners:
            keys.draft.wrong(
                "each-receiver",
                say("`each` says whose an item is, and `{key}` who receives it", key=keys.said(key)),
                keys.get(key),
                say("leave `each` out: one item that all of them receive;\nfor one with each of them write an item for each role, or a duty with `each`"),
            )


def _lacks_due(keys: Keys, action: Action) -> bool:
    needed = action.by.entries and not action.optional and action.done_when is None
    return bool(needed) and not keys.written("due")


def _due(keys: Keys) -> Due | None:
    return UNREAD_DUE if "due" in keys.meant else due(keys.draft, keys.get("due"))


def _results(keys: Keys) -> tuple[str, ...]:
    node, written = keys.get("results"), keys.words("results")
    words = apart(node) if node is not None else ()
    if words == written:
        return written
    message = say("several results stand here as one") if len(words) > len(written) else say("a full-width bracket makes no list")
    keys.draft.wrong("wrong-shape", message, node, say("a list stands in brackets: write `[{listed}]`", listed=", ".join(words)))
    return words


def _results_are_listed(keys: Keys, action: Action) -> None:
    for result, _ in keys.entries("if_outcome"):
        if result.text not in action.results:
            keys.draft.wrong(
                "unknown-result", say(
                    "`{text}` is not among the results of `{name}`", text=result.text, name=action.name,
                ), result, _listed(keys, action, result.text)
            )


def _listed(keys: Keys, action: Action, result: str) -> Said:
    words = tuple(word for one in action.results for word in one.split())
    if result in words:
        return say("a list stands in brackets: write `results: [{listed}]`", listed=", ".join(words))
    if action.results:
        return keys.draft.near(result, action.results)
    return say("write `results: [{result}, ...]`, every word that an outcome may have", result=result)


def _about(keys: Keys) -> Actor | None:
    node = keys.get("about")
    return None if node is None else actor(keys.draft, node)


def _replaces(keys: Keys) -> str:
    node = keys.get("replaces")
    name = keys.text("replaces")
    if node is not None and name and name not in keys.draft.names.items:
        keys.draft.unknown("unknown-item", say("item"), name, keys.draft.names.items, node)
    return name


def _in_break(keys: Keys) -> After | None:
    node = keys.get("if_in_break")
    if not isinstance(node, TextNode):
        return length(keys.draft, node, say("a move out of a break"))
    text = vocabulary.plain(node.text)
    written = text.removesuffix(" after the next term starts")
    if written == text:
        keys.draft.wrong(
            "wrong-value",
            say("`{text}` does not move a deadline out of a break", text=text),
            node,
            say("write `30 days after the next term starts`"),
        )
        return None
    return length(keys.draft, TextNode(written, node.span), say("a length"))
