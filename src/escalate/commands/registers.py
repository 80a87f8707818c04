"""`escalate registers`: what the holders of one role may read of a run's registers, and nothing else."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from ..language import nearest
from ..messages import UNSAID, Said, listed, say, told
from ..readers.folder import read_registers
from ..registers import Sheet, for_person
from ..reports.problems import print_json
from ..source import Problem, Refused
from ..writers.folder import whole_folder
from ..writers.policies import file_name
from ..writers.registers import write_registers
from . import FINE, Misuse


def registers(folder: Path, reader: str, out: str, form: str = "human", lang: str = "en") -> int:
    """Write the share of one person, or with a role alone a folder for each who holds it."""
    role, person = reader_of(reader)
    sheets, holders = readable(read_registers(folder), role, person)
    places = {person: ""} if person else dict(zip(holders, _places(holders), strict=True))
    shares = []
    with whole_folder(out) as whole:
        for one, place in places.items():
            share = for_person(sheets, role, one)
            write_registers(_made(os.path.join(whole, place)), share)
            shares.append((one, os.path.join(out, place) if place else out, len(share), sum(len(sheet.rows) for sheet in share)))
    if form == "json":
        print_json({"role": role, "folders": [dict(zip(("person", "folder", "registers", "rows"), one, strict=True)) for one in shares]}, sys.stdout)
    else:
        for one, path, registers, rows in shares:
            said = say("{path}: {role} {person}, registers: {registers}, rows: {rows}", path=path, role=role, person=one, registers=registers, rows=rows)
            sys.stdout.write(f"{told(said, lang)}\n")
    return FINE


def reader_of(reader: str) -> tuple[str, str]:
    """A role and who holds it, as `--for` names them; nobody where the role stands alone."""
    role, named, person = reader.partition("/")
    if not role or (named and not person):
        raise Misuse(say("--for: write a role, or a role and who holds it: homeroom_teacher/p1"))
    return role, person


def readable(every: Sequence[Sheet], role: str, person: str) -> tuple[list[Sheet], list[str]]:
    """The registers that a role may read, and who holds it.

    Refuses a role that reads nothing, and a person who does not hold it: an empty register would say that there is no child.
    """
    sheets = [sheet for sheet in every if role in sheet.readers]
    holders = sorted({one for sheet in sheets for one in sheet.readers[role]})
    if not sheets:
        known = sorted({one for sheet in every for one in sheet.readers})
        readers = say("readers are {listed}", listed=listed(known)) if known else say("no role reads any")
        help = _near(role, known) or say("name it under `readers:` of a register; {readers}", readers=readers)
        raise Refused([Problem("not-a-reader", say("no register is for `{role}`", role=role), help=help)])
    if person and person not in holders:
        raise Refused([Problem(
            "not-a-holder", say("`{person}` does not hold `{role}` on {date}", person=person, role=role, date=sheets[0].date), help=_near(person, holders),
        )])
    if not holders:
        raise Refused([Problem(
            "not-a-holder", say("nobody holds `{role}` on {date}", role=role, date=sheets[0].date), help=say("the assignments of the run name nobody"),
        )])
    return sheets, holders


def _near(text: str, known: Iterable[str]) -> Said:
    near = nearest(text, known)
    return say("did you mean `{near}`?", near=near) if near else UNSAID


def _places(persons: Iterable[str]) -> list[str]:
    """A folder's name for each person, none that another has."""
    taken: dict[str, str] = {}
    for person in persons:
        name = file_name(person).strip(". ") or "_"
        place = next(one for one in (name, *(f"{name}_{n}" for n in range(2, 100_000))) if one.casefold() not in taken)
        taken[place.casefold()] = place
    return list(taken.values())


def _made(path: str) -> str:
    os.makedirs(path, exist_ok=True)
    return path
