"""The tree as it lies in the database: leaves, and the roots over each full 256, 65,536 and so on of them."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TypeVar

from django.db import connection

from audit.copying import copy_rows
from audit.models import Leaf, Seal, Subtree
from audit.sealing.tree import EMPTY, Frontier, Range, node_hash, root_of

# A subtree of a level is made of so many of the level below.
BRANCHES = 256
BITS = 8

# The hashes of a level, from one number to before another.
_LEAVES = "SELECT %s AS level, position, hash FROM audit_leaf WHERE position >= %s AND position < %s"
_SUBTREES = "SELECT level, number, hash FROM audit_subtree WHERE level = %s AND number >= %s AND number < %s"

Made = TypeVar("Made")
# The hashes of neighbours of one level, in order.
Hashes = Callable[[int, range], Sequence[bytes]]


def with_roots(work: Callable[[Range], Made]) -> Made:
    """What `work` makes of the roots of runs of leaves: of few rows, in one query, however many it asks for.

    It runs twice: first to say which it will ask for. Raises LookupError where some of the leaves are missing.
    """
    asked: list[tuple[int, range]] = []

    def note_down(level: int, numbers: range) -> list[bytes]:
        asked.append((level, numbers))
        return [EMPTY]

    work(partial(_root, note_down))
    return work(partial(_root, _fetched(asked)))


def frontier(size: int) -> Frontier:
    """The edge of the tree as it was at `size`. Raises LookupError where leaves are missing."""
    return with_roots(partial(Frontier.at, size))


def add_leaves(leaves: Iterable[Leaf], *, size: int) -> int:
    """Store leaves behind the first `size`, and the subtrees that they complete, in an action. The new size."""
    stored = list(leaves)
    copy_rows(Leaf, stored)
    new = size + len(stored)
    level, width = 1, BRANCHES
    while new // width:
        completed = range(size // width, new // width)
        copy_rows(
            Subtree, [Subtree(level=level, number=number, hash=_completed(level, number)) for number in completed]
        )
        level, width = level + 1, width * BRANCHES
    return new


def last_seal() -> Seal | None:
    """The newest, without its time, which whoever needs it asks for; None before the first pass."""
    return Seal.objects.defer("at").first()


def _root(hashes: Hashes, start: int, end: int) -> bytes:
    """The root over the leaves from `start` to before `end`."""
    size = end - start
    if size & (size - 1) or start % size:  # not one full subtree
        edge = 1 << (size - 1).bit_length() - 1
        return node_hash(_root(hashes, start, start + edge), _root(hashes, start + edge, end))
    level = (size.bit_length() - 1) // BITS
    return root_of(hashes(level, range(start >> level * BITS, end >> level * BITS)))


def _completed(level: int, number: int) -> bytes:
    below = range(number * BRANCHES, (number + 1) * BRANCHES)
    return root_of(_fetched([(level - 1, below)])(level - 1, below))


def _fetched(asked: list[tuple[int, range]]) -> Hashes:
    """The hashes that were asked for. Raises LookupError where some of them are missing."""
    found: dict[tuple[int, int], bytes] = {}
    if asked:
        query = " UNION ALL ".join(_SUBTREES if level else _LEAVES for level, _numbers in asked)
        with connection.cursor() as cursor:
            cursor.execute(query, [each for level, numbers in asked for each in (level, numbers.start, numbers.stop)])
            found = {(level, number): bytes(each) for level, number, each in cursor.fetchall()}

    def hashes(level: int, numbers: range) -> list[bytes]:
        try:
            return [found[level, number] for number in numbers]
        except KeyError:
            raise LookupError(f"Of the hashes of level {level} in {numbers} some are missing.") from None

    return hashes
