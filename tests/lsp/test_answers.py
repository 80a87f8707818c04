"""Diagnostics, hover and completion of open texts, as pure answers."""

import pytest

from escalate.lsp.completion import offers_at
from escalate.lsp.diagnostics import problems_in
from escalate.lsp.hover import told_at
from escalate.lsp.texts import Texts

from .world import PATH, POLICY, RESULTS, at, cursor, world


def offered(text, path=PATH, lang="zh", **others):
    """What may be written where `|` stands."""
    said, place = cursor(text)
    texts = Texts({**world(**others).open, path: said})
    return {offer.text: offer for offer in offers_at(texts, path, place, lang)}


# --- diagnostics ----------------------------------------------------------------------------------------


def test_nothing_is_wrong():
    """With the policy as it stands."""
    assert () == problems_in(world(), PATH)


def test_every_problem_at_once_with_its_place_and_help():
    """As check says them."""
    text = POLICY.replace("旷课 >= 上限", "旷课 >= 上线").replace("by: 班主任, to", "by: 班主, to")
    found = problems_in(world(text), PATH)

    assert [("unknown-parameter", 15), ("unknown-role", 17)] == [(problem.kind, problem.span.line) for problem in found]
    assert all(problem.help for problem in found)


def test_what_a_file_extends_is_read_from_its_buffer():
    """Unsaved as it is; what is wrong there is said at the top of the file that builds on it."""
    own = "policy: own\nextends: policy.yaml\nset: {上限: 4}\n"
    texts = world(own=own)
    broken = world(POLICY.replace("within: month", "within: mouth"), own=own)

    assert () == problems_in(texts, "school/own.yaml")
    [problem] = problems_in(broken, "school/own.yaml")
    assert (1, True) == (problem.span.line, problem.message.startswith("school/policy.yaml:9:"))
    assert () == problems_in(Texts({"school/lone.yaml": "policy: lone\nextends: standard.yaml\n"}), "school/lone.yaml")


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("calendar.yaml", "calendar: x\ntimezone: Asia/Shanghai\nsessions: {am: x}\nterms: {}\n", "bad-session"),
        ("mapping.yaml", "format: xls\n", "unknown-word"),
        ("a.spec.yaml", "policy: none.yaml\ncases: {}\n", "no-file"),
        ("broken.yaml", "policy: [", "not-yaml"),
    ],
)
def test_other_files_are_read_by_their_readers(path, text, kind):
    """Each by its name or its first keys."""
    assert kind in [problem.kind for problem in problems_in(Texts({path: text}), path)]


def test_of_other_yaml_nothing_is_said():
    """A folder may hold some; an empty file is nobody's yet."""
    for text in ("", "on: push\njobs: {}\n", "- a\n"):
        assert () == problems_in(Texts({"ci.yaml": text}), "ci.yaml")


# --- hover ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "nth", "said"),
    [
        ("when", 0, "达到什么条件就启动这一级。"),
        ("due", 0, "期限。"),
        ("旷课", 3, "本月旷课节数"),
        ("上限", 1, "- `3`"),
        ("班主任", 2, "班主任 (班级)"),
        ("特殊情况", 2, "🚸特殊情况"),
        ("一天", 2, "🚸😀一天"),
        ("家访", 4, "😀上门"),
        ("days_away", 0, "连续旷课天数"),
    ],
)
def test_a_key_or_a_name_is_told(word, nth, said):
    """By the tables, and by what the policy says."""
    told = told_at(world(), PATH, at(word, nth), "zh")

    assert told is not None
    assert said in told.text, told.text
    assert told.span.source.path == PATH


def test_a_definition_is_shown_with_what_stands_below_it():
    """Up to the next thing of its depth."""
    told = told_at(world(), PATH, at("三天"), "zh")
    shown = told.text.partition("```yaml\n")[2].partition("\n```")[0].splitlines()

    assert ["三天:", "  when: 旷课 > 上限 and fired(一天)", "  need: done(一天.家访)"] == shown[:3]
    assert 5 == len(shown)
    assert told.text.endswith(f"{PATH}:18")


@pytest.mark.parametrize("nth", range(4))
def test_a_word_of_an_outcome_is_told_wherever_it_stands(nth):
    """In the list of an item, before what it opens, in a condition, where its title is."""
    text = RESULTS
    told = told_at(world(text), PATH, at("没见到", nth, text), "zh")

    assert told.text.startswith("**没见到**\n\n没有见到家长\n")
    assert () == problems_in(world(text), PATH)


def test_a_word_of_an_outcome_is_offered():
    """With its title."""
    offer = offered(RESULTS.replace("results: [见到, 没见到]", "results: [见到, |]"))["没见到"]

    assert ("result", "没有见到家长") == (offer.kind, offer.about)


