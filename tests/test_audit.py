"""The audit trail: nothing changes, goes missing, is added or moves without being named."""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from escalate import audit
from escalate.audit import (
    GUESSABLE,
    Auditor,
    PolicyId,
    build_chain,
    inclusion_proof,
    is_keyless,
    leaf_hash,
    node_hash,
    parse_chain,
    prove,
    root,
    salt,
    verify,
    verify_inclusion,
    verify_proof,
)
from escalate.canonical import canonical, digest

POLICIES = (PolicyId("xingqing-middle", "2017-09-01", "a" * 64), PolicyId("xingqing-middle", "2025-09-01", "b" * 64))
KEY = b"kept by the bureau"
Entry = tuple[str, dict[str, Any]]


def record(student: str, date: str, n: int = 0, **more: object) -> dict[str, Any]:
    """A record as an evaluation writes it."""
    decided = f"{date}T17:{n:02}:00+08:00"
    return {"decided": decided, "what": "issued", "subject": f"xingqing-middle/{student}/truancy/1", "student": student, "policy": 0, **more}


def entries(spec: str) -> list[Entry]:
    """`3 north: amina bo; south: chen` is 3 November's records of two schools."""
    found: list[Entry] = []
    for line in filter(None, (line.strip() for line in spec.splitlines())):
        day, rest = line.split(" ", 1)
        for part in rest.split(";"):
            school, students = part.split(":")
            found += [(school.strip(), record(name, f"2025-11-{int(day):02}", n)) for n, name in enumerate(students.split())]
    return found


THREE_DAYS = entries("""
    3 north: amina bo chen dawut; south: er
    4 south: er fang
    5 north: amina bo; south: er gul
""")


def file_of(found: Sequence[Entry], sealed_to: str = "2025-11-05", key: bytes = KEY) -> bytes:
    """The file of some records; its last day is open."""
    return b"".join(build_chain(found, sealed_to=sealed_to, policies=POLICIES, key=key))


FILE = file_of(THREE_DAYS)
LINES = FILE.splitlines(keepends=True)
SEALED = b"".join(build_chain(THREE_DAYS, sealed_to="2025-11-06", policies=POLICIES, key=KEY))


def kinds(text: bytes) -> list[tuple[int, str]]:
    """The faults of a file, without their words."""
    return [(fault.line, fault.kind) for fault in verify(text)]


# The tree


