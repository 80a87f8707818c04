"""What a problem says of our words, in the words of the file that it speaks of."""

import re
from pathlib import Path

import pytest

from escalate.keywords import CHOICES, FUNCTIONS, KEYS, KEYS_OF, STATUSES
from escalate.load import check_policy
from escalate.messages import _turned, told
from escalate.parse import ListNode, MapNode, parse
from escalate.readers.calendar import parse_calendar
from escalate.source import Source
from escalate.spec.reading import parse_spec
from escalate.translate.conditions import Piece, spliced
from escalate.translate.forms import ZH
from escalate.translate.spoken import chinese, in_chinese
from escalate.translate.tree import Turn, defined, keywords
from tests.catalogues import code, templates

CASES = sorted((Path(__file__).parents[1] / "cases").glob("*.bad.yaml"))
ENGLISH = frozenset(KEYS).union(*KEYS_OF.values())
# Where what a problem says is read: policies, specs, calendars.
WINGS = ("checking/", "grammar/", "lints/", "loading/", "slips/", "spec/", "load.py", "parse.py", "scan.py", "readers/calendar.py", "readers/nodes.py")

EXAMPLE = Path(__file__).parents[2] / "examples" / "zh"
READ = {"policy.yaml": lambda source: check_policy(source)[1], "policy.spec.yaml": lambda source: parse_spec(source, {})[1], "calendar.yaml": lambda source: parse_calendar(source)[1]}


def pieces_of_policies():
    """Everything that a template shows in backticks as a piece of a policy."""
    return sorted({one[1:-1] for text, place in templates().items() if place.startswith(WINGS) for one in code(text)})


def test_no_key_that_is_shown_stays_english():
    """Guards against a keyword that a message shows and the tables do not find: a part of the message, a name, may be anything."""
    keys = [(one, key) for one in pieces_of_policies() for key in re.findall(r"(?<![\w.])(\w+):(?:\s|$)", _turned(one, chinese)) if key in ENGLISH]

    assert len(pieces_of_policies()) > 200
    assert [] == keys


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("due: 1 school day", "", "期限: 1个上学日"),
        ("if_overdue: {chase: {by: principal, due: 1 school day}}", "", "逾期后: {chase: {由: principal, 期限: 1个上学日}}"),
        ("covers: {from: 2025-09-01, to: 2026-01-23}", "", "覆盖: {起: 2025-09-01, 止: 2026-01-23}"),
        ("from: start of school day", "", "起算: 上学日开始"),
        ("to", "", "止"),
        ("to", "item", "对象"),
        ("month", "window", "当月"),
        ("each month", "", "每月"),
        ("late over 30 minutes: session", "", "迟到超过30分钟: 节"),
        ("when: became(dropped_out)", "", "当: 转为(辍学)"),
        ("not in", "", "不属于"),
        ("student", "role", "学生本人"),
        ("student", "level", "学生"),
        ("days_away >= 3", "", "days_away >= 3"),
        ("{zh: text, en: text}", "", "{zh: text, en: text}"),
    ],
)
def test_a_piece_is_said_as_its_place_wants_it(text, kind, said):
    """Keys with their values, forms, conditions; what is no word of ours stays."""
    assert said == chinese(text, kind)


def test_a_file_is_chinese_by_most_of_its_keywords():
    """Names and titles are nobody's keywords, and a text that YAML cannot read has its language too."""
    assert in_chinese(Source("p.yaml", "制度: a\n角色：{班主任: {title: x, 所属: 班级}\n"))
    assert not in_chinese(Source("p.yaml", "policy: a\nroles: {班主任: {title: 班主任, of: class}}\n# 角色: 班主任\n"))
    assert not in_chinese(Source("p.yaml", ""))


def test_one_problem_in_both_languages_of_people():
    """The sentence is in the language of its reader, the keywords in that of the file."""
    (problem,) = check_policy(Source("p.yaml", "制度: a\n沿用: standard.yaml\n参数: {家访天数: {标题: x}}\n"))[1]

    assert "parameter `家访天数` has no `取值`" == problem.message
    assert "write `取值: ...`, or `必填: 是` where the adopting school sets it" == problem.help
    assert "请写 `取值: ...`；要由采用的学校来定的，请写 `必填: 是`" == told(problem.help, "zh")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("频次: 每周", "频次: 每3个半天", "`每3个半天` 不是间隔"),
        ("检查: 学期结束", "检查: 3个上学日", "`3个上学日` 不是校历里的位置"),
        ("{取值: 2%}", "{取值: 3个上学日}", "`辍学上限` 的值是 `3个上学日`，而用到它的地方（第 87 行）要的是人数比例"),
    ],
)
def test_what_the_author_wrote_is_quoted_as_it_stands(old, new, said):
    """And not in the words in which it was read."""
    text = (EXAMPLE / "policy.yaml").read_text(encoding="utf-8").replace(old, new)

    assert [said] == [told(problem.message, "zh") for problem in check_policy(Source(str(EXAMPLE / "policy.yaml"), text))[1]]


