"""A list that somebody takes out of the house as a file, and the pieces of which the file is made."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise

from agencies.models import Agency, User
from agencies.purposes import Purpose
from audit.fields import EMPTY, SealedText
from audit.models import Due, Recorded, Stateful
from documents.states import EXPORT, STANDING, ExportState


class Export(Stateful):
    """Who wants which list of which agency, and why. Its row stays; its file goes at `expires_at` or before.

    `kind` and `filters` are the words of `documents/exporting.py`; `session` is the number of the session in which it
    was asked for. `expected` is how many lines were foreseen then. The data key under its id opens its pieces.
    """

    states = EXPORT

    state = models.CharField(max_length=12, choices=ExportState.choices, default=ExportState.RUNNING)
    kind = models.CharField(max_length=40)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    filters = models.JSONField()
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    words = SealedText(of="key_of")
    session = models.UUIDField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="exports")
    expires_at = models.DateTimeField()
    expected = models.PositiveIntegerField()
    count = models.PositiveIntegerField(null=True)
    size = models.PositiveBigIntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    key_of = None  # the house's own: it concerns many
    title: str | Promise = ""  # set by the page that lists it

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(words__length__gt=EMPTY), name="export_says_why"),
            models.CheckConstraint(
                condition=Q(state__in=STANDING, ended_at=None, ended_by=None)
                | (~Q(state__in=STANDING) & Q(ended_at__isnull=False, ended_by__isnull=False)),
                name="export_ended_pair",
            ),
            models.CheckConstraint(
                condition=~Q(state=ExportState.READY) | (Q(count__isnull=False, size__isnull=False) & ~Q(digest="")),
                name="export_ready_is_whole",
            ),
            models.UniqueConstraint(
                fields=["asked_by"], condition=Q(state=ExportState.RUNNING), name="export_one_at_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["asked_by", "-asked_at"], name="export_of_user"),
            models.Index(fields=["expires_at"], name="export_standing", condition=Q(state__in=STANDING)),
        ]

    class Privacy:
        person = None  # many, whose ids stand in its pieces
        personal = ("words",)
        operational = (
            "id", "state", "kind", "agency", "filters", "purpose", "session", "asked_at", "asked_by", "expires_at",
            "expected", "count", "size", "digest", "ended_at", "ended_by",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def number(self) -> str:
        """How the file and its lines name it, so that a copy that is found says where it came from."""
        return self.pk.hex[:8].upper()

    @property
    def is_running(self) -> bool:
        """Whether it is being made."""
        return self.state == ExportState.RUNNING

    @property
    def is_ready(self) -> bool:
        """Whether there is a file."""
        return self.state == ExportState.READY


class ExportPiece(Recorded, Due):
    """Some lines of an export, and until they are written the duty to write them. Goes with the file.

    `after` is where the piece before ended. `file` names the bytes in the store, sealed by `key`; `about` are the ids
    of the records of which its lines tell. What it holds is on the ledger (`write_piece`); the row leaves no entries.
    """

    export = models.ForeignKey(Export, on_delete=models.PROTECT, related_name="pieces")
    number = models.PositiveIntegerField()
    after = models.CharField(max_length=80, blank=True)
    file = models.UUIDField(null=True)
    key = SealedText(of="export_id", null=True)
    size = models.PositiveIntegerField(default=0)
    about = ArrayField(models.CharField(max_length=40), default=list)

    class Meta(Due.Meta):
        constraints = [
            models.UniqueConstraint(fields=["export", "number"], name="export_piece_once"),
            models.UniqueConstraint(fields=["file"], name="export_piece_file_once"),
            models.CheckConstraint(
                condition=Q(file=None, key=None) | Q(file__isnull=False, key__isnull=False),
                name="export_piece_has_both_or_neither",
            ),
        ]

    class Privacy:
        person = None
        personal = ("key",)
        operational = (
            "id", "export", "number", "after", "file", "size", "about", "due", "attempts", "done", "dead", "last_error",
        )  # fmt: skip
        public = ()
        ledger = False

    def __str__(self) -> str:
        return str(self.pk)
