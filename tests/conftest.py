"""Options that all tests share."""

import os

import pytest
from hypothesis import settings

# `make test` and CI take `ci`: the same examples each time, so a run fails for a change and not by chance. Without it pytest looks
# for new ones on each run, and what it finds is printed with the line that repeats it. No deadline: a slow machine is not a fault.
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("dev", deadline=None, print_blob=True)
settings.load_profile("dev")


# The language of a machine is that of an answer where no policy says it: here all tests run on an English one.
os.environ["LC_ALL"] = "C.UTF-8"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite what golden cases expect")
