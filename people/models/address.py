"""Where a person lives, stays, studies or works, and from when until when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.fields import SealedText
from audit.history import keep_history
from people.models.written import Written


class AddressKind(models.TextChoices):
    """What the person does there."""

    HOME = "home", _("Home")
    STAYS = "stays", _("Stays there")
    STUDY_OR_WORK = "study_or_work", _("Study or work")
    OTHER = "other", _("Other")


@keep_history()
class Address(Written):
    """The lines as they were told; `since` and `until` are days, empty where they are not known."""

    kind = models.CharField(max_length=16, choices=AddressKind.choices)
    lines = SealedText(of="person_id")
    postcode = SealedText(of="person_id")
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta(Written.Meta):
        constraints = [
            *Written.Meta.constraints,
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")), name="address_ends_after_it_begins"
            ),
        ]

    class Privacy:
        person = "person"
        personal = ("lines", "postcode", "since", "until", *Written.PERSONAL)
        operational = ("kind", *Written.OPERATIONAL)
        public = ()
