"""Spec files in pytest: what is collected, how it is named, what a failure says."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from escalate import pytest_plugin
from escalate.kinds import SPEC as ENDING
from escalate.quoting import in_quotes
from escalate.spec import cases_below, failure

from .spec.world import POLICY

pytest_plugins = ["pytester"]

SPEC = """\
from: 2025-11-03
cases:
  一天,家访:
    marks: {s1: "A"}
    expect: {2025-11-03: [{issued: visit}]}
  "两天: a::b [x] (c/d)":
    marks: {s1: "A"}
    expect: {2025-11-03: [{issued: report}]}
"""
TWO = "两天: a:b [x] (c/d)"
ALL = "escalate_specs = true"


@pytest.fixture
def play(pytester, monkeypatch):
    """Run pytest in a folder with a policy and its spec, of which one case fails; the plugin is there once, whether it is installed or not."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    folder = pytester.mkdir("rules")
    (folder / "policy.yaml").write_text(POLICY, encoding="utf-8")
    (folder / "policy.spec.yaml").write_text(SPEC, encoding="utf-8")
    (pytester.path / "openapi.spec.yaml").write_text("openapi: 3.1.0\n", encoding="utf-8")

    def run(*args, ini=""):
        pytester.makeini(f"[pytest]\n{ini}\n")
        return pytester.runpytest_inprocess("-p", "escalate.pytest_plugin", "-p", "no:cacheprovider", *args)

    return run


def test_each_case_is_a_test(play):
    """By its name, below its file."""
    found = play("rules/policy.spec.yaml", "-v")

    found.assert_outcomes(passed=1, failed=1)
    found.stdout.fnmatch_lines(["rules/policy.spec.yaml::一天,家访 PASSED*", f"rules/policy.spec.yaml::{TWO.replace('[', '[[]')} FAILED*"])


def test_a_failure_says_what_the_command_line_says(play, pytester):
    """Every line of it, and no traceback."""
    found = play("rules/policy.spec.yaml", "--tb=long")
    lines = [failure(case) for case in cases_below("rules/policy.spec.yaml")][1].split("\n")

    assert lines[0].startswith("rules/policy.spec.yaml:6:3: 两天")
    found.stdout.fnmatch_lines([line.replace("[", "[[]") for line in lines], consecutive=True)
    found.stdout.no_fnmatch_line("*pytest_plugin.py*")
    found.stdout.no_fnmatch_line("*Traceback*")


@pytest.mark.parametrize(("args", "ini", "cases"), [
    ([], "", 0),
    (["rules"], "", 0),
    (["rules"], ALL, 2),
    ([], f"{ALL}\ntestpaths = rules", 2),
    (["rules", "rules/policy.spec.yaml"], ALL, 2),
    (["rules/policy.spec.yaml"], "", 2),
    (["rules/policy.spec.yaml", "-k", "家访"], "", 1),
    ([f"rules/policy.spec.yaml::{TWO}"], "", 1),
])
def test_what_is_collected(play, args, ini, cases):
    """Files that are named; those of folders where the project asks for it; each case once, by its id too."""
    found = play(*args, "--collect-only", "-q", ini=ini)

    assert cases == sum(line.startswith("rules/policy.spec.yaml::") for line in found.outlines)
    assert 0 == found.parseoutcomes().get("errors", 0)


def test_what_cannot_be_read_is_an_error_at_its_place(play, pytester):
    """Every problem, and no traceback; the other files are played where pytest is told to go on."""
    (pytester.path / "rules" / "other.spec.yaml").write_text(SPEC.replace("issued: visit", "issued: vist").replace("report", "reprot"), encoding="utf-8")
    found = play("rules", "--continue-on-collection-errors", ini=ALL)

    found.assert_outcomes(passed=1, failed=1, errors=1)
    found.stdout.fnmatch_lines([
        "*ERROR collecting rules/other.spec.yaml*",
        "rules/other.spec.yaml:5:36: unknown item `vist`*",
        "*help: did you mean `visit`?",
        "rules/other.spec.yaml:8:36: unknown item `reprot`*",
    ])
    found.stdout.no_fnmatch_line("*pytest_plugin.py*")


def test_what_is_warned_of_is_among_the_warnings(play, pytester):
    """The case is played all the same."""
    spec = SPEC.replace('marks: {s1: "A"}\n    expect: {2025-11-03: [{issued: visit}]}', "marks: {s1: {2025-11-08: PPP}}\n    expect: {}")
    (pytester.path / "rules" / "policy.spec.yaml").write_text(spec, encoding="utf-8")
    found = play("rules/policy.spec.yaml", "-W", "default")

    found.assert_outcomes(passed=1, failed=1, warnings=1)
    found.stdout.fnmatch_lines(["*rules/policy.spec.yaml:4:18: warning: there is no school on 2025-11-08*"])


