"""Registers: the lists that people keep, who stands in each, what it shows, and who may read it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from ..conditions import Condition, Term
from ..grammar import parse_value
from ..messages import UNSAID, Said, listed, noun, ours, say
from ..parse import ListNode, Node, TextNode
from ..policy import CONSEQUENCE_SUMS, LEVELS, LIST, OWN_ROLES, REGISTERS, Column, Duty, Measure, Register, Target, of_group
from . import vocabulary
from .draft import MANY, UNREAD, Draft, written
from .keys import COMMON, Keys

KEYS = ("each", "where", "columns", "readers", "kept", "text", *COMMON)
# Of a register that every policy has: what stands in it is not the policy's to say.
BUILT_IN_KEYS = ("readers", "kept", "text", *COMMON)
OF_GROUPS = (*LEVELS, "class_name", "students")
PERSON = "person"
# What is asked of the items and rates of duties and targets.
OF_PARTS = frozenset({"rate", "done", "outcome", "overdue", "late", "times"})
OF_STUDENTS = (
    "student", "name", *LEVELS, "class_name", "birth_date", "from", "to", "status", "since", "cause",
    "case", "stage", "opened", "item", "by", "due", "title",
)
_KEPT = re.compile(r"forever|[1-9][0-9]{0,2} (?:school )?(?:year|term|month)s?")


def registers(
    draft: Draft, entries: Iterable[tuple[TextNode, Node]], measures: Mapping[str, Measure], parts: Mapping[str, Duty | Target]
) -> Mapping[str, Register]:
    """Every register of a policy, by name, in the order written. measures, parts: what a register may ask of groups."""
    return {key.text: register(draft, key, node, measures, parts) for key, node in entries}


def register(draft: Draft, key: TextNode, node: Node, measures: Mapping[str, Measure], parts: Mapping[str, Duty | Target]) -> Register:
    """An exported list that people keep."""
    name = draft.name(key, say("register"))
    keys = Keys(draft, node, say("a register"), KEYS, key.span)
    if name in REGISTERS and any(keys.get(own) is not None for own in KEYS if own not in BUILT_IN_KEYS):
        help = say("write another name, or nothing of it but {listed}", listed=listed(ours(one) for one in BUILT_IN_KEYS))
        draft.wrong("reserved-name", say("the register `{name}` exists already", name=name), key, help)
    _is_free(draft, name, key)
    keys.title("why")
    asked = _Asked(_each(keys), measures, parts)
    return Register(
        name, asked.each, _where(keys, asked), tuple(_columns(keys, asked)), tuple(_readers(keys)), _kept(keys),
        keys.title(), keys.title("text"), keys.words("cites"), key.span,
    )  # fmt: skip


def _is_free(draft: Draft, name: str, key: TextNode) -> None:
    """What comes with a register that every policy has is called by that: its readers are that register's."""
    target = name.removesuffix(LIST)
    of = "consequences" if name == CONSEQUENCE_SUMS else "rates" if target != name and target in draft.names.targets else ""
    if of:
        draft.wrong(
            "reserved-name", say("`{name}` comes with the register `{of}`", name=name, of=of), key,
            say("write another name; who reads it stands under `{of}`", of=of),
        )


def _each(keys: Keys) -> str:
    """A row for each student, or for each group that the roster names."""
    node = keys.get("each")
    text = vocabulary.plain(keys.draft.text(node)) if node is not None else ""
    known = ["student", *LEVELS, "person", *(role for role, of in keys.draft.actors.items() if role not in OWN_ROLES and of != "session")]
    if not text or text in known:
        return text or "student"
    keys.draft.unknown("wrong-value", say("level"), text, known, node or keys.span, "level")  # type: ignore[arg-type]  # a text has a node
    return "student"


@frozen
class _Asked:
    """For whom a register is, and what it may ask of a group."""

    each: str
    measures: Mapping[str, Measure]
    parts: Mapping[str, Duty | Target]

    def of_group(self, term: Term) -> bool | None:
        return of_group(term, self.each, self.measures, self.parts)

    def wrong(self, draft: Draft, term: Term, node: Node, help: Said) -> None:
        said = say("is a student's, and this register has a row for each") if term.kind not in OF_PARTS else say("is not asked of each")
        draft.wrong("wrong-column", say("`{key}` {said} {each}", key=ours(term.key, "condition"), said=said, each=noun(self.each)), term.span or node, help)


