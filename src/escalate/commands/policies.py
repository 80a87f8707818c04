"""`escalate policies`: what comes with escalate, and each as it stands."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from attrs import frozen

from ..cites import cites_in
from ..messages import say, told
from ..parse import parse, read_source
from ..policies import ADOPTED, files, load, names, path
from ..reports.problems import print_json
from ..reports.table import show as show_table
from ..source import Refused, Source
from . import FINE

if TYPE_CHECKING:
    from rich.table import Table


POLICY_HEAD, CLAUSES = say("policy"), say("clauses")


@frozen
class Line:
    """One policy as it is listed. clauses: those that something in its files cites, the head apart; unset: what a school must set."""

    policy: str
    title: str
    clauses: tuple[str, ...]
    files: tuple[str, ...]
    unset: tuple[str, ...]
    adopted: bool


def listed(lang: str | None, form: str = "human") -> int:
    """Print every policy with what it states and what is open."""
    lines = [_line(name, lang) for name in names()]
    if form == "json":
        print_json({"policies": [_values(line) for line in lines]}, sys.stdout)
    else:
        show_table([_table(lines, lang or "en")], sys.stdout)
    return FINE


def shown(name: str, file: str, form: str = "human", *, where: bool = False) -> int:
    """Print a file of a policy as it stands, or where it lies."""
    place = path(name, file)
    if form == "json":
        print_json({"policy": name, "path": place, "text": _source(place).text}, sys.stdout)
    else:
        sys.stdout.write(f"{place}\n" if where else _source(place).text)
    return FINE


def _source(place: str) -> Source:
    source, problems = read_source(place)
    if source is None:
        raise Refused(problems)
    return source


def _line(name: str, lang: str | None) -> Line:
    policy, own = load(name), files(name)
    unset = tuple(parameter.name for parameter in policy.parameters.values() if parameter.required and not parameter.lines)
    return Line(name, policy.title.say(lang or policy.lang), tuple(dict.fromkeys(_clauses(name, own))), own, unset, ADOPTED in own)


def _clauses(name: str, own: Iterable[str]) -> Iterable[str]:
    for file in own:
        tree, _ = parse(_source(path(name, file)))
        if tree is not None:
            yield from (cite.clause for cite in cites_in(tree) if cite.keys)


def _table(lines: Sequence[Line], lang: str) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for heading in (POLICY_HEAD, say("title"), CLAUSES, say("files"), say("unset")):
        table.add_column(told(heading, lang), justify="right" if heading == CLAUSES else "left", no_wrap=heading == POLICY_HEAD, overflow="fold")
    for line in lines:
        own = " ".join(file for file in line.files if not file.startswith(ADOPTED.removesuffix(".yaml")))
        unset = ", ".join([str(len(line.unset))] * bool(line.unset) + [told(say("set in {file}", file=ADOPTED), lang)] * line.adopted)
        table.add_row(Text(line.policy, style="bold"), Text(line.title), str(len(line.clauses)), Text(own), Text(unset))
    return table


def _values(line: Line) -> dict[str, object]:
    return {
        "policy": line.policy, "title": line.title, "clauses": list(line.clauses), "files": list(line.files),
        "unset": list(line.unset), "adopted": line.adopted,
    }  # fmt: skip
