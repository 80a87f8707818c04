"""How long `import escalate` and `escalate --help` take: best and median of ten new processes."""

import statistics
import subprocess
import sys
import time

LIMITS = {"import escalate": 100, "escalate --help": 200}
COMMANDS = {"import escalate": ("-c", "import escalate"), "escalate --help": ("-m", "escalate", "--help"), "python alone": ("-c", "")}


def main() -> None:
    """Print a line for each."""
    for name, command in COMMANDS.items():
        taken = [milliseconds(command) for _ in range(10)]
        limit = f" (to stay below {LIMITS[name]})" if name in LIMITS else ""
        print(f"{name:16} best {min(taken):5.0f} ms, median {statistics.median(taken):5.0f} ms{limit}")


def milliseconds(command: tuple[str, ...]) -> float:
    """One new process, from start to end."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *command], capture_output=True, check=True)
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
