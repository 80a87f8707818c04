"""What answers for a ledger: its sentences, its seal, its comparison with itself."""

from __future__ import annotations

import re

from ...audit import parse_chain, prove, verify, verify_proof
from ...compare import Side, compare
from ...explain import follow
from ...messages import LANGUAGES
from ...records import Record
from ...registers import registers_of
from ...reports.card import Told
from ...reports.timeline import Story
from ...writers.chain import chain_of
from ..broken import Broken, Law, hold
from ..model.seen import World
from ..playing import decided, ledger, played

SENTENCES = 60  # so many are read of each student
UNSAID = re.compile(r"\{\w*\}|\bNone\b")  # a gap that nobody filled


def every_decision_can_be_told(world: World) -> None:
    """Each record reads as a whole sentence in each language. Law 10; guards against items that nobody can account for."""
    policies = {f"{policy.name}@{policy.version}": policy for policy in world.policies}
    own: dict[tuple[str, str], list[Record]] = {}
    for one in decided(world):
        own.setdefault((one.level, one.student), []).append(one.record)
    for (_, student), records in own.items():
        entries = list(follow(records[:SENTENCES]))
        for lang in LANGUAGES:
            sentences = [text for _, text in Told(entries, policies, lang).sentences()]
            rows = [row.what for row in Story(student, entries, policies, lang).rows()]
            bad = [line for line in (*sentences, *rows) if not line.strip() or UNSAID.search(line)]
            hold(every_decision_can_be_told, not bad, world, f"of {student} in {lang}: {bad[:1]}")
            hold(every_decision_can_be_told, len(rows) == len(entries), world, f"{len(entries)} records of {student} and {len(rows)} lines of time")


def what_is_sealed_cannot_be_changed(world: World) -> None:
    """The audit file is whole; with one letter changed it is not; each of its sealed records can be proved. Guards against a trail that proves nothing."""
    lines = list(chain_of(ledger(world), world.calendar.zone, b"a key of sixteen"))
    text = b"".join(lines)
    faults = verify(text)
    hold(what_is_sealed_cannot_be_changed, not faults, world, lambda: f"as it was sealed: {faults[0]}")
    records = [n for n, line in enumerate(lines) if b'"decided"' in line]
    for n in records[:: max(len(records) // 3, 1)]:
        at = lines[n].index(b'"decided":"') + 14
        changed = b"".join([*lines[:n], lines[n][:at] + bytes([lines[n][at] ^ 1]) + lines[n][at + 1 :], *lines[n + 1 :]])
        hold(what_is_sealed_cannot_be_changed, verify(changed), world, f"a changed year in line {n + 1} is not found")
        hold(what_is_sealed_cannot_be_changed, verify(b"".join([*lines[:n], *lines[n + 1 :]])), world, f"line {n + 1} can be left out")
    _proved(text, world)


def _proved(text: bytes, world: World) -> None:
    chain = parse_chain(text)
    for n in range(0, len(chain.records), max(len(chain.records) // 3, 1)):
        try:
            proof = prove(chain, n)
        except ValueError:  # of the last day, which is not sealed yet
            continue
        found = verify_proof(proof)
        hold(what_is_sealed_cannot_be_changed, not found, world, lambda found=found: f"a proof does not hold: {found[0]}")  # type: ignore[misc]  # bound as it stands
        proof["record"] = {**proof["record"], "what": "nothing"}
        hold(what_is_sealed_cannot_be_changed, verify_proof(proof), world, "a proof holds of another record")


def nothing_differs_from_itself(world: World) -> None:
    """A policy compared with itself over one history differs in nothing. Guards against differences that the comparison makes."""
    for policy in world.policies[:1] if len(world.policies) == 1 else ():
        side = Side((policy,), ledger(world), world.calendar.zone, registers_of(played(world)))
        found = compare(side, side)
        differs = [one for one in (*found.items, *found.cases) if one.what != "same"]
        if found.parts or differs:
            raise Broken(nothing_differs_from_itself, f"{len(found.parts)} parts, {[one.what for one in differs[:3]]}", world)


def every_row_fits_its_register(world: World) -> None:
    """Each row of a register has a cell for each head, and only who holds a role reads it. Guards against lists whose columns slip."""
    sheets = registers_of(played(world))
    for sheet in sheets:
        wrong = [row for row in sheet.rows if len(row.cells) != len(sheet.heads) or not set(row.readers) <= set(sheet.readers)]
        hold(every_row_fits_its_register, sheet.title and not wrong, world, f"`{sheet.name}` has {len(sheet.heads)} heads, and {wrong[:1]}")


ANSWERS: tuple[Law, ...] = (every_decision_can_be_told, what_is_sealed_cannot_be_changed, nothing_differs_from_itself, every_row_fits_its_register)
