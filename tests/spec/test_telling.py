"""What is said of a case that failed."""

import pytest

from escalate.spec import failure, verdict
from escalate.spec.telling import told

from .world import POLICY, read

HEAD = "from: 2025-11-03\ncases:\n  only:\n"
WRONG = HEAD + '    marks: {s1: "A"}\n    expect: {2025-11-03: [{issued: visit, by: principal}]}\n'


def lines(folder, spec, lang="en", **how):
    (case,), _ = read(folder, spec, **{"policy.yaml": POLICY.replace("lang: en", f"lang: {lang}")})
    return ["".join(text for text, _ in line).rstrip() for line in told(case, verdict(case), **how)]


def test_a_case_that_passes_has_nothing_to_say(tmp_path):
    """Not even a picture."""
    (case,), _ = read(tmp_path, WRONG.replace("principal", "teacher"))

    assert "" == failure(case)


@pytest.mark.parametrize(("lang", "words"), [
    ("en", ["expected, and it did not come:", "it came, and was not expected:", "Mon    Tue", "expected", "came"]),
    ("zh", ["应有而没有：", "不应有而有：", "周一   周二", "预期", "实际"]),
])
def test_it_is_said_in_the_language_of_the_policy(tmp_path, lang, words):
    """The lists, the weeks and the columns."""
    found = "\n".join(lines(tmp_path, WRONG, lang))

    assert [] == [word for word in words if word not in found]


def test_a_diff_comes_instead_of_the_lists_and_columns(tmp_path):
    """The weeks stay."""
    found = lines(tmp_path, WRONG, diff=True)

    assert ["  --- expected", "  +++ came", "  @@ 2025-11-03 @@", "  -{issued: visit, by: principal}", "  +{issued: visit, by: teacher, due: 2025-11-04}", "        ≠ by"] == found[1:7]
    assert ("  s1    A      _      _      _      _", "        ✗") == (found[-2], found[-1])
    assert not any("│" in line or "did not come" in line for line in found)


@pytest.mark.parametrize("diff", [False, True])
@pytest.mark.parametrize(("expected", "came"), [
    ("to: teacher", "to: parent"), ("notify: parent", "notify: none"), ("result: coming", "result: none"), ("number: 2", "number: 1"), ("due: none", "due"),
])
def test_what_came_is_said_of_each_field_that_differs(tmp_path, diff, expected, came):
    """In the line that came, or else beside the field: nobody has to guess to whom it went."""
    found = lines(tmp_path, WRONG.replace("by: principal", expected), diff=diff)

    assert 1 == sum(line.endswith(f"≠ {came}") for line in found)


@pytest.mark.parametrize("diff", [False, True])
def test_odd_events_and_left_out_students_are_said(tmp_path, diff):
    """Both ways."""
    marks = ", ".join(f'c{n}: "P"' for n in range(1, 9))
    found = lines(tmp_path, f"{HEAD}    marks: {{{marks}}}\n    events: {{2025-11-03 10:00: [{{void: m, student: c1}}]}}\n    expect: {{}}\n", diff=diff)

    assert found[1].startswith("  of the events: void 2025-11-03 10:00: ")
    assert "  … the marks of 2 more left out" in found
    assert "  --- expected" not in found
