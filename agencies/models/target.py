"""How soon things are to be done: one row for each agency that differs, and one for all others."""

from dataclasses import fields

from django.db import models
from django.db.models import Q

from agencies.models.agency import Agency
from agencies.targets import DEFAULT, FEWEST_MINUTES, MOST_DAYS, MOST_MINUTES, Targets
from audit.history import keep_history
from audit.models import Recorded


@keep_history()
class Target(Recorded):
    """Local targets. Without an agency: the default of this installation, where it is not the one in the code.

    A change is for what begins after it: a referral on its way keeps the time it was given, and so does a task.
    """

    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="targets")
    acknowledge_days = models.PositiveSmallIntegerField()
    supervisor_days = models.PositiveSmallIntegerField()
    desk_days = models.PositiveSmallIntegerField()
    immediate_minutes = models.PositiveSmallIntegerField()
    assign_days = models.PositiveSmallIntegerField(default=DEFAULT.assign_days, db_default=DEFAULT.assign_days)
    finish_days = models.PositiveSmallIntegerField(default=DEFAULT.finish_days, db_default=DEFAULT.finish_days)
    decide_matches_days = models.PositiveSmallIntegerField(
        default=DEFAULT.decide_matches_days, db_default=DEFAULT.decide_matches_days
    )
    answer_requests_days = models.PositiveSmallIntegerField(
        default=DEFAULT.answer_requests_days, db_default=DEFAULT.answer_requests_days
    )
    deconflict_days = models.PositiveSmallIntegerField(
        default=DEFAULT.deconflict_days, db_default=DEFAULT.deconflict_days
    )
    review_days = models.PositiveSmallIntegerField(default=DEFAULT.review_days, db_default=DEFAULT.review_days)
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
            models.CheckConstraint(
                condition=Q(assign_days__range=(1, MOST_DAYS))
                & Q(finish_days__range=(1, MOST_DAYS))
                & Q(decide_matches_days__range=(1, MOST_DAYS))
                & Q(answer_requests_days__range=(1, MOST_DAYS)),
                name="target_work_within_reason",
            ),
            models.CheckConstraint(
                condition=Q(deconflict_days__range=(1, MOST_DAYS)), name="target_deconflict_within_reason"
            ),
            models.CheckConstraint(condition=Q(review_days__range=(1, MOST_DAYS)), name="target_review_within_reason"),
        ]

    class Privacy:
        person = None
        personal = ()
        operational = (
            "id", "agency", "acknowledge_days", "supervisor_days", "desk_days", "immediate_minutes", "assign_days",
            "finish_days", "decide_matches_days", "answer_requests_days", "deconflict_days", "review_days", "set_at",
            "set_by",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def targets(self) -> Targets:
        """What the row says."""
        return Targets(**{each.name: getattr(self, each.name) for each in fields(Targets)})
