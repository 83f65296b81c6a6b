"""What was found out of names is kept while one person is looked for, whose many candidates share words, and no longer.

Names of people who were disposed of must not live on in the memory of a server.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Found = TypeVar("Found")

# Of each kind; so many words one search may meet.
KEPT = 8192

_FORGETTING: list[Callable[[], None]] = []


def remembered(function: Callable[Given, Found]) -> Callable[Given, Found]:
    """Decorate a pure function of words, whose answers are kept until `forget`."""
    kept = lru_cache(KEPT)(function)
    _FORGETTING.append(kept.cache_clear)
    return kept  # type: ignore[return-value]  # typeshed loses what it is given


def forget() -> None:
    """Let everything go."""
    for clear in _FORGETTING:
        clear()
