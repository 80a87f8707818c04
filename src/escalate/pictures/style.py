"""The colours and the type of a drawing, for a light screen, a dark one and paper; no variables, which some viewers do not know."""

from __future__ import annotations

DEGREES = 5  # from the first stage of a ladder to the last
LIGHT = ("#2b7a9b", "#6f8a2e", "#c08312", "#c65f1e", "#b23333")
BANDS = ("#e9f3f7", "#f1f5e4", "#fbf2dd", "#fbeadf", "#f9e5e5")
DARK_BANDS = ("#173039", "#283018", "#3a2d12", "#3d2616", "#3d1e21")
CHINESE = '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei"'
LATIN = '"Helvetica Neue", "Segoe UI", Arial'


def _degrees(bands: tuple[str, ...]) -> str:
    return "\n".join(f".node.d{n} {{ fill: {LIGHT[n]} }} .band.d{n} {{ fill: {band} }}" for n, band in enumerate(bands))


STYLE = f"""\
.page {{ fill: #ffffff }}
.h1 {{ font-size: 24px; font-weight: 700; fill: #17212b }}
.h2 {{ font-size: 18px; font-weight: 700; fill: #17212b }}
.h3 {{ font-size: 16px; font-weight: 700; fill: #17212b }}
.what {{ font-weight: 700; font-size: 14px; fill: #17212b }}
.when {{ font-size: 13px; fill: #34424f }}
.who {{ font-size: 13px; font-weight: 400; fill: #4a5865 }}
.only {{ font-size: 12px; fill: #66737f }}
.mute {{ font-size: 13px; fill: #66737f }}
.cites {{ font-size: 11px; fill: #66737f }}
.number {{ font-size: 14px; font-weight: 700; fill: #ffffff }}
.card {{ fill: #ffffff }}
.edge {{ fill: none; stroke: #cfd7de; stroke-width: 1 }}
.rule {{ stroke: #e6ebef; stroke-width: 1 }}
.line {{ stroke: #b6c1cb; stroke-width: 2 }}
.tip {{ fill: #b6c1cb }}
.hook {{ fill: none; stroke: #a9b5c0; stroke-width: 1.4; stroke-linecap: round; stroke-linejoin: round }}
.ring {{ fill: none; stroke: #2f7d4f; stroke-width: 2.5 }}
.core {{ fill: #2f7d4f }}
.band.over {{ fill: #e5f3ea }}
.chip.due {{ fill: #eef2f5 }} .tag {{ font-size: 12px }} .tag.due {{ fill: #26333f }}
.chip.unset {{ fill: #fdf0cf }} .tag.unset {{ fill: #7a5200 }}
.clock {{ fill: none; stroke: #5b6975; stroke-width: 1.3; stroke-linecap: round; stroke-linejoin: round }}
.chip.then {{ fill: #e1f1e7 }} .tag.then {{ fill: #246440 }}
.chip.overdue {{ fill: #f8e1e1 }} .tag.overdue {{ fill: #9c2a2a }}
.chip.outcome {{ fill: #e6e9f7 }} .tag.outcome {{ fill: #3d4b96 }}
{_degrees(BANDS)}
@media screen and (prefers-color-scheme: dark) {{
.page {{ fill: #11171d }} .card {{ fill: #1a222a }} .edge {{ stroke: #36434f }} .rule {{ stroke: #2a3540 }}
.h1, .h2, .h3, .what {{ fill: #eef3f7 }} .when {{ fill: #cbd5de }} .who {{ fill: #b4c0cb }} .only, .mute, .cites {{ fill: #93a1ae }}
.line {{ stroke: #4a5865 }} .tip {{ fill: #4a5865 }} .hook {{ stroke: #5d6c7a }}
.ring {{ stroke: #57b37d }} .core {{ fill: #57b37d }} .band.over {{ fill: #16301f }}
.chip.due {{ fill: #2a3540 }} .tag.due {{ fill: #dbe4ec }} .chip.unset {{ fill: #443512 }} .tag.unset {{ fill: #f2cf7d }} .clock {{ stroke: #a3b1be }}
.chip.then {{ fill: #1b3a28 }} .tag.then {{ fill: #8fd6ad }}
.chip.overdue {{ fill: #45211f }} .tag.overdue {{ fill: #f0a5a0 }}
.chip.outcome {{ fill: #272e54 }} .tag.outcome {{ fill: #b3bdf2 }}
{_degrees(DARK_BANDS)}
}}
@media print {{ * {{ -webkit-print-color-adjust: exact; print-color-adjust: exact }} }}
"""


def style_of(lang: str) -> str:
    """The style sheet of a language: its own letters first, for both have quotation marks of their own."""
    first, second = (CHINESE, LATIN) if lang == "zh" else (LATIN, CHINESE)
    return f"text {{ font-family: {first}, {second}, sans-serif }}\n{STYLE}"
