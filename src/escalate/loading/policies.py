"""A whole policy from its merged tree."""

from __future__ import annotations

import datetime
import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from attrs import evolve

from ..language import as_title
from ..messages import say
from ..parse import MapNode, Node, TextNode
from ..policy import Policy
from ..slips.dates import stretches_meant
from ..source import Source
from . import marks, vocabulary
from .draft import Draft, one_of
from .duties import duties
from .keys import Keys
from .ladders import ladders
from .measures import measures
from .names import for_duties, names_of
from .parameters import parameters, with_conditions
from .people import BUILT_IN, roles, students
from .registers import registers
from .results import results
from .shape import TOP
from .targets import targets

# The languages of reports, and how other words for them begin.
LANGUAGES = {"zh": ("zh", "cn", "ch", "中", "汉"), "en": ("en", "英")}
IN_FORCE = ("from", "to")
ON_CHANGE = ("keep", "migrate")
_NAME = re.compile(r"[^\W_][\w.-]*")


def policy_of(draft: Draft, tree: MapNode, source: Source) -> Policy:
    """The policy that a tree holds; what cannot be read is left at its default, with a problem."""
    keys = Keys(draft, tree, say("a policy"), TOP)
    draft.lang = _lang(keys)
    draft.parameters = parameters(draft, keys.entries("parameters"))
    draft.names = names_of(tree, draft.parameters, source, draft.sources)
    day = marks.day(draft, keys.get("day"))
    draft.names = evolve(draft.names, lesson_hour=day.lesson_hour)
    draft.duty_names = for_duties(draft.names)
    draft.parameters = with_conditions(draft, draft.parameters, keys.entries("parameters"))
    found_students = students(draft, keys.entries("students"))
    found_roles = roles(draft, keys.entries("roles"))
    draft.actors = {**{name: role.of for name, role in found_roles.items()}, **BUILT_IN}
    draft.titled = {as_title(title): name for name, role in found_roles.items() for _, title in role.title.parts}
    draft.above = {name: role.above for name, role in found_roles.items()}
    draft.marks = marks.marks(draft, keys.entries("marks"))
    draft.measures = measures(draft, keys.entries("measures"))
    found_ladders = ladders(draft, keys.entries("ladders"))
    found_duties = duties(draft, keys.entries("duties"))
    found_targets = targets(draft, keys.entries("targets"))
    start, end = _in_force(keys)
    keys.title("why")
    return Policy(
        _name(keys),
        start,
        end,
        keys.choice("on_change", ON_CHANGE, "keep"),
        _timezone(keys),
        draft.lang,
        keys.title(),
        keys.words("cites"),
        draft.parameters,
        found_students,
        found_roles,
        draft.marks,
        day,
        draft.measures,
        found_ladders,
        found_duties,
        found_targets,
        registers(draft, keys.entries("registers"), draft.measures, {**found_duties, **found_targets}),
        results(draft, keys.entries("results")),
        path=source.path,
        span=keys.place("in_force"),
    )


def _name(keys: Keys) -> str:
    node = keys.get("policy")
    name = keys.draft.text(node) if node is not None else ""
    if name and not _NAME.fullmatch(name):
        keys.draft.wrong(
            "bad-name",
            say("`{name}` cannot name a policy", name=name),
            node,
            say("a policy's name holds letters, digits, `-`, `_` and `.`; its title may hold anything"),
        )
    if node is None and keys.entries("ladders"):
        keys.draft.wrong(
            "unnamed-policy",
            say("this file has no `policy`"),
            keys.span,
            say("write `policy: a-name`; a file without it can only be extended"),
            warning=True,
        )
    return name


def _lang(keys: Keys) -> str:
    node = keys.get("lang")
    text = keys.draft.text(node) if node is not None else ""
    if not text or text in LANGUAGES:
        return text or "zh"
    meant = next((lang for lang, signs in LANGUAGES.items() if text.lower().startswith(signs)), "")
    help = say("did you mean `{meant}`?", meant=meant) if meant else one_of(LANGUAGES)
    keys.draft.wrong("wrong-value", say("`lang` cannot be `{text}`", text=text), node, help)
    return meant or "zh"


def _timezone(keys: Keys) -> str:
    node = keys.get("timezone")
    text = keys.draft.text(node) if node is not None else "Asia/Shanghai"
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        keys.draft.wrong("unknown-timezone", say("unknown timezone `{text}`", text=text), node, say("write one as `Asia/Shanghai`"))
        return "Asia/Shanghai"
    return text


def _in_force(keys: Keys) -> tuple[datetime.date | None, datetime.date | None]:
    node = keys.get("in_force")
    if node is None:
        return None, None
    if isinstance(node, TextNode) and len(stretch := stretches_meant(node.text)) == 1:
        first, dots, last = stretch[0].partition("..")
        whole = say("write `in_force: {{from: {first}, to: {last}}}`", first=first, last=last)
        help = whole if dots else say("write `in_force: {{from: {first}}}`", first=first)
        keys.draft.wrong("wrong-shape", say("{what} is written as keys and values", what=say("`in_force`")), node, help)
        return None, None
    inner = Keys(keys.draft, node, say("`in_force`"), IN_FORCE)
    start, end = _date(inner, "from"), _date(inner, "to")
    if start and end and end < start:
        keys.draft.wrong(
            "ends-before-start", say("`in_force` ends before it begins"), inner.place("to"), say("both dates belong to it")
        )
    return start, end


def _date(keys: Keys, key: str) -> datetime.date | None:
    node: Node | None = keys.get(key)
    if node is None:
        return None
    text = keys.draft.text(node)
    found = vocabulary.date(text)
    if found is None and text:
        keys.draft.wrong("wrong-value", say("`{text}` is not a date", text=text), node, vocabulary.date_meant(text))
    return found
