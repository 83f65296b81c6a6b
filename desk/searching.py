"""What a search found, as its page shows it: who, of which referral, where it is, and what made it fit."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.models import RESTRICTED_KINDS, Agency, User
from agencies.permissions import Permission, agencies_where
from agencies.restricted import works_at_restricted_desk
from people.matching.evidence import How
from people.models import Person
from referrals.cleared import mark_cleared
from referrals.models import Dispatch, Referral
from referrals.models.dispatch import STANDING
from referrals.repeats import mark_repeats
from referrals.searching.finding import Found
from referrals.searching.fitting import Fit
from referrals.selectors import readable_referrals

Words = str | Promise

NAMES: dict[How, Words] = {
    How.VARIANT: _("Spelt differently"),
    How.TYPO: _("Spelt differently"),
    How.SOUND: _("Spelt differently"),
    How.SHORT: _("Part of the name"),
    How.INITIAL: _("An initial fits"),
    How.ALIAS: _("Another name of theirs"),
}
BIRTHS: dict[How, Words] = {
    How.SAME: _("Same date of birth"),
    How.SWAPPED: _("Day and month of birth exchanged"),
    How.DIGIT: _("Date of birth differs by a digit"),
    How.TWO_PARTS: _("Two parts of the date of birth are the same"),
    How.AGE: _("The age fits"),
    How.NOT_KNOWN: _("Date of birth not known"),
}
POSTCODES: dict[How, Words] = {
    How.SAME: _("Same postcode"),
    How.DIGIT: _("Postcode differs by one sign"),
    How.DISTRICT: _("Same postcode district"),
    How.NOT_KNOWN: _("Postcode not known"),
}


@dataclass(frozen=True)
class Row:
    """A referral that was found. `agencies` have it; `mine` are the dispatches to the reader's own."""

    referral: Referral
    agencies: list[Agency]
    mine: list[Dispatch]
    why: list[Words]

    @property
    def person(self) -> Person:
        """Whom it is about."""
        person: Person = self.referral.person
        return person

    @property
    def opened(self) -> bool:
        """Whether the reader knows of it because it was opened to them by name."""
        return not self.mine


def rows_of(reader: User, found: list[Found]) -> list[Row]:
    """What was found, in its order, as the reader may see it. As many queries however many rows."""
    ids = [each.referral for each in found]
    known = readable_referrals(reader, ids).select_related("person").defer("answers")
    referrals = {referral.pk: referral for referral in known}
    dispatches = _dispatches(reader, referrals)
    theirs = agencies_where(reader, Permission.DISPATCH_READ)
    rows = []
    for each in found:
        if referral := referrals.get(each.referral):
            here = [dispatch for dispatch in dispatches if dispatch.referral_id == referral.pk]
            agencies = [dispatch.agency for dispatch in here]
            mine = [dispatch for dispatch in here if dispatch.agency in theirs]
            rows.append(Row(referral, agencies, mine, why(each.fit)))
    mark_cleared(dispatches)
    mark_repeats(reader, [dispatch for row in rows for dispatch in row.mine])
    return rows


def _dispatches(reader: User, referrals: dict[UUID, Referral]) -> list[Dispatch]:
    """How agencies have the referrals; a restricted desk is named to restricted desks only."""
    rows = Dispatch.objects.filter(STANDING, referral__in=list(referrals)).select_related("agency")
    if not works_at_restricted_desk(reader):
        rows = rows.exclude(agency__kind__in=RESTRICTED_KINDS)
    found = sorted(rows, key=lambda dispatch: (not dispatch.agency.is_police, dispatch.agency.name))
    for dispatch in found:
        dispatch.referral = referrals[dispatch.referral_id]
    return found


def why(fit: Fit) -> list[Words]:
    """What made somebody fit, in words, each once."""
    if fit.by_reference:
        return [_("The reference you typed")]
    said = _of_names(fit.names)
    said += [BIRTHS[fit.birth]] if fit.birth in BIRTHS else []
    said += [POSTCODES[fit.postcode]] if fit.postcode in POSTCODES else []
    return said


def _of_names(hows: Iterable[How]) -> list[Words]:
    told = list(hows)
    if told and all(how == How.SAME for how in told):
        return [_("Same name")]
    return list(dict.fromkeys(NAMES[how] for how in told if how in NAMES))
