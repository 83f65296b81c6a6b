"""The delivery of one referral to one agency."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies.models import Agency, User
from audit.history import keep_history
from audit.models import Stateful
from referrals.models.referral import Referral
from referrals.states import DISPATCH, DispatchState

# A dispatch that has not gone to another agency: what lists and permissions are about.
STANDING = ~Q(state=DispatchState.TRANSFERRED)


@keep_history()
class Dispatch(Stateful):
    """Visible in the agency's inbox from the commit of the referral on.

    `immediate` and `flagged` repeat the referral's own, so that an inbox is one index scan.
    Once another agency of the same side has accepted it, it is TRANSFERRED and absent to this one (see Offer).
    `alert_due` is when the duty contact is alerted next; empty when nobody has to be.
    `acknowledge_by` is the local target, set when it is sent and never moved. `remind_due` is when somebody hears
    next that it was missed, `reminded` how many steps were taken (referrals/reminding.py).
    """

    states = DISPATCH

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="dispatches")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="dispatches")
    state = models.CharField(max_length=16, choices=DispatchState.choices, default=DispatchState.SENT)
    immediate = models.BooleanField()
    flagged = models.BooleanField()
    sent_at = models.DateTimeField()
    sent_by = models.UUIDField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    assigned_to = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="dispatches")
    assigned_at = models.DateTimeField(null=True)
    assigned_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    alert_due = models.DateTimeField(null=True)
    alerts_sent = models.PositiveIntegerField(default=0)
    acknowledge_by = models.DateTimeField(null=True)
    remind_due = models.DateTimeField(null=True)
    reminded = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [
            # One that left and came back is two deliveries; of those that stand there is one.
            models.UniqueConstraint(fields=["referral", "agency"], name="dispatch_once", condition=STANDING),
            models.CheckConstraint(
                condition=Q(acknowledged_at=None, acknowledged_by=None)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="dispatch_acknowledged_pair",
            ),
            models.CheckConstraint(
                condition=Q(assigned_at=None, assigned_by=None, assigned_to=None)
                | Q(assigned_at__isnull=False, assigned_by__isnull=False, assigned_to__isnull=False),
                name="dispatch_assigned_pair",
            ),
            models.CheckConstraint(
                condition=Q(state=DispatchState.SENT, acknowledged_at=None)
                | Q(state=DispatchState.ACKNOWLEDGED, acknowledged_at__isnull=False, alert_due=None)
                | Q(state=DispatchState.TRANSFERRED, alert_due=None),
                name="dispatch_state_tells_the_truth",
            ),
        ]
        indexes = [
            # A national desk hands most of its referrals on: an inbox never reads past those.
            models.Index(fields=["agency", "-sent_at", "-id"], name="dispatch_inbox", condition=STANDING),
            models.Index(
                fields=["agency", "state", "-sent_at", "-id"], name="dispatch_inbox_state", condition=STANDING
            ),
            models.Index(fields=["assigned_to", "-sent_at", "-id"], name="dispatch_assigned", condition=STANDING),
            # The rare rows of an inbox, so that finding fifty of them reads no more than fifty.
            models.Index(
                fields=["agency", "acknowledge_by"], name="dispatch_waiting", condition=Q(state=DispatchState.SENT)
            ),
            models.Index(fields=["remind_due"], name="dispatch_remind_due", condition=Q(remind_due__isnull=False)),
            models.Index(
                fields=["agency", "-sent_at", "-id"], name="dispatch_immediate", condition=STANDING & Q(immediate=True)
            ),
            models.Index(
                fields=["agency", "-sent_at", "-id"], name="dispatch_flagged", condition=STANDING & Q(flagged=True)
            ),
            models.Index(
                fields=["agency", "-sent_at", "-id"], name="dispatch_nobodys", condition=STANDING & Q(assigned_to=None)
            ),
            models.Index(fields=["alert_due"], name="dispatch_alert_due", condition=Q(alert_due__isnull=False)),
        ]
        verbose_name_plural = "dispatches"

    class Privacy:
        person = "referral__person"
        personal = ()
        operational = (
            "id", "referral", "agency", "state", "immediate", "flagged", "sent_at", "sent_by",
            "acknowledged_at", "acknowledged_by", "assigned_to", "assigned_at", "assigned_by",
            "alert_due", "alerts_sent", "acknowledge_by", "remind_due", "reminded",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def waits(self) -> bool:
        """Whether nobody has taken receipt."""
        return self.state == DispatchState.SENT

    @property
    def overdue(self) -> bool:
        """Whether it waits longer than its local target."""
        return self.waits and self.acknowledge_by is not None and self.acknowledge_by < timezone.now()

    @property
    def stands(self) -> bool:
        """Whether the agency still has the referral."""
        return self.state != DispatchState.TRANSFERRED

    @property
    def sent_on_later(self) -> bool:
        """Whether the referral was with another agency first: the target began anew, the referral is older."""
        return self.sent_at - self.referral.submitted_at > timedelta(minutes=5)

    def get_absolute_url(self) -> str:
        """The referral's page, as this agency sees it."""
        from django.urls import reverse

        return reverse("desk:referral", args=[self.referral_id])
