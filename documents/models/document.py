"""A file that came with a referral, or that an officer has put beside one."""

from django.db import models

from agencies.models import Agency
from audit.fields import SealedText
from audit.history import keep_history
from documents.models.stored_file import StoredFile
from people.models import Person


@keep_history(without=["key"])  # a key that was destroyed must be nowhere
class Document(StoredFile):
    """Concerns a person; `referral` is the id of a row of the room above.

    `source` is empty for what came with the referral itself; otherwise an officer says where it is from. `caveat`
    says how it must be handled. `agency` is the one whose officer has put it there.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="documents")
    referral = models.UUIDField(db_index=True)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    name = SealedText(of="person_id")
    key = SealedText(of="person_id", null=True)
    source = SealedText(of="person_id")
    caveat = SealedText(of="person_id")

    class Meta(StoredFile.Meta):
        pass

    class Privacy:
        person = "person"
        personal = ("name", "key", "source", "caveat")
        operational = (
            "id", "person", "referral", "agency", "state", "kind", "size", "added_at", "added_by", "checked_at",
            "checked_by",
        )  # fmt: skip
        public = ()
        masked = ("key",)

    def __str__(self) -> str:
        return str(self.pk)
