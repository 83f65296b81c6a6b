"""The pages of the restricted desks; to anybody else, and to whom it may concern, they are absent."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency
from referrals.actions.write_note import write_note
from referrals.models import NoteReaders, Task
from tests.components.axe import faults
from tests.making import dispatch_to_authority, officer_of, submitted
from tests.referrals.at_the_desk import ABOUT_POLICE, COUNCIL, POLICE, about, allegations_officer, officer_at

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()
WRONG = (
    "Say why it does not concern a colleague, their relative or somebody they work with",
    "Say why they must not know of it",
    "Say what you decided, and why",
)


def pages_of(referral):
    task = Task.objects.get(referral=referral)
    dispatch = dispatch_to_authority(referral)
    return [
        reverse("desk:referral", args=[referral.pk]),
        reverse("desk:referral-print", args=[referral.pk]),
        reverse("referrals:release", args=[referral.pk]),
        reverse("referrals:exclude", args=[referral.pk]),
        reverse("referrals:finish-task", args=[task.pk]),
        reverse("referrals:assign", args=[dispatch.pk]),
        reverse("referrals:note", args=[dispatch.pk]),
    ]


def test_the_desk_opens_them_and_is_told_why_it_has_the_referral(client):
    referral = submitted(ABOUT_POLICE)
    client.force_login(officer_at(COUNCIL))
    assert [client.get(page).status_code for page in pages_of(referral)] == [200] * 7
    text = client.get(pages_of(referral)[0]).content.decode()
    assert "The person works for the police" in text and "Release the referral" in text


def test_its_pages_have_nothing_the_matter_empty_or_with_errors(client, page):
    referral = submitted(ABOUT_POLICE)
    client.force_login(officer_at(COUNCIL))
    found = []
    home = reverse("desk:home")
    for address in [home, *pages_of(referral)]:
        found += faults(page, client.get(address), address)
    client.force_login(allegations_officer())
    found += faults(page, client.get(home), "tasks")
    client.force_login(officer_at(COUNCIL))
    for address, said in zip(pages_of(referral)[2:5], WRONG, strict=True):
        wrong = client.post(address, {"reason": ""})
        assert wrong.content.decode().count(said) == 2, "in the summary and beside the field"
        found += faults(page, wrong, f"{address} with errors")
    assert found == []


@pytest.mark.parametrize("member", [allegations_officer, lambda: officer_at(COUNCIL)], ids=["allegations", "desk"])
def test_whoever_is_at_the_desk_is_led_only_where_their_role_may_go(client, member):
    referral, officer = submitted(ABOUT_POLICE), officer_at(COUNCIL, name="Rhian Oyelaran")
    dispatch_id = dispatch_to_authority(referral).pk
    write_note(dispatch_id=dispatch_id, text="Rang her.", readers=NoteReaders.AGENCY, by=officer, now=NOW)
    client.force_login(member())
    text = client.get(reverse("desk:referral", args=[referral.pk])).content.decode()
    led_to = set(re.findall(r'href="(/casework/[^"#?]+)', text))
    assert reverse("referrals:note", args=[dispatch_id]) in led_to
    assert {address: client.get(address).status_code for address in led_to} == dict.fromkeys(led_to, 200)


def test_whom_it_may_concern_meets_absence_everywhere(client):
    member = officer_at(COUNCIL, name="Dominik Adeyemi")
    referral = submitted(about("Dominik Adeyemi"), now=NOW)
    client.force_login(member)
    assert {client.get(page).status_code for page in pages_of(referral)} == {404}
    client.force_login(officer_of(Agency.objects.get(code="ctp-north-east")))
    assert {client.get(page).status_code for page in pages_of(referral)} == {404}
    for page in (reverse("desk:home"), reverse("referrals:inbox"), reverse("agencies:undelivered")):
        assert referral.reference not in client.get(page).content.decode()


def test_the_task_stands_on_the_home_page_until_it_is_finished(client):
    referral = submitted(ABOUT_POLICE)
    client.force_login(allegations_officer())
    task = Task.objects.get()
    assert referral.reference in client.get(reverse("desk:home")).content.decode()
    empty = client.post(reverse("referrals:finish-task", args=[task.pk]), {"reason": "\x00"})
    assert empty.status_code == 200 and "govuk-error-message" in empty.content.decode()
    done = client.post(reverse("referrals:finish-task", args=[task.pk]), {"reason": "Meeting held."})
    assert done.status_code == 302
    assert reverse("referrals:finish-task", args=[task.pk]) not in client.get(reverse("desk:home")).content.decode()


def test_releasing_and_excluding_are_done_from_their_pages(client):
    referral, officer = submitted(ABOUT_POLICE), officer_at(POLICE)
    colleague = officer_at(COUNCIL, name="Rhian Oyelaran")
    client.force_login(officer)
    chosen = {"user": str(colleague.pk), "reason": "Her brother."}
    assert client.post(reverse("referrals:exclude", args=[referral.pk]), chosen).status_code == 302
    assert client.post(reverse("referrals:release", args=[referral.pk]), {"reason": ""}).status_code == 200
    assert client.post(reverse("referrals:release", args=[referral.pk]), {"reason": "A namesake."}).status_code == 302
    assert referral.dispatches.count() == 4
    assert client.get(reverse("referrals:release", args=[referral.pk])).status_code == 404


def test_who_excludes_themselves_is_led_home(client):
    referral, officer = submitted(ABOUT_POLICE), officer_at(POLICE)
    client.force_login(officer)
    chosen = {"user": str(officer.pk), "reason": "I know him."}
    assert client.post(reverse("referrals:exclude", args=[referral.pk]), chosen).url == reverse("desk:home")
    assert client.get(reverse("desk:referral", args=[referral.pk])).status_code == 404
