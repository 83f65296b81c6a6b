"""What makes a password good enough: beside Django's rules, it is not made of the words of this house."""

import re

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from audit.refusals import NotNow

# What anybody who guesses at this house tries first. docs/sign-in.md lists them.
WORDS = ("authority", "casework", "channel", "council", "counter", "officer", "passphrase", "password", "police",
         "prevent", "referral", "safeguarding", "terrorism", "welcome")  # fmt: skip
_FEWEST_LEFT = 6
_GUESSED = re.compile("|".join(WORDS))
_OBVIOUS = _("Choose a password that is made of more than the words of this service, dates and signs.")


class NotOurWords:
    """Refuses what has almost no other letters once our own words are taken out: `Prevent-Casework-2026!`."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for such a password."""
        written = password.casefold()
        left = sum(letter.isalpha() for letter in _GUESSED.sub("", written))
        if _GUESSED.search(written) and left < _FEWEST_LEFT:
            raise ValidationError(_OBVIOUS, code="password_of_our_words")

    def get_help_text(self) -> str:
        """The rule in words."""
        return str(_OBVIOUS)


def check_strength(password: str, user: User) -> None:
    """Raise NotNow, saying all that is the matter, for a password that is too weak for `user`."""
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise NotNow(" ".join(weak.messages)) from None
