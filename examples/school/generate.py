"""Writes one synthetic school's calendar, roster, assignments and events; same seed, same bytes."""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")
Row = dict[str, Any]

SEED = 20250901
SCHOOL, COUNTY = "示例中学", "示例县"

EVENT_COLUMNS = (
    "id", "type", "student", "date", "session", "code", "minutes", "at", "recorded", "known",
    "status", "cause", "flag", "value", "action", "item", "done", "result", "by", "times",
    "document", "target",
)  # fmt: skip
ROSTER_COLUMNS = (
    "student", "name", "school", "class", "grade", "household", "village", "township", "county",
    "birth_date", "from", "to", "special_case", "left_behind", "poor", "distance",
)  # fmt: skip
ASSIGNMENT_COLUMNS = ("role", "of", "person", "from", "to")

MINUTE, HOUR, DAY = 60, 3600, 86400
CLOSE = 17 * HOUR + 30 * MINUTE
SESSIONS = {"am": (8 * HOUR, 11 * HOUR + 40 * MINUTE), "pm": (14 * HOUR, 17 * HOUR)}
WEEKDAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
TERMS = {
    "autumn": (date(2025, 9, 1), date(2026, 1, 23)),
    "spring": (date(2026, 3, 2), date(2026, 7, 10)),
}
CLOSED = {
    (date(2025, 10, 1), date(2025, 10, 8)): "国庆中秋",
    (date(2026, 1, 1), date(2026, 1, 3)): "元旦",
}
MAKE_UP = {date(2025, 9, 28): "tuesday", date(2025, 10, 11): "wednesday"}
SPECIAL_DAYS = {date(2025, 11, 14): ("sports", ("am",))}
OFFICE_CLOSED = (*CLOSED, (date(2026, 2, 15), date(2026, 2, 23)))
OFFICE_OPEN = (*MAKE_UP, date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28))

SEASON = {
    9: 0.8,
    10: 0.9,
    11: 1.1,
    12: 1.5,
    1: 1.6,
    3: 1.2,
    4: 0.9,
    5: 0.9,
    6: 0.8,
    7: 0.8,
}
SURNAMES = "甲乙丙丁戊己庚辛壬癸"
GIVEN = "一二三四五六七八九十天地山水风雨云星"
TOWNSHIPS = ("示例镇", "样本乡", "试验乡")
VILLAGES = tuple(f"{sign}村" for sign in "子丑寅卯辰巳午未申酉戌亥")
VACANT_VILLAGE, VACANT_UNTIL = "亥村", date(2025, 11, 30)
CHANGED_CLASS, CHANGED_ON = "8-3", date(2025, 11, 10)

# What is said at the telephone and at the door; the second of each for a child who stays away for weeks.
CONTACT_RESULTS = (
    ("coming", "coming", "coming", "at_home", "at_home", "refused", "not_reached"),
    ("at_home", "at_home", "refused", "refused", "not_reached"),
)
VISIT_RESULTS = (
    ("coming", "coming", "promised", "refused", "not_reached"),
    ("promised", "promised", "refused", "refused", "not_reached"),
)
# What the school owes after so many whole days away, and who goes.
STAGES = {
    1: ("group_visit",),
    2: ("joint_visit",),
    3: ("filing", "principal_visit"),
    4: ("village_visit",),
}
ACTORS = {
    "contact_parent": (("homeroom_teacher", "class"),),
    "parent_call": (),
    "report_office": (("homeroom_teacher", "class"),),
    "report_principal": (("teaching_affairs", "school"),),
    "chase": (("principal", "school"),),
    "group_visit": (("homeroom_teacher", "class"), ("dropout_group", "class")),
    "joint_visit": (("homeroom_teacher", "class"), ("second_visitor", "class")),
    "filing": (("homeroom_teacher", "class"),),
    "principal_visit": (("principal", "school"), ("homeroom_teacher", "class")),
    "village_visit": (
        ("principal", "school"),
        ("homeroom_teacher", "class"),
        ("village_cadres", "village"),
    ),
    "zero_scores": (("teaching_affairs", "school"),),
}
EXAMS = (
    date(2025, 11, 12),
    date(2026, 1, 20),
    date(2026, 5, 7),
    date(2026, 7, 8),
)
DROPOUT_CAUSES = ("厌学", "外出务工", "家庭困难")


class Draws:
    """Everything drawn, from `random()` alone, whose values no Python version changes."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed).random

    def chance(self, share: float) -> bool:
        """True in this share of draws."""
        return self.random() < share

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self.random() * (high - low + 1))

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[int(self.random() * len(options))]

    def shuffled(self, options: Iterable[T]) -> list[T]:
        """The options in a drawn order."""
        left = list(options)
        for last in range(len(left) - 1, 0, -1):
            other = int(self.random() * (last + 1))
            left[last], left[other] = left[other], left[last]
        return left


class Task(NamedTuple):
    """Something that a person will do about a student, unless the student is back before."""

    at: int
    action: str


class Seen(NamedTuple):
    """A mark as the teacher saw it, when it was known, and when a parent's call corrected it."""

    code: str
    known: int
    called: int = 0


