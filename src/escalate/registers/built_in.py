"""The registers that every policy has: which rows, which columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from attrs import frozen

from ..decisions import Report
from ..events import Outcome
from ..history import event_order
from ..items.run import outcome_key
from ..ledger import GONE, OPEN
from .pupil import Line, Pupil

WHO = ("student", "name", "class")
# The column of a group that owes something; it stands only where a policy asks something of groups.
GROUP = "group"
# What a person should look at: the outcome is on record and does no item.
UNBOUND = ("unbound", "for-cancelled", "unknown-item", "unknown-action")
# By level and name of the subject that they are about; a student's level is `student`.
Reports = Mapping[tuple[str, str], Iterable[Report]]


@frozen
class BuiltIn:
    """A register that every policy has. lines: its rows of one student or one group, who may be the subject of reports."""

    columns: tuple[str, ...]
    lines: Callable[[Pupil, Reports], Iterator[Line]]


def _open_cases(pupil: Pupil, reports: Reports) -> Iterator[Line]:
    for view in pupil.open_cases.values():
        yield Line(pupil, view, pupil.item_of(view))


def _overdue_items(pupil: Pupil, reports: Reports) -> Iterator[Line]:
    """Past due and not done; a blocked one too (SEMANTICS, section 5)."""
    for item in sorted(pupil.items, key=lambda item: (item.late_from or 0, item.id)):
        if item.status in OPEN and item.overdue_at is not None and item.overdue_at <= pupil.at:
            yield Line(pupil, item=item)


def _now(status: str) -> Callable[[Pupil, Reports], Iterator[Line]]:
    """Those whose newest status event is this one."""

    def lines(pupil: Pupil, reports: Reports) -> Iterator[Line]:
        event = pupil.status()
        if event is not None and event.status == status:
            yield Line(pupil, event=event)

    return lines


def _roll_changes(pupil: Pupil, reports: Reports) -> Iterator[Line]:
    for event in pupil.history.statuses:
        if event.at <= pupil.at:
            yield Line(pupil, event=event)


def _gone(pupil: Pupil, reports: Reports) -> Iterator[Line]:
    for item in sorted(pupil.items, key=lambda item: (item.opened, item.id)):
        if item.status in GONE:
            yield Line(pupil, item=item)


def _unbound(pupil: Pupil, reports: Reports) -> Iterator[Line]:
    said = {(event, report.kind) for report in reports.get(pupil.key, ()) if isinstance(event := report.event, Outcome)}
    for event, kind in sorted(said, key=lambda one: (*event_order(one[0]), one[1])):
        if event not in pupil.history.outcomes or pupil.history.elsewhere(event, pupil.policy.name):
            continue
        if outcome_key(event) not in pupil.bound:  # what was told once may have found its item again
            yield Line(pupil, event=event, why=kind)


# Those of consequences and rates are made of all subjects together (whole.py).
BUILT_IN: Mapping[str, BuiltIn] = {
    "open_cases": BuiltIn((*WHO, "case", "stage", "opened", "item", "by", "due"), _open_cases),
    "overdue_items": BuiltIn((*WHO, GROUP, "item", "by", "due", "state", "missing", "case", "stage"), _overdue_items),
    "suspected_dropouts": BuiltIn((*WHO, "village", "since", "cause"), _now("suspected_dropout")),
    "dropouts": BuiltIn((*WHO, "village", "since", "cause"), _now("dropped_out")),
    "no_shows": BuiltIn((*WHO, "village", "since", "cause"), _now("no_show")),
    "roll_changes": BuiltIn((*WHO, "status", "since", "cause"), _roll_changes),
    "withdrawn_and_recalled": BuiltIn((*WHO, GROUP, "item", "state", "by", "opened", "due", "done_at", "case"), _gone),
    "unbound_outcomes": BuiltIn((*WHO, GROUP, "action", "done_at", "done_by", "result", "why"), _unbound),
}
