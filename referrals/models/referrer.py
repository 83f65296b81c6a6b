"""Who submitted a referral."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.fields import SealedText
from audit.history import keep_history
from referrals.models.belonging import Belonging
from referrals.models.referral import Referral


class ReferrerKind(models.TextChoices):
    """The four ways to come to the front door."""

    WORK = "work", _("Someone at work")
    FAMILY = "family", _("Friend or family")
    PUBLIC = "public", _("Member of the public")
    SELF = "self", _("The person themselves")


@keep_history()
class Referrer(Belonging):
    """Name and contact details as given, sealed under the key of the person the referral describes."""

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="referrer")
    kind = models.CharField(max_length=8, choices=ReferrerKind.choices)
    name = SealedText(of="person_id")
    email = SealedText(of="person_id")
    phone = SealedText(of="person_id")
    role = SealedText(of="person_id")
    organisation = SealedText(of="person_id")

    class Privacy:
        person = "referral__person"
        personal = ("name", "email", "phone", "role", "organisation")
        operational = ("id", "referral", "kind")
        public = ()

    def __str__(self) -> str:
        return str(self.pk)
