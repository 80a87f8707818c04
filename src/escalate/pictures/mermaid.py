"""The ladders of a policy as a Mermaid flowchart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..policy import Action, Ladder, Policy
from .said import Said
from .steps import steps

OWN = '"#&<>`\\;'
STYLES = (
    "  classDef stage fill:#e8f1f5,stroke:#2f7a94,color:#14303a",
    "  classDef item fill:#ffffff,stroke:#9aa5b1,color:#1f2933",
    "  classDef ends fill:#e6f4ea,stroke:#3c8a57,color:#173a24",
)


def mermaid(policy: Policy, lang: str = "") -> str:
    """A subgraph for each ladder: its stages in order, what each asks for, and its end."""
    said = Said(policy, lang or policy.lang)
    none = [] if policy.ladders else [f'  none["{escaped(said.say("no_ladder"))}"]']
    lines = ["---", f"title: {_quoted(said.title)}", "---", "flowchart TB", *none]
    for n, ladder in enumerate(policy.ladders.values(), 1):
        lines += [f'  subgraph l{n}["{escaped(said.wording.ladder(ladder.name))}"]', "    direction TB", *_ladder(said, ladder, f"l{n}"), "  end"]
    return "\n".join([*lines, *STYLES]) + "\n"


def _ladder(said: Said, ladder: Ladder, ident: str) -> Iterator[str]:
    before = ""
    for n, stage in enumerate(ladder.stages, 1):
        own = f"{ident}s{n}"
        yield _node(own, [said.wording.stage(stage), said.when(stage)], "stage")
        if before:
            yield f"    {before} --> {own}"
        yield from _items(said, stage.do, own)
        before = own
    yield _node(f"{ident}e", [said.say("ends"), said.end(ladder)], "ends", "([", "])")
    yield f"    {before} --> {ident}e" if before else ""
    yield from _items(said, ladder.ends.do if ladder.ends is not None else (), f"{ident}e")


def _items(said: Said, actions: Iterable[Action], stage: str) -> Iterator[str]:
    """What a stage asks for, each with what follows it."""
    above = [stage]
    for n, step in enumerate(steps(actions), 1):
        own, action = f"{stage}i{n}", step.action
        yield _node(own, [said.what(action), said.people(action), said.when_due(action)], "item")
        label = f'|"{escaped(said.why(step))}"|' if step.why else ""
        yield f"    {above[step.depth]} -.->{label} {own}" if step.why else f"    {above[0]} --- {own}"
        above[step.depth + 1 :] = [own]


def _node(ident: str, texts: list[str], kind: str, left: str = "[", right: str = "]") -> str:
    first, *others = [escaped(text) for text in texts]
    label = "<br>".join([f"<b>{first}</b>", *(text for text in others if text)])
    return f'    {ident}{left}"{label}"{right}:::{kind}'


def escaped(text: str) -> str:
    """A text that stands in a quoted label: every sign that means something to Mermaid or HTML by its number."""
    return "".join(f"#{ord(sign)};" if sign in OWN else sign for sign in text).replace("\n", "<br>")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
