"""What the help of a problem leads to: followed, it gives what was meant, and where a file builds on another it names the right one."""

import pytest

from escalate.language import closest, denied, in_digits
from escalate.load import check_policy, find_beside
from escalate.loading import items, keys, ladders, measures, parameters, vocabulary
from escalate.loading.lists import joined
from escalate.parse import TextNode
from escalate.slips import BESIDE
from escalate.source import Source

COUNTY = """\
policy: county
extends: standard.yaml
roles: {班主任: {of: class}, 校长: {}}
parameters: {p: {value: 3 school days}, n: {value: 3}, d: {value: 3 school days}}
ladders:
  流生:
    stages:
      一天:
        when: missed_today >= n
        do: {家访: {by: 班主任, due: (p) school days}}
      三天:
        when: days_away >= 3
        do: {返校手续: {by: 班主任, due: d, if_overdue: {催办: {by: 校长, due: d}}}}
    ends: {when: days_back >= 1}
"""


def found(text, **files):
    """Every problem of a school's text; it may extend the county's."""
    known = {"county": COUNTY, **files}

    def find(name, source):
        stem = name.removesuffix(".yaml")
        return (Source(name, known[stem]), []) if stem in known else find_beside(name, source)

    return check_policy(Source("school.yaml", text), find=find)[1]


def school(text):
    return found(f"policy: school\nextends: county.yaml\n{text}\n")


@pytest.mark.parametrize(
    ("value", "at", "used", "help"),
    [
        ("p: 5 days", 10, "county.yaml:10", "write a number of school days"),
        ("p: 五", 10, "county.yaml:10", "write `5`"),
        ("p: 五天", 10, "county.yaml:10", "write `5 school days`"),
        ("d: 5", 10, "county.yaml:13", "write its unit too, such as `5 school days` or `5 days`"),
        ("d: 五天", 10, "county.yaml:13", "write `5 days`"),
        ("d: 3 workdays", 10, "county.yaml:13", "write `3 school days` or `3 office days`"),
        ("n: 5 days", 10, "county.yaml:9", "write a number of sessions"),
        ("n: {value: 五}", 18, "county.yaml:9", "write `5`"),
        ("n: 十二", 10, "county.yaml:9", "write `12`"),
    ],
)
def test_a_value_that_a_school_sets_is_blamed_at_its_line(value, at, used, help):
    """Not the county's line that uses it, which the message names."""
    problems = [problem for problem in school(f"set: {{{value}}}") if not problem.warning]

    assert {("school.yaml", 3, at)} == {problem.place for problem in problems}
    assert help in {problem.help for problem in problems}
    assert any(f"({used})" in problem.message for problem in problems)


def test_a_county_s_value_is_not_blamed_for_a_school_s_line():
    """Who builds on the other can mend it."""
    problems = school("ladders: {a: {stages: {s: {when: missed_today >= p, do: {x: {by: 班主任, due: n}}}}, ends: {when: days_back >= 1}}}")

    assert {"school.yaml"} == {problem.place[0] for problem in problems}
    assert ["unit-mismatch", "wrong-value"] == sorted(problem.kind for problem in problems)


@pytest.mark.parametrize("value", ["n: ５", "n: {value: ５}", "p: ５ school days", "d: ５　school days", "n: [{value: ５}]"])
def test_full_width_digits_of_a_value_are_their_twins(value):
    """Chinese typing makes them."""
    assert () == school(f"set: {{{value}}}")


def test_a_quoted_full_width_digit_stays_a_text():
    """As every quoted value does."""
    assert ["type-mismatch"] == [problem.kind for problem in school('set: {n: "５"}')]


@pytest.mark.parametrize(
    ("path", "help"),
    [
        ("流生.返校手续", "did you mean `流生.三天.返校手续`?"),
        ("返校手续", "did you mean `流生.三天.返校手续`?"),
        ("流生.催办", "did you mean `流生.三天.返校手续.if_overdue.催办`?"),
        ("流生.三", "did you mean `流生.三天`?"),
    ],
)
def test_a_path_of_an_item_is_offered_whole(path, help):
    """By the item's own name, not by the stage that is spelled alike; it can be followed."""
    meant = help.partition("`")[2].partition("`")[0]

    assert [help] == [problem.help for problem in school(f"replace: {{{path}: {{by: 校长, due: 1 day}}}}")]
    assert "unknown-path" not in [problem.kind for problem in school(f"replace: {{{meant}: {{by: 校长, due: 1 day}}}}")]


def test_an_item_of_two_stages_is_offered_twice():
    """No one of them is guessed."""
    county = COUNTY.replace("{家访:", "{返校手续:")
    (problem,) = found("policy: school\nextends: county.yaml\nreplace: {返校手续: {by: 校长, due: 1 day}}\n", county=county)

    assert "it is one of `流生.一天.返校手续`, `流生.三天.返校手续`" == problem.help


