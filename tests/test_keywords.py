"""The table of words: one Chinese word for each English one in its place, and each word that a reader knows is in it."""

import pytest

from escalate import keywords
from escalate.days import WEEKDAYS
from escalate.language import ANCHORS as MOMENTS
from escalate.language import BUILTINS, DATES, FUNCTIONS
from escalate.language import CONSTANTS as LITERALS
from escalate.loading import anchors, consequences, duties, items, ladders, measures, parameters, people, registers, shape, targets, vocabulary
from escalate.loading.keys import COMMON
from escalate.policy import LEVELS, MEANINGS, STATUSES
from escalate.readers import calendar
from escalate.scan import UNITS
from escalate.spec import entries, expecting, reading, values
from escalate.translate.shapes import SHAPES

# What each reader knows, by the shape that says the same of its keys.
KNOWN = {
    "policy": shape.TOP,
    "stretch": ("from", "to"),
    "parameter": parameters.PARAMETER,
    "student": (*COMMON, "is", "kept"),
    "role": (*COMMON, "of", "above"),
    "day": ("absent_when", "closes", "lesson_hour"),
    "measure": measures.MEASURE,
    "ladder": ladders.LADDER,
    "stage": (*ladders.STAGE, "after"),
    "item": (*items.ITEM, *consequences.CONSEQUENCE, "after"),
    "who": ("each", "who_had", "above"),
    "duty": (*duties.DUTY, "after"),
    "target": (*targets.TARGET, "after"),
    "base": (*targets.BASE, "title"),
    "register": registers.KEYS,
    "calendar": calendar.KEYS,
    "school": calendar.PLAN_KEYS,
    "plan": ("kind", "sessions", "weekday", "reason"),
    "office": ("closed", "open"),
    "week": WEEKDAYS,
    "spec": reading.TOP,
    "case": reading.OWN,
    "event": (*entries.MAIN, *(key for fields in entries.FIELDS.values() for key in fields), *entries.STAMPS),
    "expected": (*values.WHATS, *expecting.FIELDS),
}


@pytest.mark.parametrize("name", KNOWN)
def test_a_shape_has_the_keys_that_its_reader_knows(name):
    """No more, no less, each with a Chinese word of its own."""
    shape = SHAPES[name]

    assert set(KNOWN[name]) == set(shape.keys)
    assert set(KNOWN[name]) == set(shape.words)
    assert len(shape.words) == len(set(shape.words.values()))


def test_every_shape_that_is_named_is_there():
    """A name that leads nowhere would raise when a policy is read."""
    named = {name for shape in SHAPES.values() for name in (*shape.keys.values(), shape.names, shape.items)}

    assert set() == named - set(SHAPES)


@pytest.mark.parametrize(
    ("table", "known"),
    [
        (keywords.UNITS, UNITS), ({**keywords.UNITS, **keywords.HEADS}, vocabulary.UNITS), (keywords.PERIODS, vocabulary.PERIODS), (keywords.MEANINGS, MEANINGS),
        (keywords.STATUSES, STATUSES), (keywords.OWN_ROLES, people.BUILT_IN), (keywords.CONSTANTS, LITERALS), (keywords.ASKED, BUILTINS),
        (keywords.FUNCTIONS, FUNCTIONS), (keywords.MOMENTS, {*MOMENTS, *DATES}), (keywords.LEVELS, anchors.GROUPS),
        (keywords.LEVELS, ("student", *LEVELS, "person")), (keywords.CHOICES["held"], {*people.LEVELS, "person"}),
        (keywords.OPTIONS, {option for function in FUNCTIONS.values() for option in function.options}),
        (keywords.CHOICES["in_holidays"], duties.HOLIDAYS), (keywords.CHOICES["per"], consequences.PER), (keywords.CHOICES["for"], consequences.PERIODS),
        (keywords.CHOICES["column"], {*registers.OF_STUDENTS, *registers.OF_GROUPS, "person"}), ({**keywords.CHOICES["unit"], **keywords.HEADS}, vocabulary.UNITS),
        (keywords.CHOICES["weekday"], WEEKDAYS),
    ],
)  # fmt: skip
def test_a_table_has_the_words_that_its_readers_know(table, known):
    """A word that is added to the language needs its Chinese."""
    assert set(known) == set(table)


def test_no_two_words_of_one_place_share_a_chinese_one():
    """Or a text could not come back."""
    alone = {**keywords.OPERATORS, **keywords.CONSTANTS, **keywords.ASKED, **keywords.STATUSES}
    forms = {kind: {en: zh for en, zh in found if (en, zh) != keywords.LENGTH} for kind, found in keywords.FORMS.items() if kind != "value"}
    tables = {**keywords.CHOICES, **forms, "alone": alone, "functions": keywords.FUNCTIONS, "options": keywords.OPTIONS}

    for name, words in tables.items():
        assert (name, len(words)) == (name, len(set(words.values())))
