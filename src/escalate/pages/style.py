"""The style of pages: light or dark as the reader's screen is, black on white in print, narrow or wide."""

from __future__ import annotations

from ..pictures.style import CHINESE, LATIN

LIGHT = """\
--page: #ffffff; --card: #ffffff; --soft: #f5f7f9; --ink: #17212b; --text: #34424f; --mute: #5f6c78; --edge: #d5dce2; --rule: #e8edf1;
  --accent: #2b7a9b;
--present: #d3e6d9; --late: #f6dfa4; --late-ink: #a86d00; --excused: #a9cdea; --excused-ink: #15486e; --unexcused: #c8352f; --unexcused-ink: #ffffff;
--unknown: #ffffff; --unknown-ink: #7a3fa0; --off: #eceff2; --off-ink: #8a96a3; --free: #f1f3f5; --shut: #e3e8ec; --shut-ink: #66737f;
--open: #1c62a8; --blocked: #9a5b00; --overdue: #b3261e; --done: #2f7d4f; --done-late: #8a6200; --gone: #75818d; --recall: #8a2fa5; --told: #4a5865;
--bar: #2b7a9b; --bar-soft: #d6e8ef; --warn: #fff6dc; --warn-edge: #e2b84a; --warn-ink: #5e4500; --heat: 43, 122, 155;
  --shade: rgba(23, 33, 43, .055); --shadow: 0 6px 24px rgba(20, 35, 50, .18);
"""
DARK = """\
--page: #11171d; --card: #1a222a; --soft: #171f26; --ink: #eef3f7; --text: #cbd5de; --mute: #93a1ae; --edge: #36434f; --rule: #263038;
  --accent: #6fb9d6;
--present: #24402f; --late: #5b4714; --late-ink: #f3c969; --excused: #1f4566; --excused-ink: #bfe0fb; --unexcused: #d9534b; --unexcused-ink: #ffffff;
--unknown: #11171d; --unknown-ink: #cf9df0; --off: #222c35; --off-ink: #6d7b88; --free: #171e25; --shut: #27323b; --shut-ink: #93a1ae;
--open: #7db7f0; --blocked: #e5a94a; --overdue: #ff8a80; --done: #6fcb93; --done-late: #e2bd62; --gone: #8a97a4; --recall: #d894ee; --told: #a9b6c2;
--bar: #6fb9d6; --bar-soft: #1d3a46; --warn: #332a10; --warn-edge: #8a6d1a; --warn-ink: #f2d68c; --heat: 111, 185, 214;
  --shade: rgba(238, 243, 247, .05); --shadow: 0 6px 24px rgba(0, 0, 0, .6);
"""

