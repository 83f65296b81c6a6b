"""Whether the ledger is still what was sealed: every entry, its place, and every root that was signed.

Nothing that the database computes is believed: rows are read as they lie there, and hashed here. What is found says
where: a leaf that stands for another entry than lies there now, or, where somebody has recomputed every hash, between
which two checkpoints the first root is not the one that was signed.
"""

import heapq
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Max

from audit.models import Entry, Leaf
from audit.sealing.leaves import COLUMNS, Row, commitment_of, leaf_of
from audit.sealing.note import Checkpoint
from audit.sealing.reading import BATCH, Root, leaves, signed_roots, stored_subtrees, without_a_place
from audit.sealing.stored import BRANCHES, last_seal
from audit.sealing.tree import Frontier, leaf_hash, root_of

# More faults than anybody reads are counted, not kept.
MOST = 1000
_ID, _KIND, _REDACTS, _STAMP, _SUBJECT = (COLUMNS.index(name) for name in ("id", "kind", "redacts", "stamp", "subject"))


@dataclass(frozen=True)
class Fault:
    """What is wrong, where in the tree, and with which entry."""

    position: int | None
    entry: int | None
    what: str


@dataclass
class Report:
    """What a verification has found. `waiting` are entries that the sealer has not come to."""

    entries: int = 0
    waiting: int = 0
    redacted: int = 0
    checkpoint: Checkpoint | None = None
    faults: list[Fault] = field(default_factory=list)
    more: int = 0

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.faults or self.more)

    def found(self, position: int | None, entry: int | None, what: str) -> None:
        """Keep a fault."""
        if len(self.faults) < MOST:
            self.faults.append(Fault(position, entry, what))
        else:
            self.more += 1


def verify(checkpoints: Iterable[Checkpoint] = (), *, progress: Callable[[int], None] = lambda _done: None) -> Report:
    """Read the whole ledger and compare it with its leaves, its own seals, and checkpoints from elsewhere.

    `progress` is told from time to time how many entries were read. What is sealed meanwhile is left for the next time.
    """
    run = _Verification(sorted(checkpoints, key=lambda each: each.size))
    for row in leaves(run.until):
        run.leaf(row)
        if run.report.entries % BATCH == 0:
            progress(run.report.entries)
    run.end()
    return run.report


