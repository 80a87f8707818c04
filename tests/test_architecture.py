"""The layers and the doors of src/escalate (DESIGN, section 8): what breaks one is named with its file, its line and the way round."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import frozen

ROOT = Path(__file__).parents[1] / "src" / "escalate"

# From the bottom to the top: a module, or a wing as a whole, imports only what stands on a lower layer. Those of one layer do not know each other.
LAYERS = (
    # what things are
    ("messages", "synonyms"),
    ("source", "times", "canonical", "scan", "keywords", "quoting", "gathering"),
    ("conditions", "days", "ledger", "places", "slips", "kinds"),
    ("policy", "roster", "events", "parse", "audit", "mixups"),
    ("fitting", "casebook", "translate"),
    # what they mean, pure
    ("language", "opening", "posts", "cites", "clocks", "history", "deadlines", "matcher", "openings"),
    ("phrases", "meant"),
    ("grammar", "measures", "consequences"),
    ("terms", "wording", "interest"),
    # YAML to Policy, every problem placed; cases and items
    ("loading", "family"),
    ("checking", "cases", "rates"),
    ("check", "duties", "groups"),
    ("targets",),
    ("sweeps",),
    ("items",),
    ("load", "derive"),
    # evaluation
    ("triggers",),
    ("records",),
    ("decisions", "chains"),
    ("subject", "oddities"),
    ("doubts",),
    ("stratum",),
    ("intake",),
    ("engine",),
    ("bulk",),
    ("evaluation", "foresight"),
    ("nearest",),
    ("explain", "registers"),
    ("compare", "simulate"),
    # the edges
    ("readers", "policies", "start"),
    ("writers",),
    ("store",),
    ("reports",),
    ("pictures",),
    ("pages",),
    # the author's and the tester's bench
    ("spec",),
    ("lints",),
    ("schema",),
    ("lsp",),
    ("formatting",),
    ("testing",),
    ("boundaries",),
    # the faces
    ("__init__",),
    ("commands", "pytest_plugin"),
    ("cli",),
    ("__main__",),
)
# Designed and perhaps not yet written.
EXPECTED = frozenset(
    ("__main__", "bulk", "cli", "commands", "duties", "explain", "registers", "reports", "spec", "store", "targets", "testing")
)
HEIGHT = {name: height for height, layer in enumerate(LAYERS) for name in layer}

# A package, and the only files or wings that may import it.
DOORS = {
    "durable": ("matcher/durable.py",),
    "durable_rules_engine": ("matcher/durable.py",),
    "yaml": ("parse.py",),
    "holidays": ("readers/draft.py",),
    "openpyxl": ("writers/workbook.py",),
    "click": ("cli.py", "commands/", "reports/"),
    "rich": ("cli.py", "commands/", "reports/"),
    "pytest": ("pytest_plugin.py",),
    "pygls": ("lsp/server.py",),
    "lsprotocol": ("lsp/server.py",),
    "hypothesis": ("testing/",),
    "sqlite3": ("store/",),
    "tempfile": ("writers/", "store/", "commands/"),
    "shutil": ("writers/", "store/", "commands/"),
    "random": ("cli.py",),
    "secrets": ("cli.py",),
    "uuid": ("cli.py",),
    "time": ("cli.py",),
    "locale": ("cli.py",),
}
WAYS_ROUND = {
    "durable": "ask escalate.matcher.make for a matcher",
    "durable_rules_engine": "ask escalate.matcher.make for a matcher",
    "yaml": "parse.py gives nodes that know their places",
    "holidays": "readers/draft.py gives the holidays of a year as plain data",
    "openpyxl": "give writers/workbook.py sheets; it gives bytes",
    "click": "return a value or a Problem and let commands/ print it",
    "rich": "return a value or a Problem and let reports/ draw it",
    "hypothesis": "state a law in testing/laws and let the strategies look for its worlds",
    "pytest": "give values and texts, and let pytest_plugin.py make tests of them",
    "pygls": "answer about texts and positions, and let lsp/server.py speak the protocol",
    "lsprotocol": "answer about texts and positions, and let lsp/server.py speak the protocol",
    "sqlite3": "take or return values and let store/ keep them",
    "tempfile": "take an open file, or return what is to be written",
    "shutil": "take an open file, or return what is to be written",
}
NO_CHANCE = "same inputs, same bytes: take the value as an argument; only cli.py asks the machine"

CLOCKS = ("now", "today", "utcnow")
ENVIRONMENT = ("environ", "getenv")
FILES = ("open", "read_text", "read_bytes", "write_text", "write_bytes")
# load.py reads what a policy extends: through parse.read_source, or the text that is shipped with this package.
FILE_DOORS = ("readers/", "writers/", "store/", "commands/", "parse.py", "load.py")


@frozen
class Import:
    """One module of escalate imports another."""

    path: str
    line: int
    module: str
    target: str
    annotations_only: bool = False


def module_of(path: Path, root: Path) -> str:
    """`measures/run.py` is `measures.run`, `measures/__init__.py` is `measures`, the package's own `__init__.py` is `__init__`."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)


