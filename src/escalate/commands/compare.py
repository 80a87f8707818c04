"""`escalate compare`: two sides, of a policy or several each, over one history."""

from __future__ import annotations

import csv
import datetime
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from attrs import evolve, frozen

from ..compare import FIELDS, Comparison, Saying, Side, by_week, compare, counted, row_of, rows_of, without_dates
from ..compare.words import span_of, words_for
from ..engine import Engine
from ..evaluation import evaluate_with
from ..events import Mark
from ..ledger import OPEN, Item
from ..messages import say
from ..policy import Policy
from ..readers.inputs import World
from ..registers import registers_of
from ..reports.compared import Compared
from ..reports.problems import print_json
from ..reports.progress import Watch, watching
from ..reports.table import show
from ..reports.words import words_for as report_words
from ..source import Problem, Refused
from ..writers.rejects import safe
from . import FINE, PROBLEMS, Misuse
from .heard import Heard, listen
from .run import Choices, Files, column_in, world_of


@frozen
class Wanted:
    """What is asked of a comparison.

    always: all policies are in force at all times. everything: no list is cut. strict: exit code 1 where anything differs.
    """

    out: str = ""
    always: bool = False
    everything: bool = False
    strict: bool = False


def compare_policies(a: Sequence[str], b: Sequence[str], files: Files, choices: Choices, wanted: Wanted) -> int:
    """Print what the policies of two sides make of the same history otherwise."""
    heard = _both(files, (a, b), choices)
    lang = choices.lang or heard[1].lang
    with watching(sys.stderr, lang) as watch:
        sides = [_side(one, wanted, choices.matcher, watch) for one in heard]
    found = compare(*sides)
    caveats = [*_lost(heard, lang), *caveats_of(found, lang, _first(heard[0]))]
    return answer(found, (a, b), lang, caveats, choices.form, wanted)


def answer(found: Comparison, names: tuple[Sequence[str], Sequence[str]], lang: str, caveats: Sequence[str], form: str, wanted: Wanted) -> int:
    """Write the table, print the rest, and say by the exit code whether anything differs, where that is asked."""
    if wanted.out:
        _write(wanted.out, found)
    if form == "json":
        print_json(as_values(found, names, lang, caveats), sys.stdout)
    else:
        show(Compared(found, names, lang, tuple(caveats), wanted.everything).parts(framed=sys.stdout.isatty()), sys.stdout)
    return PROBLEMS if wanted.strict and found.differing else FINE


def _both(files: Files, sides: Sequence[Sequence[str]], choices: Choices) -> list[Heard]:
    """What is heard on each side, each as `escalate run` would hear it; all that is wrong is said at once."""
    worlds: list[World] = []
    problems: list[Problem] = []
    for policies in sides:
        try:
            worlds.append(world_of(evolve(files, policies=tuple(policies))))
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(list(dict.fromkeys(problems)))
    first = listen(files, worlds[0], choices)
    if worlds[0].context() == worlds[1].context():
        return [first, evolve(first, world=worlds[1], lang=choices.lang or worlds[1].lang)]
    return [first, listen(files, worlds[1], choices)]


def _side(heard: Heard, wanted: Wanted, matcher: str | None, watch: Watch) -> Side:
    watch.stage("evaluate")
    policies = tuple(map(without_dates, heard.policies)) if wanted.always else tuple(heard.policies)
    twice = next((name for name, n in Counter(policy.name for policy in policies).items() if n > 1), "")
    if wanted.always and twice:
        raise Misuse(say("--always: a side has two versions of `{name}`, and only one of them can be in force at a time", name=twice))
    engine = Engine(policies, heard.world.calendar, heard.world.roster, matcher=matcher)
    return side_of(engine, policies, heard)


def side_of(engine: Engine, policies: Sequence[Policy], heard: Heard) -> Side:
    """What an engine that has seen nothing yet makes of what was heard."""
    ledger = evaluate_with(engine, policies, heard.events, heard.until)
    return Side(tuple(policies), ledger, heard.world.calendar.zone, registers_of(engine), partial(column_in, engine))


# --- what is to be kept in mind -------------------------------------------------------------------------


def _first(heard: Heard) -> datetime.date:
    """The date with which a history begins."""
    zone = heard.world.calendar.zone
    return min((event.date if isinstance(event, Mark) else zone.date(event.known) for event in heard.events), default=zone.date(heard.until))


