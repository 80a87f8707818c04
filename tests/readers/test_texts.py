"""Files to texts."""

from __future__ import annotations

import pytest

from escalate.load import load_policy
from escalate.readers import read_events
from escalate.readers.texts import read_source
from escalate.source import Refused

from .support import context

WORKBOOK, OLDER = b"PK\x03\x04\x14\x00rest", b"\xd0\xcf\x11\xe0\xa1\xb1rest"


@pytest.mark.parametrize("data", [WORKBOOK, OLDER])
@pytest.mark.parametrize(("name", "help"), [("roster.csv", "`CSV UTF-8`"), ("calendar.yaml", "plain text")])
def test_a_file_of_an_office_program_is_told_as_one(tmp_path, data, name, help):
    """Not as a text in the wrong encoding: saving that as UTF-8 is no way out."""
    path = tmp_path / name
    path.write_bytes(data)

    with pytest.raises(Refused) as refused:
        read_source(path)
    [problem] = refused.value.problems

    assert (problem.kind, help in problem.help) == ("not-text", True)


@pytest.mark.parametrize(("name", "help"), [("roster.csv", "`CSV UTF-8`"), ("calendar.yaml", "in your editor")])
def test_a_text_in_gbk_is_saved_by_what_writes_it(tmp_path, name, help):
    """A calendar is none of Excel's."""
    path = tmp_path / name
    path.write_bytes("校历: 北小\n".encode("gbk"))

    with pytest.raises(Refused) as refused:
        read_source(path)

    assert help in refused.value.problems[0].help


def test_a_policy_of_an_office_program_is_told_as_one(tmp_path):
    path = tmp_path / "policy.yaml"
    path.write_bytes(WORKBOOK)

    with pytest.raises(Refused) as refused:
        load_policy(path)

    assert [problem.kind for problem in refused.value.problems] == ["not-text"]


def test_a_workbook_of_events_is_told_as_one(tmp_path):
    """By its name: no mapping's `format` would read it."""
    (tmp_path / "events.xlsx").write_bytes(WORKBOOK)

    with pytest.raises(Refused) as refused:
        read_events(tmp_path / "events.xlsx", context())

    assert [problem.kind for problem in refused.value.problems] == ["not-text"]
