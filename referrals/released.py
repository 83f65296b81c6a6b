"""The words that officers may release to a referrer, in both languages. Nothing else is written to them but questions.

None of them tells of a hold, of a decision, of consent, or of what is known from elsewhere.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Released(models.TextChoices):
    """Each is a whole message, as the referrer's page shows it."""

    READ = "read", _("Thank you. What you told us has been read.")
    MORE = "more", _("We may ask you for more. Our questions will be on this page.")
    SAFEGUARDING = "safeguarding", _("Please keep to the safeguarding procedures of your organisation.")
    TELEPHONE = "telephone", _("Please telephone the person whose name and number you were given.")
