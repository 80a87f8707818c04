"""From a policy's text to its values."""

import datetime
import random
import re
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalate.conditions import Quantity
from escalate.load import check_policy, check_versions, find_beside, load_policy
from escalate.parse import read_source
from escalate.policy import (
    Actor,
    Actors,
    After,
    Again,
    Anchor,
    AtClock,
    BeforeNextSchoolDay,
    DayOfMonth,
    DayRule,
    DueParam,
    EndOf,
    Mark,
    MonthDay,
    Nth,
    Param,
    Window,
)
from escalate.source import Refused, Source

ROOT = Path(__file__).parents[1]
POLICIES = [*sorted((ROOT / "policies").glob("**/*.yaml")), ROOT / "src" / "escalate" / "standard.yaml"]
POLICIES = [path for path in POLICIES if not path.name.endswith(".spec.yaml")]
HEAD = """\
policy: case
extends: standard.yaml
roles: {teacher: {title: 班主任, of: class}, tutor: {of: session}, principal: {}}
students: {special: {title: 特殊情况}, distance: {is: number}}
parameters: {limit: {value: 2 school days}, nth: {value: 7}, share: {value: 12.5%}, window: {value: 4 school weeks}}
measures:
  year: {count: unexcused, unit: school day, within: school year}
"""
LADDER = """\
ladders:
  truancy:
    stages:
      one_day:
        when: days_away >= 1
        do: {visit: %s}
    ends: {when: days_back >= 1}
"""


def load(text, **files):
    """A policy from a text; `files` are those that it may extend."""
    def find(name, source):
        return (Source(name, files[name.removesuffix(".yaml")]), []) if name.removesuffix(".yaml") in files else find_beside(name, source)

    return load_policy(Source("p.yaml", text), find=find)


def problems(text, **files):
    """The kinds of what is wrong, and of warnings."""
    def find(name, source):
        return (Source(name, files[name.removesuffix(".yaml")]), []) if name.removesuffix(".yaml") in files else find_beside(name, source)

    return [problem.kind for problem in check_policy(Source("p.yaml", text), find=find)[1]]


def item(body):
    """The item `visit` of a small policy."""
    text = HEAD + LADDER % body
    if body.startswith("\n"):
        text = text.replace("do: {visit: ", "do:\n          visit:").replace("因为}", "因为")
    return load(text).ladders["truancy"].stages[0].do[0]


def measure(body, head=HEAD):
    return load(f"{head}  m: {body}\n").measures["m"]


# --- what ships ---------------------------------------------------------------------------------

