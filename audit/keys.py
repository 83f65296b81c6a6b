"""Data keys: one per person and one per draft. Destroying a key destroys all that it sealed."""

import os
from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from django.db import models

from audit.context import current_or_none, require_action
from audit.copying import copy_rows, insert_rows
from audit.models.data_key import DataKey
from audit.models.entry import Payload
from audit.wrapping import Wrapped, decrypt, encrypt, unwrap, unwrap_all, wrap, wrap_all

# What concerns nobody who was referred (users, agencies, settings) is sealed under the house's own key.
HOUSE = UUID(int=0)


class KeyDestroyed(LookupError):
    """The data key is gone: what it sealed has been disposed of."""

    # A page shows nothing in its place: one disposed row must not take a whole list with it.
    silent_variable_failure = True


class HouseKeyGone(KeyDestroyed):
    """The house's key is gone, and something is sealed under it: a new one would hide that nobody can read it."""


def create_key(subject: UUID) -> None:
    """Make the data key of a person or draft, inside the action that creates them."""
    present = require_action()
    key = os.urandom(32)
    insert_rows(DataKey, DataKey(**wrap(key, subject=subject)._asdict()))
    present.keys[subject] = key


def create_keys(subjects: Iterable[UUID]) -> None:
    """Make the data keys of many persons in one statement, inside the action that creates them."""
    present = require_action()
    made = {subject: os.urandom(32) for subject in subjects}
    copy_rows(DataKey, [DataKey(**wrapped._asdict()) for wrapped in wrap_all(made.items())])
    present.keys |= made


def destroy_key(subject: UUID) -> None:
    """Destroy a data key, inside an action. Once that has committed, nothing sealed under it opens again.

    Entries that the action still has to write about the subject are sealed under the dying key, and so are
    disposed of in the moment they are written. Raises KeyDestroyed when there is no such key.
    """
    present = require_action()
    _key_of(subject)
    present.dying.add(subject)
    DataKey.objects.filter(subject=subject).delete()


def seal(subject: UUID | None, plain: bytes, *, bound_to: str) -> bytes:
    """Encrypt under the data key of `subject` (the house's for None). Raises KeyDestroyed."""
    return encrypt(_key_of(subject or HOUSE), plain, bound_to=bound_to)


def unseal(subject: UUID | None, sealed: bytes, *, bound_to: str) -> bytes:
    """Decrypt what `seal` made for the same subject and place. Raises KeyDestroyed, InvalidTag."""
    return decrypt(_key_of(subject or HOUSE), sealed, bound_to=bound_to)


def load_keys(subjects: set[UUID]) -> None:
    """Fetch the keys of many subjects in one query, for lists. Unknown subjects are left out."""
    present = current_or_none()
    if present is None:
        return
    wanted = subjects - present.keys.keys()
    if not wanted:
        return
    rows = [wrapped_of(row) for row in DataKey.objects.filter(subject__in=wanted)]
    opened = zip(rows, unwrap_all(rows), strict=True)
    present.keys |= {row.subject: key for row, key in opened if key is not None}


def count_by_wrapping_key() -> dict[str, int]:
    """How many data keys each wrapping key has wrapped."""
    rows = DataKey.objects.values_list("wrapping_key").annotate(count=models.Count("pk")).order_by("wrapping_key")
    return dict(rows)


def _key_of(subject: UUID) -> bytes:
    present = current_or_none()
    if present is not None and subject in present.keys:
        return present.keys[subject]
    row = DataKey.objects.filter(subject=subject).first()
    if row is None and subject == HOUSE:
        row = _make_house_key()
    if row is None:
        raise KeyDestroyed(str(subject))
    key = _house_key(wrapped_of(row)) if subject == HOUSE else unwrap(wrapped_of(row))
    if present is not None:
        present.keys[subject] = key
    return key


def wrapped_of(row: DataKey) -> Wrapped:
    """The row in the words of wrapping."""
    return Wrapped(row.subject, row.wrapping_key, bytes(row.wrapped))


@lru_cache(maxsize=2)
def _house_key(wrapped: Wrapped) -> bytes:
    """Kept by each process: every page needs it, and it is never destroyed. A person's lives as long as a request."""
    return unwrap(wrapped)


def _make_house_key() -> DataKey:
    """The house's key is made by whoever first needs it; two at once agree on one.

    Raises HouseKeyGone where there was one: nothing is done then that would have to be on the ledger.
    """
    if Payload.objects.filter(key_of=HOUSE).exists() and not DataKey.objects.filter(subject=HOUSE).exists():
        raise HouseKeyGone("The house's key is gone. Restore its row of audit_datakey from a backup.")
    made = DataKey(**wrap(os.urandom(32), subject=HOUSE)._asdict())
    DataKey.objects.bulk_create([made], ignore_conflicts=True)
    return DataKey.objects.get(subject=HOUSE)
