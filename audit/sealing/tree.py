"""The Merkle tree of RFC 9162, section 2.1, over SHA-256: what makes a long list provable by few hashes.

`MTH(D)` of a list is its root. Of one leaf it is the leaf's hash; of more, the hash of two roots: that of the first k
leaves and that of the rest, k being the largest power of two below their number. So the roots of full runs of leaves
never change as the tree grows, and only those along its right edge have to be known to go on.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

SIZE = 32
EMPTY = sha256(b"").digest()

# The root over the leaves from the first number up to, and without, the second: MTH(D[start:end]).
Range = Callable[[int, int], bytes]


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf. Its prefix keeps a leaf from passing for a node."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbours."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a growing tree: the roots of its full subtrees, the largest and leftmost first."""

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self.peaks = list(peaks)
        if size < 0 or len(self.peaks) != size.bit_count() or any(len(peak) != SIZE for peak in self.peaks):
            raise ValueError("A tree has one peak for each bit of its size.")

    @classmethod
    def at(cls, size: int, root_of: Range) -> "Frontier":
        """The edge of a tree of `size` leaves, to go on where somebody stopped."""
        return cls(size, [root_of(start, end) for start, end in _full_subtrees(size)])

    def append(self, leaf: bytes) -> None:
        """Take in the hash of one more leaf."""
        full, number, height = leaf, self.size, 0
        while number & 1:
            full = sha256(b"\x01" + self.peaks.pop() + full).digest()
            number, height = number >> 1, height + 1
            self.completed(height, number, full)
        self.peaks.append(full)
        self.size += 1

    def completed(self, height: int, number: int, root: bytes) -> None:
        """Be told of the root of each full subtree as it is passed by: that `number` of 2 ** `height` leaves."""

    def root(self) -> bytes:
        """The root of the tree as it stands."""
        if not self.peaks:
            return EMPTY
        *others, root = self.peaks
        for peak in reversed(others):
            root = node_hash(peak, root)
        return root


def root_of(hashes: Iterable[bytes]) -> bytes:
    """The root over the hashes of leaves that are at hand."""
    edge = Frontier()
    for each in hashes:
        edge.append(each)
    return edge.root()


def inclusion_path(index: int, size: int, root_of: Range) -> list[bytes]:
    """What proves that the leaf at `index` is in the tree of `size` leaves: PATH(m, D[n]).

    Raises:
        ValueError: there is no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError("No such leaf.")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(root_of(middle, end))
            end = middle
        else:
            path.append(root_of(start, middle))
            start = middle
    return path[::-1]


def consistency_path(old: int, new: int, root_of: Range) -> list[bytes]:
    """What proves that the tree of `new` leaves begins with that of `old` leaves: PROOF(m, D[n]).

    Raises:
        ValueError: the second is smaller than the first.
    """
    if not 0 <= old <= new:
        raise ValueError("A tree only grows.")
    path: list[bytes] = []
    start, end = 0, new
    while old not in {0, end}:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(root_of(middle, end))
            end = middle
        else:
            path.append(root_of(start, middle))
            start = middle
    # Where the old tree is one of the subtrees, whoever checks has its root already.
    if start:
        path.append(root_of(start, end))
    return path[::-1]


def root_from_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root to which a path leads from the hash of a leaf: RFC 9162, section 2.1.3.2.

    Raises:
        ValueError: no tree of `size` leaves has such a path for the leaf at `index`.
    """
    if not 0 <= index < size:
        raise ValueError("No such leaf.")
    at, last, root = index, size - 1, leaf
    for neighbour in path:
        if last == 0:
            raise ValueError("The path is too long.")
        if at & 1 or at == last:
            root = node_hash(neighbour, root)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            root = node_hash(root, neighbour)
        at, last = at >> 1, last >> 1
    if last:
        raise ValueError("The path is too short.")
    return root


def check_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether `path` proves that the leaf of this hash is at `index` of the tree of `size` leaves with this root."""
    try:
        return _are_hashes(leaf, root, *path) and root_from_inclusion(leaf, index, size, path) == root
    except ValueError:
        return False


def check_consistency(old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether `path` proves that the tree of `new` leaves begins with that of `old`: RFC 9162, section 2.1.4.2."""
    if not 0 <= old <= new or not _are_hashes(old_root, new_root, *path):
        return False
    if old == new:
        return old_root == new_root and not path and (old > 0 or old_root == EMPTY)
    if old == 0:
        return old_root == EMPTY and not path
    first, *rest = path if old & (old - 1) else (old_root, *path)
    was, last = old - 1, new - 1
    while was & 1:
        was, last = was >> 1, last >> 1
    old_found = new_found = first
    for neighbour in rest:
        if last == 0:
            return False
        if was & 1 or was == last:
            old_found, new_found = node_hash(neighbour, old_found), node_hash(neighbour, new_found)
            while not was & 1 and was:
                was, last = was >> 1, last >> 1
        else:
            new_found = node_hash(new_found, neighbour)
        was, last = was >> 1, last >> 1
    return (old_found, new_found, last) == (old_root, new_root, 0)


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def _full_subtrees(size: int) -> Iterable[tuple[int, int]]:
    """Where the full subtrees begin and end of which a tree of `size` leaves is made, from the left."""
    start = 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            yield start, start + (1 << level)
            start += 1 << level


def _are_hashes(*hashes: bytes) -> bool:
    return all(len(each) == SIZE for each in hashes)
