"""What a policy may say, in lists with the plainest first: generated policies of the kit, and the worlds of the project's own walks, choose from them.

Conditions name what `defined.py` defines, the stages `one` to `three`, the items `visit`, `call` and `report`, and the ladders `truancy` and `lessons`.
"""

from __future__ import annotations

Texts = tuple[str, ...]

# --- conditions of ladders ------------------------------------------------------------------------------

OPENERS: Texts = (
    "days_away >= 1", "days_away >= 1", "missed_today >= 1", "missed_today >= 1", "total >= 1", "days_away >= 2", "total >= 2", "this_week >= 2", "fortnight >= 2", "long >= 3", "absence >= 25%", "lessons >= 3",
    "days_away >= 1 and not special", "missed_today >= 1 or this_week >= 4", "times(visit) >= 1", "lessons >= 2 and days_away < 2", "became(dropped_out)", "became(dropped_out) or days_away >= 2",
    "halves >= 1", "half_run >= 2", "broken >= 2", "tile >= 2", "ever_away >= 2", "any_half >= 2", "planned_share >= 10%", "missed_time >= 20%", "floored >= 30%", "planned_hours >= 30%", "rolling >= 2", "minutes_missed >= 100",
    "special and days_away < 1", "special and term_week >= 1", "dropped_out and rolling < 1", "received(letter) and days_away < 2", "grade >= 8 and days_away < 1",
    "this_week >= 2 or total >= 2", "missed_today >= 2 or this_week >= 3", "dropped_out and school_days_since(term_start) >= 2", "special and absence < 30%", "this_week >= 1 or halves >= 3",
    "first_missed >= 2", "lates >= 2", "long_days >= 2", "long_halves >= 3", "talks >= 1", "days_away >= 1 and grade < 8", 'times(visit, result="refused") >= 1',
    'ever(dropped_out, within="2 days") and days_away < 2', 'dropped_out and not ever(dropped_out, within="2 school days")',
)
OTHERS: Texts = ("open_case(truancy)", "days_away >= 1 and not open_case(truancy)")
LATER: Texts = (
    "days_away >= 2", "days_away >= 3", "total >= 3", 'grade == "8"', 'grade in ("K", 7) and grade >= 7', "not done(visit)", "done(visit)", "talks >= 2", "talk_sum >= 3", "grade >= 8", 'outcome(visit) == "refused"', 'outcome(visit) != "coming"',
    "overdue(visit)", "late(visit)", "fired(one)", "times(visit) >= 2", "days_since(case) >= 4", "school_days_since(visit) >= 2",
    "days_away >= 2 and not done(visit)", "special", "ever(dropped_out)", "became(dropped_out)", "became(dropped_out) or days_away >= 2", 'special and outcome(visit) == "refused"',
    "overdue(report)", "late(visit) and days_away >= 1", "in_case >= 3", "school_days_since(one) >= 1", "received(letter)", "since_one >= 1", "since_visit >= 2", "outcome(visit) == none",
    'outcome(visit) in ("coming", "refused")', "not fired(one)", "rolling >= 2 and not overdue(visit)", "fortnightly >= 2", "ever(dropped_out, since=case)",
    'times(visit, within="2 days") >= 1', "not late(visit)", 'late(visit, within="week")', 'late(visit, within="2 school days") and days_away >= 1',
    'not late(visit, within="2 days")', 'late(visit, within="term")', 'ever(dropped_out, within="week")', 'not ever(dropped_out, within="3 days")',
    'times(visit, within="week") >= 1', "done(report)", "outcome(one.visit) == none or days_away >= 2",
)
ENDS: Texts = (
    "days_back >= 1", "days_back >= 1", "days_back >= 2", 'outcome(visit) == "coming"', 'days_back >= 1 or outcome(visit) == "coming"', "fortnight < 1",
    "not special", "received(letter)", "", "days_since(case) >= 3", "times(visit) >= 1", "rolling < 1", "broken < 1", "minutes_missed < 60",
)
NUMBERED: Texts = ("total >= 1", "total >= 2", "days_away >= 1", "this_week >= 2", "missed_today >= 1")  # of which each further one may count
FURTHER: Texts = ("each further 1", "each further 1", "each further 1.5")
COVERED: Texts = ("enrolled", "enrolled", "enrolled and grade <= 7", "enrolled", "enrolled", "anyone", "anyone", "enrolled and not special", "enrolled and not special", "special")
NEEDS: Texts = (
    "", "", "", "", "", "done(visit)", "done(visit)", "received(letter)", "fired(one)", 'outcome(visit) == "coming"', "days_away >= 2", "overdue(visit)",
    "done(visit) and received(letter)",
)
AGAIN: Texts = ("", "", "", "each crossing", "every 2 school days", "each school day", "each month", "each term")
DUES: Texts = (
    "1 school day", "1 school day", "3 school days", "", "30 minutes", "2 hours", "2 days", "1 week", "end of day", "end of school day", "end of week",
    "end of month", "end of term", "at 16:00", "2025-10-02", "28th", "10-03", "before the next school day", "at the 3rd total", "before the 3rd total",
    "2 school days after the 2nd total", "at the 3rd this_week", "at the (nth)th total", "1 school day after the (nth)th total", "1 week after term start", "2 office days", "1 month", "limit", "1.5 hours", "later_on", "(later_on) hours",
)
HOLDS: Texts = ("special", "days_back >= 1", 'outcome(visit) == "coming"', "received(letter)")
DONE: Texts = ("days_back >= 1", "received(letter)", "times(visit) >= 2", "done(visit)", "rolling < 1")
ONLY_IF: Texts = ("not special", "fired(one)", "days_away >= 1", "done(visit)")

