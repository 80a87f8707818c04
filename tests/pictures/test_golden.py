"""The pictures of one Chinese and one English policy, to the byte; `--update-golden` rewrites them."""

from __future__ import annotations

import re

import pytest

from escalate import load_policy
from escalate.pictures import markdown, mermaid, svg, table_of
from escalate.source import Source

from .shelf import ROOT, loaded

SHOWN = {"S002-02": ROOT / "policies" / "S002-02" / "adopted.yaml", "US-WA": ROOT / "policies" / "elsewhere" / "US-WA" / "policy.yaml"}
PAGE = ROOT / "docs" / "pictures.md"
MAKERS = {
    "docs/pictures/{}.svg": svg,
    "tests/pictures/golden/{}.mmd": mermaid,
    "tests/pictures/golden/{}.md": lambda policy: markdown(table_of(policy)),
}


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("place", MAKERS)
def test_a_picture_is_what_it_was(name, place, request):
    """The drawings are those that docs/pictures.md shows."""
    file, made = ROOT / place.format(name), MAKERS[place](loaded(SHOWN[name]))
    if request.config.getoption("--update-golden"):
        file.write_text(made, encoding="utf-8")

    assert file.read_text(encoding="utf-8") == made


def test_the_page_shows_what_comes_out(request):
    """The table and the flowchart of the policy that docs/pictures.md writes."""
    page = PAGE.read_text(encoding="utf-8")
    policy = load_policy(Source("policy.yaml", re.search(r"```yaml\n(.*?)```", page, re.DOTALL)[1]))
    rows = "".join(line for line in markdown(table_of(policy)).splitlines(keepends=True) if line.startswith("|"))
    blocks = {
        re.compile(r"(<!-- table -->\n\n)(.*?)(<!-- /table -->)", re.DOTALL): f"{rows}",
        re.compile(r"(<!-- mermaid -->\n```mermaid\n)(.*?)(```)", re.DOTALL): mermaid(policy),
    }
    if request.config.getoption("--update-golden"):
        for block, shown in blocks.items():
            page = block.sub(lambda found, shown=shown: found[1] + shown + found[3], page)
        PAGE.write_text(page, encoding="utf-8")

    assert list(blocks.values()) == [block.search(page)[2] for block in blocks]
