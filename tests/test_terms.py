"""What every kind of name is worth at an instant, asked of the facts or by a case (docs/semantics.md, M11, J5).

School is from Monday 2025-09-01 for six weeks, close 17:30. Student s1 is of school north, class c1, grade 7.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from escalate.conditions import NONE, Quantity, Term
from escalate.events import RosterEdit
from escalate.grammar import Names, parse_condition
from escalate.language import BUILTINS, FUNCTIONS
from escalate.matcher.plain import holds
from escalate.policy import After, Attribute, DueParam, EndOf, Param, Parameter, ParameterLine
from escalate.roster import Roster, Student
from escalate.terms import FACTS, VALUES, Asker, Moment, action_of, item_name, readable, typed
from tests.asked import Case, moment, thing
from tests.build import CAL, ROSTER, at, calendar, count, date, document, flag, marks, outcome, policy, rate, run, status

RULES = policy(measures={"m": count("A"), "r": rate("A")})
RULES = evolve(RULES, students={**RULES.students, "born": Attribute("born", type="date")})
SPLIT = calendar(terms={"one": "2025-09-01..2025-09-12", "two": "2025-09-22..2025-10-10"}, years={"first": ("one",), "second": ("two",)})


def born(day: str) -> Roster:
    return Roster((Student("s1", "north", "c1", "7", fields={"birth_date": day}),))


def ask(kind: str, name: str = "", *events, when: str = "09-10", asker: Asker = FACTS, target: str = "", cal=CAL, roster=ROSTER, rules=RULES, **options) -> object:
    """The value of one term."""
    return moment(when, events, rules, cal, roster).value(Term(kind, name, tuple(sorted(options.items())), target), asker)


def of(case: Case) -> Asker:
    return Asker(case)


# --- measures and parameters --------------------------------------------------------------------------


def test_a_measure_is_its_value():
    """None where it has none."""
    events = marks("s1", "09-01", "AP")

    assert [1, Fraction(1, 2), None] == [ask("measure", "m", *events), ask("measure", "r", *events), ask("measure", "r")]


def test_a_measure_is_read_once_an_instant_for_each_who_asks():
    """The same reading for the same asker, another for an end or another case."""
    rules = policy(measures={"m": count("A", within="since case"), "p": run("P")})
    found = moment("09-03", marks("s1", "09-01", "AA AA PP"), rules)

    assert found.measured("p", FACTS) is found.measured("p", FACTS)
    assert [1, 0] == [found.measured("p", Asker(since=since)).value for since in (at("09-02"), at("09-03"))]
    assert [4, 2] == [found.measured("m", of(Case(opened))).value for opened in ("09-01 08:00", "09-01 17:30")]


@pytest.mark.parametrize(("when", "expected"), [("2025-08-31", None), ("09-01 00:00", 2), ("09-09 23:59:59", 2), ("09-10 00:00", 3)])
def test_a_parameter_is_its_first_line_that_holds(when, expected):
    """From the line's first date on; none before."""
    rules = policy(parameters={"limit": [("09-10", 3), ("09-01", 2)]})

    assert expected == ask("parameter", "limit", when=when, rules=rules)


def test_a_line_of_a_parameter_may_ask_for_the_student():
    """Unknown is not true; the next line is asked."""
    special, _ = parse_condition("special", None, Names(flags={"special"}))
    lines = (ParameterLine(Fraction(5), where=special), ParameterLine(Quantity(Fraction(3), "day")))
    rules = evolve(RULES, parameters={"limit": Parameter("limit", lines)})

    assert [3, 5] == [ask("parameter", "limit", *flag("s1", "special", value, "09-02"), rules=rules) for value in ("no", "yes")]


def test_an_amount_is_a_whole_number():
    """Of a number, a parameter or a parameter's length."""
    found = moment("09-10", (), policy(parameters={"limit": 4, "length": "3 school days"}))

    assert [2, 4, 3] == [found.number(amount) for amount in (Fraction(2), Param("limit"), Param("length"))]


def test_a_deadline_may_stand_in_a_parameter():
    """A length becomes a deadline; another deadline is itself; what is no parameter stays."""
    lines = {"long": Quantity(Fraction(3), "school_day"), "end": EndOf("week")}
    rules = evolve(RULES, parameters={name: Parameter(name, (ParameterLine(value),)) for name, value in lines.items()})
    found = moment("09-10", (), rules)

    assert [After(Fraction(3), "school_day"), EndOf("week"), EndOf("term"), None] == [found.due(one) for one in (DueParam("long"), DueParam("end"), EndOf("term"), None)]


