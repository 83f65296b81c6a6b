"""What an entry is in the words of the law: the six operations that must be logged, and what is logged beside them.

Source: Data Protection Act 2018, section 62(1): collection, alteration, consultation, disclosure (including transfers),
combination and erasure of personal data. A disclosure names its recipient (62(3)): the id of a user, an agency or a
system, or "referrer". An e-mail or a webhook is none: it holds a reference or an id, and who follows it is on record
when they read. What is sent to an agency, opened to somebody by name, fetched, exported or downloaded is one.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.models import Entry

Kind = Entry.Kind


class Operation(models.TextChoices):
    """The six of section 62, and the rest."""

    COLLECTION = "collection", _("Collection")
    ALTERATION = "alteration", _("Alteration")
    CONSULTATION = "consultation", _("Consultation")
    DISCLOSURE = "disclosure", _("Disclosure")
    COMBINATION = "combination", _("Combination")
    ERASURE = "erasure", _("Erasure")
    SIGN_IN = "sign_in", _("Sign-in")
    REFUSAL = "refusal", _("Refusal")
    PROOF = "proof", _("Proof")
    MIGRATION = "migration", _("Migration of the database")


OPERATION_OF: dict[Kind, Operation] = {
    Kind.CREATED: Operation.COLLECTION,
    Kind.CHANGED: Operation.ALTERATION,
    Kind.BULK: Operation.ALTERATION,
    Kind.COMBINED: Operation.COMBINATION,
    Kind.VIEWED: Operation.CONSULTATION,
    Kind.LISTED: Operation.CONSULTATION,
    Kind.SEARCHED: Operation.CONSULTATION,
    Kind.PRINTED: Operation.CONSULTATION,
    Kind.DISCLOSED: Operation.DISCLOSURE,
    Kind.DOWNLOADED: Operation.DISCLOSURE,
    Kind.DELETED: Operation.ERASURE,
    Kind.REDACTED: Operation.ERASURE,
    Kind.SIGNED_IN: Operation.SIGN_IN,
    Kind.SIGNED_OUT: Operation.SIGN_IN,
    Kind.SIGN_IN_FAILED: Operation.SIGN_IN,
    Kind.SESSION_ENDED: Operation.SIGN_IN,
    Kind.FACTOR_ADDED: Operation.SIGN_IN,
    Kind.FACTOR_REMOVED: Operation.SIGN_IN,
    Kind.FACTOR_USED: Operation.SIGN_IN,
    Kind.REFUSED: Operation.REFUSAL,
    Kind.VERIFIED: Operation.PROOF,
    Kind.MIGRATED: Operation.MIGRATION,
    Kind.MIGRATION_UNDONE: Operation.MIGRATION,
}


def kinds_of(operation: Operation) -> list[Kind]:
    """The kinds of entry that are this operation: `filter(kind__in=kinds_of(Operation.DISCLOSURE))`."""
    return [kind for kind, belongs in OPERATION_OF.items() if belongs == operation]
