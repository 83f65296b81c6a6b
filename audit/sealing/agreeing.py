"""Whether the second place still tells of the ledger that is here: one that was rolled back goes on over its own past.

What it says of itself fits then; only what it published before does not.
"""

import base64

from audit.models import Publication
from audit.sealing import places
from audit.sealing.stored import frontier, last_seal


def check_agrees() -> None:
    """Compare what lies in the second place, from what was published last on, with the tree that stands here.

    Raises:
        Contradicted: one of them is of another tree, or of a longer one.
        OSError: the place is away.
    """
    last = Publication.objects.first()
    known = last.size if last else 0
    _check_is_as_long(known)
    for size, note in places.published_from(known):
        _check_is_as_long(size)
        _origin, _, said = note.partition("\n")
        if not said.startswith(f"{size}\n{_root(size)}\n\n"):
            raise places.Contradicted(places.ANOTHER)


def _check_is_as_long(size: int) -> None:
    # Asked each time: what lies there may have been sealed a moment ago.
    seal = last_seal()
    sealed = seal.size if seal else 0
    if size > sealed:
        raise places.Contradicted(f"{size} entries were published and {sealed} are sealed: the ledger was cut.")


def _root(size: int) -> str:
    try:
        return base64.b64encode(frontier(size).root()).decode()
    except LookupError as fault:
        raise places.Contradicted(str(fault)) from None
