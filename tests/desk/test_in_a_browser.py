"""Every page of casework in every state - empty, with errors, full - in a real browser."""

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.actions.send_notice import send_notice
from agencies.models import Agency, Notice, NoticeKind
from audit.action import action
from audit.agents import Agent
from audit.models import EventRecord, Handling
from tests.components.axe import faults
from tests.making import PASSWORD, PUBLIC, TEACHER, dispatch_to_authority, officer_of, submitted

pytestmark = [pytest.mark.usefixtures("db", "on_record"), pytest.mark.browser]


@pytest.fixture
def look(client, page):
    """Ask for an address and say what is the matter with the page it gives."""

    def at(name, address, data=None):
        answer = client.get(address) if data is None else client.post(address, data)
        return faults(page, answer, name)

    return at


@pytest.fixture
def lead(client):
    user = officer_of(Agency.objects.get(code="E08000038"))
    client.force_login(user)
    return user


def test_sign_in_has_nothing_the_matter(look):
    assert look("sign-in", reverse("account_login")) == []
    wrong = {"login": "nobody@officers.example", "password": PASSWORD}
    assert look("sign-in-wrong", reverse("account_login"), wrong) == []


@pytest.mark.parametrize("page_name", ["desk:home", "referrals:inbox", "agencies:undelivered"])
def test_empty_lists_have_nothing_the_matter(look, lead, page_name):
    assert look(f"{page_name}-empty", reverse(page_name)) == []


def test_the_home_of_somebody_who_reads_no_referral_has_nothing_the_matter(look, client):
    client.force_login(officer_of(Agency.objects.get(code="system")))
    assert look("home-administrator", reverse("desk:home")) == []


def test_full_lists_have_nothing_the_matter(look, lead):
    for answers in (TEACHER, {**TEACHER, "danger": "yes"}):
        submitted(answers)
    inbox = reverse("referrals:inbox")
    found = look("home", reverse("desk:home")) + look("inbox", inbox)
    found += look("inbox-nothing", f"{inbox}?assigned=me") + look("inbox-wrong", f"{inbox}?reference=1")
    assert found == []


def test_the_inbox_of_a_national_desk_has_nothing_the_matter(look, client):
    submitted(PUBLIC)
    client.force_login(officer_of(Agency.objects.get(code="national-police-desk")))
    assert look("inbox-national", reverse("referrals:inbox")) == []


def test_a_referral_and_what_is_done_with_it_have_nothing_the_matter(look, lead, client):
    referral = submitted({**TEACHER, "danger": "yes"})
    own = {
        verb: reverse(f"referrals:{verb}", args=[dispatch_to_authority(referral).pk])
        for verb in ("acknowledge", "assign", "note")
    }
    page = reverse("desk:referral", args=[referral.pk])
    found = look("referral-new", page)
    for verb in ("assign", "note"):
        found += look(verb, own[verb]) + look(f"{verb}-wrong", own[verb], {})
    client.post(own["note"], {"text": "Spoke to the school nurse.\n\nShe will call back.", "readers": "agency"})
    client.post(own["assign"], {"to": str(lead.pk)})
    client.post(own["acknowledge"])
    found += look("referral-received", page) + look(
        "referral-print", reverse("desk:referral-print", args=[referral.pk])
    )
    found += look("not-now", own["acknowledge"], {})
    assert found == []


def test_an_absent_page_has_nothing_the_matter(look, lead):
    assert look("absent", reverse("desk:referral", args=["00000000-0000-4000-8000-000000000000"])) == []


@action
def give_up(*, agency, by, now):
    """A dead e-mail and a dead reaction, as weeks of failure leave them."""
    notice = send_notice(
        kind=NoticeKind.NEW_REFERRAL,
        about=by.pk,
        tells_of=[],
        agency=agency,
        address="a@b.example",
        details={"reference": "7K4M-Q2XP"},
        once="given up",
        by=by,
        now=now,
    )
    notice.changed(dead=now, attempts=20, last_error="ConnectionRefusedError")
    Handling.objects.create(event=EventRecord.objects.latest("happened"), handler="a.b", due=now, dead=now)


def test_what_could_not_be_delivered_has_nothing_the_matter_and_can_be_tried_again(look, lead, client):
    submitted()
    give_up(agency=lead.agencies[0], by=Agent.REFERRER, now=timezone.now())
    assert look("undelivered", reverse("agencies:undelivered")) == []
    client.post(reverse("agencies:replay", args=[Notice.objects.get(once="given up").pk]))
    client.force_login(officer_of(Agency.objects.get(code="system")))
    assert look("undelivered-administrator", reverse("agencies:undelivered")) == []
    client.post(reverse("agencies:replay-reaction", args=[Handling.objects.get(handler="a.b").pk]))
    assert not Notice.objects.filter(dead__isnull=False).exists()
    assert not Handling.objects.filter(dead__isnull=False).exists()
