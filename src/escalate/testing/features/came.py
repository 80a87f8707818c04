"""What comes of a world: its cases, its items, and what its ledger says of events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ...evaluation import Ledger
from ...events import Outcome
from ...ledger import DONE, OPEN, Case, Item
from ...policy import Action, Duty, Target, actions, part_of
from ..model.seen import World


def came(world: World, ledger: Ledger) -> Iterator[str]:
    """The names of the features of what comes of a world, some of them more than once."""
    if not ledger.decisions:
        yield "nothing is decided"
    for one in ledger.decisions:
        new = one.change.new
        yield f"{'a case' if isinstance(new, Case) else 'an item'} {one.change.what}"
        if isinstance(new, Item) and isinstance(one.change.old, Item) and one.change.old.overdue_at is not None and new.overdue_at is None:
            yield "an item overdue retracted"
        effective = one.change.effective
        if effective is not None and effective < one.decided:
            yield "decided later than effective"
    yield from of_cases(world, ledger)
    yield from of_items(world, ledger)
    yield from of_outcomes(world, ledger)
    yield from of_reports(ledger)
    if ledger.decisions:
        middle = ledger.decisions[0].decided + (ledger.until - ledger.decisions[0].decided) // 2
        if ledger.as_known(middle).items != ledger.items:
            yield "known otherwise half way"


def of_cases(world: World, ledger: Ledger) -> Iterator[str]:
    """How cases end, how many there are, and under which version they run."""
    ladders: dict[tuple[str, str, str], int] = defaultdict(int)
    open_at_end: dict[str, int] = defaultdict(int)
    zone = world.calendar.zone
    for (student, policy, ladder, _), case in ledger.cases.items():
        if case.fate != "live":
            continue
        ladders[student, policy, ladder] += 1
        open_at_end[student] += case.ended is None
        yield {"ends": "ended by `ends`", "lasts": "ended by `lasts`", "where": "ended by `where`"}.get(case.reason, "a case open at the end")
        current = [one for one in world.policies if one.name == policy and one.covers(zone.date(case.ended or world.until))]
        if current and current[0].version != case.version:
            yield "a case of an older version"
    if any(n > 1 for n in ladders.values()):
        yield "a second case of a ladder"
    if any(n > 1 for n in open_at_end.values()):
        yield "several cases open at once"


def of_items(world: World, ledger: Ledger) -> Iterator[str]:
    """What items are, and how they stand at the end."""
    paths = {(policy.name, policy.version, action.path): action for policy in world.policies for action in actions(policy)}
    parts = {(policy.name, policy.version): policy for policy in world.policies}
    stages: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for item in ledger.items:
        action, part = paths.get((item.policy, item.version, item.path)), part_of(parts[item.policy, item.version], item.ladder)
        yield from of_item(item)
        yield from of_action(item, action)
        if isinstance(part, Duty):
            yield "a duty is asked"
            if item.overdue_at is not None:
                yield "a duty is missed"
            if item.status in DONE:
                yield "a duty is done"
        elif isinstance(part, Target):
            yield "a target is broken" if item.path.startswith(f"{part.broken.path}.") else "a target is met"
        else:
            if item.occurrence not in ("", "1") and not item.parent:
                yield "an item asked for again"
            stages[item.policy, item.id.split("/")[1], item.ladder, str(item.case)].add(item.stage)
    if any(len(some - {"ends"}) > 1 for some in stages.values()):
        yield "several stages in a case"


def of_item(item: Item) -> Iterator[str]:
    """How an item stands, by itself."""
    yield f"an item that stands {item.status}"
    if item.note:
        yield f"an item {item.note}"
    if item.floor is not None:
        yield "a due that was moved back to a floor"
    if item.overdue_at is not None and item.status in ("cancelled", "done late"):
        yield "overdue, and then no more"
    if item.parent:
        step = item.id.removeprefix(item.parent).split("/")[1]
        yield {"then": "an item that follows", "overdue": "an item that chases", "on": "an item for a result"}[step]
    if item.holds:
        yield "a due that is held"
    if item.due:
        yield "a due that is a day" if len(item.due) == 10 else "a due that is an instant"
    else:
        yield "no due"
    if item.entry:
        yield "a consequence"
    if item.unblocked is not None:
        yield "unblocked by evidence"
    if any(not persons for part, persons in item.persons):
        yield "an item that nobody holds"
    if any(len(persons) > 1 for part, persons in item.persons):
        yield "an item that several hold"


def of_action(item: Item, action: Action | None) -> Iterator[str]:
    """How an item stands, by what its action says."""
    if action is None:
        return
    if action.tells:
        yield "somebody is told"
    if action.keep and item.status in OPEN:
        yield "an item that is kept"
    if action.optional:
        yield "an optional item"
    if action.times > 1:
        yield "an item done only by several times"
    if action.by.each or action.notify.each:
        yield "an item for each holder"
    if len(action.owners.entries) > 1 and not action.owners.each:
        yield "an item of joint actors"
    if action.list:
        yield "an item with a list"


def of_outcomes(world: World, ledger: Ledger) -> Iterator[str]:
    """Whether outcomes were given in time, and to what no longer stood."""
    items = {item.id: item for item in ledger.items}
    for event in world.events:
        if not isinstance(event, Outcome) or not event.item or event.item not in items:
            continue
        item = items[event.item]
        if item.late_from is not None:
            yield "an outcome in time" if event.at < item.late_from else "an outcome too late"
        if event.at < item.effective:
            yield "an outcome before its item"
        if item.status in ("withdrawn", "recall", "lapsed", "cancelled"):
            yield "an outcome of what no longer stands"


def of_reports(ledger: Ledger) -> Iterator[str]:
    """What a person should see about events."""
    for report in ledger.reports:
        yield f"reported: {report.kind}"
