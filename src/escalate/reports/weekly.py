"""How much each role is given in each week: a line of small bars for each of two policies, or for one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ..compare import Comparison, Load, total
from ..compare.load import Given, Week
from ..compare.words import words_for
from ..phrases import phrases_for
from ..policy import Actor, Policy
from ..wording import Wording
from .grids import grid

if TYPE_CHECKING:
    from rich.console import RenderableType

BARS = "▁▂▃▄▅▆▇█"
EMPTY = "."


def load_table(found: Comparison, lang: str, *, framed: bool) -> Iterator[RenderableType]:
    """What the policies of two sides give to each role, side by side."""
    yield from _table(found.load, {"A": found.load.a, "B": found.load.b}, (*found.b.policies, *found.a.policies), lang, framed=framed)


def own_load_table(load: Load, policy: Policy, lang: str, *, framed: bool) -> Iterator[RenderableType]:
    """What one policy gives to each role."""
    yield from _table(load, {"": load.a}, (policy,), lang, framed=framed)


def _table(load: Load, given: Mapping[str, Given], policies: Sequence[Policy], lang: str, *, framed: bool) -> Iterator[RenderableType]:
    from rich.text import Text

    words = words_for(lang)
    if not load.weeks:
        return
    rows = []
    for role in load.roles:
        peaks = {letter: max(found.get(role, {}).values(), default=0) for letter, found in given.items()}
        for n, (letter, found) in enumerate(given.items()):
            drawn = bars(found.get(role, {}), load.weeks, max(peaks.values()))
            rows.append(["" if n else _role(role, policies, lang), letter, str(total(found, role)), str(peaks[letter]), drawn])
    yield grid(words["load"], [words["role"], "", words["all_weeks"], words["peak"], ""], rows, framed=framed)
    yield Text(words["load.weeks"].format(first=load.weeks[0], last=load.weeks[-1]), style="dim")


def _role(key: str, policies: Sequence[Policy], lang: str) -> str:
    actor = Actor.of_key(key)
    policy = next((policy for policy in policies if actor.name in policy.roles), policies[0])
    return Wording(policy, phrases_for(lang)).actor(actor)


def bars(found: Mapping[Week, int], weeks: Sequence[Week], high: int) -> str:
    """A sign a week, of a height that goes with its number: the highest for `high`, a dot for none."""
    return "".join(BARS[(found[week] * len(BARS) + high - 1) // high - 1] if found.get(week) else EMPTY for week in weeks)
