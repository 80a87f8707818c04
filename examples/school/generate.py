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
from typing import Any, TypeVar

T = TypeVar("T")
Row = dict[str, Any]

SEED = 20250901
SCHOOL = "示例中学"

EVENT_COLUMNS = (
    "id", "type", "student", "date", "session", "code", "minutes", "at", "recorded", "known",
    "status", "cause", "flag", "value", "action", "item", "done", "result", "by", "times",
    "document", "target",
)  # fmt: skip
ROSTER_COLUMNS = (
    "student", "name", "school", "class", "grade", "household", "village", "township",
    "birth_date", "from", "to", "special_case", "left_behind", "poor", "distance",
)  # fmt: skip
ASSIGNMENT_COLUMNS = ("role", "of", "person", "from", "to")

MINUTE, HOUR, DAY = 60, 3600, 86400
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

CONTACT_RESULTS = ("coming", "coming", "promised", "promised", "refused", "not_reached")
VISIT_RESULTS = ("coming", "promised", "refused", "refused", "not_reached")
VISITS = {
    3: (("home_visit", 0.85),),
    5: (("group_visit", 0.8),),
    8: (("principal_visit", 0.75), ("village_visit", 0.7)),
    10: (("joint_visit", 0.8),),
}
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
    absent_yesterday: bool = False
    in_episode: bool = False
    run: int = 0
    to_excuse: list[tuple[Row, int]] = field(default_factory=list)

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
                "birth_date": born.isoformat(),
                "from": TERMS["autumn"][0].isoformat(),
                "to": "",
                "special_case": "yes" if draws.chance(0.01) else "no",
                "left_behind": "yes" if left_behind else "no",
                "poor": "yes" if poor else "no",
                "distance": f"{tenths // 10}.{tenths % 10}",
            }
            restless = 0.0015 if kind < 0.85 else 0.012 if kind < 0.97 else 0.05
            students.append(Student(row, restless, 0.5 if sickly < 0.6 else 1.7))
    return students


