"""Tables of a page: what stands in them stays whole and says what it is, and what stands in none is left out."""

import re

from escalate.pages.tables import apart, ident, listed, named, when
from escalate.phrases import phrases_for


def test_a_column_in_which_nothing_stands_is_left_out():
    """Guards against a wide empty column beside narrow full ones."""
    made = listed(["what", "to", "due"], [("call", "", "Fri"), ("visit", "", "")])

    assert ["what", "due"] == re.findall("<th>(.*?)</th>", made)
    assert 4 == made.count("<td")


def test_no_page_of_paper_cuts_a_short_table():
    """A long one is cut between rows; its heads are printed again."""
    few, many = (listed(["what"], [("call",)] * n) for n in (6, 7))

    assert few.startswith('<div class="wide together"><table')
    assert many.startswith('<div class="wide"><table')


def test_every_cell_says_what_it_is():
    """A narrow screen shows no heads; guards against `class 7A 7A`."""
    made = listed(["student", "class"], [("class 7A", "7A")], ["late"])

    assert '<tr class="late"><td data-head="student">class 7A</td><td data-head="class">7A</td></tr>' in made


def test_an_id_breaks_after_a_slash_and_nowhere_else():
    """Or a plus; guards against `cla|ss_teacher`."""
    assert '<span class="id">a/<wbr>p1+<wbr>p2</span>' == ident("a/p1+p2")
    assert '<span class="id">s2/<wbr>absence/<wbr>1</span>' == ident("s2/absence/1")
    assert '<span class="id">&lt;s&gt;</span>' == ident("<s>")


def test_a_date_its_clock_and_a_name_in_brackets_stay_whole():
    """A line may end between them; what is said of a place that a record has not is nothing."""
    en = phrases_for("en")

    assert '<span class="whole">Mon 1 Sep 2025</span> <span class="whole">17:30</span>' == when("2025-09-01T17:30:00+08:00", en)
    assert '<span class="whole">Mon 1 Sep</span>' == when("2025-09-01", en, 2025)
    assert "" == when("", en)
    assert '<span class="whole">9月1日</span><wbr><span class="whole">（周一）</span>' == when("2025-09-01", phrases_for("zh"), 2025)
    assert '<span class="whole">09-05 Fri</span>' == apart("09-05 Fri", "")
    assert 'class teacher <span class="whole">(Ms Lake)</span> &amp; head' == named("class teacher (Ms Lake) & head")
