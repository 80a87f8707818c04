"""Ways that lead from a name back to itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping

MOST = 20


def circles(needs: Mapping[str, tuple[str, ...]]) -> Iterator[list[str]]:
    """For each name that leads back to itself the shortest way, at most `MOST`."""
    left = _without_free(needs)
    found = 0
    for name in left:
        way = _way_back(name, left)
        if way:
            yield way
            found += 1
        if found == MOST:
            return


def _without_free(needs: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The names that lead to a circle: those that need nothing, or only such names, are left out."""
    waiting = {name: len({one for one in ones if one in needs}) for name, ones in needs.items()}
    askers: dict[str, list[str]] = {name: [] for name in needs}
    for name, ones in needs.items():
        for one in {one for one in ones if one in needs}:
            askers[one].append(name)
    free = deque(name for name, count in waiting.items() if not count)
    while free:
        for asker in askers[free.popleft()]:
            waiting[asker] -= 1
            if not waiting[asker]:
                free.append(asker)
    return {name: needs[name] for name, count in waiting.items() if count}


def _way_back(start: str, needs: Mapping[str, tuple[str, ...]]) -> list[str]:
    came: dict[str, str] = {}
    todo = deque([start])
    while todo:
        name = todo.popleft()
        for one in needs.get(name, ()):
            if one == start:
                return _way(start, name, came)
            if one not in came:
                came[one] = name
                todo.append(one)
    return []


def _way(start: str, last: str, came: Mapping[str, str]) -> list[str]:
    way = [last]
    while way[-1] != start:
        way.append(came[way[-1]])
    return [*reversed(way), start]