def tree(leaves: Sequence[bytes]) -> bytes:
    """RFC 6962, section 2.1, as it is written there."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + tree(leaves[:split]) + tree(leaves[split:])).digest()


# The test leaves of the Certificate Transparency project, and the roots over the first 0 to 8 of them.
CT_LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
CT_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_rfc_6962(size: int) -> None:
    """Known roots over trees of no leaf to eight."""
    leaves = [leaf_hash(bytes.fromhex(text), b"") for text in CT_LEAVES[:size]]

    assert CT_ROOTS[size] == root(leaves).hex() == tree(leaves).hex()


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40), st.data())
def test_a_path_leads_from_its_leaf_only(leaves: list[bytes], data: st.DataObject) -> None:
    """A proof holds for its own leaf, place and size."""
    index = data.draw(st.integers(0, len(leaves) - 1))
    other = data.draw(st.integers(0, len(leaves) - 1).filter(lambda each: leaves[each] != leaves[index]) | st.none())
    path = inclusion_proof(leaves, index)
    top = tree(leaves)

    assert root(leaves) == top
    assert verify_inclusion(leaves[index], index, len(leaves), path, top)
    assert not verify_inclusion(leaves[index], index, len(leaves), (*path, top), top)
    assert not verify_inclusion(node_hash(top, top), index, len(leaves), path, top)
    assert not verify_inclusion(leaves[index], len(leaves), len(leaves), path, top)
    if other is not None:
        assert not verify_inclusion(leaves[index], other, len(leaves), inclusion_proof(leaves, other), top)


def test_a_path_is_as_long_as_its_tree_is_high() -> None:
    """One that ends at the right hash below the top of a larger tree does not hold."""
    leaves = [bytes([n]) * 32 for n in (1, 2)]
    path = inclusion_proof(leaves, 0)

    assert [True, False, False] == [verify_inclusion(leaves[0], 0, size, path, tree(leaves)) for size in (2, 3, 4)]


def test_no_proof_for_no_leaf() -> None:
    """A place outside the tree."""
    with pytest.raises(IndexError):
        inclusion_proof([b"x" * 32], 1)


def test_a_salt_is_sixteen_bytes_of_hmac() -> None:
    """One a student, another with another key."""

    assert hmac.new(KEY, b"amina", "sha256").digest()[:16] == salt(KEY, "amina")
    assert salt(KEY, "amina") != salt(b"", "amina")


# The file


def test_a_whole_file_has_no_fault() -> None:
    """With its key, without one, as bytes and as lines."""

    assert verify(FILE) == verify(FILE, key=KEY) == verify(iter(LINES)) == verify(SEALED) == []
    assert verify(file_of([])) == []


def test_the_file_has_the_documented_shape() -> None:
    """Blocks by date and school, open days, chain heads, the end."""
    shape = [next(key for key in ("block", "record", "open", "chain", "end") if key in json.loads(line)) for line in LINES]

    expected = "block record record record record block record block record record open record record open record record chain chain end"
    assert expected.split() == shape
    heads = [json.loads(line)["block"] for line, kind in zip(LINES, shape, strict=True) if kind == "block"]
    assert [("north", "2025-11-03", 0, 4), ("south", "2025-11-03", 0, 1), ("south", "2025-11-04", 1, 2)] == [
        (head["school"], head["date"], head["number"], head["size"]) for head in heads
    ]
    assert ["", "", digest(heads[1])] == [head["previous"] for head in heads]


def test_a_leaf_is_salted_and_a_root_covers_the_leaves() -> None:
    """SEMANTICS, section 10, by hand."""
    first = [json.loads(line) for line in LINES[1:5]]
    leaves = [sha256(b"\x00" + salt(KEY, each["record"]["student"]) + canonical(each["record"])).digest() for each in first]

    assert [each["leaf"] for each in first] == [leaf.hex() for leaf in leaves]
    assert json.loads(LINES[0])["block"]["root"] == tree(leaves).hex()


def test_a_partial_day_has_no_root_and_its_next_midnight_seals_it() -> None:
    """What was open becomes a block, the blocks before it do not move."""
    opens = [json.loads(line)["open"] for line in LINES if b'"open":{' in line]

    assert all("root" not in head for head in opens)
    assert SEALED.startswith(b"".join(LINES[:10]))
    assert b'"open":{' not in SEALED


@settings(deadline=None, max_examples=300)
@given(st.integers(0, len(FILE) - 1), st.integers(1, 255))
def test_any_changed_byte_is_found_on_its_line(at: int, flip: int) -> None:
    """Whatever byte becomes whatever other."""
    damaged = bytearray(FILE)
    damaged[at] ^= flip
    line = FILE.count(b"\n", 0, at) + 1
    found = {fault.line for fault in verify(bytes(damaged))}

    assert line == min(found)
    if b"\n" not in (FILE[at : at + 1], bytes(damaged[at : at + 1])):
        assert {line} == found


def test_a_changed_record_is_named() -> None:
    """By its subject, what it says and when it was decided."""
    damaged = FILE.replace(b"xingqing-middle/bo/truancy", b"xingqing-middle/bo/Truancy", 1)

    (fault,) = verify(damaged)
    assert (3, "record-changed", "xingqing-middle/bo/Truancy/1 issued 2025-11-03T17:01:00+08:00") == (fault.line, fault.kind, fault.about)
    assert str(fault).startswith("line 3: xingqing-middle/bo/Truancy/1 issued")


@pytest.mark.parametrize("at", range(len(LINES)))
def test_a_dropped_line_is_found(at: int) -> None:
    """Record, head, chain head or end."""

    assert verify(b"".join(LINES[:at] + LINES[at + 1 :]))


@pytest.mark.parametrize("at", range(len(LINES)))
def test_a_line_that_stands_twice_is_found(at: int) -> None:
    """And it is the second that is named first."""
    faults = verify(b"".join(LINES[: at + 1] + LINES[at:]))

    assert at + 2 == faults[0].line or any(fault.line == at + 2 for fault in faults)


@pytest.mark.parametrize(("start", "end"), [(start, end) for start in range(4) for end in range(start + 1, 5)])
def test_blocks_that_were_appended_twice_are_found_at_the_first_line_of_the_second_copy(start: int, end: int) -> None:
    """So that the file can be cut back to it."""
    heads = [at for at, line in enumerate(LINES) if not line.startswith(b'{"leaf"')]

    assert heads[end] + 1 == min(verify(b"".join(LINES[: heads[end]] + LINES[heads[start] :]))).line


@given(st.permutations(range(len(LINES))))
@settings(deadline=None)
def test_lines_in_another_order_are_found(order: list[int]) -> None:
    """Any other order at all."""
    assume(order != sorted(order))

    assert verify(b"".join(LINES[at] for at in order))


@pytest.mark.parametrize("first", range(len(LINES)))
def test_two_lines_that_changed_places_are_found(first: int) -> None:
    """Each pair of lines."""
    for second in range(first + 1, len(LINES)):
        lines = list(LINES)
        lines[first], lines[second] = lines[second], lines[first]

        assert verify(b"".join(lines))


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ([0, 1, 3, 4], [(4 - 1, "record-missing")]),
        ([0, 1, 2, 4], [(4, "record-missing")]),
        ([0, 1, 2, 3], [(4, "record-missing")]),
        ([0, 2, 3, 4], [(2, "record-missing")]),
        ([0, 1, 2, 2, 3, 4], [(4, "record-added")]),
        ([0, 1, 1, 2, 3, 4], [(3, "record-added")]),
        ([0, 1, 3, 2, 4], [(3, "record-moved"), (4, "record-moved")]),
        ([0, 2, 1, 3, 4], [(2, "record-moved"), (3, "record-moved")]),
        ([1, 2, 3, 4], [(1, "head-missing")]),
    ],
)
def test_records_are_named_by_their_numbers(order: list[int], expected: list[tuple[int, str]]) -> None:
    """Missing, twice, moved; the block is the first one, of four records, its head line 0 here."""

    found = kinds(b"".join([LINES[at] for at in order] + LINES[5:]))
    assert expected == [each for each in found if each[0] <= len(order)]


def test_a_block_whose_records_all_moved_has_its_root_yet() -> None:
    """Each line is right by itself, and in the order of its numbers they are what was sealed."""

    assert [(9, "record-moved"), (10, "record-moved")] == kinds(b"".join([*LINES[:8], LINES[9], LINES[8], *LINES[10:]]))


@pytest.mark.parametrize(
    ("left", "message"),
    [
        ([0, 1, 3, 4], "record 1 is missing before this one"),
        ([0, 1, 4], "records 1 to 2 are missing before this one"),
        ([0, 1, 2, 3], "record 3 is missing after this one"),
        ([0, 1, 2], "records 2 to 3 are missing after this one"),
    ],
)
def test_what_is_missing_is_counted(left: list[int], message: str) -> None:
    """One record, or from which to which."""
    (fault,) = verify(b"".join([LINES[at] for at in left] + LINES[5:]))

    assert message == fault.message


def test_a_record_0_after_a_full_block_is_where_a_head_was_lost() -> None:
    """The full one has no record too many; the next block of that school continues what is not there."""

    assert [(6, "head-missing"), (7, "block-missing")] == kinds(b"".join([*LINES[:5], *LINES[6:]]))


def test_a_school_that_was_left_out_is_found() -> None:
    """All its lines gone, the rest consistent with itself."""
    north = file_of([entry for entry in THREE_DAYS if entry[0] == "north"]).splitlines(keepends=True)

    assert [(len(north), "chain-missing")] == kinds(b"".join([*north[:-1], LINES[-1]]))


def test_a_block_that_was_left_out_is_found() -> None:
    """The block after it does not continue the one before."""
    days = file_of(entries("3 north: amina\n4 north: bo\n5 north: chen"), "2025-11-06").splitlines(keepends=True)

    assert [(3, "block-missing")] == kinds(b"".join(days[:2] + days[4:]))
    assert "block 1 of this school is missing" in str(verify(b"".join(days[:2] + days[4:]))[0])


def forged(found: Sequence[Entry], at: int) -> bytes:
    """A line that someone wrote who can compute hashes: the record, its salt, its leaf."""
    (line,) = [each for each in file_of(found).splitlines(keepends=True) if b'"n":0' in each]
    return line.replace(b'"n":0', b'"n":%d' % at)


def test_a_forged_record_breaks_its_root() -> None:
    """The leaf hash fits the record; the root does not fit the leaves."""
    line = forged([("north", record("zulpiya", "2025-11-05"))], 1).replace(b"-05T", b"-03T")
    body = json.loads(line)
    leaf = leaf_hash(canonical(body["record"]), bytes.fromhex(body["salt"])).hex()
    lines = [*LINES[:2], canonical({**body, "leaf": leaf}) + b"\n", *LINES[3:]]

    assert [(1, "root-mismatch")] == kinds(b"".join(lines))


def test_a_forged_record_in_an_open_day_is_found() -> None:
    """By the running digest in the chain head."""
    at = next(at for at, line in enumerate(LINES) if b'"open":{' in line)
    lines = [*LINES[: at + 1], forged([("north", record("zulpiya", "2025-11-05"))], 0), *LINES[at + 2 :]]

    assert [(at + 1, "open-mismatch")] == kinds(b"".join(lines))


def test_a_block_written_anew_breaks_the_chain() -> None:
    """Every hash in the block fits; the next block names another."""
    days = file_of(entries("3 north: amina\n4 north: bo"), "2025-11-06").splitlines(keepends=True)
    other = file_of(entries("3 north: zulpiya\n4 north: bo"), "2025-11-06").splitlines(keepends=True)

    (fault,) = verify(b"".join(other[:2] + days[2:]))
    assert (3, "block-missing", "this block does not continue block 0 of its school") == (fault.line, fault.kind, fault.message)


def test_a_chain_written_anew_is_found_by_a_root_kept_elsewhere() -> None:
    """And only by that."""
    kept = json.loads(LINES[-3])["chain"]["head"]
    anew = file_of([("south", record("er", "2025-11-03", subject="another")), *THREE_DAYS[5:]])

    assert verify(FILE, roots=[kept]) == verify(SEALED, roots=[kept]) == verify(anew) == []
    (fault,) = verify(anew, roots=[kept])
    assert fault.kind == "root-unknown"
    assert kept in fault.message


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-1],
        lambda text: text + b"\n",
        lambda text: text + LINES[-1],
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: text.replace(b'"n":0', b'"n": 0', 1),
        lambda text: text.replace(b'"n":0', b'"n":0,"n":0', 1),
        lambda text: text.replace(b'"n":0', b'"n":false', 1),
        lambda text: text.replace(b'"policy":0', b'"policy":0.0', 1),
        lambda text: text.replace(b"amina", b"\\u0061mina", 1),
        lambda text: text[:0],
        lambda text: b"[" * 100_000 + b"\n" + text,
        lambda text: b"\x00\xff\n" + text,
    ],
)
def test_another_spelling_of_the_same_content_is_a_fault(change: Any) -> None:
    """One content, one file."""

    assert verify(change(FILE))


def resealed(value: dict[str, Any]) -> bytes:
    """A head's line with the hash that fits it."""
    (kind,) = set(value) - {"hash"}
    return canonical({**value, "hash": digest(value[kind])}) + b"\n"


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"date": "2025-11-02"}, "wrong-day"),
        ({"date": "2025-13-01"}, "unreadable"),
        ({"policies": []}, "unknown-policy"),
        ({"policies": {}}, "unreadable"),
        ({"policies": [1]}, "unreadable"),
        ({"size": True}, "unreadable"),
        ({"size": -1}, "unreadable"),
        ({"root": "A" * 64}, "unreadable"),
        ({"school": 1}, "unreadable"),
        ({"more": 1}, "unreadable"),
        ({"date": "2025-11-05"}, "head-moved"),
        ({"previous": "a" * 64}, "block-missing"),
        ({"size": 5}, "record-missing"),
        ({"size": 3}, "record-added"),
    ],
)
def test_a_head_with_a_hash_that_fits_is_still_judged(change: dict[str, object], kind: str) -> None:
    """Someone who can compute hashes wrote it."""
    value = json.loads(LINES[0])
    lines = [resealed({**value, "block": {**value["block"], **change}}), *LINES[1:]]

    assert kind in {found for _, found in kinds(b"".join(lines))}