@pytest.mark.parametrize("path", POLICIES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_ships_has_no_problem(path):
    """Every shipped policy loads; only unset parameters are warned of."""
    source, unread = read_source(path)
    policy, found = check_policy(source)

    assert unread == []
    assert policy is not None
    assert {problem.kind for problem in found} <= {"unset-parameter"}


def test_versions_of_a_law_do_not_overlap():
    """The two texts of one law are loaded together."""
    assert () == check_versions([load_policy(ROOT / "policies" / "elsewhere" / "US-WA" / name) for name in ("policy.yaml", "policy-2016.yaml")])


def test_a_file_without_a_name_is_not_evaluated():
    """`standard.yaml` can be extended and checked."""
    with pytest.raises(Refused):
        load_policy(Source("p.yaml", LADDER.replace("%s", "{by: parent, due: 1 day}")), for_evaluation=True)


# --- the head --------------------------------------------------------------------------------------

def test_the_head():
    """Dates, zone, language and what happens at a change."""
    policy = load("policy: a\nin_force: {from: 2025-09-01, to: 2026-08-31}\non_change: migrate\ntimezone: America/Los_Angeles\nlang: en\ntitle: {zh: 甲, en: A}\ncites: [c1, c2]\n")

    assert (datetime.date(2025, 9, 1), datetime.date(2026, 8, 31)) == (policy.start, policy.end)
    assert ("migrate", "America/Los_Angeles", "en", ("c1", "c2")) == (policy.on_change, policy.timezone, policy.lang, policy.cites)
    assert ("甲", "A") == (policy.title.say("zh"), policy.title.say("en"))


def test_every_problem_is_raised_at_once_in_order():
    """An author mends a file once."""
    with pytest.raises(Refused) as refused:
        load("policy: a\nlang: 1\ntimezone: Nowhere\ncolour: red\n")

    assert ["wrong-value", "unknown-timezone", "unknown-key"] == [problem.kind for problem in refused.value.problems]


# --- parameters --------------------------------------------------------------------------------------

def test_values_of_parameters():
    """A number, a share, a length, a deadline, or a text."""
    values = {"3": Fraction(3), "2.5": Fraction(5, 2), "12.5%": Fraction(1, 8), "3 school days": Quantity(Fraction(3), "school_day"),
              "end of day": EndOf("day"), "at 08:00": AtClock(datetime.time(8)), "-50 yuan": "-50 yuan", "week": "week", "010": "010", '"3"': "3"}
    written = "".join(f"  p{n}: {{value: {text}}}\n" for n, text in enumerate(values))
    policy = load(f"policy: a\nparameters:\n{written}")

    assert list(values.values()) == [parameter.lines[0].value for parameter in policy.parameters.values()]


def test_lines_of_a_parameter():
    """Each with its condition and date, in the order written."""
    lines = load("policy: a\nparameters:\n  d:\n    - {where: grade >= 7, value: 3}\n    - {from: 2018-09-01, value: 2}\n    - {value: 4}\n").parameters["d"].lines

    assert ["grade >= 7", None, None] == [line.where and line.where.text for line in lines]
    assert datetime.date(2018, 9, 1) == lines[1].start
    assert [3, 2, 4] == [line.value for line in lines]


def test_a_required_parameter_is_warned_of_and_not_evaluated():
    """The problem names the clause and the author's reason."""
    source = Source("p.yaml", "policy: a\nparameters: {d: {required: true, cites: c7, why: 及时没有数字}}\n")
    policy, (problem,) = check_policy(source)

    assert policy is not None
    assert problem.warning and "c7" in problem.message and "及时没有数字" in problem.help
    with pytest.raises(Refused):
        load_policy(source, for_evaluation=True)


def test_what_cannot_be_evaluated_is_refused_at_the_door():
    """A file that is only extended; the refusal is no warning."""
    path = next(path for path in POLICIES if path.name == "standard.yaml")

    assert load_policy(path) is not None
    with pytest.raises(Refused) as refused:
        load_policy(path, for_evaluation=True)
    assert {"unnamed-policy"} == {problem.kind for problem in refused.value.problems}
    assert "warning" not in str(refused.value)


# --- what an author is told -------------------------------------------------------------------------

CHASED = "{by: teacher, %s results: [a, b], if_outcome: {a: {x: {by: principal, due: 1 day}}}, if_overdue: {y: {by: principal, due: 1 day}}}"


def told(text):
    """Kinds and help of what is wrong."""
    return [(problem.kind, problem.help) for problem in check_policy(Source("p.yaml", text))[1]]


@pytest.mark.parametrize(
    ("due", "kind"),
    [("due: 三天,", "wrong-value"), ("due: 3,", "wrong-value"), ("due: 3 schooldays,", "wrong-value"), ("due: limt,", "unknown-parameter"),
     ("due: [1],", "wrong-shape"), ("dua: 1 day,", "unknown-key"), ("", "missing-key")],
)
def test_an_unread_due_is_one_problem(due, kind):
    """Nothing is said of an `if_overdue` that the item has."""
    assert [kind] == problems(HEAD + LADDER % (CHASED % due))


def test_an_if_overdue_that_is_misspelt_is_one_problem():
    """The true one."""
    assert ["unknown-key"] == problems(HEAD + LADDER % (CHASED % "due: 1 day,").replace("if_overdue", "if_overdu"))


def test_an_unread_due_hides_no_missing_if_overdue():
    """Nobody is told of the item whatever its due will be."""
    bad = "{by: teacher, due: soon, then: {x: {by: principal, due: 1 day}}}"

    assert ["silent-if-unrecorded", "wrong-value"] == sorted(problems(HEAD + LADDER % bad))


def test_an_if_overdue_without_a_due_is_told_apart():
    """The due is what is missing."""
    bad = "{by: teacher, done_when: received(a), then: {x: {by: principal, due: 1 day}}, if_overdue: {y: {by: principal, due: 1 day}}}"

    assert [("silent-if-unrecorded", "its `if_overdue` needs a due to be past: write `due: 1 school day`")] == told(HEAD + LADDER % bad)


@pytest.mark.parametrize(("lang", "help"), [("cn", "did you mean `zh`?"), ("zh-CN", "did you mean `zh`?"), ("eng", "did you mean `en`?"), ("fr", "it is one of `zh`, `en`")])
def test_a_language_is_one_of_two(lang, help):
    """Reports are written in no other."""
    assert [("wrong-value", help)] == told(f"policy: a\nlang: {lang}\n")


def test_a_limit_is_a_value_without_a_comparison():
    """Quoted or not; the place that uses it compares."""
    for text in ('{value: ">= 92%"}', "{value: ≥ 92%}", "[{value: '>= 92%'}]"):
        assert [("wrong-value", "where it is used says the comparison: write `value: 92%`")] == told(f"policy: a\nparameters:\n  limit: {text}\n")


def test_a_parameter_without_its_braces_is_shown_with_them():
    """A value alone is the usual slip."""
    assert [("wrong-shape", "write `limit: {value: 92%}`")] == told("policy: a\nparameters:\n  limit: 92%\n")


def test_an_unknown_reason_lists_what_there_is():
    """Meanings first, then the author's reasons; codes are the school's own and known."""
    ((kind, help),) = told("policy: a\nextends: standard.yaml\nmeasures:\n  m: {count: 说明书, unit: session, within: week}\n")

    assert "unknown-reason" == kind
    assert help.startswith("it is one of `present`, `late`, ") and help.endswith("`illness`, `leave`\nor a code in quotes")


@pytest.mark.parametrize(("wrong", "near"), [("联糸", "联系"), ("家坊", "家访"), ("校长", "")])
def test_a_name_of_two_signs_is_suggested(wrong, near):
    """One of the two is enough."""
    body = "{联系: {by: teacher, due: 1 day}, 家访: {by: teacher, due: 1 day}}"
    text = HEAD + (LADDER % "{}").replace("{visit: {}}", body).replace("        do:", f"        need: done({wrong})\n        do:")
    helps = [help for kind, help in told(text) if kind == "unknown-item"]

    assert [near] == [help.partition("`")[2].partition("`")[0] for help in helps]


@pytest.mark.parametrize("condition", ['received(consent, by="parent")', 'times(visit, to="parent", within="3 days") >= 1'])
def test_a_condition_cut_by_its_comma_is_one_problem(condition):
    """It is read on as it was meant."""
    assert ["unquoted-value"] == problems(HEAD + LADDER % f"{{by: teacher, due: 1 day, done_when: {condition}, to: parent}}")


def test_a_wrong_condition_cut_by_its_comma_is_shown_too():
    """At its place in the whole text."""
    found = check_policy(Source("p.yaml", HEAD + LADDER % '{by: teacher, due: 1 day, done_when: received(consent, bye="parent")}'))[1]

    assert ["unknown-option", "unquoted-value"] == [problem.kind for problem in found]
    assert {HEAD.count("\n") + 6} == {problem.span.line for problem in found}
    assert 'bye="parent"' == found[0].span.source.line(found[0].span.line)[found[0].span.col - 1 : found[0].span.end_col - 1]


# --- marks and measures ----------------------------------------------------------------------------------

def test_marks_have_a_meaning_and_reasons():
    """The first word is the meaning."""
    assert Mark("W", "left_early", ("walked_out", "gone")) == load("policy: a\nmarks: {W: left_early walked_out gone}\n").marks["W"]


@pytest.mark.parametrize(("text", "rule"), [("all sessions", DayRule("all")), ("any session", DayRule("any")), ("at least 4 sessions", DayRule("sessions", Fraction(4))), ("at least 50%", DayRule("share", Fraction(1, 2)))])
def test_rules_of_the_day(text, rule):
    """Four forms."""
    assert rule == load(f"policy: a\nday: {{absent_when: {text}}}\n").day.absent_when


def test_the_narrower_wins():
    """A reason takes its codes out of a meaning, a quoted code out of both."""
    marks = "policy: a\nmarks: {P: present, A: unexcused, S: excused illness, V: excused leave, T: excused leave}\nmeasures:\n"
    leave = measure("{run: [unexcused, leave], unit: school day, neutral: excused}", marks)
    code = measure('{run: [unexcused, "V"], unit: school day, neutral: leave, breaks: excused}', marks)

    assert ({"A", "V", "T"}, {"S"}) == (leave.counted, leave.neutral)
    assert ({"A", "V"}, {"T"}, {"S"}) == (code.counted, code.neutral, code.breaks)


def test_a_run_of_presence_is_told_apart():
    """Its days are judged by presence, not by a set of codes."""
    assert measure("{run: present, unit: school day}").present
    assert not measure("{run: unexcused, unit: day, neutral: excused}").present


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("day", [Window("period", "day")]),
        ("school year", [Window("period", "school_year")]),
        ("30 days", [Window("rolling", "day", Fraction(30))]),
        ("4 school weeks", [Window("rolling", "school_week", Fraction(4))]),
        ("each 4 school weeks", [Window("each", "school_week", Fraction(4))]),
        ("nth months", [Window("rolling", "month", Param("nth"))]),
        ("window", [Window("rolling", "school_week", Fraction(4))]),
        ("since enrolment", [Window("since", anchor="enrolment")]),
        ("since the case opened", [Window("since", anchor="case")]),
        ("[4 weeks, school year]", [Window("rolling", "week", Fraction(4)), Window("period", "school_year")]),
    ],
)
def test_windows(text, windows):
    """Every form; a parameter for a whole window is put in."""
    assert tuple(windows) == measure(f"{{count: unexcused, unit: session, within: {text}}}").windows


