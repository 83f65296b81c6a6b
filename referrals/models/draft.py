"""A referral that is being written and has not been sent."""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from agencies.models import Agency, User
from audit.fields import SealedJSON
from audit.models import Recorded

IDLE = timedelta(hours=24)
SAVED = timedelta(days=7)
WRONG_CODES = 5


class Draft(Recorded):
    """One attempt at the form: one per tab, bound to one browser or to the officer who enters it.

    Its id is in the address and opens nothing by itself. Answers and outcome are sealed under a data key of the
    draft's own, which the sweep destroys with it. `browser` is a keyed hash of the secret in the browser's cookie,
    empty while nobody has the draft open. `saved_link` and `saved_code` are keyed hashes of a one-time link and
    the code that goes with it. Once sent, `answers` are empty and `outcome` holds reference and code.

    `body_digest` is a keyed hash of what a system sent by the API, empty for everybody else.

    Drafts leave no ledger entries: what was never sent must not outlive its 24 hours.
    """

    answers = SealedJSON(of="id")
    form_version = models.CharField(max_length=16)
    language = models.CharField(max_length=5)
    browser = models.CharField(max_length=64, blank=True)
    entered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    saved_link = models.CharField(max_length=64, blank=True)
    saved_code = models.CharField(max_length=64, blank=True)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    body_digest = models.CharField(max_length=64, blank=True, default="", db_default="")
    submitted_at = models.DateTimeField(null=True)
    outcome = SealedJSON(of="id", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["saved_link"], condition=~Q(saved_link=""), name="draft_saved_link_once"),
            models.CheckConstraint(
                condition=Q(saved_link="", saved_code="") | (~Q(saved_link="") & ~Q(saved_code="")),
                name="draft_link_and_code",
            ),
            models.CheckConstraint(
                condition=Q(entered_by=None, agency=None)
                | Q(entered_by__isnull=False, agency__isnull=False, browser=""),
                name="draft_entered_for_an_agency",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None, outcome=None) | Q(submitted_at__isnull=False, outcome__isnull=False),
                name="draft_sent_with_outcome",
            ),
        ]
        indexes = [models.Index(fields=["browser"], name="draft_browser", condition=~Q(browser=""))]

    class Privacy:
        person = None  # nobody has been referred yet
        personal = ("answers", "outcome")
        operational = (
            "id", "form_version", "language", "browser", "entered_by", "agency", "started_at", "touched_at",
            "expires_at", "saved_link", "saved_code", "wrong_codes", "body_digest", "submitted_at",
        )  # fmt: skip
        public = ()
        ledger = False

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_sent(self) -> bool:
        """Whether it has become a referral."""
        return self.submitted_at is not None

    @property
    def is_saved(self) -> bool:
        """Whether a link and a code are out that open it elsewhere. Opening uses them up: then it is saved no more."""
        return bool(self.saved_link)
