"""What persons are found by."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from audit.models import Recorded
from people.models.person import Person


class SearchRow(Recorded):
    """A person's names, birth and postcode in one spelling, and the keys by which others are found who may be they.

    Written in the transaction that makes or corrects the person, and disposed of with them. All of it follows from the
    person's own row and from the answers of their referral, so that this keeps neither history nor ledger entries.
    `facts`: keyed hashes of address, telephone, e-mail and school, and nothing else of them. `told_in`: the year in
    which the person was told of, to which an age belongs. Either is kept when a row is made anew by other rules.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="search_row")
    given = models.TextField()
    family = models.TextField()
    other = models.TextField()
    born = models.DateField(null=True)
    born_about = models.SmallIntegerField(null=True)
    postcode = models.TextField()
    facts = models.TextField(db_default="", default="")
    facts_version = models.IntegerField(db_default=0, default=0)
    told_in = models.SmallIntegerField(null=True)
    keys = ArrayField(models.TextField())
    version = models.SmallIntegerField()

    class Meta:
        indexes = [GinIndex(fields=["keys"], name="search_row_keys")]

    class Privacy:
        person = "person"
        personal = ("given", "family", "other", "born", "born_about", "postcode", "facts", "keys")
        operational = ("id", "person", "version", "facts_version", "told_in")
        public = ()
        ledger = False

    def __str__(self) -> str:
        return str(self.pk)