def test_shares_facts_sums_and_what_counts_more():
    """The other kinds of measure."""
    share = measure("{share: [excused, unexcused], of: planned, unit: session, within: term, floor: 40 sessions}")
    fact = measure("{mean: fact(score), within: term}")
    plus = measure("{count: unexcused, unit: school day, within: term, sessions: first, day: any session, plus: {late over 30 minutes: session}}")

    assert ("planned", Fraction(40)) == (share.base, share.floor)
    assert ("mean", "score", "") == (fact.kind, fact.fact, fact.unit)
    assert ("first", DayRule("any")) == (plus.sessions, plus.day)
    assert (frozenset({"L"}), Fraction(30), "session") == (plus.plus[0].codes, plus.plus[0].over_minutes, plus.plus[0].unit)


# --- deadlines -----------------------------------------------------------------------------------------

@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("30 minutes", After(Fraction(30), "minute")),
        ("1 hour", After(Fraction(1), "hour")),
        ("3 school days", After(Fraction(3), "school_day")),
        ("10 office days", After(Fraction(10), "office_day")),
        ("(nth) days", After(Param("nth"), "day")),
        ("nth days", After(Param("nth"), "day")),
        ("end of day", EndOf("day")),
        ("end of school day", EndOf("school_day")),
        ("end of school year", EndOf("school_year")),
        ("at 16:00", AtClock(datetime.time(16))),
        ("03-15", MonthDay(3, 15)),
        ("28th", DayOfMonth(Fraction(28))),
        ("(nth)th", DayOfMonth(Param("nth"))),
        ("before the next school day", BeforeNextSchoolDay()),
        ("at the 15th year", Nth("at", Fraction(15), "year")),
        ("before the (nth)th year", Nth("before", Param("nth"), "year")),
        ("10 school days after the 10th year", Nth("after", Fraction(10), "year", After(Fraction(10), "school_day"))),
        ("2025-09-15", Anchor(datetime.date(2025, 9, 15))),
        ("term start", Anchor(period="term", edge="start")),
        ("2 weeks after term start", Anchor(period="term", edge="start", offset=2, unit="week")),
        ("3 days before school year end", Anchor(period="school_year", edge="end", offset=-3)),
        ("limit", DueParam("limit")),
    ],
)
def test_deadlines(text, due):
    """Every form."""
    assert due == item(f"{{by: teacher, due: {text}}}").due


