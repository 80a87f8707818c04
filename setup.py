"""The one step of a build that pyproject.toml cannot say: `policies/` goes into the package, as `escalate/shipped`.

An editable install reads the policies where they lie, so there the step does nothing.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import Command, setup
from setuptools.command.build import build

POLICIES, SHIPPED = Path("policies"), Path("escalate", "shipped")


class BuildPolicies(Command):
    """Copies the policies into what is built."""

    description = "copy policies/ into the package"
    user_options = ()

    def initialize_options(self) -> None:
        self.build_lib: str | None = None
        self.editable_mode = False

    def finalize_options(self) -> None:
        self.set_undefined_options("build_py", ("build_lib", "build_lib"))

    def run(self) -> None:
        if self.editable_mode:
            return
        shutil.rmtree(Path(str(self.build_lib)) / SHIPPED, ignore_errors=True)  # a policy that an earlier build left behind
        for built, source in self.get_output_mapping().items():
            Path(built).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, built)

    def get_source_files(self) -> list[str]:
        return sorted(str(path) for path in POLICIES.rglob("*.yaml"))

    def get_outputs(self) -> list[str]:
        return list(self.get_output_mapping())

    def get_output_mapping(self) -> dict[str, str]:
        return {str(Path(str(self.build_lib)) / SHIPPED / Path(source).relative_to(POLICIES)): source for source in self.get_source_files()}


build.sub_commands = [*build.sub_commands, ("build_policies", None)]

if __name__ == "__main__":
    setup(cmdclass={"build_policies": BuildPolicies})
