"""Who answers for a referral's organisation: its referrer, or the last who succeeded them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies.models import RESTRICTED_KINDS, User
from agencies.permissions import Permission
from agencies.restricted import works_at_restricted_desk
from people.keeping import NOBODY
from referrals.models import Referral, Succession
from referrals.selectors import dispatches_of

_ADDRESS = re.compile(r"[^\s<>()\[\],;:]+@[^\s<>()\[\],;:]+\.[^\s<>()\[\],;:.]+")
_NUMBER = re.compile(r"\+?\d[\d ()-]{8,}\d")


def standing(referral_id: UUID | None) -> Succession | None:
    """The succession that stands; None where the referrer answers themselves. One query, also where there is none."""
    found: QuerySet[Succession] = Succession.objects.filter(referral=referral_id or NOBODY, struck_at=None)
    return found.select_related("referral").order_by("-recorded_at", "-id").first()


def code_kept(referral: Referral | None) -> str:
    """What is kept of the code that opens the page now: "" where none does. One query, whatever there is."""
    stands = standing(referral.pk if referral else None)
    if stands is not None:
        return stands.contact_code_hash
    return referral.contact_code_hash if referral else ""


def successions_settled_by(reader: User) -> QuerySet[Succession]:
    """Those about referrals whose referrer the reader may ask, whichever agency has recorded them."""
    working = dispatches_of(reader, needed=Permission.REFERRER_ASK).values("referral_id")
    found: QuerySet[Succession] = Succession.objects.filter(referral__in=working)
    return found.select_related("referral__person", "agency", "recorded_by", "invited_by", "struck_by")


@dataclass(frozen=True)
class Chain:
    """All who succeeded, the oldest first, as one reader may see them; `named` where they see who made the referral.

    `told` are the ids of those about which it is said who recorded them: of a restricted desk only to those desks.
    """

    referral: Referral
    rows: list[Succession]
    named: bool
    told: frozenset[UUID]

    @property
    def stands(self) -> Succession | None:
        """The one that stands."""
        return next((row for row in reversed(self.rows) if not row.is_struck), None)

    def at(self, moment: datetime) -> Succession | None:
        """The one that stood at a moment: what comes on the page is of that person, since it was theirs alone."""
        return next((row for row in reversed(self.rows) if row.stood_at(moment)), None)

    def who_at(self, moment: datetime | None) -> str:
        """Who spoke at a moment, in words; "" where nobody was ever succeeded, or nothing was said."""
        if not self.rows or moment is None:
            return ""
        row = self.at(moment)
        if not self.named:
            return _("the referrer") if row is None else _("who succeeded the referrer")
        words = _("{name}, the referrer") if row is None else _("{name}, who succeeded the referrer")
        return words.format(name=(self.referral.referrer if row is None else row).name)


def chain_of(reader: User, referral: Referral, *, named: bool) -> Chain:
    """Who succeeded the referrer of a referral that the reader reads. One query."""
    found = referral.successions.select_related("agency", "recorded_by", "invited_by", "struck_by")
    rows = list(found.order_by("recorded_at", "id"))
    for row in rows:
        row.referral = referral
    at_desk = works_at_restricted_desk(reader)
    told = frozenset(row.pk for row in rows if at_desk or row.agency.kind not in RESTRICTED_KINDS)
    return Chain(referral, rows, named, told)


def lead_named(answers: Mapping[str, Any]) -> dict[str, str]:
    """Name, e-mail address and telephone number of the organisation's lead, as far as the form's answer holds them.

    One line of up to 300 characters, as somebody typed it: a suggestion, for an officer to check. Pure.
    """
    rest = str(answers.get("prevent_lead") or "")
    found: dict[str, str] = {}
    for field, pattern in (("email", _ADDRESS), ("phone", _NUMBER)):
        match = pattern.search(rest)
        if match is not None:
            found[field] = match.group()
            rest = rest.replace(match.group(), " ")
    name = " ".join(re.sub(r"[<>()\[\],;:]+", " ", rest).split())
    return {"name": name, **found} if name else found
