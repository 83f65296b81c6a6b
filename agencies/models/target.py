"""How soon receipt is to be taken: one row for each agency that differs, and one for all others."""

from django.db import models
from django.db.models import Q

from agencies.models.agency import Agency
from agencies.targets import FEWEST_MINUTES, MOST_DAYS, MOST_MINUTES, Targets
from audit.history import keep_history
from audit.models import Recorded


@keep_history()
class Target(Recorded):
    """Local targets. Without an agency: the default of this installation, where it is not the one in the code.

    A change is for referrals sent after it: those on their way keep the time they were given.
    """

    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="targets")
    acknowledge_days = models.PositiveSmallIntegerField()
    supervisor_days = models.PositiveSmallIntegerField()
    desk_days = models.PositiveSmallIntegerField()
    immediate_minutes = models.PositiveSmallIntegerField()
    set_at = models.DateTimeField()
    set_by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency"], nulls_distinct=False, name="target_once"),
            models.CheckConstraint(
                condition=Q(acknowledge_days__range=(1, MOST_DAYS))
                & Q(supervisor_days__range=(1, MOST_DAYS))
                & Q(desk_days__range=(1, MOST_DAYS))
                & Q(immediate_minutes__range=(FEWEST_MINUTES, MOST_MINUTES)),
                name="target_within_reason",
            ),
        ]

    class Privacy:
        person = None
        personal = ()
        operational = (
            "id", "agency", "acknowledge_days", "supervisor_days", "desk_days", "immediate_minutes", "set_at", "set_by",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def targets(self) -> Targets:
        """What the row says."""
        return Targets(self.acknowledge_days, self.supervisor_days, self.desk_days, self.immediate_minutes)
