"""As whom an organisation's own sign-in knows a user."""

from django.db import models

from agencies.models.user import User
from audit.models import Recorded


class Identity(Recorded):
    """The subject by which a provider of OpenID Connect names one user: e-mail addresses change hands, it does not."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="identities")
    provider = models.CharField(max_length=60)
    subject = models.CharField(max_length=255)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "subject"], name="identity_of_one_user"),
            models.UniqueConstraint(fields=["user", "provider"], name="identity_once_a_provider"),
        ]

    class Privacy:
        person = None
        personal = ("subject",)
        operational = ("id", "user", "provider")
        public = ()
        masked = ("subject",)

    def __str__(self) -> str:
        return str(self.pk)