def test_a_key_is_told_in_english():
    """Where that is asked for."""
    assert "The condition on which the stage fires." in told_at(world(), PATH, at("when"), "en").text


def test_nothing_is_told_of_nothing():
    """A blank, a number, a text that cannot be read."""
    assert told_at(world(), PATH, at("value: 2") + 8, "zh") is None
    assert told_at(world("policy: ["), PATH, 3, "zh") is None


def test_keys_of_other_files_are_told():
    """By their own tables."""
    texts = Texts({"calendar.yaml": "calendar: x\nsessions: {am: 08:00-11:40}\n"})

    assert "每节课的起止时间" in told_at(texts, "calendar.yaml", 15, "zh").text


# --- completion -----------------------------------------------------------------------------------------


def test_keys_where_keys_stand():
    """Those that are not written yet, also half written, also in braces."""
    for text in (
        POLICY.replace("        need: done(一天.家访)\n", "        |\n"),
        POLICY.replace("        need: done(一天.家访)\n", "        ne|\n"),
        POLICY.replace("        need: done(一天.家访)\n", "        ne|: done(一天.家访)\n"),
    ):
        found = offered(text)

        assert {"need", "again", "if_overdue"} <= set(found)
        assert not {"when", "do"} & set(found)
        assert "须先有的凭据" in found["need"].about
    assert {"notify", "results"} <= set(offered(POLICY.replace("to: parent, due: 家访期限, if", "to: parent, |, if")))
    assert "ladders" not in offered(f"{POLICY}|")
    assert {"duties", "targets"} <= set(offered(f"{POLICY}du|"))


@pytest.mark.parametrize(
    ("old", "new", "has", "lacks"),
    [
        ("when: 旷课 > 上限 and fired(一天)", "when: 旷课 > 上限 and |", {"旷课", "上限", "特殊情况", "days_away", "enrolled", "done("}, {"家访", "班主任"}),
        ("when: 旷课 > 上限 and fired(一天)", "when: 旷课 > 上限 and days|", {"days_away"}, set()),
        ("fired(一天)", "fired(|)", {"一天", "三天"}, {"旷课"}),
        ("fired(一天)", "done(|)", {"家访", "报告", "催办"}, {"一天"}),
        ("open_case(控辍)", "open_case(|)", {"控辍"}, {"一天"}),
        ("by: [校长, 班主任]", "by: [校长, |]", {"班主任", "parent"}, {"家访"}),
        ("to: parent", "to: |", {"班主任", "parent", "student"}, {"旷课"}),
        ("who_had: 家访", "who_had: |", {"家访"}, {"班主任"}),
        ("readers: [校长]", "readers: [|]", {"校长"}, set()),
        ("unit: session", "unit: |", {"session", "school day"}, {"校长"}),
        ("of: class", "of: |", {"class", "village"}, set()),
        ("due: 家访期限, if", "due: |, if", {"家访期限"}, {"旷课"}),
        ("name, 旷课", "name, |", {"旷课", "class_name", "班主任"}, set()),
    ],
)
def test_words_and_names_where_values_stand(old, new, has, lacks):
    """What the key holds, and nothing else."""
    assert old in POLICY
    found = set(offered(POLICY.replace(old, new, 1)))

    assert set() == has - found
    assert set() == lacks & found


def test_the_first_key_of_a_mapping_that_may_be_several_things_is_offered():
    """Of whom something is asked, and who receives it, of which none is made for each; what makes a consequence of an item."""
    assert {"who_had", "above", "each"} <= set(offered(POLICY.replace("by: 班主任, to", "by: {|}, to")))
    assert {"who_had", "above", "each"} <= set(offered(POLICY.replace("by: 班主任, to", "by: {|: 家访}, to")))
    assert {"who_had", "above"} == {"who_had", "above", "each"} & set(offered(POLICY.replace("to: parent", "to: {|}")))
    assert {"due", "entry"} <= set(offered(POLICY.replace("to: parent, due: 家访期限, if", "to: parent, |, if")))


def test_a_name_is_offered_with_its_title():
    """So that it can be told from another."""
    assert "本月旷课节数" == offered(POLICY.replace("fired(一天)", "|"))["旷课"].about


def test_nothing_is_offered_where_nothing_can_be_read():
    """A text that is broken elsewhere, the name of a thing, a title."""
    assert {} == offered("policy: [\nladders: {|}\n")
    assert {} == offered(POLICY.replace("title: 校长", "title: |"))


def test_other_files_are_completed_by_their_tables():
    """Keys and words; no names."""
    assert {"friday"} <= set(offered("calendar: x\nsessions: {am: x}\nmake_up: {2025-10-11: |}\n", "calendar.yaml"))
    assert {"issued", "told"} <= set(offered("cases:\n  a:\n    expect:\n      2025-11-03:\n        - {|}\n", "a.spec.yaml"))