def make_assignments(classes: Sequence[str]) -> list[Row]:
    """Who holds which role; one homeroom teacher changes, one village has nobody for a while."""
    start = TERMS["autumn"][0].isoformat()
    rows: list[Row] = []

    def add(role: str, of: str, since: str = start, until: str = "") -> None:
        person = f"p{len(rows) + 1:03}"
        rows.append(
            {"role": role, "of": of, "person": person, "from": since, "to": until}
        )

    for klass in sorted(classes, key=lambda name: tuple(map(int, name.split("-")))):
        if klass == CHANGED_CLASS:
            add(
                "homeroom_teacher", klass, until=(CHANGED_ON - timedelta(1)).isoformat()
            )
            add("homeroom_teacher", klass, since=CHANGED_ON.isoformat())
        else:
            add("homeroom_teacher", klass)
        add("subject_teacher", klass)
    for role in ("teaching_affairs", "compulsory_office", "principal", "deputy"):
        add(role, SCHOOL)
    add("control_group", SCHOOL)
    add("control_group", SCHOOL)
    for village in VILLAGES:
        vacant = village == VACANT_VILLAGE
        add(
            "village_committee",
            village,
            (VACANT_UNTIL + timedelta(1)).isoformat() if vacant else start,
        )
    for township in TOWNSHIPS:
        add("township_government", township)
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
        if back < length:
            self.status(student, "returned", back, 9 * HOUR, "劝返复学")

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
                self.respond(student, day, [mark for mark in marks if mark])

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
                student.told = draws.chance(0.7)
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
        if student.spell == "A" and draws.chance(0.4):
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
    ) -> tuple[str, int] | None:
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
            return code, known
        first = "A" if code == "S" and not student.told else code
        row = self.emit("mark", student, known, code=first, **where)
        if code == "S" and not student.told:
            student.to_excuse.append((row, known))
        return first, known

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
        late = 0.014 if session == "am" else 0.006
        plain = {"date": where["date"], "session": session}
        if luck < late:
            minutes = draws.between(5, 50)
            if entered_late:
                self.emit("mark", student, known, code="L", minutes=minutes, **where)
                return "L"
            arrived = on(day, start + minutes * MINUTE)
            if arrived <= known:
                self.emit("mark", student, known, code="L", minutes=minutes, **where)
                return "L"
            if draws.chance(0.4):
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
        if luck < late + 0.0028:
            self.emit("mark", student, known + 2 * MINUTE, code="A", **plain)
            self.emit(
                "mark",
                student,
                known + draws.between(15, 60) * MINUTE,
                code="P",
                **plain,
            )
        elif luck < late + 0.0029:
            stale = known + draws.between(300, 2000) * MINUTE
            before = {"recorded": stamp(known - 2 * MINUTE)}
            self.emit("mark", student, waking(stale), code="A", **plain, **before)
        elif luck < late + 0.0031:
            wrong_at = known + draws.between(5, 40) * MINUTE
            wrong = self.emit("mark", student, wrong_at, code="A", **plain)
            self.void(student, wrong, wrong_at + draws.between(60, 1800) * MINUTE)
        return "P"

    def respond(
        self, student: Student, day: date, marks: list[tuple[str, int]]
    ) -> None:
        """What the school did about the day's marks, and what the parents brought."""
        codes = [code for code, _ in marks]
        present = any(code in "PLE" for code in codes)
        if "V" in codes and student.left == 0 and self.draws.chance(0.6):
            at = on(day, 7 * HOUR + self.draws.between(0, 50) * MINUTE)
            self.document(student, "leave_request", at)
        if present and student.to_excuse and "A" not in codes:
            self.excuse(student, day)
        if "A" in codes:
            known = min(known for code, known in marks if code == "A")
            if not student.in_episode:
                student.in_episode = True
                self.first_contact(student, day, known)
            student.run = 0 if present else student.run + 1
            for action, share in VISITS.get(student.run, ()):
                if self.draws.chance(share):
                    self.visit(student, day, action, known)
        elif present:
            student.in_episode, student.run = False, 0

    def document(self, student: Student, document: str, at: int) -> None:
        """A paper that a parent handed in."""
        known = at + self.draws.between(1, 30) * MINUTE
        self.emit(
            "document", student, known, at=stamp(at), document=document, by="parent"
        )

    def excuse(self, student: Student, day: date) -> None:
        """A doctor's note turns the spell's unexcused marks into excused ones."""
        draws = self.draws
        rows, student.to_excuse = student.to_excuse, []
        if not draws.chance(0.9):
            return
        noted = on(day, 8 * HOUR) + draws.between(20, 200) * MINUTE
        noted += DAY * draws.between(1, 3) if draws.chance(0.2) else 0
        noted = max(noted, max(known for _, known in rows) + 10 * MINUTE)
        self.document(student, "sick_note", noted)
        known = noted + draws.between(1, 40) * MINUTE
        times = {}
        if draws.chance(0.2):
            times["recorded"] = stamp(noted)
            known = waking(known + draws.between(4, 30) * HOUR)
        for row, _ in rows:
            self.emit(
                "mark",
                student,
                known,
                date=row["date"],
                session=row["session"],
                code="S",
                **times,
            )

    def holder(self, role: str, of: str, day: date) -> str:
        """Who holds a role on a day, nobody as empty."""
        for row in self.holders[role, of]:
            if row["from"] <= day.isoformat() and (
                not row["to"] or day.isoformat() <= row["to"]
            ):
                return str(row["person"])
        return ""

    def outcome(
        self, student: Student, action: str, by: str, at: int, result: str, done: bool
    ) -> None:
        """What came of an action, entered at once or days later, now and then wrongly."""
        draws = self.draws
        kind = draws.random()
        known = at + draws.between(0, 10) * MINUTE
        if kind > 0.95:
            known = at + draws.between(24, 72) * HOUR
        elif kind > 0.75:
            known = at + draws.between(1, 6) * HOUR
        fields = {"action": action, "done": "yes" if done else "no", "by": by}
        if result:
            fields["result"] = result
        if action == "contact_parent" and draws.chance(0.05):
            fields["times"] = "2"
        known = waking(known)
        row = self.emit("outcome", student, known, at=stamp(at), **fields)
        if draws.chance(0.015):
            self.void(student, row, known + draws.between(1, 20) * HOUR)

    def first_contact(self, student: Student, day: date, known: int) -> None:
        """The subject teacher tells the homeroom teacher, who reaches for the parents."""
        draws, klass = self.draws, student.row["class"]
        if draws.chance(0.85):
            wait = draws.between(40, 180) if draws.chance(0.1) else draws.between(2, 25)
            teacher = self.holder("subject_teacher", klass, day)
            self.outcome(
                student, "tell_homeroom", teacher, known + wait * MINUTE, "", done=True
            )
        kind = draws.random()
        if kind < 0.12:
            return
        wait = draws.between(90, 1800) if kind < 0.25 else draws.between(8, 55)
        teacher = self.holder("homeroom_teacher", klass, day)
        at, result = waking(known + wait * MINUTE), draws.pick(CONTACT_RESULTS)
        if result == "not_reached" and draws.chance(0.7):
            self.outcome(student, "contact_parent", teacher, at, result, done=False)
            at = waking(at + draws.between(60, 400) * MINUTE)
            result = draws.pick(CONTACT_RESULTS)
        self.outcome(student, "contact_parent", teacher, at, result, done=True)

    def visit(self, student: Student, day: date, action: str, known: int) -> None:
        """A visit at home by those whom the action names."""
        draws, row = self.draws, student.row
        when = day + timedelta(
            draws.between(0, 2) if draws.chance(0.85) else draws.between(4, 9)
        )
        at = on(when, 17 * HOUR + 20 * MINUTE) + draws.between(0, 120) * MINUTE
        at = max(at, known + HOUR)
        actors = {
            "home_visit": (("homeroom_teacher", row["class"]),),
            "group_visit": (
                ("homeroom_teacher", row["class"]),
                ("control_group", SCHOOL),
            ),
            "principal_visit": (("principal", SCHOOL),),
            "village_visit": (("village_committee", row["village"]),),
            "joint_visit": (
                ("homeroom_teacher", row["class"]),
                ("principal", SCHOOL),
                ("village_committee", row["village"]),
            ),
        }[action]
        people = [self.holder(role, of, when) for role, of in actors]
        if not any(people):
            return
        result = draws.pick(VISIT_RESULTS)
        self.outcome(
            student, action, "+".join(filter(None, people)), at, result, done=True
        )
        if result == "refused" and draws.chance(0.3):
            self.document(student, "refusal_letter", at)


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
    assignments = make_assignments(classes)
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
