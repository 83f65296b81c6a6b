"""Who may read what an officer wrote down: said once, for whatever is written beside a person or a referral."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Readers(models.TextChoices):
    """How far it is read. The page says so to its writer; who they are is asked when somebody reads."""

    AGENCY = "agency", _("My agency only")
    RECIPIENTS = "recipients", _("All agencies that have the referral")
