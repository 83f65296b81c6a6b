"""One event on its way to one endpoint: a row until the receiver has it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.models.endpoint import Endpoint
from agencies.webhooks.reasons import REASONS
from audit.models import Due, Recorded


class Delivery(Due, Recorded):
    """An event's id and type and the id of its subject: nothing else leaves the house.

    `event` is the same for every try and every receiver, so that a repeat is known as one. `person` is whom the
    subject concerns, if anybody; it is not sent. `since` is when trying began, or began again.
    """

    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, related_name="deliveries")
    event = models.UUIDField()
    type = models.CharField(max_length=40)
    subject = models.UUIDField()
    person = models.UUIDField(null=True)
    since = models.DateTimeField()

    class Meta(Due.Meta):
        constraints = [models.UniqueConstraint(fields=["endpoint", "event"], name="delivery_once")]
        indexes = [
            *Due.Meta.indexes,
            models.Index(fields=["endpoint", "due"], name="delivery_waiting", condition=Q(done=None, dead=None)),
            models.Index(fields=["endpoint", "-since", "-id"], name="delivery_latest"),
            models.Index(fields=["person"], name="delivery_person", condition=Q(person__isnull=False)),
            models.Index(fields=["subject"], name="delivery_subject"),
        ]
        verbose_name_plural = "deliveries"

    class Privacy:
        person = "person"
        personal = ()
        operational = (
            "id", "endpoint", "event", "type", "subject", "person", "since",
            "due", "attempts", "done", "dead", "last_error",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return f"{self.type} {self.event}"

    @property
    def why(self) -> str:
        """Why the last try failed, in words."""
        name, _colon, status = self.last_error.partition(":")
        return str(REASONS[name]) if name in REASONS else _("It answered {status}").format(status=status or name)
