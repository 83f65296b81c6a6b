"""An outgoing e-mail: a row until it is sent. It carries a reference and a link, never a name."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models.agency import Agency
from audit.fields import SealedJSON, SealedText
from audit.models import Due, Recorded


class NoticeKind(models.TextChoices):
    """Which words it uses: `templates/emails/<kind>.txt`."""

    NEW_REFERRAL = "new_referral", _("New referral")
    IMMEDIATE_ALERT = "immediate_alert", _("Immediate danger alert")
    NEW_TASK = "new_task", _("New task")
    CONFIRMATION = "confirmation", _("Confirmation to the referrer")
    OVERDUE = "overdue", _("Receipt overdue")
    QUARANTINE = "quarantine", _("Many near-identical referrals are held")
    ENDPOINT_TROUBLE = "endpoint_trouble", _("An endpoint needs attention")
    LEDGER_TROUBLE = "ledger_trouble", _("The ledger needs attention")
    SAVED_DRAFT = "saved_draft", _("Link to a saved draft")
    ACCOUNT_CHANGED = "account_changed", _("Sign-in details changed")
    WORK_RELEASED = "work_released", _("Work of somebody who left")
    GLASS_BROKEN = "glass_broken", _("Referral opened in an emergency")
    REFERRAL_OPENED = "referral_opened", _("Referral opened to a colleague by name")
    PARTNERSHIP_DECLINED = "partnership_declined", _("Declined to own a police-led partnership")
    PARTNERSHIP_OFFERED = "partnership_offered", _("Named as the owner of a police-led partnership")
    PARTNERSHIP_UNOWNED = "partnership_unowned", _("Nobody owns a police-led partnership")
    SUCCESSOR_NAMED = "successor_named", _("Named on a restricted referral")
    NOBODY_TO_NAME = "nobody_to_name", _("Nobody of an agency knows of a restricted referral")
    KNOWN_TO_NOBODY = "known_to_nobody", _("Nobody knows of a restricted referral")
    OFFER_MADE = "offer_made", _("Referral offered")
    OFFER_ACCEPTED = "offer_accepted", _("Referral accepted by another agency")
    OFFER_DECLINED = "offer_declined", _("Offer declined")
    OFFER_TAKEN_BACK = "offer_taken_back", _("Offer taken back")
    RECEIVER_CHANGED = "receiver_changed", _("Another agency has a referral now")
    REFERRAL_DETACHED = "referral_detached", _("Referral was about another person")
    NOTE_DETACHED = "note_detached", _("Note was about another person")
    DOCUMENT_DETACHED = "document_detached", _("Document was about another person")
    REFERRER_CALLED = "referrer_called", _("Something is on the referrer’s page")
    REFERRER_INVITED = "referrer_invited", _("Link to the page for who succeeds a referrer")
    REFERRER_LINK = "referrer_link", _("New link to the referrer’s page")
    REFERRER_THANKED = "referrer_thanked", _("Thanks to the referrer for what they added")
    REFERRALS_JOINED = "referrals_joined", _("Referrals joined")
    JOIN_UNDONE = "join_undone", _("Referrals no longer joined")
    REFERRAL_RESUMED = "referral_resumed", _("Referral taken up again")
    MATCH_ASKED = "match_asked", _("Another area asks about a possible match")
    MATCH_ANSWERED = "match_answered", _("Another area answered about a possible match")
    INVITATION = "invitation", _("Link to set a password")
    PROCEEDED_URGENTLY = "proceeded_urgently", _("Something went ahead before contact was cleared")
    REQUEST_MADE = "request_made", _("Request for information")
    REQUEST_ANSWERED = "request_answered", _("Request for information answered")
    REQUEST_DECLINED = "request_declined", _("Request for information declined")
    REQUEST_TAKEN_BACK = "request_taken_back", _("Request for information taken back")
    REQUEST_OVERDUE = "request_overdue", _("Answer to a request for information overdue")
    WITHDRAWAL_REPORTED = "withdrawal_reported", _("Referral withdrawn or sent in error")
    WITHDRAWAL_DECIDED = "withdrawal_decided", _("Police decision on a withdrawn referral")
    WORRY_RAISED = "worry_raised", _("Referrer’s worry about the handling")


class Receipt(models.TextChoices):
    """What GOV.UK Notify says became of an e-mail that it had taken."""

    DELIVERED = "delivered", _("Delivered")
    PERMANENT_FAILURE = "permanent-failure", _("The address does not exist or refuses mail")
    TEMPORARY_FAILURE = "temporary-failure", _("The mailbox took nothing for three days")
    TECHNICAL_FAILURE = "technical-failure", _("GOV.UK Notify could not send it")


class Notice(Due, Recorded):
    """One e-mail to one address. `about` is the dispatch, referral or draft it concerns.

    `agency` is whose mail it is, and is empty for mail to referrers. `key_of` is the person or draft under
    whose data key address and details are sealed, and is empty for mail to an agency's own mailbox. `once`
    keeps a repeated action from sending twice. `tells_of` holds the ids of the referrals it tells of: from whom one of
    them is kept, it is kept too (`agencies/restricted.py`). `sent_as` and `receipt` are GOV.UK Notify's: its id of the
    latest sending, and what it said became of that. One that bounced is `dead` as well as `done`.
    """

    kind = models.CharField(max_length=24, choices=NoticeKind.choices)
    about = models.UUIDField(db_index=True)
    tells_of = ArrayField(models.UUIDField(), default=list, db_default=[])
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    key_of = models.UUIDField(null=True)
    address = SealedText(of="key_of")
    details = SealedJSON(of="key_of")
    language = models.CharField(max_length=5, default="en")
    once = models.CharField(max_length=120, unique=True)
    sent_as = models.UUIDField(null=True)
    receipt = models.CharField(max_length=20, choices=Receipt.choices, blank=True, default="", db_default="")

    class Meta(Due.Meta):
        # Mail under a key is looked up when the key goes, by whoever leaves the form in a hurry for one.
        indexes = [
            *Due.Meta.indexes,
            models.Index(fields=["key_of"], name="notice_key_of", condition=Q(key_of__isnull=False)),
        ]

    class Privacy:
        person = "key_of"
        personal = ("address", "details")
        operational = (
            "id", "kind", "about", "tells_of", "agency", "key_of", "language", "once", "sent_as", "receipt",
            "due", "attempts", "done", "dead", "last_error",
        )  # fmt: skip
        public = ()

    @property
    def why(self) -> str:
        """Why it was not delivered: in words where GOV.UK Notify said so, else the name of the fault."""
        return str(Receipt(self.receipt).label) if self.receipt else self.last_error

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
