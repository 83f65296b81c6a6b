"""What administrators fill in about people, their roles and agencies."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import GovukDateField, looking
from agencies.forms.password import new_password_field
from agencies.models import Agency, AgencyKind
from agencies.policies import MADE_BY_HAND
from agencies.roles import ROLES, RoleName


def _email(label: Any, hint: Any, *, required: bool = False) -> forms.EmailField:
    wrong = _("Enter an e-mail address in the correct format, like name@agency.example")
    messages = {"required": _("Enter an e-mail address"), "invalid": wrong}
    field = forms.EmailField(label=label, help_text=hint, required=required, max_length=254, error_messages=messages)
    return looking(field, width="two-thirds")


class OneLine(forms.CharField):
    """Words on one line, each with one space before it."""

    def to_python(self, value: Any) -> str:
        """The words."""
        return " ".join((super().to_python(value) or "").split())


class FindForm(forms.Form):
    """Words of a name or an e-mail address: asked by POST, so that neither stands in an address."""

    words = looking(
        OneLine(
            label=_("Name or e-mail address"),
            max_length=120,
            error_messages={"required": _("Enter a name or an e-mail address, or a part of one")},
        ),
        width="two-thirds",
    )


class RoleForm(forms.Form):
    """A role in an agency, with its days."""

    agency = forms.ChoiceField(
        label=_("Agency"),
        error_messages={"required": _("Pick an agency"), "invalid_choice": _("Pick an agency from the list")},
    )
    role = forms.ChoiceField(
        label=_("Role"),
        error_messages={"required": _("Pick a role"), "invalid_choice": _("Pick a role from the list")},
    )
    starts_on = GovukDateField(label=_("First day"), name=_("the first day"))
    ends_on = looking(
        GovukDateField(
            label=_("Last day"),
            name=_("the last day"),
            help_text=_("Leave it empty where no end is known. Access ends with that day by itself."),
            required=False,
        ),
        optional=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["starts_on"] = timezone.localdate()
        known = Agency.objects.order_by("name", "pk").values_list("pk", "name")
        roles = [(name.value, name.label) for name in RoleName if not ROLES[name].for_systems]
        self.fields["agency"].choices = [("", _("Pick an agency")), *((str(pk), name) for pk, name in known)]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["role"].choices = [("", _("Pick a role")), *roles]  # type: ignore[attr-defined]  # likewise

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        given: dict[str, Any] = super().clean() or {}
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and first < timezone.localdate():
            self.add_error("starts_on", _("The first day must be today or later"))
        if first and last and last < first:
            self.add_error("ends_on", _("The last day must not be before the first"))
        return given

    @property
    def given(self) -> dict[str, Any]:
        """What the actions are told."""
        data = self.cleaned_data
        days: dict[str, date | None] = {"starts_on": data["starts_on"], "ends_on": data["ends_on"]}
        return {"agency_id": UUID(data["agency"]), "role": RoleName(data["role"]), **days}


class InviteForm(RoleForm):
    """Somebody new, with their first role."""

    name = looking(
        OneLine(
            label=_("Full name"),
            help_text=_("As colleagues know them. It cannot be changed here."),
            max_length=120,
            error_messages={"required": _("Enter their full name")},
        ),
        width="two-thirds",
    )
    email = _email(
        _("Work e-mail address"),
        _("Theirs alone, at the organisation they work for. The link is sent there, and they sign in with it."),
        required=True,
    )
    field_order = ("name", "email", "agency", "role", "starts_on", "ends_on")

    @property
    def given(self) -> dict[str, Any]:
        """What the action is told."""
        return {**super().given, "name": self.cleaned_data["name"], "email": self.cleaned_data["email"]}


class MailboxForm(forms.Form):
    """Where an agency's e-mail goes."""

    email = _email(
        _("Mailbox of the agency"), _("Told of every referral, by a reference and a link. Empty: nobody is told.")
    )
    duty_email = _email(
        _("Duty contact"),
        _("Told at once where somebody is in immediate danger, until receipt is taken. Somebody reads it at night."),
    )


def _name(label: Any) -> OneLine:
    field = OneLine(label=label, max_length=120, error_messages={"required": _("Enter the name of the agency")})
    return looking(field, width="two-thirds")


class AgencyNameForm(forms.Form):
    """What an agency is called."""

    name = _name(_("Name of the agency"))


class AgencyForm(AgencyNameForm):
    """An agency that answers for no area."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[(kind.value, AgencyKind(kind).label) for kind in MADE_BY_HAND],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what it is"), "invalid_choice": _("Pick one from the list")},
    )


class PasswordForm(forms.Form):
    """The password that whoever has the link chooses."""

    password = new_password_field()