# --- the student ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "expected"), [("yes", True), (" YES ", True), ("true", True), ("1", True), ("y", True), ("是", True), ("有", True), ("no", False), ("", False), ("2", False)])
def test_a_flag_is_yes_or_not(text, expected):
    """In any of the words for it."""

    assert expected is ask("flag", "special", *flag("s1", "special", text, "09-02"))


def test_a_flag_is_that_of_its_newest_event_or_of_the_roster():
    """From the event's instant on."""
    roster = Roster((Student("s1", fields={"special": "yes"}),))
    events = flag("s1", "special", "no", "09-03 10:00")

    assert [True, False] == [ask("flag", "special", *events, when=when, roster=roster) for when in ("09-03 09:59:59", "09-03 10:00")]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [("level", " 3.5 ", Fraction(7, 2)), ("level", "three", None), ("level", "", None), ("home", " far ", "far"), ("home", " ", None), ("born", "2012-03-04", date("2012-03-04")), ("born", "2012", None)],
)
def test_an_attribute_is_a_number_a_date_or_a_text(name, text, expected):
    """What is empty or of another kind has no value."""

    assert expected == ask("attribute", name, *flag("s1", name, text, "09-02"))


def test_a_number_of_nothing_is_none():
    """Dividing by zero in a source is no number either."""

    assert [None, None, None] == [typed("", kind) for kind in ("number", "date", "text")]


def test_a_status_is_the_newest():
    """From its instant on; before the first there is none."""
    events = [*status("s1", "on_leave", "09-03 10:00"), *status("s1", "resumed", "09-05 10:00")]

    assert [False, True, True, False] == [ask("status", "on_leave", *events, when=when) for when in ("09-03 09:59:59", "09-03 10:00", "09-05 09:59:59", "09-05 10:00")]


@pytest.mark.parametrize(
    ("word", "expected"),
    [("on_leave", False), ("removed", False), ("transferred_out", False), ("graduated", False), ("not_on_roll", False), ("dropped_out", True), ("suspected_dropout", True), ("returned", True)],
)
def test_who_is_enrolled(word, expected):
    """Who dropped out still is: no child is lost."""

    assert expected is ask("status", "enrolled", *status("s1", word, "09-03"))
    assert ask("status", "enrolled", *status("s1", word, "09-11")) is True


@pytest.mark.parametrize(("grade", "expected"), [("7", [True, True, False, True, True]), (" 7 ", [True, True, False, True, True]), ("七年级", [False, False, True, False, None]), ("", [None, None, None, None, None])])
def test_a_grade_is_read_as_what_it_is_compared_with(grade, expected):
    """As the roster's text beside a text, as a number beside a number; both may stand in one condition."""
    roster = Roster((Student("s1", "north", "c1", grade),))
    asked = ('grade == "7"', 'grade in ["7", "8"]', 'grade == "七年级"', 'grade in (7, "8")', "grade >= 7 and grade < 8")
    found = []
    for text in asked:
        condition, problems = parse_condition(text, None, Names())
        assert condition is not None, problems
        found.append(holds(condition.expr, moment("09-02", [], RULES, roster=roster).readings(condition, FACTS)))

    assert expected == found


def test_grade_and_class_are_the_rosters():
    """A grade that is no number has no value, nor has an empty class."""
    strange = Roster((Student("s1", "north", "", "seven"),))

    assert [7, "c1", None, None] == [ask("grade"), ask("class_name"), ask("grade", roster=strange), ask("class_name", roster=strange)]


def test_a_roster_edit_changes_them_from_its_date():
    """As known now."""
    edit = RosterEdit(student="s1", column="class", value="c9", start=date("09-10"), known=at("09-01"))

    assert ["c1", "c9"] == [ask("class_name", "", edit, when=when) for when in ("09-09 23:59", "09-10 00:00")]


@pytest.mark.parametrize(("day", "expected"), [("2012-09-09", 13), ("2012-09-10", 13), ("2012-09-11", 12), ("2012-10-01", 12), ("", None), ("12 years", None)])
def test_age_is_in_whole_years(day, expected):
    """On 10 September; the birthday counts."""

    assert expected == ask("age", roster=born(day))