BASE = """\
* { box-sizing: border-box }
html { -webkit-text-size-adjust: 100%; background: var(--page) }
body { margin: 0 auto; padding: 28px 24px 60px; max-width: 1080px; color: var(--text); font-size: 15px; line-height: 1.55 }
h1 { margin: 0; font-size: 26px; line-height: 1.25; color: var(--ink) }
h2 { margin: 38px 0 8px; font-size: 19px; color: var(--ink) }
h3 { margin: 0; font-size: 14px; color: var(--ink); white-space: nowrap }
p { margin: 6px 0 } a { color: var(--accent) } b { color: var(--ink) }
.sub, .note { color: var(--mute) } .note { font-size: 13px; max-width: 62em }
.sub { margin: 4px 0 0; display: flex; flex-wrap: wrap; gap: 2px 18px }
.caveats { margin: 18px 0; padding: 12px 18px; border: 1px solid var(--warn-edge); border-left-width: 6px; border-radius: 6px;
  background: var(--warn); color: var(--warn-ink) }
.caveats h2 { margin: 0 0 4px; font-size: 16px; color: inherit } .caveats ul { margin: 0; padding-left: 1.2em } .caveats b { color: inherit }
.fine { margin: 18px 0; color: var(--mute) }
footer { margin-top: 44px; padding-top: 12px; border-top: 1px solid var(--edge); font-size: 12px; color: var(--mute); overflow-wrap: anywhere }
.defs { position: absolute }
.sign { width: 16px; height: 16px; flex: none; vertical-align: -3px }
.st-open { color: var(--open) } .st-blocked { color: var(--blocked) } .st-overdue { color: var(--overdue) } .st-done { color: var(--done) }
.st-done-late { color: var(--done-late) } .st-cancelled, .st-lapsed, .st-withdrawn { color: var(--gone) } .st-recall { color: var(--recall) }
.st-told { color: var(--told) }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 8px 0; padding: 0; list-style: none; font-size: 13px }
.legend li { display: flex; align-items: center; gap: 6px } .legend .box { width: 18px; height: 18px }
.box { display: grid; grid-auto-rows: 1fr; gap: 1px; overflow: hidden; border-radius: 3px }
.box.wide { grid-template-columns: 1fr 1fr }
.c { display: block; width: 100%; height: 100%; min-width: 0; min-height: 0 }
.c.present { background: var(--present) } .c.late, .c.left_early { background: var(--late); color: var(--late-ink) }
.c.excused { background: var(--excused); color: var(--excused-ink) } .c.unexcused { background: var(--unexcused); color: var(--unexcused-ink) }
.c.unknown, .c.none { background: var(--unknown); color: var(--unknown-ink); box-shadow: inset 0 0 0 1px var(--unknown-ink) }
.c.not_expected, .c.off { background: var(--off); color: var(--off-ink) } .c.ahead { box-shadow: inset 0 0 0 1px var(--edge) }
.c.was { outline: 2px solid var(--accent); outline-offset: -2px }
table { border-collapse: collapse; width: 100%; font-size: 13.5px }
th { text-align: left; font-weight: 600; color: var(--mute); border-bottom: 1px solid var(--edge); padding: 5px 10px 5px 0; vertical-align: bottom }
td { border-bottom: 1px solid var(--rule); padding: 6px 10px 6px 0; vertical-align: top } td:first-child { white-space: nowrap }
.wide { overflow-x: auto } .whole { white-space: nowrap } .listed th { white-space: nowrap } .listed td { word-break: keep-all; overflow-wrap: break-word }
.id { display: block; font-size: 11.5px; color: var(--mute) } .small { width: auto } .small td, .small th { padding-right: 36px }
.story { margin: 8px 0; padding: 0; list-style: none } .story li { padding: 5px 0 5px 26px; border-bottom: 1px solid var(--rule); position: relative }
.story .sign { position: absolute; left: 2px; top: 9px }
button { font: inherit; color: inherit; background: none; border: 0; padding: 0; text-align: left; cursor: help }
button:focus-visible, summary:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px }
.why { display: none; position: absolute; z-index: 9; padding: 10px 14px; border: 1px solid var(--edge); border-radius: 8px; background: var(--card);
  box-shadow: var(--shadow); font-size: 13px; line-height: 1.5; color: var(--text) }
.why p { margin: 5px 0 0 } .why p + b { display: block; margin-top: 10px } .why ul { margin: 4px 0 0; padding-left: 1.2em }
button:hover + .why, button:focus + .why, .why:hover { display: block }
summary { cursor: pointer; color: var(--accent) }
@media screen and (max-width: 800px) {
.listed thead { display: none } .listed tr { display: block; padding: 8px 0; border-bottom: 1px solid var(--edge) }
.listed td { display: block; position: relative; border: 0; padding: 2px 0 2px 5.5em } .listed td:empty { display: none }
.listed td::before { content: attr(data-head); position: absolute; left: 0; color: var(--mute) }
}
"""