@pytest.mark.parametrize("text", ["soon", "3", "-3 days", "10:30", "02-30", "32nd", "end of year", "3 terms", "share", "at the 3rd days_away", "2 months after term start"])
def test_what_is_no_deadline(text):
    """Each is a problem."""
    assert problems(HEAD + LADDER % f"{{by: teacher, due: {text}}}")


# --- items ------------------------------------------------------------------------------------------------

def test_an_item_with_every_key():
    """Each key has its place."""
    found = item("""
            title: {zh: 家访, en: Visit}
            kind: visit
            form: 家访记录
            by: [teacher, principal]
            to: parent
            notify: [teacher]
            due: 3 school days
            from: event
            cites: c1
            if: special
            results: [coming, refused]
            then: {report: {by: teacher, due: 1 day}}
            if_outcome: {refused: {order: {by: principal, due: 1 day}}}
            if_overdue: {chase: {by: principal, due: 1 day}}
            done_when: days_back >= 1
            keep: true
            times: 3
            hold: special
            list: open_cases
            about: {who_had: report}
            done_by: known
            reassign: true
            if_no_school: next school day
            if_in_break: 30 days after the next term starts
            why: 因为""")

    assert ("visit", "家访记录", "teacher+principal", "event", ("c1",)) == (found.kind, found.form, found.by.key, found.counts_from, found.cites)
    assert Actors((Actor("teacher"),)) == found.notify
    assert (Actor("report", "who_had"), 3, "open_cases", "known", True, "next") == (found.about, found.times, found.list, found.done_by, found.reassign, found.if_no_school)
    assert After(Fraction(30), "day") == found.if_in_break
    assert ["truancy.one_day.visit.then.report"] == [one.path for one in found.then]
    assert ["truancy.one_day.visit.if_outcome.refused.order"] == [one.path for _, chained in found.if_outcome for one in chained]
    assert ["truancy.one_day.visit.if_overdue.chase"] == [one.path for one in found.if_overdue]
    assert all(one.keep for one in (found, *found.then, *found.if_overdue))


