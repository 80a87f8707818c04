"""Puts small faults into the source, one at a time, and asks whether a test fails: what survives is a rule that no test holds.

python bench/mutants.py --count 40 --seed 1 --only deadlines cases

Works on a copy in mutants/; the tree itself is not touched. The same seed tries the same faults. Ends with 1 when one survived.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
COPY = ROOT / "mutants"
COPIED = ("src", "tests", "policies", "examples", "docs", "bench", "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE")
OPERATORS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult, ast.Mod: ast.Add,
}  # fmt: skip


class Fault(NamedTuple):
    """One place in one file, and what stands there instead."""

    path: str
    line: int
    start: int
    end: int
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: `{self.old}` -> `{self.new}`"


def faults(path: Path) -> Iterator[Fault]:
    """Every fault that this file can be given."""
    text = path.read_text(encoding="utf-8")
    data = text.encode()
    starts = [0]
    for row in data.splitlines(keepends=True):
        starts.append(starts[-1] + len(row))
    tree = ast.parse(text)
    said = {id(node.annotation) for node in ast.walk(tree) if isinstance(node, ast.AnnAssign | ast.arg) and node.annotation}
    for node in _meant(tree, said):
        for changed in _changed(node):
            start, end = starts[node.lineno - 1] + node.col_offset, starts[(node.end_lineno or 1) - 1] + (node.end_col_offset or 0)
            new = ast.unparse(changed) if isinstance(changed, ast.Constant) else f"({ast.unparse(changed)})"
            yield Fault(path.relative_to(ROOT).as_posix(), node.lineno, start, end, data[start:end].decode(), new)


def _meant(node: ast.AST, said: set[int]) -> Iterator[ast.expr]:
    """The expressions that do something: not annotations, not the inside of f-strings."""
    for child in ast.iter_child_nodes(node):
        returns = isinstance(node, ast.FunctionDef) and child is node.returns
        if id(child) in said or returns or isinstance(child, ast.JoinedStr):
            continue
        if isinstance(child, ast.expr):
            yield child
        yield from _meant(child, said)


def _changed(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        yield ast.Compare(node.left, [OPERATORS[type(node.ops[0])]()], node.comparators)  # type: ignore[list-item]  # OPERATORS pairs like with like
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(OPERATORS[type(node.op)](), node.values)  # type: ignore[arg-type]  # OPERATORS pairs like with like
        yield from (ast.BoolOp(node.op, [value for value in node.values if value is not left]) for left in node.values if len(node.values) > 2)
    elif isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        yield ast.BinOp(node.left, OPERATORS[type(node.op)](), node.right)  # type: ignore[arg-type]  # OPERATORS pairs like with like
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.IfExp):
        yield ast.IfExp(node.test, node.orelse, node.body)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield ast.Constant(node.value + 1)


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


def suite(limit: float | None, tests: list[str]) -> str:
    """`passed`, `failed` or `hung`: the suite over the copy, until its first failure."""
    command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", "--hypothesis-profile=ci", "-n", "2", *tests]
    found = {"PYTHONPATH": str(COPY / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, cwd=COPY, env={**os.environ, **found}, capture_output=True, text=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return "hung"
    if done.returncode not in {0, 1, 2}:
        raise SystemExit(f"pytest did not run:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return "failed" if done.returncode else "passed"


def main() -> int:
    """Prints each fault that survived; 1 when there is one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=[], help="modules: `cases`, `measures/run`, `loading`")
    parser.add_argument("--tests", nargs="*", default=[], help="only these tests")
    args = parser.parse_args()
    source = ROOT / "src" / "escalate"
    paths = [path for path in sorted(source.rglob("*.py")) if not args.only or any(_is(path.relative_to(source), name) for name in args.only)]
    every = [fault for path in paths for fault in faults(path)]
    chosen = sorted(random.Random(args.seed).sample(every, min(args.count, len(every))))
    copy()
    began = time.monotonic()
    if suite(None, args.tests) != "passed":
        print("the suite fails without any fault; nothing was tried")
        return 1
    limit = 60 + 3 * (time.monotonic() - began)
    survived = 0
    print(f"{len(chosen)} of {len(every):,} faults in {len(paths)} files", flush=True)
    for number, fault in enumerate(chosen, 1):
        target = COPY / fault.path
        kept = target.read_bytes()
        target.write_bytes(kept[: fault.start] + fault.new.encode() + kept[fault.end :])
        came = suite(limit, args.tests)
        target.write_bytes(kept)
        survived += came == "passed"
        print(f"{number:>4}  {'SURVIVED' if came == 'passed' else came:<8}  {fault}", flush=True)
    print(f"{survived} of {len(chosen)} survived")
    return 1 if survived else 0


def _is(path: Path, name: str) -> bool:
    return path.with_suffix("").as_posix() == name or path.as_posix().startswith(f"{name}/")


if __name__ == "__main__":
    sys.exit(main())
