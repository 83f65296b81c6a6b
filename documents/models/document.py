"""A file that came with a referral, or that an officer has put beside one or beside an answer to another agency."""

from django.db import models
from django.db.models import Q

from agencies.models import Agency
from audit.fields import SealedText
from audit.history import keep_history
from documents.models.stored_file import StoredFile
from people.models import InformationRequest, Person


@keep_history(without=["key"])  # a key that was destroyed must be nowhere
class Document(StoredFile):
    """Concerns a person; `referral` is the id of a row of the room above, and empty for what answers a `request`.

    `source` is empty for what came with the referral itself; otherwise an officer says where it is from. `caveat`
    says how it must be handled. `agency` is the one whose officer has put it there.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="documents")
    referral = models.UUIDField(null=True, db_index=True)
    request = models.ForeignKey(InformationRequest, null=True, on_delete=models.PROTECT, related_name="files")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    name = SealedText(of="person_id")
    key = SealedText(of="person_id", null=True)
    source = SealedText(of="person_id")
    caveat = SealedText(of="person_id")

    class Meta(StoredFile.Meta):
        constraints = [
            *StoredFile.Meta.constraints,
            models.CheckConstraint(
                condition=Q(referral__isnull=False, request=None) | Q(referral=None, request__isnull=False),
                name="document_beside_one_thing",
            ),
        ]

    class Privacy:
        person = "person"
        personal = ("name", "key", "source", "caveat")
        operational = (
            "id", "person", "referral", "request", "agency", "state", "kind", "size", "added_at", "added_by",
            "checked_at", "checked_by",
        )  # fmt: skip
        public = ()
        masked = ("key",)

    def __str__(self) -> str:
        return str(self.pk)
