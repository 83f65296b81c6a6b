"""The roots over full subtrees that are stored, compared with those of the leaves."""

from collections.abc import Iterator
from hashlib import sha256

from audit.sealing.reading import stored_subtrees
from audit.sealing.stored import BITS, BRANCHES, last_seal
from audit.sealing.tree import Frontier


class Subtrees(Frontier):
    """The edge of a tree that remembers the roots over each full 256 leaves, over each 256 of these, and so on."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[tuple[int, int], bytes] = {}

    def append(self, leaf: bytes) -> None:
        """Take in a leaf's hash: as every edge does, which passes by the root of each full subtree."""
        full, number, height = leaf, self.size, 0
        while number & 1:
            full = sha256(b"\x01" + self.peaks.pop() + full).digest()
            number, height = number >> 1, height + 1
            if not height % BITS:
                self.found[height // BITS, number] = full
        self.peaks.append(full)
        self.size += 1

    def faults(self) -> Iterator[tuple[int, str]]:
        """Which of those that are stored are others, are missing, or stand where the tree does not reach."""
        left, further = dict(self.found), []
        for level, number, found in stored_subtrees():
            if (level, number) not in self.found:
                further.append((level, number))
            elif left.pop((level, number), None) != found:
                yield _fault(level, number, "is not that of its leaves")
        for level, number in left:
            yield _fault(level, number, "is missing")
        # Asked last: what was sealed meanwhile is in the tree by now.
        seal = last_seal()
        size = seal.size if seal else 0
        for level, number in further:
            if level < 1 or number < 0 or (number + 1) * BRANCHES**level > size:
                yield _fault(level, number, "was added: the tree does not reach there")


def _fault(level: int, number: int, what: str) -> tuple[int, str]:
    return number * BRANCHES**level, f"The stored root of subtree {number} of level {level} {what}."