# --- duties, targets and consequences -------------------------------------------------------------------

LEVELS: Texts = ("class", "class", "class", "school", "village", "grade", "teacher", "clerk", "mentor", "person")
ON: Texts = ("09-27", "10-03", "28th", "1st", "term start", "3 days after term start", "term end", "school year start", "2025-09-24", "1 week after term start")
EVERY: Texts = ("session", "school day", "school day", "week", "week", "week", "month", "month", "term", "school year", "2 weeks", "3 days", "2 school days", "3 school days", "4 days", "2 months")
STARTING: Texts = ("28th", "09-20", "term start", "2025-09-24", "school year start", "09-29")
HOLIDAYS: Texts = ("", "", "", "", "skip", "keep", "only", "next school day")
OWED_BY: Texts = (
    "", "", "", "", "poor", "enrolled and poor", "anyone", "open_case(truancy)", "days_away >= 1", "missed >= 2", "dropped_out", "grade >= 8", "talks >= 1", "not poor",
    "new_holder(teacher)", "ever(dropped_out)", "times(call) >= 1", "received(letter)", "distance > 2", "enrolled and not open_case(truancy)", "missed_today >= 1",
    "poor or talks >= 2", "days_since(term_start) >= 3",
)
GROUP_DUES: Texts = (
    "1 school day", "end of week", "end of month", "end of day", "at 08:30", "30 minutes", "2 days", "2025-10-02", "28th", "before the next school day", "1 week after term start",
    "end of school day", "end of term", "2 school days", "1 office day",
)
ROLL_CALLS: Texts = ("marked", "marked", "received(letter)", "times(call) >= 2", "talks >= 1")
GROUP_DONE: Texts = ROLL_CALLS[2:]
GROUP_ONLY_IF: Texts = ("times(call) >= 1", "received(letter)", "talks >= 1", "not received(letter)")
COUNTS: Texts = ("dropped_out", "dropped_out", "poor", "not enrolled", "days_away >= 1", "open_case(truancy)", "missed >= 2", "grade >= 8", "ever(dropped_out)", "received(letter)", 'ever(dropped_out, within="week")')
AMONG: Texts = ("enrolled and not dropped_out", "enrolled and not dropped_out", "enrolled", "poor", "anyone", "not open_case(truancy)", "missed >= 1")
LESS: Texts = ("", "", "", "transferred_out", "transferred_out and received(letter)", "poor", "graduated or transferred_out", "not enrolled", "days_away >= 2")
BASES: Texts = (
    "school year start", "term start", "previous term end", "intake", "first attended", "2025-09-25", "2 school years before", "28th",
    "[{where: grade >= 8, on: intake}, {on: school year start}]", "[{where: new_holder(teacher), on: previous term end}, {on: term start}]", "[{where: received(letter), on: first attended}, {on: 2025-09-24}]",
)
LIMITS: Texts = (
    "at_most: 0%", "at_most: 20%", "below: 50%", "at_least: 60%", "above: 50%", "at_most: allowed", "at_most: 0 students", "below: 2 students",
    "at_least: 2 students", "above: 1 student", "at_most: quota", "at_least: (many) students", "",
)
CHECKS: Texts = ("as it changes", "as it changes", "term end", "[28th, 10-03]", "2025-09-26", "[term start, 3 days after term start, term end]", "3 days after school year start")
MEANT: Texts = ("", "", "", "grade >= 8", "poor", "enrolled")
# What is entered per student belongs to a target: it counts students.
ENTRIES: Texts = (
    "-50 yuan, per: student", "-10 points, per: student above the limit", "-2% index, per: student above the limit, compound: true", "lose praise, for: term", "+5 points, for: month",
    "fine, per: student", "gain praise, for: school year", "-1.5 points, per: item", "-2% index, per: student, for: week, compound: true",
    "talk_mean points, for: month", "talk_sum * 0.5 points", "talks * fine", "talk_sum * 2 yuan, per: student",
)

