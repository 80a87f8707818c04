"""What is odd about events as all of them stand: marks that have no place, children who are not on the roster, voids of what never was.

It hangs on calendar and roster as they are known in the end, so it is found when it is asked for, and is the same however the events were fed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from .days import Days
from .decisions import Report
from .events import Mark, RosterEdit, Void, as_known, written
from .family import Family
from .messages import say
from .subject import Subject

DOUBTS = {
    "outside-calendar": say("a mark outside the calendar, or in a session that it does not know"),
    "no-session": say("the calendar holds no such session: kept, not counted"),
    "outside-policy": say("no version of the policy is in force on this date"),
    "contradicted": say("another row of the same session, known at the same time, says otherwise: the later row, or the greater `seq`, counts"),
    "outside-roster": say("the roster does not have the child on this date; it counts all the same: mend the mark, or the roster"),
}


def doubts(students: Collection[Subject], groups: Collection[Subject], families: Sequence[Family]) -> list[Report]:
    """Reports of all events that were taken in, by when they were known."""
    places: dict[Days, dict[tuple[object, str], str]] = {}
    found: list[Report] = []
    for subject in students:
        found += _marks(subject, families, places)
        found += _contradicted(subject)
        found += _stranger(subject)
    for subject in (*students, *groups):
        found += _voids(subject)
    return sorted(found, key=lambda report: (as_known(report.event), report.kind))


def _marks(subject: Subject, families: Sequence[Family], places: dict[Days, dict[tuple[object, str], str]]) -> Iterator[Report]:
    """Marks of no session of the calendar, on a date of no policy, or outside the student's time on the roster."""
    history = subject.history
    bounded = bool(history.bounds())
    only = history.only_days
    for mark in subject.taken(Mark):
        days = only if only is not None else history.days(mark.date)
        known = places.setdefault(days, {})
        odd = known.get((mark.date, mark.session))
        if odd is None:
            odd = known[mark.date, mark.session] = place_of(mark, days, families)
        if not odd and bounded and not history.on_roster(mark.date):
            odd = "outside-roster"
        if odd and not subject.is_void(mark):
            yield Report(odd, mark, DOUBTS[odd])


def _contradicted(subject: Subject) -> Iterator[Report]:
    """Marks that win over another of their session by nothing but their place in a file."""
    for versions in subject.history.versions.values():
        last, before = versions[-1], versions[-2]
        if before.code != last.code and (written(before), before.known) == (written(last), last.known):
            yield Report("contradicted", last, DOUBTS["contradicted"])


def place_of(mark: Mark, days: Days, families: Sequence[Family]) -> str:
    """What is odd about where a mark stands, empty where nothing is."""
    if days.mark_at(mark.date, mark.session) is None:
        return "outside-calendar"
    if not days.holds(mark.date, mark.session):
        return "no-session"
    return "" if all(family.at(mark.date) for family in families) else "outside-policy"


def _stranger(subject: Subject) -> Iterator[Report]:
    """The first event of a student whom neither a row of the roster nor an edit of it names."""
    if subject.history.shared.roster.rows(subject.student) or next(subject.taken(RosterEdit), None) is not None:
        return
    first = next(subject.everything(), None)
    if first is not None:
        said = say("student `{student}` is not on the roster: of no class, and nobody is responsible", student=subject.student)
        yield Report("not-on-roster", first, said)


def _voids(subject: Subject) -> Iterator[Report]:
    """Voids whose target has not come: the fact that they were meant for still stands."""
    for void in subject.taken(Void):
        if not subject.knows(void.target):
            yield Report("void-of-nothing", void, say("no event of this student is named `{target}`", target=void.target))
