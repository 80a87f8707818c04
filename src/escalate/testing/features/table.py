"""Every feature by its name, with what a policy must have for a world to show it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence

from ...ledger import CASE_WHATS, ITEM_WHATS
from ...policy import Action, Ladder, Nth, Policy, Stage, actions, asked, stages
from ...times import Zone
from ..matters import ORDER, matters, parts

Policies = Sequence[Policy]
Need = Callable[[Policies], bool]


def anything(policies: Policies) -> bool:
    """Any policy shows it."""
    return True


def some(holds: Callable[[Action], object]) -> Need:
    """Some action holds something."""
    return lambda policies: any(holds(action) for policy in policies for action in actions(policy))


def stage(holds: Callable[[Stage], object]) -> Need:
    """Some stage holds something."""
    return lambda policies: any(holds(one) for policy in policies for one in stages(policy))


def part(holds: Callable[[Policy], object]) -> Need:
    """Some policy has something."""
    return lambda policies: any(holds(policy) for policy in policies)


def named(kind: str) -> Need:
    """Something of a kind matters to the policies: a flag, a document, a fact, an outcome."""
    return lambda policies: bool(getattr(matters(policies), kind))


def begins(policies: Policies) -> bool:
    """A version follows another."""
    return any(one.end is not None and two.start is not None and one.end < two.start for one in policies for two in policies)


def changes(policies: Policies) -> bool:
    """A parameter changes while a version is in force."""
    return any(line.start and policy.covers(line.start) for policy in policies for one in policy.parameters.values() for line in one.lines)


def moves(policies: Policies) -> bool:
    """Students may move: nobody acts for a grade, of which two schools have one name."""
    return "grade" not in {one.each for policy in policies for one in asked(policy)} | {role.of for policy in policies for role in policy.roles.values()}


def clocks(policies: Policies) -> bool:
    """The clocks of their zone change."""
    zone = Zone(policies[0].timezone)
    return zone.local(zone.midnight(datetime.date(2025, 1, 1))).utcoffset() != zone.local(zone.midnight(datetime.date(2025, 7, 1))).utcoffset()


def of_level(policies: Policies) -> bool:
    """Facts of groups matter."""
    return any(one.level != "student" for one in matters(policies).facts)


def marked(meaning: str) -> Need:
    """A code of a meaning matters."""
    return lambda policies: any(policy.marks[code].meaning == meaning for policy in policies for code in matters(policies).codes if code in policy.marks)


def minutes(policies: Policies) -> bool:
    """Marks carry minutes."""
    return "L" in matters(policies).codes


def ladder(holds: Callable[[Ladder], object]) -> Need:
    """Some ladder holds something."""
    return lambda policies: any(holds(one) for policy in policies for one in policy.ladders.values())


def ladders(policies: Policies) -> bool:
    """Some policy has a ladder."""
    return any(policy.ladders for policy in policies)


def two_stages(policies: Policies) -> bool:
    """A ladder has several stages."""
    return any(len(ladder.stages) > 1 for policy in policies for ladder in policy.ladders.values())


def two_ladders(policies: Policies) -> bool:
    """There are several ladders."""
    return sum(len(policy.ladders) for policy in policies) > 1


def asks_later(ladder: Ladder) -> bool:
    """A case of which another takes the items: its ladder parts, and asks for something after a case opened."""
    later = len(ladder.stages) > 1 or ladder.ends is not None and ladder.ends.do or any(one.again and one.again.kind == "further" for one in ladder.stages)
    return parts(ladder) and bool(later)


def acted(action: Action) -> bool:
    """Somebody owes it by a day."""
    return bool(action.by.entries) and action.due is not None


def counted_on(action: Action) -> bool:
    """Somebody owes it by a day that is counted from when they knew of it, so that no move makes it late at once."""
    return acted(action) and action.counts_from != "event"


def _each(names: Iterable[str], need: Need = anything) -> Mapping[str, Need]:
    return dict.fromkeys(names, need)


SAID: Mapping[str, Need] = {
    **_each((
        "several students", "one session a day", "several sessions a day", "a second term", "a day without school", "a day that is made up",
        "a mark known late", "a mark known after the day", "a mark corrected", "a mark taken back", "an unmarked session", "a later word that does not win",
        "a day of several meanings", "a mark outside the calendar", "a mark of no session", "a code that no policy knows", "a student who is on no roster",
        "an event twice", "two events of one id", "an event taken back", "a void before its event", "a void of nothing", "an event known after the end",
        "a status", "a status known late", "a student leaves", "another status", "a day closed by an edit", "a day added by an edit",
        "an edit known before its day", "an edit known on its day or after", "a row edited", "a row edited for the past",
    )),
    **{f"marked {meaning.replace('_', ' ')}": marked(meaning) for meaning in ORDER},
    "a mark with minutes": minutes,
    "the clocks change": clocks,
    "another school's day off": anything,
    "a move to another school": moves,
    **_each(("a vacant role", "a role that is handed over", "a role that two hold", "a role edited"), part(lambda policy: policy.roles)),
    "a version begins": begins,
    "a parameter changes": changes,
    **_each(("a flag", "a flag known late", "a flag is taken back"), named("flags")),
    **_each(("a document", "a document known late"), named("documents")),
    **_each(("a fact", "a fact known late"), named("facts")),
    "a fact of a group": of_level,
    **_each((
        "an outcome", "an outcome known late", "an outcome that names an action", "an outcome that names an item", "an outcome that names both",
        "an outcome: not done", "an outcome of several times",
    ), named("outcomes")),
    "an outcome with a result": some(lambda action: action.results),
}  # fmt: skip

CAME: Mapping[str, Need] = {
    **_each(("nothing is decided", "decided later than effective", "known otherwise half way")),
    **{f"a case {what}": ladders for what in CASE_WHATS if what not in ("merged", "re-pinned")},
    "a case merged": ladder(parts),
    "a case re-pinned": begins,
    "a case of an older version": begins,
    "a case open at the end": ladders,
    "ended by `ends`": ladder(lambda one: one.ends),
    "ended by `lasts`": ladder(lambda one: one.lasts),
    "ended by `where`": ladders,
    "a second case of a ladder": ladders,
    "several cases open at once": two_ladders,
    "several stages in a case": two_stages,
    **{f"an item {what}": anything for what in ITEM_WHATS if what not in ("blocked", "unblocked", "lapsed", "replaced")},
    "an item lapsed": ladders,
    "an item replaced": ladder(asks_later),
    **_each(("an item blocked", "an item unblocked", "unblocked by evidence"), stage(lambda one: one.need)),
    **{f"an item that stands {status}": anything for status in ("open", "done", "done late", "overdue", "cancelled", "withdrawn", "recall")},
    "an item that stands lapsed": ladders,
    "an item that stands blocked": stage(lambda one: one.need),
    "an item beyond the calendar": some(lambda action: action.due),
    "an item no due yet": some(lambda action: isinstance(action.due, Nth)),
    "an item already past": some(lambda action: action.counts_from == "event"),
    "a due that was moved back to a floor": some(counted_on),
    "a due that is held": some(lambda action: action.hold),
    "a due that is a day": some(lambda action: action.due),
    "a due that is an instant": some(lambda action: action.due),
    "no due": anything,
    "overdue, and then no more": some(acted),
    "an item that follows": some(lambda action: action.then),
    "an item that chases": some(lambda action: action.if_overdue),
    "an item for a result": some(lambda action: action.if_outcome),
    "an item that nobody holds": part(lambda policy: policy.roles),
    "an item that several hold": part(lambda policy: policy.roles),
    "an item of joint actors": some(lambda action: len(action.owners.entries) > 1 and not action.owners.each),
    "an item for each holder": some(lambda action: action.owners.each),
    "an item asked for again": stage(lambda one: one.again),
    "an item that is kept": some(lambda action: action.keep),
    "an optional item": some(lambda action: action.optional),
    "an item done only by several times": some(lambda action: action.times > 1),
    "an item with a list": some(lambda action: action.list),
    "somebody is told": some(lambda action: action.tells),
    "a consequence": some(lambda action: action.entry),
    **_each(("a duty is asked", "a duty is done", "a duty is missed"), part(lambda policy: policy.duties)),
    "a target is broken": part(lambda policy: any(one.broken.do for one in policy.targets.values())),
    "a target is met": part(lambda policy: any(one.met.do for one in policy.targets.values())),
    **_each(("an outcome in time", "an outcome too late", "an outcome before its item", "an outcome of what no longer stands"), some(acted)),
    **_each(("reported: after-until", "reported: void-of-nothing", "reported: id-clash", "reported: unknown-code")),
    **_each(("reported: for-cancelled", "reported: unknown-item", "reported: unbound"), some(acted)),
}  # fmt: skip
FEATURES: Mapping[str, Need] = {**SAID, **CAME}
