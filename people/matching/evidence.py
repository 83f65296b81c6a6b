"""What two persons' details say to each other, field by field. Pure; each of it can be said in a sentence."""

from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """What is compared."""

    GIVEN_NAMES = "given_names"
    FAMILY_NAME = "family_name"
    BIRTH = "birth"
    POSTCODE = "postcode"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    SCHOOL = "school"


class Verdict(StrEnum):
    """How a field of the two compares."""

    AGREES = "agrees"
    CLOSE = "close"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


class How(StrEnum):
    """Why, in a machine's word; pages have the sentence for it."""

    SAME = "same"
    VARIANT = "variant"  # another spelling or form of one name
    TYPO = "typo"  # a slip of the hand or the ear
    SOUND = "sound"  # written as it sounds
    PART = "part"  # one has more names than the other
    SHORT = "short"  # the first letters of the other
    INITIAL = "initial"
    SWAPPED = "swapped"  # day and month
    DIGIT = "digit"  # one digit, or two that changed places
    TWO_PARTS = "two_parts"  # two of day, month and year
    AGE = "age"  # the age that was told
    DISTRICT = "district"  # the first half of the postcode
    WORDS = "words"  # some of the words: a street without its number, a school's name in part, a name before an @
    YEAR = "year"  # nothing but the year
    ALIAS = "alias"  # among the other names of one of them
    ALIKE = "alike"  # looks alike, but is known as another name
    OTHER = "other"
    NOT_KNOWN = "not_known"


VERDICTS = {
    How.SAME: Verdict.AGREES,
    How.VARIANT: Verdict.CLOSE,
    How.TYPO: Verdict.CLOSE,
    How.SOUND: Verdict.CLOSE,
    How.PART: Verdict.CLOSE,
    How.SHORT: Verdict.CLOSE,
    How.INITIAL: Verdict.CLOSE,
    How.SWAPPED: Verdict.CLOSE,
    How.DIGIT: Verdict.CLOSE,
    How.TWO_PARTS: Verdict.CLOSE,
    How.AGE: Verdict.CLOSE,
    How.DISTRICT: Verdict.CLOSE,
    How.WORDS: Verdict.CLOSE,
    How.ALIAS: Verdict.CLOSE,
    How.YEAR: Verdict.DIFFERS,
    How.ALIKE: Verdict.DIFFERS,
    How.OTHER: Verdict.DIFFERS,
    How.NOT_KNOWN: Verdict.UNKNOWN,
}


class Band(StrEnum):
    """What an officer is told. Never a percentage."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    NONE = "none"


@dataclass(frozen=True, order=True)
class Evidence:
    """One field of two persons compared. `rare`: the name is none of the common ones in the table of variants."""

    field: Field
    how: How
    rare: bool = False

    @property
    def verdict(self) -> Verdict:
        """Agrees, close, differs or unknown."""
        return VERDICTS[self.how]
