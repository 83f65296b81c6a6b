"""The whole ledger compared with what was sealed: asked for, worked through, and what was found."""

from django.db import models
from django.db.models import Q

from audit.models.due import Due
from audit.models.recorded import Recorded


class Verification(Recorded, Due):
    """One verification. `expected` is how many entries were sealed when it was asked for.

    `found` is what came of it, as `Report.as_json` of audit/sealing/verifying.py says it; no fault tells of a person.
    """

    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    expected = models.BigIntegerField()
    found = models.JSONField(null=True)

    class Meta(Due.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(done=None, found=None) | Q(done__isnull=False, found__isnull=False),
                name="verification_done_is_found",
            )
        ]
        indexes = [*Due.Meta.indexes, models.Index(fields=["-asked_at"], name="verification_newest")]

    class Privacy:
        person = None
        personal = ()
        operational = (
            "id", "asked_at", "asked_by", "expected", "found", "due", "attempts", "done", "dead", "last_error",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to be done, or being done."""
        return self.done is None and self.dead is None

    @property
    def is_ok(self) -> bool:
        """Whether it was done and nothing was wrong."""
        return bool(self.found and self.found["ok"])
