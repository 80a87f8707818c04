"""Conditions from one language into the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate.conditions import Condition
from escalate.grammar import Names, parse_condition
from escalate.keywords import ASKED, CONSTANTS, FUNCTIONS, STATUSES, UNITS
from escalate.parse import TextNode, Written
from escalate.source import Source, Span
from escalate.translate.conditions import pieces, spliced, turned
from escalate.translate.forms import EN, ZH
from escalate.translate.own import Own

OWN = Own(bare=frozenset({"连续旷课", "特殊情况", "days_away", "转化等级", "在逃"}), moments=frozenset({"辍学", "家访"}))


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("连续旷课 >= 3 且 非 特殊情况", "连续旷课 >= 3 and not 特殊情况"),
        ("连续旷课>=3且非特殊情况", "连续旷课>=3 and not 特殊情况"),
        ("连续旷课 ≥ 3个上学日且在籍", "连续旷课 ≥ 3 school days and enrolled"),
        ("(在籍或休学)且非在逃", "(enrolled or on_leave) and not 在逃"),
        ("已办结（家访）或非(特殊情况)", "done（家访） or not (特殊情况)"),
        ('转化等级 不属于 ["辍学"]', '转化等级 not in ["辍学"]'),
        ('转为(辍学, 原因="打工") 且 学期第几周>=2', 'became(dropped_out, cause="打工") and term_week>=2'),
        ('次数(家访, 结果="拒绝", 期间="3年") >= 2', 'times(家访, result="拒绝", within="3 years") >= 2'),
        ("曾经(转出, 自=学期开始)", "ever(transferred_out, since=term_start)"),
        ("距今天数(立案) >= 14天", "days_since(case) >= 14 days"),
        ("结果(家访) == 无结果", "outcome(家访) == none"),
        ("7 <= 年级 <= 9", "7 <= grade <= 9"),
        ("占比 >= 10%且在籍", "占比 >= 10% and enrolled"),
    ],
)
def test_a_condition_and_its_twin(chinese, english):
    assert english == turned(chinese, OWN, EN)
    assert english == turned(turned(english, OWN, ZH), OWN, EN)


@pytest.mark.parametrize(
    "text",
    ["家访.一天", 'x == "在籍"', "“且”", "received(毕业证)", "done(在籍)", "fired(休学)", "在逃", "有电话没电话", "三 天", "距今天数"],
)
def test_what_is_no_keyword_stays(text):
    """Texts in quotes, what is asked about, dotted names, names."""
    assert text == turned(text, OWN, EN)


def test_the_name_of_an_author_wins():
    """A flag, a stage or an item that is spelled like a word of the language is that."""
    own = Own(bare=frozenset({"在籍", "年级", "且"}), moments=frozenset({"立案"}))

    assert "在籍 and 年级 >= 3" == turned("在籍 and 年级 >= 3", own, EN)
    assert "days_since(立案) >= 3" == turned("距今天数(立案) >= 3", own, EN)
    assert "转为(辍学)" == turned("became(dropped_out)", Own(moments=frozenset({"辍学"})), ZH)


def test_words_that_could_be_read_in_two_ways_stay_together():
    """Nothing is guessed; where only one way is a sentence, it is that."""
    assert "甲且非乙" == turned("甲且非乙", Own(bare=frozenset({"甲", "乙", "非乙"})), EN)
    assert "甲 and not 乙" == turned("甲且非乙", Own(bare=frozenset({"甲", "乙", "甲且"})), EN)


def test_a_long_run_takes_no_long_time():
    """And what no scanner would read is left to it."""
    assert "甲" * 1999 == turned("甲" * 1999, Own(bare=frozenset({"甲", "甲甲"})), EN)
    assert "在籍" * 1001 == turned("在籍" * 1001, OWN, EN)


def test_a_problem_stands_where_it_was_written():
    """And says what the author wrote."""
    text = "在籍且连续旷课>=3周"
    source = Source("p.yaml", f"当: {text}")
    found = pieces(text, OWN, EN)
    written = Written(text, tuple((piece.start, piece.end, len(piece.text)) for piece in found))
    names = Names(measures={"连续旷课": "school_day"})

    _, (problem,) = parse_condition(spliced(text, found), Span(source, 1, 4, 1, 4 + len(text)), names, written)

    assert (1, 4 + text.index("3周"), 4 + len(text)) == (problem.span.line, problem.span.col, problem.span.end_col)
    assert "`连续旷课` is in school days and `3周` is in weeks" == problem.message


WORDS = st.sampled_from((
    "days_away", "特殊情况", "special", "(", ")", "[", "]", ",", ">=", "==", " ", "  ", "3", "10%", "3 school days", '"在籍"', ".", "=", "since",
    "and", "or", "not", "in", "not in", *CONSTANTS, *ASKED, *STATUSES, *(f"{name}(" for name in FUNCTIONS), "case", "term_start",
    *(f"2 {unit}s" for unit in UNITS), 'within="3 years"', 'within="term"',
))  # fmt: skip
CHINESE = st.text(st.sampled_from("在籍且或非不属于休学特殊情况连续旷课3个上学日天周 ()（）>=\"'“”,，.是否无结果已办结"), max_size=30)


@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_english_comes_back(text):
    """Whatever the order of the words."""
    assert text == turned(turned(text, OWN, ZH), OWN, EN)


@given(CHINESE)
def test_any_text_is_turned_and_then_stays(text):
    """Nothing raises; what is English is not turned again."""
    once = turned(text, OWN, EN)

    assert once == turned(once, OWN, EN)
    for piece in pieces(text, OWN, EN):
        assert 0 <= piece.start < piece.end <= len(text)


def test_a_text_knows_nothing_of_what_was_written():
    """Two that say the same are the same."""
    span = Span(Source("p.yaml", ""), 1, 1, 1, 1)

    assert TextNode("and", span) == TextNode("and", span, written=Written("且", ((0, 1, 3),)))
    assert isinstance(parse_condition("true", None, Names())[0], Condition)
