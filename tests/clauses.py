"""Which clause of a plan or a law is stated where, by which spec case it is exercised, or why no rule can compute it.

docs/coverage.md is made of this (`make clauses`), and test_clauses.py holds it to what it says.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path

from attrs import frozen

from escalate.cites import Cite, cites_in
from escalate.load import find_beside
from escalate.loading.draft import Draft
from escalate.loading.extends import merged
from escalate.parse import ListNode, MapNode, Node, TextNode, parse, read_source
from escalate.policy import Policy
from escalate.source import Refused, Source, Span
from escalate.spec import Case, spec_files, verdict
from escalate.spec.files import read_cases

ROOT = Path(__file__).parents[1]
LIST, PAGE, POLICIES = ROOT / "tests" / "clauses.yaml", ROOT / "docs" / "coverage.md", ROOT / "policies"
AT_LEAST = Fraction(9, 10)  # of the plans' clauses are computed

RULES = ("ladders", "duties", "targets", "registers")
THINGS = ("parameters", "roles", "measures", "students")  # what rules name
STATING = (*RULES, "replace", "add")  # where a clause is stated: a number, a person or a flag alone makes nobody do anything
NESTED = frozenset({"stages", "ends", "do", "then", "if_outcome", "if_overdue", "if_broken", "if_met"})
SAID = frozenset({"title", "text", "why", "cites"})  # what people read names nothing
WORD = re.compile(r"[^\W\d]\w*")


@frozen
class Clause:
    """One clause of a plan or law; of_plan: of the 26 plans, not of what stands beside them."""

    id: str
    source: str
    gist: str
    of_plan: bool


@frozen
class Reason:
    """Why no rule can compute a clause, and where that is written."""

    clause: str
    text: str
    span: Span


@frozen
class Exercise:
    """A spec case in which a clause came to bear; direct: the record of something that came as expected cites it, not only what its rule reads."""

    case: Case
    direct: bool


@frozen
class Coverage:
    """What is known of every clause, and the names of what has a folder below `policies`."""

    clauses: tuple[Clause, ...]
    present: frozenset[str]
    cites: tuple[Cite, ...]
    reasons: tuple[Reason, ...]

    @property
    def stated(self) -> Mapping[str, Cite]:
        """By clause, the rule that states it, of its own plan if there is one; the head of a file says what it is about and states nothing."""
        found: dict[str, Cite] = {}
        for cite in sorted((cite for cite in self.cites if cite.keys and cite.keys[0] in STATING), key=_rank):
            found.setdefault(cite.clause, cite)
        return found

    @property
    def uncomputed(self) -> Mapping[str, Reason]:
        return {reason.clause: reason for reason in self.reasons}

    @property
    def plans(self) -> tuple[str, ...]:
        """The plans, in order."""
        return tuple(dict.fromkeys(clause.source for clause in self.clauses if clause.of_plan))

    @property
    def asked(self) -> tuple[Clause, ...]:
        """The clauses of the plans that have a policy."""
        return tuple(clause for clause in self.clauses if clause.of_plan and clause.source in self.present)


def coverage(top: Path = POLICIES, listed: Path = LIST) -> Coverage:
    """Everything but the specs, which take their time."""
    files = sorted(path for path in top.rglob("*.yaml") if not path.name.endswith(".spec.yaml"))
    present = frozenset(path.parent.name for path in files if path.name == "policy.yaml")
    cites = tuple(cite for path in files if path.name != "uncomputed.yaml" for cite in cites_in(tree_of(path)))
    return Coverage(tuple(_listed(listed)), present, cites, tuple(reason for path in files if path.name == "uncomputed.yaml" for reason in _reasons(path)))


def tree_of(path: Path | str) -> Node:
    """The tree of a file, as it is written."""
    source, problems = read_source(path)
    tree, more = parse(source) if source is not None else (None, [])
    if tree is None:
        raise Refused([*problems, *more])
    return tree


def _listed(path: Path) -> Iterator[Clause]:
    for part, sources in _entries(tree_of(path)):
        for source, clauses in _entries(sources):
            yield from (Clause(f"{source.text}-{name.text}", source.text, gist.text, part.text == "plans") for name, gist in _entries(clauses))  # type: ignore[union-attr]


def _reasons(path: Path) -> Iterator[Reason]:
    for name, text in _entries(tree_of(path)):
        yield Reason(name.text, text.text.strip() if isinstance(text, TextNode) else "", name.span)


def _entries(node: Node) -> tuple[tuple[TextNode, Node], ...]:
    return node.entries if isinstance(node, MapNode) else ()


def _rank(cite: Cite) -> tuple[object, ...]:
    own = Path(cite.span.source.path)
    away = own.parent.name != source_of(cite.clause)
    return (away, own.name.startswith("adopted"), STATING.index(cite.keys[0]), own.name != "policy.yaml", cite.span.source.path, cite.span.line)


def source_of(clause: str) -> str:
    return clause.rpartition("-c")[0]


# --- what is wrong ------------------------------------------------------------------------------


def problems(found: Coverage) -> list[str]:
    """Clauses in no state and in two, and names of clauses that there are not, each at its place with the way round."""
    known = {clause.id for clause in found.clauses}
    heads = {clause.source for clause in found.clauses}
    wrong = []
    for clause in found.asked:
        if clause.id not in found.stated and clause.id not in found.uncomputed:
            wrong.append(f"policies/{clause.source}: {clause.id} is stated by no rule ({clause.gist}); the way round: let a rule cite it, or say in uncomputed.yaml why none can")
    for cite in found.cites:
        if cite.clause not in known and (cite.keys or cite.clause not in heads):
            wrong.append(f"{place(cite.span)}: `{cite.clause}` is no clause; the way round: name one of tests/clauses.yaml")
    for reason in found.reasons:
        if reason.clause not in known or source_of(reason.clause) != Path(reason.span.source.path).parent.name:
            wrong.append(f"{place(reason.span)}: `{reason.clause}` is no clause of this plan")
        if not reason.text:
            wrong.append(f"{place(reason.span)}: {reason.clause} has no reason; the way round: write a sentence")
        if reason.clause in found.stated:
            wrong.append(f"{place(reason.span)}: {reason.clause} is stated at {place(found.stated[reason.clause].span)}; the way round: leave one of the two out")
    return wrong


def share(found: Coverage) -> Fraction:
    """Of the clauses of the plans that have a policy, how many a rule states; 1 where there is none."""
    asked = found.asked
    return Fraction(sum(clause.id in found.stated for clause in asked), len(asked)) if asked else Fraction(1)


def place(span: Span) -> str:
    return f"{relative(span.source.path)}:{span.line}"


def relative(path: str) -> str:
    found = os.path.relpath(path, ROOT)
    return path if found.startswith("..") else Path(found).as_posix()


# --- which cases exercise them ----------------------------------------------------------------------


def exercised(top: Path = POLICIES) -> Mapping[str, Exercise]:
    """By clause, a case in which it came to bear: of its own plan if there is one, and direct if there is one."""
    best: dict[str, tuple[tuple[object, ...], Exercise]] = {}
    trees: dict[tuple[str, str], MapNode] = {}
    for case in read_cases(spec_files(top)).cases:
        direct, read = bearing(case, trees)
        for clause in direct | read:
            rank = (Path(case.path).parent.name != source_of(clause), clause not in direct, case.path, case.span.line)
            if clause not in best or rank < best[clause][0]:
                best[clause] = rank, Exercise(case, clause in direct)
    return {clause: exercise for clause, (_, exercise) in best.items()}


def bearing(case: Case, trees: dict[tuple[str, str], MapNode]) -> tuple[set[str], set[str]]:
    """The clauses of what came as expected: those that its record cites, and those of all that its rule rests on. trees: what has been read."""
    direct: set[str] = set()
    read: set[str] = set()
    named = {f"{policy.name}@{policy.version}": policy for policy in case.policies}
    found = verdict(case)
    for sheet in found.registers:
        direct |= set(sheet.cites) if sheet.met else set()
    for came in found.met:
        line = came.decision.record["line"]
        assert isinstance(line, dict)
        direct |= {clause for part in (line, *came.decision.record["readings"]) for clause in part.get("cites", ())}
        policy = named[str(came.decision.record["policy"])]
        key = (policy.path, policy.digest)
        trees[key] = trees.get(key) or merged_tree(policy)
        read |= resting(trees[key], line["path"])
    return direct, read


def merged_tree(policy: Policy) -> MapNode:
    """The tree of a policy with all that it extends."""
    source, problems = read_source(policy.path)
    found = merged(Draft(), source, find_beside) if isinstance(source, Source) else None
    if found is None:
        raise Refused(problems)
    return found.tree


def resting(tree: MapNode, path: str) -> set[str]:
    """What a rule rests on cites: all that stands above it, and each number, person, measure and flag that it names, and what those name."""
    road = list(_road(tree, path.split(".")))
    found = {word for node in road for word in _cited(node)}
    words = {word for node in road for word in _words(node)}
    things = {name: thing for section in THINGS if (own := tree.get(section)) is not None for name, thing in _named(own)}
    seen: set[str] = set()
    while fresh := (words & things.keys()) - seen:
        seen |= fresh
        for name in fresh:
            found |= {cite.clause for cite in cites_in(things[name])}
            words |= set(_words(things[name]))
    return found


def _road(tree: MapNode, parts: list[str]) -> Iterator[MapNode]:
    """The nodes that the parts of a path name, from its rule down."""
    node = next((rule for section in RULES if (rules := tree.get(section)) and (rule := dict(_named(rules)).get(parts[0]))), None)
    for part in [*parts[1:], ""]:
        if not isinstance(node, MapNode):
            return
        yield node
        node = _below(node, part)


def _below(node: MapNode, name: str) -> Node | None:
    """The nearest thing of a name below a node."""
    level: list[Node] = [node]
    while level:
        for one in level:
            if isinstance(one, MapNode) and (found := one.get(name)) is not None:
                return found
        level = [value for one in level for _, value in _entries(one)]
    return None


def _named(node: Node) -> Iterable[tuple[str, Node]]:
    return ((key.text, value) for key, value in _entries(node))


def _cited(node: MapNode) -> set[str]:
    own = node.get("cites")
    return {cite.clause for cite in cites_in(MapNode(((TextNode("cites", own.span), own),), own.span))} if own is not None else set()


def _words(node: Node) -> Iterator[str]:
    """The words of a node, but neither of the rules inside it nor of what is only said."""
    if isinstance(node, TextNode):
        yield from WORD.findall(node.text)
    elif isinstance(node, ListNode):
        for item in node.items:
            yield from _words(item)
    else:
        for key, value in node.entries:
            yield from [] if key.text in NESTED | SAID else [*WORD.findall(key.text), *_words(value)]


# --- the page ---------------------------------------------------------------------------------------


def page(found: Coverage, exercises: Mapping[str, Exercise]) -> str:
    """docs/coverage.md."""
    return "\n".join(_page(found, exercises)) + "\n"


def summary(found: Coverage, exercises: Mapping[str, Exercise]) -> str:
    """The counts, in words."""
    asked = found.asked
    stated = [clause.id for clause in asked if clause.id in found.stated]
    said = f"{len(asked)} clauses of {len(found.plans) - len(missing(found))} plans: {len(stated)} computed ({_percent(share(found))})"
    said += f", {sum(clause in exercises for clause in stated)} of them exercised by a spec case"
    said += f"; {sum(clause.id in found.uncomputed for clause in asked)} that no rule can compute."
    return said + (f" No policy yet: {', '.join(missing(found))}." if missing(found) else "")


def missing(found: Coverage) -> list[str]:
    """The plans without a policy."""
    return [plan for plan in found.plans if plan not in found.present]


def _percent(number: Fraction) -> str:
    return f"{float(number * 100):.1f} %"


def _page(found: Coverage, exercises: Mapping[str, Exercise]) -> Iterator[str]:
    yield from (
        "# Which clause is stated where", "",
        "Made by `make clauses` from the policies, their specs and `tests/clauses.yaml`; a test fails where it is stale.", "",
        "A clause is *computed* where a rule cites it: something in a ladder, a duty, a target or a register of a policy. The link leads to that line.",
        "The case beside it is one of a [spec](specs.md) in which something came about as expected and its audit record cites the clause; *read* says that the",
        "record cites another, and the rule behind it rests on this one: on a ladder, a stage, a number, a person, a measure or a flag that states it.",
        "What no rule can compute is listed with the reason, from the `uncomputed.yaml` of the plan.", "",
        summary(found, exercises),
    )  # fmt: skip
    for title, of_plan in (("The plans", True), ("Laws and systems beside them", False)):
        rows = [clause for clause in found.clauses if clause.of_plan == of_plan and (of_plan or clause.id in found.stated or clause.id in found.uncomputed)]
        yield from ("", f"## {title}")
        for source in dict.fromkeys(clause.source for clause in rows):
            yield from ("", f"### {source}", "")
            if of_plan and source not in found.present:
                yield "No policy yet."
                continue
            yield from ("| clause | in short | stated | exercised |", "|---|---|---|---|")
            yield from (_row(clause, found, exercises) for clause in rows if clause.source == source)


def _row(clause: Clause, found: Coverage, exercises: Mapping[str, Exercise]) -> str:
    cite, reason, exercise = found.stated.get(clause.id), found.uncomputed.get(clause.id), exercises.get(clause.id)
    stated = _link(_short(cite.span, clause.source), cite.span) if cite else f"not computed: {_cell(reason.text)}" if reason else "not yet"
    shown = "" if exercise is None or cite is None else _link(_cell(exercise.case.title), exercise.case.span) + ("" if exercise.direct else ", read")
    return f"| {clause.id.rpartition('-')[2]} | {_cell(clause.gist)} | {stated} | {shown} |".replace("|  |", "| |")


def _short(span: Span, source: str) -> str:
    own = Path(span.source.path)
    return f"{'' if own.parent.name == source else f'{own.parent.name}/'}{own.name}:{span.line}"


def _link(text: str, span: Span) -> str:
    return f"[{text}](../{relative(span.source.path)}#L{span.line})"


def _cell(text: str) -> str:
    return re.sub(r"([|\[\]])", r"\\\1", " ".join(text.split()))
