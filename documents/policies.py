"""WHEN a file may be added or opened and a list exported: what the records permit."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from agencies.models import User
from audit.refusals import NotNow
from documents.checks.refusing import NO_ROOM
from documents.kinds import MOST
from documents.models import Document, Export, StoredFile
from documents.states import ExportState, FileState


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


def check_nothing_is_being_made(user: User) -> None:
    """Raise NotNow while another export of the same person is being made."""
    if Export.objects.filter(asked_by=user, state=ExportState.RUNNING).exists():
        raise NotNow(_("Another export of yours is being made. Wait until it is ready, or cancel it."))


def check_fits_a_file(lines: int, most: int | None) -> None:
    """Raise NotNow for a list that is longer than what one file may hold of its kind."""
    if most is not None and lines > most:
        raise NotNow(
            _("The list has {lines} lines, and a file holds {most} at most. Ask for fewer days at a time.").format(
                lines=f"{lines:,}", most=f"{most:,}"
            )
        )


def check_has_a_file(export: Export, *, now: datetime) -> None:
    """Raise NotNow unless the file of the export is there and its time is not up."""
    if not export.is_ready or export.expires_at <= now:
        raise NotNow(_("There is no file of this export. Ask for it again."))


def check_tells_of_nothing_hidden(readable: bool) -> None:
    """Raise NotNow for a file that tells of a record which its reader may no longer read."""
    if not readable:
        raise NotNow(_("What you may read has changed since this export was made. Delete it and ask for it again."))
