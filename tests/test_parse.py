"""Texts to nodes: what a scalar is, where it stands, and that no text does harm."""


from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from escalate.load import check_policy
from escalate.parse import ListNode, MapNode, TextNode, _quickly, _refused, _slowly, decoded, parse, read_source
from escalate.source import Source, render
from tests.mutations import mutated
from tests.strategies import megabytes

CSafeLoader = getattr(yaml, "CSafeLoader", None)


def tree(text):
    node, problems = parse(Source("p.yaml", text))
    assert problems == []
    return node


def kinds(text):
    return [problem.kind for problem in parse(Source("p.yaml", text))[1]]


def texts(node):
    """Every scalar of a tree."""
    if isinstance(node, TextNode):
        return [node.text]
    if isinstance(node, ListNode):
        return [text for item in node.items for text in texts(item)]
    return [text for key, value in node.entries for text in [key.text, *texts(value)]]


# --- what is read -------------------------------------------------------------------------------

def test_every_scalar_stays_text():
    """YAML 1.2's core schema and less: nothing is a boolean, a number, a time or a date."""
    words = ["no", "on", "10:30", "010", "1_000", "2025-09-01", "null", "~", "1e3", ".5", "yes", "0x1F", "="]

    assert words == texts(tree("".join(f"- {word}\n" for word in words)))


def test_quotes_are_remembered():
    """`"S"` names a code where `S` would name a reason."""
    assert [True, True, False] == [item.quoted for item in tree("""- "S"\n- 'S'\n- S""").items]


def test_texts_are_in_nfc():
    """One name has one spelling."""
    assert ["caf\u00e9"] == texts(tree("- cafe\u0301"))


def test_places_count_from_one():
    """A node knows its line and column, in signs, and where it ends."""
    node = tree("名字: 值\nlist: [a, 报告]\n")
    value, items = node.get("名字"), node.get("list")

    assert (1, 5, 1, 6) == (value.span.line, value.span.col, value.span.end_line, value.span.end_col)
    assert (2, 11, 2, 13) == (items.items[1].span.line, items.items[1].span.col, items.items[1].span.end_line, items.items[1].span.end_col)


def test_a_byte_order_mark_moves_nothing(tmp_path):
    """Excel and Notepad write one."""
    path = tmp_path / "p.yaml"
    path.write_bytes("\ufeffpolicy: a".encode())
    source, problems = read_source(path)

    assert problems == []
    assert 1 == parse(source)[0].entries[0][0].span.col


def test_the_order_written_is_kept():
    """Ladders are judged in it."""
    assert ["b", "a", "c"] == [key.text for key, _ in tree("{b: 1, a: 2, c: 3}").entries]


# --- what is refused ------------------------------------------------------------------------------

@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a: &x [1]\nb: *x", "anchor"),
        ("a: !!python/object/apply:os.system [ls]", "tag"),
        ("a: {<<: b}", "merge-key"),
        ("a: 1\n---\nb: 2", "several-documents"),
        ("", "empty-file"),
        ("---\n...\n", None),
        ("{[a]: b}", "key-not-text"),
        ("a: \x07", "control-character"),
        ("a: \ud800", "control-character"),
        ('a: "\\udfff"', "control-character"),
        ("a: b\u202ec", "control-character"),
        ("a: " + "[" * 60, "too-deep"),
        ("".join("  " * n + "- a:\n" for n in range(120)), "too-deep"),
        ("[" + "a," * 60_000 + "]", "too-large"),
        ("#" * 1_000_001, "too-large"),
    ],
)
def test_what_is_refused(text, kind):
    """Each has a kind and a place."""
    source = Source("p.yaml", text)
    problems = parse(source)[1]

    assert ([] if kind is None else [kind]) == [problem.kind for problem in problems]
    assert all(problem.span is not None and render(problem) for problem in problems)


