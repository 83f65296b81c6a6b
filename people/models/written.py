"""What officers write down beside a person: sealed under the person's key, never edited."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from agencies.models import Agency, User
from audit.fields import EMPTY, SealedField, SealedText
from audit.models import Recorded
from people.models.person import Person
from people.models.readers import Readers

_STANDS = Q(struck_at=None, struck_by=None, struck_reason=None)
_STRUCK = Q(struck_at__isnull=False, struck_by__isnull=False, struck_reason__length__gt=EMPTY)


class Written(Recorded):
    """A row beside a person. One that is wrong is struck out, which says why, and stays to be seen as struck out.

    Where it turns out that the referral is about somebody else, it goes over to that person (`hand_over_written`).
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    readers = models.CharField(max_length=12, choices=Readers.choices)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    struck_reason = SealedText(of="person_id", null=True)

    # In the person's file: "personal" and "operational" of each model hold these beside its own.
    PERSONAL: ClassVar = ("struck_reason",)
    OPERATIONAL: ClassVar = (
        "id", "person", "agency", "readers", "written_at", "written_by", "struck_at", "struck_by",
    )  # fmt: skip

    class Meta:
        abstract = True
        constraints = [models.CheckConstraint(condition=_STANDS | _STRUCK, name="%(class)s_struck_out")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_struck(self) -> bool:
        """Whether somebody has struck it out."""
        return self.struck_at is not None

    def strike(self, reason: str, *, at: datetime, by: User) -> None:
        """Strike it out, for `strike_out`."""
        self.changed(struck_reason=reason, struck_at=at, struck_by=by)

    def hand_to(self, person: Person) -> None:
        """Let it stand beside another person, its words sealed under their key, for `hand_over_written`."""
        sealed = [field.name for field in self._meta.concrete_fields if isinstance(field, SealedField)]
        opened = {name: getattr(self, name) for name in sealed}
        self.changed(**opened, person=person)
