"""Why a file is not taken, and how long may be spent on finding out."""

import time

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LONGEST = 10.0  # seconds for the structure of one file


class NotTaken(ValueError):
    """The file is not taken; `reason` says why and what to do instead, to be read after the file's name."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(reason)
        self.reason = reason


OTHER_KIND = _("this kind of file cannot be taken. Use PDF, Word (.docx), ODT, plain text (.txt), JPEG, PNG or HEIC")
DAMAGED = _("the file is damaged or not what it seems. Save or export it again, then upload the new one")
TOO_MUCH_INSIDE = _("the file unpacks to much more than it seems. Save it as a PDF and upload that")
TWO_IN_ONE = _("the file is two kinds of file in one. Save or export it again, then upload the new one")
PASSWORD = _("the file is protected with a password, so it cannot be checked. Save it without one and upload it again")
MACROS = _("the document has macros (small programs) in it. Save it as a PDF or without macros, and upload that")
OTHERS_INSIDE = _("the document carries other files or programs in it. Save or print it as a PDF and upload that")
RUNS_PROGRAMS = _("the PDF runs programs or carries other files in it. Print it to a new PDF and upload that")
OLD_WORD = _(
    "this is an old Word document (.doc), or one with a password. Save it as .docx or PDF without a password "
    "and upload that"
)
NO_ROOM = _("there are 10 files already. Remove one before you add another")
NOT_KEPT = _("we could not keep it just now. Try again")
TOO_LARGE = _("the file is larger than 20 MB. Make it smaller, or upload it in parts")
EMPTY = _("the file is empty. Check that you chose the right one")
TOO_MANY_PIXELS = _("the picture is larger than 50 million pixels. Make it smaller and upload it again")


class Deadline:
    """Ends a check that takes too long: what takes so long was made to."""

    def __init__(self, seconds: float = LONGEST) -> None:
        self.end = time.monotonic() + seconds

    def check(self) -> None:
        """Raise NotTaken when the time is up."""
        if time.monotonic() > self.end:
            raise NotTaken(TOO_MUCH_INSIDE)
