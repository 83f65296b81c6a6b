"""One step of the standards, ticked off by whoever answers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from audit.fields import EMPTY, SealedText
from audit.history import keep_history
from audit.models import Recorded
from people.models import Person
from triage.models.deconfliction import Deconfliction
from triage.models.gateway import GatewayAssessment
from triage.models.standard import StandardStep


class Result(models.TextChoices):
    """What became of a step."""

    DONE = "done", _("Done")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")
    NOT_DONE = "not_done", _("Not done")


@keep_history()
class StepCheck(Recorded):
    """What became of one step beside one answer: done and on which day, or not and why, said by whom and when.

    The step is that of the version that was in force when the question was opened. `why` is never intelligence. What
    it stands beside is one of the columns below `person`, of which each moment has its own.
    """

    step = models.ForeignKey(StandardStep, on_delete=models.PROTECT, related_name="checks")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    deconfliction = models.ForeignKey(Deconfliction, null=True, on_delete=models.PROTECT, related_name="checks")
    gateway = models.ForeignKey(GatewayAssessment, null=True, on_delete=models.PROTECT, related_name="checks")
    result = models.CharField(max_length=16, choices=Result.choices)
    done_on = models.DateField(null=True)
    why = SealedText(of="person_id", null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["deconfliction", "step"], name="stepcheck_once", condition=Q(deconfliction__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["gateway", "step"], name="stepcheck_once_of_gateway", condition=Q(gateway__isnull=False)
            ),
            models.CheckConstraint(
                condition=Q(deconfliction__isnull=False, gateway=None) | Q(deconfliction=None, gateway__isnull=False),
                name="stepcheck_beside_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(result=Result.DONE, done_on__isnull=False, why=None)
                | Q(
                    result__in=(Result.NOT_APPLICABLE, Result.NOT_DONE),
                    done_on=None,
                    why__isnull=False,
                    why__length__gt=EMPTY,
                ),
                name="stepcheck_says_when_or_why",
            ),
        ]

    class Privacy:
        person = "person"
        personal = ("why",)
        operational = (
            "id", "step", "person", "deconfliction", "gateway", "result", "done_on", "recorded_at", "recorded_by",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return str(self.pk)
