"""Something happened, and who still has to react."""

from uuid import uuid4

from django.db import models

from audit.models.due import Due


class EventRecord(models.Model):
    """An event, stored in the transaction that caused it. Kinds are listed in `audit.events.Event`.

    `ids` names what else took part (role -> UUID as text): ids only, never words.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=64)
    object_type = models.CharField(max_length=64)
    object_id = models.UUIDField(db_index=True)
    subject = models.UUIDField(null=True, db_index=True)
    actor = models.UUIDField()
    happened = models.DateTimeField()
    ids = models.JSONField(default=dict)

    class Privacy:
        person = "subject"
        personal = ()
        operational = ("id", "kind", "object_type", "object_id", "subject", "actor", "happened", "ids")
        public = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class Handling(Due):
    """One handler's duty to react to one event; done at most once in effect."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    event = models.ForeignKey(EventRecord, on_delete=models.CASCADE, related_name="handlings")
    handler = models.CharField(max_length=120)

    class Meta(Due.Meta):
        constraints = [models.UniqueConstraint(fields=["event", "handler"], name="handling_once")]

    class Privacy:
        person = "event__subject"
        personal = ()
        operational = ("id", "event", "handler", "due", "attempts", "done", "dead", "last_error")
        public = ()

    def __str__(self) -> str:
        return f"{self.handler} {self.event_id}"
