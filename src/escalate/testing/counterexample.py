"""A counterexample as it is read: the law, the calendar with its marks, what came of them, the policy's lines, and a spec case to paste."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from attrs import evolve

from ..policy import Policy, actions, stages
from ..reports.weeks import draw_weeks, plain
from ..source import Span
from ..spec.drawing import picture
from .broken import Broken
from .model.seen import World
from .pasting import case_of, event_text, letters_and_rest, outcome_of, spec_case

DECISIONS = 40  # of a history with more, the last are shown


def counterexample(found: Broken) -> str:
    """All that shows that a law is broken, in lines to read."""
    return told(f"law broken: {found.law}", [found.says, "", "what was seen:", *(f"  {line}" for line in found.seen.splitlines())], found.world, found.paths)


def told(head: str, seen: Iterable[str], world: World, paths: Sequence[str] = ()) -> str:
    """The same for anything that does not hold of a world; paths: of the policy, what it is about."""
    lines = [head, *(f"  {line}".rstrip() for line in seen)]
    involved = policy_lines(world.policies, paths)
    lines += ["", "the policy's lines:", *(f"  {line}" for line in involved)] if involved else []
    lines += ["", "the history:", *drawing(world)]
    return "\n".join([*lines, "", "as a spec, to paste:", *(f"  {line}" for line in pasted(world, head).splitlines())])


def pasted(world: World, title: str) -> str:
    """The world as a spec of the policies' files; why not, where it is the engine that fails."""
    files = [json.dumps(policy.path, ensure_ascii=False) for policy in world.policies if policy.path]
    named = [f"policy: {files[0] if len(files) == 1 else '[' + ', '.join(files) + ']'}"] * bool(files)
    try:
        return "\n".join([*named, spec_case(world, title)])
    except Exception as error:  # noqa: BLE001  # the engine may be what is broken
        return f"(it cannot be played: {type(error).__name__}: {error})"


def drawing(world: World) -> list[str]:
    """The weeks with their marks as a teacher reads them, and what came by date."""
    lang = world.policies[0].lang
    try:
        found = outcome_of(world)
    except Exception as error:  # noqa: BLE001  # the engine may be what is broken
        return [f"  (it cannot be played: {type(error).__name__}: {error})"]
    drawn = picture(case_of(world), found)
    weeks = [week if isinstance(week, int) else tuple(evolve(day, agrees=None) for day in week) for week in drawn.weeks]  # nothing was expected
    lines = [plain(line) for line in draw_weeks(weeks, drawn.students, lang)] if weeks else []
    moments = [(event.known, "said", event_text(event, world)) for event in letters_and_rest(world)[1] if event.known <= world.until]
    moments += [(one.decision.decided, "came", one.line.removeprefix("- ")) for one in found.unexpected]
    moments.sort(key=lambda one: (one[0], one[1] == "came"))
    happened = [f"  {world.calendar.zone.text(at)[:16].replace('T', ' ')}  {how}  {text}" for at, how, text in moments]
    return [*lines, *([f"  ... {len(happened) - DECISIONS} before"] if len(happened) > DECISIONS else []), *happened[-DECISIONS:]]


def policy_lines(policies: Sequence[Policy], paths: Sequence[str]) -> list[str]:
    """Where the parts at some paths are written, with the conditions of their stages, each line once, in the order of the text."""
    found: dict[str, tuple[str, int]] = {}
    for policy in policies:
        for path in paths:
            parts = path.split(".")
            steps = [stage for stage in stages(policy) if path == stage.path or path.startswith(f"{stage.path}.")]
            for stage in steps:
                found[f"{place(stage.when.span)}: `{stage.path}` when {stage.when.text}"] = order(stage.when.span)
            for action in actions(policy):
                if action.path == path:
                    found[f"{place(action.span)}: `{path}`"] = order(action.span)
            ladder = policy.ladders.get(parts[0])
            if ladder is not None and ladder.ends is not None:
                found[f"{place(ladder.ends.when.span)}: `{ladder.ends.path}` when {ladder.ends.when.text}"] = order(ladder.ends.when.span)
    return sorted(found, key=found.__getitem__)


def order(span: Span | None) -> tuple[str, int]:
    """By file and line."""
    return (span.source.path, span.line) if span is not None else ("", 0)


def place(span: Span | None) -> str:
    """`file:line`, of what was written in a file."""
    return f"{span.source.path}:{span.line}" if span is not None else "(not written in a file)"
