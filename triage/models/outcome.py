"""What a referral becomes, and the reasons for which none is needed any more: codes, and what follows from them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TriageOutcome(models.TextChoices):
    """The four outcomes of triage, then what closes a referral that should not go on."""

    CHANNEL = "channel", _("Passed to Channel (section 36)")
    POLICE_LED = "police_led", _("Police-led partnership")
    SIGNPOSTED = "signposted", _("Signposted to another service")
    NO_FURTHER_ACTION = "no_further_action", _("No further action")
    DUPLICATE = "duplicate", _("Duplicate of another referral")
    IN_ERROR = "in_error", _("Sent in error")
    WITHDRAWN = "withdrawn", _("Withdrawn by the referrer")
    DISPROVED = "disproved", _("Malicious or disproved")
    DECEASED = "deceased", _("The person has died")
    OUTSIDE = "outside", _("Outside jurisdiction")


# Somebody goes on working with the person.
GOES_ON = frozenset({TriageOutcome.CHANNEL, TriageOutcome.POLICE_LED})
# Nobody does: these take reasonable grounds to believe that there are no Prevent concerns, and reasons by code.
TAKES_NO_CONCERNS = frozenset(
    {
        TriageOutcome.SIGNPOSTED,
        TriageOutcome.NO_FURTHER_ACTION,
        TriageOutcome.IN_ERROR,
        TriageOutcome.WITHDRAWN,
        TriageOutcome.DISPROVED,
    }
)
# What somebody must have said of the referral before it closes so: the kind of the withdrawal on record.
TAKES_WITHDRAWAL = frozenset({TriageOutcome.IN_ERROR, TriageOutcome.WITHDRAWN})
# An early review of retention is asked for: R (II) v Commissioner of Police of the Metropolis [2020] EWHC 2528 (Admin).
ASKS_FOR_EARLY_REVIEW = frozenset({TriageOutcome.DISPROVED})


class NoConcerns(models.TextChoices):
    """Are there reasonable grounds to believe that there are no Prevent concerns?"""

    YES = "yes", _("Yes, there are such grounds")
    NO = "no", _("No, there are not")


class ClosingReason(models.TextChoices):
    """Why a referral ends without Channel or police-led partnership."""

    EXPLAINED = "explained", _("What was seen or heard has another explanation, which was checked")
    UNTRUE = "untrue", _("What was reported turned out not to be true")
    NOT_SUSCEPTIBLE = "not_susceptible", _("Nothing makes the person susceptible to being drawn into terrorism")
    NEED_MET = "need_met", _("Another service meets the need, and the concern goes with the need")
    NOT_MEANT = "not_meant", _("It was not meant as a Prevent referral, or not about this person")
    NO_IDEOLOGY = "no_ideology", _("No clear ideology")
    LOW_RISK = "low_risk", _("Low terrorism risk")
    NO_ILL_HEALTH = "no_ill_health", _("No mental ill-health")


# None of them, nor all together, is reason enough: three referrals before the Southport attack were closed so.
NOT_ENOUGH = frozenset({ClosingReason.NO_IDEOLOGY, ClosingReason.LOW_RISK, ClosingReason.NO_ILL_HEALTH})
