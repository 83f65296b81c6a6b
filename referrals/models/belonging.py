"""What stands beside a referral is sealed under the key of the person to whom the referral belongs."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from audit.fields import SealedField
from audit.models import Recorded
from audit.models.entry import log_resealed

if TYPE_CHECKING:
    from referrals.models.referral import Referral


class Belonging(Recorded):
    """A row beside a referral. `referral_of` finds that referral; whoever seals one locks it first (`locking.py`)."""

    class Meta:
        abstract = True

    @staticmethod
    def referral_of(row: Any) -> "Referral":
        """The referral beside which a row of this model, or of its history, stands."""
        found: Referral = row.referral
        return found

    @property
    def person_id(self) -> UUID:
        """Whose data key seals the row. A row of history borrows this property and has nothing else of the model."""
        return _model(self).referral_of(self).person_id

    def sealed_fields(self) -> list[str]:
        """The names of its sealed fields."""
        return [field.name for field in self._meta.concrete_fields if isinstance(field, SealedField)]

    def open(self) -> None:
        """Open what is sealed: saved later, it is sealed for the person to whom the referral then belongs."""
        for name in self.sealed_fields():
            getattr(self, name)

    def seal_again(self) -> None:
        """Store the sealed fields, for the person to whom the referral now belongs."""
        fields = self.sealed_fields()
        if any(getattr(self, name) is not None for name in fields):
            self.save(update_fields=fields)
            log_resealed(self)

    def other_subjects(self) -> Iterable[UUID]:
        """To whom the referral belonged before, or belongs since this row was read: asked where a key does not fit."""
        from referrals.models.detachment import Detachment

        of_referral = Detachment.objects.filter(referral_id=_model(self).referral_of(self).pk)
        return {person for pair in of_referral.values_list("wrong_id", "right_id") for person in pair}


def _model(row: Belonging) -> type[Belonging]:
    return getattr(row, "pgh_tracked_model", type(row))
