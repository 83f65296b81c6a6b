"""A referral came to the wrong area: it is offered to another agency of the same side."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from audit.fields import EMPTY, SealedText
from audit.history import keep_history
from audit.models import Stateful
from referrals.models.belonging import Belonging
from referrals.models.dispatch import Dispatch
from referrals.models.referral import Referral
from referrals.states import OFFER, OfferState


class OfferCause(models.TextChoices):
    """Why it belongs to another area: said to whoever it is offered to, before they accept."""

    ELSEWHERE = "elsewhere", _("They live elsewhere than was thought")
    MOVED = "moved", _("They have moved")
    LOOKED_AFTER = "looked_after", _("They are looked after there")
    CUSTODY = "custody", _("They are in custody there")
    OTHER = "other", _("Another reason")


_OPEN = Q(state=OfferState.OFFERED, closed_at=None, closed_by=None, closing_reason=None, became=None)
_ACCEPTED = Q(
    state=OfferState.ACCEPTED,
    closed_at__isnull=False,
    closed_by__isnull=False,
    closing_reason=None,
    became__isnull=False,
)
_REFUSED = Q(
    state__in=(OfferState.DECLINED, OfferState.TAKEN_BACK),
    closed_at__isnull=False,
    closed_by__isnull=False,
    closing_reason__length__gt=EMPTY,
    became=None,
)


@keep_history()
class Offer(Belonging, Stateful):
    """`dispatch` is offered to `agency`, which accepts (then `became` is its own dispatch) or declines.

    While it is open the agency of `dispatch` stays responsible, and the other sees a preview (`referrals.preview`): the
    `reason` in words not before it has accepted. `answer_due` is its local target.
    """

    states = OFFER

    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT, related_name="offers")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="offers")
    state = models.CharField(max_length=16, choices=OfferState.choices, default=OfferState.OFFERED)
    cause = models.CharField(
        max_length=16, choices=OfferCause.choices, default=OfferCause.OTHER, db_default=OfferCause.OTHER
    )
    reason = SealedText(of="person_id")
    answer_due = models.DateTimeField(null=True)
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    closing_reason = SealedText(of="person_id", null=True)
    became = models.OneToOneField(Dispatch, null=True, on_delete=models.PROTECT, related_name="came_from")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dispatch"], name="offer_one_at_a_time", condition=Q(state=OfferState.OFFERED)
            ),
            models.CheckConstraint(condition=Q(reason__length__gt=EMPTY), name="offer_reason"),
            models.CheckConstraint(condition=_OPEN | _ACCEPTED | _REFUSED, name="offer_state_tells_the_truth"),
        ]
        indexes = [
            models.Index(
                fields=["agency", "offered_at", "id"], name="offer_waiting", condition=Q(state=OfferState.OFFERED)
            ),
        ]

    class Privacy:
        person = "dispatch__referral__person"
        personal = ("cause", "reason", "closing_reason")
        operational = (
            "id", "dispatch", "agency", "state", "answer_due", "offered_at", "offered_by", "closed_at",
            "closed_by", "became",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @staticmethod
    def referral_of(row: Any) -> Referral:
        """The referral that is offered."""
        found: Referral = row.dispatch.referral
        return found

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state == OfferState.OFFERED

    @property
    def overdue(self) -> bool:
        """Whether it waits longer than its local target."""
        return self.is_open and self.answer_due is not None and self.answer_due < timezone.now()