@pytest.mark.parametrize(
    ("name", "when", "expected"),
    [
        ("2026-08-31", "09-02", 13), ("2026-09-01", "09-02", 14), ("term_start", "09-12", 13), ("term_end", "09-12", 13), ("term_start", "09-15", None), ("term_end", "09-22", 13),
        ("school_year_start", "09-12", 13), ("school_year_end", "09-12", 13), ("school_year_start", "10-11", None), ("enrolment", "09-12", 13), ("someday", "09-12", None),
    ],
)
def test_the_age_on_a_named_date(name, when, expected):
    """Born on 2012-09-01; none where there is no such date."""

    assert expected == ask("age_on", name, when=when, roster=born("2012-09-01"), cal=SPLIT)


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("term_start", "2012-09-02", 12), ("term_start", "2012-09-01", 13), ("term_end", "2012-09-12", 13), ("term_end", "2012-09-13", 12),
        ("school_year_start", "2012-09-02", 12), ("school_year_end", "2012-09-21", 13), ("school_year_end", "2012-09-22", 12), ("enrolment", "2012-09-02", 12),
    ],
)
def test_which_date_a_name_is(name, day, expected):
    """The first term is from 09-01 to 09-12, its year until 09-21; a row without a start is enrolled from the calendar's first date."""

    assert expected == ask("age_on", name, roster=born(day), cal=SPLIT)


def test_enrolment_is_the_start_of_the_row_in_force():
    """Of the newest that has begun."""
    rows = Roster((Student("s1", "north", start=date("09-01")), Student("s1", "south", start=date("09-08"))))

    assert [6, 2] == [ask("days_since", "enrolment", when=when, roster=rows, target="enrolment") for when in ("09-07", "09-10")]


def test_the_teaching_week():
    """None between the terms."""

    assert [2, None, 1] == [ask("term_week", when=when, cal=SPLIT) for when in ("09-12", "09-15", "09-22")]


# --- events -----------------------------------------------------------------------------------------------


def test_became_is_true_at_its_instant_alone():
    """With its cause, where one is asked for."""
    events = status("s1", "dropped_out", "09-03 10:00", cause="work")

    assert [False, True, False] == [ask("became", "dropped_out", *events, when=when) for when in ("09-03 09:59:59", "09-03 10:00", "09-03 10:00:01")]
    assert [True, False] == [ask("became", "dropped_out", *events, when="09-03 10:00", cause=cause) for cause in ("work", "illness")]
    assert ask("became", "returned", *events, when="09-03 10:00") is False


def test_ever_is_true_from_its_instant_on():
    """Whatever the status is now."""
    events = [*status("s1", "dropped_out", "09-03 10:00"), *status("s1", "returned", "09-05")]

    assert [False, True, True] == [ask("ever", "dropped_out", *events, when=when) for when in ("09-03 09:59:59", "09-03 10:00", "09-10")]


@pytest.mark.parametrize(
    ("since", "when", "expected"),
    [("2025-09-03", "09-10", True), ("2025-09-04", "09-10", False), ("term_start", "09-12", True), ("term_start", "09-22", False), ("term_start", "09-15", None), ("school_year_start", "09-15", True), ("school_year_start", "09-22", False), ("someday", "09-10", None)],
)
def test_ever_since_a_date(since, when, expected):
    """That date counts; outside every term nothing can be said of it."""

    assert expected is ask("ever", "dropped_out", *status("s1", "dropped_out", "09-03 00:00"), when=when, cal=SPLIT, since=since)


def test_ever_since_the_case_and_after_an_item_took_effect():
    """The opening counts, the effective instant does not; an end asks of its whole case."""
    events = status("s1", "dropped_out", "09-03 10:00")

    assert [True, True, False] == [ask("ever", "dropped_out", *events, asker=of(Case(opened)), since="case") for opened in ("09-03 09:00", "09-03 10:00", "09-03 10:00:01")]
    assert ask("ever", "dropped_out", *events, since="case") is None
    assert [True, False, False] == [ask("ever", "dropped_out", *events, asker=Asker(since=at(when))) for when in ("09-03 09:59:59", "09-03 10:00", "09-04")]
    assert ask("ever", "dropped_out", *events, asker=Asker(since=at("09-04"), ends=lambda name, now: None)) is True


def test_a_document_is_received_from_its_instant_on():
    """By whom it should be."""
    events = document("s1", "plan", "09-03 10:00", by="parent")

    assert [False, True] == [ask("received", "plan", *events, when=when) for when in ("09-03 09:59:59", "09-03 10:00")]
    assert [True, False] == [ask("received", "plan", *events, by=by) for by in ("parent", "doctor")]
    assert ask("received", "letter", *events) is False
    assert [True, False] == [ask("received", "plan", *events, asker=Asker(since=at(since))) for since in ("09-03 09:59:59", "09-03 10:00")]


