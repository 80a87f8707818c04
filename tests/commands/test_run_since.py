"""`escalate run --since`: what is new against an earlier run, and what of it is gone."""

import csv
import json

import pytest

from .world import EVENTS, HEADER, build, call, marks, run

FIRST = HEADER + marks("s1", "AA") + marks("s2", "PP") + marks("s3", "PA")
VISIT = "hill/s1/absence/1/one_day/1/visit/teacher"


def news(folder, name="tuesday"):
    """Change, was and id of each row of news."""
    rows = [json.loads(line) for line in (folder / name / "news.jsonl").read_text(encoding="utf-8").splitlines()]
    return [(row["change"], row["was"], row["id"].removeprefix("hill/")) for row in rows]


def two(folder, first, second, *more, then="2025-09-03T12:00"):
    """A run of Monday, and one of Tuesday since then."""
    build(folder, events=first)
    assert run(folder, out="monday", until="2025-09-02T18:00").exit_code == 0
    build(folder, events=second)
    return run(folder, "--since", folder / "monday", *more, out="tuesday", until=then)


def test_what_came_and_what_changed(tmp_path):
    done = FIRST + marks("s2", "A", 3) + "o1,outcome,s1,,,,2025-09-02T19:00,visit,yes,2025-09-02T19:05\n"
    result = two(tmp_path, FIRST, done, then="2025-09-04T12:00")
    assert result.exit_code == 0, result.output
    found = {id: (change, was) for change, was, id in news(tmp_path)}
    assert found["s1/absence/1/one_day/1/visit/teacher"] == ("changed", {"status": "open", "done_at": ""})
    assert found["s3/absence/1/one_day/1/visit/teacher"] == ("changed", {"status": "open", "overdue_at": ""})
    assert found["s2/absence/1/one_day/1/visit/teacher"] == ("new", {})
    assert "news        1 new, 3 changed: news.csv" in result.output


def test_nothing_new_is_a_file_without_rows(tmp_path):
    assert two(tmp_path, FIRST, FIRST, then="2025-09-02T18:00").exit_code == 0
    assert news(tmp_path) == []
    assert (tmp_path / "tuesday" / "news.csv").read_text(encoding="utf-8-sig").startswith("change,was,id,policy,")


def test_what_is_gone_is_listed_and_warned_of(tmp_path):
    """The row of a mark was deleted in the file: nothing takes the visit back, and somebody was told to make it."""
    result = two(tmp_path, FIRST, HEADER + marks("s2", "PP") + marks("s3", "PA"), then="2025-09-02T18:00")
    found = [id for change, was, id in news(tmp_path) if change == "gone"]
    assert found == ["s1/absence/1/one_day/1/visit/teacher", "s1/absence/1/two_days/1/report/teacher+principal"]
    assert "2 gone" in result.output
    assert "gone since 2025-09-02 18:00, though nothing took them back, see news.csv: 2" in result.output
    values = json.loads((tmp_path / "tuesday" / "run.json").read_text(encoding="utf-8"))
    assert values["since"] == "2025-09-02T18:00:00+08:00"
    assert values["counts"]["news"] == {"gone": 2}
    assert "gone" in [caveat["kind"] for caveat in values["caveats"]]
    assert ("since", "items.jsonl") in [(found["role"], found["name"]) for found in values["inputs"]]


def test_a_child_who_is_gone_altogether_has_no_name(tmp_path):
    build(tmp_path, events=FIRST)
    assert run(tmp_path, out="monday", until="2025-09-02T18:00").exit_code == 0
    build(tmp_path, events=HEADER + marks("s2", "PP"), roster="student,name,school,class\ns2,乙,hill,7-1\n")
    assert run(tmp_path, "--since", tmp_path / "monday", "--names", out="tuesday", until="2025-09-02T18:00").exit_code == 0
    with open(tmp_path / "tuesday" / "news.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["change"], row["student"], row["name"]) for row in rows] == [("gone", "s1", ""), ("gone", "s1", ""), ("gone", "s3", "")]


def test_a_table_says_what_was(tmp_path):
    done = FIRST + "o1,outcome,s1,,,,2025-09-02T19:00,visit,yes,2025-09-02T19:05\n"
    assert two(tmp_path, FIRST, done).exit_code == 0
    with open(tmp_path / "tuesday" / "news.csv", encoding="utf-8-sig", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["id"] == VISIT)
    assert (row["change"], row["was"], row["status"]) == ("changed", "status: open; done_at: ", "done")


def test_without_an_earlier_run_all_is_new_and_it_is_said(tmp_path):
    build(tmp_path)
    result = run(tmp_path, "--since", tmp_path / "sent")
    assert result.exit_code == 0
    assert {change for change, *_ in news(tmp_path, "term")} == {"new"}
    assert "`sent` is not there yet: everything is new" in result.output


def test_the_folder_that_is_replaced_may_be_the_earlier_run(tmp_path):
    build(tmp_path)
    assert run(tmp_path, until="2025-09-03T12:00").exit_code == 0
    assert run(tmp_path, "--since", tmp_path / "term", "--force").exit_code == 0
    assert {change for change, *_ in news(tmp_path, "term")} == {"new", "changed"}
    assert run(tmp_path, "--force").exit_code == 0
    assert not (tmp_path / "term" / "news.csv").exists()


def test_the_same_runs_give_the_same_bytes(tmp_path):
    build(tmp_path)
    assert run(tmp_path, out="monday", until="2025-09-02T18:00").exit_code == 0
    for out in ("one", "two"):
        assert run(tmp_path, "--since", tmp_path / "monday", out=out).exit_code == 0
    for name in ("news.csv", "news.jsonl", "run.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


@pytest.mark.parametrize(("spoil", "said"), [
    (lambda folder: (folder / "run.json").unlink(), "is not the folder of a run"),
    (lambda folder: (folder / "items.jsonl").unlink(), "items.jsonl"),
    (lambda folder: (folder / "items.jsonl").write_text('{"id": \n', encoding="utf-8"), "is not what the run wrote"),
    (lambda folder: (folder / "items.jsonl").write_text("", encoding="utf-8"), "is not what the run wrote"),
])  # fmt: skip
def test_a_folder_that_no_run_left_like_this_is_refused(tmp_path, spoil, said):
    build(tmp_path)
    assert run(tmp_path, out="monday", until="2025-09-02T18:00").exit_code == 0
    spoil(tmp_path / "monday")
    result = run(tmp_path, "--since", tmp_path / "monday")
    assert result.exit_code == 1
    assert said in result.output
    assert not (tmp_path / "term").exists()


def test_a_run_that_reached_further_is_refused(tmp_path):
    build(tmp_path)
    assert run(tmp_path, out="friday", until="2025-09-05T18:00").exit_code == 0
    result = run(tmp_path, "--since", tmp_path / "friday")
    assert result.exit_code == 2
    assert "went up to 2025-09-05T18:00:00+08:00, further than this one" in result.output


def test_it_is_said_in_chinese(tmp_path):
    build(tmp_path, events=EVENTS)
    assert run(tmp_path, out="monday", until="2025-09-02T18:00").exit_code == 0
    result = run(tmp_path, "--since", tmp_path / "monday", "--lang", "zh")
    assert "新增" in result.output and "变动" in result.output


def test_help_names_it():
    assert "--since" in call("run", "--help").output
