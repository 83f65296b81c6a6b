"""What auditors narrow the ledger to, and whom or what they look for in it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import GovukDateField, looking
from agencies.models import User
from audit.operations import Operation
from desk.audit.selectors import auditable_referrals, auditable_users
from referrals.forms.work import ReferenceField

LONGEST = timedelta(days=31)
WEEK = timedelta(days=6)


class Days(forms.Form):
    """From one day to another, both included."""

    since = GovukDateField(label=_("From"), name=_("the first day"), required=False)
    until = GovukDateField(label=_("To"), name=_("the last day"), required=False)

    def clean(self) -> dict[str, Any]:
        """Both days in their order."""
        given: dict[str, Any] = super().clean() or {}
        first, last = given.get("since"), given.get("until")
        if first and last and last < first:
            self.add_error("until", _("The last day must not be before the first"))
        return given


class LedgerForm(Days):
    """The filters of a page of the ledger, kept in its address."""

    operation = forms.ChoiceField(
        label=_("What was done"), required=False, choices=[("", _("Anything")), *Operation.choices]
    )
    service = forms.ChoiceField(
        label=_("By whom"),
        required=False,
        choices=[("", _("People and systems")), ("too", _("The service itself too"))],
    )
    field_order = ("operation", "service", "since", "until")


class OneReferral(forms.UUIDField):
    """The referral about whose person an export is."""

    def worded(self, given: str, reader: User) -> str:
        """Its reference, to an auditor who may ask about it."""
        found = auditable_referrals(reader, [UUID(given)]).first()
        return found.reference if found else gettext("one that you may not ask about")


class OneColleague(forms.UUIDField):
    """The colleague of whose deeds an export is."""

    def worded(self, given: str, reader: User) -> str:
        """Their name, to an auditor who may look through their work."""
        found = auditable_users(reader).filter(pk=given).first()
        return found.name if found else gettext("one whose work you may not look through")


class ExportLedgerForm(LedgerForm):
    """Which part of the ledger is exported: what the page shows from which somebody came, up to today."""

    referral = OneReferral(label=_("About the person of referral"), required=False)
    colleague = OneColleague(label=_("What was done by"), required=False)
    refused = forms.BooleanField(label=_("Refused attempts only"), required=False)

    def clean(self) -> dict[str, Any]:
        """With a last day, so that what is done while the file is made does not make it longer for ever."""
        given = super().clean()
        if not self.errors and not given.get("until"):
            given["until"] = timezone.localdate()
        return given


class QuestionsForm(Days):
    """Which days to ask about: a month at most."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        for name, day in (("since", today - WEEK), ("until", today)):
            self.fields[name].initial, self.fields[name].required = day, True

    def clean(self) -> dict[str, Any]:
        """No more days than can be asked about at once."""
        given = super().clean()
        first, last = given.get("since"), given.get("until")
        if first and last and last - first >= LONGEST:
            self.add_error("until", _("Ask about 31 days at most"))
        return given


class FindForm(forms.Form):
    """A referral by its reference, or a colleague by name. Sent by POST: neither stands in an address."""

    reference = looking(
        ReferenceField(label=_("Reference of a referral"), required=False),
        width=10,
    )
    name = looking(
        forms.CharField(label=_("Name of a colleague"), required=False, max_length=120),
        width=20,
    )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and not given.get("reference") and not given.get("name"):
            self.add_error("reference", _("Enter a reference or a name"))
        return given
