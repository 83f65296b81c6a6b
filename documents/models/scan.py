"""A file waits for the virus scanner."""

from uuid import uuid4

from django.db import models

from audit.models import Due


class Scan(Due):
    """One file's turn at the scanner. `file` is the id of an upload or, once it is sent, of a document."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    file = models.UUIDField(unique=True)

    class Meta(Due.Meta):
        pass

    class Privacy:
        person = None  # ids only; the file's own row says whom it concerns
        personal = ()
        operational = ("id", "file", "due", "attempts", "done", "dead", "last_error")
        public = ()

    def __str__(self) -> str:
        return str(self.pk)
