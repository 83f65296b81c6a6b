"""References and contact codes: short enough to speak, made by chance, and safe to mistype."""

import hashlib
import hmac
import secrets

from django.conf import settings
from django.utils.translation import gettext_lazy as _

# Nothing that looks or sounds like another: no 0 and O, no 1, I and L, no U beside V.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

# 31 is prime and 3 generates its residues: every place has a weight of its own, and any one wrong character
# and any two exchanged give another sum. (ISO 7064's hybrid MOD 31,30 lets some neighbours change places.)
_MODULUS = 31
_WEIGHTS = tuple(pow(3, 7 - place, _MODULUS) for place in range(7))


class NotAReference(ValueError):
    """What was typed is no reference; the message says what one looks like."""

    def __init__(self) -> None:
        super().__init__(
            _("Check the reference: it has 8 letters and numbers, like 7K4M-Q2XP, and none of 0 1 I L O U")
        )


def new_reference() -> str:
    """A new reference, as shown: `XXXX-XXXX`, the last being the check character. 2 x 10^10 are possible."""
    while True:
        body = "".join(secrets.choice(ALPHABET) for _place in _WEIGHTS)
        check = _check_character(body)
        if check:
            return f"{body[:4]}-{body[4:]}{check}"


def normalise_reference(text: str) -> str:
    """The reference somebody typed or spoke, as shown: spaces, dashes and lower case do not matter.

    Raises:
        NotAReference: it has a wrong length or character, or the check character disagrees.
    """
    joined = _joined(text)
    if len(joined) != 8 or not set(joined) <= set(ALPHABET) or _check_character(joined[:7]) != joined[7]:
        raise NotAReference
    return f"{joined[:4]}-{joined[4:]}"


def new_contact_code() -> str:
    """A new code for later contact, as shown once: three groups of four, 58 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _place in range(4)) for _group in range(3))


def hash_contact_code(code: str) -> str:
    """What is kept of a contact code: HMAC-SHA256 under CONTACT_CODE_KEY, in hexadecimal."""
    key = settings.CONTACT_CODE_KEY.encode()
    return hmac.new(key, _joined(code).encode(), hashlib.sha256).hexdigest()


def contact_code_matches(code: str, kept: str) -> bool:
    """Whether a typed code is the one whose hash was kept, in the same time for every wrong one."""
    return hmac.compare_digest(hash_contact_code(code), kept)


def _check_character(body: str) -> str | None:
    total = sum(weight * ALPHABET.index(character) for weight, character in zip(_WEIGHTS, body, strict=True))
    check = -total % _MODULUS
    return ALPHABET[check] if check < len(ALPHABET) else None  # the one remainder without a character is drawn again


def _joined(text: str) -> str:
    return "".join(character for character in text.upper() if character.isalnum())
