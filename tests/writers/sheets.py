"""A register, and any register."""

from __future__ import annotations

from attrs import evolve
from hypothesis import strategies as st

from escalate.registers import Row, Sheet

SHEET = Sheet(
    "away", "hill", "山坡小学控辍制度", "缺课学生台账", "2025-09-04", ("学号", "姓名", "连续旷课天数"),
    (Row(("s1", "甲", 2)), Row(("s2", "=HYPERLINK(1)", 12))), "保存 3 年", ("H-c1", "H-c2"), {"teacher": ("p1",)},
)  # fmt: skip
SIGNS = ("=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "＝1", "'=1", "#N/A", "\0=1", "\ufeff=1", "\x1b", "\uffff", "_x000D_=1")
TEXTS = st.text() | st.sampled_from(SIGNS)


@st.composite
def sheet_of(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> Sheet:
    """Three columns of any texts, the last one of numbers too."""
    rows = draw(st.lists(st.tuples(texts, texts, texts | st.integers(-9, 9)), max_size=3))
    title, heading = draw(texts), draw(texts)
    return evolve(SHEET, title=title, heading=heading, heads=(draw(texts), title, heading), rows=tuple(map(Row, rows)))
