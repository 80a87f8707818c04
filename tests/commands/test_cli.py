"""The command line as a whole: help, version, and what each command promises."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

import escalate
from escalate.cli import main
from escalate.matcher import NAMES

from .world import build, call, run


def commands(group, path=()):
    """Every command with its words."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


COMMANDS = dict(commands(main))


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example(words):
    """One that begins as it is called."""
    found = call(*words, "--help")

    assert 0 == found.exit_code
    assert f"Example:\n    escalate {' '.join(words)} " in found.stdout


@pytest.mark.parametrize("words", [(), ("audit",), ("calendar",)], ids=" ".join)
def test_every_group_has_help_with_an_example(words):
    """Its lines as they were written."""
    found = call(*words, "--help").stdout

    assert f"\n  Example:\n    escalate {' '.join(words)}" in found
    assert "\\b" not in found


def test_the_policy_of_the_example_is_there():
    """Whoever tries it from the project's folder finds the file."""
    [path] = re.findall(r"policies/\S+", call("check", "--help").stdout)

    assert (Path(__file__).parents[2] / path).is_file()


def test_the_matchers_are_those_that_there_are():
    """Named in the command line by hand, so that its help needs no engine."""
    [choice] = [option.type for option in COMMANDS["run",].params if option.name == "matcher"]

    assert sorted(NAMES) == sorted(choice.choices)


def test_version():
    """One line."""
    assert f"escalate {escalate.__version__}\n" == call("--version").stdout


def test_help_loads_nothing_but_the_command_line():
    """It comes at once."""
    code = "import sys; sys.argv = ['escalate', '--help']; import atexit; atexit.register(lambda: print(*sorted(sys.modules), file=sys.stderr))\nfrom escalate.cli import main; main()"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stderr.split()

    assert set() == {"attr", "rich", "yaml", "escalate.engine", "escalate.source"} & set(loaded)


def test_a_reader_that_has_seen_enough_is_no_fault_of_ours(tmp_path):
    """`escalate check ... | head -0`."""
    path = build(tmp_path) / "policy.yaml"
    with subprocess.Popen([sys.executable, "-m", "escalate", "check", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as piped:
        piped.stdout.close()
        said = piped.stderr.read()

    assert "" == said


def test_explain_tells_of_an_item_and_of_a_student(tmp_path):
    """From the folder of a run alone."""
    run(build(tmp_path))

    item = call("explain", tmp_path / "term", "hill/s1/absence/1/one_day/1/visit/teacher")
    student = call("explain", tmp_path / "term", "--student", "s1", "--format", "json")

    assert (0, 0) == (item.exit_code, student.exit_code), item.output + student.output
    assert "Visit" in item.stdout


def test_explain_needs_one_of_item_and_student(tmp_path):
    """Not both, not neither."""
    assert 2 == call("explain", tmp_path).exit_code
    assert 2 == call("explain", tmp_path, "hill/s1/absence/1/one_day/1/visit/teacher", "--student", "s1").exit_code


def test_importing_a_module_never_hides_a_public_name():
    """A module and a function of one name would take each other's place; `policies` is a module."""
    code = "import escalate, pkgutil, importlib\nfor m in pkgutil.iter_modules(escalate.__path__):\n  m.name == '__main__' or importlib.import_module(f'escalate.{m.name}')\n"
    code += "import types; print([n for n in escalate.__all__ if isinstance(getattr(escalate, n), types.ModuleType)])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "['policies']\n" == found.stdout