@pytest.mark.parametrize(("text", "again"), [("each crossing", Again("crossing")), ("each further 2", Again("further", Fraction(2))), ("every 5 school days", Again("every", Fraction(5), "school_day")), ("each month", Again("each", unit="month")), ("each school year", Again("each", unit="school_year"))])
def test_stages_that_fire_again(text, again):
    """Every form."""
    stage = load(HEAD + (LADDER % "{by: teacher, due: 1 day}").replace("        do:", f"        again: {text}\n        do:")).ladders["truancy"].stages[0]

    assert again == stage.again


INHERIT = HEAD + """\
ladders:
  truancy:
    if_overdue: {ladder_chase: {by: principal, due: 1 day, then: {note: {by: principal, due: 1 day}}, if_overdue: {again: {by: principal, due: 1 day}}}}
    stages:
      plain:
        when: days_away >= 1
        do:
          idle: {by: teacher, due: 1 day}
          own: {by: teacher, due: 1 day, then: {a: {by: teacher, due: 1 day}}, if_overdue: {own_chase: {by: principal, due: 1 day}}}
          read: {by: teacher, due: 1 day}
          chain: {by: teacher, due: 1 day, keep: true, then: {b: {by: teacher, due: 1 day, then: {c: {by: teacher, due: 1 day}}}}}
      staged:
        when: days_away >= 2
        need: done(read)
        if_overdue: {stage_chase: {by: principal, due: 1 day}}
        do: {waits: {by: teacher, due: 1 day, then: {d: {by: teacher, due: 1 day}}}}
    ends: {when: days_back >= 1, do: {after: {by: teacher, due: 1 day}}}
"""