def visits(*whens: str, **more) -> list:
    return [found for when in whens for found in outcome("s1", "visit", when, **more)]


def test_times_counts_the_done_outcomes_of_an_action():
    """Of all cases, until now, each as many times as it says."""
    events = [*visits("09-03 10:00", "09-04 10:00"), *visits("09-05 10:00", done=False), *visits("09-08 10:00", times=3), *outcome("s1", "call", "09-02")]

    assert [0, 1, 2, 2, 5] == [ask("times", "one.visit", *events, when=when) for when in ("09-03 09:59:59", "09-03 10:00", "09-04 10:00", "09-05", "09-08 10:00")]


def test_times_may_ask_for_a_result_and_for_whom():
    """Both must fit."""
    events = [*visits("09-03", result="met", to="parent"), *visits("09-04", result="met", to="student"), *visits("09-05", result="absent", to="parent")]

    assert [3, 2, 2, 1] == [ask("times", "visit", *events, **asked) for asked in ({}, {"result": "met"}, {"to": "parent"}, {"result": "met", "to": "parent"})]


@pytest.mark.parametrize(
    ("within", "when", "expected"),
    [
        ("week", "09-07", 1), ("week", "09-08", 0), ("school year", "09-21", 1), ("school year", "09-22", 0), ("term", "09-12", 1), ("term", "09-15", 0),
        (Quantity(Fraction(3), "day"), "09-05", 1), (Quantity(Fraction(3), "day"), "09-06", 0), (Quantity(Fraction(2), "school_day"), "09-04", 1), (Quantity(Fraction(2), "school_day"), "09-05", 0),
    ],
)
def test_times_within_a_window(within, when, expected):
    """The visit was on 09-03; outside every term a term holds nothing."""

    assert expected == ask("times", "visit", *visits("09-03 10:00"), when=when, cal=SPLIT, within=within)


@pytest.mark.parametrize(("written", "expected"), [("2 school days", 0), ("3 school days", 1), ("1 school week", 1), ("2 days", 0)])
def test_a_window_is_in_the_unit_that_is_written(written, expected):
    """Not only the unit as a measure calls it; two school days were two school weeks. The visit was on Wednesday, today is Friday."""
    condition, _ = parse_condition(f'times(visit, within="{written}") >= 1', None, Names(items={"visit"}))

    assert expected == ask("times", "visit", *visits("09-03 10:00"), when="09-05", **dict(condition.terms[0].options))


EVER = ({"within": "week"}, {"within": Quantity(Fraction(2), "school day")}, {"within": "term"}, {"since": "2025-09-04"}, {"since": "2025-09-03", "within": "week"})


@pytest.mark.parametrize(
    ("when", "expected"), [("09-03 10:00", [True, True, True, False, True]), ("09-05", [True, False, True, False, True]), ("09-08", [False, False, True, False, False]),
                           ("09-15", [False, False, False, False, False])],
)  # fmt: skip
def test_ever_within_a_window(when, expected):
    """The status event of 09-03 leaves each window in its time; outside every term a term holds nothing."""
    events = status("s1", "dropped_out", "09-03 10:00")

    assert expected == [ask("ever", "dropped_out", *events, when=when, cal=SPLIT, **asked) for asked in EVER]


@pytest.mark.parametrize(
    ("when", "expected"), [("09-07 23:59", [False, False, False]), ("09-08 00:00", [True, True, True]), ("09-09", [True, True, False]), ("09-12", [True, True, False]),
                           ("09-14", [True, False, False]), ("09-15", [False, False, False])],
)  # fmt: skip
def test_late_within_a_window_is_of_the_overdue_instant(when, expected):
    """Due on Sunday, overdue on Monday: of that week, so that it is true when it comes (J18); outside every term a term holds nothing."""
    asker = of(Case(items={"visit": [thing(overdue="09-08 00:00")]}))

    assert expected == [ask("late", "visit", when=when, cal=SPLIT, asker=asker, within=within) for within in ("week", "term", Quantity(Fraction(1), "day"))]


