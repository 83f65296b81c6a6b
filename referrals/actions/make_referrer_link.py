"""A one-time link to the referrer's page is made, to be sent to the referrer."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from agencies.languages import opening_in
from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from referrals.dialogue import LINK_KEPT
from referrals.holding import keyed_hash, new_secret
from referrals.models import Referral, ReferrerLink
from referrals.succeeding import standing


@action
def make_referrer_link(*, referral: Referral, by: Actor, now: datetime) -> str:
    """Make a link that works once within four weeks, and return its address, in the referrer's language.

    Only its hash is kept. Raises Forbidden when `by` may not make one: no officer may, for it opens the page.
    """
    require(by, Permission.REFERRER_LINK)
    token = new_secret()
    ReferrerLink(
        referral=referral,
        succession=standing(referral.pk),
        link=keyed_hash(token, of="referrer"),
        made_at=now,
        made_by=by.pk,
        expires_at=now + LINK_KEPT,
    ).save(force_insert=True)
    return opening_in(settings.PUBLIC_BASE_URL + reverse("dialogue:use-link", args=[token]), referral.language)