def test_an_alias_bomb_is_refused_at_its_first_anchor():
    """Nine lines that would be a billion texts."""
    lines = ["a0: &a0 [lol, lol]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]

    assert ["anchor"] == kinds("\n".join(lines))


def test_repeated_keys_are_all_reported():
    """Reading goes on after a repeated key."""
    assert ["repeated-key", "repeated-key"] == kinds("a: 1\na: 2\nb: {c: 1, c: 2}")


@pytest.mark.parametrize("text", megabytes())
def test_a_megabyte_of_anything_is_answered(text):
    """With a tree or with problems; bench/hostile.py takes the time."""
    node, problems = parse(Source("p.yaml", text))

    assert node is not None or problems
    assert all(problem.span is not None and render(problem) for problem in problems)


@given(st.binary(max_size=300))
@example(b"\xff\xfe")
@example("标题：控辍".encode("gbk"))
def test_no_bytes_raise(data):
    """Bytes give a source or problems."""
    source, problems = decoded(data, "p.yaml")
    assert (source is None) == bool(problems)
    if source is not None:
        node, problems = parse(source)
        assert node is not None or problems
    assert all(render(problem) for problem in problems)


YAML_SIGNS = st.sampled_from([*list("abc:#-?[]{},&*!|>'\"%@`\\ \n\t~=<"), "：", "，", "“", "”", "｛", "\u3000", ": ", "- ", "\n  ", " #", "�", "\x85", "\u2028", "\\U", "<<", "---\n", "\u200b"])


@settings(max_examples=500)
@given(st.lists(YAML_SIGNS, max_size=60).map("".join))
@example('"\\UFFFFFFFF"')
@example("%YAML 9.9\n---")
@example("a: |9\n b")
@example("{a, b: c}\n: d")
def test_no_text_raises(text):
    """Signs of YAML in any order give a tree or problems, each with its place in the text."""
    source = Source("p.yaml", text)
    node, problems = parse(source)

    assert node is not None or problems
    assert all(problem.span is not None and render(problem) for problem in problems)
    check_policy(source)


def test_nodes_are_equal_by_what_they_say():
    """Spans and braces are no part of a node's meaning."""
    assert tree("{a: b, c: [d]}") == tree("a: b\nc:\n  - d\n")
    assert isinstance(tree("{a: b}"), MapNode)


def test_a_case_of_a_spec_that_is_not_indented_is_blamed_itself():
    """The line too far left, and not the one below it; the title of a case is no word of ours."""
    text = "policy: p.yaml\ncases:\n  one day, a call:\n    marks: {a: A}\ntwo days, a visit:\n    marks: {a: AA}\n  three days:\n    marks: {a: AAA}\n"
    (problem,) = parse(Source("a.spec.yaml", text))[1]

    assert ("indentation", 5) == (problem.kind, problem.span.line)
    assert "the keys beside it start in column 3 (line 3)" == problem.help


def test_a_quoted_text_of_two_lines_is_not_blamed_for_what_stands_below_it():
    """Its end is there; the key below stands in a wrong column."""
    (problem,) = parse(Source("p.yaml", 'policy: p\ntitle: "a long\n  title"\n why: "x"\n'))[1]

    assert ("indentation", 4) == (problem.kind, problem.span.line)


# --- two readers -----------------------------------------------------------------------------------

def placed(found):
    """A tree and what is wrong with it, each with its places, which equal nodes may have others of."""
    def of(span):
        return span.line, span.col, span.end_line, span.end_col

    def under(node):
        if isinstance(node, TextNode):
            return node.text, node.quoted, of(node.span)
        if isinstance(node, ListNode):
            return of(node.span), [under(item) for item in node.items]
        return of(node.span), node.flow, [(under(key), under(value)) for key, value in node.entries]

    return under(found[0]), [(problem.kind, str(problem.message), str(problem.help), of(problem.span)) for problem in found[1]]


ROOT = Path(__file__).parents[1]
TEXTS = sorted(path for folder in ("policies", "examples", "src", "tests") for path in (ROOT / folder).rglob("*.yaml") if path.stat().st_size < 9000)
CUT = "policy: a\nparameters:\n  days: 3 #days\nladders: {one: {stages: [a, 'b, c', \"d\\u4e00\"]}}\n"


@pytest.mark.parametrize("seed", ["", *range(4)])
def test_libyaml_reads_what_pyyaml_reads(seed):
    """Of every text that is here, and of texts with one slip: the same tree, the same places, the same advice."""
    read = 0
    for n, path in enumerate(TEXTS):
        if seed != "" and n % 12 != seed:  # each slip costs a reading by PyYAML
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        source = Source(str(path), text if seed == "" else mutated(text, f"{seed}/{n}"))
        quick = _quickly(source) if not _refused(source) else None
        read += quick is not None
        assert quick is None or placed(quick) == placed(_slowly(source)), (path, seed)
    assert read or CSafeLoader is None


@pytest.mark.parametrize("text", ["a: b\tc\n", "\ufeffa: b\n", "a: b\r\n", "a: 'b\x85c'\n", "a: [b\n", "a: &b c\n", "a: *b\n", "a: !b c\n", "a: {b: }\n", "># a\n", "[---?\n\\]", "[\\- \n?' %\"\"]", "a: b\n---\nc: d\n", "", 'a: "\\UFFFFFFFF"\n', CUT])
def test_what_is_wrong_is_said_by_one_reader(text):
    """And what the two are known to read otherwise is read by that one."""
    source = Source("p.yaml", text)

    tree, problems = parse(source)

    assert (tree, tuple(problems)) == _slowly(source)
    assert text == CUT or _quickly(source) is None


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("[{办理：联系家长，结果：马上到校}]", "[{办理: 联系家长, 结果: 马上到校}]"),
        ("[{办理：联系家长，结果: 马上到校}]", "[{办理: 联系家长, 结果: 马上到校}]"),
        ("[｛办理: 联系家长, 结果: 马上到校｝]", "[{办理: 联系家长, 结果: 马上到校}]"),
        ("【{办理: 联系家长}】", "[{办理: 联系家长}]"),
        ('{小明："旷到"，小红：“到到”}', '{小明: "旷到", 小红: "到到"}'),
        ("{2025-10-01..2025-10-08：国庆，2026-01-01: 元旦}", "{2025-10-01..2025-10-08: 国庆, 2026-01-01: 元旦}"),
        ("{标题: 旷课，注意：及时, 由：班主任}", "{标题: 旷课，注意：及时, 由: 班主任}"),
        ("“17:30”", '"17:30"'),
        ("{2025-11-03 10：00: [｛办理：联系家长｝]}", "{2025-11-03 10:00: [{办理: 联系家长}]}"),
    ],
)
def test_signs_of_chinese_typing_are_one_problem_of_their_line(line, mended):
    """Its help shows the whole line as YAML has it; what stands in texts stays."""
    _, problems = parse(Source("p.yaml", f"a: {line}\n"))

    assert [("full-width", 1, f"write `a: {mended}`")] == [(one.kind, one.span.line, one.help) for one in problems]
    assert parse(Source("p.yaml", f"a: {mended}\n"))[1] == []


@pytest.mark.parametrize("text", ["title: 旷课“逐级”处理", "title: “旷课”和“逃学”", "why: “及时”", "title: '“三个一”'", "title: ｛重要｝通知", "cases: {旷课，家长：在: 1}"])
def test_signs_that_belong_to_a_text_are_no_problem(text):
    """Quotes inside a sentence, the words of a law as a reason, what is quoted already."""
    assert [] == parse(Source("p.yaml", f"{text}\n"))[1]
