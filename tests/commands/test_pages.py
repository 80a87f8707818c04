"""`escalate timeline` and `escalate report`: what they write, what they leave out, and what they refuse."""

import re

import pytest

from tests.commands.world import call, run
from tests.pages.shown import EVENTS, POLICY, page, school, write
from tests.pages.test_tags import Read


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return school(tmp_path_factory.mktemp("pages"))


def text(made):
    """What a reader sees, without the style."""
    return Read(re.sub(r"<style>.*?</style>", "", made, flags=re.DOTALL)).text


def test_names_are_left_out_unless_they_are_asked_for(folder):
    """And a name is a text, whatever it holds."""
    without, named = page(folder, "timeline", "s2"), page(folder, "timeline", "s2", "--names")

    assert "alert" not in without
    assert "学生 s2 <script>alert(1)</script> 时间线" in text(named)
    for made in (named, page(folder, "report", "--names")):
        assert [] == [name for name, _ in Read(made).elements if name == "script"]


def test_a_page_needs_nothing_but_itself(folder):
    """No address of another file, anywhere."""
    for made in (page(folder, "timeline", "s1"), page(folder, "report")):
        links = [value for _, attributes in Read(made).elements for key, value in attributes.items() if key in ("href", "src")]

        assert [] == [link for link in links if not link.startswith("#")]
        assert "url(" not in made
        assert "//" not in made


def test_a_timeline_says_why_in_the_words_of_explain(folder):
    """Beside each case and item, and once more in the story."""
    made = text(page(folder, "timeline", "s3"))
    said = "学生 s3 的“连续旷课天数”为 1 个上学日（9月2日），满足“旷课一天”的条件"

    assert 4 == made.count(said)  # the case and the visit, each where one points at it and in the story
    assert "已告知" in made


def test_a_timeline_counts_what_nobody_recorded(folder):
    """Neither presence nor absence."""
    assert "有 4 节没有任何考勤记录" in text(page(folder, "timeline", "s1"))
    assert "没有任何考勤记录" not in text(page(folder, "timeline", "s3"))


@pytest.mark.parametrize("more", ["", "c1,calendar,,2025-09-04,,,2025-09-02T10:00,,,,2025-09-02T10:00,closed\n"], ids=["nothing is taken", "a calendar event"])
def test_an_empty_roster_is_said_once(tmp_path, more):
    """Where no row could be taken as a problem, else on the page; not for each row."""
    rows = [f"{row}," for row in EVENTS.splitlines()[1:]]
    events = "\n".join([f"{EVENTS.splitlines()[0]},kind", *rows, ""]) + more
    made = write(school(tmp_path, roster="student,name,school,class\n", events=events), "report")
    said = (tmp_path / "page.html").read_text(encoding="utf-8") if more else made.stderr

    assert (0 if more else 1) == made.exit_code, made.stderr
    assert (1, 0) == (said.count("[empty-roster]"), said.count("unknown-student"))
    assert re.search(rf"\b{len(rows)}\b", said)


def test_a_page_says_what_is_not_in_it(folder, tmp_path):
    """Rows that were set aside, and what came later; before all else."""
    made = page(school(tmp_path, events=EVENTS + "x,mark,s9,2025-09-02,am,A,,,,,\n"), "report", until="2025-09-04T18:00")
    told = text(made)

    assert "1 行没有读入" in told
    assert "在 2025-09-04 18:00 之后才得知" in told
    assert told.index("使用之前请注意") < told.index("名册人数")
    assert "events.csv:" in told[told.index("材料中没有用上的内容") :]
    assert "1 行没有读入" in text(page(tmp_path, "timeline", "s1"))


def test_what_hangs_on_a_wall_names_no_child(folder):
    """No id, no name, no line of a file."""
    told = text(page(folder, "report", "--wall", "--names"))

    assert [] == re.findall(r"\bs[1-4]\b|小明|丙", told)
    assert "每周的工作量" in told
    assert "逐个学生" not in told


def test_the_part_for_the_wall_comes_first_and_names_no_child(folder):
    """On paper the other begins a page of its own."""
    told = text(page(folder, "report", "--names"))

    assert [] == re.findall(r"\bs[1-4]\b|小明|丙", told[: told.index("逐个学生")])
    assert "s3" in told[told.index("逐个学生") :]


def test_a_reader_s_share_is_of_the_children_of_theirs(folder):
    """The teacher of 7-2 reads of s3, not of s1; the counts are of the share."""
    told = text(page(folder, "report", "--for", "teacher/p2"))

    assert "只含班主任 p2 名下的学生。" in told
    assert "s3" in told
    assert "s1" not in told
    assert "7-1" not in told
    assert re.search(r"1\s*名册人数", told)


@pytest.mark.parametrize(
    ("reader", "said"),
    [
        ("teacher", "a report is for one person"),
        ("teacher/p7", "`p7` does not hold `teacher`"),
        ("parent/p1", "and the register of these, `open_cases`, is not for `parent`"),
        ("teacher/", "--for: write a role"),
    ],
)
def test_a_share_of_nobody_is_refused(folder, reader, said):
    """An empty page would say that there is no child."""
    found = write(folder, "report", "--for", reader, "--lang", "en", out="share.html")

    assert found.exit_code in (1, 2)
    assert said in found.stderr
    assert not (folder / "share.html").exists()


