"""The ledger's own seals, as whoever verifies reads them: each is opened, and one that was removed is missed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from audit.models import Publication, Seal
from audit.sealing.note import BadNote, Checkpoint, Verifier, open_checkpoint
from audit.sealing.reading import BATCH, FIRST


class Root(NamedTuple):
    """What a seal or a checkpoint says that the root was when the tree had this size."""

    size: int
    hash: bytes
    by: str


class Seals:
    """The seals of the first `until` entries. `found` is told of each that is wrong, by its size.

    Seals that follow each other and have the same fault are one: where a former key is not known, they are many.
    """

    def __init__(
        self,
        until: int,
        *,
        keys: Sequence[Verifier],
        given: Iterable[Checkpoint],
        found: Callable[[int, str], None],
    ) -> None:
        self.until = until
        self.keys = keys
        self.found = found
        self.missing = {each.size: "checkpoint" for each in given if 0 < each.size <= until}
        published = Publication.objects.filter(size__lte=until).values_list("size", flat=True)
        self.missing |= dict.fromkeys(published, "publication")
        self.horizon = 0
        self.said = ""

    def roots(self) -> Iterator[Root]:
        """What each of them says, in order."""
        # Their times are not read: one that nobody can read is no reason to read no further.
        seals, size = Seal.objects.defer("at").order_by("size"), FIRST
        while batch := list(seals.filter(size__gte=size, size__lte=self.until)[:BATCH]):
            for seal in batch:
                self._check(seal)
                yield Root(seal.size, bytes(seal.root), "seal")
            size = batch[-1].size + 1
        for size, what in sorted(self.missing.items()):
            self.found(size, f"There is a {what} of {size} entries, and no seal: it was removed.")

    def _check(self, seal: Seal) -> None:
        self.missing.pop(seal.size, None)
        said = self._fault_of(seal)
        if said and said != self.said:
            self.found(seal.size, said)
        self.said = said
        self.horizon = max(self.horizon, seal.horizon)

    def _fault_of(self, seal: Seal) -> str:
        try:
            signed = open_checkpoint(seal.checkpoint, self.keys) if self.keys else _text_of(seal.checkpoint)
        except BadNote as fault:
            return f"The checkpoint of this seal cannot be relied on: {fault}"
        if (signed.size, signed.root) != (seal.size, bytes(seal.root)):
            return "This seal says something else than its checkpoint."
        if seal.horizon < self.horizon:
            return "This seal says of an older transaction than the one before that it was the oldest."
        return ""


def _text_of(note: str) -> Checkpoint:
    """What a note says, where no key is known that could have signed it."""
    return Checkpoint.parse(note.rpartition("\n\n")[0] + "\n")
