"""How often somebody has lately failed to sign in, and where accounts are at home."""

from django.db import models


class Tries(models.Model):
    """Until when the failures of one account, browser or address are paid for, or an account is known in a network.

    No decision: kept off the ledger.

    `name` is a keyed hash. Here and not on the broker's server: guessing must not become free when that is away.
    """

    name = models.CharField(max_length=64, primary_key=True)
    paid = models.DateTimeField()

    class Privacy:
        person = None
        personal = ()
        operational = ("name", "paid")
        public = ()

    def __str__(self) -> str:
        return self.name
