"""What persons are found by."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from audit.models import Recorded
from people.models.person import Person


class SearchRow(Recorded):
    """A person's names, birth and postcode in one spelling, and the keys by which others are found who may be they.

    Written in the transaction that makes or corrects the person, and disposed of with them. All of it follows from the
    person's own row, whose every change is on the ledger and in history, so that this keeps neither.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="search_row")
    given = models.TextField()
    family = models.TextField()
    other = models.TextField()
    born = models.DateField(null=True)
    born_about = models.SmallIntegerField(null=True)
    postcode = models.TextField()
    keys = ArrayField(models.TextField())
    version = models.SmallIntegerField()

    class Meta:
        indexes = [GinIndex(fields=["keys"], name="search_row_keys")]

    class Privacy:
        person = "person"
        personal = ("given", "family", "other", "born", "born_about", "postcode", "keys")
        operational = ("id", "person", "version")
        public = ()
        ledger = False

    def __str__(self) -> str:
        return str(self.pk)