def test_a_fault_of_ours_keeps_its_traceback(play, monkeypatch):
    """It is no failure of the policy."""
    monkeypatch.setattr("escalate.spec.failure", lambda case: 1 // 0)
    found = play("rules/policy.spec.yaml")

    found.stdout.fnmatch_lines(["*ZeroDivisionError*"])


def test_workers_share_the_cases(play):
    """With pytest-xdist."""
    pytest.importorskip("xdist")
    found = play("rules/policy.spec.yaml", "-p", "xdist", "-n", "2", "-v")

    found.assert_outcomes(passed=1, failed=1)
    found.stdout.fnmatch_lines(["*rules/policy.spec.yaml:6:3: 两天*"])


def test_it_costs_nothing_where_there_is_no_spec():
    """Of escalate only the plugin itself is imported."""
    code = "import sys, pytest; before = set(sys.modules); import escalate.pytest_plugin; print(*sorted(set(sys.modules) - before))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert ["escalate", "escalate.pytest_plugin"] == [name for name in loaded if not name.startswith("importlib")]


def test_it_is_found_by_pytest():
    """By the entry point of the package; and it means the same files as `escalate test`."""
    text = (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")

    assert re.search(rf'^\[project\.entry-points\.pytest11\]\nescalate = "{pytest_plugin.__name__}"$', text, re.MULTILINE)
    assert ENDING == pytest_plugin.ENDING


# --- in the tree of an editor ---------------------------------------------------------------------------------

TITLES = (
    "三天", "三天[寄宿]", "三天 [走读]", "三天[", "三天，家访", "a/b", "a\\b", "a:b", "a::b", "a:::b", "::a", "a::", "[x]", "-k", "一  二", "一 二", "x[y]::z", "{病假}", "a b", "'q' \"r\"", "100%",
    "三天[寄宿", "* ?", "#1",
)  # fmt: skip


class Tree:
    """What an editor reads of each item as VS Code's plugin does: its id, where it stands, and its parents up to the session."""

    def __init__(self):
        self.nodes = []
        self.outcomes = {}

    def pytest_collection_finish(self, session):
        for item in session.items:
            file = item.parent
            parents = [item]
            while parents[-1].parent is not None:
                parents.append(parents[-1].parent)
            assert parents[-1] is session
            assert session.path in (*item.path.parents, item.path)
            assert item.path == file.path
            assert item.nodeid.split("::")[0] == file.nodeid
            path, line, name = item.location
            self.nodes.append((f"{item.path}::{'::'.join(item.nodeid.split('::')[1:])}", line + 1, name, path, item.name))

    def pytest_runtest_logreport(self, report):
        if report.when == "call":
            self.outcomes[report.nodeid] = report.outcome


@pytest.fixture
def editor(pytester, monkeypatch):
    """Collect, or run by ids, as an editor does, in a folder with cases of difficult names; the even ones fail."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    folder = pytester.mkdir("制度")
    (folder / "policy.yaml").write_text(POLICY, encoding="utf-8")
    cases = [f"  {in_quotes(title)}:\n    marks: {{s1: A}}\n    expect: {'{}' if n % 2 else '{2025-11-03: [{issued: visit}]}'}\n" for n, title in enumerate(TITLES)]
    (folder / "policy.spec.yaml").write_text(f"from: 2025-11-03\ncases:\n{''.join(cases)}", encoding="utf-8")
    pytester.makeini(f"[pytest]\n{ALL}\n")

    def run(*args):
        tree = Tree()
        result = pytester.inline_run("-p", "escalate.pytest_plugin", "-p", "no:cacheprovider", *args, plugins=[tree])
        return tree, result

    return run


def test_an_editor_finds_each_case_at_its_place(editor, pytester):
    """A node of its own for each, at the line on which its name stands."""
    tree, _ = editor("--collect-only", "--rootdir", str(pytester.path), ".")
    lines = (pytester.path / "制度" / "policy.spec.yaml").read_text(encoding="utf-8").splitlines()

    assert len(TITLES) == len({node for node, *_ in tree.nodes}) == len(tree.nodes)
    assert [f"  {in_quotes(title)}:" for title in TITLES] == [lines[line - 1] for _, line, *_ in tree.nodes]
    assert {("制度/policy.spec.yaml", True)} == {(path, name == own) for *_, name, path, own in tree.nodes}


@pytest.mark.parametrize("number", range(len(TITLES)), ids=[f"{title!a}" for title in TITLES])
def test_an_editor_runs_one_case_by_its_id(editor, pytester, number):
    """That one and no other, and its answer comes under the same id."""
    node = editor("--collect-only", ".")[0].nodes[number][0]
    tree, _ = editor("--rootdir", str(pytester.path), node)

    assert [node] == [found for found, *_ in tree.nodes]
    assert {node.removeprefix(f"{pytester.path}/"): "failed" if number % 2 else "passed"} == tree.outcomes
