"""Where the referrer, or who succeeds them, can be reached: at an address from which a link was once used."""

from django.db.models import QuerySet

from agencies.models import User
from referrals.models import Referral, Referrer, ReferrerLink, Succession
from referrals.succeeding import standing


def address_now(referral: Referral) -> str:
    """The e-mail address of who answers now; "" where they gave none. Two queries."""
    referrer, stands = Referrer.objects.get(referral=referral), standing(referral.pk)
    referrer.referral = referral
    return referrer.email if stands is None else stands.email


def is_referrer(user: User, referral: Referral) -> bool:
    """Whether the referral came from the address of this account, or whoever has it answers now. Two queries."""
    referrer, stands = Referrer.objects.get(referral=referral), standing(referral.pk)
    referrer.referral = referral
    addresses = {referrer.email, stands.email if stands else ""} - {""}
    return user.email.casefold() in {each.casefold() for each in addresses}


def verified_address(referral: Referral) -> str:
    """The same, or "" where no link was used yet that was sent there. Four queries."""
    address = address_now(referral)
    return address if is_verified(referral) else ""


def is_verified(referral: Referral) -> bool:
    """Whether who answers now opened the page by a link, with the code that only they were told. Two queries."""
    return used_links(referral, standing(referral.pk)).exists()


def used_links(referral: Referral, stands: Succession | None) -> QuerySet[ReferrerLink]:
    """The links that who answers now has used: of a successor those since they were invited last."""
    used: QuerySet[ReferrerLink] = referral.referrer_links.filter(used_at__isnull=False, succession=stands)
    return used if stands is None else used.filter(made_at__gte=stands.invited_at or stands.recorded_at)
