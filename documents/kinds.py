"""The kinds of file that are taken, decided by content and never by name."""

from django.db import models
from django.utils.translation import gettext_lazy as _

LARGEST = 20 * 1024 * 1024
MOST = 10


class Kind(models.TextChoices):
    """What a stored file is. HEIC pictures are stored as JPEG."""

    PDF = "pdf", _("PDF")
    DOCX = "docx", _("Word document")
    ODT = "odt", _("ODT document")
    TEXT = "text", _("Text")
    JPEG = "jpeg", _("JPEG picture")
    PNG = "png", _("PNG picture")

    @property
    def endings(self) -> tuple[str, ...]:
        """The endings that a name of this kind may have; the first is given to a name that has none of them."""
        return _ENDINGS[self]

    @property
    def content_type(self) -> str:
        """What a browser is told, which must save it and not show it."""
        return _CONTENT_TYPES[self]


_ENDINGS: dict[str, tuple[str, ...]] = {
    Kind.PDF: (".pdf",),
    Kind.DOCX: (".docx",),
    Kind.ODT: (".odt",),
    Kind.TEXT: (".txt",),
    Kind.JPEG: (".jpg", ".jpeg"),
    Kind.PNG: (".png",),
}
_CONTENT_TYPES: dict[str, str] = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.ODT: "application/vnd.oasis.opendocument.text",
    Kind.TEXT: "text/plain",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
}
