"""The register of consequences: who owes or gains what and why."""

from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalate.registers import for_person
from escalate.roster import Assignment, Roster
from tests.build import date, late, marks, status

from .duties import ROSTER, sheets
from .world import cells

AWAY = marks("s1", "09-01", "AA") + marks("s3", "09-02", "AA")
FALLEN = AWAY + status("s1", "dropped_out", "09-04 10:00")


def rows(events, until="09-12 18:00", name="consequences", **more):
    return cells(sheets(events, until, **more)[name])


def test_r10_a_row_for_each_entry():
    """Who, as what, what, how much of what, for which period and how many students, when, by which rule and clause, of whom it came, and whether it stands."""
    found = rows(FALLEN)

    assert ("人员", "角色", "记入事项", "数额", "项目", "计入时段", "人数", "日期", "依据", "条款", "所涉对象", "状态") == sheets([], "09-12")["consequences"].heads
    assert [
        ("p1", "班主任", "扣分", "-1.5", "points", "autumn", 1, "2025-09-01", "absence.one_day.points", "L-1", "s1", "有效"),
        ("p1", "班主任", "流失扣款", -50, "yuan", "year", 1, "2025-09-04", "loss.if_broken.pay", "T-1", "班级 7-1", "有效"),
        ("p1、p9", "班主任、校长", "评优", "取消", "评优", "autumn", 1, "2025-09-01", "absence.one_day.honour", "L-1", "s1", "有效"),
    ] == found[:3]
    assert ("空缺：north", "教导处", "奖励", 7, "points", "", 1, "2025-09-01", "absence.one_day.bonus", "L-1", "s1", "有效") in found
    assert ("p6", "包保人员", "系数", "×0.98", "系数", "autumn", 1, "2025-09-01", "absence.one_day.factor", "L-1", "s1", "有效") in found


def test_r10_sums_are_beside_it():
    """By person, and by what a role is held for where nobody holds it."""
    found = rows(FALLEN, name="consequence_sums")

    assert [
        ("p1", "班主任", "points", "autumn", "-1.5", 1, ""), ("p1", "班主任", "评优", "autumn", "取消", 1, ""), ("p1", "班主任", "yuan", "year", -50, 1, ""),
    ] == found[:3]
    assert ("p9", "校长", "评优", "autumn", "取消", 2, "") in found
    assert ("空缺：north", "教导处", "points", "", 14, 2, "") in found


def test_r12_what_lost_its_ground_is_shown_and_does_not_count():
    """The mark was wrong: the entry is taken back."""
    events = marks("s1", "09-01", "AA") + late("s1", "09-01", "PP", "09-03 10:00")

    assert {"已收回"} == {row[-1] for row in rows(events)}
    assert [] == rows(events, name="consequence_sums")


def test_r12_an_amount_without_a_value_is_said():
    """No line of its parameter holds yet; there is nothing to sum."""
    found = rows(AWAY, fine="[{from: 2025-10-01, value: 7 points}]")

    assert ["数额未定：参数未填或没有登记"] * 2 == [row[3] for row in found if row[2] == "奖励"]
    assert [] == [row for row in rows(AWAY, name="consequence_sums", fine="[{from: 2025-10-01, value: 7 points}]") if row[1] == "教导处"]


# --- who reads -------------------------------------------------------------------------------------------


def of(role, person, found, name="consequences"):
    return next((cells(sheet) for sheet in for_person(found.values(), role, person) if sheet.name == name), None)


def test_r13_a_person_sees_what_is_their_own():
    """A class teacher, and one of two who look after a class; alone or with another."""
    found = sheets(FALLEN, "09-12 18:00")

    assert {"p1", "p1、p9"} == {row[0] for row in of("teacher", "p1", found)}
    assert {"p6"} == {row[0] for row in of("group", "p6", found)}
    assert {"p6"} == {row[0] for row in of("group", "p6", found, "consequence_sums")}
    assert of("clerk", "p1", found) is None


def test_r13_a_role_of_a_school_sees_that_school():
    """The sums of whoever answers for children of it alone."""
    found = sheets(FALLEN + marks("s4", "09-02", "AA"), "09-12 18:00")

    assert {"s1", "s3", "班级 7-1"} == {row[10] for row in of("principal", "p9", found)}
    assert {"s4"} == {row[10] for row in of("principal", "p8", found)}
    assert {"p8", "空缺：8-1", "空缺：south"} == {row[0] for row in of("principal", "p8", found, "consequence_sums")}


def test_r13_who_had_the_class_sees_the_own_entries_still():
    """And whoever has it now sees none of them."""
    held = (Assignment("teacher", "7-1", "p1", end=date("09-05")), Assignment("teacher", "7-1", "p2", start=date("09-06")))
    found = sheets(FALLEN, "09-12 18:00", roster=Roster(ROSTER.students, held))

    assert {"p1"} == {row[0].partition("、")[0] for row in of("teacher", "p1", found)}
    assert [] == of("teacher", "p2", found)
    assert ("p1", "p2") == found["consequences"].readers["teacher"]


CODES = st.sampled_from(["AA", "PP", "AP", "PA"])


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["s1", "s2", "s3", "s4"]), st.sampled_from(["09-01", "09-02", "09-03"]), CODES), max_size=6))
def test_the_sheet_of_sums_is_the_sum_over_the_rows_that_stand(days):
    """Of whole and of broken points, over everybody."""
    events = [event for student, day, codes in days for event in marks(student, day, codes)]
    found = sheets(events + status("s2", "dropped_out", "09-04 10:00"), "09-12 18:00")
    numbers = [row for row in cells(found["consequences"]) if row[-1] == "有效" and row[4] in ("points", "yuan")]

    for word in ("points", "yuan"):
        assert sum(Fraction(row[3]) for row in numbers if row[4] == word) == sum(
            Fraction(row[4]) for row in cells(found["consequence_sums"]) if row[2] == word
        )
