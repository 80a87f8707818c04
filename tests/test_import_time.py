"""What `import escalate` brings with it, and the names that it promises."""

import subprocess
import sys
from pathlib import Path

import escalate

NAMES = Path(__file__).with_name("public_names.txt")
NOT_LOADED = {"click", "rich", "yaml", "durable", "durable_rules_engine", "holidays", "pyarrow", "numpy", "openpyxl", "sqlite3"}


def test_import_loads_only_what_an_integrator_needs():
    """The command line, the rule engine and what is optional stay out until they are asked for."""
    code = "import sys; before = set(sys.modules); import escalate; print(*{name.partition('.')[0] for name in set(sys.modules) - before})"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert set() == NOT_LOADED & set(loaded)


def test_public_names_are_those_that_were_promised(request):
    """`__all__` against public_names.txt; `--update-golden` rewrites it."""
    shown = "".join(f"{name}\n" for name in sorted(getattr(escalate, "__all__", ())))
    if request.config.getoption("--update-golden"):
        NAMES.write_text(shown, encoding="utf-8")

    assert NAMES.read_text(encoding="utf-8") == shown


def test_public_names_exist():
    """Each is there to be imported."""

    assert [] == [name for name in getattr(escalate, "__all__", ()) if not hasattr(escalate, name)]
