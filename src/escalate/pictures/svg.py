"""The ladders of a policy as a drawing: stages from top to bottom, what each asks of whom by when, and the end."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator

from ..policy import Action, Ladder, Policy, Stage
from .blocks import Block, below, box, chip, circle, line, path, span, text
from .measure import width
from .said import Said
from .steps import Step, steps
from .style import DEGREES, style_of

WIDE = 718  # of an A4 page between its margins
MARGIN, SPINE, CARD = 20, 36, 62  # from the left
ROOM = WIDE - MARGIN - CARD
PAD, INDENT, DUE, TITLE = 16, 24, 220, 14
CLAUSES = 190  # wider ones stand on a line of their own
GAP = 20


def svg(policy: Policy, lang: str = "") -> str:
    """A picture that needs nothing but itself, light or dark as the reader's screen is, and fit to print."""
    said = Said(policy, lang or policy.lang)
    head = below([text(said.title, "h1", 24, WIDE - 2 * MARGIN, bold=True, x=MARGIN), text(said.in_force, "mute", 13, WIDE - 2 * MARGIN, x=MARGIN)], 2)
    none = [] if policy.ladders else [text(said.say("no_ladder"), "mute", 14, WIDE - 2 * MARGIN, x=MARGIN)]
    body = below([head, *none, *(_ladder(said, ladder) for ladder in policy.ladders.values())], 34)
    high = round(body.height + 56)
    shapes = "\n".join([f'<rect class="page" width="{WIDE}" height="{high}"/>', body.at(0, 26).replace("</g><g", "</g>\n<g")])
    title = html.escape(said.title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xml:lang="{said.phrases.lang}" role="img" width="{WIDE}" height="{high}" viewBox="0 0 {WIDE} {high}">\n'
        f"<title>{title}</title>\n<style>\n{style_of(said.phrases.lang)}</style>\n{shapes}\n</svg>\n"
    )


def _ladder(said: Said, ladder: Ladder) -> Block:
    covers = said.covers(ladder)
    about = said.say("colon", name=said.say("covers"), text=covers) if covers else ""
    title = text(said.wording.ladder(ladder.name), "h2", 18, WIDE - 2 * MARGIN, bold=True, x=MARGIN)
    cites = text(said.phrases.all_of(ladder.cites), "cites", 11, WIDE - 2 * MARGIN, x=MARGIN)
    head = below([title, text(about, "mute", 13, WIDE - 2 * MARGIN, x=MARGIN), cites])
    cards = [_stage(said, stage, n, len(ladder.stages)) for n, stage in enumerate(ladder.stages)]
    return below([head, below([*cards, _end(said, ladder)])], 12)


def _stage(said: Said, stage: Stage, place: int, of: int) -> Block:
    """A stage's card beside its number on the line that leads down to the next."""
    degree = f"d{round(place * (DEGREES - 1) / (of - 1)) if of > 1 else 0}"
    top = _head(said, said.wording.stage(stage), said.when(stage), stage.cites)
    card = _card(top, list(_items(said, stage.do)), f"band {degree}", 10)
    middle = 24
    shapes = [
        path("line", f"M{SPINE} {middle + 15}V{card.height + GAP + 3:.1f}"),
        path("tip", f"M{SPINE - 4.5} {card.height + GAP + 2:.1f}H{SPINE + 4.5}L{SPINE} {card.height + GAP + 8:.1f}Z"),
        circle(f"node {degree}", SPINE, middle, 14),
        line(str(place + 1), "number", SPINE, middle + 5, "middle"),
        card.at(CARD, 0),
    ]
    return Block(card.height + GAP, tuple(shapes))


def _end(said: Said, ladder: Ladder) -> Block:
    cites = ladder.ends.cites if ladder.ends is not None else ()
    top = _head(said, said.say("ends"), said.end(ladder), cites)
    card = _card(top, list(_items(said, ladder.ends.do if ladder.ends is not None else ())), "band over", 22)
    return Block(card.height, (circle("ring", SPINE, 24, 14), circle("core", SPINE, 24, 8), card.at(CARD, 0)))