def test_a_second_block_of_one_date_is_out_of_place() -> None:
    """A school has one block a date."""
    lines = file_of(entries("3 north: amina\n4 north: bo"), "2025-11-05").splitlines(keepends=True)
    value = json.loads(lines[2])
    same = resealed({**value, "block": {**value["block"], "date": "2025-11-03"}})

    assert (3, "head-moved") in kinds(b"".join([*lines[:2], same, *lines[3:]]))


def test_a_block_lies_before_the_date_that_its_chain_is_sealed_to() -> None:
    """On that date the day is still open."""
    lines = file_of(entries("3 north: amina"), "2025-11-04").splitlines(keepends=True)
    chain, end = json.loads(lines[2]), json.loads(lines[3])
    early = resealed({**chain, "chain": {**chain["chain"], "sealed_to": "2025-11-03"}})
    digested = sha256(bytes.fromhex(json.loads(early)["hash"])).hexdigest()
    last = resealed({**end, "end": {**end["end"], "sealed_to": "2025-11-03", "digest": digested}})

    assert [(1, "wrong-day")] == kinds(b"".join([*lines[:2], early, last]))


@pytest.mark.parametrize(("kind", "change"), [("open", {"date": "2025-11-06"}), ("chain", {"sealed_to": "2025-11-06"})])
def test_open_days_and_chains_share_one_date(kind: str, change: dict[str, str]) -> None:
    """All that stands after the blocks is about the date that the file is sealed to."""
    at = next(at for at, line in enumerate(LINES) if f'"{kind}":{{'.encode() in line)
    value = json.loads(LINES[at])
    lines = [*LINES[:at], resealed({**value, kind: {**value[kind], **change}}), *LINES[at + 1 :]]

    assert (at + 1, "wrong-day") in kinds(b"".join(lines))


