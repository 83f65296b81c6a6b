"""The wrapped data key of one person, one draft, or the house."""

from django.db import models


class DataKey(models.Model):
    """AES-256 key, wrapped; the row is deleted when what it sealed is disposed of."""

    subject = models.UUIDField(primary_key=True)
    wrapping_key = models.CharField(max_length=64)
    wrapped = models.BinaryField()
    created = models.DateTimeField(auto_now_add=True)

    class Privacy:
        person = "subject"
        personal = ()
        operational = ("subject", "wrapping_key", "wrapped", "created")
        public = ()

    def __str__(self) -> str:
        return str(self.subject)