def _head(said: Said, title: str, when: str, cites: Iterable[str]) -> Block:
    clauses = said.phrases.all_of(list(cites))
    aside = clauses if clauses and width(clauses, 11) <= CLAUSES else ""
    room = ROOM - 2 * PAD - (width(aside, 11) + 12 if aside else 0)
    found = below(
        [
            text(title, "h3", 16, room, bold=True, x=PAD),
            text(when, "when", 13, ROOM - 2 * PAD, x=PAD),
            text("" if aside else clauses, "cites", 11, ROOM - 2 * PAD, x=PAD),
        ],
        2,
    )
    corner = (line(aside, "cites", ROOM - PAD, 26, "end"),) if aside else ()
    return Block(found.height + 20, (found.at(0, 10), *corner))


def _card(top: Block, items: list[Block], kind: str, radius: float) -> Block:
    """A head over items, in one frame."""
    body = below(items)
    high = top.height + (body.height + 6 if body.height else 0)
    corners = f"M0 {top.height:.1f}V{radius}A{radius} {radius} 0 0 1 {radius} 0H{ROOM - radius}A{radius} {radius} 0 0 1 {ROOM} {radius}V{top.height:.1f}Z"
    band = path(kind, corners) if body.height else box(kind, 0, 0, ROOM, high, radius)
    shapes = (box("card", 0, 0, ROOM, high, radius), band, top.at(0, 0), body.at(0, top.height + 3), box("edge", 0, 0, ROOM, high, radius))
    return Block(high, shapes)


def _items(said: Said, actions: Iterable[Action]) -> Iterator[Block]:
    below_each: list[float] = []  # for each depth, how far down it is from the item there that the next would hang on
    for n, step in enumerate(steps(actions)):
        block = _item(said, step, below_each[step.depth - 1] if step.depth else 0, first=n == 0)
        below_each = [*(high + block.height for high in below_each[: step.depth]), 0]
        yield block


def _item(said: Said, step: Step, reach: float, *, first: bool) -> Block:
    """One item: what, under it who and to whom, at the right by when; one that follows on another hangs below it."""
    action, left = step.action, PAD + INDENT * step.depth
    due = said.when_due(action)
    limit = chip(due, "unset" if said.is_open(action) else "due", 0, room=DUE, clock=action.due is not None) if due else Block(0)
    room = ROOM - PAD - left - (limit.width + 14 if due else 0)
    tag = said.why(step) if step.why else ""
    mark = chip(tag, step.why, left, room=room * 0.5) if tag else Block(0)
    beside = mark.width + 8 if tag else 0
    title = said.what(action)
    who = said.people(action)
    only = said.say("if", condition=said.condition(action.only_if)) if action.only_if is not None else ""
    after = beside + width(title, TITLE, bold=True) + 12
    inline = bool(step.depth and who and after + width(who, 13) <= room)
    what = text(title, "what", TITLE, room - beside, bold=True, x=left + beside, tail=span(who, "who", 12) if inline else "")
    top = max(what.height, mark.height)
    under = below([text("" if inline else who, "who", 13, room, x=left), text(only, "only", 12, room, x=left)])
    high = max(top + (under.height + 1 if under.height else 0), limit.height)
    shapes = [
        "" if first or step.depth else path("rule", f"M{PAD} 0H{ROOM - PAD}"),
        path("hook", f"M{left - 14} {-reach - 2:.1f}V19H{left - 5}") if step.depth else "",
        mark.at(0, 8), what.at(0, 8 + (1 if tag else 0)), under.at(0, 9 + top),
        limit.at(ROOM - PAD - limit.width, 8) if due else "",
    ]  # fmt: skip
    return Block(high + 16, tuple(shape for shape in shapes if shape))
