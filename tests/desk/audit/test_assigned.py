"""Whether a referral was somebody's to work when they looked: the history tells, each change at its own moment."""

import pytest
from django.utils import timezone

from agencies.models import Agency
from agencies.roles import RoleName
from audit.models import Entry
from desk.audit.selectors import entries_about, entries_for
from desk.audit.summary import who_looked
from referrals.actions.accept_offer import accept_offer
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.actions.assign_dispatch import assign_dispatch
from referrals.actions.make_offer import make_offer
from tests.desk.audit.conftest import BRADFORD
from tests.desk.audit.reading import opened, sentences
from tests.making import BARNSLEY, dispatch_to_authority, officer_of, submitted
from tests.referrals.opening import in_role

# Within the one transaction of other tests nothing has a moment of its own.
pytestmark = pytest.mark.usefixtures("own_database", "on_record")


def test_it_was_theirs_from_when_it_was_assigned_to_them_until_it_was_not():
    council, now = Agency.objects.get(code=BARNSLEY), timezone.now
    auditor = in_role(RoleName.AUDITOR, BARNSLEY, name="Imran Telford")
    officer, colleague = officer_of(council), officer_of(council, name="Wren Castellane")
    referral = submitted()
    dispatch = dispatch_to_authority(referral)
    acknowledge_dispatch(dispatch_id=dispatch.pk, by=officer, now=now())
    for to in (officer, colleague):
        opened(referral, by=officer)
        assign_dispatch(dispatch_id=dispatch.pk, to_id=to.pk, by=officer, now=now())
    opened(referral, by=officer)
    opened(referral, by=colleague)
    looks = sentences(auditor, kind=Entry.Kind.VIEWED)
    assert ["not assigned" in each for each in looks] == [False, True, False, True]
    told = [(each.who, each.looks, each.while_assigned) for each in _looks(auditor, referral)]
    assert told == [("Wren Castellane", 1, 1), ("Osian Achterberg", 3, 1)]
    other = Agency.objects.get(code=BRADFORD)
    accepts = officer_of(other, name="Adeel Kershaw")
    offer = make_offer(dispatch_id=dispatch.pk, to_id=other.pk, reason="They moved.", by=officer, now=now())
    accept_offer(offer_id=offer.pk, by=accepts, now=now())
    opened(referral, by=colleague)
    assert "not assigned" in sentences(auditor, kind=Entry.Kind.VIEWED)[0], "their agency has it no more"


def _looks(auditor, referral):
    return who_looked(auditor, referral, entries_about(entries_for(auditor), referral))
