"""What an officer fills in to assess a referral: nothing is required while it is written, `triage.gate` asks later."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import WordsField, looking
from agencies.models import User
from referrals.forms.putting_right import reason_field
from referrals.forms.work import ReferenceField
from referrals.models import Referral
from referrals.selectors import readable_referrals
from triage.actions.write_assessment import Assessed
from triage.forms.checks import Asked, ChecksForm
from triage.gateway_form import CHILDRENS_SERVICES, FORMS, NO_CONCERNS_WORDS, WEIGHING, Question
from triage.models import ClosingReason, Deconfliction, GatewayAssessment, NoConcerns, TriageOutcome
from triage.models.signposting import ServiceSaid

NEVER = datetime.fromtimestamp(0, UTC)
_ORDER = (
    "concern", "susceptibility", "protection", "outcome", "service", "told", "duplicate_of", "considered", "options",
    "no_concerns", NO_CONCERNS_WORDS, "reasons", "agrees", WEIGHING, CHILDRENS_SERVICES, "rationale",
)  # fmt: skip


def _words(question: Question) -> WordsField:
    label: Any = question.label
    hint: Any = question.hint
    return WordsField(
        label=label,
        help_text=hint,
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"max_length": _("Shorten it to 10,000 characters")},
    )


def _one_of(label: Any, choices: Any, hint: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Pick one of the answers")},
    )


def _several_of(label: Any, choices: Any, hint: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Pick from the list")},
    )


class ReadAtField(forms.CharField):
    """When what is shown had been written, carried along unseen; what is not a time counts as never."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, required=False)

    def clean(self, value: Any) -> datetime:
        """The moment, with its zone."""
        try:
            read = datetime.fromisoformat(super().clean(value))
        except ValueError:
            return NEVER
        return read if read.tzinfo else NEVER


class GatewayForm(ChecksForm):
    """The assessment by the questions of its own form."""

    whole = False

    read_at = ReadAtField()
    weighed = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any,
        *,
        assessment: GatewayAssessment,
        reader: User,
        latest: Deconfliction | None,
        asked: Sequence[Asked] = (),
    ) -> None:
        checks = self.ticked(assessment.checks.select_related("step"))
        super().__init__(data, initial={**_said(assessment, latest), **checks}, asked=asked)
        steps = [name for name in self.fields if name not in self.base_fields]
        self.assessment, self.reader = assessment, reader
        self.words = FORMS[assessment.form]
        self.fields |= self._choices() | {each.code: _words(each) for each in self.words}
        self.fields["rationale"] = _words(
            Question(
                "rationale", _("Rationale"), _("Why this outcome, from what you found. Others will read it later.")
            )
        )
        self.order_fields([*steps, *_ORDER])

    def _choices(self) -> dict[str, forms.Field]:
        outcomes = TriageOutcome.choices
        return {
            "outcome": looking(
                _one_of(_("What does the referral become?"), outcomes),
                reveals={
                    TriageOutcome.SIGNPOSTED.value: "service",
                    TriageOutcome.OUTSIDE.value: "told",
                    TriageOutcome.DUPLICATE.value: "duplicate_of",
                },
            ),
            "duplicate_of": ReferenceField(
                label=_("Reference of the other referral"),
                help_text=_("Officers must have confirmed that both are about one person, or joined them."),
                required=False,
            ),
            "considered": _several_of(
                _("Which other outcomes did you consider?"), outcomes, _("At least one besides the one you propose.")
            ),
            "no_concerns": _one_of(
                _("Are there reasonable grounds to believe that there are no Prevent concerns?"), NoConcerns.choices
            ),
            "reasons": _several_of(
                _("For which reasons does it end here?"),
                ClosingReason.choices,
                _("For whatever ends without a concern. The last three are never enough."),
            ),
            "agrees": _one_of(
                _("Do you agree with what FIMU answered?"),
                [("yes", _("Yes")), ("no", _("No"))],
                _("If you do not, a second supervisor signs too."),
            ),
        }

    def clean_duplicate_of(self) -> Referral | None:
        """The other referral, if the reader may read it."""
        reference = self.cleaned_data["duplicate_of"]
        if not reference:
            return None
        named = Referral.objects.filter(reference=reference).exclude(pk=self.assessment.referral_id)
        found = readable_referrals(self.reader, named.values("pk")).first()
        if found is None:
            raise forms.ValidationError(_("You can read no other referral with this reference"))
        return found

    @property
    def read(self) -> datetime:
        """When what was shown had been written."""
        return cast(datetime, self.cleaned_data["read_at"])

    def assessed(self) -> Assessed:
        """What was filled in."""
        given = self.cleaned_data
        return Assessed(
            outcome=given["outcome"],
            considered=tuple(given["considered"]),
            answers={each.code: given[each.code] for each in self.words},
            rationale=given["rationale"],
            weighed=cast(UUID | None, given["weighed"]),
            agrees={"yes": True, "no": False}.get(given["agrees"]),
            no_concerns=given["no_concerns"],
            reasons=tuple(given["reasons"]),
            duplicate_of=given["duplicate_of"],
        )


def _said(row: GatewayAssessment, latest: Deconfliction | None) -> dict[str, Any]:
    """What the form shows at first: what was written before."""
    return {
        **row.answers,
        "outcome": row.outcome,
        "considered": row.considered,
        "rationale": row.rationale or "",
        "agrees": "" if row.agrees is None else "yes" if row.agrees else "no",
        "no_concerns": row.no_concerns,
        "reasons": row.reasons,
        "duplicate_of": row.duplicate_of.reference if row.duplicate_of else "",
        "read_at": row.written_at.isoformat(),
        "weighed": latest.pk if latest is not None and latest.is_answered else None,
    }


class ServiceAnswerForm(forms.Form):
    """What the service said, and who said it."""

    said = forms.ChoiceField(
        label=_("What does the service say?"),
        choices=ServiceSaid.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it accepts"), "invalid_choice": _("Pick one of the answers")},
    )
    reason = reason_field(_("Who said so, and when?"), _("If it declines: why, and what you do about it."))
