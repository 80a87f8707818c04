"""The boundary cases of some policies as the text of a spec, with what has none in its head."""

from __future__ import annotations

import os
import posixpath
from collections import Counter
from collections.abc import Sequence

from attrs import frozen

from ..canonical import digest
from ..conditions import Condition
from ..formatting import formatted
from ..phrases import phrases_for
from ..policy import Ladder, part_of, stage_of
from ..records import find_action
from ..source import Source
from ..wording import Wording
from .finding import Left, Triple, find
from .thresholds import LIMIT, Threshold, thresholds
from .where import Where
from .words import words_for

MARK = "# escalate test --write-boundaries "  # how a written file begins; what follows tells whether it is as it was written
DIGITS = 12
OF_ACTIONS = ("if", "done_when", "hold")


@frozen
class Boundaries:
    """What was found: the text of the spec, empty where no threshold has cases, how many have, and those that have none."""

    text: str
    triples: tuple[Triple, ...]
    left: tuple[Left, ...]
    lang: str

    @property
    def cases(self) -> int:
        """How many cases there are."""
        return sum(draft is not None for one in self.triples for draft in one.drafts)

    @property
    def lines(self) -> tuple[str, ...]:
        """What has no cases, a line each."""
        return tuple(_line(one, self.lang) for one in self.left)


def boundaries(where: Where) -> Boundaries:
    """Three cases for each threshold of some policies, in the order in which they are written."""
    found = [find(threshold, where) for policy in where.policies for threshold in thresholds(policy)]
    triples = tuple(one for one in found if isinstance(one, Triple))
    left = tuple(one for one in found if isinstance(one, Left))
    lang = where.policies[0].lang
    return Boundaries(_text(where, triples, left, lang) if triples else "", triples, left, lang)


def as_written(text: str) -> bool:
    """Whether a file's text is one that was written so, and nobody has changed it since."""
    first, _, rest = text.partition("\n")
    return first.startswith(MARK) and first.removeprefix(MARK) == digest(rest)[:DIGITS]


# --- the text --------------------------------------------------------------------------------------------


def _text(where: Where, triples: Sequence[Triple], left: Sequence[Left], lang: str) -> str:
    words = words_for(lang)
    start = Counter(draft.start for one in triples for draft in one.drafts if draft is not None).most_common(1)[0][0]
    lines = [f"# {words['head']}", f"# {words['head more']}"]
    lines += [f"# {words['left'].format(n=len(left))}"] * bool(left) + [f"#   {_line(one, lang)}" for one in left]
    lines += [f"{where.head}from: {start}", "cases:"]
    titles = _titles([one.threshold for one in triples])
    for one, title in zip(triples, titles, strict=True):
        own = words_for(one.threshold.policy.lang)
        for draft, side in zip(one.drafts, own["sides"].split("|"), strict=True):
            lines += [draft.text(own[LIMIT if one.threshold.role == LIMIT else "title"].format(**title, side=side), start), ""] if draft is not None else []
    rest = formatted(Source(where.path, "\n".join(lines)), where.lang)
    return f"{MARK}{digest(rest)[:DIGITS]}\n{rest}"


def _titles(found: Sequence[Threshold]) -> list[dict[str, str]]:
    """The stage, the measure and the number of each; the ladder's too where stages are called alike, and then a number."""
    own = [_title(one) for one in found]
    alike = Counter(map(str, own))
    longer = [{**title, "stage": f"{_ladder(one)} {title['stage']}"} if alike[str(title)] > 1 else title for one, title in zip(found, own, strict=True)]
    seen: Counter[str] = Counter()
    for title in longer:
        seen[str(title)] += 1
        if seen[str(title)] > 1:
            title["stage"] += f" ({seen[str(title)]})"
    return longer


def _title(one: Threshold) -> dict[str, str]:
    wording = Wording(one.policy, phrases_for(one.policy.lang))
    said = one.said if one.role != LIMIT else wording.value(one.value, "student" if one.in_heads else "%")
    return {"stage": _whose(one, wording), "what": wording.put_in(Condition(one.sides[0], ""), {}), "op": one.op, "number": said}


def _whose(one: Threshold, wording: Wording) -> str:
    """What a threshold decides of, as it is called: an action, a stage, else a ladder, a duty or a target."""
    action = find_action(one.policy, one.path) if one.role in OF_ACTIONS else None
    if action is not None:
        return wording.action(action)
    part = part_of(one.policy, one.part)
    if isinstance(part, Ladder) and one.name != "ends" and (stage := stage_of(part, one.name)) is not None:
        return wording.stage(stage)
    own = part.title.say(wording.phrases.lang) or part.name if part is not None else one.part
    return f"{own} {words_for(one.policy.lang)['ends']}" if one.name == "ends" else own


def _ladder(one: Threshold) -> str:
    return Wording(one.policy, phrases_for(one.policy.lang)).ladder(one.part)


def _line(one: Left, lang: str) -> str:
    words = words_for(lang)
    place = f"{posixpath.basename(one.span.source.path.replace(os.sep, '/'))}:{one.span.line}:{one.span.col}" if one.span is not None else ""
    return words["line"].format(place=place, text=one.text, path=one.path, why=words[one.why].format(what=one.what))
