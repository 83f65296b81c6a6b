"""What officers fill in beside a person."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import GovukDateField, WordsField, looking
from agencies.models import Agency
from desk.forms.urgent import add_urgent_fields, urgent_in
from people.models import AddressKind, ContactHow, ContactTo, ContactWith, NameKind, Readers, RelationshipKind
from referrals.forms.work import ReferenceField


def choice(label: Any, choices: Any, required: Any = "") -> forms.ChoiceField:
    """One of several; `required` is what is said where none is picked, and empty where it may be left."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        required=bool(required),
        error_messages={"required": required},
    )


def saying(
    label: Any, hint: Any = "", *, required: Any = "", optional: bool | None = None, rows: int = 0, most: int = 300
) -> WordsField:
    """A line, or with `rows` several. `optional`: whether the label says so, where it depends on more than this."""
    return looking(
        WordsField(
            label=label,
            help_text=hint,
            max_length=most,
            required=bool(required),
            widget=forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs={"autocomplete": "off"}),
            error_messages={"required": required},
        ),
        optional=not required if optional is None else optional,
    )


class WrittenForm(forms.Form):
    """For which agency it is written, asked where several have the person, and who may read it."""

    agency = choice(_("For which of your agencies?"), (), _("Say for which of your agencies you write it"))
    readers = choice(_("Who may read it?"), Readers.choices, _("Say who may read it"))

    def __init__(self, *args: Any, agencies: list[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.only = agencies[0].pk
        self.order_fields([name for name in self.fields if name not in {"agency", "readers"}])
        if len(agencies) > 1:
            choices = [(str(agency.pk), agency.name) for agency in agencies]
            self.fields["agency"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        else:
            del self.fields["agency"]

    def given(self) -> dict[str, Any]:
        """What the action is given, in its words."""
        given = dict(self.cleaned_data)
        picked = given.pop("agency", None)
        return {**given, "agency_id": UUID(picked) if picked else self.only}


class NameForm(WrittenForm):
    """Another name or spelling."""

    name = saying(_("Name or spelling"), _("As it is written, in any script."), required=_("Write the name"))
    kind = choice(_("What is it?"), NameKind.choices, _("Say what it is"))
    source = saying(_("From whom or where do you know it?"))


class AddressForm(WrittenForm):
    """An address, and from when until when."""

    kind = choice(_("What do they do there?"), AddressKind.choices, _("Say what they do there"))
    lines = saying(_("Address"), _("Lines, without the postcode"), rows=3, most=1_000)
    postcode = looking(forms.CharField(label=_("Postcode"), max_length=16, required=False), width=10, optional=True)
    since = looking(
        GovukDateField(label=_("From"), name=_("first day"), help_text=_("Leave it empty if unknown"), required=False),
        optional=True,
    )
    until = looking(
        GovukDateField(
            label=_("Until"),
            name=_("last day"),
            help_text=_("Leave it empty if it is unknown, or they are still there"),
            required=False,
        ),
        optional=True,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for lines or postcode."""
        given: dict[str, Any] = super().clean() or {}
        if not (given.get("lines") or given.get("postcode")):
            self.add_error("lines", _("Write the address or the postcode"))
        return given


class RelationshipForm(WrittenForm):
    """Who stands near the person."""

    name = saying(_("Their name"), required=_("Write their name"))
    kind = choice(_("What are they to the person?"), RelationshipKind.choices, _("Say what they are to the person"))
    reach = saying(_("How to reach them"), _("Telephone, e-mail or address"), rows=2, most=1_000)
    reference = looking(
        ReferenceField(
            label=_("Reference of a referral about them"),
            help_text=_("If they were referred too and you can read that referral."),
            required=False,
        ),
        width=10,
        optional=True,
    )


def _clock() -> forms.TimeField:
    field = forms.TimeField(
        label=_("Time"),
        help_text=_("Like 14:30"),
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H%M"],
        widget=forms.TextInput,
        error_messages={"invalid": _("Write the time like 14:30")},
    )
    return looking(field, width=5, optional=True)


class ContactForm(WrittenForm):
    """Contact that was made, or tried."""

    with_whom = choice(_("With whom?"), ContactWith.choices, _("Say with whom"))
    whom = saying(_("Who exactly?"), _("For example: his mother, or the school nurse"))
    day = GovukDateField(label=_("When?"), name=_("day of the contact"), past=True)
    clock = _clock()
    how = choice(_("How?"), ContactHow.choices, _("Say how"))
    maker = saying(_("Who made it?"), _("You, or a colleague"), required=_("Say who made it"))
    reached = choice(_("Did it reach them?"), [("yes", _("Yes")), ("no", _("No"))], _("Say whether it reached them"))
    outcome = saying(_("What came of it?"), required=_("Say what came of it"), rows=5, most=10_000)

    def given(self) -> dict[str, Any]:
        """What the action is given."""
        given = super().given()
        return {**given, "reached": given["reached"] == "yes"}


class PlannedContactForm(WrittenForm):
    """Contact that is to come; `urgent`: why it cannot wait until contact is cleared."""

    with_whom = choice(_("With whom?"), ContactTo.choices, _("Say with whom"))
    whom = saying(_("Who exactly?"), _("For example: his mother, or the school nurse"))
    day = GovukDateField(label=_("On which day?"), name=_("day of the contact"))
    clock = _clock()
    how = choice(_("How?"), ContactHow.choices, _("Say how"))
    purpose = saying(_("What is it for?"), required=_("Say what it is for"), rows=4, most=5_000)
    maker = saying(_("Who makes it?"), _("You, or a colleague"), required=_("Say who makes it"))

    def __init__(self, *args: Any, urgent: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if urgent:
            add_urgent_fields(self)

    def given(self) -> dict[str, Any]:
        """What the action is given."""
        given = super().given()
        return {"urgent": urgent_in(given), **given}
