"""Police and council of a referral move by themselves: whether they belong together once one has."""

from django.utils.translation import gettext as _

from agencies.geography import Gazetteer
from agencies.models import Agency
from referrals.models import Dispatch
from referrals.models.dispatch import STANDING
from referrals.states import OfferState


def other_side(moved: Dispatch) -> Dispatch | None:
    """The half that the other side has: none at a restricted desk, and none that is on offer already. Two queries."""
    standing = Dispatch.objects.filter(STANDING, referral=moved.referral_id).exclude(pk=moved.pk)
    for each in standing.exclude(offers__state=OfferState.OFFERED).select_related("agency").order_by("pk"):
        if each.agency.is_police != moved.agency.is_police and not each.agency.is_restricted:
            return each
    return None


def asks_to_follow(moved: Agency, other: Agency, places: Gazetteer) -> str:
    """What the other side is asked to do; empty where the areas of both belong together, or nobody can tell."""
    council, police = (other, moved) if moved.is_police else (moved, other)
    area = places.responsible_for(council.code)
    if area is None or area.police_code == police.code:
        return ""
    if moved.is_police:
        words = _(
            "{moved} has this referral now, and your area is not theirs. Does it belong to another council too? "
            "Offer it there, or say here why it stays with you."
        )
        return words.format(moved=moved.name)
    region = Agency.objects.filter(code=area.police_code).first()
    words = _(
        "{moved} has this referral now, which is in the area of {region}. Offer it to them, or say here why it stays "
        "with you."
    )
    return words.format(moved=moved.name, region=region.name if region else area.police_code)
