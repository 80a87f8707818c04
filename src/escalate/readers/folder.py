"""The folder that a run wrote, read back: run.json, items, records, registers, and the policies as they were."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from ..audit import Chain, parse_chain
from ..load import load_policy
from ..messages import say
from ..parse import read_source as read_policy_source
from ..policy import Policy
from ..registers import Row, Sheet
from ..source import Problem, Refused
from .texts import read_bytes


def read_run(folder: str | os.PathLike[str]) -> dict[str, Any]:
    """`run.json`. A folder that no run wrote is `Refused`."""
    path = os.path.join(os.fspath(folder), "run.json")
    if not os.path.isfile(path):
        raise Refused([Problem("not-a-run", say("`{fspath}` is not the folder of a run: it has no run.json", fspath=os.fspath(folder)))])
    try:
        found = json.loads(read_bytes(path))
    except ValueError:
        found = None
    if not isinstance(found, dict) or found.get("format") != 1:
        raise Refused([Problem("not-a-run", say("`{path}` cannot be read as what a run wrote", path=path))])
    return found


def read_items(folder: str | os.PathLike[str]) -> Iterator[dict[str, Any]]:
    """Every action item, in the order of students and ids."""
    for line in read_bytes(_items_of(folder)).splitlines():
        yield json.loads(line)


def read_written_items(folder: str | os.PathLike[str]) -> list[dict[str, Any]]:
    """Every action item of a run's folder, byte for byte what the run wrote; else `Refused`."""
    outputs, path = read_run(folder).get("outputs"), _items_of(folder)
    told = outputs.get("items.jsonl") if isinstance(outputs, dict) else None
    if not isinstance(told, dict) or sha256(read_bytes(path)).hexdigest() != told.get("sha256"):
        raise Refused([Problem("not-a-run", say("`{path}` is not what the run wrote: its digest is another", path=path))])
    return list(read_items(folder))


def _items_of(folder: str | os.PathLike[str]) -> str:
    return os.path.join(os.fspath(folder), "items.jsonl")


def read_audit(folder: str | os.PathLike[str]) -> bytes:
    """The bytes of the audit file: of a run's folder, or of the file itself."""
    path = os.fspath(folder)
    return read_bytes(os.path.join(path, "audit.jsonl") if os.path.isdir(path) else path)


def read_chain(folder: str | os.PathLike[str]) -> Chain:
    """The records as they were sealed; a record's `policy` is a place among its block head's policies."""
    return parse_chain(read_audit(folder))


def read_registers(folder: str | os.PathLike[str]) -> tuple[Sheet, ...]:
    """Every register of a run, its rows with whoever may read them."""
    read_run(folder)
    path = os.path.join(os.fspath(folder), "registers.jsonl")
    if not os.path.isfile(path):
        raise Refused([Problem(
            "no-registers", say("`{fspath}` holds no registers", fspath=os.fspath(folder)), help=say("run again with this version: it writes them"),
        )])
    try:
        return tuple(_sheet(json.loads(line)) for line in read_bytes(path).splitlines())
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Refused([Problem("not-a-run", say("`{path}` cannot be read as what a run wrote", path=path))]) from None


def _sheet(plain: dict[str, Any]) -> Sheet:
    rows = tuple(Row(tuple(row["cells"]), tuple(row["students"]), _persons(row["readers"])) for row in plain["rows"])
    lists = {"heads": tuple(plain["heads"]), "cites": tuple(plain["cites"]), "readers": _persons(plain["readers"])}
    return Sheet(**{**plain, **lists, "rows": rows})


def _persons(plain: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {role: tuple(persons) for role, persons in plain.items()}


def read_policies(folder: str | os.PathLike[str]) -> tuple[Policy, ...]:
    """The policies that the run used, from their copies in the folder. A copy that is not what was used is `Refused`."""
    found = []
    for named in read_run(folder)["policies"]:
        path = os.path.join(os.fspath(folder), *named["file"].split("/"))
        source, problems = read_policy_source(path)
        if source is None:
            raise Refused(problems)
        policy = load_policy(source)
        if policy.digest != named["digest"]:
            raise Refused([Problem("policy-changed", say("`{path}` is not the policy that was used: its digest is another", path=path))])
        found.append(policy)
    return tuple(found)
