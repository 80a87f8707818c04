"""Whether the cases of a ladder can open, end and open again."""

from __future__ import annotations

from collections.abc import Iterator

from ..conditions import Condition
from ..messages import Said, ours, say
from ..opening import can_open, reads_items, stays_true
from ..policy import NOT_ENROLLED, Ladder, Policy
from ..source import Problem
from .parts import steps

_EVIDENCE = frozenset({"done", "outcome", "overdue", "late", "fired", "times", "received"})


def ladders_have_stages(policy: Policy) -> Iterator[Problem]:
    """A ladder without a stage does nothing."""
    for ladder in policy.ladders.values():
        if not ladder.stages:
            yield Problem(
                "missing-value",
                say("ladder `{name}` has no stage", name=ladder.name),
                ladder.span,
                say("write `stages: {{a_name: {{when: ..., do: ...}}}}`"),
            )


def ladders_end(policy: Policy) -> Iterator[Problem]:
    """A case must be able to end: by `ends`, by `lasts`, or because `where` names what can change."""
    for ladder in policy.ladders.values():
        if ladder.ends is None and not ladder.lasts and not _where_can_change(ladder):
            yield Problem(
                "never-ends",
                say("a case of `{name}` never ends", name=ladder.name),
                ladder.span,
                say("write `ends: {{when: ...}}`, or `lasts: term`, or name a flag, an attribute or a status in `where`"),
            )


def _where_can_change(ladder: Ladder) -> bool:
    return not ladder.where.text or any(
        term.kind in ("flag", "attribute") or (term.kind == "status" and term.name != "enrolled")
        for term in ladder.where.terms
    )


def cases_can_open(policy: Policy) -> Iterator[Problem]:
    """Some stage must be able to open a case: one that reads facts only."""
    for ladder in policy.ladders.values():
        if ladder.stages and not any(can_open(stage, policy) for stage in ladder.stages):
            yield Problem(
                "never-opens",
                say("no stage of `{name}` can open a case: each reads items, firings or the case itself", name=ladder.name),
                ladder.stages[0].span,
                say("begin with a stage on facts, such as `when: became(dropped_out)`; it may stand without `do`"),
            )


def ends_read_facts(policy: Policy) -> Iterator[Problem]:
    """What ends a case must not depend on anybody's record of an item."""
    for ladder in policy.ladders.values():
        yield from _reads_facts(ladder.ends.when, say("`ends`"), "ends-reads-items") if ladder.ends else ()


def covering_reads_facts(policy: Policy) -> Iterator[Problem]:
    """Who is covered, and which line of a parameter holds, must not depend on items."""
    for ladder in policy.ladders.values():
        yield from _reads_facts(ladder.where, say("`where`"), "where-reads-items", case=True)
    for parameter in policy.parameters.values():
        for line in parameter.lines:
            if line.where is not None:
                yield from _reads_facts(line.where, say("a parameter's `where`"), "where-reads-items", case=True)


def _reads_facts(condition: Condition, what: Said, kind: str, *, case: bool = False) -> Iterator[Problem]:
    for term in condition.terms:
        if reads_items(term) or (case and (term.kind == "outcome" or term.target == "case")):
            help = say("it reads facts: measures, flags, statuses, documents, and `outcome(x)`")
            yield Problem(
                kind,
                say("{what} cannot read `{key}`", what=what, key=ours(term.key, "condition")),
                term.span or condition.span,
                say("it reads facts: measures, flags, statuses, documents") if case else help,
            )


def statuses_are_covered(policy: Policy) -> Iterator[Problem]:
    """A ladder for the enrolled never sees a child become what is not enrolled."""
    for ladder in policy.ladders.values():
        if ladder.where.text != "enrolled":
            continue
        for stage in ladder.stages:
            for term in stage.when.terms:
                if term.kind in ("became", "status") and term.name in NOT_ENROLLED:
                    yield Problem(
                        "never-covered",
                        say("`{key}` is never true in `{name}`: its `where` covers the enrolled only", key=ours(term.key, "condition"), name=ladder.name),
                        term.span or stage.span,
                        say("write `where: anyone`, and `keep: true` on the items"),
                    )


def need_is_evidence(policy: Policy) -> Iterator[Problem]:
    """`need` asks whether evidence exists; what the facts say belongs in `when`."""
    for ladder in policy.ladders.values():
        for stage in steps(ladder):
            if (
                stage.need is not None
                and stage.need.text
                and not any(term.kind in _EVIDENCE for term in stage.need.terms)
            ):
                yield Problem(
                    "need-without-evidence",
                    say("`need` asks for no evidence"),
                    stage.need.span,
                    say("write `need: done(item)` or `need: received(document)`, and put the rest into `when`"),
                )


def cases_open_again(policy: Policy) -> Iterator[Problem]:
    """Warn where a case can end while what opened it stays true, and nothing else can open one again."""
    for ladder in policy.ladders.values():
        if ladder.ends is None or any(reads_items(term) for term in ladder.ends.when.terms):
            continue
        opening = [stage for stage in ladder.stages if can_open(stage, policy)]
        if opening and all(stays_true(stage.when, ladder.ends.when, policy) for stage in opening):
            stage = opening[0]
            yield Problem(
                "ends-while-true",
                say("`{path}` can stay true after the case ended, and no other stage can open a case again", path=stage.path),
                stage.when.span,
                say("a case opens when a condition becomes true: let `ends` name the return,\nor add a stage that becomes true anew"),
                warning=True,
            )
