"""In which language the command line answers: what is asked for, else the policy's own; never the machine's."""

import json
import re
from pathlib import Path

import click
import pytest

from escalate.cli import main
from escalate.commands.tongue import asked_in, of_policies, of_run, of_specs

from .world import build, call, run

ROOT = Path(__file__).parents[2]
BROKEN = "policy: p\nladders: {a: {}}\nlang: {lang}\n"


def commands():
    found = [((), main)]
    for words, command in found:
        found += [((*words, name), one) for name, one in command.commands.items()] if isinstance(command, click.Group) else []
    return found


@pytest.mark.parametrize("words", [words for words, _ in commands()], ids=" ".join)
def test_every_help_is_in_chinese(words):
    """Before the command or behind it, the same; nothing of it is left in English but what is typed."""
    before, behind = call("--lang", "zh", *words, "--help"), call(*words, "--help", "--lang=zh")
    text = re.sub(r"(?s)示例：\n.*?\n\n", "", before.stdout)
    left = [line for line in text.splitlines() if not re.search(r"[\u4e00-\u9fff]", line) and line.strip() and not line.lstrip().startswith(("-", "用法"))]

    assert (0, before.stdout) == (before.exit_code, behind.stdout)
    assert before.stdout.startswith("用法：escalate")
    assert [] == left
    assert not re.search(r"(?<![\w./-])(the|of|is|which|and)\b", text)


def test_english_help_is_as_it_was():
    """Asked for, or where nobody asks."""
    assert call("check", "--help").stdout == call("--lang", "en", "check", "--help").stdout
    assert call("check", "--help").stdout.startswith("Usage: ")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("chek",), "错误：没有叫 `chek` 的命令。"),
        (("check", "--nope"), "错误：没有叫 `--nope` 的选项。"),
        (("check",), "错误：缺少参数 `POLICY...`。"),
        (("test", "--fail-under", "0"), "错误：`--fail-under` 的值不对：0 不在 1<=x<=100 的范围里。"),
        (("explain", "term"), "错误：请写一件待办，或者用 --student 写一个学生"),
        (("registers", "term", "--for", "/", "--out", "x"), "错误：--for：请写一个岗位，或者岗位和任职的人：homeroom_teacher/p1"),
    ],
)
def test_a_wrong_use_is_said_in_chinese(args, said):
    """Also what is found before a command begins."""
    found = call("--lang", "zh", *args)

    assert 2 == found.exit_code
    assert said in found.stderr


def test_problems_are_said_in_the_language_of_the_policy(tmp_path):
    """Of one that is broken too; `--lang` is stronger, and programs read the same in every language."""
    for lang, word in (("zh", "阶梯 `a` 没有台阶"), ("en", "ladder `a` has no stage")):
        (tmp_path / "policy.yaml").write_text(BROKEN.replace("{lang}", lang), encoding="utf-8")
        other = {"zh": "en", "en": "zh"}[lang]
        found = call("check", tmp_path / "policy.yaml")

        assert word in found.stdout
        assert word not in call("check", tmp_path / "policy.yaml", "--lang", other).stdout
        assert word not in call("--lang", other, "check", tmp_path / "policy.yaml").stdout
        told = json.loads(call("check", tmp_path / "policy.yaml", "--format", "json").stdout)
        assert ["ladder `a` has no stage"] == [problem["message"] for problem in told["problems"] if problem["kind"] == "missing-value"]


def test_the_frames_around_an_answer_are_in_its_language(tmp_path):
    """What was checked, whether a chain is whole, and why a run stopped."""
    build(tmp_path)
    assert "1 个阶梯" in call("check", tmp_path / "policy.yaml", "--lang", "zh").stdout
    assert 0 == run(tmp_path).exit_code
    assert "whole: " in call("audit", "verify", tmp_path / "term").stdout
    assert "完整：" in call("audit", "verify", tmp_path / "term", "--lang", "zh").stdout
    again = run(tmp_path, "--lang", "zh")
    assert (1, True) == (again.exit_code, "已经存在 [folder-exists]" in again.stderr)


def test_whose_language_it_is(tmp_path):
    """The file's own, that of what it extends, Chinese where no policy says it, English where there is no policy."""
    (tmp_path / "county.yaml").write_text("policy: county\nlang: en\n", encoding="utf-8")
    (tmp_path / "school.yaml").write_text("policy: school\nextends: county.yaml\n", encoding="utf-8")
    (tmp_path / "policy.yaml").write_text("extends: standard.yaml\nladders: {", encoding="utf-8")
    (tmp_path / "own.spec.yaml").write_text("policy: school.yaml\ncases: {}\n", encoding="utf-8")
    (tmp_path / "run.json").write_text('{"lang": "zh"}', encoding="utf-8")

    assert "en" == of_policies([tmp_path / "nowhere.yaml", str(tmp_path / "school.yaml")])
    assert "zh" == of_policies([str(tmp_path / "policy.yaml")])
    assert "en" == of_policies([]) == of_policies([str(tmp_path / "nowhere.yaml")])
    assert "en" == of_specs([str(tmp_path)])
    (tmp_path / "own.spec.yaml").write_text("cases: {}\n", encoding="utf-8")
    assert "zh" == of_specs([str(tmp_path / "own.spec.yaml")])
    assert "zh" == of_run(str(tmp_path))
    (tmp_path / "run.json").write_text("[", encoding="utf-8")
    assert "en" == of_run(str(tmp_path)) == of_run(str(tmp_path / "nowhere"))
    assert "en" == of_specs([str(tmp_path / "nowhere")])


@pytest.mark.parametrize("variable", ["LANG", "LC_ALL", "LANGUAGE"])
def test_the_machine_s_language_changes_nothing(tmp_path, monkeypatch, variable):
    """Same inputs, same bytes."""
    (tmp_path / "policy.yaml").write_text(BROKEN.replace("{lang}", "zh"), encoding="utf-8")
    before = call("check", tmp_path / "policy.yaml").stdout
    monkeypatch.setenv(variable, "de_DE.UTF-8")

    assert before == call("check", tmp_path / "policy.yaml").stdout
    assert call("--help").stdout.startswith("Usage: ")


def test_the_language_that_is_asked_for_may_stand_anywhere():
    """The last one counts; what is no language is left to click to refuse."""
    assert "zh" == asked_in(["--lang", "zh", "check", "p"]) == asked_in(["check", "--lang=zh", "p"]) == asked_in(["--lang", "en", "check", "--lang", "zh"])
    assert asked_in(["check", "--lang"]) is asked_in(["--lang", "xx"]) is None
    assert 2 == call("--lang", "xx", "check", "p").exit_code
