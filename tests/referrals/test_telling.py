"""Words are released from templates, to a verified professional, when contact is cleared."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from agencies.models import Notice, NoticeKind
from audit.refusals import NotNow
from audit.tasks import sweep_events
from referrals.actions.tell_referrer import tell_referrer
from referrals.models import Message
from referrals.released import Released
from tests.making import PUBLIC
from tests.referrals.asking import Desk, cleared
from tests.referrals.test_asking import officers, page_of, seen_by_officers
from tests.referrals.views.test_referrers_page import PAGE, Sent, uncounted, words

__all__ = ["uncounted"]
pytestmark = pytest.mark.usefixtures("db", "on_record", "uncounted")
READ = str(Released.READ.label)


@pytest.fixture
def sent() -> Sent:
    sent = Sent()
    Client().post(sent.links[0], {"code": sent.outcome.code})
    return sent


@pytest.fixture
def desk(sent: Sent) -> Desk:
    return Desk(sent.referral)


def told(desk: Desk, released: Released = Released.READ) -> Any:
    return tell_referrer(dispatch_id=desk.council.pk, words=released, by=desk.lead, now=timezone.now())


def test_released_words_stand_on_the_page_in_both_languages_and_a_neutral_letter_goes_out(
    sent: Sent, desk: Desk
) -> None:
    cleared(desk.referral)
    officers(desk).post(f"/casework/dispatches/{desk.council.pk}/tell-referrer/", {"words": "read"})
    assert READ in page_of(sent)
    client, _entered = sent.enter()
    welsh = words(client.get(PAGE, headers={"Cookie": f"{client.cookies.output(header='', sep=';')};language=cy"}))
    assert "From us to you" not in welsh or "Gennym ni i chi" in welsh
    sweep_events()
    (notice,) = Notice.objects.filter(kind=NoticeKind.REFERRER_CALLED)
    assert sorted(notice.details) == ["link", "reference"]
    shown = seen_by_officers(desk, desk.officer)
    assert READ in shown
    assert "Released words to the referrer." in shown


def test_without_clearance_nothing_is_released(sent: Sent, desk: Desk) -> None:
    with pytest.raises(NotNow, match="not cleared contact"):
        told(desk)
    page = f"/casework/dispatches/{desk.council.pk}/tell-referrer/"
    assert "nothing can be released" in words(officers(desk).get(page))
    assert "have not cleared contact" in words(officers(desk).post(page, {"words": "read"}))
    assert "Pick the words from the list" in words(officers(desk).post(page, {"words": "You are on hold"}))
    assert READ not in page_of(sent)
    assert not Message.objects.exists()


def test_words_go_to_nobody_who_is_no_verified_professional() -> None:
    for answers, why in ((PUBLIC, "at work"), (None, "verified")):
        desk = Desk(Sent(answers).referral)
        cleared(desk.referral)
        with pytest.raises(NotNow, match=why):
            told(desk)


def test_the_same_words_are_released_once_a_day(desk: Desk) -> None:
    cleared(desk.referral)
    told(desk)
    with pytest.raises(NotNow, match="today already"):
        told(desk)
    told(desk, Released.MORE)


def test_no_template_tells_of_what_must_not_be_told() -> None:
    said = " ".join(str(each.label) for each in Released).lower()
    assert not [word for word in ("hold", "channel", "consent", "clear", "police", "before", "earlier") if word in said]
