"""What no case has exercised, in words, one table a language; and the policy's text with a margin that shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..phrases import of_language
from ..source import Source
from ..translate.spoken import chinese, in_chinese
from ..translate.tree import steps
from .covering import Covered, percent
from .points import TRUE, Point

MARGIN = "# escalate test --coverage-marked"  # how a marked text begins

EN = {
    "stage.fired": "stage `{path}` never fired",
    "action.issued": "`{path}` was never asked for",
    "action.told": "`{path}` was never told",
    "end.ended": "`{ends}` never ended a case of `{path}`",
    "end.lasted": "`{lasts}` never ended a case of `{path}`",
    "deadline.in time": "`{path}` was never done in time",
    "deadline.late": "`{path}` was never late",
    "duty.asked": "duty `{path}` was never asked for",
    "target.met": "target `{path}` was never met",
    "target.broken": "target `{path}` was never broken",
    "need.true": "what `{path}` needs was never there: `{text}`",
    "need.untrue": "what `{path}` needs was never missing: `{text}`",
    "condition.true": "`{role}` of `{path}` was never true: `{text}`",
    "condition.untrue": "`{role}` of `{path}` was never untrue: `{text}`",
    "part.true": "`{role}` of `{path}` was never decided by `{text}` being true",
    "part.untrue": "`{role}` of `{path}` was never decided by `{text}` not being true",
    "head": "{path}: {percent} % covered, {covered} of {of} ({kinds})",
    "stage": "stages", "action": "actions", "end": "ends", "deadline": "deadlines", "duty": "duties", "target": "targets", "need": "needs",
    "condition": "conditions", "part": "parts of conditions", "comma": ", ",
}  # fmt: skip
ZH = {
    "stage.fired": "台阶 `{path}` 从未触发",
    "action.issued": "`{path}` 从未派发",
    "action.told": "`{path}` 从未通知",
    "end.ended": "`{path}` 从未因 `{ends}` 结束",
    "end.lasted": "`{path}` 从未因 `{lasts}` 到期结束",
    "deadline.in time": "`{path}` 从未按时完成",
    "deadline.late": "`{path}` 从未逾期",
    "duty.asked": "例行工作 `{path}` 从未派发",
    "target.met": "目标 `{path}` 从未达到",
    "target.broken": "目标 `{path}` 从未有过未达到的情形",
    "need.true": "`{path}` 的 `{need}` 从未齐备：`{text}`",
    "need.untrue": "`{path}` 的 `{need}` 从未缺少：`{text}`",
    "condition.true": "`{path}` 的 `{role}` 从未成立：`{text}`",
    "condition.untrue": "`{path}` 的 `{role}` 从未不成立：`{text}`",
    "part.true": "`{path}` 的 `{role}` 从未由 `{text}` 成立来决定",
    "part.untrue": "`{path}` 的 `{role}` 从未由 `{text}` 不成立来决定",
    "head": "{path}: 覆盖 {percent} %，{of} 处中的 {covered} 处（{kinds}）",
    "stage": "台阶", "action": "行动", "end": "结案", "deadline": "期限", "duty": "例行工作", "target": "目标", "need": "依据",
    "condition": "条件", "part": "条件的各部分", "comma": "、",
}  # fmt: skip
WORDS = {"en": EN, "zh": ZH}
STEPS = frozenset(steps().values())


def words_for(lang: str) -> Mapping[str, str]:
    """The words of a language; English where there are none of its own."""
    return of_language(WORDS, lang)


def said(point: Point, lang: str) -> str:
    """What never came about, in words; our own words in it as the file writes them in which it stands."""
    # Below a `not` the condition wants its part false.
    side = ("untrue" if point.side == TRUE else TRUE) if point.denied else point.side
    path, keys = point.path, {"role": point.role, "ends": "ends", "lasts": "lasts", "need": "need"}
    if in_chinese(point.span.source):
        path = ".".join(chinese(step) if step in STEPS else step for step in path.split("."))
        keys = {key: chinese(word, "target" if word == "count" else "") for key, word in keys.items()}
    return words_for(lang)[f"{point.kind}.{side}"].format(**keys, path=path, text=point.text)


def head(found: Covered) -> str:
    """How much of a policy was exercised, of each kind too."""
    words = words_for(found.policy.lang)
    kinds = words["comma"].join(f"{words[kind]} {covered}/{of}" for kind, (covered, of) in found.kinds.items())
    of = len(found.points)
    return words["head"].format(path=found.policy.path, percent=found.percent, covered=of - len(found.uncovered), of=of, kinds=kinds)


def whole(found: Sequence[Covered]) -> tuple[int, int, int]:
    """Of several policies together: percent, how much was exercised, of how much."""
    of = sum(len(one.points) for one in found)
    covered = of - sum(len(one.uncovered) for one in found)
    return percent(covered, of), covered, of


def marked(found: Sequence[Covered]) -> str:
    """The texts of policies with a margin: `+` covered, `-` not, blank where there is nothing to cover."""
    lines = [f"{MARGIN}: + covered, - not covered"]
    for one in found:
        lines += ["", f"# {head(one)}"]
        for source in _sources(one):
            lines += [] if source.path == one.policy.path else ["", f"# {source.path}"]
            lines += _marked(source, one)
    return "\n".join(lines) + "\n"


def _sources(found: Covered) -> tuple[Source, ...]:
    """The texts in which something can be covered, the policy's own first."""
    own = [found.policy.span.source] if found.policy.span is not None else []
    return tuple({source.path: source for source in [*own, *(point.span.source for point in found.points)]}.values())


def _marked(source: Source, found: Covered) -> Iterator[str]:
    can = {point.span.line for point in found.points if point.span.source.path == source.path}
    left = {point.span.line for point in found.uncovered if point.span.source.path == source.path}
    for number, line in enumerate(source.lines, 1):
        yield f"{'-' if number in left else '+' if number in can else ' '} {line}".rstrip()
