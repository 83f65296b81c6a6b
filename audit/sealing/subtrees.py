"""The roots over full subtrees that are stored, compared with those of the leaves."""

from collections.abc import Iterator

from audit.sealing.reading import stored_subtrees
from audit.sealing.stored import BITS, BRANCHES, last_seal
from audit.sealing.tree import Frontier


class Subtrees(Frontier):
    """The edge of a tree that remembers the roots over each full 256 leaves, over each 256 of these, and so on."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[tuple[int, int], bytes] = {}

    def completed(self, height: int, number: int, root: bytes) -> None:
        """Remember those of the levels that are stored."""
        if not height % BITS:
            self.found[height // BITS, number] = root

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
