"""The lists of `names.txt`."""

from functools import cache
from pathlib import Path


@cache
def names(section: str) -> tuple[str, ...]:
    """The names under a heading, in order. Raises KeyError where there is no such heading."""
    found: dict[str, list[str]] = {}
    for line in (Path(__file__).parent / "names.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            under = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            under.extend(line.split())
    return tuple(found[section])