CHILD = """\
body { --d: 30px; --cell: 29px }
.month { display: flex; gap: 14px; margin: 0 0 12px; break-inside: avoid } .month h3 { width: 86px; flex: none; padding-top: 17px; text-align: right }
.chart { position: relative; width: calc(31 * var(--d)); flex: none;
  height: calc(15px + var(--cell) + var(--cases) * 36px + var(--items) * 23px + (var(--cases) + var(--items)) / (var(--cases) + var(--items) + .001) * 8px) }
.day { position: absolute; top: 0; left: calc((var(--x) - 1) * var(--d)); width: calc(var(--d) - 2px) }
.day > b { display: block; font-size: 10px; line-height: 15px; height: 15px; font-weight: 400; text-align: center; color: var(--mute) }
.day .box { height: var(--cell) } .day .box:empty { background: var(--free); border-radius: 3px }
.day .box.closed:empty { background: repeating-linear-gradient(45deg, var(--shut) 0 3px, var(--free) 3px 7px) }
.reason { position: absolute; top: 15px; left: calc((var(--x) - 1) * var(--d)); width: calc(var(--n) * var(--d) - 2px); height: var(--cell);
  line-height: var(--cell); text-align: center;
  font-size: 12px; color: var(--shut-ink); white-space: nowrap; overflow: hidden; text-overflow: ellipsis; pointer-events: none }
.shade { position: absolute; top: calc(15px + var(--cell)); bottom: 0; left: calc((var(--x) - 1) * var(--d) - 1px); width: var(--d); background: var(--shade);
  z-index: 4; pointer-events: none }
.now { position: absolute; top: 15px; bottom: 0; left: calc(var(--x) * var(--d)); border-left: 2px dotted var(--accent); z-index: 2;
  pointer-events: none }
.case { position: absolute; left: calc(var(--x) * var(--d)); top: calc(18px + var(--cell) + var(--y) * 36px) }
.case .label { display: block; position: relative; z-index: 3; width: max-content; margin-left: calc(var(--l, 0) * var(--d)); padding: 0 3px 0 0;
  border-radius: 3px; font-size: 12px; line-height: 16px; white-space: nowrap; color: var(--ink); background: var(--page) }
.bar { display: block; position: relative; height: 14px; width: calc(var(--n) * var(--d)); background: var(--bar-soft); border: 2px solid var(--bar);
  border-radius: 7px; z-index: 5 }
.bar.before { border-left-style: dotted; border-top-left-radius: 0; border-bottom-left-radius: 0 }
.bar.after, .bar.live { border-right-style: dotted; border-top-right-radius: 0; border-bottom-right-radius: 0 }
.bar.withdrawn, .bar.merged { border-style: dashed; border-color: var(--gone); background: none }
.tick { position: absolute; top: -3px; left: calc(var(--x) * var(--d) - 10px); width: 16px; height: 16px; border-radius: 8px; background: var(--bar);
  color: var(--page);
  font: 700 10px/16px sans-serif; font-style: normal; text-align: center }
.stick { position: absolute; left: calc(var(--x) * var(--d)); top: calc(21px + var(--cell) + var(--cases) * 36px + var(--y) * 23px);
  width: max(calc(var(--n) * var(--d)), 16px); height: 20px; z-index: 3 }
.stick > i { position: absolute; left: calc(var(--x) * var(--d)); top: 9px; width: calc(var(--n, 0) * var(--d)); border-top: 2px solid currentColor }
.stick > .late { border-top-style: dashed; color: var(--overdue) }
.stick > .from { width: 6px; height: 6px; top: 7px; margin-left: -3px; border: 0; border-radius: 3px; background: currentColor }
.head { position: absolute; left: calc(var(--x) * var(--d) - 8px); top: 2px; display: flex; align-items: center; gap: 4px; white-space: nowrap }
.head .sign { background: var(--page); border-radius: 8px }
.stick .label { font-size: 12px; line-height: 16px; color: var(--ink); background: var(--page); border-radius: 3px; padding: 0 3px }
.head.going { left: 14px } .stick > .on { width: 8px; height: 8px; top: 6px; border-right: 2px solid currentColor; transform: rotate(45deg);
  margin-left: -9px }
.pre { position: absolute; display: flex; right: calc(100% + 4px); top: 2px; white-space: nowrap }
.st-cancelled .label, .st-lapsed .label, .st-withdrawn .label { color: var(--mute); text-decoration: line-through }
.chart .why { width: 440px; left: clamp(0px, calc(var(--x) * var(--d)), calc(31 * var(--d) - 440px)); top: calc(55px + var(--cell) + var(--y) * 36px) }
.chart .why.of-item { top: calc(45px + var(--cell) + var(--cases) * 36px + var(--y) * 23px) }
.stages { list-style: none; padding: 0 !important; color: var(--mute) }
@media (max-width: 1079px) { body { --d: calc((100vw - 158px) / 31) } }
@media screen and (max-width: 800px) {
body { --d: calc((100vw - 30px) / 31); padding: 18px 15px 40px } .month { display: block }
.month h3 { width: auto; text-align: left; padding: 6px 0 0 }
.day { width: calc(var(--d) - 1px) } .day > b { visibility: hidden; width: 0; text-indent: -2px } .day > b.k { visibility: visible }
.stick .label, .reason { display: none }
.case .label { margin-left: 0; max-width: calc((31 - var(--x)) * var(--d)); overflow: hidden; text-overflow: ellipsis }
.chart .why, .chart .why.of-item { position: fixed; left: 8px; right: 8px; bottom: 8px; top: auto; width: auto; max-height: 60vh; overflow: auto }
}
"""

