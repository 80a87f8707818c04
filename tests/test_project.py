"""The repository's own housekeeping: nothing that only works on one machine, no page that nobody finds, one version."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
TOP = ("src", "tests", "docs", "policies", "examples", "bench", "tools", ".ci", ".github")
GENERATED = {"__pycache__", "data", "out", ".hypothesis"}
BINARY = {".gz", ".parquet", ".png", ".pyc", ".xlsx", ".zip"}
# Written apart, so that this file does not name them itself.
PLACES = ("/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "/Us" + "ers/", "/t" + "mp/bash_jobs", "/o" + "pt/wheels")


def files() -> Iterator[Path]:
    """The files that belong to the project, without asking git."""
    yield from (path for path in sorted(ROOT.iterdir()) if path.is_file() and not path.name.startswith(".coverage"))
    for top in TOP:
        for path in sorted((ROOT / top).rglob("*")):
            inside = path.relative_to(ROOT).parts
            generated = GENERATED.intersection(inside) and inside[0] in {"examples", "src", "tests", "bench"}
            if path.is_file() and not generated and path.suffix not in BINARY and not any(part.endswith(".egg-info") for part in inside):
                yield path


def places_named(text: str) -> list[tuple[int, str]]:
    """The lines that name a place on somebody's machine."""
    pattern = re.compile("|".join(rf"(?<![\w.}}/-]){re.escape(place)}" for place in PLACES))
    return [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if pattern.search(line)]


def test_no_file_names_a_place_on_one_machine():
    """It would work here and nowhere else."""
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{number}: {line}; the way round: write the path from the project's own folder"
        for path in files()
        for number, line in places_named(path.read_text(encoding="utf-8", errors="replace"))
    ]

    if found:
        pytest.fail("\n".join(found), pytrace=False)


def test_a_place_on_one_machine_is_found():
    """At the beginning of a path, not as a part of one."""
    text = f"see {PLACES[0]}main\nour{PLACES[0]}main is fine\n'{PLACES[1]}.pyenv'"

    assert [1, 3] == [number for number, _ in places_named(text)]


def test_every_page_of_the_docs_is_linked_from_the_readme():
    """Nobody reads what nobody finds."""
    if not README.exists():
        pytest.skip("README.md is not written yet")
    linked = set(re.findall(r"\]\((?:\./)?(docs/[^)#\s]+)", README.read_text(encoding="utf-8")))
    linked |= {f"docs/{page}" for page in re.findall(r"\]\((lints/[^)#\s]+)", (ROOT / "docs" / "lint.md").read_text(encoding="utf-8"))}  # its pages
    pages = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md")}

    assert set() == pages - linked


def test_links_between_pages_lead_somewhere():
    """A link to a file of this project names one that is there."""
    broken = []
    for page in (README, *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "policies").rglob("*.md")), *sorted((ROOT / "examples").rglob("*.md"))):
        text = page.read_text(encoding="utf-8") if page.exists() else ""
        targets = re.findall(r"\]\(([^)#\s:]+)(?:#[^)\s]*)?\)", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
        broken += [f"{page.relative_to(ROOT)}: {target}" for target in targets if not (page.parent / target).exists()]

    assert [] == broken


def headings(page: Path) -> set[str]:
    """What may stand behind `#` in a link to a page."""
    found = re.findall(r"^#+ (.*)$", re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in found}


def test_links_to_a_heading_lead_to_one():
    """Not to the top of a long page."""
    broken = []
    for page in (README, *sorted((ROOT / "docs").rglob("*.md"))):
        links = re.findall(r"\]\(([^)#\s:]*\.md)?#([^)\s]+)\)", re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL))
        broken += [f"{page.relative_to(ROOT)}: {name}#{part}" for name, part in links if part not in headings((page.parent / name) if name else page)]

    assert [] == broken


def test_the_index_of_the_docs_names_every_page():
    """Each reader finds theirs in docs/README.md."""
    index = ROOT / "docs" / "README.md"
    named = re.findall(r"\]\(([\w.-]+\.md)", index.read_text(encoding="utf-8"))

    assert {page.name for page in index.parent.glob("*.md")} == {*named, index.name}


def test_the_version_is_the_changelogs_newest():
    """A release is written down."""
    version = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    newest = re.search(r"^## \[?(\d[^\]\s]*)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert version is not None
    assert newest is not None
    assert version[1] == newest[1]
