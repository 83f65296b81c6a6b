"""WHEN a file may be added or opened: what the records permit."""

from django.utils.translation import gettext_lazy as _

from audit.refusals import NotNow
from documents.checks.refusing import NO_ROOM
from documents.kinds import MOST
from documents.models import Document, StoredFile
from documents.states import FileState


def check_has_room(count: int) -> None:
    """Raise NotNow where `count` files are there already."""
    if count >= MOST:
        raise NotNow(NO_ROOM)


def check_not_taken_away(document: Document) -> None:
    """Raise NotNow for a document that was taken away."""
    if document.state == FileState.TAKEN_AWAY:
        raise NotNow(_("This document has been taken away already."))


def check_may_be_opened(file: StoredFile) -> None:
    """Raise NotNow unless the scanner has found the file clean."""
    if file.is_refused:
        raise NotNow(_("This file was refused because it is infected. It has been deleted and cannot be opened."))
    if not file.is_clean:
        raise NotNow(_("This file is still being checked for viruses. It can be opened when the check is done."))
