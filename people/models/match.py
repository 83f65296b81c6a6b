"""Two persons who may be one human being: found by a machine, decided by officers."""

from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from audit.fields import EMPTY, SealedText
from audit.history import keep_history
from audit.models import Recorded, Stateful
from people.models.person import Person
from people.states import MATCH, MatchState


class MatchBand(models.TextChoices):
    """How much speaks for it. What, exactly, is compared anew whenever it is shown."""

    LIKELY = "likely", _("Likely")
    POSSIBLE = "possible", _("Possible")


@keep_history()
class Match(Stateful):
    """A pair, the lower id first, so that one pair is one row whoever was looked for.

    `band` is what speaks for it as it was last looked for; `again_at` is when it began to wait anew, since a
    confirmation was undone or it became likely. What was decided, why and by whom is its `decisions`.
    """

    states = MATCH

    one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="matches_as_one")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="matches_as_other")
    band = models.CharField(max_length=8, choices=MatchBand.choices)
    state = models.CharField(max_length=10, choices=MatchState.choices, default=MatchState.WAITING)
    found_at = models.DateTimeField()
    found_by = models.UUIDField()
    again_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "matches"
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="match_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="match_lower_id_first"),
        ]
        indexes = [
            models.Index(fields=["found_at", "id"], name="match_waiting", condition=Q(state=MatchState.WAITING)),
        ]

    class Privacy:
        person = "one"
        personal = ("band",)
        operational = ("id", "one", "other", "state", "found_at", "found_by", "again_at")
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def since(self) -> datetime:
        """When it began to wait as it does now."""
        return self.again_at or self.found_at

    @property
    def persons(self) -> tuple[UUID, UUID]:
        """The ids of the two."""
        return self.one_id, self.other_id

    def beside(self, person: UUID) -> UUID:
        """The id of the one of the two who is not this person."""
        return self.other_id if person == self.one_id else self.one_id


@keep_history()
class MatchDecision(Recorded):
    """One thing that an officer said of a match, never changed. What undoes a confirmation is WAITING.

    `kept`: said while one of the two was restricted. It stays with those who might know of it then.
    """

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="decisions")
    said = models.CharField(max_length=10, choices=MatchState.choices)
    reason = SealedText(of="person_id")
    kept = models.BooleanField(default=False, db_default=False)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(reason__length__gt=EMPTY), name="match_decision_reason")]
        indexes = [models.Index(fields=["match", "decided_at"], name="decisions_of_match")]

    class Privacy:
        person = "match__one"
        personal = ("reason",)
        operational = ("id", "match", "said", "kept", "decided_at", "decided_by")
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def person_id(self) -> UUID:
        """Whose data key seals the reason."""
        found: UUID = self.match.one_id
        return found
