"""What an officer wrote beside a referral."""

from django.db import models

from agencies.models import Agency, User
from audit.fields import SealedText
from audit.history import keep_history
from people.models import Readers
from referrals.models.belonging import Belonging
from referrals.models.referral import Referral

NoteReaders = Readers


@keep_history()
class Note(Belonging):
    """Sealed under the person's key; never changed once written."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="notes")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    readers = models.CharField(max_length=12, choices=NoteReaders.choices)
    text = SealedText(of="person_id")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    # Whether it stood beside a referral that is kept from its reader, where a read has asked.
    from_kept = False

    class Meta:
        indexes = [models.Index(fields=["referral", "written_at"], name="note_of_referral")]

    class Privacy:
        person = "referral__person"
        personal = ("text",)
        operational = ("id", "referral", "agency", "readers", "written_at", "written_by")
        public = ()

    def __str__(self) -> str:
        return str(self.pk)
