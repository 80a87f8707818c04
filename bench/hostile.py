"""How long hostile text takes: a megabyte of each kind, read as a policy; the longest in seconds, and the memory at the end."""

import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from escalate.load import check_policy
from escalate.source import Source
from tests.strategies import megabytes


def main() -> None:
    """Print a line for each."""
    taken = {text[:12]: seconds(text) for text in megabytes()}
    for start, found in sorted(taken.items(), key=lambda pair: -pair[1]):
        print(f"{found:6.2f} s  {start!r}...")
    print(f"longest {max(taken.values()):.2f} s, peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def seconds(text: str) -> float:
    """How long one text takes, best of three."""
    found = []
    for _ in range(3):
        start = time.perf_counter()
        check_policy(Source("p.yaml", text))
        found.append(time.perf_counter() - start)
    return min(found)


if __name__ == "__main__":
    main()
