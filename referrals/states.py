"""The states of dispatches, offers, withdrawals, questions and the quarantine: who must act, and where it may go."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.states import Owner, Stage, StateTable


class DispatchState(models.TextChoices):
    """Where one agency stands with one referral. One that was transferred is absent to the agency it left."""

    SENT = "sent", _("Waiting for receipt")
    ACKNOWLEDGED = "acknowledged", _("Received")
    TRANSFERRED = "transferred", _("Accepted by another agency")


DISPATCH = StateTable(
    {
        DispatchState.SENT: Stage(
            owner=Owner.AGENCY, to=frozenset({DispatchState.ACKNOWLEDGED, DispatchState.TRANSFERRED})
        ),
        DispatchState.ACKNOWLEDGED: Stage(owner=Owner.AGENCY, to=frozenset({DispatchState.TRANSFERRED})),
        DispatchState.TRANSFERRED: Stage(owner=Owner.NOBODY, to=frozenset()),
    }
)


class OfferState(models.TextChoices):
    """Whether another agency takes a referral over. Until it accepts, the agency that offers stays responsible."""

    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    TAKEN_BACK = "taken_back", _("Taken back")


OFFER = StateTable(
    {
        OfferState.OFFERED: Stage(
            owner=Owner.AGENCY, to=frozenset({OfferState.ACCEPTED, OfferState.DECLINED, OfferState.TAKEN_BACK})
        ),
        OfferState.ACCEPTED: Stage(owner=Owner.NOBODY, to=frozenset()),
        OfferState.DECLINED: Stage(owner=Owner.NOBODY, to=frozenset()),
        OfferState.TAKEN_BACK: Stage(owner=Owner.NOBODY, to=frozenset()),
    }
)


class WithdrawalState(models.TextChoices):
    """What the police decided after somebody said that a referral should not have been sent, or no longer stands."""

    REPORTED = "reported", _("Waiting for the police to decide")
    CONTINUED = "continued", _("The police go on with it")
    STOPPED = "stopped", _("Stopped by the police")
    RESUMED = "resumed", _("Taken up again by the police")


WITHDRAWAL = StateTable(
    {
        WithdrawalState.REPORTED: Stage(
            owner=Owner.AGENCY, to=frozenset({WithdrawalState.CONTINUED, WithdrawalState.STOPPED})
        ),
        # The police answer for having stopped, and may take it up again.
        WithdrawalState.STOPPED: Stage(owner=Owner.AGENCY, to=frozenset({WithdrawalState.RESUMED})),
        WithdrawalState.RESUMED: Stage(owner=Owner.NOBODY, to=frozenset()),
        WithdrawalState.CONTINUED: Stage(owner=Owner.NOBODY, to=frozenset()),
    }
)


class QuestionState(models.TextChoices):
    """Whether the referrer has been asked, and has answered."""

    HELD = "held", _("Held")
    RELEASED = "released", _("Sent")
    ANSWERED = "answered", _("Answered")
    WITHDRAWN = "withdrawn", _("Withdrawn")


QUESTION = StateTable(
    {
        QuestionState.HELD: Stage(owner=Owner.AGENCY, to=frozenset({QuestionState.RELEASED, QuestionState.WITHDRAWN})),
        # Not taken back: a question that goes away tells more than one that stays.
        QuestionState.RELEASED: Stage(owner=Owner.REFERRER, to=frozenset({QuestionState.ANSWERED})),
        QuestionState.ANSWERED: Stage(owner=Owner.NOBODY, to=frozenset()),
        QuestionState.WITHDRAWN: Stage(owner=Owner.NOBODY, to=frozenset()),
    }
)


class QuarantineState(models.TextChoices):
    """Where a referral that came in a flood stands with the national desk."""

    HELD = "held", _("Held")
    RELEASED = "released", _("Released")
    REJECTED = "rejected", _("Rejected")


QUARANTINE = StateTable(
    {
        QuarantineState.HELD: Stage(
            owner=Owner.NATIONAL_DESK, to=frozenset({QuarantineState.RELEASED, QuarantineState.REJECTED})
        ),
        # A mistake can be put right: what was rejected is stored, and can still be sent to its receivers.
        QuarantineState.REJECTED: Stage(owner=Owner.NATIONAL_DESK, to=frozenset({QuarantineState.RELEASED})),
        QuarantineState.RELEASED: Stage(owner=Owner.NOBODY, to=frozenset()),
    }
)
