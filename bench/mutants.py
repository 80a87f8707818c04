"""Puts small faults into the source, one at a time, and asks whether a test fails: what survives is a rule that no test holds.

python bench/mutants.py --comparisons                      every comparison of the rules: conditions, measures, days, deadlines, clocks
python bench/mutants.py --only cases items --count 40      forty faults of other modules; the same seed tries the same ones

Works on a copy in mutants/; the tree itself is not touched. A fault meets the tests of its own module first and then the wider ones,
until the first failure, each time in a fork that has pytest loaded already. Ends with 1 when one survived.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import resource
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
COPY = ROOT / "mutants"
SHOWN = COPY / "shown.txt"
COPIED = ("src", "tests", "policies", "examples", "docs", "bench", "pyproject.toml", "Makefile", "README.md", "CHANGELOG.md", "LICENSE")
RULES = ("conditions", "grammar", "terms", "matcher", "measures", "days", "deadlines", "clocks")
# Tests of a module beside those that bear its name, by the beginning of its path.
ALSO = {
    **{name: [f"tests/test_{name}.py"] for name in ("audit", "items", "explain")}, "loading": ["tests/test_load.py"], "checking": ["tests/test_load.py"],
    "conditions": ["tests/test_grammar.py", "tests/matcher/test_plain.py"],
    "grammar": ["tests/test_grammar.py", "tests/test_load.py"],
    "terms": ["tests/test_model_values.py"],
    "measures": ["tests/test_model_measures.py"],
}  # fmt: skip
WIDER = [
    *(f"tests/test_{name}.py" for name in ("days", "deadlines", "terms", "clocks", "counterexamples", "engine")),
    "tests/measures", "tests/matcher/test_plain.py", "tests/test_laws.py",
]  # fmt: skip
SHORT = {"ESCALATE_LAWS": "3", "PYTHONDONTWRITEBYTECODE": "1"}
SECONDS = 60  # more than ten times what any of these takes
BYTES = 4 << 30

COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
}  # fmt: skip
ORDERED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {ast.Eq: (ast.LtE, ast.GtE), ast.NotEq: (ast.Lt, ast.Gt)}
COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult, ast.Mod: ast.Add,
}  # fmt: skip
ENDS = {"min": "max", "max": "min"}


class Fault(NamedTuple):
    """One place in one file, and what stands there instead."""

    path: str
    line: int
    kind: str
    start: int
    end: int
    old: str
    new: str

    def __str__(self) -> str:
        old, new = (" ".join(text.split()) for text in (self.old, self.new))
        return f"{self.path}:{self.line}: {self.kind}\n      - {old}\n      + {new}"


# --- faults -------------------------------------------------------------------------------------------


def faults(path: Path) -> Iterator[Fault]:
    """Every fault that this file can be given."""
    text = path.read_text(encoding="utf-8")
    data = text.encode()
    starts = [0]
    for row in data.splitlines(keepends=True):
        starts.append(starts[-1] + len(row))
    for node in _meant(ast.parse(text)):
        for kind, changed in _changed(node):
            start, end = starts[node.lineno - 1] + node.col_offset, starts[(node.end_lineno or 1) - 1] + (node.end_col_offset or 0)
            new = ast.unparse(changed) if isinstance(changed, ast.Constant) else f"({ast.unparse(changed)})"
            yield Fault(path.relative_to(ROOT).as_posix(), node.lineno, kind, start, end, data[start:end].decode(), new)


def _meant(node: ast.AST) -> Iterator[ast.expr]:
    """The expressions that do something: not annotations, not the inside of f-strings."""
    for name, field in ast.iter_fields(node):
        for child in field if isinstance(field, list) else [field]:
            if name in ("annotation", "returns") or not isinstance(child, ast.AST) or isinstance(child, ast.JoinedStr):
                continue
            if isinstance(child, ast.expr):
                yield child
            yield from _meant(child)


def _changed(node: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(node, ast.Compare):
        for n, op in enumerate(node.ops):
            others = COMPARED[type(op)] + (ORDERED.get(type(op), ()) if _is_number(node.comparators[n]) else ())
            yield from (("comparison", ast.Compare(node.left, [*node.ops[:n], other(), *node.ops[n + 1 :]], node.comparators)) for other in others)
    elif isinstance(node, ast.BoolOp):
        yield "boolean", ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        for left_out in node.values:
            kept = [value for value in node.values if value is not left_out]
            yield "boolean", ast.BoolOp(node.op, kept) if len(kept) > 1 else kept[0]
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not", node.operand
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ENDS:
        yield "min or max", ast.Call(ast.Name(ENDS[node.func.id]), node.args, node.keywords)
    elif isinstance(node, ast.BinOp) and type(node.op) in COMPUTED:
        yield "arithmetic", ast.BinOp(node.left, COMPUTED[type(node.op)](), node.right)
    elif isinstance(node, ast.IfExp):
        yield "choice", ast.IfExp(node.test, node.orelse, node.body)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield "truth", ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield from (("number", ast.Constant(node.value + step)) for step in (1, -1))


def _is_number(node: ast.expr) -> bool:
    """Whether an order may be asked beside this side: not of texts, truths and `None`."""
    return isinstance(node, ast.Constant) and isinstance(node.value, int) and not isinstance(node.value, bool)


# --- trying -------------------------------------------------------------------------------------------


def copy() -> None:
    """The tree, without what tools left in it."""
    shutil.rmtree(COPY, ignore_errors=True)
    COPY.mkdir()
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, COPY / name, ignore=shutil.ignore_patterns("__pycache__", "data", "out", "*.egg-info"))
        elif source.exists():
            shutil.copy(source, COPY / name)


def directed(path: str) -> list[str]:
    """The tests of one module: those that bear its name, its folder's, and what `ALSO` says."""
    module = Path(path).relative_to("src/escalate").with_suffix("")
    near = [Path("tests") / module.parent / f"test_{module.name}.py", *(Path("tests") / folder for folder in module.parts[:-1])]
    more = next((tests for name, tests in ALSO.items() if module.as_posix().startswith(name)), [])
    return list(dict.fromkeys([*(test.as_posix() for test in near if (ROOT / test).exists()), *more]))


