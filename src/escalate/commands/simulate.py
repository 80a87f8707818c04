"""`escalate simulate`: one policy or two in a school that is made up."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

from attrs import asdict

from ..compare import Side, by_week, compare, span_of
from ..compare.load import load_of
from ..days import Calendar
from ..events import Mark, Status
from ..phrases import phrases_for
from ..policy import Policy
from ..registers import registers_of
from ..reports.compared import Compared
from ..reports.grids import notes
from ..reports.problems import print_json
from ..reports.progress import watching
from ..reports.simulated import Simulated, head
from ..reports.table import show
from ..simulate import Played, play
from ..simulate.reached import reached, reached_by
from ..simulate.unmade import documents_read, facts_read, left_empty
from ..simulate.words import words_for
from ..writers.events import events_text
from ..writers.fresh import check_fresh, write_fresh
from . import FINE
from .compare import as_values
from .run import column_in
from .school import FILES, Asked, Made, made_of, policies_of, rates_of, school_of


def simulate(paths: Sequence[str], asked: Asked) -> int:
    """Print what comes of a policy in a made-up school, or what of two."""
    policies = policies_of(paths)
    school, rates = school_of(asked), rates_of(asked)
    names = ["outcomes.csv"] if len(paths) == 1 else ["outcomes-a.csv", "outcomes-b.csv"]
    if asked.out:
        check_fresh(asked.out, (*FILES, *names))
    lang = asked.lang or policies[-1].lang
    with watching(sys.stderr, lang) as watch:
        watch.stage("read")
        made = made_of(policies, school, rates, asked)
        watch.stage("evaluate", len(policies))
        played = []
        for policy in policies:
            played.append(play(policy, made.calendar, made.roster, made.events, made.until, rates, made.draws))
            watch.step()
    if asked.out:
        outcomes = {name: events_text(one.answers, made.calendar.zone) for name, one in zip(names, played, strict=True)}
        write_fresh(asked.out, {**made.texts, **outcomes})
    sides = [_side(policy, one, made.calendar) for policy, one in zip(policies, played, strict=True)]
    caveats = list(_caveats(policies, made, lang))
    if asked.form == "json":
        print_json(_values(paths, sides, played, made, asked, caveats, lang), sys.stdout)
    else:
        show(_parts(paths, sides, played, made, asked, caveats, lang, names), sys.stdout)
    return FINE


def _side(policy: Policy, played: Played, calendar: Calendar) -> Side:
    return Side((policy,), played.ledger, calendar.zone, registers_of(played.engine), partial(column_in, played.engine))


# --- what is said -------------------------------------------------------------------------------------------


def _percent(share: Fraction, lang: str) -> str:
    return phrases_for(lang).percent(share)


def _about(made: Made, played: Sequence[Played], asked: Asked, lang: str) -> Iterator[str]:
    """What kind of school it is, by its rates, and what came of them."""
    words, rates, zone = words_for(lang), made.rates, made.calendar.zone
    low, high = made.school.grades
    yield words["school"].format(
        students=made.school.students, classes=made.school.classes, low=low, high=high, seed=asked.seed, first=made.calendar.of("").terms[0].start,
        until=f"{zone.local(made.until):%Y-%m-%d %H:%M}",
    )  # fmt: skip
    yield words["rates"].format(
        absence=_percent(rates.absence, lang), unexcused=_percent(rates.unexcused, lang), spell=rates.spell, in_time=_percent(rates.in_time, lang),
        late=_percent(rates.late, lang), never=_percent(1 - rates.in_time - rates.late, lang),
    )  # fmt: skip
    counts = _counts(made, played)
    missed, without = counts["missed"], counts["without_leave"]
    yield words["came"].format(
        absence=_percent(Fraction(missed, max(counts["sessions"], 1)), lang), unexcused=_percent(Fraction(without, max(missed, 1)), lang),
        answers=" / ".join(f"{len(one.answers):,}" for one in played), dropped=counts["dropouts"],
    )  # fmt: skip


def _counts(made: Made, played: Sequence[Played]) -> dict[str, int]:
    """What was made up, the newest mark of each session."""
    policy = played[0].ledger.policies[0]
    newest = {(event.student, event.date, event.session): policy.marks[event.code].meaning for event in made.events if isinstance(event, Mark)}
    meanings = list(newest.values())
    return {
        "sessions": len(meanings), "missed": sum(meaning in ("excused", "unexcused") for meaning in meanings), "without_leave": meanings.count("unexcused"),
        "dropouts": sum(isinstance(event, Status) and event.status == "dropped_out" for event in made.events),
    }  # fmt: skip


def _caveats(policies: Sequence[Policy], made: Made, lang: str) -> Iterator[str]:
    words, joint = words_for(lang), phrases_for(lang).texts["list"]
    yield words["caveat.made-up"]
    unmade = [words["fact"].format(name=name) for policy in policies for name in facts_read(policy)]
    unmade += [words["document"].format(name=name) for policy in policies for name in documents_read(policy)]
    if unmade:
        yield words["caveat.facts"].format(names=joint.join(dict.fromkeys(unmade)))
    empty = dict.fromkeys(name for policy in policies for name in left_empty(policy))
    if empty:
        yield words["caveat.empty"].format(names=joint.join(empty))
    first, last = made.calendar.of("").terms[0].start, made.calendar.zone.date(made.until)
    for policy in policies:
        if not policy.covers(first) or not policy.covers(last):
            name = policy.title.say(lang) or policy.name
            yield words["caveat.in-force"].format(name=name, span=span_of(policy, lang))


def _parts(
    paths: Sequence[str], sides: Sequence[Side], played: Sequence[Played], made: Made, asked: Asked, caveats: Sequence[str], lang: str, names: Sequence[str],
) -> Iterator[Any]:
    framed = sys.stdout.isatty()
    words = words_for(lang)
    if len(sides) == 2:
        yield from (*_about(made, played, asked, lang), "")
        yield from Compared(compare(*sides), ((paths[0],), (paths[1],)), lang, everything=asked.everything).parts(framed=framed)
    else:
        [side] = sides
        [policy] = side.policies
        yield from head(list(_about(made, played, asked, lang)), [policy.title.say(lang) or policy.name], lang)
        yield ""
        items = side.ledger.items
        yield from Simulated(policy, reached(items, policy), reached_by(items, policy), load_of(side, side), lang).parts(framed=framed)
    yield ""
    yield from notes(words["caveats"], caveats)
    if asked.out:
        yield from ("", words["written"].format(folder=asked.out))
        for path, name in zip(paths, names, strict=True):
            yield words["again"].format(command=_command(path, asked.out, name, made))


def _command(path: str, folder: str, outcomes: str, made: Made) -> str:
    """The run that gives the same again."""
    files = [(f"--{name.partition('.')[0]}", os.path.join(folder, name)) for name in FILES]
    parts = ["escalate", "run", "--policy", path, *(part for pair in files for part in pair), "--events", os.path.join(folder, outcomes)]
    return shlex.join([*parts, "--until", made.calendar.zone.text(made.until), "--out", "term"])


def _values(
    paths: Sequence[str], sides: Sequence[Side], played: Sequence[Played], made: Made, asked: Asked, caveats: Sequence[str], lang: str,
) -> dict[str, object]:
    """A simulation as one document."""
    low, high = made.school.grades
    values: dict[str, object] = {
        "seed": asked.seed, "until": made.calendar.zone.text(made.until),
        "school": {"students": made.school.students, "classes": made.school.classes, "grades": [low, high]},
        "rates": {name: str(rate) for name, rate in asdict(made.rates).items()},
        "made": {**_counts(made, played), "outcomes": [len(one.answers) for one in played]},
        "caveats": list(caveats),
        "policies": [_of(path, side) for path, side in zip(paths, sides, strict=True)],
    }  # fmt: skip
    if len(sides) == 2:
        values["compared"] = as_values(compare(*sides), ((paths[0],), (paths[1],)), lang, ())
    return values


def _of(path: str, side: Side) -> dict[str, object]:
    items, load, [policy] = side.ledger.items, load_of(side, side), side.policies
    stages = [{"part": part, "stage": stage, **asdict(found)} for (part, stage), found in reached(items, policy).items()]
    weeks = [week.isoformat() for week in load.weeks]
    given = {role: by_week(load.a, role, load.weeks) for role in load.roles}
    return {"file": path, "policy": policy.name, "version": policy.version, "stages": stages, "load": {"weeks": weeks, "roles": given}}


__all__ = ["Asked", "simulate"]
