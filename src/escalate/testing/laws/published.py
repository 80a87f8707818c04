"""What the commands answer about a policy's own file: it is shown, drawn, checked, laid out, tried in a made-up school, and tested at its boundaries."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from ...evaluation import evaluate
from ...readers.inputs import read_policy
from ..running import Frozen, engine_of
from ..school import made_school
from ..snapshot import ledger_text
from .commanded import Desk

Published = Callable[[str, Desk], None]
SCHOOL = ("--students", "24", "--classes", "2", "--grades", "7-9", "--until", "2025-10-20")


def a_policy_can_be_shown(path: str, desk: Desk) -> None:
    """Its table and its diagram are written in both languages and every form. Guards against policies that only their author can read."""
    for lang in ("zh", "en"):
        for more in (["--table"], ["--table", "--format", "markdown"], ["--table", "--format", "json"]):
            assert fine(desk, ["show", path, "--lang", lang, *more]).strip(), f"`show {path} {' '.join(more)}` shows nothing"
        assert "flowchart" in fine(desk, ["diagram", path, "--format", "mermaid", "--lang", lang]), f"no flowchart of {path}"
        assert "<svg" in fine(desk, ["diagram", path, "--lang", lang]), f"no picture of {path}"
    fine(desk, ["show", path, "--table", "--format", "xlsx", "--out", f"{desk.lay({})}/table.xlsx"])


def a_policy_can_be_judged(path: str, desk: Desk) -> None:
    """It is checked and linted, to people and to programs; laid out again it says the same. Guards against findings that nobody can act upon."""
    for more in (["--lang", "zh"], ["--lang", "en"], ["--format", "json"]):
        fine(desk, ["check", path, *more], (0, 1))
        fine(desk, ["lint", path, *more], (0, 1))
    for lang in ("zh", "en"):
        texts = read_policy(path, [])
        assert texts is not None, f"{path} cannot be read"
        folder = desk.lay(dict(texts.texts))
        fine(desk, ["fmt", f"{folder}/{texts.place}", "--to", lang])
        fine(desk, ["fmt", f"{folder}/{texts.place}", "--check", "--diff"])


def a_policy_can_be_tried(path: str, desk: Desk) -> None:
    """In a made-up school it gives the same twice, and compared with itself nothing else. Guards against figures that change by themselves."""
    one, two = (fine(desk, ["simulate", path, *SCHOOL, "--lang", "en"]) for _ in range(2))
    assert one == two, f"{path}, simulated twice, gives two answers"
    found = json.loads(fine(desk, ["simulate", path, path, *SCHOOL, "--format", "json"]))
    assert found, f"{path}, simulated beside itself, gives nothing"
    folder = f"{desk.lay({})}/made-up"
    fine(desk, ["simulate", path, *SCHOOL, "--lang", "zh", "--out", folder])
    given = (
        ("--calendar", "calendar.yaml"), ("--roster", "roster.csv"), ("--assignments", "assignments.csv"), ("--events", "events.csv"),
        ("--events", "outcomes.csv"), ("--out", "out"),
    )  # fmt: skip
    options = [text for option, name in given for text in (option, f"{folder}/{name}")]
    fine(desk, ["run", "--policy", path, *options, "--until", "2025-10-20"])


def a_school_that_is_followed_comes_to_the_same(path: str, desk: Desk) -> None:
    """A made-up school that is advanced week by week comes to what it comes to at once, and nothing decided changes. Guards against nights that matter."""
    world = made_school(path, students=6, weeks=3)
    engine, frozen, zone = engine_of(world), Frozen(), world.calendar.zone
    for until in (*range(zone.midnight(world.calendar.of("").first), world.until, 7 * 86400), world.until):
        found = frozen(engine, until, world.events)
    frozen.check()
    at_once = evaluate(world.policies, world.calendar, world.roster, [event for event in world.events if event.known <= world.until], world.until)
    assert ledger_text(found, zone) == ledger_text(at_once, zone), f"{path}: the school that is made up comes to something else when it is followed"


def its_boundaries_are_as_it_says(path: str, desk: Desk) -> None:
    """The cases that are written for its thresholds pass. Guards against boundaries that are written of another policy than is played."""
    spec = f"{desk.lay({})}/boundaries.spec.yaml"
    code, answer, said = desk.run(["test", path, "--write-boundaries", "--out", spec])
    assert code in (0, 1), f"no boundaries of {path}: {(said or answer)[-300:]}"
    if code == 0:
        fine(desk, ["test", spec, "--jobs", "1", "--coverage", "--diff"])


def fine(desk: Desk, args: Sequence[str], codes: Sequence[int] = (0,)) -> str:
    """What a command answers that must end well."""
    code, answer, said = desk.run(args)
    assert code in codes, f"`{' '.join(args[:3])}` ends with {code}: {said[-500:] or answer[-500:]}"
    return answer


PUBLISHED: tuple[Published, ...] = (
    a_policy_can_be_shown, a_policy_can_be_judged, a_policy_can_be_tried, a_school_that_is_followed_comes_to_the_same, its_boundaries_are_as_it_says,
)  # fmt: skip
