"""`escalate registers`: the share of one reader, and nothing else."""

import csv
import json

import pytest

from escalate.writers.workbook import available

from .world import POLICY, build, call, run

OWN = """\
registers:
  away: {title: {zh: 缺课台账, en: Away}, where: open_case(absence), columns: [student, name, class_name], readers: [teacher, principal]}
  overdue_items: {readers: [teacher]}
"""
ASSIGNMENTS = "role,of,person,from,to\nteacher,7-1,p1,,\nteacher,7-2,p/2,,\nteacher,7-2,p_2,,\nteacher,7-1,p7,2025-09-05,\nprincipal,hill,p9,,\n"


@pytest.fixture
def term(tmp_path):
    """The folder of a run."""
    build(tmp_path, policy=POLICY + OWN, assignments=ASSIGNMENTS)
    assert run(tmp_path).exit_code == 0
    return tmp_path / "term"


def students(folder, name):
    with (folder / "registers" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row["student"] for row in csv.DictReader(file)]


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_person_gets_the_registers_of_the_role_and_of_them_the_own_class(term, tmp_path):
    """Two registers name teachers; this one has two classes' rows in the run's folder."""
    result = call("registers", term, "--for", "teacher/p1", "--out", tmp_path / "p1")

    assert (0, f"{tmp_path}/p1: teacher p1, registers: 2, rows: 1\n") == (result.exit_code, result.output)
    assert [*(["registers.xlsx"] if available() else []), "registers/away.csv", "registers/overdue_items.csv"] == files(tmp_path / "p1")
    assert ["s2", "s3"] == students(term, "away")
    assert (["s2"], []) == (students(tmp_path / "p1", "away"), students(tmp_path / "p1", "overdue_items"))


def test_a_role_alone_gives_each_holder_a_folder(term, tmp_path):
    """Whatever signs are in their names; who holds it from tomorrow on gets none yet."""
    result = call("registers", term, "--for", "teacher", "--out", tmp_path / "all", "--format", "json")

    assert [("p/2", "p_2", 3), ("p1", "p1", 1), ("p_2", "p_2_2", 3)] == [
        (one["person"], one["folder"].rpartition("/")[2], one["rows"]) for one in json.loads(result.output)["folders"]
    ]
    assert (["s3"], ["s3", "s3"]) == (students(tmp_path / "all" / "p_2_2", "away"), students(tmp_path / "all" / "p_2", "overdue_items"))
    assert ["s2"] == students(tmp_path / "all" / "p1", "away")


def test_nothing_of_another_child_is_anywhere_in_a_share(term, tmp_path):
    """Neither the id nor the name, in no file."""
    call("registers", term, "--for", "teacher/p1", "--out", tmp_path / "p1")
    told = "".join((tmp_path / "p1" / name).read_text("utf-8-sig") for name in files(tmp_path / "p1") if name.endswith("csv"))

    assert "乙" in told
    assert not any(word in told for word in ("s1", "s3", "丙", "p9", "p/2"))


@pytest.mark.parametrize(
    ("reader", "code", "said"),
    [
        ("teachr", 1, "no register is for `teachr` [not-a-reader]\n   help: did you mean `teacher`?"),
        ("parent", 1, "no register is for `parent` [not-a-reader]\n   help: name it under `readers:` of a register; readers are `principal`, `teacher`"),
        ("teacher/p3", 1, "`p3` does not hold `teacher` on 2025-09-04 [not-a-holder]"),
        ("teacher/", 2, "--for: write a role, or a role and who holds it"),
        ("/p1", 2, "--for: write a role, or a role and who holds it"),
    ],
)
def test_who_reads_nothing_is_told_so(term, tmp_path, reader, code, said):
    """An empty register would say that there is no child."""
    result = call("registers", term, "--for", reader, "--out", tmp_path / "out")

    assert code == result.exit_code
    assert said in result.output
    assert not (tmp_path / "out").exists()


def test_a_role_that_nobody_holds(tmp_path):
    """There is nobody to hand anything to."""
    build(tmp_path, policy=POLICY + OWN, assignments="role,of,person,from,to\nprincipal,hill,p9,,\n")
    run(tmp_path)
    result = call("registers", tmp_path / "term", "--for", "teacher", "--out", tmp_path / "out")

    assert (1, True) == (result.exit_code, "nobody holds `teacher` on 2025-09-04 [not-a-holder]" in result.output)


def test_a_folder_that_exists_is_left_alone(term, tmp_path):
    """Nothing is written over."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("x")
    result = call("registers", term, "--for", "teacher/p1", "--out", tmp_path / "out")

    assert (1, ["mine.txt"]) == (result.exit_code, files(tmp_path / "out"))


@pytest.mark.parametrize(("text", "said"), [(None, "[no-registers]"), ("{", "[not-a-run]"), ('{"rows": 1}', "[not-a-run]")])
def test_a_folder_without_registers_or_with_damaged_ones(term, tmp_path, text, said):
    """One of an older version, and one that was edited."""
    (term / "registers.jsonl").unlink() if text is None else (term / "registers.jsonl").write_text(text)
    result = call("registers", term, "--for", "teacher/p1", "--out", tmp_path / "out")

    assert (1, True) == (result.exit_code, said in result.output)


def test_a_run_writes_every_register_with_names(term):
    """For the school itself; the same run gives the same bytes."""
    assert 12 == len(list((term / "registers").iterdir()))
    assert [["student", "name", "class"], ["s2", "乙", "7-1"], ["s3", "丙", "7-2"]] == list(
        csv.reader((term / "registers" / "away.csv").read_text("utf-8-sig").splitlines())
    )
    first = {name: (term / name).read_bytes() for name in files(term)}
    run(term.parent, "--force")

    assert first == {name: (term / name).read_bytes() for name in files(term)}


def test_a_register_that_an_item_attaches_is_written_as_it_stood(tmp_path):
    """A file for each, and an index that says whose it is; none of it is in a share."""
    policy = POLICY.replace("kind: visit, form: F1,", "kind: visit, form: F1, list: away,") + OWN
    build(tmp_path, policy=policy, assignments=ASSIGNMENTS)
    assert run(tmp_path).exit_code == 0
    lists = tmp_path / "term" / "registers" / "lists"
    with (lists / "index.csv").open(encoding="utf-8-sig", newline="") as file:
        index = list(csv.DictReader(file))

    assert ("hill/s1/absence/1/one_day/1/visit/teacher", "away", "2025-09-01T17:30:00+08:00") == (index[0]["item"], index[0]["register"], index[0]["opened"])
    assert {"index.csv", *(row["file"] for row in index)} == {path.name for path in lists.iterdir()}
    with (lists / index[0]["file"]).open(encoding="utf-8-sig", newline="") as file:
        assert ["s1"] == [row["student"] for row in csv.DictReader(file)]
    assert run(tmp_path, "--force").exit_code == 0
    call("registers", tmp_path / "term", "--for", "teacher/p1", "--out", tmp_path / "p1")
    assert not (tmp_path / "p1" / "registers" / "lists").exists()


def test_the_audit_names_no_child(term):
    """Names stand in registers only."""

    assert not any(name in (term / "audit.jsonl").read_text("utf-8") for name in ("乙", "丙"))
    assert "乙" in (term / "registers" / "open_cases.csv").read_text("utf-8-sig")
