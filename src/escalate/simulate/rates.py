"""How a made-up school is: how many students, how often they stay away, and how what is asked of its people gets done."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen


@frozen
class School:
    """How large it is. grades: the first and the last."""

    students: int = 400
    classes: int = 8
    grades: tuple[int, int] = (7, 9)


@frozen
class Rates:
    """Shares that a user may set.

    absence: of all school days. unexcused: of absences. spell: the mean length of an absence in school days. in_time, late: of items; the rest is never done.
    """

    absence: Fraction = Fraction(4, 100)
    unexcused: Fraction = Fraction(1, 3)
    spell: Fraction = Fraction(2)
    in_time: Fraction = Fraction(80, 100)
    late: Fraction = Fraction(15, 100)


# What nobody sets; docs/what-if.md says each of them.
RESTLESS, AS_OFTEN = Fraction(15, 100), 4  # so many students are away so many times as often as the others
LONG, LONG_SPELL = Fraction(2, 100), Fraction(15)  # absences that are long, and their mean length in school days
MOST = Fraction(1, 2)  # of the days that a student can be away on average
LATE_MARK = Fraction(1, 100)  # of the sessions of those who are there
SKIPPED = Fraction(1, 200)  # one session of a day, without leave
LATE_ROLL = Fraction(2, 100)  # rolls of a class that are entered the next morning
EXCUSED_LATER = Fraction(10, 100)  # unexcused days for which a note comes the next morning
DROPPED_AFTER = 20  # school days away without leave, until a dropout is recorded
FLAGGED = Fraction(10, 100)  # students who have a flag
SIBLINGS = Fraction(8, 100)  # students of the household of the one before
