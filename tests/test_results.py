"""What the words of outcomes are called: once in a policy, and then wherever people read them."""

import json
from pathlib import Path

import pytest

from escalate.load import check_policy
from escalate.phrases import phrases_for
from escalate.pictures.said import Said
from escalate.source import Source
from escalate.wording import Wording

from .commands.world import EVENTS, POLICY, build, call, run

TITLES = "results: {refused: {title: {zh: 家长拒绝, en: Parents refused}}, coming: {why: 不必另称}}\n"
PLAIN = POLICY.replace(
    "to: parent, due: 1 school day}",
    "to: parent, due: 1 school day, results: [refused, coming], if_outcome: {refused: {order: {title: {zh: 责令, en: Order}, by: principal, due: 1 school day}}}}",
) + """\
registers:
  answers: {title: {zh: 答复, en: Answers}, each: student, where: open_case(absence), columns: [name, outcome(visit)]}
"""
TITLED = PLAIN.replace("ladders:", f"{TITLES}ladders:")
REFUSED = EVENTS.replace("known\n", "known,result\n", 1).replace(",\n", ",,\n").replace("T10:05\n", "T10:05,refused\n")


def policy(text: str = TITLED):
    """A policy and its problems."""
    return check_policy(Source("policy.yaml", text))


def items(folder: Path):
    """The items of a run, as a program reads them."""
    return [json.loads(line) for line in (folder / "items.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A run in which the parents of s1 refused."""
    build(tmp_path, policy=TITLED, events=REFUSED)
    assert run(tmp_path, until="2025-09-02T20:00").exit_code == 0
    return tmp_path


def test_a_title_is_loaded_and_a_word_without_one_stands_for_itself():
    """In either language; the list of the items is as without."""
    found, problems = policy()
    assert (problems, found is None) == ((), False)
    zh, en = (Wording(found, phrases_for(lang)) for lang in ("zh", "en"))

    assert [zh.result(word) for word in ("refused", "coming", "other")] == ["家长拒绝", "coming", "other"]
    assert en.result("refused") == "Parents refused"
    assert found.ladders["absence"].stages[0].do[0].results == ("refused", "coming")


def test_titles_change_nothing_that_is_done(folder: Path):
    """The same items with the same words."""
    build(folder, policy=PLAIN, events=REFUSED)
    run(folder, until="2025-09-02T20:00", out="plain")

    assert items(folder / "term") == items(folder / "plain")
    assert "refused" in {item["outcome"] for item in items(folder / "term")}


def test_a_word_that_no_item_lists_is_warned_of():
    """It may be meant for another."""
    _, problems = policy(TITLED.replace("results: {refused: {title", "results: {refusd: {title"))

    assert [("unknown-result", True)] == [(one.kind, one.warning) for one in problems]
    assert "refused" in str(problems[0].help)


@pytest.mark.parametrize(("lang", "title"), [("zh", "家长拒绝"), ("en", "Parents refused")])
@pytest.mark.parametrize("whom", [["--student", "s1"], ["hill/s1/absence/1/one_day/1/visit/teacher"]])
def test_explanations_say_it(folder: Path, whom: list[str], lang: str, title: str):
    """What was done, what follows on it, and the card of the item."""
    told = call("explain", folder / "term", *whom, "--lang", lang)

    assert told.exit_code == 0, told.output
    assert title in told.stdout
    assert "refused" not in told.stdout.replace("Parents refused", "").replace("/on/refused/", "")  # the id of what follows


@pytest.mark.parametrize(("lang", "title"), [("zh", "家长拒绝"), ("en", "Parents refused")])
def test_the_pages_say_it(folder: Path, lang: str, title: str):
    """The child's and the school's."""
    for asked in (["timeline", "s1"], ["report"]):
        inputs = [part for name in ("policy.yaml", "calendar.yaml", "roster.csv", "assignments.csv", "events.csv") for part in (f"--{name.partition('.')[0]}", folder / name)]
        found = call(*asked, *inputs, "--until", "2025-09-02T20:00", "--out", folder / f"{asked[0]}.html", "--lang", lang)
        said = (folder / f"{asked[0]}.html").read_text(encoding="utf-8")

        assert found.exit_code == 0, found.output
        assert title in said
        assert ">refused<" not in said


def test_a_layer_titles_a_word_otherwise(tmp_path: Path):
    """Also one that stands there without a title."""
    (tmp_path / "county.yaml").write_text(TITLED, encoding="utf-8")
    layer = "policy: school\nextends: county.yaml\nreplace: {results.refused: {title: 不肯}, results.coming: {title: 答应来}}\n"
    found, problems = check_policy(Source(str(tmp_path / "school.yaml"), layer))

    assert found is not None, problems
    assert ["不肯", "答应来"] == [found.results[word].title.say("zh") for word in ("refused", "coming")]


def test_registers_say_it(folder: Path):
    """As a column of a register of the policy's own; in the policy's language."""
    [path] = (folder / "term" / "registers").rglob("answers.csv")
    text = path.read_text(encoding="utf-8-sig")

    assert "Parents refused" in text
    assert "refused" not in text.replace("Parents refused", "")


def test_the_policys_own_table_says_it():
    """What an item may come to, what follows on it, and conditions that ask for it."""
    found, problems = policy(TITLED.replace(
        "ends: {when: days_back >= 1}", "ends: {when: 'days_back >= 1 and outcome(visit) != \"refused\" and times(visit, result=\"refused\", within=\"3 years\") < 2'}",
    ))
    assert found is not None, problems
    said = Said(found, "zh")
    ladder = found.ladders["absence"]
    [visit] = ladder.stages[0].do

    assert [note for note in said.notes(visit) if "家长拒绝" in note]
    assert ladder.ends is not None
    assert said.condition(ladder.ends.when).count("家长拒绝") == 2


@pytest.mark.parametrize("form", ["human", "markdown"])
def test_the_table_that_people_sign_says_it(folder: Path, form: str):
    """Also what follows on a result."""
    found = call("show", folder / "policy.yaml", "--table", "--lang", "zh", "--format", form)

    assert found.exit_code == 0, found.output
    assert found.output.count("家长拒绝") == 2
    assert "refused" not in found.output


def test_a_comparison_says_that_only_words_differ(tmp_path: Path):
    """Of the result, by its name."""
    build(tmp_path, policy=TITLED)
    (tmp_path / "other.yaml").write_text(TITLED.replace("家长拒绝", "拒绝"), encoding="utf-8")
    files = [part for name in ("calendar.yaml", "roster.csv", "events.csv") for part in (f"--{name.partition('.')[0]}", tmp_path / name)]
    found = call("compare", tmp_path / "policy.yaml", tmp_path / "other.yaml", *files, "--until", "2025-09-04")

    assert "only words differ: title of result refused" in found.stdout, found.output