def test_a_role_that_may_not_read_of_cases_gets_no_page(tmp_path):
    """The policy says who may."""
    found = write(school(tmp_path, policy=POLICY.replace("[principal, teacher]", "[principal]")), "report", "--for", "teacher/p1", "--lang", "en")

    assert "the register of these, `open_cases`, is not for `teacher`" in found.stderr


def test_a_file_is_not_written_over(folder):
    """But for a page, where that is said."""
    (folder / "old.html").write_text("mine", encoding="utf-8")

    refused = write(folder, "timeline", "s1", out="old.html")
    assert 1 == refused.exit_code
    assert "[file-exists]" in refused.stderr
    assert "mine" == (folder / "old.html").read_text(encoding="utf-8")
    assert 0 == write(folder, "timeline", "s1", "--force", out="old.html").exit_code
    assert (folder / "old.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(("out", "kind"), [("policy.yaml", "not-a-page"), ("no/page.html", "no-folder"), ("page", "not-a-page")])
def test_a_place_that_is_no_page_is_refused(folder, out, kind):
    """A policy is never written over, with `--force` either."""
    before = (folder / "policy.yaml").read_bytes()
    found = write(folder, "report", "--force", out=out)

    assert 1 == found.exit_code
    assert f"[{kind}]" in found.stderr
    assert before == (folder / "policy.yaml").read_bytes()


def test_a_student_whom_nobody_knows_is_told(folder):
    """With the nearest that there is."""
    found = write(folder, "timeline", "s11", "--lang", "en", out="nobody.html")

    assert 1 == found.exit_code
    assert "the roster has no student `s11`" in found.stderr


def test_a_report_has_the_root_that_a_run_seals(folder):
    """So a printed page can be held against the audit trail."""
    assert 0 == run(folder, until="2025-09-11T18:00").exit_code
    root = re.search(r"root to keep elsewhere: (\w{64})", call("audit", "verify", folder / "term", "--lang", "en").stdout)[1]

    assert root in text(page(folder, "report"))
    assert root in text(page(folder, "report", "--wall"))


def test_digests_and_what_is_said_of_the_audit_trail_stand_at_the_end(folder):
    """Behind all that a school reads of its children; a box of warnings holds only what could hide a child."""
    made = page(folder, "report", "--lang", "en", until="2025-09-08T18:00")
    told, foot = text(made), made[made.index("<footer>") :]

    for word in ("digest", "root of the audit chain", "is sealed by a run on a later day"):
        assert word in foot
        assert 1 == told.count(word)
    told = text(page(folder, "report", "--lang", "en"))
    assert "Before you rely on this" not in told
    assert "Every record that was handed in is counted on this page." in told


def test_a_heading_is_not_said_again_below_it(folder):
    """How many days there are stands in it, and they themselves below."""
    made = page(folder, "timeline", "s1", "--lang", "en")
    section = made[made.index("<h2>Days away") :]

    assert section.startswith("<h2>Days away, late or not recorded: 7</h2>")
    assert 1 == text(made).count("Days away, late or not recorded")
    assert re.match(r"<h2>[^<]*</h2><div", section)


def test_many_days_stand_in_a_part_that_opens_and_is_printed(folder):
    """More than ten."""
    made = page(folder, "timeline", "s1", "--lang", "en", until="2025-10-10T18:00")

    assert re.search(r'<details class="printed"><summary>all \d\d days</summary>', made)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_a_pointer_does_is_no_matter_of_paper(folder, lang):
    """Every sentence that speaks of it is marked as a hint, which print leaves out."""
    hints = {"zh": ("用鼠标", "指着", "点开"), "en": ("Point at", "Open a line", "Open this part")}[lang]
    for made in (page(folder, "timeline", "s1", "--lang", lang), page(folder, "report", "--lang", lang)):
        bare = re.sub(r'<(span|p) class="(?:note )?hint">.*?</\1>', "", made)

        assert any(hint in text(made) for hint in hints)
        assert not any(hint in text(bare) for hint in hints)


def test_one_child_is_not_children(folder):
    """Guards against `1 children whose cases are all over`, and two heads that say the same."""
    made = page(folder, "report", "--lang", "en")
    told = text(made)

    assert "1 child whose cases are all over" in told
    assert "4children on the roster" in told
    assert "1child on the roster" in text(page(folder, "report", "--for", "teacher/p2", "--lang", "en"))
    heads = re.findall("<th>([^<]*)</th>", made[made.index('class="listed"') :])
    assert len(heads) == len(set(heads))
    assert "due" in heads


def test_the_load_says_what_of_it_is_left(folder):
    """The same as the counts above it, where each item is one role's."""
    rows = re.findall(r'<td class="sum">(\d+|–)</td><td class="sum">(\d+|–)</td>', page(folder, "report", "--for", "teacher/p2", "--lang", "en"))

    assert rows
    assert all(left == "–" or 0 < int(left) <= int(every) for every, left in rows)
