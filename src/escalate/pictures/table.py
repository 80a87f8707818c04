"""A policy as the table that people sign: its ladders, duties and targets, a row for each thing to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import evolve, frozen

from ..policy import Action, Ladder, Policy, Stage, Target
from .said import Said
from .steps import Step, steps

COLUMNS = ("name", "when", "who", "what", "whom", "due", "late", "cites")
WHAT = COLUMNS.index("what")


@frozen
class Row:
    """One row. path: of what it says; cells: one for each of `COLUMNS`; depth: how many items it hangs below; notes: what else is known of an item.

    opens: the first row of a stage, a duty or a target.
    """

    path: str
    cells: tuple[str, ...]
    depth: int = 0
    notes: tuple[str, ...] = ()
    opens: bool = False

    def indented(self, deeper: str) -> str:
        """What is done, behind an arrow where it hangs on something."""
        return f"{deeper * (self.depth - 1)}↳ {self.cells[WHAT]}" if self.depth else self.cells[WHAT]

    def as_values(self) -> dict[str, Any]:
        """The row as plain values."""
        return {"path": self.path, "depth": self.depth, **dict(zip(COLUMNS, self.cells, strict=True)), "notes": list(self.notes)}

    def with_what(self, what: str) -> tuple[str, ...]:
        """The cells, what is done written otherwise."""
        return (*self.cells[:WHAT], what, *self.cells[WHAT + 1 :])


@frozen
class Section:
    """A ladder, the duties or the targets. about: whom it covers, in words."""

    kind: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    about: str = ""
    cites: tuple[str, ...] = ()


@frozen
class Table:
    """All of a policy, in one language."""

    policy: str
    version: str
    lang: str
    title: str
    in_force: str
    unset: str
    sign: str
    sections: tuple[Section, ...]

    def as_values(self) -> dict[str, Any]:
        """All of it as plain values."""
        sections = [
            {
                "kind": section.kind, "title": section.title, "about": section.about, "cites": list(section.cites), "heads": list(section.heads),
                "rows": [row.as_values() for row in section.rows],
            }
            for section in self.sections
        ]  # fmt: skip
        return {
            "policy": self.policy, "version": self.version, "lang": self.lang, "title": self.title, "in_force": self.in_force, "unset": self.unset,
            "sections": sections,
        }  # fmt: skip


def table_of(policy: Policy, lang: str = "") -> Table:
    """The table of a policy, in its own language where none is named."""
    said = Said(policy, lang or policy.lang)
    found = [_ladder(said, ladder) for ladder in policy.ladders.values()]
    if policy.duties:
        rows = (row for duty in policy.duties.values() for row in _stage(said, duty.stage, said.rhythm(duty)))
        found.append(Section("duties", said.say("duties"), _heads(said, "duty", "rhythm"), tuple(rows)))
    if policy.targets:
        rows = (row for target in policy.targets.values() for row in _target(said, target))
        found.append(Section("targets", said.say("targets"), _heads(said, "target", "measured"), tuple(rows)))
    return Table(policy.name, policy.version, said.lang, said.title, said.in_force, said.unset, said.say("sign"), tuple(found))


def _heads(said: Said, name: str, when: str) -> tuple[str, ...]:
    return tuple(said.say(f"head.{key}") for key in (name, when, *COLUMNS[2:]))


def _ladder(said: Said, ladder: Ladder) -> Section:
    rows = [row for stage in ladder.stages for row in _stage(said, stage, said.when(stage), ladder.cites)]
    ends = _items(said, ladder.ends.do if ladder.ends is not None else (), ())
    own = ladder.ends.cites if ladder.ends is not None else ()
    rows += _opened(said, ladder.ends.path if ladder.ends is not None else ladder.name, said.say("ends"), said.end(ladder), list(ends), own)
    covers = said.covers(ladder)
    about = said.say("colon", name=said.say("covers"), text=covers) if covers else ""
    return Section("ladder", said.wording.ladder(ladder.name), _heads(said, "stage", "when"), tuple(rows), about, ladder.cites)


def _stage(said: Said, stage: Stage, when: str, default: tuple[str, ...] = ()) -> list[Row]:
    cites = stage.cites or default
    return _opened(said, stage.path, said.wording.stage(stage), when, list(_items(said, stage.do, cites)), cites)


def _target(said: Said, target: Target) -> list[Row]:
    follows = [*_items(said, target.met.do, target.cites, "if_met"), *_items(said, target.broken.do, target.cites, "if_broken")]
    return _opened(said, target.name, said.wording.stage(target.broken), said.measured(target), follows, target.cites)


def _opened(said: Said, path: str, name: str, when: str, items: list[Row], cites: Iterable[str]) -> list[Row]:
    """A stage's rows: its name and condition stand beside its first item, unless that says already what it follows on."""
    if items and not items[0].cells[1]:
        first = items[0]
        return [evolve(first, cells=(name, when, *first.cells[2:]), opens=True), *items[1:]]
    return [Row(path, (name, when, "", "", "", "", "", said.phrases.all_of(list(cites))), opens=True), *items]


def _items(said: Said, actions: Iterable[Action], cites: tuple[str, ...], why: str = "") -> Iterator[Row]:
    for step in steps(actions):
        yield _row(said, step, cites, said.say(why) if why and not step.depth else "")


def _row(said: Said, step: Step, cites: tuple[str, ...], why: str) -> Row:
    action = step.action
    when = said.why(step) if step.why else why
    late = said.phrases.all_of([said.what(one) for one in action.if_overdue])
    own = said.phrases.all_of(list(action.cites or (cites if not step.depth else ())))
    return Row(action.path, ("", when, said.by(action), said.what(action), said.to(action), said.when_due(action), late, own), step.depth, said.notes(action))
