"""`formatted`: a text laid out, in one language, and nothing of what it says is lost."""

from functools import lru_cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalate.formatting import formatted, shape_of
from escalate.formatting.edits import rewritten
from escalate.formatting.layout import laid_out
from escalate.load import check_policy, find_beside
from escalate.loading.draft import Draft
from escalate.loading.extends import merged
from escalate.parse import parse
from escalate.source import Refused, Source
from escalate.spec import parse_spec, verdict
from escalate.translate.forms import EN, ZH
from escalate.translate.tree import Turn, english
from tests import group_worlds

ROOT = Path(__file__).parents[2]
# Those of examples/zh are in Chinese already: tests/examples/test_zh.py.
SHIPPED = sorted([*ROOT.glob("policies/**/*.yaml"), *ROOT.glob("examples/county/*.yaml"), ROOT / "src/escalate/standard.yaml"])


def source(path):
    return Source(str(path), path.read_text(encoding="utf-8"))


@pytest.fixture
def once(monkeypatch):
    """Each text is parsed once."""
    for module in ("formatting.layout", "loading.extends"):
        monkeypatch.setattr(f"escalate.{module}.parse", PARSED)


PARSED = lru_cache(600)(parse)


def both(text):
    """A text in Chinese and that in English again, with what each says: without the checks that `formatted` makes."""
    node, _ = PARSED(text)
    shape = shape_of(text, node)
    if shape == "policy":
        whole = merged(Draft(), text, find_beside)
        node, turn, said = whole.files[0].written, whole.files[0].turn, whole.tree
    else:
        turn, said = Turn(EN), english(node, shape)[0]
    chinese = Source(text.path, rewritten(text, node, shape, Turn(ZH, turn.own, turn.paths)))
    if shape == "policy":
        whole = merged(Draft(), chinese, find_beside)
        written, again = whole.files[0].written, whole.tree
    else:
        written = PARSED(chinese)[0]
        again = english(written, shape)[0]
    back = rewritten(chinese, written, shape, turn)
    return chinese.text, back, said, again


def remarks(text):
    """What stands behind `#` in each line, roughly: the same roughness for both texts."""
    return sorted(line.partition(" #")[2] if " #" in line else line for line in text.splitlines() if "#" in line and (" #" in line or line.startswith("#")))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_shipped_file_goes_to_chinese_and_back(path, once):
    """It says the same in both, its remarks stay, and it comes back byte for byte; it is laid out already."""
    text = source(path)
    chinese, back, said, again = both(text)

    assert text.text == back
    assert said == again
    assert [part for part in remarks(text.text) if part.startswith("#")] == [part for part in remarks(chinese) if part.startswith("#")]
    assert text.text == laid_out(text)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=6)
@given(st.integers(0, 10**6))
def test_every_generated_policy_goes_to_chinese_and_back(number):
    """Duties, targets and ladders of every form: the same policy, the same digest."""
    rng = Random(number)  # noqa: S311
    text = Source("p.yaml", group_worlds.text(rng, group_worlds.Date(2025, 11, 3), "Asia/Shanghai", ""))
    made = laid_out(text)
    chinese, back, said, again = both(Source("p.yaml", made))

    assert made == back
    assert said == again
    assert chinese == laid_out(Source("p.yaml", chinese))


CROOKED = """\
# a remark at the top


policy:   a          # beside a value
extends: standard.yaml@@
roles:
    teacher:
        of: class    # who
        cites:
        - c1
        -   c2
      # of the next
    principal: {title: 校长,
                of: school}


ladders:
    truancy:
        text: >
            one line

              indented
            last
        stages:
            one:
                when: days_away >= 1
                      and enrolled
                do: {visit: {by: teacher, due: 1 day}}
        ends: {when: days_back >= 1}
        # the last remark


""".replace("@@", "  ")
STRAIGHT = """\
# a remark at the top

policy:   a          # beside a value
extends: standard.yaml
roles:
  teacher:
    of: class    # who
    cites:
      - c1
      -   c2
    # of the next
  principal: {title: 校长,
              of: school}

ladders:
  truancy:
    text: >
        one line

          indented
        last
    stages:
      one:
        when: days_away >= 1
              and enrolled
        do: {visit: {by: teacher, due: 1 day}}
    ends: {when: days_back >= 1}
    # the last remark
"""


def test_a_crooked_text_is_laid_out():
    """Lines keep what stands on them; what is inside a text or braces moves with it."""
    assert STRAIGHT == formatted(Source("p.yaml", CROOKED))
    assert STRAIGHT == formatted(Source("p.yaml", STRAIGHT))


