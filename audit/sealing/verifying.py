"""Whether the ledger is still what was sealed: every entry, its place, and every root that was signed.

Nothing that the database computes is believed: rows are read as they lie there, and hashed here. What is found says
where: a leaf that stands for another entry than lies there now, or, where somebody has recomputed every hash, between
which two checkpoints the first root is not the one that was signed.
"""

import heapq
import math
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import DatabaseError
from django.db.models import Max

from audit.models import Entry, Leaf
from audit.sealing.keys import verifiers
from audit.sealing.leaves import COLUMNS, Row, commitment_of, leaf_of
from audit.sealing.note import Checkpoint, Verifier
from audit.sealing.reading import (
    SPAN,
    Spans,
    leaves,
    redacted_since,
    stretches,
    unknown_entries,
    unknown_payloads,
    without_a_place,
)
from audit.sealing.seals import Root, Seals
from audit.sealing.shape import misshapen
from audit.sealing.stored import last_seal
from audit.sealing.strays import strays
from audit.sealing.subtrees import Subtrees
from audit.sealing.tree import leaf_hash

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
    """What a verification has found. `waiting` are entries that the sealer has not come to; `opened` says whether a
    key was known by which to tell our seals from somebody else's."""

    entries: int = 0
    waiting: int = 0
    redacted: int = 0
    checkpoint: Checkpoint | None = None
    opened: bool = False
    faults: list[Fault] = field(default_factory=list)
    more: int = 0

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.faults or self.more)

    def as_json(self) -> dict[str, Any]:
        """The finding for a machine, as docs/audit.md shows it."""
        known = self.checkpoint
        return {
            "ok": self.ok,
            "entries": self.entries,
            "checkpoint": {"origin": known.origin, "size": known.size, "root": known.root.hex()} if known else None,
            "faults": [asdict(fault) for fault in self.faults],
            "more_faults": self.more,
            "waiting": self.waiting,
            "redacted": self.redacted,
        }

    def found(self, position: int | None, entry: int | None, what: str) -> None:
        """Keep a fault."""
        if len(self.faults) < MOST:
            self.faults.append(Fault(position, entry, what))
        else:
            self.more += 1


def verify(
    checkpoints: Iterable[Checkpoint] = (),
    *,
    keys: Sequence[Verifier] | None = None,
    progress: Callable[[int], None] = lambda _done: None,
) -> Report:
    """Read the whole ledger and compare it with its leaves, its own seals, and checkpoints from elsewhere.

    Its own seals are opened with `keys`, which are those of the settings where none are given. `progress` is told from
    time to time how many entries were read. What is sealed meanwhile is left for the next time.
    """
    given = sorted(checkpoints, key=lambda each: each.size)
    report = Report(checkpoint=given[-1] if given else None)
    for what in misshapen():
        report.found(None, None, what)
    try:
        _compare_all(report, given, verifiers() if keys is None else keys, progress)
    except (DatabaseError, TypeError, ValueError) as fault:
        if report.ok:
            raise
        report.found(None, None, f"What is there could not be read to its end: {type(fault).__name__}.")
    return report


def _compare_all(
    report: Report, given: list[Checkpoint], keys: Sequence[Verifier], progress: Callable[[int], None]
) -> None:
    run = _Verification(report, given, keys)
    for start, end in stretches(run.until):
        run.expect(end)
        for row in leaves(start, end):
            run.leaf(row)
        progress(report.entries)
    run.end()


