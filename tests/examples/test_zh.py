"""The example that is wholly in Chinese does what it says, and no word of it is left in English."""

from pathlib import Path

import pytest

from escalate.formatting import formatted
from escalate.keywords import KEYS, KEYS_OF
from escalate.load import load_policy
from escalate.parse import ListNode, MapNode, parse
from escalate.source import Source
from escalate.spec import cases_below, failure, parse_spec, verdict
from tests.commands.world import call

FOLDER = Path(__file__).parents[2] / "examples" / "zh"
FILES = ("policy.yaml", "policy.spec.yaml", "calendar.yaml")


def source(name):
    return Source(str(FOLDER / name), (FOLDER / name).read_text(encoding="utf-8"))


def keys(node):
    for key, value in node.entries if isinstance(node, MapNode) else ():
        yield key.text
        yield from keys(value)
    for item in node.items if isinstance(node, ListNode) else ():
        yield from keys(item)


@pytest.mark.parametrize("case", cases_below(FOLDER), ids=str)
def test_its_spec(case):
    assert not failure(case)


@pytest.mark.parametrize("name", FILES)
def test_it_is_wholly_in_chinese(name):
    """Nothing is left to be put into Chinese, and no key of ours in English."""
    ours = {*KEYS, *(key for words in KEYS_OF.values() for key in words)}

    assert source(name).text == formatted(source(name), "zh")
    assert set() == ours & set(keys(parse(source(name))[0]))


def test_in_english_it_is_the_same_policy():
    """The same value, the same digest."""
    text = source("policy.yaml")
    english = Source(text.path, formatted(text, "en"))

    assert load_policy(text) == load_policy(english)
    assert load_policy(text).digest == load_policy(english).digest
    assert "        when: 连续旷课>=家访天数 and not 特殊情况\n" in english.text


def test_what_its_page_says(monkeypatch):
    """Each command ends as it should."""
    monkeypatch.chdir(FOLDER.parents[1])
    lines = [line for line in (FOLDER / "README.md").read_text(encoding="utf-8").splitlines() if line.startswith("escalate ")]

    assert [0, 0, 1] == [call(*line.split()[1:]).exit_code for line in lines]


def test_a_line_that_came_can_be_pasted_into_the_spec():
    """It is in Chinese; one in English is taken beside Chinese keys too."""
    spec = source("policy.spec.yaml")
    for left, english in (
        ("        - {派发: 催办, 由: 校长, 期限: 2025-11-06}\n", "{issued: 催办, by: 校长, due: 2025-11-06}"),
        ("        - {待补依据: 家访, 缺少: [联系家长]}\n", "{blocked: 家访, missing: 联系家长}"),
    ):
        [one] = [case for case in parse_spec(Source(spec.path, spec.text.replace(left, "")))[0] if failure(case)]
        [came] = verdict(one).unexpected

        assert set() == {*KEYS, *KEYS_OF["expected"]} & set(keys(parse(Source("a", came.line))[0]))
        for line in (came.line, f"- {english}"):
            assert not [case for case in parse_spec(Source(spec.path, spec.text.replace(left, f"        {line}\n")))[0] if failure(case)]


def test_what_differs_is_named_in_the_language_of_the_spec():
    """The field that is not as expected."""
    spec = source("policy.spec.yaml")
    [one] = [case for case in parse_spec(Source(spec.path, spec.text.replace("期限: 2025-11-07 16:00", "期限: 2025-11-08")))[0] if failure(case)]

    assert "≠ 期限" in failure(one)
    assert "{派发: 报告, 由: 班主任, 期限: 2025-11-07 16:00}" in failure(one)


def test_what_no_case_exercised_is_said_as_it_is_written():
    """Conditions in the author's words."""
    found = call("test", FOLDER, "--coverage").output

    assert "从未成立：`在籍 且 非 辍学`" in found
    assert "从未由 `家校距离 < 5` 成立来决定" in found
    assert "enrolled" not in found