def test_a_foreign_key_is_said_once() -> None:
    """No record has its salt; a single foreign salt is named by its record."""
    (fault,) = verify(FILE, key=b"another")
    assert (2, "other-key", "") == (fault.line, fault.kind, fault.about)
    mixed = Auditor(POLICIES).add(THREE_DAYS[:4], "2025-11-03", key=KEY)[0].add(THREE_DAYS[4:], "2025-11-05", key=b"another")
    text = b"".join([*mixed[1], *mixed[0].tail()])
    assert {"er", "fang", "amina", "bo", "gul"} == {fault.about.split("/")[1] for fault in verify(text, key=KEY)}


@given(st.binary(max_size=200))
def test_reading_never_raises(text: bytes) -> None:
    """Whatever the bytes, the damage is a value."""
    assume(text)

    assert parse_chain(text).faults
    assert verify(text)


def test_damage_does_not_hide_what_its_neighbours_say() -> None:
    """One unreadable record, one changed record, one missing record: three faults."""
    lines = [LINES[0], b"{\n", LINES[2].replace(b"issued", b"Issued"), *LINES[4:]]

    assert [(2, "unreadable"), (3, "record-changed"), (4, "record-missing")] == kinds(b"".join(lines))
    assert [2] == [fault.line for fault in parse_chain(b"".join(lines)).faults]


