"""Worlds of which the measures are drawn too, for each version anew: which marks they count, in what, in which window, and what breaks a run."""

from __future__ import annotations

import functools
from random import Random

from attrs import evolve

from escalate.load import load_policy
from escalate.policy import Measure, Nth, Policy, actions, conditions
from escalate.source import Refused, Source
from escalate.testing.model.seen import World
from tests import group_worlds, worlds
from tests.worlds import MEASURES, one_in

COUNTED = ("unexcused", "unexcused", "[unexcused, excused]", "[unexcused, late]", "late", "[late, unexcused, excused]", "excused", "[unexcused, unknown]")
UNITS = ("session", "session", "school day", "school day", "half day", "day")
WITHIN = (
    "day", "week", "month", "term", "school year", "2 days", "2 weeks", "1 week", "1 month", "2 school days", "4 school days", "1 school weeks", "each 2 weeks", "each 3 days", "each 2 school days",
    "each 1 school weeks", "each 2 months", "since enrolment", "[week, 3 days]", "[month, 2 school days]", "[term, 1 week]", "[each 3 days, week]", "[since enrolment, 2 weeks]",
)
PLUS = (
    "{late over 20 minutes: session}", "{late over 20 minutes: half day}", "{excused over 0 minutes: session}", "{late over 10 minutes: session, excused over 0 minutes: half day}",
    "{late over 20 minutes: school day}",
)
OF_A_CASE = ("since the case opened", "[2 days, since the case opened]", "since one", "since visit", "[week, since visit]")
RUNS = ("days_away", "lessons", "broken", "half_run", "long", "days_back")
SHARES = ("absence", "planned_share", "missed_time", "floored", "planned_hours")
COUNTS = (
    "total", "this_week", "missed_today", "fortnight", "rolling", "halves", "lates", "long_days", "tile", "ever_away", "any_half", "first_missed", "missed", "spanned_week",
)
ADDED = ("this_week", "missed_today")  # to one another
OWN = ("in_case", "since_one", "since_visit", "fortnightly")


def measures(rng: Random) -> dict[str, Measure]:
    """Those of the menus, of which half are drawn."""
    return MEASURES | {name: made for name in (*RUNS, *SHARES, *COUNTS, *OWN) if one_in(rng, 2) and (made := drawn(rng, name)) is not None}


def drawn(rng: Random, name: str) -> Measure | None:
    """A measure of the same kind; None where no policy could say it."""
    return measure(name, text(rng, name))


def text(rng: Random, name: str) -> str:
    """A measure of the same kind, as it is written."""
    if name in RUNS:
        parts = {"run": ["present" if name == "days_back" else "unexcused"]}
        for word in ("excused", "late"):
            parts.setdefault(rng.choice(("run", "neutral", "neutral", "breaks")), []).append(word)
        keys = [f"{key}: [{', '.join(words)}]" for key, words in parts.items()] + [f"unit: {rng.choice(UNITS)}"]
    elif name in SHARES:
        unit = rng.choice((*UNITS[:5], "minute", "hour"))
        keys = [f"share: {rng.choice(COUNTED)}", f"of: {rng.choice(('possible', 'planned'))}", f"unit: {unit}", f"within: {rng.choice(WITHIN)}"]
        keys += [f"floor: {rng.choice((2, 5, 'enough'))}"] if unit in UNITS and one_in(rng, 3) else []
    else:
        within = rng.choice(OF_A_CASE if name in OWN else WITHIN)
        keys = [f"count: {rng.choice(COUNTED)}", f"unit: {'session' if name in ADDED else rng.choice(UNITS)}", f"within: {within}"]
        keys += [f"plus: {rng.choice(PLUS)}"] if one_in(rng, 4) else ["sessions: first"] if one_in(rng, 8) else []
    if "unit: school day" in keys and one_in(rng, 4):
        keys.append("day: any session")
    return "{" + ", ".join(keys) + "}"


@functools.lru_cache(4000)
def measure(name: str, text: str) -> Measure | None:
    """What a text defines under a name."""
    codes = ", ".join(f'"{code}": {meaning}' for code, meaning in worlds.CODES.items())
    try:
        found = load_policy(Source("rich.yaml", f"""\
policy: rich
timezone: Asia/Shanghai
marks: {{{codes}}}
parameters: {{enough: [{{from: 2025-09-25, value: 2}}]}}
roles: {{teacher: {{of: class}}}}
measures:
  {name}: {text}
  away: {{run: unexcused, unit: school day, neutral: excused}}
ladders:
  truancy:
    stages: {{one: {{when: away >= 1, do: {{visit: {{by: teacher, due: 1 school day}}}}}}}}
    lasts: term
"""))
    except Refused:
        return None
    return evolve(found.measures[name], span=None)


def own(policy: Policy) -> Policy:
    """A version with the measures that it names itself, and no others."""
    named = {term.name for condition in conditions(policy) for term in condition.terms if term.kind == "measure"}
    named |= {one.due.measure for one in actions(policy) if isinstance(one.due, Nth)}
    values = (line.value for parameter in policy.parameters.values() for line in parameter.lines)
    named |= {value.measure for value in values if isinstance(value, Nth)}
    return evolve(policy, measures={name: one for name, one in policy.measures.items() if name in named})


def of_groups(rng: Random, written: str) -> str:
    """The text of a policy for groups, with what two of its measures count drawn; as it is where it could not say that."""
    names = {"missed": "missed", "recent": "rolling"}
    lines = (f"  {name}: {text(rng, names[name])}" if (name := line.partition(":")[0].strip()) in names and line.startswith("  ") else line for line in written.split("\n"))
    drawn = "\n".join(lines)
    try:
        group_worlds.loaded(drawn)
    except Refused:
        return written
    return drawn


def numbered(number: str) -> World:
    """The world of a number such as `r1/17`, or of groups such as `rg1/17`."""
    if number.startswith("rg"):
        return evolve(group_worlds.world(Random(number), of_groups), number=number)  # noqa: S311  # the same number, the same world
    made = worlds.world(Random(number), measures)  # noqa: S311  # the same number, the same world
    return evolve(made, policies=tuple(map(own, made.policies)), number=number)
