"""`escalate test --write-boundaries`: the file, what is said of it, and what is never written over."""

import json

import pytest

from escalate.source import Source
from escalate.spec import parse_spec
from escalate.translate.spoken import in_chinese

from .world import CALENDAR, POLICY, call


@pytest.fixture
def folder(tmp_path):
    """A policy, and a spec with a calendar of its own."""
    (tmp_path / "policy.yaml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "calendar.yaml").write_text(CALENDAR, encoding="utf-8")
    return tmp_path


def test_it_is_written_beside_the_policy_and_passes(folder):
    """Named after it; what is there again may be written again."""
    wrote, again = (call("test", folder / "policy.yaml", "--write-boundaries") for _ in range(2))
    played = call("test", folder)

    assert (0, 0) == (wrote.exit_code, again.exit_code)
    assert f"written to {folder}/policy.boundaries.spec.yaml: cases 9, thresholds 3 of 3\n" in wrote.stdout
    assert (0, "9 cases in 1 file: all as expected\n") == (played.exit_code, played.stdout)


def test_what_an_author_changed_is_not_written_over(folder):
    """Nor any other file; nothing is written then."""
    file = folder / "policy.boundaries.spec.yaml"
    call("test", folder / "policy.yaml", "--write-boundaries")
    mine = file.read_text(encoding="utf-8") + "# read\n"
    file.write_text(mine, encoding="utf-8")
    found = call("test", folder / "policy.yaml", "--write-boundaries")

    assert 1 == found.exit_code
    assert "is not as `--write-boundaries` wrote it" in found.stderr
    assert mine == file.read_text(encoding="utf-8")


INLINE = "".join(f"  {line}\n" for line in CALENDAR.splitlines())
IN_CHINESE = """  校历: hill-2025
  时区: Asia/Shanghai
  节次: {am: "08:00-11:40", pm: "14:00-17:00"}
  学期: {autumn: {起: 2025-09-01, 止: 2025-09-30}}
"""
CASE = "a: {until: 2025-09-05, expect: {}}"


@pytest.mark.parametrize(
    "text",
    [
        f"policy: policy.yaml\ncalendar: calendar.yaml\nfrom: 2025-09-02\ncases: {{{CASE}}}\n",
        f"policy: policy.yaml\ncalendar:\n{INLINE}from: 2025-09-02\ncases: {{{CASE}}}\n",
        f"制度: policy.yaml\n校历: calendar.yaml\n起: 2025-09-02\n样例: {{{CASE}}}\n",
        f"制度: policy.yaml\n校历:\n{IN_CHINESE}\n# 从这天起\n起: 2025-09-02\n样例: {{{CASE}}}\n",
        f"{{制度: policy.yaml, 校历: calendar.yaml, 起: 2025-09-02, 样例: {{{CASE}}}}}\n",
        "policy: policy.yaml\nfrom: 2025-09-02\ncases:\n  a:\n    until: 2025-09-05\n    校历:\n" + "".join(f"    {line}\n" for line in IN_CHINESE.splitlines())
        + "    expect: {}\n",
    ],
    ids=["a file", "in the spec", "a file, in Chinese", "in the spec, in Chinese", "in braces", "of its first case"],
)  # fmt: skip
def test_a_spec_gives_its_policies_calendar_and_first_date(folder, text):
    """Also where the file is written elsewhere, and in the language's Chinese words.

    The calendar ends in September: no case plays after it.
    """
    (folder / "out").mkdir()
    (folder / "hill.spec.yaml").write_text(text, encoding="utf-8")
    out = folder / "out" / "b.spec.yaml"
    found = call("test", folder / "hill.spec.yaml", "--write-boundaries", "--out", out)
    cases, problems = parse_spec(Source(str(out), out.read_text(encoding="utf-8")))

    assert 0 == found.exit_code, found.stderr
    assert () == problems
    assert {("hill", "2025-09-30")} == {(one.policies[0].name, one.calendar.of("").last.isoformat()) for one in cases}
    assert ("起: 2025-09-02\n" if in_chinese(Source("", text)) else "from: 2025-09-02\n") in out.read_text(encoding="utf-8")
    assert 0 == call("test", out).exit_code


ENGLISH, CHINESE = ("policy:", "from:", "cases:", "only:", "marks:", "expect:", "issued:"), ("制度:", "起:", "样例:", "只看:", "考勤:", "预期:", "派发:")


@pytest.mark.parametrize(("policy", "spec", "keys", "others"), [
    ("zh", "", CHINESE, ENGLISH),
    ("en", "", ENGLISH, CHINESE),
    ("en", f"制度: policy.yaml\n起: 2025-09-02\n样例: {{{CASE}}}\n", CHINESE, ENGLISH),
    ("zh", f"policy: policy.yaml\nfrom: 2025-09-02\ncases: {{{CASE}}}\n", ENGLISH, CHINESE),
    ("en", "制度: policy.yaml\n起: 2025-09-02\n样例: {a: {截至: 2025-09-05, 预期: {}}}\nonly: absence\n", CHINESE, ENGLISH),
])
def test_it_is_written_in_the_keys_of_what_is_named(folder, policy, spec, keys, others):
    """Those of the spec that it extends, else those of the policy. In the other language and back it is the same, and it passes in both."""
    call("fmt", "--to", policy, folder / "policy.yaml")
    (folder / "hill.spec.yaml").write_text(spec, encoding="utf-8")
    wrote = call("test", folder / ("hill.spec.yaml" if spec else "policy.yaml"), "--write-boundaries", "--out", folder / "b.spec.yaml")
    text = (folder / "b.spec.yaml").read_text(encoding="utf-8")
    passed = [call("test", folder / "b.spec.yaml").exit_code]
    for lang in ("en", "zh") if keys is CHINESE else ("zh", "en"):
        call("fmt", "--to", lang, folder / "b.spec.yaml")
        passed.append(call("test", folder / "b.spec.yaml").exit_code)

    assert [0, 0, 0] == passed, wrote.output
    assert text == (folder / "b.spec.yaml").read_text(encoding="utf-8")
    assert all(f"{key} " in text or f"{key}\n" in text for key in keys)
    assert not any(key in text for key in others)
    assert f"what stands below `{keys[5]}` is" in wrote.stdout


def test_an_answer_for_programs(folder):
    """How many, and what was left out."""
    found = json.loads(call("test", folder / "policy.yaml", "--write-boundaries", "--format", "json").stdout)

    assert (9, 3, []) == (found["cases"], found["covered"], found["left_out"])


def test_a_policy_without_thresholds_writes_nothing(folder):
    """The exit code says so."""
    text = POLICY[: POLICY.index("ladders:")] + "ladders: {a: {where: anyone, lasts: term, stages: {gone: {when: dropped_out, do: {visit: {by: teacher, due: 1 day}}}}}}\n"
    (folder / "policy.yaml").write_text(text, encoding="utf-8")
    found = call("test", folder / "policy.yaml", "--write-boundaries")

    assert (1, "nothing was written: thresholds 0 of 0\n") == (found.exit_code, found.stdout)
    assert not (folder / "policy.boundaries.spec.yaml").exists()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["policy.yaml", "--out", "b.spec.yaml"], "--out is the file that --write-boundaries writes"),
        (["policy.yaml", "--write-boundaries", "--diff"], "--write-boundaries goes with --out and --format only"),
        (["policy.yaml", "--write-boundaries", "--coverage"], "--write-boundaries goes with --out and --format only"),
        (["--write-boundaries"], "name its file"),
        (["policy.yaml", "--write-boundaries", "--out", "b.yaml"], "ends in `.spec.yaml`"),
        (["policy.yaml", "--write-boundaries", "--out", "none/b.spec.yaml"], "`none` does not exist"),
        (["none.spec.yaml", "--write-boundaries"], "none.spec.yaml"),
    ],
)
def test_what_makes_no_sense_is_refused(folder, monkeypatch, args, said):
    """Before anything is written."""
    monkeypatch.chdir(folder)
    found = call("test", *args)

    assert found.exit_code in (1, 2)
    assert said in found.stderr
    assert ["calendar.yaml", "policy.yaml"] == sorted(one.name for one in folder.iterdir())
