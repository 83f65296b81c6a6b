"""People who sign in."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models.agency import Agency
from agencies.names import pool_of
from audit.context import current, current_or_none
from audit.history import keep_history
from audit.models import Recorded, RecordedQuerySet


class UserManager(BaseUserManager.from_queryset(RecordedQuerySet)):  # type: ignore[misc]  # a base made at run time
    """Finds users by e-mail, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user with this e-mail. Raises DoesNotExist."""
        found: User = self.get(email__iexact=username)
        return found


class NameWords(ArrayField):
    """The words of the user's name in one spelling, by which users of like names are found: never set by hand."""

    def pre_save(self, model_instance: models.Model, add: bool) -> list[str]:
        """Take them from the name, on every way into the database."""
        words = sorted(pool_of(str(getattr(model_instance, "name"))))  # noqa: B009  # of a user
        setattr(model_instance, self.attname, words)
        return words


@keep_history(without=["password", "name_words"])
class User(Recorded, AbstractBaseUser):
    """Someone who works cases. What they may do comes from their memberships alone.

    `is_system` marks the service account of another organisation's system: it never signs in, its keys use the API.
    """

    email = models.EmailField(_("email address"))
    name = models.CharField(_("name"), max_length=120)
    name_words = NameWords(models.TextField(), default=list, db_default=[], editable=False)
    is_active = models.BooleanField(default=True)
    is_system = models.BooleanField(default=False, db_default=False)
    # One administrator has asked to open a suspended account again, of which the roles take two.
    resume_asked_at = models.DateTimeField(null=True)
    resume_asked_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    # Sign-ins are access entries; a column here would be a write off the record.
    last_login = None

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(models.functions.Lower("email"), name="user_email_once"),
            models.CheckConstraint(
                condition=Q(resume_asked_at=None, resume_asked_by=None)
                | Q(is_active=False, resume_asked_at__isnull=False, resume_asked_by__isnull=False),
                name="user_resume_asked",
            ),
        ]
        indexes = [GinIndex(fields=["name_words"], name="user_name_words")]

    class Privacy:
        person = None
        personal = ("email", "name", "name_words")
        operational = ("id", "password", "is_active", "is_system", "resume_asked_at", "resume_asked_by")
        public = ()
        masked = ("name_words", "password")

    def __str__(self) -> str:
        return str(self.pk)

    def get_full_name(self) -> str:
        """The name colleagues see."""
        return self.name

    @property
    def current_memberships(self) -> list[Any]:
        """Memberships in force today with their agencies: read once per request, and anew inside an action.

        What a page shows may be a moment old; what an action checks under its lock may not.
        """
        present = current_or_none()
        if present is not None and present.in_action:
            return self._read_memberships()
        if not hasattr(self, "_memberships"):
            self._memberships = self._read_memberships()
        return self._memberships

    def _read_memberships(self) -> list[Any]:
        in_force = self.memberships.in_force(timezone.localdate())
        return list(in_force.select_related("agency").order_by("agency__name", "id"))

    @property
    def agencies(self) -> list[Agency]:
        """The agencies the user belongs to today."""
        return list({membership.agency_id: membership.agency for membership in self.current_memberships}.values())

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the user. Raises OffTheRecord outside an action; a hash renewed at sign-in opens one of its own."""
        fields = kwargs.get("update_fields")
        if fields and "name" in fields:
            kwargs["update_fields"] = fields = [*fields, "name_words"]
        if set(fields or ()) != {"password"} or current().in_action:
            super().save(*args, **kwargs)
            return
        from agencies.actions.store_user import store_user

        store_user(user=self, update_fields=fields, by=self, now=timezone.now())
