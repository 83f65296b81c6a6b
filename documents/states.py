"""The states of a stored file: nobody opens it before the scanner has said that it may be."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.states import Owner, Stage, StateTable


class FileState(models.TextChoices):
    """What the virus scanner has said of a file."""

    CHECKING = "checking", _("Being checked for viruses")
    CLEAN = "clean", _("Checked")
    REFUSED = "refused", _("Refused: infected")


FILE = StateTable(
    {
        FileState.CHECKING: Stage(owner=Owner.SYSTEM, to=frozenset({FileState.CLEAN, FileState.REFUSED})),
        FileState.CLEAN: Stage(owner=Owner.NOBODY, to=frozenset()),
        FileState.REFUSED: Stage(owner=Owner.NOBODY, to=frozenset()),
    }
)
