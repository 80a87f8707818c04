"""What duties, targets and consequences say: whom they are about, why they asked, and what was entered."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from ..phrases import Phrases
from ..policy import Duty, Policy, Target, part_of
from ..records import Record
from ..wording import Reading, Wording
from .story import parts_of


def whose(record: Record, policy: Policy, phrases: Phrases) -> str:
    """The student, or the group with its level."""
    if "student" in record:
        return phrases.say("whose.student", name=record["student"])
    return Wording(policy, phrases).group(str(record["group"]))


def ground(record: Record, policy: Policy, phrases: Phrases, whom: str, readings: Sequence[Reading]) -> str:
    """Why a duty or a target asked for something: the period that it fell for, or the two head counts."""
    part, _, _, occurrence, *_ = [*parts_of(str(record["subject"]), record), "", "", ""]
    found = part_of(policy, part)
    if isinstance(found, Duty):
        return phrases.say("duty.fell", duty=found.title.say(phrases.lang) or found.name, period=occurrence.partition("/")[0])
    rate = next((reading for reading in readings if "rate" in reading), None)
    if not isinstance(found, Target) or rate is None:
        return ""
    num, den = int(str(rate["num"])), int(str(rate["den"]))
    limit = str(rate.get("limit", ""))
    key = "target.none" if not den else "target.read.limit" if limit else "target.read"
    return phrases.say(
        key, target=found.title.say(phrases.lang) or found.name, student=whom, num=num, den=den, percent=phrases.percent(Fraction(num, den)) if den else "",
        base=phrases.clauses([_base(rate, phrases), *_behind(rate, phrases)]), limit=_limit(limit, phrases) if limit else "",
    )


def _base(rate: Reading, phrases: Phrases) -> str:
    date, (less, who) = phrases.date(datetime.date.fromisoformat(str(rate["base"]))), _persons(rate.get("less", ()), phrases)
    return phrases.say("target.less", base=date, n=phrases.amount(less, "student") + who) if less else date


def _behind(rate: Reading, phrases: Phrases) -> Iterator[str]:
    """The persons on whom the limit hangs; nothing where there are none."""
    for spoke in ("counted", "not_counted"):
        number, who = _persons(rate.get(spoke, ()), phrases)
        if number:
            yield phrases.say(f"target.{spoke}", n=phrases.amount(number, "student") + who)


def _persons(cited: object, phrases: Phrases) -> tuple[int, str]:
    """How many a record cites, and their ids in brackets; beyond what it names only how many."""
    if isinstance(cited, Mapping):
        return int(str(cited["count"])), ""
    ids = [str(one) for one in cited] if isinstance(cited, Sequence) else []
    return len(ids), phrases.say("aside", text=phrases.all_of(ids)) if ids else ""


def _limit(text: str, phrases: Phrases) -> str:
    word, number, *unit = text.split(" ")
    return phrases.say(f"limit.{word}", bound=phrases.amount(Fraction(number), unit[0]) if unit else phrases.percent(Fraction(number)))


def entered(entry: object, phrases: Phrases) -> str:
    """What was entered: `-100 yuan (for 2 students) in the appraisal of 2025`; that there is no amount, where a name in it has no value."""
    if not entry:
        return phrases.say("entry.none")
    amount, word, period, heads = [*map(str, entry), "", "", "", ""][:4] if isinstance(entry, Sequence) and not isinstance(entry, str) else ("", "", "", "")
    if amount in ("lose", "gain"):
        said = phrases.say(f"entry.{amount}", word=word)
    else:
        said = phrases.say("entry.amount", amount=amount, word=word).strip()
        said += phrases.say("entry.heads", n=heads) if heads not in ("", "1") else ""
    return said + (phrases.say("entry.period", period=period) if period else "")


