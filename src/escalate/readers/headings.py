"""What people call the columns of their tables: asked only to say which of theirs may be meant, never to read one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

ALIKE = 0.75  # how near a heading must come to a name to be taken for it

_CALLED = {
    "student": ("学号", "学生", "学籍号", "学生编号", "学生学号", "学生号", "学籍辅号", "student_id", "studentid", "student id", "pupil", "pupil_id"),
    "name": ("姓名", "学生姓名", "名字", "student_name", "student name"),
    "school": ("学校", "学校名称", "校名", "school_name", "school name"),
    "class": ("班级", "班", "班别", "所在班级", "行政班", "class_name", "class name", "homeroom"),
    "grade": ("年级", "所在年级", "grade_level", "grade level", "year_group"),
    "date": ("日期", "考勤日期", "缺课日期", "上课日期", "attendance_date", "absence_date", "day"),
    "session": ("节次", "课节", "时段", "节", "第几节", "课次", "period", "lesson"),
    "code": (
        "代码", "考勤代码", "考勤", "状态", "考勤状态", "出勤", "出勤情况", "考勤结果", "mark", "attendance", "attendance_code", "attendancecode", "status",
    ),
    "role": ("角色", "职务", "岗位", "担任"),
    "of": ("所属", "所管", "班级", "范围", "单位"),
    "person": ("人员", "姓名", "教师", "老师", "负责人", "teacher", "name"),
    "from": ("起", "开始", "开始日期", "起始日期", "自", "start", "start_date"),
    "to": ("止", "至", "结束", "结束日期", "截止日期", "end", "end_date"),
    "birth_date": ("出生日期", "出生年月", "生日", "birthday", "date_of_birth", "dob"),
}


def meant(missing: Mapping[str, str], header: Iterable[str], *, spelt: bool = False) -> dict[str, str]:
    """For each column that a table lacks the heading of it that may be that column, where there is one; none stands for two.

    missing: each by the name under which it is sought, and which of our columns it is. spelt: a heading that is only nearly
    spelt like a column may be that column too.
    """
    free = [heading for heading in dict.fromkeys(header) if heading and heading not in _CALLED]
    found: dict[str, str] = {}
    for name, ours in missing.items():
        called = next((one for called in _CALLED.get(ours, ()) for one in free if one.casefold() == called), "")
        heading = called or (_near(name, free) if spelt else "")
        if heading:
            found[name] = heading
            free.remove(heading)
    return found


def _near(name: str, free: list[str]) -> str:
    near = difflib.get_close_matches(name, free, 1, ALIKE)
    return near[0] if near else ""
