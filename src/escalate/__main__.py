"""`python -m escalate`."""

from .cli import main

main(prog_name="escalate")
