"""docs/chinese.md: its list of words is that of the table, its policy is one, and its commands run."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from escalate import keywords
from escalate.load import load_policy
from escalate.source import Source
from escalate.translate.forms import EN, ZH, turned
from escalate.translate.shapes import SHAPES
from tests.commands.world import call

PAGE = Path(__file__).parents[1] / "docs" / "chinese.md"
# The mappings in which people write, by what they are called.
KEYS = {
    "制度": "policy", "施行、学期": "stretch", "参数": "parameter", "学生的标记、属性": "student", "角色": "role", "日结规则": "day", "计量": "measure",
    "阶梯": "ladder", "台阶、结案": "stage", "待办、奖惩": "item", "由、对象、告知": "who", "例行工作": "duty", "目标": "target", "目标的基数": "base",
    "台账": "register", "结果(制度)": "result", "校历": "calendar", "校历的一天": "plan", "校历的办公日": "office", "周课表": "week", "样例测试": "spec",
    "样例": "case", "样例中的事实": "event",
    "样例的预期": "expected",
}  # fmt: skip
VALUES = {
    "含义(考勤)": keywords.MEANINGS, "学籍": keywords.STATUSES, "单位": keywords.ALONE, "层级(所属、各)": keywords.CHOICES["held"],
    "不必定义的角色": keywords.OWN_ROLES, "是与否": keywords.TRUTHS,
    **{
        name: keywords.CHOICES[kind]
        for name, kind in {
            "换版": "on_change", "类型": "is", "总数": "of", "节次(计量)": "sessions", "存续": "lasts", "起算": "from", "按时依据": "done_by",
            "遇无课": "if_no_school", "假期": "in_holidays", "每": "per", "计入(奖惩)": "for", "列出": "list", "台账的列": "column", "校历的类别": "kind",
            "期限、记入(预期)": "or_none",
        }.items()
    },
}  # fmt: skip
CONDITIONS = {
    "连接": keywords.OPERATORS, "常数": keywords.CONSTANTS, "名字": keywords.ASKED, "函数": keywords.FUNCTIONS, "选项": keywords.OPTIONS, "起点": keywords.MOMENTS,
}  # fmt: skip
FORMS = {
    "期限": "due", "期间": "window", "日期、始于、检查": "check", "频次": "every", "再次": "again", "基数": "base", "缺课认定": "absent_when",
    "最低基数、课时": "length", "保存": "kept", "遇假期": "in_break", "累计等(除含义外)": "counted", "另计": "extra", "记入": "entry",
    "不超过、低于、不低于、高于": "limit",
}  # fmt: skip
LENGTHS = {
    "window": "4 school weeks", "every": "4 weeks", "again": "5 school days", "base": "3 school years", "absent_when": "4 sessions", "length": "40 sessions",
    "kept": "3 school years", "in_break": "30 days", "extra": "30 minutes",
}
SAMPLES = {
    "n": "5%", "heads": "2 students", "nth": "15th", "clock": "16:00", "name": "名字", "anchor": "term start", "rest": "评优资格",
}


def rows(heads: tuple[str, str], words: Mapping[str, str]) -> Iterator[str]:
    yield f"| {heads[0]} | {heads[1]} |"
    yield "|---|---|"
    yield from (f"| `{chinese}` | `{english}` |" for english, chinese in words.items())
    yield ""


def line(name: str, words: Mapping[str, str]) -> str:
    return f"| {name} | {'、'.join(f'`{chinese}` {english}' for english, chinese in words.items())} |"


def forms(kind: str) -> Mapping[str, str]:
    each = [form[EN].replace("{period}", period) for form in keywords.FORMS[kind] for period in (keywords.PERIODS if "{period}" in form[EN] else ("",))]
    texts = [
        one.format(**SAMPLES, length="2 weeks" if "{anchor}" in one else "10 school days" if "{nth}" in one else LENGTHS.get(kind, "3 school days"))
        for one in each
    ]
    return {text: turned(kind, text, ZH) for text in texts if text not in keywords.MEANINGS}


def words() -> str:
    """The tables of the page."""
    made = ["### 键", "", "| 写在哪里 | 键 |", "|---|---|", *(line(name, SHAPES[shape].words) for name, shape in KEYS.items()), ""]
    made += ["标题等文字若由参数给出,写 `{参数: 参数名}`。", ""]
    made += ["### 值", "", "| 用在哪里 | 词 |", "|---|---|", *(line(name, table) for name, table in VALUES.items()), ""]
    made += ["### 带数字、单位和名字的写法", "", "数字、单位、名字换成自己的即可。", ""]
    for name, kind in FORMS.items():
        made += rows((name, "English"), forms(kind))
    made += ["带数字的单位:" + "、".join(f"`3{word}`" for word in keywords.UNITS.values()) + "。", ""]
    made += ["### 条件", "", "| | 词 |", "|---|---|", *(line(name, table) for name, table in CONDITIONS.items()), ""]
    made += ["学籍的词也可以单独写在条件里:`在籍 且 非 休学`。比较用符号:`>=` `<=` `>` `<` `==` `!=`,或 `≥` `≤` `≠`。"]
    return "\n".join(made)


def test_the_words_of_the_page(request: pytest.FixtureRequest) -> None:
    """Every word, as the table has it."""
    text = PAGE.read_text(encoding="utf-8")
    begin, end = "<!-- words -->\n", "<!-- end -->"
    made = f"{text.partition(begin)[0]}{begin}{words()}\n{end}{text.partition(end)[2]}"
    if request.config.getoption("--update-golden"):
        PAGE.write_text(made, encoding="utf-8")

    assert made == PAGE.read_text(encoding="utf-8")


def test_no_word_is_left_out() -> None:
    """A new mapping, choice or form has its place on the page."""
    inner = {"change", "school", "text", "whose", "text_parameter"}
    tables = {id(table) for table in VALUES.values()}
    left = {kind for kind, table in keywords.CHOICES.items() if id(table) not in tables} - {"truth", "level", "status", "unit", "weekday"}

    assert set() == {name for name, shape in SHAPES.items() if shape.words} - {*KEYS.values()} - inner
    assert set() == left
    assert set() == set(keywords.FORMS) - {*FORMS.values()} - {"anchor", "floor", "own extra", "value"}


def test_the_policy_of_the_page() -> None:
    policy = load_policy(Source("policy.yaml", re.search(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[1]))

    assert ("缺课.三天.家访", "parent") == (policy.ladders["缺课"].stages[0].do[0].path, policy.ladders["缺课"].stages[0].do[0].to.entries[0].name)


def test_what_the_page_of_the_language_shows() -> None:
    """Its policy in both languages at once."""
    found = re.findall(r"```yaml\n(制度:.*?)```", PAGE.with_name("language.md").read_text(encoding="utf-8"), re.DOTALL)

    assert [["家访"]] == [[action.name for action in load_policy(Source("policy.yaml", text)).ladders["缺课"].stages[0].do] for text in found]


def test_the_commands_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the example's files: laid out and in Chinese already, and otherwise in English."""
    for name in ("policy.yaml", "policy.spec.yaml", "calendar.yaml"):
        (tmp_path / name).write_bytes((PAGE.parents[1] / "examples" / "zh" / name).read_bytes())
    monkeypatch.chdir(tmp_path)
    lines = [one for one in PAGE.read_text(encoding="utf-8").splitlines() if one.startswith("escalate ")]

    assert [0, 0, 1] == [call(*one.split()[1:]).exit_code for one in lines]
