"""One submission of the national form. Never edited afterwards, only added to."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from audit.fields import SealedJSON
from audit.history import keep_history
from audit.models import Recorded
from audit.refusals import OffTheRecord
from people.models import Person

if TYPE_CHECKING:
    from referrals.models.belonging import Belonging


class ReceivedBy(models.TextChoices):
    """How the referral reached the front door."""

    FORM = "form", _("Online form")
    TELEPHONE = "telephone", _("Telephone")
    PAPER = "paper", _("Paper")
    OWN_WORK = "own_work", _("An officer's own work")
    API = "api", _("A partner's system")


@keep_history()
class Referral(Recorded):
    """The answers as given, sealed under the person's key, with where they were sent and why there.

    `draft_id` is the idempotency key: one draft makes one referral, however often it is sent.
    """

    reference = models.CharField(max_length=9, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="referrals")
    draft_id = models.UUIDField(unique=True)
    form_version = models.CharField(max_length=16)
    language = models.CharField(max_length=5)
    received_by = models.CharField(max_length=12, choices=ReceivedBy.choices)
    submitted_at = models.DateTimeField()
    submitted_by = models.UUIDField()
    entered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    immediate = models.BooleanField()
    nation = models.CharField(max_length=16, blank=True)
    routed_how = models.CharField(max_length=24)
    flagged = models.BooleanField()
    answers = SealedJSON(of="person_id")
    contact_code_hash = models.CharField(max_length=64)

    class Privacy:
        person = "person"
        personal = ("answers",)
        operational = (
            "id", "reference", "person", "draft_id", "form_version", "language", "received_by",
            "submitted_at", "submitted_by", "entered_by", "immediate", "nation", "routed_how", "flagged",
            "contact_code_hash",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return self.reference

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new referral. Raises OffTheRecord for one that exists: a referral is never edited."""
        if not self._state.adding:
            raise OffTheRecord("A referral is never edited: what comes later stands beside it.")
        super().save(*args, **kwargs)

    def hand_to(self, person: Person, *, beside: "Sequence[Belonging]") -> None:
        """Let it belong to the right person: the same answers, and what stands beside them, under that person's key.

        Only `detach_referral` does so, which keeps from whom it was detached, why, when and by whom.
        """
        for row in beside:
            row.open()
        _opened = self.answers
        self.person = person
        # What stands beside goes first: the ledger compares it with what is stored, opened by the key that is stored.
        for row in beside:
            row.seal_again()
        super().save(update_fields=["person", "answers"])
