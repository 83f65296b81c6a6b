"""Glass is broken for what may be opened so now; who asks for anything else has asked on the record."""

from threading import Thread
from time import monotonic, sleep
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from agencies.models import Agency, Notice, NoticeKind, User
from audit.agents import Agent
from audit.context import recording
from audit.ledger import read_payload
from audit.models import Entry
from audit.refusals import NotNow
from referrals.actions.break_glass import break_glass
from referrals.actions.restrict_record import restrict_record
from referrals.models import AccessKind, NamedAccess
from referrals.reference import new_reference
from tests.audit.acts import within
from tests.making import dispatch_to_authority, dispatch_to_police, officer_of, submitted
from tests.referrals.at_the_desk import ABOUT_POLICE
from tests.referrals.opening import WHY, privacy_officer, reachable, supervisor

BARNSLEY, BRADFORD = "E08000038", "E08000032"
WAITING = """
    SELECT count(*) FROM pg_locks AS waiting JOIN pg_locks AS held USING (transactionid)
    WHERE NOT waiting.granted AND held.granted AND held.pid = pg_backend_pid()
"""


def attempt(reference: str, *, by: User) -> NamedAccess:
    """Somebody breaks glass."""
    return break_glass(reference=reference, minutes=30, reason=WHY, by=by, now=timezone.now())


def somebody_waits_for_this_transaction() -> None:
    """Return as soon as another one waits for its end."""
    until = monotonic() + 20
    with connection.cursor() as cursor:
        while not cursor.execute(WAITING).fetchone()[0]:
            assert monotonic() < until, "nobody waits"
            sleep(0.01)


def test_what_is_restricted_while_somebody_breaks_glass_is_not_opened_and_nobody_is_told(own_database: Any) -> None:
    said: list[str] = []
    with recording(by=Agent.OPERATOR):
        referral = submitted()
        reachable(referral)
        privacy_officer(BARNSLEY)
        boss, stranger = supervisor(BARNSLEY), officer_of(Agency.objects.get(code=BRADFORD))
        police, council = dispatch_to_police(referral), dispatch_to_authority(referral)
        named = [boss.pk, officer_of(police.agency).pk]

    def break_it() -> None:
        with recording(by=stranger):
            try:
                said.append(str(attempt(referral.reference, by=stranger)))
            except NotNow as refusal:
                said.append(str(refusal))
            finally:
                connections.close_all()

    other = Thread(target=break_it, daemon=True)

    def restrict() -> None:
        restrict_record(dispatch_id=council.pk, named=named, reason=WHY, by=boss, now=timezone.now())
        other.start()
        somebody_waits_for_this_transaction()

    with recording(by=boss):
        within(do=restrict, by=boss, now=timezone.now())
    other.join(timeout=20)
    assert said == ["No referral with this reference can be opened in this way."]
    assert not NamedAccess.every.filter(kind=AccessKind.BREAK_GLASS).exists()
    assert not Notice.objects.filter(kind=NoticeKind.GLASS_BROKEN).exists()


@pytest.mark.usefixtures("db", "on_record")
def test_who_asks_in_vain_for_a_reference_has_asked_for_it_on_the_record() -> None:
    stranger, restricted = officer_of(Agency.objects.get(code=BRADFORD)), submitted(ABOUT_POLICE)
    for reference, about in ((new_reference(), None), (restricted.reference, restricted.pk)):
        with pytest.raises(NotNow) as refused:
            attempt(reference, by=stranger)
        entry = Entry.objects.filter(kind=Entry.Kind.REFUSED, actor=stranger.pk).latest("id")
        assert (entry.verb, entry.object_id, entry.subject) == ("break_glass", about, None)
        assert read_payload(entry) == {"rule": str(refused.value), "reference": reference}