@dataclass(eq=False)
class Student:
    """A roster row and how the student's term goes."""

    row: Row
    restless: float
    sickly: float
    first: int = 0
    last: int = 10**6
    away: range = range(0)
    spell: str = ""
    left: int = 0
    told: bool = True
    call: str = ""
    out: range = range(0)
    absent_yesterday: bool = False
    in_case: bool = False
    run: int = 0
    village: bool = False
    to_excuse: list[tuple[Row, int]] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The student's id."""
        return str(self.row["student"])


@lru_cache(maxsize=4096)
def iso(ordinal: int) -> str:
    """A day as text."""
    return date.fromordinal(ordinal).isoformat()


@lru_cache(maxsize=65536)
def stamp(instant: int) -> str:
    """An instant, in local seconds, as text."""
    ordinal, second = divmod(instant, DAY)
    hour, rest = divmod(second, HOUR)
    return f"{iso(ordinal)}T{hour:02}:{rest // 60:02}:{rest % 60:02}+08:00"


def on(day: date, second: int) -> int:
    """The instant of a second of a day."""
    return day.toordinal() * DAY + second


def waking(instant: int) -> int:
    """The instant itself, or the next morning's when people sleep."""
    second = instant % DAY
    if second < 7 * HOUR:
        return instant + 8 * HOUR
    return instant + 10 * HOUR if second >= 22 * HOUR else instant


def school_days() -> list[tuple[date, tuple[str, ...]]]:
    """Every school day of the year with its sessions."""
    days = []
    for first, last in TERMS.values():
        for offset in range((last - first).days + 1):
            day = first + timedelta(offset)
            if any(start <= day <= end for start, end in CLOSED):
                continue
            if day.weekday() < 5 or day in MAKE_UP:
                days.append((day, SPECIAL_DAYS.get(day, ("", tuple(SESSIONS)))[1]))
    return days


def calendar_text() -> str:
    """The calendar as YAML."""

    def clock(second: int) -> str:
        return f"{second // HOUR:02}:{second % HOUR // 60:02}"

    sessions = ", ".join(
        f'{k}: "{clock(a)}-{clock(b)}"' for k, (a, b) in SESSIONS.items()
    )
    terms = "".join(f"  {k}: {{from: {a}, to: {b}}}\n" for k, (a, b) in TERMS.items())
    closed = ", ".join(f"{a}..{b}: {title}" for (a, b), title in CLOSED.items())
    make_up = ", ".join(f"{day}: {weekday}" for day, weekday in MAKE_UP.items())
    days = ", ".join(
        f"{day}: {{kind: {kind}, sessions: [{', '.join(held)}]}}"
        for day, (kind, held) in SPECIAL_DAYS.items()
    )
    office_closed = ", ".join(f"{a}..{b}" for a, b in OFFICE_CLOSED)
    office_open = ", ".join(str(day) for day in OFFICE_OPEN)
    return (
        f"calendar: example-2025\n"
        f"timezone: Asia/Shanghai\n"
        f"sessions: {{{sessions}}}\n"
        f"terms:\n{terms}"
        f"closed: {{{closed}}}\n"
        f"make_up: {{{make_up}}}\n"
        f"days: {{{days}}}\n"
        f"office: {{closed: [{office_closed}], open: [{office_open}]}}\n"
        f"years: {{2025: [{', '.join(TERMS)}]}}\n"
    )


def class_names(students: int) -> list[str]:
    """Classes of about fifty, as many in each of grades 7 to 9, grades taking turns."""
    each = max(1, round(students / 150))
    return [f"{grade}-{number}" for number in range(1, each + 1) for grade in (7, 8, 9)]


