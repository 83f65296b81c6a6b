"""Why one searches, and why one looks at what the quarantine holds: asked before it is shown."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency
from agencies.purposes import Purpose
from audit.ledger import read_payload
from audit.models import Entry
from referrals.actions.assign_dispatch import assign_dispatch
from referrals.models import RecordPurpose, SearchPurpose
from referrals.purposes import ASKING
from referrals.reference import new_reference
from tests.making import officer_of, submitted
from tests.referrals.at_the_desk import ABOUT_POLICE
from tests.referrals.looking import GIVEN, asks, desk_officer, held_back, question
from tests.referrals.opening import reviewer

pytestmark = pytest.mark.usefixtures("db", "on_record")
BRADFORD = "E08000032"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def asking(settings):
    asks(settings)


def search(client, reference):
    return client.get(f"{reverse('referrals:inbox')}?reference={reference}")


def test_a_search_that_finds_what_one_does_not_work_asks_once_a_day(client, referral, lead, time_machine):
    now = timezone.now().replace(hour=12)
    time_machine.move_to(now)
    client.force_login(lead)
    asked = search(client, referral.reference)
    wanted = f"/casework/inbox/?reference={referral.reference}"
    assert asked["Location"].startswith(reverse("referrals:search-purpose"))
    assert not Entry.objects.filter(kind=Entry.Kind.SEARCHED).exists()
    text = client.get(asked["Location"]).content.decode()
    assert "Why do you look at these referrals?" in text and f'value="{wanted}"' in text
    wrong = client.post(reverse("referrals:search-purpose"), {"next": wanted}).content.decode()
    assert "<title>Error: " in wrong
    answer = client.post(reverse("referrals:search-purpose"), {**GIVEN, "next": wanted})
    assert answer["Location"] == wanted
    assert "Tomasz" in search(client, referral.reference).content.decode()
    assert search(client, submitted().reference).status_code == 200, "once, for whatever is searched that day"
    client.post(reverse("referrals:search-purpose"), GIVEN)
    row = SearchPurpose.objects.get()
    for entry in Entry.objects.filter(kind=Entry.Kind.SEARCHED):
        said = read_payload(entry)
        assert (said["purpose"], said["stated"]) == (Purpose.COVERING, str(row.pk))
    time_machine.move_to(now + DAY)
    client.force_login(lead)
    assert search(client, referral.reference).status_code == 302


def test_what_one_works_and_what_is_not_there_is_searched_without_a_question(client, referral, dispatch, lead):
    assign_dispatch(dispatch_id=dispatch.pk, to_id=lead.pk, by=lead, now=timezone.now())
    client.force_login(lead)
    kept = submitted(ABOUT_POLICE)
    for reference in (referral.reference, new_reference(), kept.reference):
        assert search(client, reference).status_code == 200
    assert client.get(reverse("referrals:inbox")).status_code == 200, "a list is no search"
    assert not SearchPurpose.objects.exists()


# The quarantine.


def test_before_what_is_held_in_the_quarantine_it_is_asked_and_only_on_its_own_page(client):
    row, user = held_back()[0], desk_officer()
    client.force_login(user)
    wanted = reverse("referrals:quarantined", args=[row.referral_id])
    assert client.get(wanted)["Location"] == question(row.referral, wanted)
    assert client.get(reverse("desk:referral", args=[row.referral_id])).status_code == 404
    answer = client.post(question(row.referral, wanted), {**GIVEN, "next": wanted})
    assert (answer.status_code, answer["Location"]) == (302, wanted)
    assert row.referral.person.name in client.get(wanted).content.decode()
    assert RecordPurpose.objects.get().referral_id == row.referral_id
    for other in (officer_of(Agency.objects.get(code=BRADFORD)), reviewer()):
        client.force_login(other)
        assert client.get(reverse(ASKING, args=[row.referral_id])).status_code == 404


def test_before_a_group_of_the_quarantine_it_is_asked_once_a_day_and_its_look_tells_why(client):
    row, user = held_back()[0], desk_officer()
    client.force_login(user)
    wanted = reverse("referrals:quarantine-group", args=[row.flood_id])
    decision = {"outcome": "rejected", "reason": "A script."}
    for asked in (client.get(wanted), client.post(wanted, decision, headers={"referer": f"http://testserver{wanted}"})):
        assert asked["Location"] == f"{reverse('referrals:search-purpose')}?next={wanted.replace('/', '%2F')}"
    row.flood.refresh_from_db()
    assert row.flood.decided_at is None
    client.post(reverse("referrals:search-purpose"), {**GIVEN, "next": wanted})
    assert client.get(wanted).status_code == 200
    looked = read_payload(Entry.objects.filter(kind=Entry.Kind.LISTED, actor=user.pk).latest("id"))
    assert looked["stated"] == str(SearchPurpose.objects.get().pk)
