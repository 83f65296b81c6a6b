"""One line of the ledger, and its sealed payload."""

from typing import Any

from auditlog.diff import get_field_value, is_primitive
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.encoding import smart_str
from django.utils.translation import gettext_lazy as _

from audit.context import require_action
from audit.person_of import person_of

MASKED = "masked"


class Stamp(Func):
    """The number of the transaction that inserts, as the sealer counts (audit/migrations/0005_sealing.py)."""

    template = "audit_stamp(pg_current_xact_id())"
    output_field = models.BigIntegerField()


class EntryManager(models.Manager["Entry"]):
    """What django-auditlog calls with each field diff."""

    def log_create(self, instance: models.Model, force_log: bool = False, **kwargs: Any) -> "Entry | None":
        """Keep the diff until the action flushes all of its entries in one statement."""
        changes = kwargs.get("changes")
        if not changes and not force_log:
            return None
        present = require_action()
        entry = Entry(
            kind=Entry.KIND_OF[kwargs["action"]],
            object_type=instance._meta.label_lower,
            object_id=instance.pk,
            subject=person_of(instance),
        )
        present.note_down(entry, {"changes": changes})
        return entry


def log_created(row: models.Model) -> None:
    """Keep what a new row holds, in the words of django-auditlog, which would look through all of its relations."""
    privacy: Any = row.Privacy  # type: ignore[attr-defined]  # every model declares it, a test says so
    if not getattr(privacy, "ledger", True):
        return
    changes: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        value = get_field_value(row, field, use_json_for_changes=True)
        if field.name in getattr(privacy, "masked", ()):
            changes[field.name] = (MASKED, MASKED)
        elif value is not None:
            changes[field.name] = (None, value if is_primitive(value) else smart_str(value))
    Entry.objects.log_create(row, action=Entry.Action.CREATE, changes=changes)


def log_resealed(row: models.Model) -> None:
    """Keep that a row was sealed for somebody else: its words are the same, so that no comparison would tell it."""
    Entry.objects.log_create(row, action=Entry.Action.UPDATE, changes={}, force_log=True)


class Entry(models.Model):
    """Who did what to which object, when, from where. Append-only: the application cannot change it.

    Actor, object and subject are UUIDs without foreign keys: a disposal leaves the entry standing. The table is made of
    monthly partitions. `stamp` is the transaction's number, by which the sealer finds what it has not sealed; `redacts`
    is set by the database alone, when the payload of that entry is taken away.
    """

    class Action:
        """The numbers django-auditlog uses."""

        CREATE, UPDATE, DELETE, ACCESS = range(4)

    class Kind(models.TextChoices):
        CREATED = "created", _("Created")
        CHANGED = "changed", _("Changed")
        DELETED = "deleted", _("Deleted")
        BULK = "bulk", _("Changed in bulk")
        COMBINED = "combined", _("Combined")
        VIEWED = "viewed", _("Viewed")
        LISTED = "listed", _("Listed")
        SEARCHED = "searched", _("Searched")
        PRINTED = "printed", _("Printed")
        DISCLOSED = "disclosed", _("Disclosed")
        DOWNLOADED = "downloaded", _("Downloaded")
        SIGNED_IN = "signed_in", _("Signed in")
        SIGNED_OUT = "signed_out", _("Signed out")
        SIGN_IN_FAILED = "sign_in_failed", _("Sign-in failed")
        SESSION_ENDED = "session_ended", _("Session ended")
        FACTOR_ADDED = "factor_added", _("Second factor added")
        FACTOR_REMOVED = "factor_removed", _("Second factor removed")
        FACTOR_USED = "factor_used", _("Second factor used")
        REFUSED = "refused", _("Refused")
        REDACTED = "redacted", _("Redacted")
        VERIFIED = "verified", _("Verified")
        MIGRATED = "migrated", _("Migrated")
        MIGRATION_UNDONE = "migration_undone", _("Migration undone")

    KIND_OF = {
        Action.CREATE: Kind.CREATED,
        Action.UPDATE: Kind.CHANGED,
        Action.DELETE: Kind.DELETED,
        Action.ACCESS: Kind.VIEWED,
    }

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=16, choices=Kind.choices)
    verb = models.CharField(max_length=64, blank=True)
    actor = models.UUIDField()
    object_type = models.CharField(max_length=64, blank=True)
    object_id = models.UUIDField(null=True)
    subject = models.UUIDField(null=True)
    correlation = models.UUIDField()
    address = models.GenericIPAddressField(null=True)
    stamp = models.BigIntegerField(db_default=Stamp())
    redacts = models.BigIntegerField(null=True, db_default=Value(None))

    objects = EntryManager()

    class Meta:
        indexes = [
            models.Index(fields=["object_id", "id"], name="entry_object"),
            models.Index(fields=["subject", "id"], name="entry_subject"),
            models.Index(fields=["actor", "id"], name="entry_actor"),
            models.Index(fields=["stamp"], name="entry_stamp"),
            BrinIndex(fields=["at"], name="entry_at"),
            models.Index(fields=["redacts"], name="entry_redacts", condition=Q(redacts__isnull=False)),
        ]
        ordering = [F("id").asc()]

    class Privacy:
        person = "subject"
        personal = ("address",)
        operational = (
            "id", "at", "kind", "verb", "actor", "object_type", "object_id", "subject", "correlation",
            "stamp", "redacts",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.object_type} {self.object_id}"


class Payload(models.Model):
    """What changed or was looked for: JSON sealed under the data key of the person it concerns.

    It lies in the partition of its entry's month; PostgreSQL has no foreign keys to a number that is unique in its
    partition alone.
    """

    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, primary_key=True, related_name="payload", db_constraint=False
    )
    key_of = models.UUIDField()
    sealed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key_of"], name="payload_key_of")]

    class Privacy:
        person = "key_of"
        personal = ("sealed",)
        operational = ("entry", "key_of", "at")
        public = ()

    def __str__(self) -> str:
        return str(self.pk)
