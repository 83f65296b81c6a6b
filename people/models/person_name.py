"""Another name or spelling of a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.fields import EMPTY, SealedText
from audit.history import keep_history
from people.models.written import Written


class NameKind(models.TextChoices):
    """How it stands to the name in the answers."""

    SPELLING = "spelling", _("Another spelling")
    NOW_USED = "now_used", _("The name they use now")
    FORMER = "former", _("A former name")
    ALIAS = "alias", _("A nickname or alias")
    SCRIPT = "script", _("The name in another script")


@keep_history()
class PersonName(Written):
    """While it stands, the person is found by it (people/matching/storing.py)."""

    kind = models.CharField(max_length=8, choices=NameKind.choices)
    name = SealedText(of="person_id")
    source = SealedText(of="person_id")

    class Meta(Written.Meta):
        constraints = [
            *Written.Meta.constraints,
            models.CheckConstraint(condition=models.Q(name__length__gt=EMPTY), name="personname_says_one"),
        ]

    class Privacy:
        person = "person"
        personal = ("name", "source", *Written.PERSONAL)
        operational = ("kind", *Written.OPERATIONAL)
        public = ()