def suite(tests: list[str]) -> str:
    """`passed`, `failed` or `hung`: these tests over the copy, until the first failure."""
    status = _forked(["-x", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning", "--hypothesis-profile=ci", *tests])
    if os.WIFSIGNALED(status):
        return "hung" if os.WTERMSIG(status) == signal.SIGALRM else "failed"
    code = os.WEXITSTATUS(status)
    if code not in {0, 1, 2}:
        raise SystemExit(f"pytest did not run but ended with {code} on {' '.join(tests)}; see {SHOWN}")
    return "failed" if code else "passed"


def _forked(arguments: list[str]) -> int:
    """Runs pytest in a child of this process and gives how it ended; what it prints goes to a file of the copy."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    signal.alarm(SECONDS)
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    shown = os.open(SHOWN, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(shown, 1)
    os.dup2(shown, 2)
    code = 3
    try:
        code = pytest.main(arguments)
    finally:
        sys.stdout.flush()
        os._exit(code)


def put(target: Path, data: bytes, stamp: float) -> None:
    """Writes a module; a stamp of its own keeps Python from the bytecode of another text of the same length."""
    target.write_bytes(data)
    os.utime(target, (stamp, stamp))


def tried(fault: Fault, number: int, stages: Iterable[list[str]]) -> str:
    """`killed`, `hung` or `survived`."""
    target = COPY / fault.path
    kept, stamp = target.read_bytes(), target.stat().st_mtime
    put(target, kept[: fault.start] + fault.new.encode() + kept[fault.end :], number)
    came = next((found for tests in stages if tests and (found := suite(tests)) != "passed"), "survived")
    put(target, kept, stamp)
    return "killed" if came == "failed" else came


def warm() -> None:
    """Loads pytest with its plugins and what the tests import, but nothing of `escalate`: each fork loads that for itself."""
    os.chdir(COPY)
    sys.path.insert(0, str(COPY / "src"))
    os.environ.update(SHORT, PYTHONPATH=str(COPY / "src"))
    _forked(["--collect-only", "tests"])  # leaves bytecode behind
    for name in ("attrs", "hypothesis.strategies", "yaml", "_pytest.assertion.rewrite", "_pytest.python"):
        __import__(name)
    sys.dont_write_bytecode = True


def main() -> int:
    """Prints each fault that survived, and how many of each kind did; 1 when there is one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", default=list(RULES), metavar="PATTERN", help="modules: `cases`, `measures`, `readers/t*`")
    parser.add_argument("--comparisons", action="store_true", help="no other faults")
    parser.add_argument("--count", type=int, help="a sample of so many")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tests", nargs="*", help="these tests instead of the module's own and the wider ones")
    args = parser.parse_args()
    source = ROOT / "src" / "escalate"
    paths = [path for path in sorted(source.rglob("*.py")) if any(_is(path.relative_to(source), name) for name in args.only)]
    every = [fault for path in paths for fault in faults(path) if not args.comparisons or fault.kind == "comparison"]
    chosen = every if args.count is None else sorted(random.Random(args.seed).sample(every, min(args.count, len(every))))
    copy()
    warm()
    stages = {path: [args.tests] if args.tests else [directed(path), WIDER] for path in {fault.path for fault in chosen}}
    for tests in {tuple(tests) for found in stages.values() for tests in found if tests}:
        if suite(list(tests)) != "passed":
            print(f"{' '.join(tests)} fail without any fault, see {SHOWN}; nothing was tried")
            return 1
    print(f"{len(chosen):,} of {len(every):,} faults in {len(paths)} files", flush=True)
    began = time.monotonic()
    table: dict[tuple[str, str], Counter[str]] = {}
    for number, fault in enumerate(chosen, 1):
        came = tried(fault, number, stages[fault.path])
        table.setdefault((fault.path.removeprefix("src/escalate/"), fault.kind), Counter())[came] += 1
        if came == "survived":
            print(f"{number:>5} SURVIVED {fault}", flush=True)
    return _told(table, time.monotonic() - began)


def _is(path: Path, name: str) -> bool:
    return fnmatch(path.with_suffix("").as_posix(), name) or path.as_posix().startswith(f"{name}/")


def _told(table: dict[tuple[str, str], Counter[str]], seconds: float) -> int:
    print(f"\n{'file':<24} {'kind':<12} {'faults':>7} {'killed':>7} {'hung':>7} {'survived':>9}")
    for (path, kind), found in sorted(table.items()):
        print(f"{path:<24} {kind:<12} {found.total():>7} {found['killed']:>7} {found['hung']:>7} {found['survived']:>9}")
    every = sum(table.values(), Counter())
    caught = every["killed"] + every["hung"]
    print(f"{caught:,} of {every.total():,} caught ({100 * caught / max(every.total(), 1):.1f} %), {every['survived']} survived, in {seconds:.0f} s")
    return 1 if every["survived"] else 0


if __name__ == "__main__":
    sys.exit(main())
