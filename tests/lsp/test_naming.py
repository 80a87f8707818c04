"""Definition, references and rename: every place, nothing else, and nothing that would break the policy."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalate.load import check_policy
from escalate.lsp.mentions import mentions_of
from escalate.lsp.naming import NoRename, changed, definitions, references, rename
from escalate.lsp.positions import bounds
from escalate.lsp.texts import Texts, reading_of
from escalate.messages import said_by, told

from .world import PATH, POLICY, RESULTS, at, world

ROOT = Path(__file__).parents[2]
# A county's policy and a school's that builds on it.
SCHOOL = """\
policy: own
extends: policy.yaml
set: {上限: 5}
replace:
  控辍.一天.家访: {by: 校长, due: 家访期限, if_overdue: {催办: {by: 校长, due: 1 school day}}}
add:
  控辍.五天: {after: 三天, when: 旷课 >= 上限 and fired(三天), do: {面谈: {by: 班主任, due: 1 school day}}}
"""


def said(spans):
    return [span.source.text[slice(*bounds(span))] for span in spans]


def problems(texts, path):
    return [problem.message for problem in check_policy(texts.source(path), find=texts.find)[1] if not problem.warning]


def test_the_world_is_sound():
    """Else no rename would say anything."""
    assert [] == problems(world(), PATH)
    assert [] == problems(world(own=SCHOOL), "school/own.yaml")


@pytest.mark.parametrize(
    ("word", "nth", "line", "count"),
    [
        ("旷课", 3, 9, 4),  # a measure, in a condition behind emoji
        ("上限", 1, 3, 3),  # a parameter in a condition
        ("家访期限", 2, 3, 3),  # one for a deadline
        ("特殊情况", 2, 4, 2),  # a flag
        ("班主任", 2, 6, 5),  # who acts
        ("一天", 2, 13, 3),  # a stage in `fired`
        ("家访", 4, 17, 3),  # an item in `done(stage.item)`
        ("控辍", 1, 11, 3),  # a ladder in `open_case`
    ],
)
def test_a_name_leads_to_its_definition_and_to_every_use(word, nth, line, count):
    """Counted by hand."""
    place = at(word, nth)
    found = references(world(), PATH, place)

    assert [line] == [span.line for span in definitions(world(), PATH, place)]
    assert [word] * count == said(found)


def test_a_name_from_below_leads_there():
    """`standard.yaml` comes with the program."""
    [span] = definitions(world(), PATH, at("days_away"))

    assert "standard.yaml" == span.source.path
    assert "days_away" == said([span])[0]


@pytest.mark.parametrize("word", ["policy", "school days", "parent", "enrolled", "title"])
def test_what_is_no_name_leads_nowhere(word):
    """A key, a unit, a role that every policy has."""
    assert () == definitions(world(), PATH, at(word) if word in POLICY else 0)


def test_a_stage_is_its_ladder_s():
    """One of the same name in another ladder stays."""
    text = POLICY.replace("registers:", "  二:\n    stages: {一天: {when: days_away >= 9 and not fired(一天), do: {}}}\n    ends: {when: days_back >= 1}\nregisters:").replace(", do: {}}", "}")
    found = references(world(text), PATH, text.index("fired(一天)") + 7)

    assert ["一天"] * 3 == said(found)
    assert max(span.line for span in found) < text.count("\n", 0, text.index("二:"))


def test_a_rename_reaches_what_is_open_above():
    """From the file below, and from the one that builds on it."""
    for path, place in ((PATH, at("旷课", 3)), ("school/own.yaml", SCHOOL.index("旷课"))):
        texts = world(own=SCHOOL)
        after = changed(texts, rename(texts, path, place, "缺课"))

        assert 4 + 1 == sum("缺课" in line for text in after.open.values() for line in text.splitlines() for _ in re.findall("缺课", line))
        assert "days_away >= 1 and 缺课 >= 上限" in after.open[PATH]
        assert "title: 本月旷课节数" in after.open[PATH]
        assert [] == problems(after, "school/own.yaml")


def test_a_set_and_a_path_are_renamed():
    """What a file changes of the one below is named there too."""
    texts = world(own=SCHOOL)

    assert "set: {limit: 5}" in changed(texts, rename(texts, PATH, at("上限"), "limit")).open["school/own.yaml"]
    assert "控辍.first.家访:" in changed(texts, rename(texts, PATH, at("一天"), "first")).open["school/own.yaml"]
    assert "控辍.一天.visit:" in changed(texts, rename(texts, PATH, at("家访", 4), "visit")).open["school/own.yaml"]


@pytest.mark.parametrize(
    ("word", "nth", "new", "why"),
    [
        ("旷课", 3, "and", "is a word of the language"),
        ("旷课", 3, "enrolled", "is a word of the language"),
        ("旷课", 3, "两 天", "is no name"),
        ("旷课", 3, "", "is no name"),
        ("旷课", 3, "上限", "is taken: line 3"),
        ("旷课", 3, "days_away", "is taken: line"),
        ("班主任", 2, "parent", "every policy has this role"),
        ("班主任", 2, "校长", "is taken: line 7"),
        ("days_away", 0, "gone", "stands in standard.yaml too"),
        ("policy", 0, "gone", "no name of this policy"),
    ],
)
def test_a_name_that_cannot_be_is_refused(word, nth, new, why):
    """Invalid, taken, not ours."""
    with pytest.raises(NoRename, match=why):
        rename(world(), PATH, at(word, nth), new)


def test_a_word_of_an_outcome_is_found_and_not_renamed():
    """What has been recorded with it would be of nothing."""
    texts = world(RESULTS)
    place = at("没见到", 2, RESULTS)

    assert [RESULTS.count("\n")] == [span.line for span in definitions(texts, PATH, place)]
    assert 4 == len(references(texts, PATH, place))
    with pytest.raises(NoRename, match="outcomes are recorded with the word `没见到`"):
        rename(texts, PATH, place, "不在家")


def test_a_refusal_is_told_in_chinese_too():
    with pytest.raises(NoRename) as no:
        rename(world(), PATH, at("班主任", 2), "校长")
    assert re.fullmatch(r"`校长` 已被占用：.*第 7 行", told(said_by(no.value), "zh"))


def test_the_same_name_changes_nothing():
    """No edit is made."""
    assert () == rename(world(), PATH, at("旷课", 3), "旷课")


FILES = ["policies/S004-11/adopted.yaml", "policies/S002-02/adopted.yaml", "policies/S004-06/adopted.yaml"]


@given(st.data())
@settings(max_examples=4)
def test_a_rename_of_a_shipped_policy_is_sound_and_can_be_taken_back(data):
    """Any name in it: nothing is wrong afterwards, and the old name again gives the old texts."""
    path = data.draw(st.sampled_from(FILES))
    below = Path(path).with_name("policy.yaml").as_posix()
    texts = Texts({name: (ROOT / name).read_text(encoding="utf-8") for name in (path, below)})
    mentions = [one for one in mentions_of(reading_of(texts, path)) if one.span.source.path in texts.open and one.kind != "result"]
    one = data.draw(st.sampled_from(mentions))
    own = one.span.source.path
    place = bounds(one.span)[0]
    if any(span.source.path not in texts.open for span in references(texts, own, place)):
        with pytest.raises(NoRename, match=r"standard\.yaml"):
            rename(texts, own, place, "另一个名字")
        return
    after = changed(texts, rename(texts, own, place, "另一个名字"))
    back = changed(after, rename(after, own, after.open[own].index("另一个名字"), one.name))

    assert problems(texts, path) == problems(after, path)
    assert texts.open == back.open


REGISTER = """\
policy: hill
in_force: {from: 2025-09-01}
extends: standard.yaml
lang: en
roles: {teacher: {of: class}}
ladders:
  absence:
    stages:
      one_day: {when: days_away >= 1, do: {call: {by: teacher, due: 1 school day}}}
    ends: {when: days_back >= 1}
  late:
    stages:
      two_days: {when: days_away >= 2, do: {visit: {by: teacher, due: 1 school day}}}
    ends: {when: days_back >= 1}
