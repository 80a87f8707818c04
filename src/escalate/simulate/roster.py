"""The students of a made-up school and who holds which role, as the tables of a run."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..policy import Policy
from ..posts import Posts
from ..roster import Roster
from ..times import DAY
from .draws import Draws
from .rates import FLAGGED, SIBLINGS, School

Row = Mapping[str, str]
OWN = ("student", "name", "school", "class", "grade", "household", "village", "township", "county", "birth_date")
ASSIGNED = ("role", "of", "person")
NAMES = {
    "zh": {"name": "学生 {n}", "school": "模拟学校", "village": "{n} 村", "township": "{n} 乡", "county": "模拟县"},
    "en": {"name": "Student {n}", "school": "Made-up School", "village": "Village {n}", "township": "Township {n}", "county": "Made-up County"},
}
VILLAGES, TOWNSHIPS, OTHERS = 8, 2, 3
STARTING_AGE = 6


def roster_rows(policies: Sequence[Policy], school: School, first: datetime.date, draws: Draws) -> list[Row]:
    """A row for each student; flags that a policy knows are drawn, numbers, dates and texts of students are left empty."""
    names = NAMES["zh" if policies[0].lang.startswith("zh") else "en"]
    flags = dict.fromkeys(name for policy in policies for name, found in policy.students.items() if found.type == "flag")
    levels = dict.fromkeys(role.of for policy in policies for role in policy.roles.values() if role.of not in (*OWN, "session"))
    classes = class_names(school)
    digits = len(str(school.students))
    rows: list[Row] = []
    household = 0
    for n in range(school.students):
        student = f"s{n + 1:0{digits}}"
        household += 0 if n and draws.chance(SIBLINGS, "sibling", student) else 1
        village = draws.between(1, VILLAGES, "village", household)
        grade, class_ = classes[n % len(classes)]
        rows.append({
            "student": student, "name": names["name"].format(n=n + 1), "school": names["school"], "class": class_, "grade": str(grade),
            "household": f"h{household:0{digits}}", "village": names["village"].format(n=village),
            "township": names["township"].format(n=village % TOWNSHIPS + 1), "county": names["county"],
            "birth_date": _birth(grade, first, draws, student).isoformat(),
            **{level: f"{level} {draws.between(1, OTHERS, level, household)}" for level in levels},
            **{flag: "yes" if draws.chance(FLAGGED, flag, student) else "no" for flag in flags},
        })  # fmt: skip
    return rows


def class_names(school: School) -> list[tuple[int, str]]:
    """Each class with its grade: `7-1`, `8-1`, `9-1`, `7-2` ... in turn."""
    low, high = school.grades
    grades = range(low, high + 1)
    return [(grades[n % len(grades)], f"{grades[n % len(grades)]}-{n // len(grades) + 1}") for n in range(school.classes)]


def _birth(grade: int, first: datetime.date, draws: Draws, student: str) -> datetime.date:
    """A day of the year that makes up a grade's age group."""
    year = first.year - grade - STARTING_AGE
    return datetime.date(year, 8, 31) - draws.between(0, 364, "birth", student) * DAY


def assignment_rows(policies: Sequence[Policy], roster: Roster) -> Iterator[Row]:
    """One person for each role and for whatever it is held for: no role is vacant."""
    posts = Posts(policies, roster)
    number = 0
    for role in posts.roles:
        for place in sorted(posts.of(role)):
            number += 1
            yield {"role": role, "of": place, "person": f"p{number:04}"}


def table(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """Rows as CSV; a column that a row has not is empty."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def roster_text(rows: Sequence[Row]) -> str:
    """The roster as CSV."""
    return table(list(rows[0]), rows)


def assignments_text(rows: Iterable[Row]) -> str:
    """The assignments as CSV."""
    return table(ASSIGNED, rows)
