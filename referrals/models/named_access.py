"""One person may read one referral although their agency does not have it, or although others there may not."""

from datetime import timedelta
from typing import Any, ClassVar

from django.contrib.auth.models import Permission as Right
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.managers import UserObjectPermissionManager
from guardian.models import UserObjectPermissionBase

from agencies.models import Agency, Membership, User
from agencies.permissions import Permission
from agencies.roles import roles_with
from audit.fields import EMPTY, SealedText
from audit.history import keep_history
from audit.models.recorded import RecordedQuerySet
from referrals.models.belonging import Belonging
from referrals.models.referral import Referral

# The right that each row gives, as django-guardian asks for it: to read, and nothing else.
READ = "view_referral"


class AccessKind(models.TextChoices):
    """Why the person may read it."""

    SHARE = "share", _("Shared")
    REVIEW = "review", _("Learning review")
    BREAK_GLASS = "break_glass", _("Emergency access")
    NAMED = "named", _("Named on a restricted record")


# However it was broken, glass is whole again after so long.
LONGEST_EMERGENCY = timedelta(minutes=60)


class InForce(UserObjectPermissionManager.from_queryset(RecordedQuerySet)):  # type: ignore[misc]  # a base made at run time
    """The rows that hold now, so that nothing has to sweep those that are over.

    None holds whose time is up, that somebody has ended, or whose holder has left the agency for which it was given.
    """

    def get_queryset(self) -> Any:
        """Decided by the database's clock when it is asked, so that each statement is the same as the one before."""
        works = Membership.objects.in_force(timezone.localdate()).filter(
            user=OuterRef("user"), agency=OuterRef("agency"), role__in=roles_with(Permission.REFERRAL_READ)
        )
        lasting = Q(ends_at=None) | Q(ends_at__gt=Now())
        return super().get_queryset().filter(lasting, Exists(works), ended_at=None)


@keep_history()
class NamedAccess(Belonging, UserObjectPermissionBase):
    """The one permission model of django-guardian here: a direct key to the referral, and every exception is a row.

    `agency` is the one for which `user` reads: who leaves it reads no more. `objects` finds what holds now, `every`
    what was ever given.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    permission = models.ForeignKey(Right, on_delete=models.PROTECT)
    content_object = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="named_accesses")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=AccessKind.choices)
    reason = SealedText(of="person_id")
    granted_at = models.DateTimeField()
    granted_by = models.UUIDField()
    ends_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    justified = models.BooleanField(null=True)
    review = SealedText(of="person_id", null=True)

    every: ClassVar[Any] = RecordedQuerySet.as_manager()
    objects: ClassVar[Any] = InForce()

    class Meta:
        # A row that is over is still read by its key, changed and compared by the ledger.
        base_manager_name = default_manager_name = "every"
        constraints = [
            models.CheckConstraint(condition=Q(reason__length__gt=EMPTY), name="named_access_reason"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="named_access_ended_pair",
            ),
            # Who is named on a restricted record stays so until struck off; everything else has an end from the start.
            models.CheckConstraint(
                condition=Q(kind=AccessKind.NAMED, ends_at=None)
                | (~Q(kind=AccessKind.NAMED) & Q(ends_at__isnull=False, ends_at__gt=F("granted_at"))),
                name="named_access_ends",
            ),
            models.CheckConstraint(
                condition=~Q(kind=AccessKind.BREAK_GLASS) | Q(ends_at__lte=F("granted_at") + LONGEST_EMERGENCY),
                name="named_access_emergency_is_short",
            ),
            # Only glass is broken by oneself; who restricts a record is named on it.
            models.CheckConstraint(
                condition=Q(kind=AccessKind.NAMED)
                | (Q(kind=AccessKind.BREAK_GLASS) & Q(granted_by=F("user_id")))
                | (Q(kind__in=(AccessKind.SHARE, AccessKind.REVIEW)) & ~Q(granted_by=F("user_id"))),
                name="named_access_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by=None, justified=None, review=None)
                | Q(
                    reviewed_at__isnull=False,
                    reviewed_by__isnull=False,
                    justified__isnull=False,
                    review__length__gt=EMPTY,
                    kind=AccessKind.BREAK_GLASS,
                ),
                name="named_access_reviewed_pair",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("user")), name="named_access_reviewed_by_another"
            ),
            models.UniqueConstraint(
                fields=["user", "content_object"],
                name="named_access_named_once",
                condition=Q(kind=AccessKind.NAMED, ended_at=None),
            ),
        ]
        indexes = [
            models.Index(fields=["user", "content_object"], name="named_access_held", condition=Q(ended_at=None)),
            models.Index(
                fields=["granted_at", "id"],
                name="named_access_unreviewed",
                condition=Q(kind=AccessKind.BREAK_GLASS, reviewed_at=None),
            ),
        ]
        verbose_name_plural = "named accesses"

    class Privacy:
        person = "content_object__person"
        personal = ("reason", "review")
        operational = (
            "id", "user", "permission", "content_object", "agency", "kind", "granted_at", "granted_by", "ends_at",
            "ended_at", "ended_by", "reviewed_at", "reviewed_by", "justified",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @staticmethod
    def referral_of(row: Any) -> Referral:
        """The referral that is opened."""
        found: Referral = row.content_object
        return found

    @property
    def referral(self) -> Referral:
        """The same, by the word that everybody uses."""
        return self.content_object

    @property
    def is_over(self) -> bool:
        """Whether it was ended or its time is up."""
        return self.ended_at is not None or (self.ends_at is not None and self.ends_at <= timezone.now())