def test_line_ends_of_another_system():
    assert STRAIGHT == formatted(Source("p.yaml", CROOKED.replace("\n", "\r\n")))


blanks = st.sampled_from(("", " ", "  ", "   "))


@settings(deadline=None, max_examples=20)
@given(st.lists(st.tuples(st.integers(0, 40), st.sampled_from(("blank", "trail", "remark", "deep"))), max_size=8))
def test_what_is_laid_out_stays(changes):
    """Blank lines, blanks behind, remarks at any depth: laid out once is laid out, and says the same."""
    lines = STRAIGHT.splitlines()
    for at, what in changes:
        at = min(at, len(lines))
        if what == "blank":
            lines.insert(at, "  ")
        elif what == "remark":
            lines.insert(at, f"{' ' * (at % 7)}# here")
        elif at < len(lines):
            lines[at] += "   "
    text = Source("p.yaml", "\n".join(lines))
    if parse(text)[0] is None:
        return
    once = laid_out(text)

    assert once == laid_out(Source("p.yaml", once))
    assert parse(text)[0] == parse(Source("p.yaml", once))[0]


def test_quotes_blocks_and_folded_lines():
    """A keyword is put in another language inside its quotes, on its line; a text stays as it is."""
    text = STRAIGHT.replace("when: days_away >= 1\n", "when: 'days_away >= 1\n").replace("and enrolled\n", "and enrolled and class_name != \"and\"'\n")
    chinese = formatted(Source("p.yaml", text), "zh")

    assert "当: 'days_away >= 1\n              且 在籍 且 班级 != \"and\"'" in chinese
    assert "        one line\n\n          indented\n        last\n" in chinese
    assert text == formatted(Source("p.yaml", chinese), "en")


def test_a_file_with_problems_is_refused():
    with pytest.raises(Refused) as refused:
        formatted(Source("p.yaml", STRAIGHT.replace("by: teacher", "by: teecher")), "zh")

    assert ["unknown-role"] == [problem.kind for problem in refused.value.problems]


def test_both_languages_become_one():
    mixed = STRAIGHT.replace("stages:", "台阶:").replace("1 day}", "1天}")
    chinese = formatted(Source("p.yaml", mixed), "zh")

    assert STRAIGHT == formatted(Source("p.yaml", mixed), "en")
    assert chinese == formatted(Source("p.yaml", STRAIGHT), "zh")
    assert mixed == formatted(Source("p.yaml", mixed))
    assert check_policy(Source("p.yaml", chinese))[0] == check_policy(Source("p.yaml", STRAIGHT))[0] is not None


def test_who_is_nobody_s_own_is_said_in_the_language_of_a_spec(tmp_path):
    """`parent`, unless a policy calls a role of its own so."""
    policy = "policy: p\nextends: standard.yaml\nroles: {班主任: {of: class}, 其他: {of: class}}\n"
    policy += "ladders: {缺课: {stages: {一天: {when: days_away >= 1, do: {家访: {by: 班主任, to: parent, due: 1 day}}}}, ends: {when: days_back >= 1}}}\n"
    spec = "policy: p.yaml\nfrom: 2025-09-01\ncases:\n  a:\n    marks: {小明: A}\n    expect: {2025-09-01: [{issued: 家访, to: parent, by: [班主任, 学生本人]}]}\n"
    for name, there, back in (("其他", "对象: 家长, 由: [班主任, 学生本人]", "to: parent, by: [班主任, student]"), ("家长", "对象: parent,", "to: parent,")):
        (tmp_path / "p.yaml").write_text(policy.replace("其他", name), encoding="utf-8")
        text = Source((tmp_path / "p.spec.yaml").as_posix(), spec)
        made = formatted(text, "zh")

        assert there in made
        assert back in formatted(Source(text.path, made), "en")


def test_a_role_of_one_s_own_called_parent_stays_in_a_spec(tmp_path):
    """The name comes before the word, in a title too."""
    policy = "policy: p\nextends: standard.yaml\nroles: {guardian: {title: 家长, of: class}}\n"
    policy += "ladders: {缺课: {stages: {一天: {when: days_away >= 1, do: {家访: {by: guardian, due: 1 day}}}}, ends: {when: days_back >= 1}}}\n"
    (tmp_path / "p.yaml").write_text(policy, encoding="utf-8")
    spec = Source((tmp_path / "p.spec.yaml").as_posix(), "policy: p.yaml\nfrom: 2025-09-01\ncases:\n  a:\n    marks: {小明: A}\n    expect: {2025-09-01: [{issued: 家访, by: 家长}]}\n")

    assert "by: 家长" in formatted(spec, "en")
    [case] = parse_spec(spec)[0]
    assert verdict(case).passed
