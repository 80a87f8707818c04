"""`escalate audit`: whether a run's records are what was sealed, and proofs for one of them."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Sequence
from typing import Any

from attrs import asdict

from ..audit import BlockHead, Chain, ChainHead, Fault, parse_chain, prove, verify, verify_proof
from ..audit.shapes import head_hash, read_head
from ..readers.folder import read_audit, read_run
from ..readers.inputs import digest_of
from ..readers.keys import read_key
from ..readers.texts import read_bytes
from ..reports.problems import print_json
from ..source import Problem, Refused
from . import FINE, PROBLEMS

SHOWN = 50  # faults that are printed


def verify_folder(folder: str, roots: Sequence[str] = (), key_file: str | None = None, form: str = "human") -> int:
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
        _say(folder, chain, faults, notes)
    return PROBLEMS if faults else FINE


def _say(folder: str, chain: Chain, faults: Sequence[Fault], notes: Sequence[str]) -> None:
    path = os.path.join(folder, "audit.jsonl") if os.path.isdir(folder) else folder
    out = sys.stdout
    for fault in faults[:SHOWN]:
        about = f"{fault.about}: " if fault.about else ""
        out.write(f"{path}:{fault.line}: {about}{fault.message} [{fault.kind}]\n")
    if len(faults) > SHOWN:
        out.write(f"and {len(faults) - SHOWN} more\n")
    if faults:
        out.write(f"\nnot whole: {_number(len(faults), 'fault')} in {_number(len(chain.records), 'record')}\n")
    else:
        out.write(f"whole: {_number(len(chain.records), 'record')}, every one as it was sealed\n")
        for head in heads(chain):
            out.write(f"  school `{head.school}`: {_number(head.blocks, 'block')}, sealed to {head.sealed_to}, root to keep elsewhere: {head.head or '-'}\n")
    for name in notes:
        out.write(f"note: `{name}` is not as the run wrote it; the audit trail does not depend on it\n")
    for caution in chain.cautions:
        out.write(f"note: {caution}\n")


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


def prove_record(folder: str, record: str, out: str | None = None, form: str = "human") -> int:
    """Print a proof for one record, or write it to a file."""
    chain = parse_chain(read_audit(folder))
    index = find_record(chain, record)
    try:
        proof = prove(chain, index)
    except ValueError as error:
        raise Refused([Problem("no-proof", f"no proof can be made for `{record}`: {error}")]) from None
    if out is None:
        print_json(proof, sys.stdout)
        return FINE
    with open(out, "x", encoding="utf-8", newline="") as file:
        print_json(proof, file)
    if form == "json":
        print_json({"file": out, "record": record_id(proof["record"])}, sys.stdout)
    else:
        sys.stdout.write(f"{out}: a proof for {record_id(proof['record'])}, to be shown without any other record\n")
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
        raise Refused([Problem("several-records", f"{len(wanted)} records are about `{text}`", help=f"name one of them\n{ids}")])
    help = "name a subject, `subject@decided` as in the items' `ground`, or a line of audit.jsonl"
    raise Refused([Problem("no-record", f"no record is named `{text}`", help=help)])


def record_id(record: Any) -> str:
    """`subject@decided`."""
    return f"{record.get('subject')}@{record.get('decided')}"


def check_proof(path: str, root: str | None = None, form: str = "human") -> int:
    """Whether a proof holds."""
    try:
        proof = json.loads(read_bytes(path))
    except (ValueError, RecursionError):
        raise Refused([Problem("bad-json", f"`{path}` is not JSON")]) from None
    problems = verify_proof(proof, root)
    if form == "json":
        print_json({"holds": not problems, "problems": problems, "root": root or ""}, sys.stdout)
        return PROBLEMS if problems else FINE
    for problem in problems:
        sys.stdout.write(f"{path}: {problem}\n")
    if not problems:
        _say_proof(path, proof, root)
    return PROBLEMS if problems else FINE


def _say_proof(path: str, proof: dict[str, Any], root: str | None) -> None:
    record, out = proof["record"], sys.stdout
    head = read_head(BlockHead, proof["block"])
    assert isinstance(head, BlockHead)
    out.write(f"{path}: the proof holds\n")
    out.write(f"  record: {record_id(record)}, {record.get('what')}\n")
    out.write(f"  sealed: block {head.number} of school `{head.school}`, {head.date}, root {head_hash(head)}\n")
    if root is None:
        out.write("note: without a root that was kept elsewhere (--root) it shows only that the record belongs to the chain that the proof itself brings\n")


def _number(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
