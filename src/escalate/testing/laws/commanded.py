"""What a command line answers over a world's files is what the library says: written out, run, explained, compared, handed over.

The command is given: `escalate`'s own, or that of whoever wraps it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import wraps

from attrs import evolve, frozen

from ...readers.events import read_events
from ...readers.inputs import read_world
from ...readers.rejects import Context, Reject
from ...readers.texts import read_source
from ..broken import Law, hold
from ..dated import places_to_come
from ..files import ASSIGNMENTS, CALENDAR, EVENTS, ROSTER, files_of
from ..model.seen import World
from ..pasting import outcome_of, sayable, spec_case
from ..playing import ledger

PAGES = 2  # of the stages and the items of a world, so many are asked about


@frozen
class Desk:
    """Where files are laid, and what runs a command over them.

    lay: puts texts by their names into a new folder and gives its path. run: gives a command's exit code, what it answered, and what it said of trouble.
    """

    lay: Callable[[Mapping[str, str]], str]
    run: Callable[[Sequence[str]], tuple[int, str, str]]


@frozen
class Laid:
    """A world's files, what of its events can be read back, and what they are read against."""

    folder: str
    world: World
    inputs: tuple[str, ...]
    until: str
    context: Context

    def place(self, name: str) -> str:
        """A file of the folder."""
        return f"{self.folder}/{name}"


def laid(world: World, desk: Desk) -> Laid:
    """A world's files laid out, once for all laws; rows that the readers set aside are left out of the world."""
    found: Laid | None = world.kept.get("laid")
    if found is None:
        folder = desk.lay(files_of(world))
        paths = [f"{folder}/{name}" for name in (CALENDAR, ROSTER, ASSIGNMENTS, EVENTS)]
        policies = [policy.path for policy in world.policies]
        known = read_world(policies, paths[0], paths[1], assignments=paths[2], events=[paths[3]])
        events = [event for event in read_events(paths[3], known.context()) if not isinstance(event, Reject)]
        read = World(tuple(texts.policy for texts in known.policies), known.calendar, known.roster, tuple(events), world.until)
        options = [text for path in policies for text in ("--policy", path)]
        for name, path in zip(("calendar", "roster", "assignments", "events"), paths, strict=True):
            options += [f"--{name}", path]
        found = world.kept["laid"] = Laid(folder, read, tuple(options), world.calendar.zone.text(world.until), known.context())
    return found


def what_is_written_reads_the_same(world: World, desk: Desk) -> None:
    """Files of a world are read back as it was, but for rows that name what nobody knows. Guards against files that say less."""
    read, law = laid(world, desk).world, what_is_written_reads_the_same
    lost = [event for event in world.events if event not in read.events]
    names, codes = set(world.roster.ids()), {code for policy in world.policies for code in policy.marks}
    wrong = [event for event in lost if getattr(event, "student", "") in names and getattr(event, "code", "") in {"", *codes}]
    inside = [event for event in wrong if not hasattr(event, "date") or world.calendar.of("").covers(event.date)]
    hold(law, not inside, world, lambda: f"{inside[0]} is not read back")
    hold(law, len(read.events) == len(world.events) - len(lost), world, "events are read that were not written")
    days = [(one.of(school).school_days, one.of(school).covers(one.of(school).last)) for one in (world.calendar, read.calendar) for school in ("", "south")]
    hold(law, days[:2] == days[2:], world, "the calendar has other school days")
    hold(law, set(read.roster.assignments) == set(world.roster.assignments), world, "other persons hold roles")
    rows = [[(row.id, row.school, row.class_, row.grade, row.start, row.end) for row in one.roster.students] for one in (world, read)]
    hold(law, rows[0] == rows[1], world, "the roster has other rows")


def a_run_decides_the_same(world: World, desk: Desk) -> None:
    """`run` over a world's files writes the items that `evaluate` gives, and its audit trail is whole. Guards against a command line that is another engine."""
    files, law = laid(world, desk), a_run_decides_the_same
    out = files.place("out")
    code, _, said = desk.run(["run", *files.inputs, "--until", files.until, "--out", out])
    hold(law, code == 0, world, f"it ends with {code}: {said[-500:]}")
    rows = [json.loads(line) for line in read_source(f"{out}/items.jsonl").text.splitlines()]
    zone = world.calendar.zone
    ours = [(item.id, item.status, item.due, zone.text(item.opened)) for item in ledger(files.world).items]
    theirs = [(row["id"], row["status"], row.get("due", ""), row["opened"]) for row in rows]
    hold(law, sorted(ours) == sorted(theirs), world, lambda: f"{sorted(set(ours) ^ set(theirs))[:2]}")
    code, _, said = desk.run(["audit", "verify", out])
    hold(law, code == 0, world, f"its audit trail: {said[-300:]}")
    code, again, said = desk.run(["run", *files.inputs, "--until", files.until, "--out", out, "--force", "--format", "json", "--names"])
    hold(law, code == 0 and json.loads(again), world, f"replaced, it ends with {code}: {said[-300:]}")


def what_was_run_can_be_explained(world: World, desk: Desk) -> None:
    """Each student and item of a run is explained in both languages, to people and to programs. Guards against answers that only one reader gets."""
    files, law = laid(world, desk), what_was_run_can_be_explained
    out = files.place("explained")
    desk.run(["run", *files.inputs, "--until", files.until, "--out", out])
    found = ledger(files.world)
    students = sorted({one.student for one in found.decisions if one.level == "student"})
    asked = [["--student", student] for student in students] + [[item.id] for item in found.items[:PAGES]]
    for one in asked:
        texts = [_fine(law, world, desk, ["explain", out, *one, "--lang", lang]) for lang in ("zh", "en")]
        hold(law, texts[0] != texts[1], world, f"{one} is told alike in both languages")
        hold(law, json.loads(_fine(law, world, desk, ["explain", out, *one, "--format", "json"])), world, "it says nothing as JSON")
        desk.run(["explain", out, *one, "--as-known", files.until[:10]])
    for role in sorted({role for policy in world.policies for role in policy.roles})[:PAGES]:
        desk.run(["registers", out, "--for", role, "--out", files.place(f"for-{role}")])  # not every role may read one
    _fine(law, world, desk, ["lint", out, "--fail-on", "error"], (0, 1))


