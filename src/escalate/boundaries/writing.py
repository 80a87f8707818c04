"""The boundary cases of some policies as the text of a spec, with what has none in its head."""

from __future__ import annotations

import os
import posixpath
from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import frozen

from ..canonical import digest
from ..conditions import TURNED, show
from ..phrases import phrases_for
from ..policy import Param, Policy
from ..wording import Wording
from .finding import Left, Triple, find
from .thresholds import Threshold, thresholds
from .where import Where
from .words import words_for

MARK = "# escalate test --write-boundaries "  # how a written file begins; what follows tells whether it is as it was written
DIGITS = 12


@frozen
class Boundaries:
    """What was found: the text of the spec, empty where no threshold has cases, how many have, and those that have none."""

    text: str
    triples: tuple[Triple, ...]
    left: tuple[Left, ...]
    lang: str

    @property
    def lines(self) -> tuple[str, ...]:
        """What has no cases, a line each."""
        return tuple(_line(one, self.lang) for one in self.left)


def boundaries(where: Where) -> Boundaries:
    """Three cases for each threshold of some policies, in the order in which they are written."""
    found = [find(threshold, where) for policy in where.policies for threshold in thresholds(policy)]
    triples = tuple(one for one in found if isinstance(one, Triple))
    left = (*(one for one in found if isinstance(one, Left)), *(one for policy in where.policies for one in _limits(policy)))
    lang = where.policies[0].lang
    return Boundaries(_text(where, triples, left, lang) if triples else "", triples, left, lang)


def as_written(text: str) -> bool:
    """Whether a file's text is one that was written so, and nobody has changed it since."""
    first, _, rest = text.partition("\n")
    return first.startswith(MARK) and first.removeprefix(MARK) == digest(rest)[:DIGITS]


def _limits(policy: Policy) -> Iterator[Left]:
    for target in policy.targets.values():
        if target.bound is not None:
            bound = target.bound.name if isinstance(target.bound, Param) else show(target.bound)
            yield Left(target.span, target.name, f"{target.limit}: {bound}", "limit")


# --- the text --------------------------------------------------------------------------------------------


def _text(where: Where, triples: Sequence[Triple], left: Sequence[Left], lang: str) -> str:
    words = words_for(lang)
    start = Counter(draft.start for one in triples for draft in one.drafts).most_common(1)[0][0]
    lines = [f"# {words['head']}", f"# {words['head more']}"]
    lines += [f"# {words['left'].format(n=len(left))}"] * bool(left) + [f"#   {_line(one, lang)}" for one in left]
    lines += [f"{where.head}from: {start}", "cases:"]
    titles = _titles([one.threshold for one in triples])
    for one, title in zip(triples, titles, strict=True):
        own = words_for(one.threshold.policy.lang)
        for draft, side in zip(one.drafts, own["sides"].split("|"), strict=True):
            lines += [draft.text(own["title"].format(**title, side=side), start), ""]
    rest = "\n".join(lines)
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
    measure, stage = one.measure, one.stage
    assert measure is not None  # of what has no measure, or stands in no stage, there are no cases
    assert stage is not None
    words, wording = words_for(one.policy.lang), Wording(one.policy, phrases_for(one.policy.lang))
    op = one.compare.op if one.sides[0] == one.compare.left else TURNED.get(one.compare.op, one.compare.op)
    name = wording.stage(stage) if stage.name != "ends" else f"{_ladder(one)} {words['ends']}"
    return {"stage": name, "what": wording.measure(measure.name), "op": op, "number": one.said}


def _ladder(one: Threshold) -> str:
    return Wording(one.policy, phrases_for(one.policy.lang)).ladder(one.part)


def _line(one: Left, lang: str) -> str:
    words = words_for(lang)
    place = f"{posixpath.basename(one.span.source.path.replace(os.sep, '/'))}:{one.span.line}:{one.span.col}" if one.span is not None else ""
    return words["line"].format(place=place, text=one.text, path=one.path, why=words[one.why])
