"""`escalate audit`: what was changed is found, and one record is shown without another."""

import json

import pytest

from .world import build, call, run

KEY = "5f" * 32
CASE = "hill/s1/absence/1"


@pytest.fixture
def term(tmp_path):
    """The folder of a run with a key."""
    build(tmp_path)
    (tmp_path / "ledger.key").write_text(KEY + "\n", encoding="utf-8")
    found = run(tmp_path, "--key-file", tmp_path / "ledger.key")
    assert 0 == found.exit_code, found.output
    return tmp_path / "term"


def flip(term, old, new):
    path = term / "audit.jsonl"
    path.write_bytes(path.read_bytes().replace(old, new, 1))


def root_of(term):
    return json.loads(call("audit", "verify", term, "--format", "json").stdout)["chains"][0]["root"]


def test_a_whole_chain(term, tmp_path):
    """With the root to keep, and what is not sealed yet."""
    found = call("audit", "verify", term, "--key-file", tmp_path / "ledger.key", "--root", root_of(term))

    assert 0 == found.exit_code
    assert found.stdout == (
        "whole: 14 records, every one as it was sealed\n"
        f"  school `hill`: 3 blocks, sealed to 2025-09-04, root to keep elsewhere: {root_of(term)}\n"
        "note: 1 records of 2025-09-04 in school `hill` are not sealed yet\n"
    )


def test_a_flipped_byte_is_found_and_its_record_named(term):
    """The line, the record, and exit code 1."""
    flip(term, b'"what":"done"', b'"what":"dome"')

    found = call("audit", "verify", term)

    assert 1 == found.exit_code
    assert "hill/s1/absence/1/one_day/1/visit/teacher" in found.stdout
    assert "[record-changed]" in found.stdout
    assert "not whole: 1 fault in 14 records\n" in found.stdout


def test_another_root_or_key_is_found(term, tmp_path):
    """What was kept elsewhere is not of this chain."""
    (tmp_path / "other.key").write_text("7a" * 32, encoding="utf-8")

    rooted = call("audit", "verify", term, "--root", "0" * 64)
    keyed = call("audit", "verify", term, "--key-file", tmp_path / "other.key")

    assert (1, True) == (rooted.exit_code, "[root-unknown]" in rooted.stdout)
    assert (1, True) == (keyed.exit_code, "[other-key]" in keyed.stdout)


def test_other_files_that_changed_are_noted(term):
    """A table that somebody saved again does not break the chain."""
    (term / "items.csv").write_text("saved again", encoding="utf-8")

    found = call("audit", "verify", term)

    assert 0 == found.exit_code
    assert "note: `items.csv` is not as the run wrote it" in found.stdout


def test_faults_as_json(term):
    """Line, kind, record and message."""
    flip(term, b'"what":"done"', b'"what":"dome"')

    found = call("audit", "verify", term, "--format", "json")

    assert (1, False) == (found.exit_code, json.loads(found.stdout)["whole"])
    assert ["record-changed"] == [fault["kind"] for fault in json.loads(found.stdout)["faults"]]


@pytest.mark.parametrize("record", [f"{CASE}@2025-09-01T17:30:00+08:00", "2", "hill/s2/absence/1"])
def test_a_proof_goes_round(term, tmp_path, record):
    """By its id, its line, or a subject that has one record."""
    proof = tmp_path / "proof.json"

    made = call("audit", "prove", term, record, "--out", proof)
    held = call("audit", "check-proof", proof, "--root", root_of(term))

    assert (0, 0) == (made.exit_code, held.exit_code), made.output + held.output
    assert f"{proof}: the proof holds\n" in held.stdout


def test_a_proof_shows_no_other_student(term):
    """It is handed to one family."""
    proof = call("audit", "prove", term, f"{CASE}@2025-09-01T17:30:00+08:00").stdout

    assert "s1" in proof
    assert [] == [other for other in ("s2", "s3") if other in proof]


def test_who_hands_out_a_proof_of_a_chain_without_a_key_is_told(term, tmp_path):
    """Beside the proof, at the time when it matters; with a key there is nothing to tell, and a run says nothing of it."""
    ran = run(tmp_path, out="keyless")
    without, having = (call("audit", "prove", folder, f"{CASE}@2025-09-01T17:30:00+08:00") for folder in (tmp_path / "keyless", term))

    assert ("note: the chain was made without a key" in without.stderr, having.stderr) == (True, "")
    assert json.loads(without.stdout)["record"] == json.loads(having.stdout)["record"]
    assert " key" not in ran.stdout


def test_a_proof_that_was_changed_does_not_hold(term, tmp_path):
    """Exit code 1."""
    proof = tmp_path / "proof.json"
    text = call("audit", "prove", term, f"{CASE}@2025-09-01T17:30:00+08:00").stdout
    proof.write_text(text.replace('"opened"', '"closed"', 1), encoding="utf-8")

    found = call("audit", "check-proof", proof)

    assert (1, f"{proof}: the record does not lead to the root of its block\n") == (found.exit_code, found.stdout)


def test_without_a_root_the_limits_of_a_proof_are_said(term, tmp_path):
    """It belongs to the chain that it brings."""
    proof = tmp_path / "proof.json"
    call("audit", "prove", term, "2", "--out", proof)

    assert "without a root that was kept elsewhere" in call("audit", "check-proof", proof).stdout


@pytest.mark.parametrize(
    ("record", "kind"),
    [(CASE, "several-records"), ("hill/s9/absence/1", "no-record"), ("999", "no-record"), ("hill/s3/absence/1/one_day/1/visit/teacher@2025-09-04T00:00:00+08:00", "no-proof")],
)
def test_what_cannot_be_proved(term, record, kind):
    """Several, none, or not sealed yet."""
    found = call("audit", "prove", term, record)

    assert (1, True) == (found.exit_code, f"[{kind}]" in found.stderr)


def test_a_folder_that_no_run_wrote(tmp_path):
    """Named, with exit code 1."""
    found = call("audit", "verify", tmp_path)

    assert (1, True) == (found.exit_code, "audit.jsonl`: no such file" in found.stderr)


def test_a_short_key_is_refused(tmp_path):
    """It could be guessed like no key at all."""
    build(tmp_path)
    (tmp_path / "ledger.key").write_text("secret\n", encoding="utf-8")

    found = run(tmp_path, "--key-file", tmp_path / "ledger.key")

    assert (1, True) == (found.exit_code, "[short-key]" in found.stderr)
