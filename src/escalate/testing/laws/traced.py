"""What a command line says of a run's trail, and of a policy that is another: proofs that hold and do not, differences that are there and are not."""

from __future__ import annotations

import json
import re

from ...evaluation import Ledger, evaluate
from ...readers.inputs import read_policy
from ...readers.texts import read_source
from ..broken import hold
from ..model.seen import World
from ..playing import ledger
from .commanded import Desk, laid

KEY = "sixteen bytes and more\n"
DUE = re.compile(r"\bdue: (\d+) (school days?|个上学日)")


def what_was_changed_is_named(world: World, desk: Desk) -> None:
    """`audit verify` says which line of a trail was changed; `audit prove` proves a record, and not another. Guards against a trail that proves nothing."""
    files, law = laid(world, desk), what_was_changed_is_named
    out, key = files.place("sealed"), f"{desk.lay({'key': KEY})}/key"
    code, _, said = desk.run(["run", *files.inputs, "--until", files.until, "--out", out, "--key-file", key])
    hold(law, code == 0, world, f"it ends with {code}: {said[-300:]}")
    code, answer, said = desk.run(["audit", "verify", out, "--key-file", key, "--lang", "zh"])
    hold(law, code == 0, world, f"as it was sealed: {answer}{said}")
    lines = read_source(f"{out}/audit.jsonl").text.splitlines(keepends=True)
    records = [n for n, line in enumerate(lines) if '"decided":"' in line]
    for n in records[:1] + records[-1:]:
        changed = "".join([*lines[:n], lines[n].replace('"decided":"2', '"decided":"1', 1), *lines[n + 1 :]])
        place = f"{desk.lay({'audit.jsonl': changed})}/audit.jsonl"
        code, answer, _ = desk.run(["audit", "verify", place])
        hold(law, code == 1 and f":{n + 1}:" in answer, world, f"line {n + 1} was changed, and it says {answer[:300]}")
        code, answer, _ = desk.run(["audit", "verify", place, "--format", "json"])
        named = [fault["line"] for fault in json.loads(answer)["faults"]]
        hold(law, code == 1 and n + 1 in named, world, f"line {n + 1} was changed, and to programs it names {named}")
        code, answer, said = desk.run(["audit", "prove", out, str(n + 1)])
        if code != 0:
            hold(law, said.strip(), world, "no proof, and no reason")  # of the last day, which is not sealed yet
            continue
        proof = json.loads(answer)
        other = {**proof, "record": {**proof["record"], "what": "nothing"}}
        folder = desk.lay({"proof.json": answer, "other.json": json.dumps(other)})
        for name, holds in (("proof", 0), ("other", 1)):
            for form in ("human", "json"):
                code, answer, said = desk.run(["audit", "check-proof", f"{folder}/{name}.json", "--format", form])
                hold(law, code == holds, world, f"of line {n + 1}, {name}: it ends with {code}: {answer[-300:]}{said[-300:]}")


def what_differs_is_told(world: World, desk: Desk) -> None:
    """Beside a policy with longer dues `compare` finds a difference where there is one, and none where not. Guards against a change that looks harmless."""
    if len(world.policies) > 1:
        return
    files, law, path = laid(world, desk), what_differs_is_told, world.policies[0].path
    texts = read_policy(path, [])
    assert texts is not None
    longer = {name: DUE.sub(lambda found: f"due: {int(found[1]) + 1} {found[2]}", text) for name, text in texts.texts}
    other = f"{desk.lay(longer)}/{texts.place}"
    found = read_policy(other, [])
    if found is None:
        return
    late = [event for event in files.world.events if event.known <= world.until]
    theirs = evaluate(found.policy, world.calendar, world.roster, late, world.until)
    differs = _items(theirs) != _items(ledger(files.world))
    for more in (["--lang", "zh", "--all"], ["--lang", "en"], ["--format", "json"]):
        code, answer, said = desk.run(["compare", path, other, *files.inputs[2:], "--until", files.until, "--exit-code", *more])
        hold(law, code == differs, world, f"the items differ: {differs}, and `compare` ends with {code}: {answer[-400:]}{said[-300:]}")


def _items(found: Ledger) -> set[tuple[str, str, str]]:
    return {(item.id, item.status, item.due) for item in found.items}


TRACED = (what_was_changed_is_named, what_differs_is_told)
