"""The form on one page of the national form."""

from functools import cached_property
from typing import Any, Self

from django import forms
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from agencies.geography import Gazetteer
from agencies.place_names import named_in_order
from agencies.postcodes import in_northern_ireland
from referrals.form import errors_on, suggested
from referrals.forms.fields import field_for
from referrals.questions.checks import GSS_CODE
from referrals.questions.shapes import Answers, Kind, Page, say

NOT_IN_THE_LIST = _("Choose a council area from the list")
UNKNOWN_POSTCODE = _(
    "We do not know which council this postcode is in. Choose the council area, or say that you do not know it"
)


class PageForm(forms.Form):
    """The questions of one page that are asked, given the answers so far. Judged by the definition alone."""

    def __init__(self, page: Page, answers: Answers, data: Any = None) -> None:
        self.page, self.answers = page, answers
        super().__init__(data, initial=suggested(answers) | dict(answers))
        heading = len(page.questions) == 1 and str(page.questions[0].label) == str(page.title)
        for question in page.questions:
            if question.is_asked(answers):
                areas = self.areas.items() if question.kind is Kind.AUTHORITY else ()
                self.fields[question.name] = field_for(question, answers, heading=heading, areas=areas)

    @classmethod
    def as_answered(cls, page: Page, answers: Answers) -> Self:
        """The form as if what is stored had just been sent, so that it shows what is wrong or missing."""
        data: MultiValueDict[str, Any] = MultiValueDict()
        for name in page.names & answers.keys():
            value = answers[name]
            if isinstance(value, dict):
                data.update({f"{name}-{part}": typed for part, typed in value.items()})
            else:
                data.setlist(name, value if isinstance(value, list) else [value])
        return cls(page, answers, data)

    def as_typed(self) -> dict[str, Any]:
        """What stands in the fields, as it was sent."""
        return {
            name: field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            for name, field in self.fields.items()
        }

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The places as they stand today: one query, on pages that ask for one."""
        return Gazetteer.at(timezone.localdate())

    @cached_property
    def areas(self) -> dict[str, str]:
        """Every council that can be picked: name by code, in the reader's language and its order."""
        return named_in_order(self.gazetteer.authorities())

    @property
    def has_heading(self) -> bool:
        """Whether its one question is the page's heading."""
        return any(getattr(field, "look").heading for field in self.fields.values())  # noqa: B009  # Look is set by `looking`

    def groups(self) -> list[dict[str, Any]]:
        """The page's groups with those of their fields that are asked, for the template."""
        return [
            {
                "heading": say(group.heading, self.answers),
                "notice": say(group.notice, self.answers),
                "intro": [say(words, self.answers) for words in group.intro],
                "fields": [
                    (self[question.name], [say(prompt, self.answers) for prompt in question.prompts])
                    for question in group.questions
                    if question.name in self.fields
                ],
            }
            for group in self.page.groups
        ]

    def clean(self) -> dict[str, Any]:
        """Add what the definition finds wrong, and ask for the council where a postcode does not tell it."""
        given = dict(self.answers) | self.cleaned_data
        for name, message in errors_on(self.page, given).items():
            self.add_error(name, forms.ValidationError(str(message)))
        if "authority" in self.fields and not self.errors:
            self._check_area()
        return self.cleaned_data

    def _check_area(self) -> None:
        """A council must be one of those in force; a postcode must lie in one, or one must be picked beside it."""
        authority = self.cleaned_data["authority"]
        if authority and GSS_CODE.fullmatch(authority) and authority not in self.areas:
            self.add_error("authority", forms.ValidationError(NOT_IN_THE_LIST))
        postcode = (self.cleaned_data["postcode"] or "").strip()
        if authority or not postcode or in_northern_ireland(postcode):
            return
        if self.gazetteer.of_postcode(postcode) is None:
            self.add_error("authority", forms.ValidationError(UNKNOWN_POSTCODE))
