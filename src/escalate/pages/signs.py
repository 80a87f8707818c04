"""The signs of sessions and items: each has a shape of its own, so that nothing hangs on colour alone, on a screen or in print."""

from __future__ import annotations

from .tags import Html, joined, tag


def _line(path: str, wide: float = 2.4, colour: str = "currentColor", more: str = "") -> str:
    """A stroke; its look stands in it, since not in every browser a style sheet reaches into a sign that is used elsewhere."""
    return f'<path d="{path}" style="fill:none;stroke:{colour};stroke-width:{wide};stroke-linecap:round;stroke-linejoin:round{more}"/>'


PAPER = "var(--page)"
ASKED = _line("M5.4 5.8a2.6 2.6 0 1 1 3.7 2.3c-.8.4-1.1.9-1.1 1.7M8 12.6v.1", 2)
MARKS = {
    "late": '<path d="M0 0H16L0 16Z" fill="currentColor"/>',
    "left_early": '<path d="M16 0V16H0Z" fill="currentColor"/>',
    "excused": _line("M3.5 8H12.5"),
    "unexcused": _line("M4 4L12 12M12 4L4 12"),
    "unknown": ASKED,
    "none": ASKED,
    "not_expected": _line("M8 8v.1", 3),
    "off": _line("M3 13L13 3", 1.7),
}
STRETCHED = frozenset({"late", "left_early"})
RING = '<circle cx="8" cy="8" r="6" style="fill:none;stroke:currentColor;stroke-width:2"/>'
DISC = '<circle cx="8" cy="8" r="7" fill="currentColor"/>'
DONE = _line("M4.6 8.2L7 10.7L11.4 5.6", 2, PAPER)
STATUSES = {
    "open": RING,
    "blocked": RING + _line("M6.4 5.6V10.4M9.6 5.6V10.4", 1.7),
    "overdue": '<path d="M8 .6L15.6 14.6H.4Z" fill="currentColor"/>' + _line("M8 5.6V9.6M8 12.2v.1", 1.9, PAPER),
    "done": DISC + DONE,
    "done late": '<rect x="1.4" y="1.4" width="13.2" height="13.2" rx="2" fill="currentColor"/>' + DONE,
    "cancelled": RING + _line("M5 8H11", 1.7),
    "lapsed": '<circle cx="8" cy="8" r="6" style="fill:none;stroke:currentColor;stroke-width:2;stroke-dasharray:2 2.2"/>',
    "withdrawn": RING + _line("M5.2 5.2L10.8 10.8", 1.7),
    "recall": '<path d="M8 .8L15.2 8L8 15.2L.8 8Z" fill="currentColor"/>'
    + _line("M10.8 9.8H6.8a1.8 1.8 0 0 1 0-3.6H10.4M8.8 4.6L10.6 6.2L8.8 7.8", 1.3, PAPER),
    "told": _line("M1.6 3.4H14.4V12.6H1.6ZM1.8 3.6L8 8.6L14.2 3.6", 1.6),
}


def key_of(name: str) -> str:
    """A name as part of a class or an id: `done late` is `done-late`."""
    return name.replace(" ", "-")


def symbols() -> Html:
    """Every sign once, to be used from anywhere in the page."""
    drawn = [
        *(tag("symbol", Html(shape), id=f"m-{name}", viewBox="0 0 16 16", preserveAspectRatio="none" if name in STRETCHED else None)
          for name, shape in MARKS.items()),
        *(tag("symbol", Html(shape), id=f"s-{key_of(name)}", viewBox="0 0 16 16") for name, shape in STATUSES.items()),
    ]  # fmt: skip
    return tag("svg", joined(drawn, "\n"), class_="defs", width=0, height=0, aria_hidden="true")


def slot(meaning: str) -> Html:
    """The piece of a day that one session is."""
    if meaning not in MARKS:
        return tag("i", class_=f"c {meaning}")
    return tag("svg", tag("use", href=f"#m-{meaning}"), class_=f"c {meaning}", aria_hidden="true")


def status(name: str) -> Html:
    """The sign of an item's status."""
    return tag("svg", tag("use", href=f"#s-{key_of(name)}"), class_=f"sign st-{key_of(name)}", aria_hidden="true")
