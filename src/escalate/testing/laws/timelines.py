"""What properties are given says what came: the timeline of each child beside its ledger, and a higher number beside the lower."""

from __future__ import annotations

from ...events import Mark, precedence
from ...ledger import GONE, Item
from ..broken import Law, hold
from ..model.seen import World
from ..monotone import is_monotone, raised
from ..playing import ledger
from ..timeline import AWAY, HERE, Timeline


def a_timeline_tells_what_came(world: World) -> None:
    """The items, the dates and the names that a timeline gives are those of the ledger. Guards against properties that hold of something else."""
    law, found = a_timeline_tells_what_came, ledger(world)
    students = world.roster.ids()
    lines = {student: Timeline(world, student) for student in students}
    of_child = {one.change.new.id for one in found.decisions if one.level == "student" and one.student in lines and isinstance(one.change.new, Item)}
    theirs = [item.id for line in lines.values() for item in line.items]
    ours = [item.id for item in found.items if item.id in of_child and item.status not in GONE]
    hold(law, sorted(theirs) == sorted(ours), world, lambda: f"in one alone: {sorted(set(theirs) ^ set(ours))[:2]}")
    for student, line in lines.items():
        went = [one.item.id for one in (*line.asked(), *line.told())]
        issued = [one.change.new for one in line.decisions if isinstance(one.change.new, Item) and one.change.what == "issued"]
        unseen = {item.id for item in issued if item.status == "open"} - set(went)
        hold(law, not unseen, world, f"{student} was asked for {sorted(unseen)[:1]}, and the timeline does not say it")
        for item in line.items:
            first = line.first(item.path.rpartition(".")[0]) if not item.parent else None
            hold(law, item.parent or (first is not None and first <= line.date(item.effective)), world, f"{item.stage} first asked on {first}, after {item.id}")
            late = line.overdue(item.action) if item.overdue_at is not None else (item,)
            hold(law, item.id in [one.id for one in late], world, f"{item.id} was overdue, and the timeline does not say it")
        cases = [(case.ladder, case.number) for case in line.cases]
        live = [(case.ladder, case.number) for (who, *_), case in found.cases.items() if who == student and case.fate == "live"]
        hold(law, sorted(cases) == sorted(live), world, f"{student} has the cases {live}, and not {cases}")
        _days(world, line)


def _days(world: World, line: Timeline) -> None:
    """What a timeline says of dates is what the marks say."""
    law = a_timeline_tells_what_came
    marks = {(one.date, one.session): one for one in sorted(line.events, key=precedence) if isinstance(one, Mark)}
    meant = {key: next((policy.marks[one.code].meaning for policy in world.policies if one.code in policy.marks), "") for key, one in marks.items()}
    for date in line.dates:
        own = [meaning for (on, _), meaning in meant.items() if on == date and meaning not in ("unknown", "not_expected")]
        hold(law, line.absent_on(date) == (bool(own) and set(own) <= set(AWAY)), world, f"absent on {date}: {own}")
        hold(law, not line.back_on(date) or any(one in HERE for one in meant.values()), world, f"back on {date}, and never here")
        hold(law, not line.days_away_on(date) or "unexcused" in meant.values(), world, f"away on {date}, and never absent")
        hold(law, all(case.opened < line.zone.next_midnight(date) for case in line.open_on(date)), world, f"open on {date} before it opened")


def a_higher_number_is_never_sooner(world: World) -> None:
    """A stage that more absence can only bring nearer never comes sooner with its number raised by one. Guards against thresholds read upside down."""
    for policy in world.policies if len(world.policies) == 1 else ():
        for stage in [one for ladder in policy.ladders.values() for one in ladder.stages[:1] if is_monotone(policy, one.path)]:
            higher = raised(policy, stage.path)
            for student in world.roster.ids():
                now, later = Timeline(world, student), Timeline(world, student).under(higher)
                first, second = now.first(stage.path), later.first(stage.path)
                seen = f"{stage.path} of {student} on {first}, raised on {second}"
                hold(a_higher_number_is_never_sooner, second is None or (first is not None and first <= second), world, seen, stage.path)


TIMELINES: tuple[Law, ...] = (a_timeline_tells_what_came, a_higher_number_is_never_sooner)
