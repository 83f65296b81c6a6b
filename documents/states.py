"""The states of a stored file, which nobody opens before the scanner allows it, and of an export."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.states import Owner, Stage, StateTable


class FileState(models.TextChoices):
    """What the virus scanner has said of a file, and whether it stood beside the right referral."""

    CHECKING = "checking", _("Being checked for viruses")
    CLEAN = "clean", _("Checked")
    REFUSED = "refused", _("Refused: infected")
    TAKEN_AWAY = "taken_away", _("Taken away: about somebody else")


# While a document stands, an agency answers for its standing beside the right referral.
FILE = StateTable(
    {
        FileState.CHECKING: Stage(
            owner=Owner.SYSTEM, to=frozenset({FileState.CLEAN, FileState.REFUSED, FileState.TAKEN_AWAY})
        ),
        FileState.CLEAN: Stage(owner=Owner.AGENCY, to=frozenset({FileState.TAKEN_AWAY})),
        FileState.REFUSED: Stage(owner=Owner.AGENCY, to=frozenset({FileState.TAKEN_AWAY})),
        FileState.TAKEN_AWAY: Stage(owner=Owner.NOBODY, to=frozenset()),
    }
)


class ExportState(models.TextChoices):
    """How far an export is, or how it ended."""

    RUNNING = "running", _("Being made")
    READY = "ready", _("Ready")
    CANCELLED = "cancelled", _("Deleted by you")
    STOPPED = "stopped", _("Stopped: your access ended")
    FAILED = "failed", _("Could not be made")
    EXPIRED = "expired", _("Deleted after its time")


_ENDS = frozenset({ExportState.CANCELLED, ExportState.STOPPED, ExportState.EXPIRED})
_OVER = Stage(owner=Owner.NOBODY, to=frozenset())
EXPORT = StateTable(
    {
        ExportState.RUNNING: Stage(owner=Owner.SYSTEM, to=_ENDS | {ExportState.READY, ExportState.FAILED}),
        ExportState.READY: Stage(owner=Owner.AGENCY, to=_ENDS),
        ExportState.CANCELLED: _OVER,
        ExportState.STOPPED: _OVER,
        ExportState.FAILED: _OVER,
        ExportState.EXPIRED: _OVER,
    }
)
STANDING = (ExportState.RUNNING, ExportState.READY)
