"""What a person should know before relying on a run: values, said in any language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from ..evaluation import Ledger
from ..ledger import DONE, OPEN, Item
from ..phrases import phrases_for
from ..policy import OWN_ROLES, Actor, Policy
from ..readers.inputs import World
from ..wording import Wording
from .words import words_for

SEALING = frozenset({"open-day"})  # about the audit trail, not about any child


@frozen
class Caveat:
    """One caveat: its kind, and the values that it names."""

    kind: str
    values: Mapping[str, object]

    def say(self, lang: str, where: str = "") -> str:
        """The caveat in words. where: what lists the rest of it, `run.json` unless it is said."""
        words = words_for(lang)
        said = {name: _role(value, lang) if isinstance(value, Actor) else value for name, value in self.values.items()}
        odd = words[f"odd.{said['kind']}"] if "kind" in said else ""
        return words[f"caveat.{self.kind}"].format(**said, odd=odd, where=where or words["caveat.where"])


def caveats_of(world: World, ledger: Ledger, *, lost: int = 0) -> tuple[Caveat, ...]:
    """Every caveat of a run, what could hide a child first. lost: rows that were set aside."""
    zone = world.calendar.zone
    date = zone.date(ledger.until)
    last = world.calendar.of("").last
    still = sum(zone.date(decision.decided) == date for decision in ledger.decisions)
    reports = Counter(report.kind for report in ledger.reports)
    later = reports.pop("after-until", 0)
    found = [Caveat("rejects", {"n": f"{lost:,}"})] if lost else []
    found += [Caveat("after-calendar", {"date": last.isoformat()})] if date > last else []
    found += [Caveat("after-until", {"n": f"{later:,}", "until": f"{zone.local(ledger.until):%Y-%m-%d %H:%M}"})] if later else []
    found += [Caveat("reports", {"n": n, "kind": kind}) for kind, n in sorted(reports.items())]
    found += [Caveat("warnings", {"n": len(world.warnings)})] if world.warnings else []
    found += [Caveat("vacant", {"role": actor, "n": n}) for actor, n in _sorted(_vacant(ledger)) if actor.kind != "who_had"]
    found += [
        Caveat("unheard-had", {"item": actor.name, "n": n}) if actor.kind == "who_had" else Caveat("unheard", {"role": actor, "n": n})
        for actor, n in _sorted(_unheard(ledger))
    ]
    found += [Caveat("open-day", {"date": date.isoformat(), "n": still})] if still else []
    return tuple(found)


def titled(caveat: Caveat, policies: Sequence[Policy], lang: str, where: str = "") -> str:
    """A caveat in words, a role by its title."""
    role = caveat.values.get("role")
    for policy in policies:
        if isinstance(role, Actor) and role.name in policy.roles:
            return Caveat(caveat.kind, {**caveat.values, "role": Wording(policy, phrases_for(lang)).actor(role)}).say(lang, where)
    return caveat.say(lang, where)


def _vacant(ledger: Ledger) -> Counter[Actor]:
    """Roles that nobody holds, with the number of items that wait for them."""
    return Counter(actor for item in ledger.items if item.status in OPEN for actor in _nobody(item, "by"))


def _unheard(ledger: Ledger) -> Counter[Actor]:
    """Roles that nobody holds, with the number of notices to them that nobody has got."""
    told = (item for item in ledger.items if item.status in DONE and not any(who.startswith("by ") for who, _ in item.persons))
    return Counter(actor for item in told for actor in _nobody(item, "notify"))


def _nobody(item: Item, word: str) -> Iterator[Actor]:
    for who, persons in item.persons:
        part, _, key = who.partition(" ")
        if part == word and not persons and key not in OWN_ROLES:
            yield Actor.of_key(key)


def _sorted(found: Counter[Actor]) -> list[tuple[Actor, int]]:
    return sorted(found.items(), key=lambda pair: pair[0].key)


def _role(actor: Actor, lang: str) -> str:
    name = words_for(lang)["role"].format(name=actor.name)
    return phrases_for(lang).say("above", role=name) if actor.kind == "above" else name
