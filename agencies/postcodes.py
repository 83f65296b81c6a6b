"""Postcodes as people type them, and the district each lies in."""

import re
import unicodedata
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from agencies.postcode_file import PostcodesUnavailable, opened

__all__ = ["NotAPostcode", "PostcodesUnavailable", "district_of", "in_northern_ireland", "normalise"]

# The letters C I K M O V never occur in the inward part. NPT and GIR are of an older shape.
_POSTCODE = re.compile(r"(?:[A-Z]{1,2}[0-9][0-9A-Z]?|NPT|GIR)[0-9][ABD-HJLNP-UW-Z]{2}")
_TO_DIGIT = str.maketrans("OIL", "011")
_TO_LETTER = str.maketrans("01", "OI")

# What each place must hold by the length of the outward part, where that leaves no doubt: L letter, D digit.
_OUTWARD = {2: "LD", 3: "L??", 4: "LLD?"}
_INWARD = "DLL"


class NotAPostcode(ValueError):
    """What was typed is no full postcode; the message says what one looks like and repeats nothing typed."""

    def __init__(self) -> None:
        super().__init__(_("Enter a full UK postcode, like LS1 3AB"))


def normalise(postcode: str) -> str:
    """The postcode in capitals with one space, O and 0, I and 1 put right where only one of them fits.

    Raises:
        NotAPostcode: it is none.
    """
    typed = unicodedata.normalize("NFKC", postcode).upper()
    joined = "".join(character for character in typed if character.isascii() and character.isalnum())
    outward, inward = joined[:-3], joined[-3:]
    if len(outward) in _OUTWARD and outward not in {"NPT", "GIR"}:
        outward = _fitted(outward, _OUTWARD[len(outward)])
    joined = outward + _fitted(inward, _INWARD)
    if not _POSTCODE.fullmatch(joined):
        raise NotAPostcode
    return f"{joined[:-3]} {joined[-3:]}"


def district_of(postcode: str) -> str | None:
    """The GSS code of the district or unitary council a postcode lies in, or None.

    None for postcodes without a district (some that were withdrawn), of Northern Ireland, the Channel
    Islands and Man, and for those that do not exist.

    Raises:
        NotAPostcode: it is none.
        PostcodesUnavailable: the packed file is missing or damaged; the message names the command to run.
    """
    return opened(postcodes_file()).district_of(normalise(postcode))


def in_northern_ireland(postcode: str) -> bool:
    """Whether a postcode lies in Northern Ireland; False for what is no postcode."""
    try:
        return normalise(postcode).startswith("BT")
    except NotAPostcode:
        return False


def postcodes_file() -> Path:
    """Where the packed postcodes lie."""
    return Path(settings.POSTCODES_FILE)


def _fitted(part: str, shape: str) -> str:
    tables = {"D": _TO_DIGIT, "L": _TO_LETTER, "?": {}}
    return (
        "".join(character.translate(tables[place]) for character, place in zip(part, shape, strict=False))
        + part[len(shape) :]
    )
