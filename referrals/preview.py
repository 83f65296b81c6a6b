"""What another agency is shown of a referral that it is offered, before it accepts: no name, and nobody's words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.clearance import is_cleared
from people.models import AdultOrChild, Person
from referrals.models import Offer

Words = str | Promise
ADULT_AT, YOUNG_PERSON_AT = 18, 13


@dataclass(frozen=True)
class Preview:
    """An open offer. `age` is a band, `cleared` whether anybody may be contacted: the state and nothing else."""

    offer: Offer
    reference: str
    age: Words
    immediate: bool
    cleared: bool


def preview_of(offer: Offer) -> Preview:
    """What is shown of it. One query; referral and person are at hand."""
    referral = offer.dispatch.referral
    return Preview(
        offer,
        referral.reference,
        age=age_band(referral.person),
        immediate=offer.dispatch.immediate,
        cleared=is_cleared(referral.person_id),
    )


def age_band(person: Person) -> Words:
    """About how old somebody is, by the date of birth, else by what the referrer believes."""
    age = person.age
    if age is None:
        known = {AdultOrChild.ADULT.value: _("18 or older"), AdultOrChild.CHILD.value: _("Under 18")}
        return known.get(person.adult_or_child, _("Not known"))
    if age >= ADULT_AT:
        return _("18 or older")
    return _("13 to 17") if age >= YOUNG_PERSON_AT else _("Under 13")