SCHOOL = """\
.figures { display: grid; grid-template-columns: repeat(6, 1fr); gap: 12px; margin: 20px 0; padding: 0; list-style: none }
.figures li { padding: 12px 14px; border: 1px solid var(--edge); border-radius: 8px; background: var(--soft) }
.figures b { display: block; font-size: 28px; line-height: 1.15; font-variant-numeric: tabular-nums }
.figures span { font-size: 12.5px; color: var(--mute) }
.f-overdue b { color: var(--overdue) }
.counts { display: grid; grid-template-columns: max-content 1fr; gap: 3px 16px; margin: 14px 0; font-size: 13.5px } .counts dt { color: var(--mute) }
.counts dd { margin: 0 }
.counts dd { overflow-wrap: anywhere } .sample { width: 12px; height: 16px }
.load { width: auto; font-size: 12px } .load th, .load td { border: 0; padding: 0; vertical-align: middle }
.load thead th { font-weight: 400; text-align: center; padding: 0 1px; white-space: nowrap }
.load thead span { display: block; line-height: 15px; height: 15px; font-size: 11px }
.load th:first-child { text-align: left; padding-right: 12px; white-space: nowrap; font-weight: 600; color: var(--ink) }
.load tbody td { min-width: calc(var(--w) * 1px); height: 25px; border: 1px solid var(--page); text-align: center; background: rgba(var(--heat), var(--h, .03));
  font-variant-numeric: tabular-nums; color: var(--ink) }
.load td b { text-decoration: underline; text-underline-offset: 2px }
.load .sum { padding: 0 8px 0 6px; text-align: right } .load td.sum { background: none; min-width: 0; font-weight: 600 }
.load .now { border: 0 solid var(--accent); border-width: 0 2px } .load thead .now { border-top-width: 2px; color: var(--accent); font-weight: 700 }
.load tr:last-child td.now { border-bottom-width: 2px }
.matrix { width: auto } .matrix td, .matrix th { padding: 4px 18px 4px 0; text-align: left; white-space: nowrap }
.matrix .sum > * { border-top: 2px solid var(--edge) }
.drawer h3 { margin: 24px 0 6px; font-size: 16px } .part { margin-top: 44px; padding-top: 22px; border-top: 4px double var(--edge) }
.is-late td:nth-child(2) .whole + .whole { color: var(--overdue); font-weight: 600 }
.listed td:nth-child(2) .whole:not(:last-child) { margin-right: 4px }
.listed td:has(details) { width: 42% } .listed details p { margin: 6px 0 0; contain: inline-size; font-size: 12.5px; word-break: normal }
.child { position: relative; display: grid; grid-template-columns: 150px minmax(0, calc(var(--days) * 26px)) minmax(270px, 1fr); gap: 16px; padding: 6px 0;
  border-bottom: 1px solid var(--rule);
  align-items: center; font-size: 13px }
.child .class { display: block; font-size: 12px; color: var(--mute) } .heads { padding: 0; border: 0 }
.axis { position: relative; height: 18px; font-size: 11px; color: var(--mute) }
.axis.dated { height: 32px }
.axis span { position: absolute; padding-left: 3px; border-left: 1px solid var(--edge); line-height: 18px; white-space: nowrap }
.axis .date-of { top: 15px; line-height: 16px } .span { position: relative }
.child button { display: block; width: 100% }
.strip { display: block; width: 100%; overflow: visible }
.strip .g { stroke: var(--rule); stroke-width: 1px; vector-effect: non-scaling-stroke; fill: none }
.d.present { fill: var(--gone) } .d.late, .d.left_early { fill: var(--late-ink) } .d.excused { fill: var(--excused-ink) }
.d.unexcused { fill: var(--unexcused) }
.d.unknown, .d.none { fill: var(--unknown-ink) } .d.not_expected { fill: var(--gone) }
.b { fill: var(--bar) } .b.ended { fill: var(--bar); fill-opacity: .45 } .b.withdrawn, .b.merged { fill: var(--gone); fill-opacity: .4 }
.t { stroke: var(--ink); stroke-width: 2px; vector-effect: non-scaling-stroke; fill: none }
.stand { font-size: 12.5px; line-height: 1.4 } .case-of { color: var(--mute) } .child .why { left: 0; right: 0; top: 100%; min-width: 320px }
@media screen and (max-width: 800px) {
body { padding: 18px 15px 40px } .figures { grid-template-columns: 1fr 1fr } .child { grid-template-columns: minmax(0, 1fr); gap: 4px }
.listed td:has(details) { width: auto } .child.heads > :not(.axis) { display: none } .span, .axis { max-width: calc(var(--days) * 26px) }
.child .why { position: fixed; left: 8px; right: 8px; bottom: 8px; top: auto; max-height: 60vh; overflow: auto }
}
@media print { .part { break-before: page; border: 0; margin-top: 0; padding-top: 0 } .listed td:has(details) { width: 50% }
.stand { display: flex; flex-wrap: wrap; gap: 0 12px } .figures { gap: 8px; margin: 12px 0 } .figures li { padding: 7px 12px }
.figures b { font-size: 20px } .matrix td, .matrix th { padding-top: 2px; padding-bottom: 2px } }
"""

