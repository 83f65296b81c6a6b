"""The states of what this room decides: who must act, and where each may go."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.states import Owner, Stage, StateTable


class DeconflictionState(models.TextChoices):
    """Whether FIMU has answered."""

    OPEN = "open", _("Waiting for an answer")
    ANSWERED = "answered", _("Answered")
    REPLACED = "replaced", _("Overtaken before it was answered")


# Nothing is answered twice: what comes later opens another one, beside which the answer of before stays.
DECONFLICTION = StateTable(
    {
        DeconflictionState.OPEN: Stage(
            owner=Owner.AGENCY, to=frozenset({DeconflictionState.ANSWERED, DeconflictionState.REPLACED})
        ),
        DeconflictionState.ANSWERED: Stage(owner=Owner.NOBODY, to=frozenset()),
        DeconflictionState.REPLACED: Stage(owner=Owner.NOBODY, to=frozenset()),
    }
)


class StandardState(models.TextChoices):
    """Where a version of the minimum process standards stands."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    SUPERSEDED = "superseded", _("Followed by a later version")


# A draft is changed; what was published never is: another draft follows it, and stands beside it.
STANDARD = StateTable(
    {
        StandardState.DRAFT: Stage(owner=Owner.HEADQUARTERS, to=frozenset({StandardState.PUBLISHED})),
        StandardState.PUBLISHED: Stage(owner=Owner.HEADQUARTERS, to=frozenset({StandardState.SUPERSEDED})),
        StandardState.SUPERSEDED: Stage(owner=Owner.NOBODY, to=frozenset()),
    }
)


class PracticeState(models.TextChoices):
    """What has become of a good-practice note that a region offered."""

    OFFERED = "offered", _("Offered")
    PUBLISHED = "published", _("Published")
    DECLINED = "declined", _("Not published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


PRACTICE = StateTable(
    {
        PracticeState.OFFERED: Stage(
            owner=Owner.HEADQUARTERS, to=frozenset({PracticeState.PUBLISHED, PracticeState.DECLINED})
        ),
        PracticeState.PUBLISHED: Stage(owner=Owner.HEADQUARTERS, to=frozenset({PracticeState.WITHDRAWN})),
        PracticeState.DECLINED: Stage(owner=Owner.NOBODY, to=frozenset()),
        PracticeState.WITHDRAWN: Stage(owner=Owner.NOBODY, to=frozenset()),
    }
)


class GatewayState(models.TextChoices):
    """Where an assessment stands."""

    DRAFT = "draft", _("Being written")
    PROPOSED = "proposed", _("To be signed")
    SIGNED = "signed", _("Signed")
    REOPENED = "reopened", _("Reopened")
    OVERTAKEN = "replaced", _("About another person")


# Each has to be proposed, and signed by somebody who did not write it. What was signed is reopened, never edited.
GATEWAY = StateTable(
    {
        GatewayState.DRAFT: Stage(owner=Owner.AGENCY, to=frozenset({GatewayState.PROPOSED, GatewayState.OVERTAKEN})),
        GatewayState.PROPOSED: Stage(
            owner=Owner.AGENCY,
            to=frozenset({GatewayState.DRAFT, GatewayState.SIGNED, GatewayState.OVERTAKEN}),
        ),
        GatewayState.SIGNED: Stage(owner=Owner.AGENCY, to=frozenset({GatewayState.REOPENED, GatewayState.OVERTAKEN})),
        GatewayState.REOPENED: Stage(owner=Owner.NOBODY, to=frozenset()),
        GatewayState.OVERTAKEN: Stage(owner=Owner.NOBODY, to=frozenset()),
    }
)


class SignpostingState(models.TextChoices):
    """What the service said to which a person was signposted."""

    ASKED = "asked", _("No answer yet")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


# A service may change its mind: what it says last counts.
SIGNPOSTING = StateTable(
    {
        SignpostingState.ASKED: Stage(
            owner=Owner.AGENCY, to=frozenset({SignpostingState.ACCEPTED, SignpostingState.DECLINED})
        ),
        SignpostingState.ACCEPTED: Stage(owner=Owner.AGENCY, to=frozenset({SignpostingState.DECLINED})),
        SignpostingState.DECLINED: Stage(owner=Owner.AGENCY, to=frozenset({SignpostingState.ACCEPTED})),
    }
)


class PartnershipState(models.TextChoices):
    """Whether a police-led partnership runs, and somebody has it."""

    WAITING = "waiting", _("Waiting for its owner")
    OPEN = "open", _("Running")
    ENDED = "over", _("Ended")


# Whose owner left waits for another one. It ends by a signature at the gateway, from wherever it stands.
PARTNERSHIP = StateTable(
    {
        PartnershipState.WAITING: Stage(
            owner=Owner.AGENCY, to=frozenset({PartnershipState.OPEN, PartnershipState.ENDED})
        ),
        PartnershipState.OPEN: Stage(
            owner=Owner.AGENCY, to=frozenset({PartnershipState.WAITING, PartnershipState.ENDED})
        ),
        PartnershipState.ENDED: Stage(owner=Owner.NOBODY, to=frozenset()),
    }
)


class HandoverState(models.TextChoices):
    """What an officer said who was named as the owner."""

    OFFERED = "offered", _("Not answered yet")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    TAKEN_BACK = "taken_back", _("Taken back")


# It counts only when it was accepted: until then whoever had it has it still.
HANDOVER = StateTable(
    {
        HandoverState.OFFERED: Stage(
            owner=Owner.AGENCY,
            to=frozenset({HandoverState.ACCEPTED, HandoverState.DECLINED, HandoverState.TAKEN_BACK}),
        ),
        HandoverState.ACCEPTED: Stage(owner=Owner.NOBODY, to=frozenset()),
        HandoverState.DECLINED: Stage(owner=Owner.NOBODY, to=frozenset()),
        HandoverState.TAKEN_BACK: Stage(owner=Owner.NOBODY, to=frozenset()),
    }
)


class PlannedState(models.TextChoices):
    """What became of an action of a plan."""

    OPEN = "open", _("To be done")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


# What was planned is not changed: it is dropped with a reason, and another is planned.
PLANNED = StateTable(
    {
        PlannedState.OPEN: Stage(owner=Owner.AGENCY, to=frozenset({PlannedState.DONE, PlannedState.DROPPED})),
        PlannedState.DONE: Stage(owner=Owner.NOBODY, to=frozenset()),
        PlannedState.DROPPED: Stage(owner=Owner.NOBODY, to=frozenset()),
    }
)
