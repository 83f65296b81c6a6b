"""Somebody who stands near a person: family, a friend, a teacher."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.fields import EMPTY, SealedText
from audit.history import keep_history
from people.models.person import Person
from people.models.written import Written


class RelationshipKind(models.TextChoices):
    """What they are to the person."""

    PARENT = "parent", _("Parent or carer")
    SIBLING = "sibling", _("Brother or sister")
    RELATIVE = "relative", _("Other relative")
    PARTNER = "partner", _("Partner")
    FRIEND = "friend", _("Friend")
    TEACHER = "teacher", _("Teacher")
    SOCIAL_WORKER = "social_worker", _("Social worker")
    PROFESSIONAL = "professional", _("Other professional")
    OTHER = "other", _("Somebody else")


@keep_history()
class Relationship(Written):
    """The other human being by name. `other` is the person in this service, shown only to those who may read them."""

    kind = models.CharField(max_length=16, choices=RelationshipKind.choices)
    name = SealedText(of="person_id")
    reach = SealedText(of="person_id")
    other = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    # Whether the reader may read the other person, where a read has asked.
    other_known = False

    class Meta(Written.Meta):
        constraints = [
            *Written.Meta.constraints,
            models.CheckConstraint(condition=Q(name__length__gt=EMPTY), name="relationship_names_somebody"),
            models.CheckConstraint(condition=Q(other=None) | ~Q(other=F("person")), name="relationship_of_two"),
        ]

    class Privacy:
        person = "person"
        personal = ("kind", "name", "reach", "other", *Written.PERSONAL)
        operational = Written.OPERATIONAL
        public = ()
