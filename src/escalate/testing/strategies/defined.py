"""What the conditions and items of `menus.py` name, each as a policy would define it: a generated policy writes down those that it uses."""

from __future__ import annotations

MEASURES = {
    "missed_today": "{count: unexcused, unit: session, within: day}",
    "days_away": "{run: unexcused, unit: school day, neutral: excused}",
    "days_back": "{run: present, unit: school day}",
    "total": "{count: unexcused, unit: school day, within: term}",
    "this_week": "{count: unexcused, unit: session, within: week}",
    "fortnight": "{count: unexcused, unit: school day, within: 2 weeks}",
    "long": "{run: [unexcused, excused], unit: day}",
    "absence": "{share: unexcused, of: possible, unit: session, within: term, floor: 6 sessions}",
    "lessons": "{run: unexcused, unit: session, neutral: excused}",
    "in_case": "{count: unexcused, unit: session, within: since the case opened}",
    "halves": "{count: unexcused, unit: half day, within: week}",
    "half_run": "{run: [unexcused, excused], unit: half day}",
    "broken": "{run: unexcused, unit: school day, breaks: excused}",
    "since_one": "{count: unexcused, unit: session, within: since one}",
    "since_visit": "{count: unexcused, unit: session, within: since visit}",
    "tile": "{count: unexcused, unit: school day, within: each 2 school weeks}",
    "ever_away": "{count: [unexcused, late], unit: session, within: since enrolment}",
    "any_half": "{count: unexcused, unit: school day, within: month, day: any session}",
    "planned_share": "{share: unexcused, of: planned, unit: session, within: month}",
    "floored": "{share: unexcused, unit: session, within: term, floor: enough}",
    "missed_time": "{share: [unexcused, late], unit: minute, within: term, floor: 300 minutes}",
    "planned_hours": "{share: unexcused, of: planned, unit: hour, within: week, floor: 3 hours}",
    "talks": "{count: fact(talk), within: 2 weeks}",
    "talk_sum": "{sum: fact(talk), within: month}",
    "talk_mean": "{mean: fact(talk), within: term}",
    "rolling": "{count: unexcused, unit: session, within: 3 school days}",
    "minutes_missed": "{sum: [unexcused, late], unit: minute, within: week}",
    "first_missed": "{count: unexcused, unit: school day, within: term, sessions: first}",
    "lates": "{count: late, unit: session, within: month, plus: {late over 20 minutes: session}}",
    "long_days": "{count: unexcused, unit: school day, within: month, plus: {late over 20 minutes: session, excused over 0 minutes: half day}}",
    "long_halves": "{count: unexcused, unit: half day, within: month, plus: {late over 20 minutes: half day, excused over 0 minutes: session, unexcused over 0 minutes: session}}",
    "fortnightly": "{count: unexcused, unit: session, within: [2 weeks, since the case opened]}",
    "missed": "{count: unexcused, unit: session, within: month}",
}  # fmt: skip
PARAMETERS = {
    "limit": "[{from: 2025-10-01, value: 2 school days}, {value: 1 school day}]",
    "later_on": "[{from: 2025-09-25, value: 1.5 hours}]",
    "nth": "[{from: 2025-09-24, value: 2}, {value: 3}]",
    "enough": "[{from: 2025-09-25, value: 2}]",
    "many": "[{from: 2025-09-25, value: 3}, {value: 2}]",
    "allowed": "[{from: 2025-09-25, value: 40%}, {value: 10%}]",
    "quota": "[{from: 2025-09-25, value: 2 students}, {value: 1 student}]",
    "fine": "[{from: 2025-09-25, value: -20 yuan}, {value: -50 yuan}]",
    "by_grade": "[{where: grade >= 8, value: 2, cites: c4}, {value: 3, why: 原文没有写天数}]",
    "soon": "{value: end of day, title: 及时, why: 原文只说及时}",
    "stretch": "{value: week, title: {zh: 统计时段, en: Window}}",
    "campaign": "{value: [09-20, term start], cites: [c1, c2]}",
    "lesson": "{value: 50 minutes}",
    "adopted": "{required: true, value: 50%, why: 由采用的学校填写}",
    "step": "{value: 2}",
    "form_name": '{value: "家访记录"}',
}
STUDENTS = {
    "special": "{title: 特殊情况}",
    "poor": "{title: {zh: 困难学生, en: Poor}, kept: 3 years}",
    "level": "{is: number}",
    "home": "{is: text, cites: c1, why: 登记表有这一栏}",
    "distance": "{is: number}",
    "born_on": "{is: date}",
}
ROLES = {
    "teacher": "{title: 班主任, of: class, above: principal}",
    "principal": "{title: {zh: 校长, en: Principal}, of: school}",
    "clerk": "{of: village, cites: c3}",
    "mentor": "{of: student, why: 每名学生一人}",
    "subject_teacher": "{title: 任课教师, of: session}",
    "grade_head": "{of: grade, above: principal}",
    "bus_guard": "{of: bus}",
    "county_clerk": "{of: county}",
}
MARKS = {
    "P": "present", "L": "late", "E": "left_early", "S": "excused illness", "V": "excused leave", "A": "unexcused", '"-"': "unknown", "X": "not_expected",
}
REGISTERS = {
    "away": "{where: days_away >= 1, columns: [name, class_name, days_away]}",
    "cases": "{title: 在办个案, where: open_case(truancy), columns: [student, case, stage, due], readers: [principal], kept: 3 years}",
}
SECTIONS = {"parameters": PARAMETERS, "students": STUDENTS, "roles": ROLES, "measures": MEASURES, "registers": REGISTERS}