def test_the_nearest_if_overdue_wins_alone():
    """The item's own, else its stage's, else its ladder's; only for items that something waits on."""
    plain, staged = load(INHERIT).ladders["truancy"].stages
    idle, own, read, chain = plain.do

    assert [] == [one.name for one in idle.if_overdue]
    assert ["own_chase"] == [one.name for one in own.if_overdue]
    assert ["truancy.if_overdue.ladder_chase"] == [one.path for one in read.if_overdue]
    assert ["ladder_chase"] == [one.name for one in chain.then[0].if_overdue]
    assert [] == [one.name for one in chain.then[0].then[0].if_overdue]
    assert ["stage_chase"] == [one.name for one in staged.do[0].if_overdue]


def test_what_a_chain_keeps():
    """A chained item is kept where its parent is; what `ends` brings always is."""
    ladder = load(INHERIT).ladders["truancy"]

    assert all(one.keep for one in (ladder.stages[0].do[3].then[0], ladder.stages[0].do[3].if_overdue[0], ladder.ends.do[0]))
    assert not ladder.stages[0].do[2].if_overdue[0].keep


# --- building on another file --------------------------------------------------------------------------------

BASE = HEAD + LADDER % "{by: teacher, due: limit}" + "      # the end\n"


def test_a_file_is_added_to_what_it_extends():
    """Sections are joined; the head is the file's own."""
    policy = load("policy: mine\nextends: base.yaml\nroles: {office: {}}\nmarks: {Z: excused zeal}\n", base=BASE.replace("policy: case", "policy: theirs\nlang: en\ntitle: T"))

    assert ("mine", "en", "") == (policy.name, policy.lang, policy.title.say("en"))
    assert {"teacher", "office"} <= set(policy.roles)
    assert "Z" in policy.marks and "A" in policy.marks
    assert "truancy" in policy.ladders


def test_set_gives_a_parameter_another_value():
    """Its title and clause stay; a reason given for the old value is none for the new one."""
    base = BASE.replace("limit: {value: 2 school days}", "limit: {required: true, title: 期限, cites: c4, why: 及时}")
    policy = load("policy: mine\nextends: base.yaml\nset: {limit: end of day}\n", base=base)
    reasoned = load("policy: mine\nextends: base.yaml\nset: {limit: {value: end of day, why: 当天}}\n", base=base)

    assert [("期限", ""), ("期限", "当天")] == [(one.parameters["limit"].title.say("zh"), one.parameters["limit"].why.say("zh")) for one in (policy, reasoned)]
    assert (EndOf("day"), ("c4",), False) == (policy.parameters["limit"].lines[0].value, policy.parameters["limit"].cites, policy.parameters["limit"].required)


def test_replace_is_whole_and_add_has_its_place():
    """Paths name ladders, stages and items; `after` says where a new one stands."""
    policy = load("""\
policy: mine
extends: base.yaml
replace:
  truancy.one_day.visit: {by: principal, due: 1 day}
  day: {absent_when: any session}
  days_back: {run: present, unit: session}
  truancy.ends.when: days_back >= 2
add:
  truancy.zero: {when: missed_today >= 1}
  truancy.half: {after: one_day, when: days_away >= 2, do: {a: {by: teacher, due: 1 day}}}
  truancy.half.b: {by: teacher, due: 1 day}
  truancy.ends.c: {by: teacher, due: 1 day}
  measures.month: {count: unexcused, unit: session, within: month}
""", base=BASE)
    ladder = policy.ladders["truancy"]

    assert ["one_day", "half", "zero"] == [stage.name for stage in ladder.stages]
    assert ["principal"] == [one.by.key for one in ladder.stages[0].do]
    assert ["a", "b"] == [one.name for one in ladder.stages[1].do]
    assert ["c"] == [one.name for one in ladder.ends.do]
    assert (DayRule("any"), "session", "days_back >= 2") == (policy.day.absent_when, policy.measures["days_back"].unit, ladder.ends.when.text)
    assert "month" in policy.measures


def test_files_that_extend_one_another_are_refused():
    """A circle is named."""
    assert ["extends-circle"] == problems("policy: a\nextends: b.yaml\n", b="policy: b\nextends: c.yaml\n", c="policy: c\nextends: b.yaml\n")


@pytest.mark.parametrize("name", ["/etc/passwd", "https://example.org/p.yaml", "../../../../nowhere.yaml", "loading/../standard.yaml", "__init__.py"])
def test_only_files_beside_or_shipped_are_extended(name):
    """No other path, no address, no other file of the program."""
    assert ["no-file"] == problems(f"policy: a\nextends: {name}\n")


