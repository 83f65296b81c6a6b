"""What an administrator fills in about the systems that use the API."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import WordsField, looking
from agencies.models import Agency, AgencyKind
from agencies.scopes import Scope

NEW_ORGANISATION = "new"
# How long both keys work: local settings, from "somebody else has seen it" to "they change once a month".
OVERLAPS = {"0": _("Not at all: others may have seen it"), "1": _("1 day"), "7": _("7 days"), "30": _("30 days")}


class SystemForm(forms.Form):
    """A system to connect: whose it is, what it is called, what its key may be used for."""

    agency = forms.ChoiceField(
        label=_("Whose system is it?"),
        error_messages={"required": _("Pick an organisation"), "invalid_choice": _("Pick one from the list")},
    )
    organisation = looking(
        forms.CharField(
            label=_("Name of the new organisation"),
            help_text=_("Only where it is not in the list: a school, a trust, a hospital that sends referrals."),
            max_length=120,
            required=False,
        ),
        width="two-thirds",
    )
    name = looking(
        forms.CharField(
            label=_("What is the system called?"),
            help_text=_("Officers see this name beside what it sends. For example: Hollybrook Trust, pupil records"),
            max_length=120,
            error_messages={"required": _("Enter what the system is called")},
        ),
        width="two-thirds",
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may its key be used for?"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what the key may be used for")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Agency.objects.exclude(kind=AgencyKind.SYSTEM).order_by("name", "pk").values_list("pk", "name")
        new = (NEW_ORGANISATION, _("A new organisation, which only sends referrals"))
        self.fields["agency"].choices = [("", ""), new, *((str(pk), name) for pk, name in known)]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def is_new(self) -> bool:
        """Whether the organisation has yet to be made."""
        return bool(self.cleaned_data["agency"] == NEW_ORGANISATION)

    def clean(self) -> dict[str, Any]:
        """Ask for the name of a new organisation."""
        given = self.cleaned_data
        if given.get("agency") == NEW_ORGANISATION and not given.get("organisation"):
            self.add_error("organisation", forms.ValidationError(_("Enter the name of the organisation")))
        return given


class OverlapForm(forms.Form):
    """How long the old key goes on working beside the new one."""

    days = forms.ChoiceField(
        label=_("How long should the old key go on working?"),
        choices=list(OVERLAPS.items()),
        initial="7",
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how long")},
    )

    @property
    def overlap(self) -> timedelta:
        """The time that was chosen."""
        return timedelta(days=int(self.cleaned_data["days"]))


class RevokeForm(forms.Form):
    """Why a key is revoked."""

    why = looking(
        WordsField(
            label=_("Why is it revoked?"),
            help_text=_("It is kept on record with your name. The system is refused from now on."),
            max_length=200,
            error_messages={"required": _("Say why the key is revoked")},
        ),
        width="two-thirds",
    )
