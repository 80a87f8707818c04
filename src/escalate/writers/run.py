"""`run.json`: what a run read, counted and wants a person to know; nothing in it depends on when or where it ran."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from ..engine import Report
from ..evaluation import Ledger
from ..events import NAMES, Mark, about
from ..ledger import Case
from ..readers.inputs import Input, PolicyTexts, World, digest_of
from ..readers.rejects import Tally
from ..source import Problem, problem_values
from ..times import Instant, Zone
from .policies import home_of

FORMAT = 1
LISTED = 200  # reports of one kind that are listed; all are counted
NOT_LISTED = ("after-until",)

# What an item's place in the summary is called, in the order of the reader's interest.
STATUSES = ("open", "blocked", "overdue", "done", "done late", "cancelled", "lapsed", "withdrawn", "recall")


def run_values(
    world: World, ledger: Ledger, tally: Tally, *, marks: dict[str, int], version: str, received: Instant | None, covers: str, keyed: bool,
    news: Mapping[str, Any], earlier: Iterable[Input], caveats: Iterable[Problem],
) -> dict[str, Any]:
    """The object of `run.json`, but for its `outputs`. marks: how they were entered.

    Where an earlier run was named: news: `since` and counts; earlier: what was read of it.
    """
    zone = world.calendar.zone
    return {
        "format": FORMAT,
        "escalate": version,
        "until": zone.text(ledger.until),
        "received": "" if received is None else zone.text(received),
        "covers": covers,
        **({"since": news["since"]} if news else {}),
        "timezone": zone.name,
        "sessions": [period.name for period in sorted(world.calendar.periods, key=lambda period: period.start)],
        "lang": world.lang,
        "keyed": keyed,
        "policies": [_policy(texts) for texts in world.policies],
        "inputs": [_input(found) for found in (*world.inputs, *earlier)],
        "counts": {**counts(ledger, tally), "marks": marks, **({"news": news["news"]} if news else {})},
        "caveats": [{"kind": problem.kind, "message": problem.message} for problem in caveats],
        "warnings": [problem_values(problem) for problem in world.warnings],
        "reports": reports(ledger.reports, zone),
    }


def write_run(folder: str, values: dict[str, Any]) -> None:
    """The last file of a folder: it names the digest of every other."""
    outputs = {place: {"sha256": found.sha256, "size": found.size} for place, found in outputs_of(folder)}
    with open(os.path.join(folder, "run.json"), "w", encoding="utf-8", newline="") as file:
        json.dump({**values, "outputs": outputs}, file, ensure_ascii=False, indent=1)
        file.write("\n")


def outputs_of(folder: str) -> list[tuple[str, Input]]:
    """Every file below a folder, by its place, with its digest."""
    places = [os.path.join(place, name) for place, _, names in os.walk(folder) for name in names]
    return sorted((os.path.relpath(path, folder).replace(os.sep, "/"), digest_of("output", path)) for path in places)


def counts(ledger: Ledger, tally: Tally) -> dict[str, Any]:
    """How many of what came in and went out."""
    cases = list(ledger.cases.values())
    items = Counter(item.status for item in ledger.items)
    return {
        "events": _sorted(tally.events),
        "repeated": tally.repeated,
        "rejects": _sorted(tally.rejects),
        "notes": _sorted(tally.notes),
        "reports": _sorted(Counter(report.kind for report in ledger.reports)),
        "cases": {state: n for state in ("open", "ended", "merged", "withdrawn") if (n := sum(case_state(case) == state for case in cases))},
        "items": {status: items[status] for status in STATUSES if items[status]},
        "records": len(ledger.decisions),
    }


def case_state(case: Case) -> str:
    """open, ended, merged or withdrawn."""
    if case.fate != "live":
        return case.fate.partition(" ")[0]
    return "open" if case.ended is None else "ended"


def reports(found: Iterable[Report], zone: Zone) -> list[dict[str, str]]:
    """What a person should see about events, the first of each kind; those known after the end are only counted."""
    seen: Counter[str] = Counter()
    listed = []
    for report in found:
        seen[report.kind] += 1
        if report.kind not in NOT_LISTED and seen[report.kind] <= LISTED:
            event = report.event
            name = event.id or (f"{event.date}.{event.session}" if isinstance(event, Mark) else "")
            said = {"kind": report.kind, "type": NAMES[type(event)], "student": about(event), "event": name}
            listed.append({**said, "known": zone.text(event.known), "message": report.message})
    return listed


def _policy(texts: PolicyTexts) -> dict[str, str]:
    policy = texts.policy
    return {"name": policy.name, "version": policy.version, "digest": policy.digest, "title": policy.title.say(policy.lang), "file": home_of(texts)}


def _input(found: Input) -> dict[str, Any]:
    return {"role": found.role, "name": found.name, "sha256": found.sha256, "size": found.size}


def _sorted(found: Counter[str]) -> dict[str, int]:
    return dict(sorted(found.items()))
