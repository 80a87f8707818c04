"""What docs/editor.md shows is so: its commands write schemas, and an editor's settings name what they write."""

import json
import re
import shlex
from pathlib import Path

from jsonschema import Draft7Validator

from tests.commands.world import call
from tests.schema.core import read

PAGE = (Path(__file__).parents[1] / "docs" / "editor.md").read_text(encoding="utf-8")


def blocks(language):
    return [text for name, text in re.findall(r"```(\w*)\n(.*?)```", PAGE, re.DOTALL) if name == language]


def test_the_schemas_are_written_as_the_page_says(tmp_path, monkeypatch):
    """Each to its file; the file that names one is valid by it."""
    monkeypatch.chdir(tmp_path)
    commands = [line for line in blocks("")[0].splitlines() if line.startswith("escalate ")]
    for command in commands:
        assert 0 == call(*shlex.split(command)[1:]).exit_code
    written = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()}
    named = re.search(r"\$schema=(\S+)", blocks("yaml")[0])[1]

    assert 4 == len(commands) == len(written)
    Draft7Validator(written[named]).validate(read(blocks("yaml")[0])[1])
    assert list(written) and set(written) == set(json.loads(blocks("json")[0])["yaml.schemas"])


def test_what_an_editor_starts_is_a_command():
    """In each editor's settings alike."""
    code, helix = json.loads(blocks("json")[1]), blocks("toml")[0]
    [neovim] = re.findall(r"cmd = \{ (.*?) \}", blocks("lua")[0])
    commands = [
        [code["glspc.server.command"], *code["glspc.server.commandArguments"]],
        re.findall(r"'(\w+)'", neovim),
        re.findall(r'^(?:command|args) = \W*"(\w+)"', helix, re.MULTILINE),
    ]

    assert [["escalate", "lsp"]] * 3 == commands
    assert "escalate lsp" in blocks("")[1].splitlines()
    assert 0 == call("lsp", "--help").exit_code


def test_the_files_of_the_settings_are_those_of_a_kind():
    """No spec is checked as a policy, and YAML is read as 1.2 does."""
    settings = json.loads(blocks("json")[0])

    assert "1.2" == settings["yaml.yamlVersion"]
    assert not any("*" in name for name in settings["yaml.schemas"]["policy.schema.json"])
