"""Local targets as somebody sets them."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import looking
from agencies.targets import FEWEST_MINUTES, MOST_DAYS, MOST_MINUTES, Targets


def days(label: Any, hint: Any) -> forms.IntegerField:
    """A number of working days."""
    words = format_lazy(
        _("{label}: enter a whole number of working days from 1 to {most}"), label=label, most=MOST_DAYS
    )
    messages = {"required": words, "invalid": words, "min_value": words, "max_value": words}
    return looking(
        forms.IntegerField(label=label, help_text=hint, min_value=1, max_value=MOST_DAYS, error_messages=messages),
        width=2,
        suffix=_("working days"),
    )


def minutes(label: Any, hint: Any) -> forms.IntegerField:
    """A number of clock minutes."""
    words = format_lazy(
        _("{label}: enter a whole number of minutes from {fewest} to {most}"),
        label=label,
        fewest=FEWEST_MINUTES,
        most=MOST_MINUTES,
    )
    messages = {"required": words, "invalid": words, "min_value": words, "max_value": words}
    return looking(
        forms.IntegerField(
            label=label, help_text=hint, min_value=FEWEST_MINUTES, max_value=MOST_MINUTES, error_messages=messages
        ),
        width=4,
        suffix=_("minutes"),
    )


class TargetForm(forms.Form):
    """The nine numbers."""

    acknowledge_days = days(_("Take receipt within"), _("Counted from the day after it was sent; due at 17:00."))
    supervisor_days = days(_("Tell the supervisors after another"), _("Counted from the day on which receipt was due."))
    desk_days = days(_("Tell the national desk after another"), _("Counted from the day the supervisors were told."))
    immediate_minutes = minutes(
        _("In immediate danger, take receipt within"),
        _("Clock minutes, at any hour. The duty contact is alerted all along, whatever stands here."),
    )
    assign_days = days(
        _("Make somebody responsible within"), _("Counted from the day after receipt was taken; due at 17:00.")
    )
    finish_days = days(
        _("Finish a task within"),
        _("For a task for which nobody chose a date, counted from the day after it was given."),
    )
    decide_matches_days = days(
        _("Decide a likely match within"), _("Counted from the day after it was found that two may be one person.")
    )
    answer_requests_days = days(
        _("Answer a request for information within"), _("Counted from the day after another agency asked.")
    )

    deconflict_days = days(
        _("Answer a deconfliction within"), _("Counted from the day after it was opened. For police agencies.")
    )
    review_days = days(
        _("Review a police-led partnership every"),
        _("Counted from the day after it opened, or was reviewed last. For police agencies."),
    )

    @property
    def targets(self) -> Targets:
        """What was entered."""
        given: dict[str, Any] = self.cleaned_data
        return Targets(**given)