def modules(root: Path) -> dict[str, Path]:
    return {module_of(path, root): path for path in sorted(root.rglob("*.py"))}


def trees(root: Path) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(root.rglob("*.py")):
        yield path.relative_to(root).as_posix(), ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(root: Path) -> list[Import]:
    """Every import of one module by another, also those in a function and those for annotations only."""
    known = modules(root)
    return [found for name, path in known.items() for found in _imports(name, path, root, known)]


def _imports(name: str, path: Path, root: Path, known: dict[str, Path]) -> Iterator[Import]:
    shown = path.relative_to(root).as_posix()
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    unreal = {id(node) for block in ast.walk(tree) if _for_annotations(block) for node in ast.walk(block)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            targets = [alias.name.removeprefix("escalate.") for alias in node.names if alias.name.startswith("escalate.")]
            targets += ["__init__" for alias in node.names if alias.name == "escalate"]
        elif isinstance(node, ast.ImportFrom):
            base = _base(node, path, root)
            inside = [".".join((*base, alias.name)) for alias in node.names] if base is not None else []
            targets = [target if target in known else ".".join(base or ()) or "__init__" for target in inside]
        else:
            continue
        yield from (Import(shown, node.lineno, name, target, id(node) in unreal) for target in dict.fromkeys(targets) if target != name)


def _for_annotations(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _base(node: ast.ImportFrom, path: Path, root: Path) -> tuple[str, ...] | None:
    """Where in escalate `from ... import` begins; None when it is another package."""
    written = tuple((node.module or "").split(".")) if node.module else ()
    if not node.level:
        return written[1:] if written[:1] == ("escalate",) else None
    package = path.relative_to(root).parts[:-1]
    return package[: len(package) - node.level + 1] + written


def wing(module: str) -> str:
    return module.partition(".")[0]


def unlisted(root: Path) -> list[str]:
    """Modules that have no layer."""
    names = dict.fromkeys(wing(name) for name in modules(root))
    return [f"src/escalate/{name}: has no layer; the way round: add it to LAYERS, above all that it imports" for name in names if name not in HEIGHT]


def upward(root: Path) -> list[str]:
    """Imports that do not point down."""
    found = []
    for each in imports(root):
        low, high = wing(each.module), wing(each.target)
        if low == high or low not in HEIGHT or (high in HEIGHT and HEIGHT[high] < HEIGHT[low]):
            continue
        where = "is not in LAYERS" if high not in HEIGHT else "stands beside it" if HEIGHT[high] == HEIGHT[low] else "stands above it"
        way = "take what it gives as an argument, or move what both need to a layer below both"
        found.append(f"src/escalate/{each.path}:{each.line}: `{each.module}` imports `{each.target}`, which {where}; the way round: {way}")
    return found


def circles(root: Path) -> list[str]:
    """The shortest circle of imports that each module is on; a member of a wing may name the wing's own contract for its annotations."""
    edges: dict[str, dict[str, Import]] = {}
    for each in imports(root):
        if not each.annotations_only:
            edges.setdefault(each.module, {}).setdefault(each.target, each)
    found, seen = [], set()
    for start in edges:
        road = _road(start, edges)
        if road and frozenset(road) not in seen:
            seen.add(frozenset(road))
            first = edges[road[0]][road[1]]
            way = "move what both need to a module of its own"
            found.append(f"src/escalate/{first.path}:{first.line}: a circle, {' -> '.join(road)}; the way round: {way}")
    return found


def _road(start: str, edges: dict[str, dict[str, Import]]) -> list[str]:
    """The shortest way from a module back to it."""
    roads, seen = [[start]], set()
    for road in roads:
        for target in edges.get(road[-1], {}):
            if target == start:
                return [*road, start]
            if target not in seen:
                seen.add(target)
                roads.append([*road, target])
    return []


def through(path: str, doors: tuple[str, ...]) -> bool:
    return any(path == door or (door.endswith("/") and path.startswith(door)) for door in doors)


def broken_doors(root: Path) -> list[str]:
    """Packages that are imported, clocks that are asked and files that are opened where that may not be."""
    return [f"src/escalate/{path}:{line}: {text}" for path, tree in trees(root) for line, text in sorted(set(_broken(path, tree)))]


def _broken(path: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        for name in _packages(node):
            if name in DOORS and not through(path, DOORS[name]):
                yield node.lineno, f"imports `{name}`, whose door is {', '.join(DOORS[name])}; the way round: {WAYS_ROUND.get(name, NO_CHANCE)}"
        called = _called(node)
        if called in CLOCKS and path != "cli.py":
            yield node.lineno, f"asks the clock with `{called}()`, which only cli.py may; the way round: {NO_CHANCE}"
        if isinstance(node, ast.Attribute) and node.attr in ENVIRONMENT and path != "cli.py":
            yield node.lineno, f"reads the environment with `{node.attr}`, which only cli.py may; the way round: {NO_CHANCE}"
        if called in FILES and not through(path, FILE_DOORS) and not _own_function(called, tree):
            way = "take a Source, an open file or values, and let an edge open it"
            yield node.lineno, f"opens a file with `{called}()`, whose door is {', '.join(FILE_DOORS)}; the way round: {way}"


def _packages(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name.partition(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom) and not node.level:
        return [(node.module or "").partition(".")[0]]
    return []


def _called(node: ast.AST) -> str:
    """The last name of what is called: `open` of `open(...)` and of `path.open(...)`."""
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""


def _own_function(name: str, tree: ast.Module) -> bool:
    """A module may define a function of that name, such as one that opens a case."""
    return any(isinstance(node, ast.FunctionDef) and node.name == name for node in ast.walk(tree))


def report(found: list[str]) -> None:
    if found:
        pytest.fail("\n".join(found), pytrace=False)


# --- the house as it stands ---------------------------------------------------------------------


def test_every_module_has_a_layer():
    """A new module is put on a layer before it is used."""

    report(unlisted(ROOT))


def test_no_layer_names_what_is_gone():
    """LAYERS lists what exists, or is designed."""
    present = {wing(name) for name in modules(ROOT)}

    assert [] == sorted(set(HEIGHT) - present - EXPECTED)
    assert sum(len(layer) for layer in LAYERS) == len(HEIGHT), "a module stands on two layers"


def test_imports_point_down():
    """Nothing knows what stands above or beside it."""

    report(upward(ROOT))


def test_there_are_no_circles():
    """Each file can be read with only those below it, inside a wing too."""

    report(circles(ROOT))


def test_doors_are_kept():
    """One door for each dependency; clock, chance, environment and files only where they may be."""

    report(broken_doors(ROOT))


# --- the checks themselves ----------------------------------------------------------------------


def house(root: Path, **files: str) -> Path:
    """A tree of modules; `__` in a name is a folder."""
    for name, text in files.items():
        folder, _, last = name.partition("__")
        path = root / folder / f"{last}.py" if last else root / f"{folder}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("from .engine import Engine", "`source` imports `engine`, which stands above it"),
        ("import escalate.engine", "`source` imports `engine`, which stands above it"),
        ("def f():\n    from . import engine", "`source` imports `engine`, which stands above it"),
        ("from .times import Zone", "`source` imports `times`, which stands beside it"),
        ("from .nowhere import x", "`source` imports `nowhere`, which is not in LAYERS"),
        ("from escalate import evaluate", "`source` imports `__init__`, which stands above it"),
    ],
)
def test_an_import_that_does_not_point_down_is_found(tmp_path, text, said):
    """Also in a function, absolute, of a sister, of the package's own face."""
    root = house(tmp_path, source=text, engine="", times="", nowhere="")

    (found,) = upward(root)

    assert found.startswith("src/escalate/source.py:")
    assert said in found


def test_imports_inside_a_wing_and_downward_are_fine(tmp_path):
    """`..` from a wing leaves it, `.` stays inside."""
    root = house(tmp_path, source="", matcher__fault="from ..source import Problem", matcher__plain="from .fault import x\nfrom . import fault")

    assert [] == upward(root)


def test_a_circle_is_found_inside_a_wing(tmp_path):
    """The whole round is named, once."""
    root = house(tmp_path, matcher__a="from .b import x", matcher__b="\nfrom . import c", matcher__c="from ..matcher.a import y", source="from .source import z")

    (found,) = circles(root)

    assert found.startswith("src/escalate/matcher/a.py:1: a circle, matcher.a -> matcher.b -> matcher.c -> matcher.a;")


def test_annotations_make_no_circle_but_stand_on_a_layer(tmp_path):
    """`if TYPE_CHECKING:` keeps an import from running, not from being known."""
    quiet = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from "
    root = house(tmp_path, matcher____init__="from .both import Both", matcher__both=f"{quiet} . import Matcher", source=f"{quiet}.engine import x", engine="")

    (found,) = upward(root)

    assert [] == circles(root)
    assert found.startswith("src/escalate/source.py:3:")


def test_a_module_without_a_layer_is_found(tmp_path):
    """Its name is what has to be added."""

    assert ["src/escalate/brandnew: has no layer; the way round: add it to LAYERS, above all that it imports"] == unlisted(house(tmp_path, brandnew=""))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("matcher__plain", "import durable_rules_engine", "imports `durable_rules_engine`"),
        ("load", "from yaml import compose", "imports `yaml`"),
        ("readers__calendar", "import holidays.utils", "imports `holidays`"),
        ("evaluation", "import click", "imports `click`"),
        ("items", "def f():\n    import random", "imports `random`"),
        ("items", "import datetime\nx = datetime.datetime.now()", "asks the clock with `now()`"),
        ("engine", "from datetime import date as d\nx = d.today()", "asks the clock with `today()`"),
        ("engine", "import time\ntime.time()", "imports `time`"),
        ("engine", "import os\nos.environ['TZ']", "reads the environment with `environ`"),
        ("policy", "open('x')", "opens a file with `open()`"),
        ("policy", "from pathlib import Path\nPath('x').read_text()", "opens a file with `read_text()`"),
    ],
)
def test_a_door_that_is_passed_by_is_found(tmp_path, name, text, said):
    """With the way round."""
    (found,) = broken_doors(house(tmp_path, **{name: text}))

    assert said in found
    assert "the way round: " in found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("matcher__durable", "import durable_rules_engine"),
        ("parse", "import yaml\nopen('x')"),
        ("readers__draft", "import holidays"),
        ("commands__run", "import rich\nopen('x')"),
        ("cli", "import click, datetime\ndatetime.date.today()"),
        ("cases", "class Cases:\n    def open(self): ...\n    def f(self): self.open()"),
    ],
)
def test_a_door_may_be_used(tmp_path, name, text):
    """And a method of one's own may be called `open`."""

    assert [] == broken_doors(house(tmp_path, **{name: text}))
