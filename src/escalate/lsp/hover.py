"""What stands at a place, in words: a key by the tables, a name by what it means."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from attrs import frozen

from ..parse import TextNode
from ..phrases import Phrases, phrases_for
from ..policy import Action, Policy, Stage, actions
from ..source import Span
from ..wording import Wording
from .kinds import document_of
from .mentions import Mention, mentions_of
from .positions import holds
from .spoken import chinese
from .texts import File, Texts, reading_of
from .walking import Spot, spots

LONGEST = 10  # lines of a definition that are shown


@frozen
class Told:
    """Words about a stretch of a text, as Markdown."""

    text: str
    span: Span


def told_at(texts: Texts, path: str, offset: int, lang: str) -> Told | None:
    """What stands at a place; None where nothing is known of it."""
    source = texts.source(path)
    document = document_of(source)
    reading = reading_of(texts, path)
    mentions = mentions_of(reading)
    found = next((mention for mention in mentions if holds(mention.span, source, offset)), None)
    if found is not None:
        return Told(_name(found, mentions, reading.policy, phrases_for(lang)), found.span)
    own = reading.files[0]
    spot = next((spot for spot in spots(document, own.tree) if spot.entry is not None and holds(spot.node.span, source, offset)), None)
    if spot is None or spot.entry is None:
        return None
    shown = [f"`{_example(own, spot, str(example))}`" for example in spot.entry.examples if isinstance(example, (str, int))]
    return Told("\n\n".join([f"**{spot.written}**: {spot.entry.said(lang)}", *([" ".join(shown)] if shown else [])]), spot.node.span)


def _example(file: File, spot: Spot, text: str) -> str:
    """An example of a key's value, in the language in which the key is written."""
    return chinese(file, spot.below, text) if spot.node.written is not None and isinstance(spot.below, TextNode) else text


def _name(found: Mention, mentions: tuple[Mention, ...], policy: Policy | None, phrases: Phrases) -> str:
    lines = list(_meaning(found, Wording(policy, phrases))) if policy is not None else []
    defined = next((mention.span for mention in mentions if mention.defines and mention.symbol == found.symbol), None)
    written = [f"```yaml\n{_excerpt(defined)}\n```", f"{defined.source.path}:{defined.line}"] if defined is not None else []
    return "\n\n".join([f"**{found.name}**", *(line for line in lines if line and line != found.name), *written])


def _excerpt(span: Span) -> str:
    """The line of a definition, and those that stand below it."""
    lines = span.source.lines[span.line - 1 :]
    depth = _depth(lines[0])
    below = takewhile(lambda line: not line.strip() or _depth(line) > depth, lines[1:LONGEST])
    return "\n".join(line[depth:] for line in (lines[0], *below)).rstrip()


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _meaning(found: Mention, wording: Wording) -> Iterator[str]:
    """What a name means, a paragraph each."""
    policy, name = wording.policy, found.name
    if found.kind == "measure" and name in policy.measures:
        yield from (wording.measure(name), wording.phrases.clauses([wording.window(window) for window in policy.measures[name].windows]))
    elif found.kind == "parameter" and name in policy.parameters:
        yield wording.parameter(name)
        for line in policy.parameters[name].lines:
            yield f"- `{line.text}`" + (f": {wording.condition(line.where)}" if line.where is not None else "")
    elif found.kind == "role" and name in policy.roles:
        of = policy.roles[name].of
        yield f"{wording.role(name)} ({wording.phrases.levels.get(of, of)})"
    elif found.kind == "flag":
        yield wording.attribute(name)
    elif found.kind == "ladder":
        yield wording.ladder(name)
    elif found.kind == "target":
        yield wording.target(name)
    elif found.kind == "result":
        yield wording.result(name)
    elif found.kind == "stage":
        yield from (line for stage in _stages(policy, found) for line in (wording.stage(stage), wording.condition(stage.when)))
    elif found.kind == "item":
        yield from (line for action in actions(policy) if action.name == name for line in _item(action, wording))


def _stages(policy: Policy, found: Mention) -> Iterator[Stage]:
    ladder = policy.ladders.get(found.ladder)
    yield from (stage for stage in (ladder.stages if ladder else ()) if stage.name == found.name)


def _item(action: Action, wording: Wording) -> Iterator[str]:
    by = wording.who(action.owners, "by", None)
    due = wording.parameters_of(action.due, None) or wording.deadline(action.due) if action.due is not None else ""
    yield wording.phrases.clauses([wording.action(action), by, due])
