"""JUnit XML, as CI servers read it."""

from xml.etree import ElementTree as ET

import pytest
from attrs import evolve

from escalate.source import Problem, Refused
from escalate.spec import cases_below, verdict
from escalate.spec.junit import junit, junit_refused
from escalate.spec.result import Result

from .world import read

SPEC = 'from: 2025-11-03\ncases:\n  一天:\n    marks: {s1: "A"}\n    expect: {2025-11-03: [{issued: visit}]}\n  "<两天>\\a":\n    marks: {s1: "A"}\n    expect: {}\n'


def test_a_suite_a_file_and_a_case_a_case(tmp_path):
    """With counts, and with what differs as the text of a failure; a sign that XML cannot hold is a question mark."""
    cases, _ = read(tmp_path, SPEC)
    root = ET.fromstring(junit([Result.of(case, verdict(case)) for case in cases]))
    (suite,) = root
    first, second = suite

    assert ("testsuites", "2", "1", "0") == (root.tag, *(root.get(key) for key in ("tests", "failures", "errors")))
    assert (cases[0].path, "2", "1") == tuple(suite.get(key) for key in ("name", "tests", "failures"))
    assert ("一天", "3", []) == (first.get("name"), first.get("line"), list(first))
    assert ("<两天>?", True) == (second.get("name"), str(second.get("classname")).endswith(f"{tmp_path.name}.a"))
    assert ("failure", "0 did not come, 1 came unexpected") == (second[0].tag, second[0].get("message"))
    assert "应有而没有的 0 项，不应有而有的 1 项" in junit([Result.of(case, evolve(verdict(case), lang="zh")) for case in cases])
    assert "- {issued: visit, by: teacher, due: 2025-11-04}" in str(second[0].text)


def test_problems_are_errors(tmp_path):
    """By the file in which they stand; some stand in none."""
    read(tmp_path, SPEC.replace("visit", "vist"))
    with pytest.raises(Refused) as refused:
        cases_below(tmp_path)
    root = ET.fromstring(junit_refused([Problem("no-cases", "none"), *refused.value.problems]))

    assert ["escalate test", f"{tmp_path}/a.spec.yaml"] == [suite.get("name") for suite in root]
    assert [("error", "none"), ("error", "unknown item `vist`")] == [(test[0].tag, test[0].get("message")) for test in root.iter("testcase")]
    assert "did you mean `visit`?" in str(root[1][0][0].text)
    assert "是不是想写 `visit`" in junit_refused(refused.value.problems, "zh")