PRINT = """\
@page { size: A4 landscape; margin: 10mm 12mm }
@media print {
body { max-width: none; padding: 0; font-size: 11.5px; line-height: 1.45 }
h1 { font-size: 21px } h2 { margin-top: 18px; font-size: 15px } .drawer h3 { font-size: 13px }
table, .counts, .child, .note { font-size: 11.5px } td { padding-top: 4px; padding-bottom: 4px } .id, .listed details p { font-size: 10.5px }
.note { max-width: none } .drawer h3 { margin-top: 14px } footer { margin-top: 14px; padding-top: 6px }
p { margin: 3px 0 } .listed details p { margin-top: 2px } footer p { margin: 0 } .child { padding: 3px 0 }
header + .fine { margin: 8px 0 } .why, .hint { display: none !important }
.printed > summary { list-style: none; color: inherit } .printed::details-content { content-visibility: visible; display: block; block-size: auto }
* { -webkit-print-color-adjust: exact; print-color-adjust: exact }
tr, li, .month, .child, .together { break-inside: avoid } h2, .drawer h3, .note, .legend, .heads { break-after: avoid }
a { color: inherit; text-decoration: none }
}
"""


def style_of(lang: str, own: str) -> str:
    """The style sheet of a page: the letters of its language first, what all pages share, and its own rules."""
    first, second = (CHINESE, LATIN) if lang == "zh" else (LATIN, CHINESE)
    fonts = f"body {{ font-family: {first}, {second}, sans-serif }}\n"
    return f":root {{\n{LIGHT}}}\n@media screen and (prefers-color-scheme: dark) {{ :root {{\n{DARK}}} }}\n{fonts}{BASE}{own}{PRINT}"
