"""The pages on which mistakes are put right: what they say, what they refuse, and how they look to axe."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency
from audit.agents import Agent
from audit.models import Entry
from people.actions.decide_match import decide_match
from people.models import Match
from people.states import MatchState
from referrals.actions.submit_referral import submit_referral
from referrals.actions.write_note import write_note
from referrals.models import Detachment, Join, Note, NoteReaders, Offer, Referral, Withdrawal
from referrals.reference import new_reference
from tests.components.axe import faults
from tests.making import BROWSER, TEACHER, dispatch_to_authority, dispatch_to_police, draft_with, officer_of, submitted

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()


class Scene:
    """A referral with both its officers, and another one beside it."""

    def __init__(self, client, page=None):
        self.client, self.page = client, page
        self.other = submitted(now=NOW - timedelta(days=1))
        draft = draft_with(TEACHER)
        self.sent = submit_referral(draft_id=draft.pk, holder=BROWSER, by=Agent.REFERRER, now=NOW)
        self.referral = Referral.objects.get(reference=self.sent.reference)
        self.authority, self.police = dispatch_to_authority(self.referral), dispatch_to_police(self.referral)
        self.lead, self.officer = officer_of(self.authority.agency), officer_of(self.police.agency)
        self.bradford = officer_of(Agency.objects.get(code="E08000032"), name="Adeel Kershaw")
        client.force_login(self.lead)

    def post(self, name, pk, **data):
        return self.client.post(reverse(f"referrals:{name}", args=[pk]), data)

    def text(self, page="desk:referral"):
        return self.client.get(reverse(page, args=[self.referral.pk])).content.decode()

    def offer(self, **data):
        given = {"to": str(self.bradford.agencies[0].pk), "reason": "They moved.", "cause": "moved"} | data
        return self.post("offer", self.authority.pk, **given)


@pytest.fixture
def scene(client):
    return Scene(client)


def test_an_offer_from_page_to_page(scene):
    assert scene.offer().status_code == 302
    assert "It is on offer to" in scene.text()
    scene.client.force_login(scene.bradford)
    for page in ("desk:home", "referrals:inbox"):
        assert scene.referral.reference in scene.client.get(reverse(page)).content.decode()
    offer = Offer.objects.get()
    text = scene.client.get(reverse("referrals:offered", args=[offer.pk])).content.decode()
    assert "Until you accept" in text and "They have moved" in text and "They moved." not in text
    assert scene.client.get(reverse("referrals:accept-offered", args=[offer.pk])).status_code == 302
    assert scene.post("accept-offered", offer.pk).status_code == 302
    text = scene.text()
    assert "Accepted for" in text and "Offered to" in text and "They moved." in text
    scene.client.force_login(scene.lead)
    assert scene.client.get(reverse("desk:referral", args=[scene.referral.pk])).status_code == 404
    assert f"{scene.referral.reference}: accepted by" in scene.client.get(reverse("desk:home")).content.decode()


def test_what_cannot_be_offered_is_said_beside_the_field_and_nothing_typed_is_lost(scene):
    text = scene.offer(to=str(Agency.objects.get(code="E08000035").pk), reason="Half a thought").content.decode()
    assert "Nobody at" in text and "Half a thought" in text and "<title>Error: " in text
    text = scene.offer(to=str(scene.police.agency_id)).content.decode()
    assert "Pick an agency from the list" in text
    assert not Offer.objects.exists()


def test_declining_and_taking_back(scene):
    scene.offer()
    scene.client.force_login(scene.bradford)
    assert "Give the reason" in scene.post("decline-offered", Offer.objects.get().pk, reason="").content.decode()
    assert scene.post("decline-offered", Offer.objects.get().pk, reason="Not ours.").status_code == 302
    scene.client.force_login(scene.lead)
    assert "Declined for" in scene.text() and "Not ours." in scene.text()
    scene.offer()
    latest = Offer.objects.latest("offered_at", "id")
    assert scene.post("take-back-offered", latest.pk, reason="Wrong council.").status_code == 302
    assert "Took the offer to" in scene.text()


def test_detaching_a_referral_shows_who_it_is_about_and_warns(scene):
    given = {
        "wrong": str(scene.referral.person_id),
        "adult_or_child": "child",
        "given_names": "Aled",
        "reason": "Mixed up.",
    }
    assert (
        "Say whether they are"
        in scene.post("detach", scene.authority.pk, **given | {"adult_or_child": ""}).content.decode()
    )
    for wrong in ("", "nonsense"):
        refused = scene.post("detach", scene.authority.pk, **given | {"wrong": wrong}).content.decode()
        assert "start from its page" in refused and "Mixed up." in refused
    assert scene.post("detach", scene.authority.pk, **given).status_code == 302
    text = scene.text()
    assert "Aled" in text and "about another person than its answers name" in text and "Mixed up." in text
    assert "put this right already" in scene.post("detach", scene.authority.pk, **given).content.decode()
    assert Detachment.objects.count() == 1
    assert "another person" in scene.text("desk:referral-print")


def test_detaching_a_note(scene):
    write_note(dispatch_id=scene.authority.pk, text="Wrong tab.", readers=NoteReaders.AGENCY, by=scene.lead, now=NOW)
    note = Note.objects.get()
    assert "Take this note away" in scene.text()
    nowhere = scene.post("detach-written", note.pk, reason="Oops.", reference="2222-2222")
    assert "Check the reference" in nowhere.content.decode() or "no referral with this" in nowhere.content.decode()
    away = submitted({**TEACHER, "postcode": "BD1 1HX"})
    text = scene.post("detach-written", note.pk, reason="Oops.", reference=away.reference).content.decode()
    assert "Your agency has no referral with this reference" in text
    assert scene.post("detach-written", note.pk, reason="Oops.", reference=scene.other.reference).status_code == 302
    assert "Took a note away" in scene.text() and "Wrong tab." not in scene.text()
    scene.client.force_login(scene.officer)
    assert "Took a note away" not in scene.text()


def test_joining_and_undoing(scene):
    given = {"reference": scene.other.reference, "kind": "duplicate", "reason": "Sent twice."}
    assert "Enter the reference" in scene.post("join", scene.authority.pk, **given | {"reference": ""}).content.decode()
    away = submitted({**TEACHER, "postcode": "BD1 1HX"})
    text = scene.post("join", scene.authority.pk, **given | {"reference": away.reference}).content.decode()
    assert "None of your agencies has a referral with this reference" in text and "Sent twice." in text
    assert scene.post("join", scene.authority.pk, **given).status_code == 302
    assert scene.other.reference in scene.text() and "The two count as one." in scene.text()
    there = scene.client.get(reverse("desk:referral", args=[scene.other.pk])).content.decode()
    assert scene.referral.reference in there
    assert scene.post("separate", Join.objects.get().pk, reason="Two brothers.").status_code == 302
    assert "The two count as one." not in scene.text() and "No longer joined with" in scene.text()


def test_a_withdrawal_is_recorded_decided_and_taken_up_again(scene):
    given = {"kind": "in_error", "told_how": "telephone", "reason": "Wrong form."}
    assert scene.post("withdrawal", scene.authority.pk, **given).status_code == 302
    assert "Wrong form." in scene.text() and "the police have still to decide" in scene.text()
    assert "recorded already" in scene.post("withdrawal", scene.authority.pk, **given).content.decode()
    found = Withdrawal.objects.get()
    assert scene.post("decide", found.pk, go_on="no", reason="x").status_code == 404
    scene.client.force_login(scene.officer)
    assert "Take receipt first" in scene.text()
    assert (
        "Take receipt of the referral first" in scene.post("decide", found.pk, go_on="no", reason="x").content.decode()
    )
    scene.post("acknowledge", scene.police.pk)
    assert "Decide whether to go on" in scene.text()
    refused = scene.post("decide", found.pk, go_on="no", reason="Checked.").content.decode()
    assert "likely to be the same person" in refused and "Checked." in refused
    match = Match.objects.get()  # found as they pressed the button, and kept although it was refused
    said: dict[str, Any] = {"match_id": match.pk, "said": MatchState.LEFT_OPEN, "reason": "The same form, sent twice."}
    decide_match(**said, by=scene.officer, now=timezone.now())
    assert scene.post("decide", found.pk, go_on="no", reason="Checked.").status_code == 302
    assert "Stopped by the police" in scene.text() and "Keeping people safe goes on" in scene.text()
    assert scene.post("resume-stopped", found.pk, reason="New words.").status_code == 302
    assert "taken it up again" in scene.text() and "Stopped by the police" not in scene.text()


def test_a_strangers_pages_are_absent(scene):
    scene.offer()
    write_note(dispatch_id=scene.authority.pk, text="x", readers=NoteReaders.RECIPIENTS, by=scene.lead, now=NOW)
    scene.post("join", scene.authority.pk, reference=scene.other.reference, kind="duplicate", reason="x")
    scene.post("withdrawal", scene.authority.pk, kind="in_error", told_how="telephone", reason="x")
    scene.client.force_login(officer_of(Agency.objects.get(code="W06000015")))
    absent = "00000000-0000-4000-8000-000000000000"
    pages = {
        **dict.fromkeys(["offer", "detach", "join", "withdrawal"], scene.authority.pk),
        **dict.fromkeys(["accept-offered", "decline-offered", "take-back-offered"], Offer.objects.get().pk),
        "detach-written": Note.objects.get().pk,
        "separate": Join.objects.get().pk,
    }
    for name, pk in pages.items():
        for method in (scene.client.get, scene.client.post):
            theirs, nobodys = (method(reverse(f"referrals:{name}", args=[each])) for each in (pk, absent))
            assert (theirs.status_code, theirs.content) == (404, nobodys.content), name


def test_pages_cost_the_same_whatever_stands_beside(scene, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    scene.text()
    with CaptureQueriesContext(connection) as bare:
        scene.text()
    scene.offer()
    for number in range(4):
        other = submitted()
        scene.post("join", scene.authority.pk, reference=other.reference, kind="duplicate", reason=str(number))
    scene.text()
    with CaptureQueriesContext(connection) as full:
        scene.text()
    assert len(full) <= len(bare) + 1


def withdraw(client, scene, **other):
    given = {"reference": scene.sent.reference, "code": scene.sent.code, "kind": "withdrawn", "reason": "I was wrong."}
    return client.post(reverse("front-door:withdraw"), given | other)


def test_the_public_page_answers_the_same_whatever_was_typed(client, scene):
    cache.clear()
    client.logout()
    right, wrong, absent = (
        withdraw(client, scene),
        withdraw(client, scene, code="2222-2222-2222"),
        withdraw(client, scene, reference="7K4M-Q2XP"),
    )
    assert Withdrawal.objects.get().reason == "I was wrong."
    assert {(each.status_code, each["Location"]) for each in (right, wrong)} == {(302, reverse("front-door:withdrawn"))}
    assert absent.status_code in {200, 302}
    assert client.get(reverse("front-door:withdrawn")).status_code == 200
    assert Entry.objects.filter(kind=Entry.Kind.REFUSED, verb="withdraw_referral").exists()
    text = withdraw(client, scene, reason="", kind="").content.decode()
    assert "Tell us why" in text and "Say what happened" in text


def test_after_ten_tries_for_one_reference_right_or_wrong_one_is_asked_to_wait_and_nothing_typed_is_lost(client, scene):
    absent = new_reference()
    for reference in (scene.sent.reference, absent):
        cache.clear()
        answers = [withdraw(client, scene, reference=reference, code="2222-2222-2222") for _ in range(11)]
        assert [answer.status_code for answer in answers] == [302] * 10 + [429]
        assert int(answers[-1]["Retry-After"]) > 0 and "I was wrong." in answers[-1].content.decode()
    assert withdraw(client, scene, reference=absent).status_code == 429 and not Withdrawal.objects.exists()
    cache.clear()
    withdraw(client, scene)
    assert Withdrawal.objects.exists()


@pytest.mark.browser
def test_nothing_is_the_matter_with_the_pages(client, page):
    scene = Scene(client, page)
    found = []

    def look(name, address, data=None):
        answer = client.get(address) if data is None else client.post(address, data)
        found.extend(faults(page, answer, name))

    for name in ("offer", "detach", "join", "withdrawal"):
        address = reverse(f"referrals:{name}", args=[scene.authority.pk])
        look(name, address)
        look(f"{name}-wrong", address, {"reason": ""})
    write_note(dispatch_id=scene.authority.pk, text="Wrong tab.", readers=NoteReaders.AGENCY, by=scene.lead, now=NOW)
    address = reverse("referrals:detach-written", args=[Note.objects.get().pk])
    look("detach-written", address)
    look("detach-written-wrong", address, {"reason": ""})
    scene.offer()
    scene.post("join", scene.authority.pk, reference=scene.other.reference, kind="duplicate", reason="Sent twice.")
    scene.post("withdrawal", scene.authority.pk, kind="in_error", told_how="telephone", reason="Wrong form.")
    scene.post(
        "detach", scene.authority.pk, wrong=str(scene.referral.person_id), adult_or_child="child", reason="Mixed up."
    )
    look("separate", reverse("referrals:separate", args=[Join.objects.get().pk]))
    look("take-back-offered", reverse("referrals:take-back-offered", args=[Offer.objects.get().pk]))
    look("referral-put-right", reverse("desk:referral", args=[scene.referral.pk]))
    client.force_login(scene.officer)
    scene.post("acknowledge", scene.police.pk)
    found_withdrawal = Withdrawal.objects.get().pk
    look("decide", reverse("referrals:decide", args=[found_withdrawal]))
    look("decide-wrong", reverse("referrals:decide", args=[found_withdrawal]), {"reason": ""})
    scene.post("decide", found_withdrawal, go_on="no", reason="Checked.")
    look("resume-stopped", reverse("referrals:resume-stopped", args=[found_withdrawal]))
    look("referral-stopped", reverse("desk:referral", args=[scene.referral.pk]))
    client.force_login(scene.bradford)
    for name in ("desk:home", "referrals:inbox"):
        look(f"{name}-offered", reverse(name))
    look("referral-offered", reverse("desk:referral", args=[scene.referral.pk]))
    look("decline-offered", reverse("referrals:decline-offered", args=[Offer.objects.get().pk]))
    scene.post("accept-offered", Offer.objects.get().pk)
    client.force_login(scene.lead)
    look("home-left", reverse("desk:home"))
    client.logout()
    look("withdraw", reverse("front-door:withdraw"))
    look("withdraw-wrong", reverse("front-door:withdraw"), {"reference": "x"})
    look("withdrawn", reverse("front-door:withdrawn"))
    assert found == []
