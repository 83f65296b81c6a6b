"""Where somebody is for the time being who is not at home: in custody, abroad, looked after elsewhere."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.fields import EMPTY, SealedText
from audit.history import keep_history
from people.models.written import Written


class AwayKind(models.TextChoices):
    """What keeps them away; or that they are back."""

    CUSTODY = "custody", _("In custody")
    ABROAD = "abroad", _("Abroad")
    LOOKED_AFTER = "looked_after", _("Looked after in another area")
    BACK = "back", _("Back home, or nothing of this")


@keep_history()
class Whereabouts(Written):
    """Written down, it moves no responsibility: only an offer that is accepted does. The latest that stands counts.

    `place` is the prison, the country or the area with who looks after them. `back_on` is when they are expected to
    be released, or to return, empty where nobody knows. On `review_on` it is looked at again.
    """

    kind = models.CharField(max_length=16, choices=AwayKind.choices)
    place = SealedText(of="person_id")
    back_on = models.DateField(null=True)
    review_on = models.DateField(null=True)

    class Meta(Written.Meta):
        constraints = [
            *Written.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind=AwayKind.BACK, back_on=None, review_on=None)
                | ~Q(kind=AwayKind.BACK) & Q(review_on__isnull=False, place__length__gt=EMPTY),
                name="whereabouts_say_where",
            ),
        ]
        indexes = [
            models.Index(
                fields=["review_on", "id"],
                name="whereabouts_review",
                condition=Q(review_on__isnull=False, struck_at=None),
            ),
            models.Index(fields=["person", "-written_at"], name="whereabouts_latest"),
        ]

    class Privacy:
        person = "person"
        personal = ("kind", "place", *Written.PERSONAL)
        operational = ("back_on", "review_on", *Written.OPERATIONAL)
        public = ()

    @property
    def is_away(self) -> bool:
        """Whether they are not back."""
        return self.kind != AwayKind.BACK

    def is_due(self, today: date) -> bool:
        """Whether its review date has come."""
        return self.review_on is not None and self.review_on <= today