def test_the_report_says_what_cannot_be_promised() -> None:
    """No key, and days that are not sealed."""
    unsealed = ("2 records of 2025-11-05 in school `north` are not sealed yet", "2 records of 2025-11-05 in school `south` are not sealed yet")

    assert unsealed == parse_chain(FILE).cautions
    assert (GUESSABLE, *unsealed) == parse_chain(file_of(THREE_DAYS, key=b"")).cautions
    assert () == parse_chain(SEALED).cautions


# Sealing


STUDENTS = st.sampled_from(["amina", "bo", "缺课", "s-4"])
STREAMS = st.lists(st.tuples(st.integers(1, 6), st.integers(0, 59), st.sampled_from(["north", "south", "east"]), STUDENTS), max_size=25)


@settings(deadline=None)
@given(STREAMS, st.data())
def test_the_chain_is_the_same_however_it_was_fed(stream: list[tuple[int, int, str, str]], data: st.DataObject) -> None:
    """In one go, or piece by piece with snapshots between, at any hours."""
    found = [(school, record(student, f"2025-11-{day:02}", minute)) for day, minute, school, student in sorted(stream)]
    cuts = sorted(data.draw(st.lists(st.integers(0, len(found)), max_size=6)))
    auditor, lines = Auditor(POLICIES), []
    for start, stop in zip([0, *cuts], [*cuts, len(found)], strict=True):
        watermark = found[stop - 1][1]["decided"] if stop > start else (auditor.sealed_to or "2025-10-31")
        auditor, sealed = auditor.add(found[start:stop], watermark, key=KEY)
        lines += sealed
        auditor = Auditor.read(json.loads(json.dumps(auditor.plain())))
    auditor, sealed = auditor.add([], "2025-11-06T18:00:00+08:00", key=KEY)

    text = b"".join([*lines, *sealed, *auditor.tail()])
    assert b"".join(build_chain(found, sealed_to="2025-11-06", policies=POLICIES, key=KEY)) == text
    assert [] == verify(text, key=KEY)


