"""Who works for which agency, in which role, from when to when."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from agencies.models.agency import Agency
from agencies.models.user import User
from agencies.roles import RoleName
from audit.history import keep_history
from audit.models import Recorded, RecordedQuerySet


class MembershipQuerySet(RecordedQuerySet):
    """Dated rows."""

    def in_force(self, on: date) -> Self:
        """Memberships that hold on the day, of users who may sign in."""
        within = Q(ends_on=None) | Q(ends_on__gte=on)
        return self.filter(within, starts_on__lte=on, ended_at=None, user__is_active=True)


@keep_history()
class Membership(Recorded):
    """One user's role in one agency, both days inclusive; without `ends_on` it goes on.

    `ended_at` ends it at once, whatever the days say: when somebody left, and who said so.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=40, choices=RoleName.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    objects: ClassVar[Any] = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="membership_dates"),
            models.UniqueConstraint(fields=["user", "agency", "role", "starts_on"], name="membership_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="membership_ended_pair",
            ),
        ]

    class Privacy:
        person = None
        personal = ()
        operational = ("id", "user", "agency", "role", "starts_on", "ends_on", "ended_at", "ended_by")
        public = ()

    def __str__(self) -> str:
        return str(self.pk)