registers:
  away: {title: Away, each: student, where: fired(one_day), columns: [name, outcome(call)], kept: forever}
"""


def test_a_stage_is_renamed_in_a_register_too():
    """A register stands in no ladder and asks for the stage of any."""
    texts = Texts({"p.yaml": REGISTER})
    after = changed(texts, rename(texts, "p.yaml", REGISTER.index("one_day"), "first_day"))

    assert REGISTER.replace("one_day", "first_day") == after.open["p.yaml"]
    assert [9, 16] == sorted(span.line for span in references(texts, "p.yaml", REGISTER.rindex("one_day")))


def test_a_stage_that_a_register_asks_for_in_two_ladders_keeps_its_name():
    """The register would no longer list those of the other ladder."""
    texts = Texts({"p.yaml": REGISTER.replace("two_days", "one_day")})

    with pytest.raises(NoRename, match=r"line 16 of p\.yaml names the stage of another ladder too"):
        rename(texts, "p.yaml", REGISTER.index("one_day"), "first_day")


def test_a_register_of_a_file_that_builds_on_it_keeps_the_name_too():
    """The school's register asks for the county's stage, and for one of its own ladder."""
    county = REGISTER.partition("registers:")[0]
    school = (
        "policy: school\nextends: p.yaml\nin_force: {from: 2025-09-01}\nladders:\n  own: {stages: {one_day: {when: days_away >= 1, do: {ask: {by: teacher, due: 1 school day}}}}, ends: {when: days_back >= 1}}\n"
        f"registers:{REGISTER.partition('registers:')[2]}"
    )
    texts = Texts({"p.yaml": county, "own.yaml": school})

    with pytest.raises(NoRename, match=r"own\.yaml names the stage of another ladder too"):
        rename(texts, "p.yaml", county.index("one_day"), "first_day")
