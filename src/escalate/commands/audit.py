"""`escalate audit`: whether a run's records are what was sealed, and proofs for one of them."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Sequence
from typing import Any

from attrs import asdict

from ..audit import GUESSABLE, BlockHead, Chain, ChainHead, Fault, is_keyless, parse_chain, prove, verify, verify_proof
from ..audit.shapes import head_hash, read_head
from ..messages import said_by, say, told
from ..readers.folder import read_audit, read_run
from ..readers.inputs import digest_of
from ..readers.keys import read_key
from ..readers.texts import read_bytes
from ..reports.problems import print_json
from ..source import Problem, Refused
from . import FINE, PROBLEMS, counted

SHOWN = 50  # faults that are printed


def verify_folder(folder: str, roots: Sequence[str] = (), key_file: str | None = None, form: str = "human", lang: str = "en") -> int:
    """Whether the audit file of a folder is what was sealed; every fault by its line and record."""
    text = read_audit(folder)
    faults = verify(text, key=read_key(key_file) if key_file else None, roots=roots)
    chain = parse_chain(text)
    notes = _changed(folder) if os.path.isdir(folder) else []
    if form == "json":
        print_json(
            {
                "whole": not faults, "faults": [asdict(fault) for fault in faults], "records": len(chain.records),
                "chains": [_chain(head) for head in heads(chain)], "cautions": list(chain.cautions), "changed": notes,
            },
            sys.stdout,
        )  # fmt: skip
    else:
        _say(folder, chain, faults, notes, lang)
    return PROBLEMS if faults else FINE


def _say(folder: str, chain: Chain, faults: Sequence[Fault], notes: Sequence[str], lang: str) -> None:
    path = os.path.join(folder, "audit.jsonl") if os.path.isdir(folder) else folder
    out = sys.stdout
    for fault in faults[:SHOWN]:
        about = f"{fault.about}: " if fault.about else ""
        out.write(f"{path}:{fault.line}: {about}{told(fault.message, lang)} [{fault.kind}]\n")
    if len(faults) > SHOWN:
        out.write(told(say("and {n} more\n", n=len(faults) - SHOWN), lang))
    if faults:
        said = say("not whole: {faults} in {records}", faults=counted(len(faults), "fault"), records=counted(len(chain.records), "record"))
        out.write(f"\n{told(said, lang)}\n")
    else:
        said = say("whole: {records}, every one as it was sealed", records=counted(len(chain.records), "record"))
        out.write(f"{told(said, lang)}\n")
        for head in heads(chain):
            said = say(
                "  school `{school}`: {blocks}, sealed to {date}, root to keep elsewhere: {root}",
                school=head.school, blocks=counted(head.blocks, "block"), date=head.sealed_to, root=head.head or "-",
            )
            out.write(f"{told(said, lang)}\n")
    for name in notes:
        out.write(told(say("note: `{name}` is not as the run wrote it; the audit trail does not depend on it\n", name=name), lang))
    for caution in chain.cautions:
        out.write(told(say("note: {caution}\n", caution=caution), lang))


def heads(chain: Chain) -> list[ChainHead]:
    """Where each school's chain stands."""
    found = (segment.opening.head for segment in chain.segments if segment.opening and segment.opening.sound)
    return [head for head in found if isinstance(head, ChainHead)]


def _chain(head: ChainHead) -> dict[str, Any]:
    return {"school": head.school, "blocks": head.blocks, "root": head.head, "sealed_to": head.sealed_to}


def _changed(folder: str) -> list[str]:
    """Files of the folder beside the audit file that are not as the run wrote them."""
    try:
        outputs = read_run(folder).get("outputs", {})
    except Refused:
        return ["run.json"]
    return [place for place, written in sorted(outputs.items()) if place != "audit.jsonl" and _digest(folder, place) != written.get("sha256")]


def _digest(folder: str, place: str) -> str:
    try:
        return digest_of("output", os.path.join(folder, *place.split("/"))).sha256
    except Refused:
        return ""


# --- proofs -------------------------------------------------------------------------------------------


def prove_record(folder: str, record: str, out: str | None = None, form: str = "human", lang: str = "en") -> int:
    """Print a proof for one record, or write it to a file."""
    chain = parse_chain(read_audit(folder))
    index = find_record(chain, record)
    try:
        proof = prove(chain, index)
    except ValueError as error:
        raise Refused([Problem("no-proof", say("no proof can be made for `{record}`: {error}", record=record, error=said_by(error)))]) from None
    if is_keyless(proof["record"], proof["salt"]):
        sys.stderr.write(told(say("note: {caution}\n", caution=GUESSABLE), lang))
    if out is None:
        print_json(proof, sys.stdout)
        return FINE
    with open(out, "x", encoding="utf-8", newline="") as file:
        print_json(proof, file)
    if form == "json":
        print_json({"file": out, "record": record_id(proof["record"])}, sys.stdout)
    else:
        said = say("{out}: a proof for {record}, to be shown without any other record", out=out, record=record_id(proof["record"]))
        sys.stdout.write(f"{told(said, lang)}\n")
    return FINE


def find_record(chain: Chain, text: str) -> int:
    """The place of a record that is named by its id `subject@decided`, its subject, or its line in the file."""
    lines = [line for _, line in chain.records]
    wanted = [n for n, line in enumerate(lines) if text in (record_id(line.record), line.record.get("subject"))]
    if not wanted and re.fullmatch("[0-9]{1,12}", text):
        wanted = [n for n, line in enumerate(lines) if line.number == int(text)]
    if len(wanted) == 1:
        return wanted[0]
    if wanted:
        ids = "\n".join(f"{record_id(lines[n].record)}  {lines[n].record.get('what')}" for n in wanted)
        raise Refused([Problem(
            "several-records", say("{len} records are about `{text}`", len=len(wanted), text=text), help=say("name one of them\n{ids}", ids=ids),
        )])
    help = say("name a subject, `subject@decided` as in the items' `ground`, or a line of audit.jsonl")
    raise Refused([Problem("no-record", say("no record is named `{text}`", text=text), help=help)])


def record_id(record: Any) -> str:
    """`subject@decided`."""
    return f"{record.get('subject')}@{record.get('decided')}"


def check_proof(path: str, root: str | None = None, form: str = "human", lang: str = "en") -> int:
    """Whether a proof holds."""
    try:
        proof = json.loads(read_bytes(path))
    except (ValueError, RecursionError):
        raise Refused([Problem("bad-json", say("`{path}` is not JSON", path=path))]) from None
    problems = verify_proof(proof, root)
    if form == "json":
        print_json({"holds": not problems, "problems": problems, "root": root or ""}, sys.stdout)
        return PROBLEMS if problems else FINE
    for problem in problems:
        sys.stdout.write(f"{path}: {told(problem, lang)}\n")
    if not problems:
        _say_proof(path, proof, root, lang)
    return PROBLEMS if problems else FINE


def _say_proof(path: str, proof: dict[str, Any], root: str | None, lang: str) -> None:
    record, out = proof["record"], sys.stdout
    head = read_head(BlockHead, proof["block"])
    assert isinstance(head, BlockHead)
    lines = [
        say("{path}: the proof holds", path=path),
        say("  record: {record}, {what}", record=record_id(record), what=record.get("what")),
        say("  sealed: block {n} of school `{school}`, {date}, root {root}", n=head.number, school=head.school, date=head.date, root=head_hash(head)),
    ]
    if root is None:
        lines.append(say(
            "note: without a root that was kept elsewhere (--root) it shows only that the record belongs to the chain that the proof itself brings",
        ))
    out.writelines(f"{told(line, lang)}\n" for line in lines)

