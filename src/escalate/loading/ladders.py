"""Ladders and their stages."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction

from attrs import frozen

from ..conditions import Compare, Condition, Lit, Term
from ..keywords import spelled
from ..messages import UNSAID, Said, say
from ..parse import Node, TextNode
from ..policy import Action, Again, Ladder, Stage
from . import vocabulary
from .amounts import amount, counted, further
from .draft import UNREAD, Draft
from .inherit import filled, reads
from .items import Place, items
from .keys import COMMON, Keys

LADDER = ("where", "stages", "ends", "lasts", "if_overdue", "text", *COMMON)
STAGE = ("when", "need", "do", "again", "if_overdue", "text", *COMMON)
ENDS = ("when", "do", "if_overdue", "text", *COMMON)
LASTS = ("month", "term", "school year")
WHOLE = ("session", "half_day", "school_day", "day")  # of these a number passed is the next one reached
ENROLLED = Condition(Term("status", "enrolled"), "enrolled")
ANYONE = Condition(Lit(True), "anyone")
ALWAYS = Condition(Lit(True), "")
AGAIN = (
    say("write `each crossing`, `each further 1`, `every 5 school days`, `each school day`, `each month`,\n`each term` or `each school year`")
)


@frozen
class _Step:
    """A stage with the `if_overdue` that its items take over."""

    stage: Stage
    default: tuple[Action, ...]


def ladders(draft: Draft, entries: Iterable[tuple[TextNode, Node]]) -> dict[str, Ladder]:
    """Every ladder of a policy, by name."""
    return {ladder.name: ladder for key, node in entries for ladder in [_ladder(draft, key, node)]}


def _ladder(draft: Draft, key: TextNode, node: Node) -> Ladder:
    name = draft.name(key, say("ladder"))
    keys = Keys(draft, node, say("a ladder"), LADDER, key.span)
    default = items(draft, keys.get("if_overdue"), Place(f"{name}.if_overdue"), say("`if_overdue`"))
    keys.need("stages")
    steps = [_stage(draft, stage, value, name, default) for stage, value in keys.entries(keys.spelled("stages"))]
    last = _ends(draft, keys, name, default)
    read = reads(step.stage for step in [*steps, *last])
    stages = tuple(filled(step.stage, step.default, read) for step in steps)
    ends = next((filled(step.stage, step.default, read) for step in last), None)
    keys.title("why")
    keys.title("text")
    # A `lasts` that cannot be read is a problem already: the case is not said to have no end besides.
    written = keys.spelled("lasts")
    lasts = keys.choice(written, LASTS, "" if keys.get(written) is None else "term").replace(" ", "_")
    where = keys.condition("where") or ENROLLED
    return Ladder(name, stages, where, ends, lasts, keys.title(), keys.words("cites"), key.span)


def _stage(draft: Draft, key: TextNode, node: Node, ladder: str, default: tuple[Action, ...]) -> _Step:
    name = draft.name(key, say("stage"))
    if name in spelled(("ends",)):
        draft.wrong("reserved-name", say("`ends` cannot name a stage"), key, say("`ends` stands beside `stages`, not in it"))
    keys = Keys(draft, node, say("a stage"), STAGE, key.span)
    keys.need("when")
    return _step(keys, name, f"{ladder}.{name}", default, keep=False)


def _ends(draft: Draft, ladder: Keys, name: str, default: tuple[Action, ...]) -> list[_Step]:
    written = ladder.spelled("ends")
    node = ladder.get(written)
    if node is None:
        return []
    keys = Keys(draft, node, say("`ends`"), ENDS, ladder.place(written))
    keys.need("when")
    return [_step(keys, "ends", f"{name}.ends", default, keep=True)]


def _step(keys: Keys, name: str, path: str, default: tuple[Action, ...], *, keep: bool) -> _Step:
    draft = keys.draft
    own = items(draft, keys.get("if_overdue"), Place(f"{path}.if_overdue", keep), say("`if_overdue`"))
    do = items(draft, keys.get("do"), Place(path, keep))
    when = keys.condition("when") or UNREAD
    keys.title("why")
    stage = Stage(
        name,
        path,
        when,
        do,
        keys.condition("need"),
        _again(keys, when),
        keys.title(),
        keys.title("text"),
        keys.words("cites"),
        keys.span,
    )
    return _Step(stage, own or default)


def _again(keys: Keys, when: Condition) -> Again | None:
    node = keys.get("again")
    if node is None:
        return None
    text = vocabulary.plain(keys.draft.text(node))
    found = _again_in(keys.draft, text, node, when)
    if found is None and text:
        keys.draft.wrong("wrong-value", say("`{text}` does not say when a stage fires again", text=text), node, AGAIN)
    if found is not None and found.kind == "further" and when is not UNREAD and not _one_comparison(when):
        keys.draft.wrong(
            "further-of-what",
            say("`each further 1` needs a condition that is one comparison with `>=`"),
            node,
            _reached(keys.draft, when) or say("write `when: measure >= number` and put the rest in `where` or `if`"),
        )
    return found


def _again_in(draft: Draft, text: str, node: Node, when: Condition) -> Again | None:
    if text == "each crossing":
        return Again("crossing")
    if text in ("each school day", "each month", "each term", "each school year"):
        return Again("each", unit=vocabulary.UNITS[text.removeprefix("each ")])
    kind, _, rest = text.partition(" ")
    if text.startswith("each further "):
        n = amount(draft, text.removeprefix("each further "), node, further(_unit(draft, when)))
        return Again("further") if n is None else Again("further", n)
    found = vocabulary.length(rest) if kind == "every" else None
    if not found or found[1] != "school_day":
        return None
    n = amount(draft, found[0], node, counted(say("a whole number of school days, 1 or more"), "school_day"))
    return Again("every", unit="school_day") if n is None else Again("every", n, "school_day")


def _unit(draft: Draft, when: Condition) -> str:
    return next((draft.names.measures.get(term.name, "") for term in when.terms if term.kind == "measure"), "")


def _one_comparison(when: Condition) -> bool:
    expr = when.expr
    return (
        isinstance(expr, Compare)
        and expr.op == ">="
        and isinstance(expr.left, Term)
        and expr.left.kind == "measure"
    )


def _reached(draft: Draft, when: Condition) -> Said:
    """Help for `measure > number`: the numbers are counted from one that is reached, not passed."""
    expr = when.expr
    if not (isinstance(expr, Compare) and expr.op == ">" and isinstance(expr.left, Term) and expr.left.kind == "measure"):
        return UNSAID
    bound = expr.right.value if isinstance(expr.right, Lit) else None
    if isinstance(bound, (int, Fraction)) and draft.names.measures.get(expr.left.name) in WHOLE:
        return say("write `when: {name} >= {floor}`", name=expr.left.name, floor=math.floor(bound) + 1)
    left, _, right = when.text.replace("＞", ">").partition(">")
    return say("write `when: {left} >= {right}`, which is true of that number too", left=left.strip(), right=right.strip())