class _Verification:
    """What is known while the leaves go by."""

    def __init__(self, report: Report, given: list[Checkpoint], keys: Sequence[Verifier]) -> None:
        self.report = report
        self.report.opened = bool(keys)
        # In this order: leaves come with their seal, so that whoever seals meanwhile leaves none behind without.
        last, seal = Leaf.objects.aggregate(last=Max("position"))["last"], last_seal()
        self.until, self.horizon = (seal.size, seal.horizon) if seal else (0, 0)
        if last is not None and last >= self.until:
            self.report.found(self.until, None, "From here on there are leaves without a seal: seals were removed.")
        self.edge = Subtrees()
        elsewhere = [Root(each.size, each.root, "checkpoint") for each in given]
        own = Seals(self.until, keys=keys, given=given, found=self._of_a_seal)
        self.roots = heapq.merge(own.roots(), elsewhere, key=lambda each: each.size)
        self.expected: deque[Root] = deque()
        # Up to where the tree has the roots that the ledger's own seals say, and that checkpoints from elsewhere say.
        # Whoever changes the one cannot change the other, so neither vouches for the other.
        self.good = {"seal": 0, "checkpoint": 0}
        self.bad: set[str] = set()
        self.whole = True  # no leaf is missing between
        # For how many entries and payloads of each span of numbers leaves stand.
        self.entries, self.payloads = Counter[int](), Counter[int]()
        self.without: list[tuple[int, int, str | None]] = []
        self.redacted: dict[str, float] = {}  # whose payloads or which entry's went, and where that is said last

    def _of_a_seal(self, size: int, what: str) -> None:
        self.report.found(size, None, what)

    def expect(self, size: int) -> None:
        """Read the roots of all trees up to this size, before the leaves go by: then nothing else can be asked."""
        while not self.expected or self.expected[-1].size <= size:
            if (root := next(self.roots, None)) is None:
                return
            self.expected.append(root)

    def leaf(self, row: Row) -> None:
        """Compare one leaf with the entry for which it stands, and take it in."""
        position, entry = int(row[0] or 0), int(row[1] or 0)
        stored, commitment = (row[2] or "")[2:], (row[3] or "")[2:]
        *columns, key_of, sealed = row[4:]
        self.entries[entry >> SPAN] += columns[_ID] is not None
        self.payloads[entry >> SPAN] += key_of is not None
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
            self._redaction(position, entry, columns)
        if was == now:
            return
        if now:
            self.report.found(position, entry, "The payload of this entry is not what was sealed.")
        else:
            self.without.append((position, entry, columns[_SUBJECT]))

    def _redaction(self, position: float, entry: int, columns: Sequence[str | None]) -> None:
        """It explains what is missing before it, of one entry or else of one person."""
        one, person = columns[_REDACTS], columns[_SUBJECT]
        if (one and person) or not (one or person):
            at = None if math.isinf(position) else int(position)
            self.report.found(at, entry, "This redaction is not of one entry or one person: it explains nothing.")
        else:
            self.redacted[one or person or ""] = position

    def _take(self, stored: bytes) -> None:
        self.edge.append(stored)
        self.report.entries += 1
        while self.expected and self.expected[0].size <= self.edge.size:
            self._compare(self.expected.popleft())

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
        unknown, loose = unknown_entries(self.entries), unknown_payloads(self.payloads)
        self._not_sealed(unknown)
        self._without_payload()
        for entry, what in strays(entries=unknown, payloads=loose):
            self.report.found(None, entry, what)
        if self.whole and not self.bad:
            for position, what in self.edge.faults():
                self.report.found(position, None, what)

    def _without_payload(self) -> None:
        """Payloads that are gone: a redaction says why, which may have come while the leaves went by."""
        if self.without:
            self.redacted |= dict.fromkeys(redacted_since(self.until), math.inf)
        for position, entry, subject in self.without:
            if any(self.redacted.get(said, -1) > position for said in (str(entry), subject) if said):
                self.report.redacted += 1
            else:
                self.report.found(position, entry, "The payload of this entry is gone, and no redaction says why.")

    def _cut(self) -> None:
        """Whatever was signed of a longer tree."""
        rest = [*self.expected, *self.roots]
        if rest and self.whole:
            longest = max(rest, key=lambda each: each.size)
            what = f"The ledger ends here; the {longest.by} is of {longest.size} entries."
            self.report.found(self.edge.size, None, what)

    def _not_sealed(self, spans: Spans) -> None:
        """Entries that have no place: they wait, unless no pass of the sealer will come to them."""
        for *columns, doubled, ahead in without_a_place(spans):
            entry = int(columns[_ID] or 0)
            if columns[_KIND] == Entry.Kind.REDACTED:
                self._redaction(math.inf, entry, columns)
            if doubled == "t":
                what = "Another entry of this number was sealed: this one was put beside it, or in its place."
            elif ahead == "t":
                what = "This entry says that it is of a transaction that has not been: nobody has written it so."
            elif int(columns[_STAMP] or 0) < self.horizon:
                what = "This entry has no place, although all that is as old was sealed: it was added since."
            else:
                self.report.waiting += 1
                continue
            self.report.found(None, entry, what)