def test_a_problem_in_a_base_stands_at_its_own_place():
    """The place names the file that must be mended."""
    _, found = check_policy(Source("p.yaml", "policy: a\nextends: b.yaml\n"), find=lambda name, source: (Source("b.yaml", "policy: b\ncolour: red\n"), []))

    assert ["b.yaml:2:1"] == [str(problem.span) for problem in found]


# --- digests ------------------------------------------------------------------------------------------------------

def test_a_digest_is_of_what_a_policy_says():
    """Comments, quotes, layout, `extends` and the order of what has none change nothing; anything else does."""
    text = HEAD + LADDER % "{by: teacher, due: limit}"
    plain = load(text).digest

    assert plain == load("# a remark\n" + text.replace("policy: case", "policy: 'case'")).digest
    assert plain == load(text.replace("{title: 班主任, of: class}", "{of: class, title: 班主任}")).digest
    assert plain != load(text.replace(">= 1\n        do", ">= 2\n        do")).digest
    assert re.fullmatch("[0-9a-f]{64}", plain)


def test_the_order_of_stages_is_part_of_a_digest():
    """They are judged in it."""
    stages = ["      a: {when: days_away >= 1}\n", "      b: {when: days_away >= 2}\n"]
    texts = [HEAD + "ladders:\n  l:\n    stages:\n" + "".join(order) + "    ends: {when: days_back >= 1}\n" for order in (stages, stages[::-1])]

    assert load(texts[0]).digest != load(texts[1]).digest


# --- hostile texts ----------------------------------------------------------------------------------------------------

WORDS = ["[]", "{}", "''", "[[a]]", "{a: b}", "{zh: {a: b}}", "none", "true", "3", "10%", "days_away", "{each: }", "fact(x)", "end of day", "since x", "{parameter: limit}", "*a", "~", "(", "not", "{above: parent}"]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(POLICIES))
def test_no_mangled_policy_raises(seed, path):
    """Lines lost, swapped and doubled, values replaced by others: problems, never a traceback."""
    chance = random.Random(seed)  # noqa: S311  # the same seed, the same policy
    text = path.read_text(encoding="utf-8")
    for _ in range(chance.randint(1, 4)):
        text = mangled(text, chance)
    source = Source(str(path), text)
    policy, found = check_policy(source)

    assert (policy is None) == any(not problem.warning for problem in found)


def mangled(text, chance):
    lines = text.split("\n")
    first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
    kind = chance.randrange(4)
    if kind == 0:
        del lines[first]
    elif kind == 1:
        lines[first], lines[second] = lines[second], lines[first]
    elif kind == 2:
        lines.insert(first, lines[second])
    else:
        values = list(re.finditer(r": ([^,{}\n]+)", text))
        value = chance.choice(values) if values else None
        return text[: value.start(1)] + chance.choice(WORDS) + text[value.end(1) :] if value else text
    return "\n".join(lines)


def policy_of_stages(count):
    stages = "".join(f"      s{n}:\n        when: days_away >= {n} and not special\n        do:\n          i{n}: {{title: {{zh: 项, en: Item}}, kind: visit, by: [teacher, principal], to: parent, due: {n} school days}}\n" for n in range(1, count + 1))
    return Source("p.yaml", HEAD + "ladders:\n  l:\n    stages:\n" + stages + "    ends: {when: days_back >= 1}\n")


def calls_to_check(source):
    """How many calls it takes to check a policy: the same on every machine."""
    calls = 0

    def count(frame, event, arg):
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        policy, found = check_policy(source)
    finally:
        sys.setprofile(before)
    assert policy is not None and found == ()
    return calls


def test_the_work_to_check_a_policy_grows_with_its_length():
    """An author's editor may check at every save: twice the stages is about twice the work, never four times."""
    short, long = policy_of_stages(37), policy_of_stages(74)

    calls = calls_to_check(short)
    assert 300 <= len(long.lines)
    assert calls_to_check(long) < 2.5 * calls
