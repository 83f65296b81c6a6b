"""Where the system of an agency hears that something has happened, and the secrets that sign it."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models.agency import Agency
from audit.fields import SealedText
from audit.models import Recorded, RecordedQuerySet


class DisabledBecause(models.TextChoices):
    """Why an endpoint is called no more."""

    ADMINISTRATOR = "administrator", _("Disabled by an administrator")
    GONE = "gone", _("It answered that it is gone (410)")


class EndpointQuerySet(RecordedQuerySet):
    """Endpoints and whether they can be called."""

    def callable(self, now: datetime) -> Self:
        """Those that are enabled and not being left alone after a failure."""
        return self.filter(Q(waits_until=None) | Q(waits_until__lte=now), disabled_at=None)


class Endpoint(Recorded):
    """An address of an agency's own system. `failures` in a row lengthen the pause that ends at `waits_until`."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="endpoints")
    url = models.CharField(max_length=500)
    created_at = models.DateTimeField()
    created_by = models.UUIDField()
    disabled_at = models.DateTimeField(null=True)
    disabled_by = models.UUIDField(null=True)
    disabled_because = models.CharField(max_length=16, choices=DisabledBecause.choices, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    waits_until = models.DateTimeField(null=True)

    objects: ClassVar[Any] = EndpointQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "url"], name="endpoint_once"),
            models.CheckConstraint(
                condition=Q(disabled_at=None, disabled_by=None, disabled_because="")
                | Q(Q(disabled_at__isnull=False, disabled_by__isnull=False), ~Q(disabled_because="")),
                name="endpoint_disabled_pair",
            ),
        ]
        ordering = ["created_at", "id"]

    class Privacy:
        person = None
        personal = ()
        operational = (
            "id", "agency", "url", "created_at", "created_by", "disabled_at", "disabled_by", "disabled_because",
            "failures", "waits_until",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return str(self.pk)


class EndpointSecret(Recorded):
    """What signs the events for one endpoint, sealed under the house's key; two hold while one replaces the other."""

    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, related_name="secrets")
    secret = SealedText(of="key_of")
    created_at = models.DateTimeField()
    created_by = models.UUIDField()
    valid_until = models.DateTimeField(null=True)

    key_of = None  # the house's own

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["endpoint"], name="endpoint_one_lasting", condition=Q(valid_until=None)),
        ]
        ordering = ["-created_at", "id"]

    class Privacy:
        person = None
        personal = ("secret",)
        operational = ("id", "endpoint", "created_at", "created_by", "valid_until")
        public = ()
        masked = ("secret",)

    def __str__(self) -> str:
        return str(self.pk)
