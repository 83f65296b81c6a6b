"""A professional who left is succeeded by their organisation's lead, and the page is that person's from then on."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from agencies.models import Notice, NoticeKind
from agencies.tasks import sweep_notices
from audit.refusals import NotNow
from audit.tasks import sweep_events
from desk.paper import paper_of
from desk.shown import shown_to
from referrals.actions.show_referrer import show_referrer
from referrals.actions.tell_referrer import tell_referrer
from referrals.models import ReferrerVisit, Withdrawal
from referrals.reached import is_verified, verified_address
from referrals.released import Released
from referrals.selectors import readable_referral
from tests.making import TEACHER
from tests.referrals.asking import ASKED, Desk, cleared
from tests.referrals.succeeding import NEXT, asks_for_link, invited, link_of, links_asked_for, now_succeeded, succeeded
from tests.referrals.test_asking import answers, asked_and_sent, officers, page_of, seen_by_officers
from tests.referrals.views.test_referrers_page import DOOR, PAGE, Sent, uncounted, words

__all__ = ["uncounted"]
pytestmark = pytest.mark.usefixtures("db", "on_record", "uncounted")
CODE = re.compile(r'app-code">([^<]+)<')


@pytest.fixture
def sent() -> Sent:
    return Sent({**TEACHER, "prevent_lead": "Merryn Oduya, m.oduya@hollybrook.example, 01632 960 233"})


@pytest.fixture
def desk(sent: Sent) -> Desk:
    return Desk(sent.referral)


def test_the_former_is_let_in_no_more_and_is_told_what_everybody_is_told(sent: Sent, desk: Desk) -> None:
    former, _entered = sent.enter()
    waiting = sent.links[0]
    now_succeeded(desk)
    assert former.get(PAGE).headers["Location"] == DOOR
    assert not ReferrerVisit.objects.exists()
    assert "do not belong together" in words(sent.enter()[1])
    assert "does not open" in words(Client().post(waiting, {"code": sent.outcome.code}))
    asks_for_link(sent, TEACHER["referrer_email"])
    assert links_asked_for() == []
    given = {
        "reference": sent.outcome.reference,
        "code": sent.outcome.code,
        "kind": "in_error",
        "reason": "My mistake.",
    }
    Client().post("/withdraw/", given)
    assert not Withdrawal.objects.exists()


def test_the_successor_opens_a_link_with_the_code_of_their_own_and_has_verified_the_address(
    sent: Sent, desk: Desk
) -> None:
    code = now_succeeded(desk).code
    (mail,) = invited(desk)
    assert mail.address == NEXT["email"]
    assert sorted(mail.details) == ["link", "reference"]
    assert "does not open" in words(Client().post(link_of(mail), {"code": ""}))
    assert "does not open" in words(Client().post(link_of(mail), {"code": sent.outcome.code}))
    assert not is_verified(desk.referral)
    client = Client()
    assert client.post(link_of(mail), {"code": code}).headers["Location"] == PAGE
    assert "How far we are" in words(client.get(PAGE))
    assert verified_address(desk.referral) == NEXT["email"]
    asks_for_link(sent, NEXT["email"].upper())
    assert links_asked_for() == [NEXT["email"]]


def test_reference_and_the_new_code_open_the_page(sent: Sent, desk: Desk) -> None:
    code = now_succeeded(desk).code
    client, entered = sent.enter(code=code)
    assert entered.headers["Location"] == PAGE
    assert client.get(PAGE).status_code == 200


def test_whether_somebody_succeeds_is_not_told_to_who_asks_for_a_link(sent: Sent, desk: Desk) -> None:
    now_succeeded(desk)
    told = [asks_for_link(sent, email) for email in (TEACHER["referrer_email"], NEXT["email"], "x@elsewhere.example")]
    assert len({(each.status_code, each.headers["Location"], each.content) for each in told}) == 1


def test_what_was_verified_before_counts_no_more(sent: Sent, desk: Desk) -> None:
    Client().post(sent.links[0], {"code": sent.outcome.code})
    assert is_verified(desk.referral)
    now_succeeded(desk)
    assert not is_verified(desk.referral)
    with pytest.raises(NotNow, match="verified"):
        tell_referrer(dispatch_id=desk.council.pk, words=Released.READ, by=desk.lead, now=timezone.now())


def test_mail_to_the_former_that_waits_is_not_sent(sent: Sent, desk: Desk, mailoutbox: Any) -> None:
    assert Notice.objects.filter(kind=NoticeKind.CONFIRMATION, done=None).exists()
    now_succeeded(desk)
    sweep_notices()
    assert TEACHER["referrer_email"] not in {to for mail in mailoutbox for to in mail.to}
    assert NEXT["email"] in {to for mail in mailoutbox for to in mail.to}


@pytest.mark.parametrize(("language", "said"), [("en", "There is a page for you."), ("cy", "Mae tudalen i chi.")])
def test_the_letter_is_in_the_language_of_the_referral_and_says_nothing(
    language: str, said: str, mailoutbox: Any
) -> None:
    desk = Desk(Sent(language=language).referral)
    now_succeeded(desk)
    sweep_notices()
    (mail,) = [each for each in mailoutbox if NEXT["email"] in each.to]
    assert said in mail.body
    assert desk.referral.reference in mail.subject
    for word in (TEACHER["given_names"], TEACHER["referrer_name"], "Prevent", "police", NEXT["name"]):
        assert word not in mail.body + mail.subject


# What the successor sees.


def test_the_successor_reads_open_questions_and_nothing_that_the_former_wrote_or_was_told(
    sent: Sent, desk: Desk
) -> None:
    Client().post(sent.links[0], {"code": sent.outcome.code})
    asked_and_sent(desk)
    desk.asks("Which class is he in?")
    answers(sent, desk.referral.questions.earliest("asked_at"), "On the Monday.")
    sweep_events()
    cleared(desk.referral)
    tell_referrer(dispatch_id=desk.council.pk, words=Released.TELEPHONE, by=desk.lead, now=timezone.now())
    assert str(Released.TELEPHONE.label) in page_of(sent)
    code = succeeded(desk.council, desk.lead).code
    sweep_events()
    client, _entered = sent.enter(code=code)
    shown = words(client.get(PAGE))
    assert "Which class is he in?" in shown
    assert not [said for said in (ASKED, "On the Monday.", str(Released.TELEPHONE.label)) if said in shown]
    Client().post(link_of(invited(desk)[0]), {"code": code})
    tell_referrer(dispatch_id=desk.council.pk, words=Released.READ, by=desk.lead, now=timezone.now())
    sweep_events()
    assert str(Released.READ.label) in words(client.get(PAGE))
    called = Notice.objects.filter(kind=NoticeKind.REFERRER_CALLED).order_by("due").last()
    assert called is not None
    assert called.address == NEXT["email"]


def test_the_paper_says_who_succeeded_to_whom_the_referrer_is_named() -> None:
    for anonymous, who in (("no", f"{NEXT['name']}"), ("yes", "Somebody of their organisation")):
        desk = Desk(Sent({**TEACHER, "anonymous": anonymous}).referral)
        if anonymous == "yes":
            show_referrer(dispatch_id=desk.council.pk, reason="She left.", by=desk.lead, now=timezone.now())
        succeeded(desk.council, desk.lead)
        referral = readable_referral(desk.officer, desk.referral.pk)
        shown = shown_to(desk.officer, referral, now=timezone.now())
        said = str(paper_of(shown, reader=desk.officer, now=timezone.now()).parts)
        assert "Succeeded by" in said
        assert who in said
        assert (NEXT["name"] in said) is (anonymous == "no")


def test_casework_says_who_of_them_spoke(sent: Sent, desk: Desk) -> None:
    former, _entered = sent.enter()
    former.post("/your-referral/add/", {"form_id": "one", "text": "He drew it again."})
    sweep_events()  # FIMU is asked about it
    question = asked_and_sent(desk)
    code = succeeded(desk.council, desk.lead).code
    client, _entered = sent.enter(code=code)
    client.post("/your-referral/add/", {"form_id": "two", "text": "His friend told me."})
    client.post(f"/your-referral/question/{question.pk}/", {"text": "On the Tuesday."})
    client.post("/your-referral/worry/", {"form_id": "three", "text": "Nobody rang."})
    shown = seen_by_officers(desk)
    before, after = f"{TEACHER['referrer_name']}, the referrer", f"{NEXT['name']}, who succeeded the referrer"
    assert re.search(rf"Added [^<]*, {re.escape(before)}</p>\s*<div[^>]*><p>He drew it again", shown)
    assert re.search(rf"Added [^<]*, {re.escape(after)}</p>\s*<div[^>]*><p>His friend", shown)
    assert f"By {after}." in shown
    for said in (f"Succeeded by {NEXT['name']}, {NEXT['role']}", NEXT["email"], NEXT["checked"], "not verified yet"):
        assert said in shown
    assert "Recorded who succeeds the referrer in their organisation." in shown
    printed = words(officers(desk).get(f"/casework/referrals/{desk.referral.pk}/print/"))
    assert NEXT["name"] in printed
    assert "strike it" not in printed
