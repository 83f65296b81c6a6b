"""The states of a stored file: nobody opens it before the scanner has said that it may be."""

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