def in_chinese_keywords(source):
    """A text with its keywords in Chinese; None where it cannot be read."""
    tree, _ = parse(source)
    if tree is None:
        return None
    lines = list(source.lines)
    found = {}
    for node, pieces in keywords(tree, "policy", Turn(ZH, defined(tree, "policy"))):
        start = node.span.col - 1 + node.quoted
        found.setdefault(node.span.line, set()).update(Piece(start + one.start, start + one.end, one.text) for one in pieces)
    for number, pieces in found.items():
        lines[number - 1] = spliced(lines[number - 1], tuple(sorted(pieces, key=lambda piece: piece.start)))
    return Source(source.path, "\n".join(lines) + "\n")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name.removesuffix(".bad.yaml"))
def test_every_fault_in_chinese_keywords_is_told_in_them(path):
    """No help shows a key in English that its author did not write. Guards against a part of a message that nobody marked as ours."""
    try:
        source = in_chinese_keywords(Source(path.name, path.read_text(encoding="utf-8")))
    except UnicodeDecodeError:
        return
    for problem in check_policy(source)[1] if source is not None else ():
        shown = [one for one in code(problem.help) if one not in source.line(problem.span.line)] if in_chinese(source) else []
        keys = [key for one in shown for key in re.findall(r"(?<![\w.])(\w+)(?=:(?:[\s`]|$))|^`(\w+)`$", one)]

        assert [] == [(shown, key) for pair in keys for key in pair if key in ENGLISH and not re.search(rf"\b{key}\b", source.text)], problem.help


def test_a_unit_is_a_word_of_the_english_sentence():
    """In Chinese it is said as the file writes it; in English the sentence keeps its own word."""
    text = "制度: a\n沿用: standard.yaml\n参数: {家访天数: {取值: 2天}}\n角色: {班主任: {所属: 班级}}\n阶梯:\n  缺课:\n    台阶: {甲: {当: days_away >= 家访天数}}\n    结案: {当: days_back >= 1}\n"
    (problem,) = check_policy(Source("p.yaml", text))[1]

    assert "`days_away` is in school days and `家访天数` is in days" == problem.message
    assert "`days_away` 是以 `上学日` 计的数，`家访天数` 是以 `天` 计的数" == told(problem.message, "zh")
    assert "如果是这个意思，请在第 3 行写 `2个上学日`" == told(problem.help, "zh")


def texts_of(node):
    """Every text of a tree with whether it is a key."""
    if isinstance(node, MapNode):
        for key, value in node.entries:
            yield key, True
            yield from texts_of(value)
    elif isinstance(node, ListNode):
        for item in node.items:
            yield from texts_of(item)
    else:
        yield node, False


@pytest.mark.parametrize("name", READ)
def test_nothing_is_told_in_english_keywords_to_a_chinese_file(name):
    """Whichever key or value is wrong. Guards against a list or a part of a message that nobody marked as ours: what is not marked is taken for the author's."""
    source = Source(str(EXAMPLE / name), (EXAMPLE / name).read_text(encoding="utf-8"))
    tree, _ = parse(source)
    words = ENGLISH.union(*CHOICES.values(), FUNCTIONS, STATUSES)
    for node, key in texts_of(tree):
        for wrong in ("甲乙丙",) if key else ("甲乙丙", "{}", "{甲乙: 丙丁}"):
            line = source.line(node.span.line)
            text = source.text.replace(line, line[: node.span.col - 1] + wrong + line[node.span.end_col - 1 :], 1)
            shown = {word for problem in READ[name](Source(source.path, text)) for said in (problem.message, problem.help) for word in code(told(said, "zh"))}
            assert [] == [word for word in shown if word[1:-1] in words and word[1:-1] not in text], (line, wrong)