def test_times_since_an_item_are_those_after_it():
    """Not one at its very instant."""

    assert [1, 0] == [ask("times", "visit", *visits("09-03 10:00"), asker=Asker(since=at(since))) for since in ("09-03 09:59:59", "09-03 10:00")]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("p/s1/truancy/1/one/1/visit/teacher", "visit"),
        ("p/s1/truancy/1/one/1/visit/teacher/then/report/principal", "report"),
        ("p/s1/truancy/1/one/1/visit/each/ann/overdue/call/teacher", "call"),
        ("p/s1/truancy/1/one/1/visit/teacher/on/met/letter/teacher", "letter"),
        ("p/s1/truancy/1/one/1/visit/teacher/then/report/principal/overdue/ask/village", "ask"),
        ("p/s1/truancy/1/one/1/visit/teacher/on/met/letter/each/ann", "letter"),
        ("p/s1/truancy/1/one/1/visit/teacher/then/on/principal", "on"),
        ("p/s1/truancy/1/one/1/visit/teacher/then/then/principal", "then"),
        ("p/s1/truancy/1/one/1/visit/teacher/on/on/letter/teacher", "letter"),
        ("p/s1/truancy/1/one/1/visit", ""),
        ("", ""),
    ],
)
def test_the_name_of_an_item_is_read_off_its_id(item, expected):
    """The last of a chain."""

    assert expected == item_name(item)


def test_an_outcome_is_of_its_action_or_of_its_items():
    """The action's own name comes first."""
    (named,), (by_id,) = outcome("s1", "visit", "09-03"), outcome("s1", "p/s1/truancy/1/one/1/call/teacher", "09-03")

    assert ["visit", "call"] == [action_of(one) for one in (named, by_id)]


# --- cases and items -----------------------------------------------------------------------------------------


def test_an_open_case_is_asked_of_the_other_ladder():
    """At this instant."""
    found = Moment(moment("09-10", (), RULES).history, RULES, moment("09-10", (), RULES).codes, at("09-10"), lambda ladder, when: (ladder, when) == ("truancy", at("09-10")))

    assert [True, False] == [found.value(Term("open_case", name), FACTS) for name in ("truancy", "health")]
    assert ask("open_case", "truancy") is False


@pytest.mark.parametrize("kind", ["fired", "done", "outcome", "overdue", "late"])
def test_what_belongs_to_a_case_has_no_value_without_one(kind):
    """So it cannot open one."""

    assert ask(kind, "visit") is None


def test_a_stage_has_fired_or_not():
    """Known, where there is a case."""

    assert [True, False] == [ask("fired", stage, asker=of(Case(fired={"one": "09-02"}))) for stage in ("one", "two")]


def test_an_item_is_done_when_every_actors_is():
    """From the last one's instant on; unknown until one was issued."""
    asker = of(Case(items={"visit": [thing("09-02", done="09-04 10:00"), thing("09-02", done="09-05 10:00")], "call": [thing("09-02")]}))

    assert [None, False, False, False, True] == [ask("done", "visit", asker=asker, when=when) for when in ("09-02", "09-03", "09-04 10:00", "09-05 09:59:59", "09-05 10:00")]
    assert ask("done", "call", asker=asker) is False


def test_the_outcome_of_an_item_is_its_newest_result():
    """`none` while it waits and for an outcome without a result; unknown before it."""
    early, late, silent = visits("09-03 10:00", result="absent") + visits("09-05 10:00", result="met") + visits("09-06 10:00")
    asker = of(Case(items={"visit": [thing("09-02", bound=[late, early, silent])]}))

    whens = ("09-02", "09-03 09:59:59", "09-03 10:00", "09-05 09:59:59", "09-05 10:00", "09-06 10:00")
    assert [None, NONE, "absent", "absent", "met", NONE] == [ask("outcome", "visit", asker=asker, when=when) for when in whens]


def test_an_outcome_that_stands_alone_counts_for_its_action():
    """Also where no item was issued."""
    (alone,) = visits("09-04 10:00", result="met")
    (bound,) = visits("09-03 10:00", result="absent")

    assert [None, "met"] == [ask("outcome", "visit", asker=of(Case(alone={"visit": [alone]})), when=when) for when in ("09-04 09:59:59", "09-04 10:00")]
    assert ask("outcome", "visit", asker=of(Case(items={"visit": [thing(bound=[bound])]}, alone={"visit": [alone]}))) == "met"


