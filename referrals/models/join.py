"""One concern was sent twice: two referrals that count as one."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from audit.fields import EMPTY, SealedText
from audit.history import keep_history
from referrals.models.belonging import Belonging
from referrals.models.referral import Referral


class JoinKind(models.TextChoices):
    """Why two referrals are one concern."""

    DUPLICATE = "duplicate", _("The same referral was sent twice")
    SAME_CONCERN = "same_concern", _("Two people told us of the same concern")


@keep_history()
class Join(Belonging):
    """Both referrals stay as they are, and neither counts as a repeat of the other until the join is undone."""

    earlier = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="joins_as_earlier")
    later = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="joins_as_later")
    kind = models.CharField(max_length=16, choices=JoinKind.choices)
    reason = SealedText(of="person_id")
    joined_at = models.DateTimeField()
    joined_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    undone_reason = SealedText(of="person_id", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["earlier", "later"], name="join_once", condition=Q(undone_at=None)),
            models.CheckConstraint(condition=~Q(earlier=F("later")), name="join_of_two"),
            models.CheckConstraint(condition=Q(reason__length__gt=EMPTY), name="join_reason"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None, undone_reason=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False, undone_reason__length__gt=EMPTY),
                name="join_undone_with_a_reason",
            ),
        ]

    class Privacy:
        person = "later__person"
        personal = ("reason", "undone_reason")
        operational = ("id", "earlier", "later", "kind", "joined_at", "joined_by", "undone_at", "undone_by")
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @staticmethod
    def referral_of(row: Any) -> Referral:
        """The later referral: what is written here is sealed with it."""
        found: Referral = row.later
        return found
