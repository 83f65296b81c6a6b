"""What a referral's story looked like, for as long as it is compared with others."""

from django.db import models

from referrals.models.referral import Referral


class Likeness(models.Model):
    """One small row for each referral of the last hour; nothing in it can be read without the installation's key.

    `pairs` and `summary` are a `referrals.likeness.Sketch`. `leader` is the referral that the first of a row of alike
    ones is: its own id where nothing like it came before. Not on the ledger: the sweep takes it away within the hour.
    """

    referral = models.OneToOneField(Referral, on_delete=models.CASCADE, primary_key=True, related_name="likeness")
    seen_at = models.DateTimeField(db_index=True)
    summary = models.BigIntegerField()
    pairs = models.BinaryField()
    leader = models.UUIDField(db_index=True)

    class Meta:
        verbose_name_plural = "likenesses"

    class Privacy:
        person = "referral__person"
        personal = ()
        operational = ("referral", "seen_at", "summary", "pairs", "leader")
        public = ()

    def __str__(self) -> str:
        return str(self.pk)
