"""What a file of a draft and a file of a referral have in common."""

from django.db import models
from django.db.models import Q

from audit.models import Stateful
from documents.kinds import Kind
from documents.states import FILE, FileState


class StoredFile(Stateful):
    """One file. Its bytes lie in the store, under this id, sealed by `key`, which is sealed by its owner's data key.

    `key` is written in hexadecimal; `size` is that of what is stored. A file that was refused or taken away
    has neither bytes nor key left.
    Each model adds `name` and `key`, sealed under the data key of whom it concerns.
    """

    states = FILE

    state = models.CharField(max_length=16, choices=FileState.choices, default=FileState.CHECKING)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField()
    added_by = models.UUIDField()
    checked_at = models.DateTimeField(null=True)
    checked_by = models.UUIDField(null=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(state=FileState.CHECKING, checked_at=None, checked_by=None)
                | Q(state=FileState.TAKEN_AWAY, checked_at=None, checked_by=None)
                | (~Q(state=FileState.CHECKING) & Q(checked_at__isnull=False, checked_by__isnull=False)),
                name="%(class)s_checked_pair",
            ),
            models.CheckConstraint(
                condition=Q(key__isnull=True, state__in=[FileState.REFUSED, FileState.TAKEN_AWAY])
                | (Q(key__isnull=False) & ~Q(state__in=[FileState.REFUSED, FileState.TAKEN_AWAY])),
                name="%(class)s_has_key_or_has_ended",
            ),
        ]

    @property
    def is_clean(self) -> bool:
        """Whether it may be opened."""
        return self.state == FileState.CLEAN

    @property
    def is_refused(self) -> bool:
        """Whether the scanner found something in it."""
        return self.state == FileState.REFUSED
