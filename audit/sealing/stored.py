"""The tree as it lies in the database: leaves, and the roots over each full 256, 65,536 and so on of them."""

from collections.abc import Iterable

from audit.copying import copy_rows
from audit.models import Leaf, Seal, Subtree
from audit.sealing.tree import Frontier, node_hash, root_of

# A subtree of a level is made of so many of the level below.
BRANCHES = 256
_BITS = 8


def range_root(start: int, end: int) -> bytes:
    """The root over the leaves from `start` to before `end`, from few rows.

    Raises:
        LookupError: some of them are missing.
    """
    size = end - start
    if size & (size - 1) or start % size:  # not one full subtree
        edge = 1 << (size - 1).bit_length() - 1
        return node_hash(range_root(start, start + edge), range_root(start + edge, end))
    level = (size.bit_length() - 1) // _BITS
    return root_of(_hashes(level, start >> level * _BITS, end >> level * _BITS))


def frontier(size: int) -> Frontier:
    """The edge of the tree as it was at `size`. Raises LookupError where leaves are missing."""
    return Frontier.at(size, range_root)


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
    """The newest; None before the first pass."""
    return Seal.objects.first()


def _completed(level: int, number: int) -> bytes:
    return root_of(_hashes(level - 1, number * BRANCHES, (number + 1) * BRANCHES))


def _hashes(level: int, start: int, end: int) -> list[bytes]:
    """The hashes of neighbours of one level, in order."""
    leaves = Leaf.objects.filter(position__gte=start, position__lt=end).order_by("position")
    subtrees = Subtree.objects.filter(level=level, number__gte=start, number__lt=end).order_by("number")
    rows = (subtrees if level else leaves).values_list("hash", flat=True)
    found = [bytes(each) for each in rows]
    if len(found) != end - start:
        raise LookupError(f"Of the hashes {start} to {end - 1} of level {level} some are missing.")
    return found
