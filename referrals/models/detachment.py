"""What belonged to the wrong person, and to whom it belongs."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from agencies.models import User
from audit.fields import EMPTY, SealedText
from audit.history import keep_history
from audit.models import Recorded
from documents.models import Document
from people.models import Person
from referrals.models.belonging import Belonging
from referrals.models.note import Note
from referrals.models.referral import Referral


@keep_history()
class Detachment(Recorded):
    """A referral with all that stands beside it was detached from one person and belongs to another since.

    The answers stay as given; they are sealed under the right person's key. Whoever disposes of the right person
    finds here under which other keys older entries and versions of the same words lie.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="detachments")
    wrong = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = SealedText(of="right_id")
    detached_at = models.DateTimeField()
    detached_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(wrong=F("right")), name="detachment_of_two_persons"),
            models.CheckConstraint(condition=Q(reason__length__gt=EMPTY), name="detachment_reason"),
            models.UniqueConstraint(fields=["referral", "wrong"], name="detachment_once"),
        ]

    class Privacy:
        person = "right"
        personal = ("reason",)
        operational = ("id", "referral", "wrong", "right", "detached_at", "detached_by")
        public = ()

    def __str__(self) -> str:
        return str(self.pk)


@keep_history()
class NoteDetachment(Belonging):
    """One note was written beside the wrong referral, where no page shows it any more.

    `became` is its copy beside the right one, if that is known.
    """

    note = models.OneToOneField(Note, on_delete=models.PROTECT, related_name="detachment")
    became = models.OneToOneField(Note, null=True, on_delete=models.PROTECT, related_name="moved_from")
    reason = SealedText(of="person_id")
    detached_at = models.DateTimeField()
    detached_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(reason__length__gt=EMPTY), name="note_detachment_reason")]

    class Privacy:
        person = "note__referral__person"
        personal = ("reason",)
        operational = ("id", "note", "became", "detached_at", "detached_by")
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @staticmethod
    def referral_of(row: Any) -> Referral:
        """The referral it was detached from."""
        found: Referral = row.note.referral
        return found


@keep_history()
class DocumentDetachment(Belonging):
    """One document stood beside the wrong referral: its bytes and its key are destroyed, and no page shows it."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    reason = SealedText(of="person_id")
    detached_at = models.DateTimeField()
    detached_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(reason__length__gt=EMPTY), name="document_detachment_reason")]

    class Privacy:
        person = "referral__person"
        personal = ("reason",)
        operational = ("id", "referral", "document", "detached_at", "detached_by")
        public = ()

    def __str__(self) -> str:
        return str(self.pk)