def what_did_not_happen_can_be_told(world: World, desk: Desk) -> None:
    """Why a stage has not fired, and what comes next, is told of each student. Guards against questions that end in a fault."""
    files, law = laid(world, desk), what_did_not_happen_can_be_told
    paths = [f"{ladder.name}.{stage.name}" for policy in world.policies for ladder in policy.ladders.values() for stage in ladder.stages]
    for student in world.roster.ids():
        for lang, path in zip(("zh", "en"), (paths[:1] + paths[-1:]), strict=False):
            _fine(law, world, desk, ["why-not", student, path, *files.inputs, "--until", files.until, "--lang", lang])
            hold(law, _fine(law, world, desk, ["next", student, *files.inputs, "--until", files.until, "--lang", lang]).strip(), world, "it says nothing")
        hold(law, json.loads(_fine(law, world, desk, ["next", student, *files.inputs, "--until", files.until, "--format", "json"])), world, "no JSON")


def pages_can_be_read(world: World, desk: Desk) -> None:
    """The page of each child and of the school is written, whole, and needs nothing from elsewhere. Guards against pages that break on a strange history."""
    files, law = laid(world, desk), pages_can_be_read
    asked = {student: ["timeline", student] for student in world.roster.ids()} | {"school": ["report"]}
    for name, command in asked.items():
        for lang in ("zh", "en"):
            page = files.place(f"{name}-{lang}.html")
            _fine(law, world, desk, [*command, *files.inputs, "--until", files.until, "--out", page, "--lang", lang, "--names"])
            text = read_source(page).text
            hold(law, text.rstrip().endswith("</html>") and "<script src" not in text and "<link" not in text, world, f"{page} is not whole")


def compared_with_itself_nothing_differs(world: World, desk: Desk) -> None:
    """`compare` of a policy with itself finds no difference. Guards against differences that the comparison makes."""
    files, law = laid(world, desk), compared_with_itself_nothing_differs
    if len(world.policies) == 1:
        path, options = world.policies[0].path, files.inputs[2:]
        for more in ([], ["--format", "json"], ["--lang", "en", "--all"]):
            _fine(law, world, desk, ["compare", path, path, *options, "--until", files.until, "--exit-code", *more])


def the_spec_of_a_world_passes(world: World, desk: Desk) -> None:
    """A world as a spec passes, but for rows and roles that change, which a spec cannot say; where an event is odd, it fails for that and nothing else.

    Guards against counterexamples that show something else.
    """
    law, rows, held = the_spec_of_a_world_passes, world.roster.students, world.roster.assignments
    world = evolve(world, events=tuple(event for event in world.events if event.known <= world.until))
    if len(rows) > len(world.roster.ids()) or any(one.start or one.end for one in held) or places_to_come(world) or len(world.policies) > 1:
        return
    if laid(world, desk).world.events != world.events:
        return
    odd = {str(said) for said in outcome_of(evolve(world, events=tuple(event for event in world.events if sayable(event, world)))).said}
    folder = desk.lay({"pasted.spec.yaml": f"policy: {world.policies[0].path}\n{spec_case(world, 'a history')}\n"})
    command = ["test", folder, "--coverage", "--jobs", "1", "--junit", f"{folder}/junit.xml"]
    (found,) = json.loads(_fine(law, world, desk, [*command, "--format", "json"], (1 if odd else 0,)))["cases"]
    hold(law, not found["missing"] and not found["unexpected"], world, f"missing {found['missing'][:1]}, unexpected {found['unexpected'][:1]}")
    hold(law, set(found["events"]) == odd, world, f"{found['events']} are told as odd")
    said = _fine(law, world, desk, [*command[:-1], f"{folder}/again.xml"], (1 if odd else 0,))
    hold(law, said.strip(), world, "it says nothing to people")


def _fine(law: Callable[..., None], world: World, desk: Desk, args: Sequence[str], codes: Sequence[int] = (0,)) -> str:
    """What a command printed that must end well."""
    code, answer, said = desk.run(args)
    hold(law, code in codes, world, f"`{' '.join(args[:3])}` ends with {code}: {said[-500:] or answer[-500:]}")
    return answer


COMMANDED = (
    what_is_written_reads_the_same, a_run_decides_the_same, what_was_run_can_be_explained, what_did_not_happen_can_be_told, pages_can_be_read,
    compared_with_itself_nothing_differs, the_spec_of_a_world_passes,
)  # fmt: skip


def commanded(desk: Desk) -> tuple[Law, ...]:
    """The laws of a command line, at a desk: each as one that takes a world, of policies that are files."""
    return at(desk, COMMANDED)


def at(desk: Desk, laws: Sequence[Callable[[World, Desk], None]]) -> tuple[Law, ...]:
    """Laws that ask for a desk, as laws of a world whose policies are files."""
    return tuple(_at(desk, law) for law in laws)


def _at(desk: Desk, law: Callable[[World, Desk], None]) -> Law:
    @wraps(law)
    def asked(world: World) -> None:
        if all(policy.path for policy in world.policies):
            law(world, desk)

    return asked
