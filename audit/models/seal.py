"""The tree over the ledger: which entry stands where, the roots that proofs need, and what was signed."""

from django.db import models


class Leaf(models.Model):
    """An entry's place in the tree. The sealer gives it once; nobody can change it.

    `at` is the entry's time, which says in whose month it lies; `hash` is of what the entry said then
    (audit/sealing/leaves.py), `commitment` of its sealed payload: it stays when the payload is redacted.
    """

    position = models.BigIntegerField(primary_key=True)
    entry = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    hash = models.BinaryField()
    commitment = models.BinaryField()

    class Privacy:
        person = None
        personal = ()
        operational = ("position", "entry", "at", "hash", "commitment")
        public = ()

    def __str__(self) -> str:
        return str(self.position)


class Subtree(models.Model):
    """The root over 256^level leaves, when all of them stand: so a proof needs few rows of a tree of millions."""

    level = models.PositiveSmallIntegerField()
    number = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "number"], name="subtree_once")]

    class Privacy:
        person = None
        personal = ()
        operational = ("id", "level", "number", "hash")
        public = ()

    def __str__(self) -> str:
        return f"{self.level}/{self.number}"


class Seal(models.Model):
    """One pass of the sealer: how large the tree is, its root, and the signed checkpoint that says so.

    `horizon` is the number of the oldest transaction that was open then: what older ones wrote has its place.
    """

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    horizon = models.BigIntegerField()
    checkpoint = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-size"]
        get_latest_by = "size"

    class Privacy:
        person = None
        personal = ()
        operational = ("size", "root", "horizon", "checkpoint", "at")
        public = ()

    def __str__(self) -> str:
        return str(self.size)


class Publication(models.Model):
    """A checkpoint that has reached the second place."""

    size = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        get_latest_by = "id"

    class Privacy:
        person = None
        personal = ()
        operational = ("id", "size", "at")
        public = ()

    def __str__(self) -> str:
        return str(self.size)
