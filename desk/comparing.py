"""Two persons side by side, in words: what agrees, what nearly does, what differs, what is not known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.matching.candidates import described_by
from people.matching.evidence import Evidence, Field, How, Verdict
from people.matching.scoring import FACTS, compare
from people.models import Person, SearchRow
from referrals.extracts import text_of

Words = str | Promise

FIELDS: dict[Field, Words] = {
    Field.GIVEN_NAMES: gettext_lazy("Given names"),
    Field.FAMILY_NAME: gettext_lazy("Family name"),
    Field.BIRTH: gettext_lazy("Date of birth or age"),
    Field.POSTCODE: gettext_lazy("Postcode"),
    Field.ADDRESS: gettext_lazy("Address"),
    Field.PHONE: gettext_lazy("Telephone"),
    Field.EMAIL: gettext_lazy("E-mail address"),
    Field.SCHOOL: gettext_lazy("Place of study or work"),
}
# The answers of a referral in which they stand.
_ANSWERED: dict[Field, str] = {
    Field.ADDRESS: "address",
    Field.PHONE: "person_phone",
    Field.EMAIL: "person_email",
    Field.SCHOOL: "study_or_work",
}
VERDICTS: dict[Verdict, tuple[Words, str]] = {
    Verdict.AGREES: (gettext_lazy("Agrees"), "govuk-tag--green"),
    Verdict.CLOSE: (gettext_lazy("Nearly agrees"), "govuk-tag--turquoise"),
    Verdict.DIFFERS: (gettext_lazy("Differs"), "govuk-tag--orange"),
    Verdict.UNKNOWN: (gettext_lazy("Not known"), "govuk-tag--grey"),
}
HOW: dict[How, Words] = {
    How.SAME: gettext_lazy("The same."),
    How.VARIANT: gettext_lazy("Another spelling or form of the same name."),
    How.TYPO: gettext_lazy("Different by what may be a slip of the hand or the ear."),
    How.SOUND: gettext_lazy("Written differently, sounds alike."),
    How.PART: gettext_lazy("One has more names than the other."),
    How.SHORT: gettext_lazy("One is the beginning of the other."),
    How.INITIAL: gettext_lazy("Of one only the first letter is given."),
    How.SWAPPED: gettext_lazy("Day and month are exchanged."),
    How.DIGIT: gettext_lazy("One digit differs, or two have changed places."),
    How.TWO_PARTS: gettext_lazy("Two of day, month and year are the same."),
    How.AGE: gettext_lazy("Fits the age that was given."),
    How.DISTRICT: gettext_lazy("The first half is the same."),
    How.WORDS: gettext_lazy("Some of its words are the same, or sound alike."),
    How.YEAR: gettext_lazy("Only the year is the same."),
    How.ALIAS: gettext_lazy("Among the other names of one of them."),
    How.ALIKE: gettext_lazy("Looks alike, but is known as another name."),
    How.OTHER: gettext_lazy("Different."),
    How.NOT_KNOWN: gettext_lazy("Not given of both."),
}
_ORDER = (Verdict.AGREES, Verdict.CLOSE, Verdict.DIFFERS, Verdict.UNKNOWN)


@dataclass(frozen=True)
class Line:
    """One thing that is compared: what is written of each, what it comes to, and why."""

    label: Words
    mine: str
    other: str
    verdict: Words
    tag: str
    why: Words


@dataclass(frozen=True)
class Summary:
    """Everything that came to one verdict: "Agrees: family name, postcode"."""

    verdict: Words
    labels: list[str]


@dataclass(frozen=True)
class Comparison:
    """The lines, and what they come to in one sentence each."""

    lines: list[Line]
    summary: list[Summary]


@dataclass(frozen=True)
class Side:
    """One of the two: the person, and the answers of their referral, where they are the reader's to read."""

    person: Person
    answers: Mapping[str, Any] | None = None

    def written(self, field: Field) -> str:
        """What is written of them for one field; empty where nothing is.

        Of address, telephone, e-mail and school nothing readable is kept with a person: the referral has the words.
        """
        if field not in FACTS:
            return written(self.person, field)
        if self.answers is None:
            return _("Compared, and not shown to you")
        return text_of(self.answers, _ANSWERED[field])


def side_by_side(mine: Side, other: Side) -> Comparison:
    """Compare two persons as they are known now. One query."""
    rows = {row.person_id: row for row in SearchRow.objects.filter(person__in=(mine.person, other.person))}
    one, two = (described_by(rows[side.person.pk]) for side in (mine, other))
    evidence = compare(one, two).evidence
    lines = [
        Line(FIELDS[each.field], *_both(each, mine, other), *VERDICTS[each.verdict], HOW[each.how]) for each in evidence
    ]
    return Comparison([*lines, _other_names(mine.person, other.person)], _summary(evidence))


def _both(evidence: Evidence, mine: Side, other: Side) -> tuple[str, str]:
    """What is written of both; of what is hashed and not known of both, nothing that would tell of whom it is."""
    if evidence.field in FACTS and evidence.how == How.NOT_KNOWN and None in (mine.answers, other.answers):
        return "", ""
    return mine.written(evidence.field), other.written(evidence.field)


def _other_names(mine: Person, other: Person) -> Line:
    """Shown, and taken into account with the names above: no verdict of its own."""
    said = _("Taken into account with the names above.") if mine.other_names or other.other_names else ""
    return Line(_("Other names"), mine.other_names, other.other_names, "", "", said)


def _summary(evidence: Sequence[Evidence]) -> list[Summary]:
    grouped = {
        verdict: [str(FIELDS[each.field]).lower() for each in evidence if each.verdict == verdict] for verdict in _ORDER
    }
    return [Summary(VERDICTS[verdict][0], labels) for verdict, labels in grouped.items() if labels]


def written(person: Person, field: Field) -> str:
    """What a person's own row says for one field; empty where nothing is."""
    match field:
        case Field.GIVEN_NAMES:
            return person.given_names
        case Field.FAMILY_NAME:
            return person.family_name
        case Field.POSTCODE:
            return person.postcode
        case Field.BIRTH if person.date_of_birth:
            born = date_format(person.date_of_birth, "j F Y")
            return _("{date} (aged {age})").format(date=born, age=person.age)
        case Field.BIRTH if person.approximate_age:
            return _("about {age}").format(age=person.approximate_age)
    return ""
