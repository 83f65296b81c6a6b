"""What somebody typed into the one box: references, dates of birth, postcodes; whatever is left is names. Pure."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from agencies.forms.fields import month_number
from people.matching.normalising import outward_of, words_of
from referrals.reference import NotAReference, normalise_reference

EARLIEST = 1900
# Between what was taken out, so that its neighbours do not become one.
_GAP = " ; "
# Letters, marks, digits, punctuation and spaces; of symbols those alone that stand for apostrophes.
_KEPT = frozenset("LMNPZ")

_YEAR_FIRST = re.compile(r"(?<!\w)(?P<year>\d{4})\s?[-/.]\s?(?P<month>\d{1,2})\s?[-/.]\s?(?P<day>\d{1,2})(?!\w)")
_DAY_FIRST = re.compile(
    r"(?<!\w)(?P<day>\d{1,2})(?:\s?[-/.]\s?|\s)(?P<month>\d{1,2})(?:\s?[-/.]\s?|\s)(?P<year>\d{4}|\d{2})(?!\w)"
)
_TOGETHER = re.compile(r"(?<!\w)(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4})(?!\w)")
_MONTH = r"(?P<month>[^\W\d_]{3,9})"
_IN_WORDS = re.compile(
    rf"(?<!\w)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s.\-/]*(?:of\s)?\s*{_MONTH}[\s.,\-/]*(?P<year>\d{{4}}|\d{{2}})(?!\w)",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?<!\w){_MONTH}[\s.\-/]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s.,\-/]+(?P<year>\d{{4}})(?!\w)", re.IGNORECASE
)
_DATES = (_YEAR_FIRST, _DAY_FIRST, _TOGETHER, _IN_WORDS, _MONTH_FIRST)
_REFERENCE = re.compile(r"(?<!\w)([0-9a-z]{4})([\s\-‐-―]?)([0-9a-z]{4})(?!\w)", re.IGNORECASE)
_POSTCODE = re.compile(r"(?<!\w)([a-z]{1,2}\d[a-z\d]?)\s?(\d[a-z]{2})(?!\w)", re.IGNORECASE)
_DISTRICT = re.compile(r"(?<!\w)[a-z]{1,2}\d[a-z\d]?(?!\w)", re.IGNORECASE)
_WITH_A_DIGIT = re.compile(r"(?<!\w)\w*\d[\w/.\-]*")


@dataclass(frozen=True)
class Typed:
    """What is looked for. `unread` is what has digits and is none of it, as it was typed."""

    references: tuple[str, ...] = ()
    dates: tuple[date, ...] = ()
    postcodes: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[str, ...]:
        """Each thing looked for in one spelling, with its kind before it: of these the ledger keeps an HMAC."""
        return (
            *(f"reference:{each}" for each in self.references),
            *(f"birth:{each}" for each in self.dates),
            *(f"postcode:{each}" for each in (*self.postcodes, *self.districts)),
            *(f"name:{each}" for each in self.names),
        )

    @property
    def can_be_found(self) -> bool:
        """Whether there is something to find anybody by: a single letter of a name is nothing."""
        rest = self.references or self.dates or self.postcodes or self.districts
        return bool(rest) or any(len(name) > 1 for name in self.names)


class _Text:
    """What is left of what was typed while things are taken out of it."""

    def __init__(self, typed: str) -> None:
        self.left = _plain(typed)
        self.unread: list[str] = []

    def take(self, pattern: re.Pattern[str], read: Callable[[re.Match[str]], str | date | None]) -> list[str | date]:
        """What `read` makes of the places where the pattern fits; where it is None the place is left as it is."""
        found, at = list[str | date](), 0
        while match := pattern.search(self.left, at):
            value = read(match)
            at = match.start() + 1
            if value is not None:
                found.append(value)
                self.left = self.left[: match.start()] + _GAP + self.left[match.end() :]
        return found


def parse(typed: str, *, today: date) -> Typed:
    """What was typed, in any order. A year of two digits is the last one that has been."""
    text = _Text(typed)
    postcodes = text.take(_POSTCODE, lambda match: (match[1] + match[2]).upper())
    dates = [each for pattern in _DATES for each in text.take(pattern, lambda match: _date_of(match, today))]
    references = text.take(_REFERENCE, _reference_of)
    unread = text.take(_REFERENCE, lambda match: match[0] if _has_digit(match) and not match[2].isspace() else None)
    districts = text.take(_DISTRICT, lambda match: match[0].upper())
    unread += text.take(_WITH_A_DIGIT, lambda match: match[0])
    return Typed(
        references=_each(references + _spoken_as_names(text.left)),
        dates=tuple(dict.fromkeys(each for each in dates if isinstance(each, date))),
        postcodes=_each(postcodes),
        districts=_each(districts),
        names=_each(words_of(text.left)),
        unread=_each([*(each for each in dates if isinstance(each, str)), *unread]),
    )


def fits_postcode(stored: str, typed: str) -> bool:
    """Whether a postcode lies in the district, or is the postcode, that was typed."""
    return typed in (stored, outward_of(stored))


def _plain(typed: str) -> str:
    """Digits of any script as 0 to 9, no emoji, nothing that is not to be seen."""
    whole = unicodedata.normalize("NFKC", typed)
    return "".join(_sign(sign) for sign in whole)


def _sign(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    if kind == "Cf":
        return ""  # what turns the direction of writing, or joins letters
    return sign if kind[0] in _KEPT or sign in "`´" else " "


def _date_of(match: re.Match[str], today: date) -> date | str | None:
    """The day; as it was typed where the calendar has no such day, or nobody can have been born on it."""
    month = month_number(match["month"])
    if not match["month"].isdecimal() and not month:
        return None
    year = int(match["year"])
    if len(match["year"]) == 2:
        year += 2000 if 2000 + year <= today.year else 1900
    try:
        found = date(year, month, int(match["day"]))
    except ValueError:
        return _unless_eight_signs(match)
    return found if found.year >= EARLIEST and found <= today else _unless_eight_signs(match)


def _unless_eight_signs(match: re.Match[str]) -> str | None:
    """Eight digits together may be a reference."""
    return None if match.re is _TOGETHER else match[0]


def _reference_of(match: re.Match[str]) -> str | None:
    """A reference; only what has a digit, for eight letters are a name first (`_spoken_as_names`)."""
    return _reference(match) if _has_digit(match) else None


def _has_digit(match: re.Match[str]) -> bool:
    return any(sign.isdecimal() for sign in match[0])


def _spoken_as_names(left: str) -> list[str | date]:
    """Eight letters that are a reference too: both are looked for."""
    joined = (match for match in _REFERENCE.finditer(left) if not match[2].isspace())
    return [found for match in joined if (found := _reference(match))]


def _reference(match: re.Match[str]) -> str | None:
    try:
        return normalise_reference(match[1] + match[3])
    except NotAReference:
        return None


def _each(found: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(each) for each in found))  # type: ignore[attr-defined]
