"""Rows that are the queue: something to be done at or after a due time, until done or dead."""

from django.db import models
from django.db.models import Q


class Due(models.Model):
    """What must happen later. A row is waiting until `done` or `dead` is set."""

    due = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.DateTimeField(null=True)
    dead = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=80, blank=True)

    class Meta:
        abstract = True
        indexes = [
            models.Index(fields=["due"], name="%(app_label)s_%(class)s_due", condition=Q(done=None, dead=None)),
            models.Index(fields=["dead"], name="%(app_label)s_%(class)s_dead", condition=Q(dead__isnull=False)),
        ]