# --- more of the language, for the kit's own policies -----------------------------------------------------

FACTS: Texts = (  # of a student, to stand beside an opener
    "not special", "grade >= 7", "term_week >= 2", "age >= 12", "age_on(school_year_start) < 14", 'class_name == "7.1"', 'home == "far"', "level > 1", 'born_on < "2012-09-01"', "7 <= grade <= 9",
    "this_week + missed_today >= 2", "days_away >= by_grade", "total ≥ 2", "missed_time >= allowed", 'became(dropped_out, cause="work")', "resumed", "poor or special", 'received(letter, by="parent")',
    "ever(dropped_out, since=school_year_start)", "half_run >= 2 half days", "long > 3 days", "total * 2 >= 3", "days_since(enrolment) >= 2", 'times(visit, within="school year") < 2', "not (special and poor)",
    'home not in ("far", "near")', "this_week / 2 >= 1", "this_week - missed_today >= 1", 'days_since("2025-09-01") >= 3', "days_since(dropped_out) >= 2", 'times(visit, to="parent") >= 1', "（special）",
    "grade ≥ ７", 'age != 13 and grade != "8"', "school_days_since(term_start) >= 2", "days_since(enrolment) >= 1 or special",
)
LEFT: Texts = ("became(transferred_out)", "on_leave", "became(removed)", "graduated or not_on_roll")  # of those who are not enrolled
TITLES: Texts = ("家访", "{zh: 家访, en: Home visit}", '"核实: 第一次"', "Visit")
CITES: Texts = ("c1", "[c1, c2]")
WHYS: Texts = ("原文只说及时", "{zh: 原文没有写, en: The clause is silent}")
TIMEZONES: Texts = ("Asia/Shanghai", "Asia/Shanghai", "Asia/Shanghai", "Pacific/Auckland", "America/New_York")
IN_FORCE: Texts = ("{from: 2025-09-01}", "{from: 2024-09-01, to: 2026-08-31}", "{to: 2026-01-31}")
NAMES: Texts = ("p", "our-school", "S-1.2", "某校")
# What an author may call things, in place of the names of these menus.
CHINESE_NAMES = {
    "truancy": "缺课处理", "one": "一级", "two": "二级", "three": "三级", "visit": "走访", "call": "电话", "report": "缺课报告", "teacher": "班主任", "principal": "校长", "clerk": "村干部", "special": "特殊情况", "poor": "困难", "total": "累计旷课", "talks": "谈话数", "letter": "同意书",
    "refused": "拒绝", "coming": "答应",
}
