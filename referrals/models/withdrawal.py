"""A referral was sent in error, or its referrer withdraws it: the police decide whether to go on."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from audit.fields import EMPTY, SealedText
from audit.history import keep_history
from audit.models import Stateful
from referrals.models.belonging import Belonging
from referrals.models.referral import Referral
from referrals.states import WITHDRAWAL, WithdrawalState


class WithdrawalKind(models.TextChoices):
    """What is said of the referral."""

    IN_ERROR = "in_error", _("It was sent in error")
    WITHDRAWN = "withdrawn", _("The referrer withdraws it")


class ToldBy(models.TextChoices):
    """How we came to know."""

    FORM = "form", _("Online, with reference and code")
    TELEPHONE = "telephone", _("By telephone")
    E_MAIL = "e_mail", _("By e-mail or letter")
    IN_PERSON = "in_person", _("In person")
    NOTICED = "noticed", _("We noticed it ourselves")


# Waiting for the police, or stopped by them: while one such row stands nothing is reported again.
UNSETTLED = Q(state__in=(WithdrawalState.REPORTED, WithdrawalState.STOPPED))


@keep_history()
class Withdrawal(Belonging, Stateful):
    """Nothing is deleted, and what the agencies do to keep people safe goes on, whatever is decided.

    `agency` is whose officer recorded it; empty where the referrer did so online.
    """

    states = WITHDRAWAL

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="withdrawals")
    state = models.CharField(max_length=16, choices=WithdrawalState.choices, default=WithdrawalState.REPORTED)
    kind = models.CharField(max_length=16, choices=WithdrawalKind.choices)
    told_how = models.CharField(max_length=16, choices=ToldBy.choices)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    reason = SealedText(of="person_id")
    reported_at = models.DateTimeField()
    reported_by = models.UUIDField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decision = SealedText(of="person_id", null=True)
    resumed_at = models.DateTimeField(null=True)
    resumed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    resumed_reason = SealedText(of="person_id", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral"], name="withdrawal_one_at_a_time", condition=UNSETTLED),
            models.CheckConstraint(condition=Q(reason__length__gt=EMPTY), name="withdrawal_reason"),
            models.CheckConstraint(
                condition=Q(state=WithdrawalState.REPORTED, decided_at=None, decided_by=None, decision=None)
                | Q(
                    ~Q(state=WithdrawalState.REPORTED),
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                    decision__length__gt=EMPTY,
                ),
                name="withdrawal_decided_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(~Q(state=WithdrawalState.RESUMED), resumed_at=None, resumed_by=None, resumed_reason=None)
                | Q(
                    state=WithdrawalState.RESUMED,
                    resumed_at__isnull=False,
                    resumed_by__isnull=False,
                    resumed_reason__length__gt=EMPTY,
                ),
                name="withdrawal_resumed_with_a_reason",
            ),
        ]

    class Privacy:
        person = "referral__person"
        personal = ("reason", "decision", "resumed_reason")
        operational = (
            "id", "referral", "state", "kind", "told_how", "agency", "reported_at", "reported_by",
            "decided_at", "decided_by", "resumed_at", "resumed_by",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        """Whether the police have still to decide."""
        return self.state == WithdrawalState.REPORTED

    @property
    def is_stopped(self) -> bool:
        """Whether the police have stopped."""
        return self.state == WithdrawalState.STOPPED
