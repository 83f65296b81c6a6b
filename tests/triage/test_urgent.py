"""What goes ahead before contact is cleared: the police desk hears at once, and says when it has seen it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import Notice, NoticeKind
from agencies.roles import RoleName
from audit.refusals import Forbidden, NotNow
from people.models import InformationRequest, PlannedContact, Urgency
from referrals.actions.detach_referral import detach_referral
from tests.making import (
    TEACHER,
    agency_for,
    analyst_of,
    cleared,
    dispatch_to_authority,
    dispatch_to_police,
    officer_of,
    submitted,
    with_mailboxes,
)
from tests.people.asking import Scene
from tests.people.planning import PURPOSE, URGENT, planned
from tests.people.writing import person_now
from tests.referrals.at_the_desk import ABOUT_POLICE
from tests.referrals.opening import supervisor
from tests.triage.deconflicting import answered, opened
from tests.triage.test_handlers import swept
from triage.actions.see_urgency import see_urgency
from triage.models import Outcome

pytestmark = pytest.mark.usefixtures("db", "on_record")
WORDS = (URGENT.need, URGENT.at_risk, URGENT.consulted)


def went_ahead(referral, by):
    planned(referral.person_id, by, urgent=URGENT)
    opened(referral)
    swept()
    return Urgency.objects.get(person=referral.person_id)


def told():
    return sorted(notice.address for notice in Notice.objects.filter(kind=NoticeKind.PROCEEDED_URGENTLY))


def at(urgency):
    return reverse("triage:urgency", args=[urgency.pk])


def test_the_police_desk_its_duty_contact_and_its_analysts_hear_of_it_by_reference_and_link(referral, lead, analyst):
    police = with_mailboxes(dispatch_to_police(referral).agency)
    with_mailboxes(dispatch_to_authority(referral).agency)
    elsewhere = analyst_of(agency_for(RoleName.FIMU_ANALYST, other_than=police))
    urgency = went_ahead(referral, lead)
    assert told() == sorted([police.email, police.duty_email, analyst.email]) and elsewhere.email not in told()
    for notice in Notice.objects.filter(kind=NoticeKind.PROCEEDED_URGENTLY):
        assert set(notice.details) == {"reference", "link"}
        assert notice.details["link"].endswith(at(urgency)) and notice.tells_of == [referral.pk]
    swept()
    assert len(told()) == 3, "once for each"


def test_at_a_restricted_desk_its_own_analyst_hears_of_it():
    referral = submitted(ABOUT_POLICE)
    desk = with_mailboxes(dispatch_to_police(referral).agency)
    analyst = analyst_of(desk)
    urgency = went_ahead(referral, officer_of(desk))
    assert analyst.email in told() and desk.email in told()
    assert see_urgency(urgency_id=urgency.pk, by=analyst, now=timezone.now()).is_seen


def test_it_stands_on_the_page_of_the_referral_for_the_police_and_for_nobody_else(client, referral, lead, officer):
    urgency = went_ahead(referral, lead)
    for reader, sees in ((officer, True), (lead, False), (supervisor(lead.agencies[0].code), False)):
        client.force_login(reader)
        text = client.get(reverse("desk:referral", args=[referral.pk])).content.decode()
        assert [words in text for words in WORDS] == [sees] * 3
        assert (at(urgency) in text) is sees
        assert PURPOSE in text and "Urgent: authorised before contact was cleared" in text
        assert client.get(at(urgency)).status_code == (200 if sees else 404)


@pytest.mark.parametrize("who", ["officer", "analyst"])
def test_somebody_of_the_police_desk_says_that_they_have_seen_it_once(client, referral, lead, request, who):
    reader, urgency = request.getfixturevalue(who), went_ahead(referral, lead)
    client.force_login(reader)
    home = reverse("desk:home")
    assert at(urgency) in client.get(home).content.decode()
    page = client.get(at(urgency)).content.decode()
    assert all(words in page for words in WORDS) and "Not seen by the police desk" in page
    assert client.post(at(urgency))["Location"] == at(urgency)
    urgency.refresh_from_db()
    assert urgency.seen_by == reader
    assert at(urgency) not in client.get(home).content.decode()
    assert "I have seen this" not in client.get(at(urgency)).content.decode()
    assert "has seen this already" in client.post(at(urgency), follow=True).content.decode()
    with pytest.raises(NotNow):
        see_urgency(urgency_id=urgency.pk, by=reader, now=timezone.now())


def test_nobody_else_says_so(referral, lead):
    urgency = went_ahead(referral, lead)
    far = dispatch_to_police(submitted({**TEACHER, "postcode": "CF10 3NQ"})).agency
    for by in (lead, officer_of(far), analyst_of(far)):
        with pytest.raises(Forbidden):
            see_urgency(urgency_id=urgency.pk, by=by, now=timezone.now())


FORM = {
    "discloses": ["name"],
    "question": "Where is she?",
    "need": "She is missing.",
    "basis": "children",
    "confirmed": "true",
}
WHY = {"urgent_need": URGENT.need, "urgent_at_risk": URGENT.at_risk, "urgent_consulted": URGENT.consulted}


def test_another_agency_is_asked_before_it_is_cleared_by_whoever_says_why_and_nothing_typed_is_lost(client):
    scene = Scene(clear=False)
    client.force_login(scene.lead)
    page = reverse("desk:ask", args=[scene.person.pk])
    form = {**FORM, "asked": str(scene.asked.pk)}
    assert f"{page}?urgent=yes" in client.get(reverse("desk:referral", args=[scene.referral.pk])).content.decode()
    offered = client.post(page, form).content.decode()
    assert 'action="?urgent=yes"' in offered and "say why it cannot wait" in offered
    missing = client.post(f"{page}?urgent=yes", form).content.decode()
    assert "Say why it cannot wait" in missing and "Where is she?" in missing
    assert not InformationRequest.objects.exists()
    assert client.post(f"{page}?urgent=yes", {**form, **WHY}).status_code == 302
    urgency = Urgency.objects.get()
    assert (urgency.request, urgency.done_by, urgency.need) == (
        InformationRequest.objects.get(), scene.lead, URGENT.need
    )  # fmt: skip
    swept()
    client.force_login(scene.police)
    assert f"Asked {scene.asked.name} for information" in client.get(at(urgency)).content.decode()


def test_contact_is_planned_on_its_page_suspended_there_and_cancelled(client, referral, lead, officer):
    client.force_login(lead)
    page, person = (reverse(name, args=[referral.person_id]) for name in ("desk:plan-contact", "desk:person"))
    day = timezone.localdate() + timedelta(days=3)
    form = {
        "with_whom": "carer", "whom": "Her mother", "day-day": day.day, "day-month": day.month, "day-year": day.year,
        "how": "visit", "purpose": PURPOSE, "maker": "Niamh Warsame", "readers": "recipients",
    }  # fmt: skip
    assert "It waits for the police" in client.get(page).content.decode()
    refused = client.post(page, form).content.decode()
    assert PURPOSE in refused and "have not cleared contact" in refused
    assert f"{page}?urgent=yes" in client.get(person).content.decode()
    cleared(referral)
    assert page in client.get(person).content.decode()
    assert "Authorise the contact" in client.get(page).content.decode()
    assert client.post(page, form)["Location"] == person
    assert "Authorised" in client.get(person).content.decode()
    opened(referral)
    shown = client.get(person).content.decode()
    assert "Suspended: do not make this contact" in shown and PURPOSE in shown
    assert "Do not make this contact" in client.get(reverse("desk:home")).content.decode()
    row = PlannedContact.objects.get(person=referral.person_id)
    cancel = reverse("desk:strike-out", args=[row.pk])
    assert "Cancel the contact" in client.get(cancel).content.decode()
    assert client.post(cancel, {"reason": "FIMU looks again."}).status_code == 302
    shown = client.get(person).content.decode()
    assert "Cancelled by" in shown and PURPOSE in shown and "Suspended" not in shown
    assert "Do not make this contact" not in client.get(reverse("desk:home")).content.decode()


def test_urgent_contact_is_authorised_on_the_same_page_with_the_reasons(client, referral, lead):
    client.force_login(lead)
    page = reverse("desk:plan-contact", args=[referral.person_id])
    day = timezone.localdate() + timedelta(days=1)
    form = {
        "with_whom": "person", "day-day": day.day, "day-month": day.month, "day-year": day.year,
        "how": "telephone", "purpose": PURPOSE, "maker": "Niamh Warsame", "readers": "recipients",
    }  # fmt: skip
    text = client.get(f"{page}?urgent=yes").content.decode()
    assert "In an emergency ring 999" in text and "Why can it not wait?" in text
    assert client.post(f"{page}?urgent=yes", {**form, **WHY}).status_code == 302
    assert PlannedContact.objects.get().purpose == PURPOSE and Urgency.objects.get().planned


def test_the_police_desk_lists_what_it_has_not_seen_and_where_a_hold_is_to_be_reviewed(client, referral, lead, officer):
    urgency, held = went_ahead(referral, lead), submitted()
    row = answered(opened(held), Outcome.HOLD, review_on=timezone.localdate() + timedelta(days=3))
    far = answered(opened(submitted()), Outcome.HOLD, review_on=timezone.localdate() + timedelta(days=60))
    clear = answered(opened(submitted()), review_on=timezone.localdate() + timedelta(days=3))
    for reader in (officer, analyst_of(dispatch_to_police(held).agency)):
        client.force_login(reader)
        for address in (reverse("triage:police-desk"), reverse("desk:home")):
            text = client.get(address).content.decode()
            asks = [
                reverse("triage:ask-for-deconfliction", args=[each.referral_id]) in text for each in (row, far, clear)
            ]
            assert (at(urgency) in text, asks) == (True, [True, False, False])


def test_what_went_ahead_is_the_police_desks_to_see_also_once_the_referral_is_about_another_person(client):
    scene = Scene(clear=False)
    request, wrong = scene.ask(urgent=URGENT), scene.person.pk
    detach_referral(
        dispatch_id=scene.theirs.pk, wrong_id=wrong, right={"given_names": "Somebody", "adult_or_child": "child"},
        reason="Another pupil.", by=scene.police, now=timezone.now(),
    )  # fmt: skip
    urgency = Urgency.objects.get()
    assert (urgency.person_id, urgency.need) == (person_now(scene.referral), URGENT.need)
    request.refresh_from_db()
    assert request.person_id == wrong, "what was asked stays the wrong person's"
    opened(scene.referral)
    analyst = analyst_of(with_mailboxes(scene.theirs.agency))
    swept()
    assert analyst.email in told(), "also where it was detached before anybody was told"
    client.force_login(scene.police)
    for page in (reverse("desk:home"), reverse("triage:police-desk")):
        assert at(urgency) in client.get(page).content.decode()
    assert f"Asked {scene.asked.name} for information" in client.get(at(urgency)).content.decode()
    client.post(at(urgency))
    urgency.refresh_from_db()
    assert urgency.seen_by == scene.police
