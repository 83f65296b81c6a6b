"""What an administrator fills in about the systems of agencies."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import looking
from agencies.models import Agency
from agencies.webhooks.addresses import LONGEST_URL, AddressRefused, NameUnknown, parted, resolved

SECONDS = 3.0


def checked(url: str) -> str:
    """The address without spaces around it, if it may be called and leads somewhere. Raises AddressRefused."""
    url = url.strip()
    _parts, host, port = parted(url)
    try:
        resolved(host, port, within=SECONDS)
    except (NameUnknown, TimeoutError):
        raise AddressRefused(_("The name in the address was not found. Check how it is spelt")) from None
    return url


class EndpointForm(forms.Form):
    """Where the system of an agency hears of events."""

    url = looking(
        forms.CharField(
            label=_("Address of the receiving system"),
            help_text=_("It starts with https:// and is given by whoever runs the system."),
            max_length=LONGEST_URL,
            error_messages={"required": _("Enter the address")},
        ),
        width="two-thirds",
    )

    def clean_url(self) -> str:
        """The address. Raises ValidationError with what is wrong with it."""
        try:
            return checked(self.cleaned_data["url"])
        except AddressRefused as refused:
            raise forms.ValidationError(str(refused.why)) from None


class RotateForm(forms.Form):
    """How the old secret ends."""

    at_once = forms.BooleanField(
        label=_("Others may have seen the old secret: end it now"),
        help_text=_("If you end it now, the receiver refuses events until it knows the new one. They are tried again."),
        required=False,
    )


class AgencyForm(forms.Form):
    """Whose systems to look at."""

    agency = forms.ChoiceField(
        label=_("Agency"),
        error_messages={"required": _("Pick an agency"), "invalid_choice": _("Pick an agency from the list")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = Agency.objects.order_by("name", "pk").values_list("pk", "name")
        self.fields["agency"].choices = [("", ""), *((str(pk), name) for pk, name in names)]  # type: ignore[attr-defined]  # a ChoiceField
