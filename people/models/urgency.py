"""That an officer went on although contact was not cleared, because somebody was at risk."""

from django.db import models
from django.db.models import Q

from agencies.models import Agency, User
from audit.fields import EMPTY, SealedText
from audit.history import keep_history
from audit.models import Recorded
from people.models.information_request import InformationRequest
from people.models.person import Person
from people.models.planned_contact import PlannedContact


@keep_history()
class Urgency(Recorded):
    """What was done, one request or one planned contact, and why it could not wait. The police desk sees it at once.

    `need` is the immediate safeguarding need, `at_risk` says who is at risk, `consulted` whom the officer asked first.
    `seen_at` is when somebody of the police agency that has the referral said that they have seen it.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="urgencies")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    request = models.OneToOneField(InformationRequest, null=True, on_delete=models.PROTECT, related_name="urgency")
    planned = models.OneToOneField(PlannedContact, null=True, on_delete=models.PROTECT, related_name="urgency")
    need = SealedText(of="person_id")
    at_risk = SealedText(of="person_id")
    consulted = SealedText(of="person_id")
    done_at = models.DateTimeField()
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(request__isnull=False, planned=None) | Q(request=None, planned__isnull=False),
                name="urgency_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(need__length__gt=EMPTY, at_risk__length__gt=EMPTY, consulted__length__gt=EMPTY),
                name="urgency_says_why",
            ),
            models.CheckConstraint(
                condition=Q(seen_at=None, seen_by=None) | Q(seen_at__isnull=False, seen_by__isnull=False),
                name="urgency_seen_pair",
            ),
        ]
        indexes = [
            models.Index(fields=["done_at", "id"], name="urgency_not_seen", condition=Q(seen_at=None)),
        ]

    class Privacy:
        person = "person"
        personal = ("need", "at_risk", "consulted")
        operational = ("id", "person", "agency", "request", "planned", "done_at", "done_by", "seen_at", "seen_by")
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_seen(self) -> bool:
        """Whether the police desk has said that it has seen it."""
        return self.seen_at is not None

    def hand_to(self, person: Person) -> None:
        """Let it stand beside another person with what it is about, for `hand_over_written`."""
        self.changed(need=self.need, at_risk=self.at_risk, consulted=self.consulted, person=person)
