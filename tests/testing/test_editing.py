"""The laws of an editor and of schemas: they hold, and each finds what it is there to find."""

from __future__ import annotations

import pytest

from escalate import policies
from escalate.lsp.naming import rename
from escalate.messages import say
from escalate.source import Problem, Source
from escalate.testing import NearMiss, assert_text_lawful, editing, schemed
from escalate.testing.editing import EDITOR_LAWS, a_slip_can_be_edited
from escalate.testing.schemed import SCHEMA_LAWS, unfit
from escalate.testing.texts import BrokenText
from escalate.testing.written import loaded, read

TEXT = """policy: p
extends: standard.yaml
timezone: Asia/Shanghai
roles: {teacher: {title: 老师, of: class}}
ladders:
  truancy:
    stages:
      one: {when: days_away >= 1, do: {visit: {title: 家访, by: teacher, due: 1 school day}}}
    ends: {when: days_back >= 1}
"""
WRITTEN = loaded(TEXT)


@pytest.mark.parametrize("law", [law for law in EDITOR_LAWS if law.__name__ != "a_server_says_the_same"])
def test_they_hold_of_a_policy_that_comes_with_escalate(law):
    law(read(policies.path("CN-GZ", "adopted.yaml")))


def test_a_server_says_the_same():
    pytest.importorskip("pygls", reason="the language server needs the extra `lsp`: pygls is not installed")

    editing.a_server_says_the_same(WRITTEN)


def half(texts, path, at, new):
    return rename(texts, path, at, new)[:1]


OTHERWISE = [
    (editing.an_editor_finds_what_check_finds, "problems_in", lambda *_: (Problem("invented", say("nothing is wrong")),)),
    (editing.every_name_leads_home, "definitions", lambda *_: ()),
    (editing.every_name_leads_home, "references", lambda *_: ()),
    (editing.what_is_called_otherwise_is_the_same_policy, "rename", half),
    (editing.what_is_written_may_be_written, "offers_at", lambda *_: ()),
    (editing.every_word_is_told, "told_at", lambda *_: None),
]


@pytest.mark.parametrize(("law", "answer", "otherwise"), OTHERWISE)
def test_an_editor_that_answers_otherwise_is_found(monkeypatch, law, answer, otherwise):
    """A use that is not renamed, a key that is not offered, a name that leads nowhere."""
    monkeypatch.setattr(editing, answer, otherwise)

    with pytest.raises(BrokenText, match=law.__name__):
        assert_text_lawful(WRITTEN, [law])


def test_an_editor_that_fails_as_one_types_is_found(monkeypatch):
    near = NearMiss(TEXT.replace("when:", "when"), "a colon is lost", WRITTEN)
    a_slip_can_be_edited(near)

    monkeypatch.setattr(editing, "told_at", lambda *_: 1 // 0)
    with pytest.raises(BrokenText, match="ZeroDivisionError"):
        a_slip_can_be_edited(near)


def test_what_loads_fits_its_schema_and_what_is_strange_does_not(monkeypatch):
    pytest.importorskip("jsonschema")

    assert_text_lawful(WRITTEN, SCHEMA_LAWS)
    assert unfit(Source("policy.yaml", TEXT.replace("stages", "stagse")))

    monkeypatch.setattr(schemed, "unfit", lambda source: [])
    with pytest.raises(BrokenText, match="a key that nobody knows"):
        assert_text_lawful(WRITTEN, SCHEMA_LAWS)
