"""Pages' examples and short policies under the rules, with the files that some rules ask for."""

from __future__ import annotations

import json
import re
from pathlib import Path

from escalate.lints.lint import Linted, Text, lint
from escalate.lints.rule import Given, Rule, Run
from escalate.load import check_policy
from escalate.readers import parse_assignments, parse_calendar
from escalate.source import Source

FILES = (Path(__file__).parents[2] / "docs" / "files.md").read_text(encoding="utf-8")


def block(name: str, language: str) -> str:
    """The first example of a file in docs/files.md."""
    return re.search(rf"## `{re.escape(name)}`\n.*?```{language}\n(.*?)```", FILES, re.DOTALL)[1]


CALENDAR, _ = parse_calendar(Source("calendar.yaml", block("calendar.yaml", "yaml")))
ASSIGNMENTS, _ = parse_assignments(Source("assignments.csv", block("assignments.csv", "csv")))
GIVEN = Given(CALENDAR, None, ASSIGNMENTS)


def linted(*texts: str, given: Given = GIVEN) -> Linted:
    """What is found in some policies."""
    sources = [Source(f"policy{n or ''}.yaml", text) for n, text in enumerate(texts)]
    return lint([Text(source, *check_policy(source)) for source in sources], given)


def kinds(*texts: str, given: Given = GIVEN) -> list[str]:
    """The ids of what is found."""
    return [problem.kind for problem in linted(*texts, given=given).problems]


def examples(rule: Rule) -> tuple[str, str]:
    """What is found, and what is mended, on a rule's page."""
    language = "yaml" if rule.in_run is None else "json|jsonl"
    found, mended = re.findall(rf"```(?:{language})\n(.*?)```", rule.page, re.DOTALL)
    return found, mended


def run_of(text: str) -> Run:
    """What a page shows of `run.json`, or of `items.jsonl`."""
    rows = [json.loads(line) for line in text.splitlines()]
    return Run(rows[0]["counts"]["marks"], ()) if "counts" in rows[0] else Run(dict.fromkeys(("sessions", "after_close", "entered_again"), 0), tuple(rows))


def policy(stages: str, *, measures: str = "", ends: str = "ends: {when: days_back >= 1}", head: str = "", more: str = "") -> str:
    """A policy with one ladder: its stages a line each, `name: when`, or `name: when | what else stands in it`."""
    lines = []
    for line in stages.strip().splitlines():
        name, _, rest = line.strip().partition(": ")
        when, _, other = rest.partition(" | ")
        item = "" if "do:" in other else f"\n        do: {{{name}_visit: {{by: homeroom_teacher, to: parent, due: 1 school day}}}}"
        lines.append(f"      {name}:\n        when: {when}{item}" + "".join(f"\n        {part}" for part in other.split(" | ") if part))
    section = f"measures:\n  {measures}\n" if measures else ""
    return (
        f"policy: example\nextends: standard.yaml\n{head}\nroles: {{homeroom_teacher: {{of: class}}, principal: {{of: school}}}}\n{section}{more}\n"
        f"ladders:\n  absence:\n    stages:\n" + "\n".join(lines) + f"\n    {ends}\n"
    )  # fmt: skip
