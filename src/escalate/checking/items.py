"""Whether an item can be done, be late and be missed without anybody noticing."""

from __future__ import annotations

from collections.abc import Iterator

from ..loading.inherit import every, reads, waited_on
from ..messages import listed, say
from ..policy import CONSEQUENCE_SUMS, LIST, REGISTERS, EndOf, Nth, Policy, Stage
from ..source import Problem
from .parts import all_items, steps

NO_CHASE = (
    say("give it, its stage or its ladder an `if_overdue`, such as\n`if_overdue: {{chase: {{by: principal, due: 1 school day}}}}`")
)
NO_DUE = say("its `if_overdue` needs a due to be past: write `due: 1 school day`")


def nothing_waits_in_silence(policy: Policy) -> Iterator[Problem]:
    """Where something waits on an item, nobody's missing record may hide a child."""
    for ladder in policy.ladders.values():
        read = reads(steps(ladder))
        for action in all_items(ladder):
            if waited_on(action, read) and not (action.optional or action.tells or (action.if_overdue and action.due)):
                yield Problem(
                    "silent-if-unrecorded",
                    say("something waits on `{name}`, and nothing happens where nobody records it", name=action.name),
                    action.span,
                    NO_DUE if action.if_overdue else NO_CHASE,
                )


def session_roles_act_in_sessions(policy: Policy) -> Iterator[Problem]:
    """A role that is held for a session acts only where the stage is about one."""
    for ladder in policy.ladders.values():
        for stage in steps(ladder):
            if _about_a_session(stage, policy):
                continue
            for action in every(stage.do):
                for entry in (*action.by.entries, *action.to.entries, *action.notify.entries):
                    role = policy.roles.get(entry.name)
                    if entry.kind == "role" and role is not None and role.of == "session":
                        yield Problem(
                            "session-role",
                            say("`{name}` is held for a session, and `{path}` is about none", name=entry.name, path=stage.path),
                            action.span,
                            say("name a role of the class, or let `when` read a measure in sessions"),
                        )


def _about_a_session(stage: Stage, policy: Policy) -> bool:
    return any(
        term.kind == "measure" and not policy.measures[term.name].by_day
        for term in stage.when.terms
        if term.name in policy.measures
    )


def nth_deadlines_count(policy: Policy) -> Iterator[Problem]:
    """`at the 15th x` needs an x that is counted in a window."""
    for ladder in policy.ladders.values():
        for action in all_items(ladder):
            measure = policy.measures.get(action.due.measure) if isinstance(action.due, Nth) else None
            if measure is not None and (measure.kind != "count" or not measure.windows):
                yield Problem(
                    "nth-of-what",
                    say("`{name}` has no nth: it is not counted in a window", name=measure.name),
                    action.span,
                    say("name a measure of `count` with `within`"),
                )


def items_outlive_their_period(policy: Policy) -> Iterator[Problem]:
    """Warn where an item falls due in the instant in which its case is closed."""
    for ladder in policy.ladders.values():
        for action in all_items(ladder):
            if ladder.lasts and isinstance(action.due, EndOf) and action.due.unit == ladder.lasts and not action.keep:
                yield Problem(
                    "cancelled-when-due",
                    say("`{name}` is due when the case is closed, so it is cancelled and never late", name=action.name),
                    action.span,
                    say("write `keep: true`"),
                    warning=True,
                )


def lists_are_registers(policy: Policy) -> Iterator[Problem]:
    """`list` attaches registers that exist."""
    known = {*policy.registers, *REGISTERS, CONSEQUENCE_SUMS, *(f"{target.name}{LIST}" for target in policy.targets.values() if target.list)}
    for ladder in policy.ladders.values():
        for action in all_items(ladder):
            for name in action.list.split(", ") if action.list else ():
                if name not in known:
                    yield Problem(
                        "unknown-register",
                        say("unknown register `{name}`", name=name),
                        action.span,
                        say("it is one of {listed}", listed=listed(sorted(known))),
                    )
