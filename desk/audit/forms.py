"""What auditors narrow the ledger to, and whom or what they look for in it."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import GovukDateField, looking
from audit.operations import Operation
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
