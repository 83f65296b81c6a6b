"""Whether somebody was told that they were referred: by whom, when and how, or why not yet."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.fields import EMPTY, SealedText
from audit.history import keep_history
from people.models.contact import ContactHow
from people.models.written import Written

# Of the words of the notices (`referrals/told_notices.py`): whoever changes those counts on.
NOTICE_VERSION = "1"


class ToldWhom(models.TextChoices):
    """Who was told."""

    PERSON = "person", _("The person")
    CARER = "carer", _("A parent or carer")
    BOTH = "both", _("The person, and a parent or carer")


class NoticeFor(models.TextChoices):
    """For whom a notice is written (`referrals/told_notices.py`)."""

    CHILD = "child", _("A child under 13")
    YOUNG_PERSON = "young_person", _("A young person, 13 to 17")
    ADULT = "adult", _("An adult")
    CARER = "carer", _("A parent or carer")


class NoticeLanguage(models.TextChoices):
    """In which language a notice was given."""

    ENGLISH = "en", _("English")
    WELSH = "cy", _("Welsh")


class NotTold(models.TextChoices):
    """Why nobody has told them."""

    NOT_DECIDED = "not_decided", _("It has not been decided yet")
    NOT_CLEARED = "not_cleared", _("The police have not cleared contact")
    RISK = "risk", _("Telling them would put somebody at risk")
    PREJUDICE = "prejudice", _("Telling them would harm an investigation")
    NOT_REACHED = "not_reached", _("Nobody could reach them")
    OTHER = "other", _("Another reason")


_TOLD = Q(
    told=True, whom__in=ToldWhom.values, how__in=ContactHow.values, day__isnull=False, teller__length__gt=EMPTY,
    why_not="", review_on=None,
)  # fmt: skip
_NOT_TOLD = Q(
    told=False, whom="", how="", day=None, teller=None, why_not__in=NotTold.values, review_on__isnull=False,
    words__length__gt=EMPTY,
)  # fmt: skip
_GIVEN = Q(told=True, notices__len__gt=0, language__in=NoticeLanguage.values) & ~Q(version="")
_NOT_GIVEN = Q(notices__len=0, language="", version="")


@keep_history()
class Telling(Written):
    """What was, whether or not it was cleared; of those that stand the latest counts.

    `day` is in Europe/London. `teller` says who told them, who need not be who wrote it down; `version` is that of the
    notices they were given. `words` says more, and of somebody who was not told why.
    """

    told = models.BooleanField()
    whom = models.CharField(max_length=8, choices=ToldWhom.choices, blank=True)
    day = models.DateField(null=True)
    how = models.CharField(max_length=16, choices=ContactHow.choices, blank=True)
    teller = SealedText(of="person_id", null=True)
    notices = ArrayField(models.CharField(max_length=16, choices=NoticeFor.choices), default=list)
    language = models.CharField(max_length=2, choices=NoticeLanguage.choices, blank=True)
    version = models.CharField(max_length=16, blank=True)
    why_not = models.CharField(max_length=16, choices=NotTold.choices, blank=True)
    words = SealedText(of="person_id")
    review_on = models.DateField(null=True)

    class Meta(Written.Meta):
        constraints = [
            *Written.Meta.constraints,
            models.CheckConstraint(condition=_TOLD | _NOT_TOLD, name="telling_told_or_why_not"),
            models.CheckConstraint(condition=_GIVEN | _NOT_GIVEN, name="telling_which_notice"),
        ]
        indexes = [
            models.Index(
                fields=["review_on", "id"], name="telling_review", condition=Q(review_on__isnull=False, struck_at=None)
            ),
            models.Index(fields=["person", "-written_at"], name="telling_latest"),
        ]

    class Privacy:
        person = "person"
        personal = ("why_not", "teller", "words", *Written.PERSONAL)
        operational = (
            "told", "whom", "day", "how", "notices", "language", "version", "review_on", *Written.OPERATIONAL,
        )  # fmt: skip
        public = ()

    @property
    def notices_shown(self) -> list[str]:
        """For whom the notices were that were given, in words."""
        return [str(NoticeFor(each).label) for each in self.notices]

    def is_due(self, today: date) -> bool:
        """Whether its review date has come."""
        return self.review_on is not None and self.review_on <= today
