"""What is kept from people although their role would show it: to the restricted desks, or to named people."""

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models.user import User
from audit.fields import EMPTY, SealedJSON, SealedText
from audit.history import keep_history
from audit.models import Recorded


@keep_history()
class Restriction(Recorded):
    """One restriction on one referral, which is named by its id: this room is below the one that keeps it.

    Two kinds, of which a referral can have both; each stands until it is released.
    `closed=False`: it may concern a user, on `grounds`, and is worked at the restricted desks. `names` are those that
    stand in it (`agencies.names.NamesIn`), with which everybody who joins an agency later is compared; those who bear
    one are excluded at the desks too.
    `closed=True`: a supervisor keeps it, for `reason`, to the people whom the room above names (`restricted.py`).
    """

    about = models.UUIDField()
    person = models.UUIDField()
    grounds = ArrayField(models.TextField())
    names = SealedJSON(of="person")
    closed = models.BooleanField(default=False, db_default=False)
    reason = SealedText(of="person", null=True)
    restricted_at = models.DateTimeField()
    restricted_by = models.UUIDField()
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    release_reason = SealedText(of="person", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(released_at=None, released_by=None, release_reason=None)
                | Q(released_at__isnull=False, released_by__isnull=False, release_reason__isnull=False),
                name="restriction_released_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(closed=False, reason=None) | Q(closed=True, reason__length__gt=EMPTY),
                name="restriction_to_named_people_says_why",
            ),
            models.UniqueConstraint(fields=["about"], name="restriction_at_the_door", condition=Q(closed=False)),
            models.UniqueConstraint(
                fields=["about"], name="restriction_named_once", condition=Q(closed=True, released_at=None)
            ),
        ]
        indexes = [
            models.Index(fields=["restricted_at"], name="restriction_open", condition=Q(released_at=None)),
            models.Index(fields=["about"], name="restriction_named", condition=Q(closed=True, released_at=None)),
        ]

    class Privacy:
        person = "person"
        personal = ("grounds", "names", "reason", "release_reason")
        operational = (
            "id", "about", "person", "closed", "restricted_at", "restricted_by",
            "released_at", "released_by",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_released(self) -> bool:
        """Whether it holds no more."""
        return self.released_at is not None


class ExclusionGround(models.TextChoices):
    """Why somebody is kept from a restricted referral."""

    NAME = "name", _("A name in the referral is like this colleague’s name")
    COLLEAGUE = "colleague", _("A colleague decided it")


@keep_history()
class Exclusion(Recorded):
    """One user who must not know of a restricted referral while the restriction stands, whatever their role."""

    restriction = models.ForeignKey(Restriction, on_delete=models.PROTECT, related_name="exclusions")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=12, choices=ExclusionGround.choices)
    why = SealedText(of="person_id", null=True)
    excluded_at = models.DateTimeField()
    excluded_by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "restriction"], name="exclusion_once"),
            models.CheckConstraint(
                condition=Q(ground=ExclusionGround.NAME) | Q(why__isnull=False), name="exclusion_by_hand_says_why"
            ),
        ]

    class Privacy:
        person = "restriction__person"
        personal = ("why",)
        operational = ("id", "restriction", "user", "ground", "excluded_at", "excluded_by")
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def person_id(self) -> UUID:
        """Whose data key seals the reason."""
        found: UUID = self.restriction.person
        return found
