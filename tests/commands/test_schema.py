"""`escalate schema`: to the terminal and to a file."""

import json

from escalate.schema import DOCUMENTS, KINDS, schema_of

from .test_cli import COMMANDS
from .world import call


def test_the_kinds_are_those_that_there_are():
    """Named in the command line by hand, so that its help needs no reader."""
    [choice] = [option.type for option in COMMANDS["schema",].params if option.name == "kind"]

    assert list(KINDS) == list(choice.choices)


def test_each_is_printed():
    """In Chinese where nothing else is asked for."""
    for kind in KINDS:
        assert schema_of(DOCUMENTS[kind], "zh") == json.loads(call("schema", kind).stdout)
        assert schema_of(DOCUMENTS[kind], "en") == json.loads(call("schema", kind, "--lang", "en").stdout)


def test_to_a_file(tmp_path):
    """It is written again; what is no schema is not written over."""
    out, policy = tmp_path / "policy.schema.json", tmp_path / "policy.yaml"
    policy.write_text("policy: a\n", encoding="utf-8")
    for _ in range(2):
        found = call("schema", "policy", "--out", out)

    assert (0, f"{out}: escalate 制度文件\n") == (found.exit_code, found.stdout)
    assert schema_of(DOCUMENTS["policy"], "zh") == json.loads(out.read_text(encoding="utf-8"))
    assert 1 == call("schema", "policy", "--out", policy).exit_code
    assert "policy: a\n" == policy.read_text(encoding="utf-8")


def test_another_kind_is_refused():
    """With those that there are."""
    found = call("schema", "roster")

    assert 2 == found.exit_code
    assert "'policy', 'spec', 'calendar', 'mapping'" in found.stderr
