"""Proofs for somebody who trusts nobody here: that an entry is in the ledger, and that one ledger grew from another."""

import base64
from collections.abc import Callable
from functools import partial
from typing import Any

from psycopg import sql

from audit.models import Leaf, Seal
from audit.sealing.keys import public_key_of
from audit.sealing.leaves import as_fields, copy, entries, entry_columns, leaf_of
from audit.sealing.stored import last_seal, with_roots
from audit.sealing.tree import Range, consistency_path, inclusion_path, leaf_hash


class NotProvable(LookupError):
    """There is nothing to prove; the message says why."""


def prove(entry: int) -> dict[str, Any]:
    """That an entry stands in the ledger as the newest seal has signed it: what docs/audit.md checks in 30 lines.

    The entry as its leaf says it, its position, the checkpoint, the path between them, and the public keys.

    Raises:
        NotProvable: there is no such entry, it waits for its seal, it was changed since, or leaves are missing.
        ImproperlyConfigured: the settings do not name the public key of the newest checkpoint.
    """
    leaf, seal = Leaf.objects.filter(entry=entry).first(), last_seal()
    if leaf is None or seal is None:
        raise NotProvable(f"Entry {entry} is not sealed. A new one is within seconds; see whether there is one.")
    found = sql.SQL("SELECT {columns} FROM {entries} entry WHERE entry.id = {entry} AND entry.at = {at}")
    columns = list(copy(found.format(columns=entry_columns(), entries=entries(), entry=entry, at=leaf.at)))
    if not columns:
        raise NotProvable(f"Entry {entry} was sealed, and is gone: `manage.py audit_verify` says more.")
    commitment = bytes(leaf.commitment).hex()
    if leaf_hash(leaf_of(columns[0], commitment)) != bytes(leaf.hash):
        raise NotProvable(f"Entry {entry} is not what was sealed: `manage.py audit_verify` says more.")
    return {
        "entry": as_fields(columns[0], commitment),
        "position": leaf.position,
        "path": _path(partial(inclusion_path, leaf.position, seal.size)),
        **_signed(seal),
    }


def prove_growth(old: int, new: int) -> dict[str, Any]:
    """That the ledger of `new` entries begins with the ledger of `old`: for two checkpoints of these sizes.

    Raises:
        NotProvable: it has never had so many entries, the old one has more than the new, or leaves are missing.
    """
    seal = last_seal()
    if seal is None or not 0 <= old <= seal.size or not 0 <= new <= seal.size:
        raise NotProvable(f"The ledger has {seal.size if seal else 0} sealed entries.")
    if old > new:
        raise NotProvable(f"A ledger only grows: give the smaller size first, {new} and then {old}.")
    return {"old": old, "new": new, "path": _path(partial(consistency_path, old, new))}


def _signed(seal: Seal) -> dict[str, Any]:
    return {"checkpoint": seal.checkpoint, "public_key": public_key_of(seal.checkpoint)}


def _path(of: Callable[[Range], list[bytes]]) -> list[str]:
    try:
        return [base64.b64encode(each).decode() for each in with_roots(of)]
    except LookupError:
        raise NotProvable("Leaves of the ledger are missing: `manage.py audit_verify` says which.") from None
