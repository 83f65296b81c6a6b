"""One area asks another to show more of a person who may be theirs too."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from agencies.models import Agency, User
from audit.fields import EMPTY, SealedText
from audit.history import keep_history
from audit.models import Stateful
from people.models.match import Match
from people.models.person import Person
from people.states import ASKING, AskingState

_STANDING = Q(state__in=(AskingState.ASKED, AskingState.ACCEPTED))
_NOT_ANSWERED = Q(answered_at=None, answered_by=None)
_ANSWERED = Q(answered_at__isnull=False, answered_by__isnull=False)
_NOT_WITHDRAWN = Q(withdrawn_at=None, withdrawn_by=None)
_WITHDRAWN = Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)


@keep_history()
class MatchAsking(Stateful):
    """`agency` asks whoever has `about`, one of the two persons of `match`; it has the other one itself.

    While it is accepted, the agency sees of that person what is compared. Both sides can withdraw it.
    """

    states = ASKING

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="askings")
    about = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=AskingState.choices, default=AskingState.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reason = SealedText(of="about_id", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["match", "agency"], name="match_asked_once", condition=_STANDING),
            models.CheckConstraint(condition=_NOT_ANSWERED | _ANSWERED, name="match_asking_answered_by_somebody"),
            models.CheckConstraint(condition=_NOT_WITHDRAWN | _WITHDRAWN, name="match_asking_withdrawn_by_somebody"),
            models.CheckConstraint(
                condition=Q(state=AskingState.ASKED) & _NOT_ANSWERED & _NOT_WITHDRAWN
                | Q(state=AskingState.ACCEPTED) & _ANSWERED & _NOT_WITHDRAWN
                | Q(state=AskingState.DECLINED, reason__length__gt=EMPTY) & _ANSWERED & _NOT_WITHDRAWN
                | Q(state=AskingState.WITHDRAWN, reason__length__gt=EMPTY) & _WITHDRAWN,
                name="match_asking_state_tells_the_truth",
            ),
        ]

    class Privacy:
        person = "about"
        personal = ("reason",)
        operational = (
            "id", "match", "about", "agency", "state", "asked_at", "asked_by",
            "answered_at", "answered_by", "withdrawn_at", "withdrawn_by",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def theirs(self) -> UUID:
        """The id of the person whom the agency that asks has itself."""
        return self.match.beside(self.about_id)

    @property
    def is_standing(self) -> bool:
        """Whether it waits for an answer, or shows more now."""
        return self.state in {AskingState.ASKED, AskingState.ACCEPTED}
