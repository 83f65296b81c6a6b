"""The form on one page of the national form."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.geography import Gazetteer, authorities
from agencies.postcodes import in_northern_ireland
from referrals.form import errors_on, suggested
from referrals.forms.fields import field_for
from referrals.questions.shapes import Answers, Kind, Page, Text, say


class PageForm(forms.Form):
    """The questions of one page that are asked, given the answers so far. Judged by the definition alone."""

    def __init__(self, page: Page, answers: Answers, data: Any = None) -> None:
        self.page, self.answers = page, answers
        super().__init__(data, initial=suggested(answers) | dict(answers))
        heading = len(page.questions) == 1 and str(page.questions[0].label) == str(page.title)
        for question in page.questions:
            if question.is_asked(answers):
                areas = _areas() if question.kind is Kind.AUTHORITY else ()
                self.fields[question.name] = field_for(question, answers, heading=heading, areas=areas)

    @property
    def has_heading(self) -> bool:
        """Whether its one question is the page's heading."""
        return any(getattr(field, "look").heading for field in self.fields.values())  # noqa: B009  # Look is set by `looking`

    def groups(self) -> list[dict[str, Any]]:
        """The page's groups with those of their fields that are asked, for the template."""
        return [
            {
                "heading": say(group.heading, self.answers),
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
            self.add_error(name, forms.ValidationError(message))
        if not self.errors and "authority" in self.fields and self._needs_an_area():
            self.add_error("authority", forms.ValidationError(UNKNOWN_POSTCODE))
        return self.cleaned_data

    def _needs_an_area(self) -> bool:
        """Whether a postcode was given that lies in no council we know (withdrawn, or an island's) and none was picked."""
        postcode = self.cleaned_data.get("postcode") or ""
        if not postcode.strip() or self.cleaned_data.get("authority") or in_northern_ireland(postcode):
            return False
        return Gazetteer.at(timezone.localdate()).of_postcode(postcode) is None


UNKNOWN_POSTCODE = _(
    "We do not know which council this postcode is in. Choose the council area from the list, or say you do not know"
)


def _areas() -> list[tuple[str, Text]]:
    return list(authorities(on=timezone.localdate()))
