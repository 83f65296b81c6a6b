"""Why somebody looks at what they do not work on, or takes it out of the house: a short list, asked beside words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    """The purposes that are offered; one that none of them names is told in words."""

    WORKING = "working", _("Working on the case")
    COVERING = "covering", _("Covering for a colleague")
    SUPERVISING = "supervising", _("Supervising")
    QUALITY = "quality", _("Checking quality")
    REQUEST = "request", _("Answering a request")
    OTHER = "other", _("Something else")