def _where(keys: Keys, asked: _Asked) -> Condition | None:
    """Who stands in it: students, groups by their students, or groups by what is asked of them."""
    draft, node = keys.draft, keys.get("where")
    if asked.each == "student" or node is None:
        return keys.condition("where")
    draft.duty = True
    where = keys.condition("where")
    draft.duty = False
    own = [term for term in where.terms if asked.of_group(term)] if where is not None else []
    for term in where.terms if where is not None else ():
        if asked.of_group(term) is False and (own or term.kind == "rate"):
            help = say("`{key}` asks the {each} itself: ask both of it, or both of its students", key=own[0].key, each=noun(asked.each)) if own else UNSAID
            asked.wrong(draft, term, node, help)
    return where


# --- columns --------------------------------------------------------------------------------------------


def _columns(keys: Keys, asked: _Asked) -> Iterator[Column]:
    found = keys.get("columns")
    nodes = found.items if isinstance(found, ListNode) else (found,) if found is not None else ()
    for node in nodes:
        text = keys.draft.text(node, say("a column"))
        if text:
            yield _column(keys.draft, text, node) if asked.each == "student" else _of_group(keys.draft, text, node, asked)


def _column(draft: Draft, text: str, node: Node) -> Column:
    names = draft.names
    own = any(text in group for group in (names.flags, names.attributes, names.measures, names.parameters))  # the policy's own name wins
    if text in OF_STUDENTS and not own:
        return Column(text)
    if text in draft.actors and not own:
        if text in OWN_ROLES or draft.actors[text] == "session":
            draft.wrong(
                "wrong-column", say("nobody is on record as `{text}` of a student", text=text), node, say("name a role that is held for a class, a school ..."),
            )
        return Column(text, "role")
    if len(draft.problems) > MANY:
        return Column(text, "value", UNREAD)
    value, problems = parse_value(text, node.span, draft.names, written(node))
    draft.problems += problems
    return Column(text, "value", value or UNREAD)


def _of_group(draft: Draft, text: str, node: Node, asked: _Asked) -> Column:
    if text in draft.actors and draft.actors[text] in LEVELS:
        return Column(text, "role")
    if text in OF_GROUPS or text == PERSON and asked.each not in LEVELS:
        return Column(text)
    help = say(
        "its columns are {listed}, roles that are held for one of them, and what its own duties may ask: measures of facts, `rate`, `outcome`",
        listed=listed(ours(one, "column") for one in OF_GROUPS),
    )
    if text in OF_STUDENTS or text in draft.actors:
        draft.wrong("wrong-column", say("`{text}` is a student's, and this register has a row for each {each}", text=text, each=noun(asked.each)), node, help)
        return Column(text)
    if len(draft.problems) > MANY:
        return Column(text, "value", UNREAD)
    value, problems = parse_value(text, node.span, draft.duty_names, written(node))
    draft.problems += problems
    for term in value.terms if value is not None else ():
        if asked.of_group(term) is False:
            asked.wrong(draft, term, node, help)
    return Column(text, "value", value or UNREAD)


# --- readers --------------------------------------------------------------------------------------------


def _readers(keys: Keys) -> Iterator[str]:
    draft, found = keys.draft, keys.get("readers")
    nodes = found.items if isinstance(found, ListNode) else (found,) if found is not None else ()
    for node in nodes:
        text = draft.text(node, say("a role"))
        if text in OWN_ROLES:
            help = say("a register shows other children too; a letter to a parent is an item")
            draft.wrong("not-a-reader", say("`{text}` reads no register", text=text), node, help)
        elif text in draft.actors and draft.actors[text] == "session":
            help = say("name a role that is held for the class")
            draft.wrong("not-a-reader", say("`{text}` is held for a session, and reads no register", text=text), node, help)
        elif text in draft.actors:
            yield text
        elif text:
            draft.unknown("unknown-role", say("role"), text, (role for role in draft.actors if role not in OWN_ROLES), node)


def _kept(keys: Keys) -> str:
    kept = vocabulary.plain(keys.text("kept"))
    if kept and not _KEPT.fullmatch(kept):
        keys.draft.wrong(
            "wrong-value",
            say("`{kept}` does not say how long a register is kept", kept=kept),
            keys.get("kept"),
            say("write `forever` or `3 years`"),
        )
    return kept

