"""A line of the contact log: contact that was made, or tried."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.fields import EMPTY, SealedText
from audit.history import keep_history
from people.models.written import Written


class ContactWith(models.TextChoices):
    """With whom."""

    PERSON = "person", _("The person")
    FAMILY = "family", _("Their family")
    PROFESSIONAL = "professional", _("A professional")
    REFERRER = "referrer", _("The referrer")
    SOMEBODY_ELSE = "somebody_else", _("Somebody else")


class ContactHow(models.TextChoices):
    """By which way."""

    TELEPHONE = "telephone", _("Telephone")
    VISIT = "visit", _("Visit")
    LETTER = "letter", _("Letter")
    E_MAIL = "e_mail", _("E-mail")
    MEETING = "meeting", _("Meeting")
    ONLINE = "online", _("Online")


@keep_history()
class Contact(Written):
    """What was, whether or not it was cleared: recording asks leave for nothing.

    `day` is in Europe/London; `clock` is empty where only the day is known. `whom` may say who exactly it was, `maker`
    says who made it, who need not be who wrote it down.
    """

    with_whom = models.CharField(max_length=16, choices=ContactWith.choices)
    whom = SealedText(of="person_id")
    day = models.DateField()
    clock = models.TimeField(null=True)
    how = models.CharField(max_length=16, choices=ContactHow.choices)
    maker = SealedText(of="person_id")
    reached = models.BooleanField()
    outcome = SealedText(of="person_id")

    class Meta(Written.Meta):
        constraints = [
            *Written.Meta.constraints,
            models.CheckConstraint(condition=models.Q(outcome__length__gt=EMPTY), name="contact_says_what_came_of_it"),
            models.CheckConstraint(condition=models.Q(maker__length__gt=EMPTY), name="contact_says_who_made_it"),
        ]

    class Privacy:
        person = "person"
        personal = ("whom", "maker", "outcome", *Written.PERSONAL)
        operational = ("with_whom", "day", "clock", "how", "reached", *Written.OPERATIONAL)
        public = ()
