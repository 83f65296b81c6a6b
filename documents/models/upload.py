"""A file of a draft: nobody has been referred yet."""

from django.db import models

from audit.fields import SealedText
from documents.models.stored_file import StoredFile


class Upload(StoredFile):
    """Goes with its draft; becomes a `Document`, under the same id, when the draft is sent.

    `draft` is the id of a row of the room above. Like drafts, uploads leave no ledger entries.
    """

    draft = models.UUIDField(db_index=True)
    name = SealedText(of="draft")
    key = SealedText(of="draft", null=True)

    class Meta(StoredFile.Meta):
        pass

    class Privacy:
        person = None  # nobody has been referred yet
        personal = ("name", "key")
        operational = (
            "id", "draft", "state", "kind", "size", "added_at", "added_by", "checked_at", "checked_by",
        )  # fmt: skip
        public = ()
        ledger = False

    def __str__(self) -> str:
        return str(self.pk)
