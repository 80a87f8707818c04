"""The pages of a small school, to the byte; `--update-golden` rewrites them."""

from __future__ import annotations

from pathlib import Path

import pytest

from .shown import page, school

GOLDEN = Path(__file__).parent / "golden"
SHOWN = {"s1-zh": ("timeline", "s1"), "s3-en": ("timeline", "s3", "--lang", "en"), "report-zh": ("report",), "report-wall-en": ("report", "--wall", "--lang", "en")}


@pytest.mark.parametrize("name", SHOWN)
def test_a_page_is_what_it_was(name, tmp_path, request):
    """The same files up to the same instant give the same bytes."""
    file, made = GOLDEN / f"{name}.html", page(school(tmp_path), *SHOWN[name])
    if request.config.getoption("--update-golden"):
        file.write_text(made, encoding="utf-8")

    assert file.read_text(encoding="utf-8") == made