def test_of_two_outcomes_at_one_instant_the_later_known_counts():
    """What was known last stands."""
    first, second = visits("09-04 10:00", result="met") + visits("09-04 10:00", result="absent", known="09-05")

    assert ask("outcome", "visit", asker=of(Case(items={"visit": [thing(bound=[second, first])]}))) == "absent"


def test_an_end_asks_for_outcomes_in_its_own_way():
    """By name and instant."""

    assert ask("outcome", "visit", asker=Asker(Case(), ends=lambda name, when: f"{name} {when == at('09-10')}")) == "visit True"


def test_an_item_is_overdue_until_it_is_done_or_gone():
    """From its overdue instant on, of any actor."""
    items = {"visit": [thing(overdue="09-04 00:00", done="09-05 10:00")], "call": [thing(overdue="09-04 00:00", gone="09-05 10:00")], "both": [thing(), thing(overdue="09-04 00:00")]}
    asker = of(Case(items=items))
    whens = ("09-02", "09-03 23:59:59", "09-04 00:00", "09-05 09:59:59", "09-05 10:00")

    assert [None, False, True, True, False] == [ask("overdue", "visit", asker=asker, when=when) for when in whens]
    assert [None, False, True, True, False] == [ask("overdue", "call", asker=asker, when=when) for when in whens]
    assert ask("overdue", "both", asker=asker) is True


def test_late_stays_true_and_is_asked_of_every_case():
    """From the instant at which one was late."""
    asker = of(Case(items={"visit": [thing(late="09-04 00:00", done="09-05")]}, elsewhere={"call": [thing(late="09-03")]}))

    assert [None, False, True, True] == [ask("late", "visit", asker=asker, when=when) for when in ("09-02", "09-03 23:59:59", "09-04 00:00", "09-10")]
    assert ask("late", "call", asker=asker) is True


# --- elapsed ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "target", "expected"),
    [
        ("", "case", (9, 7)), ("one", "stage", (6, 4)), ("two", "stage", None), ("visit", "item", (5, 3)), ("call", "item", None), ("returned", "status", (1, 1)),
        ("graduated", "status", None), ("2025-09-05", "date", (5, 3)), ("2025-09-06", "date", (4, 3)), ("term_start", "term_start", (9, 7)), ("enrolment", "enrolment", (9, 7)),
    ],
)
def test_days_and_school_days_since(name, target, expected):
    """Local dates; the first is not counted, today is; of an item from its newest outcome."""
    (first, second) = visits("09-04 23:59:59", "09-05 00:00")
    case = Case("09-01 08:00", fired={"one": "09-04 08:00"}, items={"visit": [thing(bound=[first, second, *visits("09-11")])], "call": [thing()]})
    events = [*status("s1", "returned", "09-03"), *status("s1", "returned", "09-09"), *status("s1", "returned", "09-12")]
    found = tuple(ask(kind, name, *events, asker=of(case), target=target) for kind in ("days_since", "school_days_since"))

    assert (expected or (None, None)) == found


def test_what_comes_at_this_very_instant_is_zero_days_ago():
    """One second before it there was nothing."""
    case = Case("09-01 08:00", items={"visit": [thing(bound=visits("09-05 10:00"))]})
    whens = ("09-05 09:59:59", "09-05 10:00")

    assert [None, 0] == [ask("days_since", "visit", when=when, asker=of(case), target="item") for when in whens]
    assert [None, 0] == [ask("days_since", "returned", *status("s1", "returned", "09-05 10:00"), when=when, target="status") for when in whens]


@pytest.mark.parametrize(("name", "target"), [("", "case"), ("one", "stage"), ("visit", "item")])
def test_nothing_has_elapsed_since_what_belongs_to_a_case_without_one(name, target):
    """Unknown."""

    assert [None, None] == [ask(kind, name, target=target) for kind in ("days_since", "school_days_since")]


def test_every_kind_of_term_has_a_value_of_its_own():
    """None is forgotten."""

    assert {*FUNCTIONS, *BUILTINS, "measure", "parameter", "flag", "attribute", "status"} == set(VALUES)


@pytest.mark.parametrize(("text", "kind", "can"), [
    ("yes", "flag", True), ("没有", "flag", True), (" NO ", "flag", True), ("√", "flag", False), ("", "flag", False), ("7", "number", True), ("七", "number", False),
    ("2025-09-01", "date", True), ("去年", "date", False), ("√", "text", True),
])
def test_a_text_can_be_what_its_kind_says_or_not(text, kind, can):
    """A flag that is neither yes nor no would be false in silence."""
    assert can is readable(text, kind)