def test_a_snapshot_does_not_hold_the_key() -> None:
    """Only the salts of the open day, as the file does."""
    auditor, _ = Auditor(POLICIES).add(THREE_DAYS, "2025-11-05", key=KEY)

    assert KEY.decode() not in json.dumps(auditor.plain())
    assert auditor == Auditor.read(auditor.plain())


@pytest.mark.parametrize(
    ("found", "watermark", "message"),
    [
        ([("north", record("amina", "2025-11-02"))], "2025-11-04", "sealed to 2025-11-03"),
        ([("north", record("amina", "2025-11-05"))], "2025-11-04", "advances to 2025-11-04"),
        ([], "2025-11-02", "sealed to 2025-11-03 already"),
        ([], "yesterday", "not an instant"),
        ([("north", record("amina", "2025-11-04", policy=2))], "2025-11-04", "no place among 2 policies"),
        ([("north", record("amina", "2025-11-04", policy=True))], "2025-11-04", "no place among 2 policies"),
        ([("north", {"student": "amina"})], "2025-11-04", "needs `decided`"),
        ([("north", {"student": "amina", "decided": "2025-11-31T"})], "2025-11-04", "no date"),
    ],
)
def test_what_cannot_be_sealed_is_refused(found: list[Entry], watermark: str, message: str) -> None:
    """A sealed date is closed, and time only goes on."""
    auditor, _ = Auditor(POLICIES).add([], "2025-11-03")

    with pytest.raises(ValueError, match=message):
        auditor.add(found, watermark)


def test_policies_are_only_added() -> None:
    """A record's index must go on meaning what it meant."""
    auditor = Auditor(POLICIES[:1]).adopt(POLICIES)

    assert POLICIES == auditor.policies
    with pytest.raises(ValueError, match="only be added"):
        auditor.adopt(POLICIES[1:])


def test_a_group_does_not_share_a_students_salt() -> None:
    """Even where their ids are spelled alike."""
    class_record = {"decided": "2025-11-03T17:30:00+08:00", "what": "issued", "subject": "s", "group": "amina"}
    records = parse_chain(file_of([("north", record("amina", "2025-11-03")), ("north", class_record)])).records

    assert records[0][1].salt != records[1][1].salt


# Proofs


@settings(deadline=None)
@given(STREAMS.filter(bool), st.data())
def test_a_proof_stands_by_itself_and_shows_nobody_else(stream: list[tuple[int, int, str, str]], data: st.DataObject) -> None:
    """Every sealed record can be shown, without any other student's id."""
    found = [(school, record(f"{student}-", f"2025-11-{day:02}", minute)) for day, minute, school, student in sorted(stream)]
    chain = parse_chain(file_of(found, "2025-11-07"))
    index = data.draw(st.integers(0, len(chain.records) - 1))
    proof = json.loads(canonical(prove(chain, index)))
    mine = proof["record"]["student"]

    assert [] == verify_proof(proof)
    assert chain.records[index][1].record == proof["record"]
    assert not any(entry["student"] in json.dumps(proof, ensure_ascii=False) for _, entry in found if entry["student"] != mine)
    assert all([] == verify_proof(proof, digest(head)) for head in (proof["block"], *proof["after"]))


