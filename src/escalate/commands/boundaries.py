"""`escalate test --write-boundaries`: a spec with three cases for each threshold of a policy."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from ..boundaries import Boundaries, Where, as_written, boundaries
from ..kinds import SPEC
from ..load import load_policy
from ..messages import reworded, say, told
from ..parse import MapNode, TextNode, parse, read_source
from ..quoting import quoted
from ..reports.problems import print_json
from ..source import Problem, Refused, Source, Span
from ..spec import parse_spec
from ..translate.spoken import chinese, in_chinese
from ..translate.tree import english
from . import FINE, PROBLEMS, Misuse

OWN = ".boundaries"


def write(paths: Sequence[str], out: str, lang: str, form: str = "human") -> int:
    """Write the boundary cases of a policy, or of those that a spec names; 1 where no threshold has any."""
    if len(paths) != 1 or os.path.isdir(paths[0]):
        raise Misuse(say("--write-boundaries is of one policy or of one spec: name its file"))
    path = paths[0]
    stem = path.removesuffix(SPEC).removesuffix(OWN) if path.endswith(SPEC) else os.path.splitext(path)[0]
    file = out or f"{stem}{OWN}{SPEC}"
    if not file.endswith(SPEC):
        raise Misuse(say("--out is a spec: give it a name that ends in `{ENDING}`", ENDING=SPEC))
    _check(file)
    where = _of_spec(path, file) if path.endswith(SPEC) else _of_policy(path, file)
    found = boundaries(where)
    if found.text:
        with open(file, "w", encoding="utf-8", newline="\n") as opened:
            opened.write(found.text)
    if form == "json":
        print_json(_values(file, found), sys.stdout)
    else:
        sys.stdout.write(_said(file, found, where.lang, lang))
    return FINE if found.text else PROBLEMS


def _check(file: str) -> None:
    """Refuse, before anything is played, a file that is somebody's own, or was changed since it was written."""
    folder = os.path.dirname(file)
    if folder and not os.path.isdir(folder):
        raise Refused([Problem("no-folder", say("`{folder}` does not exist", folder=folder), help=say("make that folder first"))])
    if os.path.lexists(file):
        source, _ = read_source(file)
        if source is None or not as_written(source.text):
            message = say("`{file}` is there already, and is not as `--write-boundaries` wrote it", file=file)
            raise Refused([Problem("file-there", message, help=say("name another file with --out; nothing was written"))])


def _of_policy(path: str, file: str) -> Where:
    policy = load_policy(path, for_evaluation=True)
    return Where(file, f"policy: {quoted(_beside(path, file))}\n", (policy,), lang=_keys_of(read_source(path)[0]))


def _of_spec(path: str, file: str) -> Where:
    """The policies of a spec, its calendar, and the date from which its first case plays."""
    source, problems = read_source(path)
    cases, wrong = parse_spec(source) if source is not None else ((), ())
    if source is None or not cases:
        raise Refused([problem for problem in (*problems, *wrong) if not problem.warning])
    policies = cases[0].policies
    names = [quoted(_beside(policy.path, file)) for policy in policies]
    head = f"policy: {names[0] if len(names) == 1 else '[' + ', '.join(names) + ']'}\n{_calendar(source, file)}"
    begins = cases[0].calendar.zone.date(cases[0].since) if cases[0].since > 0 else None
    return Where(file, head, policies, begins, _keys_of(source))


def _keys_of(source: Source | None) -> str:
    """The language in which most keys of a file are written."""
    return "zh" if source is not None and in_chinese(source) else "en"


def _calendar(source: Source, file: str) -> str:
    """The calendar that the cases of a spec share, else that of its first one, as a key at the left margin; empty where there is none."""
    root, _ = parse(source)
    tree = english(root, "spec")[0] if root is not None else None
    cases = tree.get("cases") if isinstance(tree, MapNode) else None
    first = cases.entries[0][1] if isinstance(cases, MapNode) and cases.entries else None
    for entries in (one.entries for one in (tree, first) if isinstance(one, MapNode)):
        for key, value in entries:
            if key.text == "calendar" and isinstance(value, TextNode):
                return f"calendar: {quoted(_beside(os.path.join(os.path.dirname(source.path), value.text.strip()), file))}\n"
            if key.text == "calendar":
                return f"calendar{_between(source, key.span, value.span)}\n"
    return ""


def _between(source: Source, first: Span, last: Span) -> str:
    """What is written from the end of one place to the end of another."""
    lines = list(source.lines[first.end_line - 1 : last.end_line])
    lines[-1] = lines[-1][: last.end_col - 1]
    lines[0] = lines[0][first.end_col - 1 :]
    return "\n".join(lines).rstrip()


def _beside(path: str, file: str) -> str:
    """A path as a spec at another path names it."""
    return os.path.relpath(path, os.path.dirname(file) or os.curdir).replace(os.sep, "/")


def _said(file: str, found: Boundaries, keys: str, lang: str) -> str:
    parts = {"file": file, "cases": found.cases, "covered": len(found.triples), "all": len(found.triples) + len(found.left)}
    wrote = say("nothing was written: thresholds {covered} of {all}", **parts)
    if found.text:
        wrote = say("written to {file}: cases {cases}, thresholds {covered} of {all}", **parts)
    left = [say("thresholds without cases: {n}", n=len(found.left))] if found.left else []
    lines = [told(wrote, lang), *(told(one, lang) for one in left), *(f"  {line}" for line in found.lines)]
    if found.text:
        signed = say("what stands below `expect:` is what the policy does today: read it against the plan")
        lines.append(told(reworded(signed, chinese) if keys == "zh" else signed, lang))
    return "\n".join([*lines, ""])


def _values(file: str, found: Boundaries) -> dict[str, object]:
    return {
        "file": file if found.text else "", "cases": found.cases, "covered": len(found.triples),
        "left_out": [
            {
                "file": one.span.source.path if one.span is not None else "", "line": one.span.line if one.span is not None else 0,
                "path": one.path, "text": one.text, "why": one.why, "what": one.what,
            }
            for one in found.left
        ],
    }  # fmt: skip
