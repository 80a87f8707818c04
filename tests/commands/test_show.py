"""`escalate show` and `escalate diagram`: to the terminal, to a file, and what is refused."""

import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from escalate.commands import show as command
from escalate.commands.show import _parts
from escalate.pictures import markdown, mermaid, svg, table_of
from escalate.reports.table import PLAIN_WIDTH
from tests.pictures.shelf import ROOT, loaded

from .world import call

PATH = ROOT / "policies" / "S002-02" / "adopted.yaml"
POLICY = loaded(PATH)
NARROWEST = 8 * (6 + 3) + 1  # eight columns of six cells in their frame


def test_the_table_in_a_pipe():
    """A line each row, every cell whole."""
    found = call("show", PATH, "--table")
    lines = found.stdout.splitlines()

    assert 0 == found.exit_code
    assert "合胜小学防流控辍方案(示例学校)  2023年9月1日起施行" == lines[0]
    assert ["一天未回校", "连续旷课天数 ≥ 1", "班主任、班级防流控辍小组", "班主任与小组家访；结果：马上到校／答应到校／拒绝／未联系上"] == [cell.strip() for cell in next(line for line in lines if line.startswith("一天")).split("  ") if cell][:4]


def test_the_other_formats():
    """As the makers make them, in the language that was asked for."""
    assert markdown(table_of(POLICY, "en")) == call("show", PATH, "--table", "--format", "markdown", "--lang", "en").stdout
    assert table_of(POLICY).as_values() == json.loads(call("show", PATH, "--table", "--format", "json").stdout)
    assert svg(POLICY) == call("diagram", PATH).stdout
    assert mermaid(POLICY, "en") == call("diagram", PATH, "--format", "mermaid", "--lang", "en").stdout


@pytest.mark.parametrize("width", [200, 120, 109, 80, 40])
def test_the_table_on_a_terminal_keeps_to_its_width(width):
    """A narrow one does without the column that the rows repeat."""
    console = Console(width=PLAIN_WIDTH)
    with console.capture() as captured:
        for part in _parts(table_of(POLICY), width):
            console.print(part)

    assert max(cell_len(line) for line in captured.get().splitlines() if line.startswith("│")) <= max(width, NARROWEST)
    assert ("逾期则" in captured.get()) == (width >= 110)


def test_to_a_file(tmp_path):
    """It is written again where it is a picture, and told by its name."""
    out = tmp_path / "ladders.svg"
    for _ in range(2):
        found = call("diagram", PATH, "--out", out)

    assert (0, f"{out}: 合胜小学防流控辍方案(示例学校)\n") == (found.exit_code, found.stdout)
    assert svg(POLICY) == out.read_text(encoding="utf-8")


def test_a_policy_is_never_written_over(tmp_path):
    """Whatever is asked for."""
    out = tmp_path / "policy.yaml"
    out.write_bytes(PATH.read_bytes().replace(b"extends: policy.yaml", b"extends: plan.yaml"))
    (tmp_path / "plan.yaml").write_bytes((PATH.parent / "policy.yaml").read_bytes())
    before = out.read_bytes()

    assert 1 == call("diagram", out, "--out", out).exit_code
    assert before == out.read_bytes()


def test_a_workbook(tmp_path):
    """A sheet for each section."""
    openpyxl = pytest.importorskip("openpyxl", reason="the package openpyxl is not installed")
    out = tmp_path / "table.xlsx"

    assert 0 == call("show", PATH, "--table", "--format", "xlsx", "--out", out).exit_code
    assert ["未请假离校逐级处理", "学期中途流失的成绩", "例行工作", "指标与奖惩"] == openpyxl.load_workbook(out).sheetnames


def test_a_workbook_needs_its_extra_and_a_file(tmp_path, monkeypatch):
    """Both are said clearly, and nothing is written."""
    out = tmp_path / "table.xlsx"
    without = call("show", PATH, "--table", "--format", "xlsx", "--lang", "en")
    monkeypatch.setattr(command, "available", lambda: False)
    missing = call("show", PATH, "--table", "--format", "xlsx", "--out", out)

    assert (2, "error: --format xlsx: say where to write it, with --out FILE\n") == (without.exit_code, without.stderr)
    assert 1 == missing.exit_code
    assert "pip install 'escalate-policy[xlsx]'" in missing.stderr
    assert not Path(out).exists()


def test_a_policy_without_anything_to_do_makes_no_workbook(tmp_path):
    """It has no sheet."""
    path, out = tmp_path / "policy.yaml", tmp_path / "table.xlsx"
    path.write_text("policy: a\nextends: standard.yaml\n", encoding="utf-8")
    found = call("show", path, "--table", "--format", "xlsx", "--out", out)

    assert (1, False) == (found.exit_code, out.exists())
    assert "[nothing-to-show]" in found.stderr
    assert 0 == call("show", path, "--table").exit_code


def test_as_what_to_show_it_must_be_said():
    """There is one way so far."""
    found = call("show", PATH)

    assert 2 == found.exit_code
    assert "--table" in found.stderr


def test_a_wrong_policy_is_refused_at_its_place(tmp_path):
    """As `check` does."""
    path = tmp_path / "policy.yaml"
    path.write_text("policy: a\nladder: {}\n", encoding="utf-8")

    for words in (("show", path, "--table"), ("diagram", path)):
        found = call(*words)
        assert 1 == found.exit_code
        assert "policy.yaml:2:1" in found.stderr


def test_the_commands_of_the_page_run(tmp_path, monkeypatch):
    """Each as docs/pictures.md writes it, on the policy that it writes."""
    page = (ROOT / "docs" / "pictures.md").read_text(encoding="utf-8")
    (tmp_path / "policy.yaml").write_text(re.search(r"```yaml\n(.*?)```", page, re.DOTALL)[1], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    lines = re.findall(r"^escalate (.*)$", page, re.MULTILINE)

    assert [0] * 5 == [call(*line.split()).exit_code for line in lines]
    assert {"policy.yaml", "table.md", "table.xlsx", "ladders.svg"} == {path.name for path in tmp_path.iterdir()}
