"""The states of matches, of what one area asks another about a match, and of requests for information."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.states import Owner, Stage, StateTable


class MatchState(models.TextChoices):
    """What officers have said of two persons who may be one human being."""

    WAITING = "waiting", _("Undecided")
    CONFIRMED = "confirmed", _("Same person")
    REJECTED = "rejected", _("Different people")
    LEFT_OPEN = "left_open", _("Left open")


_ANOTHER_WORD = frozenset({MatchState.CONFIRMED, MatchState.REJECTED, MatchState.LEFT_OPEN})

# What has been said may be said otherwise, and what is found later asks anew; only what joins is undone first.
MATCH = StateTable(
    {
        MatchState.WAITING: Stage(owner=Owner.AGENCY, to=_ANOTHER_WORD),
        MatchState.LEFT_OPEN: Stage(owner=Owner.AGENCY, to=_ANOTHER_WORD | {MatchState.WAITING}),
        MatchState.REJECTED: Stage(owner=Owner.AGENCY, to=_ANOTHER_WORD | {MatchState.WAITING}),
        MatchState.CONFIRMED: Stage(owner=Owner.AGENCY, to=frozenset({MatchState.WAITING})),
    }
)


class AskingState(models.TextChoices):
    """Whether the agency that has the other person shows more of them."""

    ASKED = "asked", _("Not answered")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


ASKING = StateTable(
    {
        AskingState.ASKED: Stage(
            owner=Owner.AGENCY,
            to=frozenset({AskingState.ACCEPTED, AskingState.DECLINED, AskingState.WITHDRAWN}),
        ),
        AskingState.ACCEPTED: Stage(owner=Owner.AGENCY, to=frozenset({AskingState.WITHDRAWN})),
        AskingState.DECLINED: Stage(owner=Owner.NOBODY, to=frozenset()),
        AskingState.WITHDRAWN: Stage(owner=Owner.NOBODY, to=frozenset()),
    }
)


class RequestState(models.TextChoices):
    """Where a request for information stands."""

    ASKED = "asked", _("Waiting for an answer")
    ANSWERED = "answered", _("Answered")
    DECLINED = "declined", _("Declined")
    TAKEN_BACK = "taken_back", _("Taken back")
    CLOSED = "closed", _("Closed")


REQUEST = StateTable(
    {
        RequestState.ASKED: Stage(
            owner=Owner.AGENCY,
            to=frozenset({RequestState.ANSWERED, RequestState.DECLINED, RequestState.TAKEN_BACK}),
        ),
        # More can be answered until the agency that asked has what it needs, or learns that it was the wrong person.
        RequestState.ANSWERED: Stage(owner=Owner.AGENCY, to=frozenset({RequestState.CLOSED, RequestState.TAKEN_BACK})),
        RequestState.DECLINED: Stage(owner=Owner.NOBODY, to=frozenset()),
        RequestState.TAKEN_BACK: Stage(owner=Owner.NOBODY, to=frozenset()),
        RequestState.CLOSED: Stage(owner=Owner.NOBODY, to=frozenset()),
    }
)
OPEN = (RequestState.ASKED, RequestState.ANSWERED)
