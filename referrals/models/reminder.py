"""Somebody is to hear that a dispatch waits longer than its target."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Notice, User
from audit.models import Recorded
from referrals.models.dispatch import Dispatch


class Step(models.TextChoices):
    """Who hears, one after another."""

    AGENCY = "agency", _("The agency")
    SUPERVISOR = "supervisor", _("Its supervisors")
    DESK = "desk", _("The national desk")


class Reminder(Recorded):
    """One recipient's due line about one dispatch; the lines of a recipient go out together in one e-mail.

    The recipient is a user, or without one the mailbox of `to_agency`. `done` without a notice: it was no longer
    needed when the time came.
    """

    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT, related_name="reminders")
    step = models.CharField(max_length=12, choices=Step.choices)
    to_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    to_user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    due = models.DateTimeField()
    done = models.DateTimeField(null=True)
    notice = models.ForeignKey(Notice, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dispatch", "step", "to_agency", "to_user"], nulls_distinct=False, name="reminder_once"
            ),
        ]
        indexes = [
            models.Index(fields=["to_agency", "to_user", "due"], name="reminder_due", condition=Q(done=None)),
        ]

    class Privacy:
        person = "dispatch__referral__person"
        personal = ()
        operational = ("id", "dispatch", "step", "to_agency", "to_user", "due", "done", "notice")
        public = ()

    def __str__(self) -> str:
        return str(self.pk)
