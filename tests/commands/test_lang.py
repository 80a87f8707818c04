"""In which language the command line answers: what is asked for, else the policy's own, else the machine's."""

import json
import re
from pathlib import Path

import click
import pytest

from escalate.cli import main
from escalate.commands.tongue import asked_in, of_policies, of_run, of_specs

from .test_run import everything
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
        (("check",), "错误：缺少参数 `FILE...`。"),
        (("test", "--fail-under", "0"), "错误：`--fail-under` 的值不对：0 不在 1<=x<=100 的范围里。"),
        (("explain", "term"), "错误：请写一件待办，或者用 --student 写一个学生"),
        (("registers", "term", "--for", "/", "--out", "x"), "错误：--for：请写一个角色，或者角色和任职的人：homeroom_teacher/p1"),
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
    """The file's own, that of what it extends, Chinese where a policy does not say it, none where there is no policy."""
    (tmp_path / "county.yaml").write_text("policy: county\nlang: en\n", encoding="utf-8")
    (tmp_path / "school.yaml").write_text("policy: school\nextends: county.yaml\n", encoding="utf-8")
    (tmp_path / "policy.yaml").write_text("extends: standard.yaml\nladders: {", encoding="utf-8")
    (tmp_path / "own.spec.yaml").write_text("policy: school.yaml\ncases: {}\n", encoding="utf-8")
    (tmp_path / "run.json").write_text('{"lang": "zh"}', encoding="utf-8")

    assert "en" == of_policies([tmp_path / "nowhere.yaml", str(tmp_path / "school.yaml")])
    assert "zh" == of_policies([str(tmp_path / "policy.yaml")])
    (tmp_path / "empty.yaml").write_text("# nothing yet\n\n", encoding="utf-8")
    assert "" == of_policies([]) == of_policies([str(tmp_path / "nowhere.yaml"), str(tmp_path / "empty.yaml")])
    assert "en" == of_specs([str(tmp_path)])
    (tmp_path / "own.spec.yaml").write_text("cases: {}\n", encoding="utf-8")
    assert "zh" == of_specs([str(tmp_path / "own.spec.yaml")])
    assert "zh" == of_run(str(tmp_path))
    (tmp_path / "run.json").write_text("[", encoding="utf-8")
    assert "" == of_run(str(tmp_path)) == of_run(str(tmp_path / "nowhere"))
    assert "" == of_specs([str(tmp_path / "nowhere")])


@pytest.mark.parametrize("machine", ["de_DE.UTF-8", "zh_CN.UTF-8", "en_US.UTF-8"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_machine_s_language_changes_nothing_of_what_a_policy_says(tmp_path, monkeypatch, machine, lang):
    """Same inputs, same bytes: of a check, of a run, of all that it writes."""
    build(tmp_path)
    policy = tmp_path / "policy.yaml"
    policy.write_text(policy.read_text(encoding="utf-8").replace("lang: en", f"lang: {lang}"), encoding="utf-8")
    (tmp_path / "broken.yaml").write_text(BROKEN.replace("{lang}", lang), encoding="utf-8")
    before = call("check", tmp_path / "broken.yaml").stdout, run(tmp_path, out="first").stdout.replace("first\n", "OUT\n")
    monkeypatch.setenv("LC_ALL", machine)

    assert before == (call("check", tmp_path / "broken.yaml").stdout, run(tmp_path, out="second").stdout.replace("second\n", "OUT\n"))
    assert everything(tmp_path / "first") == everything(tmp_path / "second")


@pytest.mark.parametrize(("environment", "lang"), [
    ({"LANG": "zh_CN.UTF-8"}, "zh"), ({"LC_MESSAGES": "zh_TW", "LANG": "en_US"}, "zh"), ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
    ({"LC_ALL": "", "LANG": "ZH_cn"}, "zh"), ({"LANG": "de_DE"}, "en"), ({"LANGUAGE": "zh"}, "en"), ({}, "en"),
])
def test_where_no_policy_says_it_the_machine_does(tmp_path, monkeypatch, environment, lang):
    """The help, a wrong use, a file that is not there; `--lang` is stronger."""
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.setenv(name, environment[name]) if name in environment else monkeypatch.delenv(name, raising=False)
    said = [call("--help").stdout, call("check").stderr, call("check", "nowhere.yaml").output, call("init", "a").stderr, call("audit", "verify", "nowhere").stderr]
    other = {"zh": "en", "en": "zh"}[lang]

    assert [lang == "zh"] * len(said) == [bool(re.search(r"[\u4e00-\u9fff]", text)) for text in said]
    assert [lang == "en"] == [bool(re.search(r"[\u4e00-\u9fff]", call("check", "--lang", other).stderr))]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_wrong_use_beside_a_policy_is_said_in_its_language(tmp_path, monkeypatch, lang):
    """Before any command has read it: of the one that the line names, of a spec's, or of the one in the folder where one is; whatever the machine speaks."""
    monkeypatch.setenv("LC_ALL", {"zh": "en_US", "en": "zh_CN"}[lang])
    (tmp_path / "policy.yaml").write_text(BROKEN.replace("{lang}", lang), encoding="utf-8")
    (tmp_path / "a.spec.yaml").write_text("policy: policy.yaml\n", encoding="utf-8")
    (tmp_path / "calendar.yaml").write_text("calendar: c\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path.parent)
    said = [call("run", "--calendar", tmp_path / "calendar.yaml", "--policy", tmp_path / "policy.yaml"), call("test", tmp_path / "a.spec.yaml", "--nope")]
    monkeypatch.chdir(tmp_path)
    said += [call("check"), call("explain"), call("init", ".", "--yes")]

    assert [1, 2, 2, 2, 2] == sorted(found.exit_code for found in said)
    assert [lang == "zh"] * len(said) == [bool(re.search(r"[\u4e00-\u9fff]", found.stderr)) for found in said]


def test_the_language_that_is_asked_for_may_stand_anywhere():
    """The last one counts; what is no language is left to click to refuse."""
    assert "zh" == asked_in(["--lang", "zh", "check", "p"]) == asked_in(["check", "--lang=zh", "p"]) == asked_in(["--lang", "en", "check", "--lang", "zh"])
    assert asked_in(["check", "--lang"]) is asked_in(["--lang", "xx"]) is None
    assert 2 == call("--lang", "xx", "check", "p").exit_code


def test_a_language_that_is_not_one_is_not_answered_in_chinese(tmp_path):
    """Of a file without a Chinese sign."""
    (tmp_path / "policy.yaml").write_text("policy: p\nextends: standard.yaml\nlang: english\n", encoding="utf-8")

    assert "`lang` cannot be `english`" in call("check", tmp_path / "policy.yaml").stdout


def test_a_spec_whose_policy_is_not_there_is_answered_in_its_own_signs(tmp_path):
    """Nothing else says which language it is."""
    (tmp_path / "甲.spec.yaml").write_text("制度: none.yaml\n样例: {}\n", encoding="utf-8")

    assert "读不了" in call("check", tmp_path / "甲.spec.yaml").stdout