def make_students(draws: Draws, count: int) -> list[Student]:
    """The roster: households of one to three children, each household in one village."""
    classes = class_names(count)
    width = max(4, len(str(count)))
    students: list[Student] = []
    household = 0
    while len(students) < count:
        household += 1
        size = 1 + draws.chance(0.18) + draws.chance(0.03)
        surname, village = draws.pick(SURNAMES), draws.pick(VILLAGES)
        township = TOWNSHIPS[VILLAGES.index(village) * len(TOWNSHIPS) // len(VILLAGES)]
        left_behind, poor = draws.chance(0.2), draws.chance(0.1)
        tenths = draws.between(3, 30) + VILLAGES.index(village) * 9
        for _ in range(min(size, count - len(students))):
            klass = classes[len(students) % len(classes)]
            grade = int(klass.split("-")[0])
            born = date(2019 - grade - draws.chance(0.05), 9, 1) + timedelta(
                draws.between(0, 364)
            )
            kind, sickly = draws.random(), draws.random()
            row = {
                "student": f"s{len(students) + 1:0{width}}",
                "name": surname + draws.pick(GIVEN) + draws.pick(GIVEN),
                "school": SCHOOL,
                "class": klass,
                "grade": grade,
                "household": f"h{household:0{width}}",
                "village": village,
                "township": township,
                "county": COUNTY,
                "birth_date": born.isoformat(),
                "from": TERMS["autumn"][0].isoformat(),
                "to": "",
                "special_case": "yes" if draws.chance(0.01) else "no",
                "left_behind": "yes" if left_behind else "no",
                "poor": "yes" if poor else "no",
                "distance": f"{tenths // 10}.{tenths % 10}",
            }
            restless = 0.0018 if kind < 0.85 else 0.014 if kind < 0.97 else 0.055
            students.append(Student(row, restless, 0.5 if sickly < 0.6 else 1.7))
    return students


def make_assignments(
    classes: Sequence[str], students: Iterable[Student] = ()
) -> list[Row]:
    """Who holds which role; one homeroom teacher changes, one village has nobody for a while."""
    start = TERMS["autumn"][0].isoformat()
    rows: list[Row] = []
    people = 0

    def someone() -> str:
        nonlocal people
        people += 1
        return f"p{people:03}"

    def add(
        roles: str, of: str, person: str, since: str = start, until: str = ""
    ) -> None:
        for role in roles.split():
            rows.append(
                {"role": role, "of": of, "person": person, "from": since, "to": until}
            )

    teachers: dict[str, tuple[str, ...]] = {}
    for klass in sorted(classes, key=lambda name: tuple(map(int, name.split("-")))):
        head, subject, visitor = someone(), someone(), someone()
        if klass == CHANGED_CLASS:
            until = (CHANGED_ON - timedelta(1)).isoformat()
            add("homeroom_teacher 班主任", klass, head, until=until)
            head = someone()
            add("homeroom_teacher 班主任", klass, head, since=CHANGED_ON.isoformat())
        else:
            add("homeroom_teacher 班主任", klass, head)
        add("subject_teacher class_teachers 任课教师 dropout_group", klass, subject)
        add("second_visitor class_teachers 任课教师 dropout_group", klass, visitor)
        teachers[klass] = (head, subject, visitor)
    office = someone()
    add("teaching_affairs 教导处", SCHOOL, office)
    add("compulsory_office", SCHOOL, someone())
    add("principal 校长", SCHOOL, someone())
    add("party_secretary", SCHOOL, someone())
    deputies = (someone(), someone())
    for number, village in enumerate(VILLAGES):
        vacant = village == VACANT_VILLAGE
        since = (VACANT_UNTIL + timedelta(1)).isoformat() if vacant else start
        add("village_cadres village_committee", village, someone(), since)
        add("包村领导", village, deputies[number % 2])
    for township in TOWNSHIPS:
        add("township_government", township, someone())
    add("civil_affairs", COUNTY, someone())
    for number, student in enumerate(students):
        add("包生教师", student.id, teachers[student.row["class"]][1 + number // 3 % 2])
    return rows


class Year:
    """The events of the school days asked for, made day by day."""

    def __init__(
        self,
        draws: Draws,
        students: list[Student],
        assignments: list[Row],
        days: list[tuple[date, tuple[str, ...]]],
    ) -> None:
        self.draws = draws
        self.students = students
        self.days = days
        self.pending: defaultdict[str, list[Row]] = defaultdict(list)
        self.written = 0
        self.holders: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in assignments:
            self.holders[row["role"], row["of"]].append(row)
        self.plan()

    def emit(self, kind: str, student: Student, known: int, **fields: Any) -> Row:
        """One event, written out on the day on which it is known."""
        row = {"type": kind, "student": student.id, "known": stamp(known), **fields}
        self.pending[row["known"][:10]].append(row)
        return row

    def write(self, writer: csv.DictWriter[str]) -> None:
        """All rows by the time they were known; what nobody entered in time is left out."""
        for batch in self.day_batches():
            for row in batch:
                self.written += 1
                row["id"] = f"e{self.written:06}"
                if "target" in row:
                    row["target"] = row["target"]["id"]
            writer.writerows(batch)

    def day_batches(self) -> Iterable[list[Row]]:
        """The rows known on each date, sorted by when."""
        for index, (day, sessions) in enumerate(self.days):
            self.school_day(index, day, sessions)
            for known_on in sorted(k for k in self.pending if k <= day.isoformat()):
                yield sorted(self.pending.pop(known_on), key=lambda row: row["known"])

    def plan(self) -> None:
        """Who comes, leaves, stays away for weeks, is dropped, or is entered wrongly."""
        draws, length = self.draws, len(self.days)
        order = draws.shuffled(self.students)
        order.sort(key=lambda student: student.row["village"] != VACANT_VILLAGE)
        first_away, rest = order[:1], draws.shuffled(order[1:])

        def take(per_900: int) -> list[Student]:
            count = min(len(rest), max(1, per_900 * len(self.students) // 900))
            taken = rest[:count]
            del rest[:count]
            return taken

        def somewhere(low: int, high: int) -> int:
            return min(
                length - 1, draws.between(length * low // 100, length * high // 100)
            )

        for student in take(5):
            self.comes(student, somewhere(15, 60))
        for number, student in enumerate(take(6)):
            self.leaves(
                student, somewhere(25, 75), learnt_after=3 if number % 3 == 0 else 0
            )
        for student in first_away + take(13):
            start = somewhere(8, 75) if student not in first_away else somewhere(8, 20)
            student.away = range(start, start + draws.between(10, 30))
        for number, student in enumerate(take(3)):
            self.drops_out(student, somewhere(15, 35), returns=number != 0)
        for student in take(2):
            start = somewhere(30, 60)
            student.away = range(start, start + 25)
            self.flag(student, "special_case", "yes", min(length - 1, start + 8))
        for student in take(3):
            value = "no" if student.row["left_behind"] == "yes" else "yes"
            self.flag(student, "left_behind", value, somewhere(30, 70))
        for student in take(1):
            index = somewhere(40, 60)
            self.flag(student, "poor", "yes", index // 2, known_on=index)
        for student in take(2):
            index = somewhere(30, 80)
            wrong = self.status(
                student,
                "transferred_out",
                index,
                10 * HOUR,
                "entered for another student",
            )
            self.void(
                student,
                wrong,
                on(self.days[index][0], 10 * HOUR) + draws.between(3, 30) * HOUR,
            )

    def comes(self, student: Student, index: int) -> None:
        """A student who joins mid-term."""
        student.first = index
        student.row["from"] = self.days[index][0].isoformat()
        self.status(student, "transferred_in", index, 8 * HOUR, "随迁转入")

    def leaves(self, student: Student, index: int, learnt_after: int) -> None:
        """A student who moves away; the school may go on marking absences until it learns."""
        student.last = min(len(self.days) - 1, index + learnt_after)
        student.away = range(index + 1, student.last + 1)
        student.row["to"] = self.days[student.last][0].isoformat()
        at = on(self.days[index][0], 16 * HOUR + 30 * MINUTE)
        known = on(self.days[student.last][0], 17 * HOUR)
        self.emit(
            "status",
            student,
            known,
            at=stamp(at),
            status="transferred_out",
            cause="随迁转出",
        )

    def drops_out(self, student: Student, index: int, returns: bool) -> None:
        """A student away for weeks, recorded as dropped out after twenty school days."""
        length = len(self.days)
        back = index + 20 + self.draws.between(8, 20) if returns else length
        student.away = range(index, min(back, length))
        cause = self.draws.pick(DROPOUT_CAUSES)
        if index + 20 < length:
            self.status(student, "dropped_out", index + 20, 15 * HOUR, cause)
            student.out = range(index + 20, min(back, length))
            self.zero_scores(student, self.days[index + 20][0], returns)
        if back < length:
            self.status(student, "returned", back, 9 * HOUR, "劝返复学")

    def zero_scores(self, student: Student, day: date, returns: bool) -> None:
        """Both exams are entered as zero days later; the last of one who stays away, after the term."""
        first = 0 if day <= TERMS["autumn"][1] else 2
        for number, exam in enumerate(EXAMS[first : first + 2]):
            days = 6 if number and not returns else self.draws.between(1, 3)
            when = max(exam, day) + timedelta(days)
            at = on(when, 10 * HOUR) + self.draws.between(0, 300) * MINUTE
            by = self.people("zero_scores", student, when)
            self.outcome(student, "zero_scores", by, at, "")

    def status(
        self, student: Student, status: str, index: int, second: int, cause: str
    ) -> Row:
        """A status event, known within two hours."""
        at = on(self.days[index][0], second)
        known = at + self.draws.between(5, 120) * MINUTE
        return self.emit(
            "status", student, known, at=stamp(at), status=status, cause=cause
        )

    def flag(
        self,
        student: Student,
        flag: str,
        value: str,
        index: int,
        known_on: int | None = None,
    ) -> None:
        """A flag event, known the same morning unless said otherwise."""
        at = on(self.days[index][0], 9 * HOUR)
        known = on(
            self.days[index if known_on is None else known_on][0],
            9 * HOUR + 20 * MINUTE,
        )
        self.emit("flag", student, known, at=stamp(at), flag=flag, value=value)

    def void(self, student: Student, target: Row, known: int) -> None:
        """An earlier event never was."""
        known = waking(known)
        self.emit("void", student, known, at=stamp(known), target=target)

    def school_day(self, index: int, day: date, sessions: tuple[str, ...]) -> None:
        """One day's rolls, class by class, and what teachers did about them."""
        by_class: defaultdict[str, list[Student]] = defaultdict(list)
        for student in self.students:
            if student.first <= index <= student.last:
                by_class[student.row["class"]].append(student)
        for klass in sorted(by_class):
            rolls = {session: self.roll(index, day, session) for session in sessions}
            for student in by_class[klass]:
                codes = self.codes(student, index, day.month)
                marks = [
                    self.mark(student, index, day, session, code, *rolls[session])
                    for session, code in zip(sessions, codes, strict=False)
                    if rolls[session][0]
                ]
                seen = [mark for mark in marks if mark]
                self.respond(student, index, seen, len(seen) == len(sessions))

    def later(self, index: int, known: int) -> int:
        """Some hours or some school days after an instant of a school day."""
        draws, day = self.draws, self.days[index][0]
        kind = draws.random()
        if kind < 0.5:
            return (
                max(known + HOUR, on(day, 17 * HOUR + 10 * MINUTE))
                + draws.between(0, 200) * MINUTE
            )
        ahead = 1 if kind < 0.85 else draws.between(2, 6)
        day = self.days[min(len(self.days) - 1, index + ahead)][0]
        return max(
            known + HOUR,
            on(day, 7 * HOUR + 30 * MINUTE) + draws.between(0, 240) * MINUTE,
        )

    def roll(self, index: int, day: date, session: str) -> tuple[int, int]:
        """When a class's roll was taken and when it became known; (0, 0) when it never was."""
        taken = on(day, SESSIONS[session][0]) + self.draws.between(3, 12) * MINUTE
        kind = self.draws.random()
        if kind < 0.003:
            return (0, 0)
        return (taken, self.later(index, taken) if kind < 0.015 else taken)

    def codes(self, student: Student, index: int, month: int) -> str:
        """What truly happened in the day's halves; absences tend to go on."""
        draws = self.draws
        codes = self.spell_codes(student, index)
        if not codes:
            student.spell = ""
            season = SEASON[month] * (2.0 if student.absent_yesterday else 1.0)
            ill = 0.0105 * student.sickly * season
            leave = ill + 0.0045 * season
            skip = leave + student.restless * season
            kind = draws.random()
            if kind < ill:
                student.spell, student.left = (
                    "S",
                    draws.between(0, 4) * draws.between(0, 1),
                )
                student.told = draws.chance(0.968)
                kind = draws.random()
                student.call = (
                    "soon" if kind < 0.78 else "next day" if kind < 0.93 else "back"
                )
                codes = "PS" if draws.chance(0.2) else "SS"
            elif kind < leave:
                student.spell, student.left, student.told = (
                    "V",
                    draws.between(0, 2) // 2,
                    True,
                )
                codes = draws.pick(("VV", "VP", "PV"))
            elif kind < skip:
                student.spell, student.told = "A", True
                codes = draws.pick(("AA", "AA", "AP", "PA"))
            else:
                codes = "PP"
        student.absent_yesterday = codes != "PP"
        return codes

    def spell_codes(self, student: Student, index: int) -> str:
        """The day's codes while a spell of absence lasts, else nothing."""
        draws = self.draws
        if index in student.away:
            student.told = True
            return "SS" if draws.chance(0.05) else "AA"
        if student.spell == "A" and draws.chance(0.5):
            return draws.pick(("AA", "AA", "AP", "PA"))
        if student.spell in ("S", "V") and student.left:
            student.left -= 1
            return student.spell + (
                "P" if not student.left and draws.chance(0.3) else student.spell
            )
        return ""

    def mark(
        self,
        student: Student,
        index: int,
        day: date,
        session: str,
        code: str,
        taken: int,
        known: int,
    ) -> Seen | None:
        """A session's mark and its corrections; returns what the teacher saw and when it was known."""
        draws = self.draws
        late_roll = known != taken
        luck = draws.random()
        if luck < 0.001:
            return None
        if luck < 0.003:
            code = "-"
        elif luck < 0.005 and not late_roll:
            known = self.later(index, taken)
        on_paper = known != taken and draws.chance(0.5)
        where = {"date": iso(day.toordinal()), "session": session}
        if on_paper:
            where["recorded"] = stamp(taken)
        if code == "P":
            code = self.present_mark(
                student, day, session, where, known, known != taken
            )
            return Seen(code, known)
        if code != "S" or student.told:
            self.emit("mark", student, known, code=code, **where)
            return Seen(code, known)
        row = self.emit("mark", student, known, code="A", **where)
        if student.call != "soon":
            student.to_excuse.append((row, known))
            return Seen("A", known)
        student.told = True
        called = waking(
            known
            + draws.between(*((2, 9) if draws.chance(0.85) else (40, 200))) * MINUTE
        )
        plain = {"date": where["date"], "session": session}
        self.emit("mark", student, called, code="S", **plain)
        return Seen("A", known, called)

    def present_mark(
        self,
        student: Student,
        day: date,
        session: str,
        where: Row,
        known: int,
        entered_late: bool,
    ) -> str:
        """The mark of a student who came: on time, late, gone early, or wrongly entered."""
        draws = self.draws
        start, end = SESSIONS[session]
        luck = draws.random()
        late = 0.0045 if session == "am" else 0.002
        plain = {"date": where["date"], "session": session}
        if luck < late:
            minutes = draws.between(2, 20 if draws.chance(0.8) else 50)
            if entered_late:
                self.emit("mark", student, known, code="L", minutes=minutes, **where)
                return "L"
            arrived = on(day, start + minutes * MINUTE)
            if arrived <= known:
                self.emit("mark", student, known, code="L", minutes=minutes, **where)
                return "L"
            if minutes < 25 and draws.chance(0.13):
                self.emit("mark", student, known, code="A", **where)
            self.emit(
                "mark", student, arrived + MINUTE, code="L", minutes=minutes, **plain
            )
            return "L"
        self.emit("mark", student, known, code="P", **where)
        if entered_late:
            return "P"
        if luck < late + 0.002:
            minutes = draws.between(20, 100)
            self.emit(
                "mark",
                student,
                on(day, end - minutes * MINUTE),
                code="E",
                minutes=minutes,
                **plain,
            )
            return "E"
        if luck < late + 0.00203:
            self.emit("mark", student, known + 2 * MINUTE, code="A", **plain)
            right_at = known + draws.between(4, 20) * MINUTE
            self.emit("mark", student, right_at, code="P", **plain)
        elif luck < late + 0.00213:
            stale = known + draws.between(300, 2000) * MINUTE
            before = {"recorded": stamp(known - 2 * MINUTE)}
            self.emit("mark", student, waking(stale), code="A", **plain, **before)
        elif luck < late + 0.00216:
            wrong_at = known + draws.between(5, 40) * MINUTE
            wrong = self.emit("mark", student, wrong_at, code="A", **plain)
            self.void(student, wrong, wrong_at + draws.between(5, 25) * MINUTE)
        return "P"

    def respond(
        self, student: Student, index: int, marks: list[Seen], whole: bool
    ) -> None:
        """What the school did about the day's marks, and what the parents brought."""
        day = self.days[index][0]
        close = on(day, CLOSE)
        codes = [mark.code for mark in marks]
        absent = [mark for mark in marks if mark.code == "A"]
        came = [mark.known for mark in marks if mark.code in "PLE"]
        if "V" in codes and student.left == 0 and self.draws.chance(0.6):
            at = on(day, 7 * HOUR + self.draws.between(0, 50) * MINUTE)
            self.document(student, "leave_request", at)
        if came and student.to_excuse and not absent:
            self.excuse(student, day)
        if index in student.out:
            student.tasks, student.in_case, student.run = [], False, 0
            return
        if absent:
            known = min(mark.known for mark in absent)
            called = max(mark.called for mark in absent)
            if not student.in_case and (known < close or not came):
                student.in_case = True
                self.open_case(student, index, known)
                if called:
                    student.tasks = [task for task in student.tasks if task.at < called]
            if called:
                student.in_case = False
            elif whole and len(absent) == len(marks):
                student.run += 1
                base = max(close, *(mark.known for mark in absent))
                for action in STAGES.get(student.run, ()):
                    if action != "village_visit" or not student.village:
                        self.plan_visit(student, index, action, base)
        self.work(student, index, min(came) if came else 0)
        if came:
            student.tasks, student.in_case, student.run = [], False, 0
            student.village = False
        elif student.to_excuse and student.call == "next day":
            self.call_next_day(student, index)

    def work(self, student: Student, index: int, came: int) -> None:
        """Does what is to be done before the next school day begins; nobody visits a child who came."""
        day = self.days[index][0]
        ahead = self.days[min(index + 1, len(self.days) - 1)][0]
        horizon = on(ahead if ahead > day else day + timedelta(1), 7 * HOUR)
        while student.tasks:
            task = min(student.tasks)
            if task.at >= horizon:
                return
            student.tasks.remove(task)
            if came and task.at >= on(day, CLOSE):
                return
            if came and task.action.endswith("_visit") and task.at > came:
                continue
            self.act(student, index, task)

    def act(self, student: Student, index: int, task: Task) -> None:
        """A person does what was to be done; what comes of it may bring the child back or ask for more."""
        draws, action, at = self.draws, task.action, task.at
        by = self.people(action, student, self.days[index][0])
        lost = index + 1 in student.away
        result = ""
        if action == "contact_parent":
            result = draws.pick(CONTACT_RESULTS[lost])
            if student.spell == "S":
                result = "at_home"
            if result == "not_reached" and draws.chance(0.7):
                self.outcome(student, action, by, at, result, done=False)
                at += draws.between(3, 10) * MINUTE
                result = draws.pick(CONTACT_RESULTS[lost][:-1])
        elif action == "parent_call":
            by, result = "parent", draws.pick(("at_home", "at_home", "other"))
            if student.spell == "S":
                result = "ill"
        elif action == "report_office":
            result = "principal_needed" if draws.chance(0.12) else "settled"
            if result == "principal_needed":
                wait = (5, 50) if draws.chance(0.88) else (70, 180)
                self.add(
                    student, at + draws.between(*wait) * MINUTE, "report_principal"
                )
        elif action.endswith("_visit"):
            result = draws.pick(VISIT_RESULTS[lost])
            if result == "refused" and draws.chance(0.3):
                self.document(student, "refusal_letter", at)
            if action == "principal_visit" and result == "refused":
                student.village = True
                self.plan_visit(student, index, "village_visit", at)
        if result == "coming" and student.spell == "A":
            student.spell = ""
        self.outcome(student, action, by, at, result)

    def add(self, student: Student, at: int, action: str) -> None:
        """Something more to do."""
        student.tasks.append(Task(at, action))

    def on_school_day(self, index: int, ahead: int, second: int) -> int:
        """A clock time so many school days later; after the last of them, that many days later."""
        last = len(self.days) - 1
        beyond = max(0, index + ahead - last)
        day = self.days[min(index + ahead, last)][0]
        return on(day + timedelta(beyond), second)

    def open_case(self, student: Student, index: int, known: int) -> None:
        """The homeroom teacher calls the parents and tells the office; the principal follows up what is late."""
        draws = self.draws
        kind = draws.random()
        if kind < 0.84:
            at = known + draws.between(2, 19) * MINUTE
        elif kind < 0.96:
            at = known + draws.between(32, 150) * MINUTE
        else:
            ahead = 1 if kind < 0.98 else draws.between(2, 4)
            at = self.on_school_day(index, ahead, 8 * HOUR)
            at = max(at, known) + draws.between(5, 90) * MINUTE
        self.add(student, at, "contact_parent")
        if draws.chance(0.12):
            self.add(student, known + draws.between(10, 240) * MINUTE, "parent_call")
        kind, limit = draws.random(), known + HOUR
        if kind < 0.9:
            at = known + draws.between(20, 55) * MINUTE
        elif kind < 0.97:
            at = limit + draws.between(5, 200) * MINUTE
        else:
            at = self.on_school_day(index, draws.between(1, 2), 8 * HOUR)
            at = max(at, limit) + draws.between(30, 200) * MINUTE
        self.add(student, at, "report_office")
        if at >= limit:
            chased = limit + draws.between(5, 60) * MINUTE
            if draws.chance(0.1) or chased % DAY > CLOSE:
                chased = self.on_school_day(index, 1, 8 * HOUR)
                chased = max(chased, limit) + draws.between(5, 60) * MINUTE
            self.add(student, chased, "chase")

    def plan_visit(self, student: Student, index: int, action: str, base: int) -> None:
        """When a visit, or the filing, will be made: in time as a rule, else days late."""
        draws = self.draws
        kind = draws.random()
        slow = action == "village_visit"
        village = ("village_cadres", str(student.row["village"]))
        if slow and not any(self.held(*village, self.days[index][0])):
            kind = 1.0  # nobody to go with: the visit waits
        if kind < 0.48 and not slow and base % DAY < 20 * HOUR:
            at = base + draws.between(15, 110) * MINUTE
        elif kind < (0.85 if slow else 0.7):
            ahead = draws.between(1, 3) if slow else 1
            at = self.on_school_day(index, ahead, 0)
            at += draws.pick((12 * HOUR, 16 * HOUR)) + draws.between(0, 80) * MINUTE
        else:
            ahead = draws.between(2, 3) if kind < 0.93 else draws.between(5, 8)
            ahead += 3 if slow else 0
            at = self.on_school_day(index, ahead, 16 * HOUR)
            at += draws.between(0, 80) * MINUTE
            if action == "principal_visit":
                chased = self.on_school_day(index, 2, 8 * HOUR)
                self.add(student, chased + draws.between(5, 90) * MINUTE, "chase")
        self.add(student, max(at, base + 15 * MINUTE), action)

    def call_next_day(self, student: Student, index: int) -> None:
        """A parent calls the next morning, and the day's marks become excused ones."""
        if index + 1 < len(self.days):
            called = self.on_school_day(index, 1, 7 * HOUR + 5 * MINUTE)
            called += self.draws.between(0, 45) * MINUTE
            self.correct(
                student,
                max(called, *(known + MINUTE for _, known in student.to_excuse)),
            )
            student.told, student.tasks = True, []
            student.in_case, student.run = False, 0

    def correct(self, student: Student, known: int, **times: Any) -> None:
        """The marks that wait for an excuse become marks of illness."""
        rows, student.to_excuse = student.to_excuse, []
        for row, _ in rows:
            where = {"date": row["date"], "session": row["session"]}
            self.emit("mark", student, known, **where, code="S", **times)

    def document(self, student: Student, document: str, at: int) -> None:
        """A paper that a parent handed in."""
        known = at + self.draws.between(1, 30) * MINUTE
        self.emit(
            "document", student, known, at=stamp(at), document=document, by="parent"
        )

    def excuse(self, student: Student, day: date) -> None:
        """A doctor's note turns the spell's unexcused marks into excused ones."""
        draws = self.draws
        if not draws.chance(0.9):
            student.to_excuse = []
            return
        noted = on(day, 8 * HOUR) + draws.between(20, 200) * MINUTE
        noted += DAY * draws.between(1, 3) if draws.chance(0.2) else 0
        noted = max(noted, max(known for _, known in student.to_excuse) + 10 * MINUTE)
        self.document(student, "sick_note", noted)
        known = noted + draws.between(1, 40) * MINUTE
        times = {}
        if draws.chance(0.2):
            times["recorded"] = stamp(noted)
            known = waking(known + draws.between(4, 30) * HOUR)
        self.correct(student, known, **times)

    def held(self, role: str, of: str, day: date) -> list[str]:
        """Who holds a role on a day."""
        now = day.isoformat()
        return [
            row["person"]
            for row in self.holders[role, of]
            if row["from"] <= now and (not row["to"] or now <= row["to"])
        ]

    def people(self, action: str, student: Student, day: date) -> str:
        """Those whom an action names and who hold their roles on a day, each once, joined by `+`."""
        found: dict[str, None] = {}
        for role, of in ACTORS[action]:
            found.update(dict.fromkeys(self.held(role, str(student.row[of]), day)))
        return "+".join(found)

    def outcome(
        self,
        student: Student,
        action: str,
        by: str,
        at: int,
        result: str,
        done: bool = True,
    ) -> None:
        """What came of an action, entered at once or later, now and then wrongly at first."""
        draws = self.draws
        kind = draws.random()
        known = at + draws.between(0, 2) * MINUTE
        if at % DAY >= CLOSE and kind < 0.4:
            known = waking(at + 14 * HOUR)
        elif kind > 0.995:
            known = waking(at + draws.between(24, 72) * HOUR)
        elif kind > 0.975:
            known = waking(at + draws.between(60, 360) * MINUTE)
        fields = {"action": action, "done": "yes" if done else "no", "by": by}
        if action == "contact_parent" and draws.chance(0.05):
            fields["times"] = "2"
        if draws.chance(0.004):
            wrong = self.emit(
                "outcome", student, known, at=stamp(at), **{**fields, "done": "no"}
            )
            known = waking(known + draws.between(2, 30) * MINUTE)
            self.void(student, wrong, known)
            known += MINUTE
        if result:
            fields["result"] = result
        self.emit("outcome", student, known, at=stamp(at), **fields)


def generate(
    out: Path, students: int = 900, days: int | None = None, seed: int = SEED
) -> dict[str, int]:
    """Writes the four files into a folder and returns how many of what they hold."""
    draws = Draws(seed)
    year = school_days()
    autumn = sum(day <= TERMS["autumn"][1] for day, _ in year)
    length = autumn if days is None else days
    if not 1 <= length <= len(year):
        raise ValueError(f"days must be 1 to {len(year)}, the school days of the year")
    if students < 1:
        raise ValueError("students must be at least 1")
    pupils = make_students(draws, students)
    classes = class_names(students)
    assignments = make_assignments(classes, pupils)
    events = Year(draws, pupils, assignments, year[:length])

    out.mkdir(parents=True, exist_ok=True)
    (out / "calendar.yaml").write_bytes(calendar_text().encode("utf-8"))
    write_csv(out / "roster.csv", ROSTER_COLUMNS, (student.row for student in pupils))
    write_csv(out / "assignments.csv", ASSIGNMENT_COLUMNS, assignments)
    with open(out / "events.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, EVENT_COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        events.write(writer)
    return {
        "students": students,
        "classes": len(classes),
        "days": length,
        "events": events.written,
    }


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """One CSV file, UTF-8, lines ended by a line feed."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        help="where to write (default: data/ beside this file)",
    )
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="the same, as an option"
    )
    parser.add_argument("--students", type=int, default=900, metavar="N")
    parser.add_argument(
        "--days", type=int, metavar="D", help="school days (default: all of autumn)"
    )
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args(arguments)
    out = given.out or given.folder or Path(__file__).resolve().parent / "data"
    try:
        counts = generate(out, given.students, given.days, given.seed)
    except ValueError as error:
        parser.error(str(error))
    print(", ".join(f"{count} {what}" for what, count in counts.items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
