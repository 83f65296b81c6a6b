"""One agency asks another for what it knows about a person."""

from datetime import date, datetime
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from audit.fields import EMPTY, SealedJSON, SealedText
from audit.history import keep_history
from audit.models import Recorded, Stateful
from people.models.person import Person
from people.states import OPEN, REQUEST, RequestState


class LegalBasis(models.TextChoices):
    """What the officer who asks notes as the basis. The house checks none of them and advises about none."""

    LAW_ENFORCEMENT = "law_enforcement", _("Data Protection Act 2018, Part 3 (law enforcement)")
    PUBLIC_TASK = "public_task", _("UK GDPR, Article 6(1)(e) (public task)")
    CO_OPERATION = "co_operation", _("Counter-Terrorism and Security Act 2015, section 38 (co-operation)")
    CHILDREN = "children", _("Children Act 1989, section 47, or Children Act 2004, section 11")
    CARE = "care", _("Care Act 2014, section 45")
    CONSENT = "consent", _("Consent of the person, or of who may give it for them")
    OTHER = "other", _("Something else, in words")


class Identifier(models.TextChoices):
    """By what the agency that is asked is to find the person."""

    NAME = "name", _("Name, and other names that are known")
    BIRTH = "birth", _("Date of birth, or about how old they are")
    ADDRESS = "address", _("Address, as far as it is known (postcode)")


def known_of(person: Person) -> dict[str, str]:
    """What can be told of somebody, by `Identifier`; days as ISO 8601. What is not known is left out."""
    name = " ".join(filter(None, (person.given_names, person.family_name)))
    told = {
        Identifier.NAME: ", ".join(filter(None, (name, person.other_names))),
        Identifier.BIRTH: person.date_of_birth.isoformat() if person.date_of_birth else person.approximate_age,
        Identifier.ADDRESS: person.postcode,
    }
    return {str(key): value for key, value in told.items() if value}


def in_words(told: str) -> str:
    """A day as people write it; anything else as it is."""
    try:
        return date_format(date.fromisoformat(told), "j F Y")
    except ValueError:
        return told


@keep_history()
class InformationRequest(Stateful):
    """`asking` wants to know something about a person from `asked`, which sees `disclosed` and the words, no more.

    `asking` is the agency that has the person: where another accepts the referral, that one asks from then on.
    `disclosed` is what was told of the person then, by `Identifier`; what is learnt later is told to nobody. After
    `due` both are reminded once, at `remind_due`, which is empty when there is nothing more to remind of.
    """

    states = REQUEST

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="information_requests")
    asking = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="requests_sent")
    asked = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="requests_received")
    state = models.CharField(max_length=12, choices=RequestState.choices, default=RequestState.ASKED)
    question = SealedText(of="person_id")
    need = SealedText(of="person_id")
    basis = models.CharField(max_length=16, choices=LegalBasis.choices)
    basis_words = SealedText(of="person_id", null=True)
    discloses = ArrayField(models.CharField(max_length=8, choices=Identifier.choices))
    disclosed = SealedJSON(of="person_id")
    due = models.DateTimeField()
    remind_due = models.DateTimeField(null=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ending_reason = SealedText(of="person_id", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(question__length__gt=EMPTY, need__length__gt=EMPTY, discloses__len__gt=0),
                name="request_says_what_and_why",
            ),
            models.CheckConstraint(
                condition=~Q(basis=LegalBasis.OTHER) | Q(basis_words__isnull=False, basis_words__length__gt=EMPTY),
                name="request_other_basis",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="request_answered_pair",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, ended_at=None, ended_by=None, ending_reason=None)
                | (
                    ~Q(state__in=OPEN)
                    & Q(ended_at__isnull=False, ended_by__isnull=False, ending_reason__isnull=False)
                    & Q(ending_reason__length__gt=EMPTY)
                ),
                name="request_ended_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.TAKEN_BACK)
                | Q(state__in=(RequestState.ASKED, RequestState.DECLINED), answered_at=None)
                | Q(state__in=(RequestState.ANSWERED, RequestState.CLOSED), answered_at__isnull=False),
                name="request_state_tells_the_truth",
            ),
            models.CheckConstraint(
                condition=Q(remind_due=None) | Q(state=RequestState.ASKED), name="request_reminded_while_asked"
            ),
        ]
        indexes = [
            models.Index(fields=["asked", "due", "id"], name="request_to_answer", condition=Q(state="asked")),
            models.Index(fields=["asking", "due", "id"], name="request_open", condition=Q(state__in=OPEN)),
            models.Index(fields=["asked", "asked_at", "id"], name="request_asked_of"),
            models.Index(fields=["asking", "asked_at", "id"], name="request_asked_by"),
            models.Index(fields=["remind_due", "id"], name="request_remind_due", condition=Q(remind_due__isnull=False)),
        ]

    class Privacy:
        person = "person"
        personal = ("question", "need", "basis_words", "disclosed", "ending_reason")
        operational = (
            "id", "person", "asking", "asked", "state", "basis", "discloses", "due", "remind_due", "asked_at",
            "asked_by", "answered_at", "answered_by", "ended_at", "ended_by",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def number(self) -> str:
        """How the two agencies name it when they speak: it says nothing about anybody."""
        return self.pk.hex[:8].upper()

    @property
    def told(self) -> list[tuple[str, str]]:
        """What was disclosed of the person, as label and words, in the order of `Identifier`."""
        said = self.disclosed
        return [(str(each.label), in_words(said[each])) for each in Identifier if each in said]

    @property
    def is_open(self) -> bool:
        """Whether it is not over."""
        return self.state in OPEN

    @property
    def is_asked(self) -> bool:
        """Whether it waits for the first answer."""
        return self.state == RequestState.ASKED

    @property
    def is_answered(self) -> bool:
        """Whether more can be answered, until the agency that asked closes it."""
        return self.state == RequestState.ANSWERED

    @property
    def is_taken_back(self) -> bool:
        """Whether the agency that was asked is to forget it: it sees no more of whom it was about."""
        return self.state == RequestState.TAKEN_BACK

    def is_overdue(self, now: datetime) -> bool:
        """Whether the agency that was asked is late."""
        return self.is_asked and self.due < now


@keep_history()
class RequestAnswer(Recorded):
    """What the agency that was asked says. There can be several; files stand beside the request, in documents/."""

    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="answers")
    words = SealedText(of="person_id")
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(words__length__gt=EMPTY), name="request_answer_says_something")
        ]
        indexes = [models.Index(fields=["request", "answered_at", "id"], name="request_answers_in_order")]

    class Privacy:
        person = "request__person"
        personal = ("words",)
        operational = ("id", "request", "answered_at", "answered_by")
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def person_id(self) -> UUID:
        """Whose data key seals the words: that of whoever the request is about."""
        found: UUID = self.request.person_id
        return found