def _lost(heard: Sequence[Heard], lang: str) -> Iterator[str]:
    for side, one in zip("AB", heard, strict=True):
        if one.lost:
            yield words_for(lang)["caveat.lost"].format(side=side, n=len(one.lost))


def caveats_of(found: Comparison, lang: str, first: datetime.date) -> Iterator[str]:
    """What a comparison cannot say, in words. first: the date with which the history begins."""
    words = words_for(lang)
    asked = sum(one.what == "gained" and isinstance(one.new, Item) and one.new.status in OPEN for one in found.items)
    if asked:
        yield words["caveat.no-outcomes"].format(n=asked)
    last = found.a.zone.date(found.a.ledger.until)
    for letter, side in (("A", found.a), ("B", found.b)):
        for policies in _by_name(side.policies):
            if not all(any(policy.covers(date) for policy in policies) for date in (first, last)):
                named = f"{letter} ({policies[0].title.say(lang) or policies[0].name})" if len(policies) < len(side.policies) else letter
                spans = words["and"].join(span_of(policy, lang) for policy in policies)
                yield words["caveat.in-force"].format(side=named, span=spans)
    yield from _reports(found, lang)


def _by_name(policies: Sequence[Policy]) -> Iterator[Sequence[Policy]]:
    """The versions of each policy."""
    for name in dict.fromkeys(policy.name for policy in policies):
        yield [policy for policy in policies if policy.name == name]


def _reports(found: Comparison, lang: str) -> Iterator[str]:
    words, odd = words_for(lang), report_words(lang)
    one, two = (Counter(report.kind for report in side.ledger.reports if report.kind != "after-until") for side in (found.a, found.b))
    for kind in sorted({*one, *two}):
        told = {words["side.both"]: one[kind]} if one[kind] == two[kind] else {"A": one[kind], "B": two[kind]}
        yield from (words["caveat.reports"].format(side=side, n=n, kind=kind, odd=odd[f"odd.{kind}"]) for side, n in told.items() if n)


# --- for programs ---------------------------------------------------------------------------------------


def as_values(found: Comparison, names: tuple[Sequence[str], Sequence[str]], lang: str, caveats: Sequence[str]) -> dict[str, object]:
    """A comparison as one document."""
    load = found.load
    return {
        "until": found.a.zone.text(found.a.ledger.until),
        "a": _side_values(names[0], found.a.policies), "b": _side_values(names[1], found.b.policies),
        "policies": [{"of": twins.both[1].name, **Saying(*twins.both, lang).as_values(part)} for twins in found.twins for part in twins.parts],
        "items": counted(found.items), "cases": counted(found.cases),
        "stages": [{"policy": policy, "part": part, "stage": stage, **counted(each)} for (policy, part, stage), each in found.stages.items()],
        "classes": [{"class": name, **counted(each)} for name, each in sorted(found.classes.items())],
        "students": [{"whose": name, **counted(each)} for name, each in found.students.items()],
        "differences": [row_of(one, found) for one in found.differing],
        "load": {
            "weeks": [week.isoformat() for week in load.weeks],
            "roles": [{"role": role, "a": by_week(load.a, role, load.weeks), "b": by_week(load.b, role, load.weeks)} for role in load.roles],
        },
        "consequences": [
            {"of": one.word, "kind": one.kind, "a": one.a, "b": one.b, "sum_a": one.sum_a, "sum_b": one.sum_b}
            for one in found.sums
        ],
        "registers": [
            {"policy": one.policy, "title": one.title, "a": one.a, "b": one.b, "only_a": one.lost, "only_b": one.gained} for one in rows_of(found.a, found.b)
        ],
        "caveats": list(caveats),
    }  # fmt: skip


def _side_values(names: Sequence[str], policies: Sequence[Policy]) -> dict[str, object]:
    """The first policy of a side, and those that stand beside it."""
    first, *others = [_policy(name, policy) for name, policy in zip(names, policies, strict=True)]
    return {**first, "with": others}


def _policy(name: str, policy: Policy) -> dict[str, str]:
    return {"file": name, "policy": policy.name, "version": policy.version, "digest": policy.digest}


def _write(path: str, found: Comparison) -> None:
    """Every difference as a table, UTF-8 with a byte order mark; a file that is there already is not written over."""
    with open(path, "x", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(FIELDS)
        writer.writerows([safe(value) for value in row_of(one, found).values()] for one in found.differing)


__all__ = ["Wanted", "answer", "caveats_of", "compare_policies", "side_of"]