class _Verification:
    """What is known while the leaves go by."""

    def __init__(self, given: list[Checkpoint]) -> None:
        self.report = Report(checkpoint=given[-1] if given else None)
        # In this order: leaves come with their seal, so that whoever seals meanwhile leaves none behind without.
        last, seal = Leaf.objects.aggregate(last=Max("position"))["last"], last_seal()
        self.until, self.horizon = (seal.size, seal.horizon) if seal else (0, 0)
        if last is not None and last >= self.until:
            self.report.found(self.until, None, "From here on there are leaves without a seal: seals were removed.")
        self.edge = Frontier()
        self.subtrees = Subtrees()
        elsewhere = [Root(each.size, each.root, "checkpoint") for each in given]
        self.roots = heapq.merge(signed_roots(self.until), elsewhere, key=lambda each: each.size)
        self.root = next(self.roots, None)
        # Up to where the tree has the roots that the ledger's own seals say, and that checkpoints from elsewhere say.
        # Whoever changes the one cannot change the other, so neither vouches for the other.
        self.good = {"seal": 0, "checkpoint": 0}
        self.bad: set[str] = set()
        self.whole = True  # no leaf is missing between
        self.without: list[tuple[int, int, str | None]] = []
        self.redacted: dict[str, float] = {}  # whose payloads or which entry's went, and where that is said last

    def leaf(self, row: Row) -> None:
        """Compare one leaf with the entry for which it stands, and take it in."""
        position, entry = int(row[0] or 0), int(row[1] or 0)
        stored, commitment = (row[2] or "")[2:], (row[3] or "")[2:]
        *columns, key_of, sealed = row[4:]
        if position != self.edge.size and self.whole:
            self.whole = False
            self.report.found(self.edge.size, None, f"From here to {position - 1} there are no leaves.")
        if columns[_ID] is None:
            self.report.found(position, entry, "This entry is gone, or its number or time was changed.")
        elif leaf_hash(leaf_of(columns, commitment)).hex() != stored:
            self.report.found(position, entry, "This entry is not what was sealed: something in it was changed.")
        else:
            self._payload(position, entry, columns, was=commitment, now=commitment_of(key_of, sealed))
        self._take(bytes.fromhex(stored))

    def _payload(self, position: int, entry: int, columns: list[str | None], *, was: str, now: str) -> None:
        if columns[_KIND] == Entry.Kind.REDACTED:
            self.redacted[columns[_REDACTS] or columns[_SUBJECT] or ""] = position
        if was == now:
            return
        if now:
            self.report.found(position, entry, "The payload of this entry is not what was sealed.")
        else:
            self.without.append((position, entry, columns[_SUBJECT]))

    def _take(self, stored: bytes) -> None:
        self.edge.append(stored)
        self.subtrees.append(stored)
        self.report.entries += 1
        while self.root and self.root.size <= self.edge.size:
            self._compare(self.root)
            self.root = next(self.roots, None)

    def _compare(self, root: Root) -> None:
        """Whether the tree had this root when it had this size; where it had not, nothing after it can have."""
        if not self.whole or root.by in self.bad or root.size < self.edge.size:
            return
        if self.edge.root() == root.hash:
            self.good[root.by] = root.size
            return
        self.bad.add(root.by)
        what = f"Between here and {root.size - 1} something is not what was signed: the {root.by} has another root."
        self.report.found(self.good[root.by], None, what)

    def end(self) -> None:
        """What can be said when all leaves have gone by."""
        self._cut()
        self._not_sealed()
        for position, entry, subject in self.without:
            if max(self.redacted.get(str(entry), -1), self.redacted.get(subject or "", -1)) > position:
                self.report.redacted += 1
            else:
                self.report.found(position, entry, "The payload of this entry is gone, and no redaction says why.")
        if self.whole and not self.bad:
            for level, number in self.subtrees.differ(stored_subtrees()):
                what = f"The stored root of subtree {number} of level {level} is not that of its leaves."
                self.report.found(number * BRANCHES**level, None, what)

    def _cut(self) -> None:
        """Whatever was signed of a longer tree."""
        rest = [root for root in (self.root, *self.roots) if root]
        if rest and self.whole:
            longest = max(rest, key=lambda each: each.size)
            what = f"The ledger ends here; the {longest.by} is of {longest.size} entries."
            self.report.found(self.edge.size, None, what)

    def _not_sealed(self) -> None:
        """Entries that have no place: they wait, unless the sealer has been past them."""
        for row in without_a_place():
            if row[_KIND] == Entry.Kind.REDACTED:
                self.redacted[row[_REDACTS] or row[_SUBJECT] or ""] = math.inf
            if int(row[_STAMP] or 0) < self.horizon:
                what = "This entry has no place, although all that is as old was sealed: it was added since."
                self.report.found(None, int(row[_ID] or 0), what)
            else:
                self.report.waiting += 1


class Subtrees:
    """The roots over each full 256 leaves, over each 256 of these, and so on."""

    def __init__(self) -> None:
        self.open: list[list[bytes]] = [[]]
        self.found: dict[tuple[int, int], bytes] = {}
        self.count: list[int] = [0]

    def append(self, leaf: bytes) -> None:
        """Take in a leaf's hash."""
        level, full = 0, leaf
        self.open[0].append(leaf)
        while len(self.open[level]) == BRANCHES:
            full = root_of(self.open[level])
            self.open[level].clear()
            level += 1
            if level == len(self.open):
                self.open.append([])
                self.count.append(0)
            self.found[level, self.count[level]] = full
            self.count[level] += 1
            self.open[level].append(full)

    def differ(self, stored: Iterator[tuple[int, int, bytes]]) -> Iterator[tuple[int, int]]:
        """Which of the stored ones are others, or are missing. What stands further on was sealed meanwhile."""
        left = dict(self.found)
        for level, number, found in stored:
            if (level, number) in self.found and left.pop((level, number), None) != found:
                yield level, number
        yield from left