@pytest.mark.parametrize(
    ("name", "message", "help"),
    [
        ("../county", "`../county` is a folder", "name a file in it: `../county/old.yaml`, `../county/policy.yaml`"),
        ("../empty", "`../empty` is a folder", "it holds no `.yaml` file"),
        ("../county/policy", "`../county/policy` is not found", "write `../county/policy.yaml`"),
    ],
)
def test_what_is_extended_is_a_file(tmp_path, name, message, help):
    """A folder is told apart, and its policies are named."""
    for folder in ("county", "empty", "school"):
        (tmp_path / folder).mkdir()
    for file in ("policy.yaml", "old.yaml", "policy.spec.yaml"):
        (tmp_path / "county" / file).write_text(COUNTY, encoding="utf-8")
    (problem,) = check_policy(Source(str(tmp_path / "school" / "policy.yaml"), f"policy: a\nextends: {name}\n"))[1]

    assert (message, help) == (problem.message, problem.help)


@pytest.mark.parametrize(
    ("word", "known"),
    [("没有电话", "有电话"), ("无电话", "有电话"), ("家长不同意", "家长同意"), ("unreached", "reached"), ("not_reached", "reached"), ("reached", "unreached"), ("副校长", "校长")],
)
def test_an_opposite_is_never_near(word, known):
    """Nor is somebody else."""
    assert "" == closest(word, [known])


@pytest.mark.parametrize(
    ("word", "known"), [("unexcusd", "unexcused"), ("notexpected", "not_expected"), ("noshow", "no_show"), ("没有电活吗", "没有电话吗"), ("联糸", "联系"), ("发派", "派发"), ("untl", "until")]
)
def test_a_slip_of_the_same_sense_is_near(word, known):
    """Beside the word without its sign."""
    assert known == closest(word, [known.removeprefix("un").removeprefix("not_").removeprefix("没"), known])


@pytest.mark.parametrize("name", ["not有电话", "没有电话", "没有有电话", "未有电话", "无电话", "非有电话", "not_有电话"])
def test_a_denied_name_is_known(name):
    """However the negation is written."""
    assert "有电话" == denied(name, ["有电话", "贫困"])
    assert "" == denied(name, ["贫困"])


@pytest.mark.parametrize(("text", "digits"), [("五", "5"), ("十", "10"), ("十二", "12"), ("二十", "20"), ("两百零五", "205"), ("百分之十", "10%"), ("五天", ""), ("半", ""), ("", ""), ("五六", ""), ("百分之", "")])
def test_chinese_numerals_in_digits(text, digits):
    """Those of whole numbers and shares."""
    assert digits == in_digits(text)


@pytest.mark.parametrize(
    ("item", "help"),
    [
        ("by: 班主任, 校长, due 3 school days", ["write `x: {by: 班主任, 校长, due: 3 school days}`", "several are a list in brackets:\nx: {by: [班主任, 校长], due 3 school days}"]),
        ("by: 校长, due: 1 day, results: 写信, by phone", ["several are a list in brackets:\nx: {by: 校长, due: 1 day, results: [写信, by phone]}"]),
        ("by: 校长, due: 1 day, title: 表, form", ['inside braces a value that holds a comma must be quoted:\nx: {by: 校长, due: 1 day, title: "表, form"}']),
    ],
)
def test_a_key_without_its_colon_is_told_from_words(item, help):
    """A text and the words of results may be spelled like a key."""
    text = f"policy: a\nextends: standard.yaml\nroles: {{班主任: {{of: class}}, 校长: {{}}}}\nladders:\n  a:\n    stages:\n      s:\n        when: missed_today >= 1\n        do:\n          x: {{{item}}}\n    ends: {{when: days_back >= 1}}\n"

    assert help == sorted((problem.help for problem in found(text)), reverse=True)


def test_the_units_that_may_not_stand_are_not_offered():
    """A window counts no office days."""
    assert "write `3 school days`" == vocabulary.nearly("3 workdays", ("day", "school_day"))
    assert "" == vocabulary.nearly("3 hous", ("day",))
    assert "" == vocabulary.nearly("4 weekends", ("day", "week"))


def test_names_with_a_joining_sign_inside_stay_whole():
    """`和平校区` is one name."""
    node = TextNode("和平校区、班主任", None)

    assert ("和平校区", "班主任") == joined(node, {"和平校区", "班主任"})
    assert () == joined(TextNode("和平校区", None), {"和平校区"})
    assert () == joined(TextNode("班主任 or 校长", None), {"班主任", "校长"})


def test_the_keys_that_slips_know_are_keys():
    """Every one of them is a key of some thing."""
    known = {*items.ITEM, *measures.MEASURE, *ladders.LADDER, *ladders.STAGE, *parameters.LINE, *parameters.PARAMETER, *keys.COMMON, "is", "of", "above", "to"}

    assert set() == set(BESIDE) - known