def test_a_proof_is_held_against_a_kept_root() -> None:
    """The chain head, or any block from the record's own on; not one before it, not another school's."""
    chain = parse_chain(SEALED)
    hashes = {(head.school, head.date): segment.opening.stored for segment in chain.segments if (head := segment.head) and segment.opening}
    proof = prove(chain, next(at for at, (_, line) in enumerate(chain.records) if line.record["student"] == "fang"))

    assert [] == verify_proof(proof, hashes["south", "2025-11-04"]) == verify_proof(proof, hashes["south", "2025-11-05"].upper())
    assert verify_proof(proof, hashes["south", "2025-11-03"])
    assert verify_proof(proof, hashes["north", "2025-11-05"])


@pytest.mark.parametrize(
    "change",
    [
        {"index": 0},
        {"index": True},
        {"salt": "0" * 32},
        {"salt": 1},
        {"path": []},
        {"path": ["x"]},
        {"record": {"student": "er"}},
        {"record": {"student": None}},
        {"record": record("fang", "2025-11-04", 1, what="withdrawn")},
        {"after": [{}]},
        {"after": [None]},
        {"block": {}},
        {"format": 2},
        {"more": 1},
    ],
)
def test_a_changed_proof_does_not_hold(change: dict[str, object]) -> None:
    """And never raises."""
    chain = parse_chain(SEALED)
    proof = prove(chain, 6)

    assert ("fang", []) == (proof["record"]["student"], verify_proof(proof))
    assert verify_proof({**proof, **change})
    assert verify_proof([])
    assert verify_proof(None)


def test_the_heads_of_a_proof_are_one_chain() -> None:
    """No block between may be left out, and none may be another school's."""
    chain = parse_chain(file_of(entries("3 north: amina\n4 north: bo\n5 north: chen; south: er"), "2025-11-06"))
    proof = prove(chain, 0)

    assert ["block 2 does not continue block 0"] == verify_proof({**proof, "after": proof["after"][1:]})
    assert ["block 0 does not continue block 2"] == verify_proof({**proof, "after": [*proof["after"], prove(chain, 3)["block"]]})


def test_the_blocks_of_a_proof_go_on_in_time() -> None:
    """None is of the date of the one before, though number and hash fit."""
    proof = prove(parse_chain(file_of(entries("3 north: amina\n4 north: bo"), "2025-11-05")), 0)
    (after,) = proof["after"]

    assert [[], ["block 1 does not continue block 0"]] == [verify_proof({**proof, "after": [{**after, "date": date}]}) for date in ("2025-11-04", "2025-11-03")]


def test_what_is_open_or_damaged_has_no_proof() -> None:
    """A proof that could not hold is not made."""
    with pytest.raises(ValueError, match="not in a sealed block"):
        prove(parse_chain(FILE), len(parse_chain(FILE).records) - 1)
    for damaged in (FILE.replace(b"middle/bo", b"middle/Bo", 1), FILE.replace(b'"n":1', b'"n":3', 1), b"".join(LINES[:2] + LINES[3:])):
        with pytest.raises(ValueError, match="damaged"):
            prove(parse_chain(damaged), 1)


def test_a_proof_without_a_key_says_so() -> None:
    """The salt can be made by anyone."""
    keyless, keyed = (prove(parse_chain(file_of(THREE_DAYS, key=key)), 0) for key in (b"", KEY))

    assert is_keyless(keyless["record"], keyless["salt"])
    assert not is_keyless(keyed["record"], keyed["salt"])


def test_the_page_on_the_audit_trail_runs_and_names_every_kind() -> None:
    """Its example holds, and no kind of fault is left out."""
    page = (Path(__file__).parent.parent / "docs" / "audit.md").read_text(encoding="utf-8")
    exec(page.split("```python\n")[1].split("```")[0], {})  # noqa: S102  # the page's own example
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(audit.__file__).parent.glob("*.py"))
    named = set(re.findall(r'"((?:record|head|root|open|block|chain|end|wrong|unknown|other)-[a-z]+)"', sources))

    assert named == {kind for kind in named if f"`{kind}`" in page}
    assert {"root-unknown", "record-moved"} <= named
