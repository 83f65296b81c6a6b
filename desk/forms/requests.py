"""What officers fill in to ask another agency, and to answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import GovukDateField, WordsField, looking
from agencies.models import Agency
from agencies.targets import DEFAULT
from desk.forms.urgent import add_urgent_fields
from documents.forms.fields import files_field
from people.models import Identifier, LegalBasis, Person
from people.models.information_request import in_words, known_of


def words_field(label: Any, hint: Any, required: Any) -> WordsField:
    """Words that the other agency reads."""
    return WordsField(
        label=label,
        help_text=hint,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": required, "max_length": _("Shorten it to 5,000 characters")},
    )


class AskForm(forms.Form):
    """Whom to ask what about a person, why, on which basis, by when, and by what they are to find the person."""

    agency = forms.ChoiceField(
        label=_("On behalf of which agency do you ask?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say for which agency you ask")},
    )
    asked = looking(
        forms.ChoiceField(
            label=_("Which agency do you ask?"),
            help_text=_("Start to type its name"),
            widget=forms.Select(attrs={"data-autocomplete": True}),
            error_messages={"required": _("Pick an agency"), "invalid_choice": _("Pick an agency from the list")},
        ),
        width="two-thirds",
    )
    discloses = forms.MultipleChoiceField(
        label=_("What may it be told, so that it can find the person?"),
        help_text=_(
            "It sees what you pick and what you write, and nothing else: not the referral, not the person’s page."
        ),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pick something by which the other agency can find the person")},
    )
    question = words_field(
        _("What do you ask?"),
        _("For example: has the family been known to your early help team since 2022?"),
        _("Say what you ask"),
    )
    need = words_field(
        _("Why do you need it?"),
        _("The other agency reads this. Say no more of the person than it needs to answer."),
        _("Say why you need it"),
    )
    basis = looking(
        forms.ChoiceField(
            label=_("What is the legal basis for asking?"),
            help_text=_("It is noted as you give it: this service does not check it and gives no advice about it."),
            choices=LegalBasis.choices,
            widget=forms.RadioSelect,
            error_messages={"required": _("Say what the legal basis is")},
        ),
        reveals={LegalBasis.OTHER.value: "basis_words"},
    )
    basis_words = WordsField(
        label=_("The basis in words"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Shorten it to 500 characters")},
    )
    due_on = GovukDateField(
        label=_("When do you need the answer? (optional)"),
        name=_("the day on which you need the answer"),
        help_text=_(
            "Leave it empty for the local target of the agency you ask: {days} working days unless it has set its own."
        ),
        required=False,
    )
    confirmed = forms.BooleanField(
        label=_("I have considered that asking may tell others of police interest, and this person may be asked about"),
        error_messages={"required": _("Confirm that the person may be asked about")},
    )

    def __init__(
        self,
        *args: Any,
        person: Person,
        asking: list[Agency],
        askable: list[tuple[Agency, bool]],
        urgent: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        known = known_of(person)
        can_be_told = [(each.value, each.label) for each in Identifier if each in known]
        self.choose("agency", [(str(agency.pk), agency.name) for agency in asking])
        self.choose("discloses", can_be_told)
        looking(self.fields["discloses"], hints={key: in_words(value) for key, value in known.items()})
        self.choose("asked", [("", ""), *((str(agency.pk), _called(agency, staffed)) for agency, staffed in askable)])
        due = self.fields["due_on"]
        due.help_text = str(due.help_text).format(days=DEFAULT.answer_requests_days)
        if len(asking) == 1:
            del self.fields["agency"]
        if urgent:
            add_urgent_fields(self)

    def choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        """Let a field offer these."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """Another basis is told in words. An error stands beside the field."""
        said = super().clean() or {}
        if said.get("basis") == LegalBasis.OTHER and not said.get("basis_words"):
            self.add_error("basis_words", _("Say in words what the legal basis is"))
        return said


def _called(agency: Agency, staffed: bool) -> Any:
    return agency.name if staffed else _("{name} (nobody can answer here yet)").format(name=agency.name)


class AnswerForm(forms.Form):
    """The answer, and files."""

    words = words_field(
        _("Your answer"),
        _("The agency that asks reads this. It cannot be changed afterwards; you can add to it."),
        _("Write the answer"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["documents"] = files_field()
