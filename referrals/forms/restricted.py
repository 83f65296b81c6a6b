"""What officers of a restricted desk fill in."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import User


class _WithReason(forms.Form):
    """One box for a reason, no longer than a page."""

    reason = forms.CharField(
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Say why"), "max_length": _("Shorten the reason to 5,000 characters")},
    )


class ReleaseForm(_WithReason):
    """Why a referral does not concern a colleague."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as a Form takes them
        self.fields["reason"].label = _(
            "Why does it not concern a colleague, their relative or somebody they work with?"
        )


class FinishTaskForm(_WithReason):
    """What came of a task."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as a Form takes them
        self.fields["reason"].label = _("What did you decide, and why?")


class ExcludeForm(_WithReason):
    """A colleague who must not know of the referral, and why."""

    user = forms.ChoiceField(
        label=_("Who must not know of this referral?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pick a colleague"), "invalid_choice": _("Pick a colleague from the list")},
    )
    field_order = ["user", "reason"]

    def __init__(self, *args: object, colleagues: list[User], me: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as a Form takes them
        self.names = {user.pk: user.name for user in colleagues}
        self.fields["reason"].label = _("Why?")
        self.fields["user"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (str(user.pk), _("{name} (me)").format(name=user.name) if user == me else user.name) for user in colleagues
        ]

    def name_of(self, pk: UUID) -> str:
        """The name of one of the colleagues."""
        return self.names[pk]
