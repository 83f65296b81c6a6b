"""The pages of supervisors in every state - empty, with errors, full - in a real browser."""

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency
from referrals.actions.assign_dispatch import assign_dispatch
from tests.components.axe import faults
from tests.desk.test_supervising import NUMBERS, absence_of, overdue_referral
from tests.making import TEACHER, dispatch_to_authority, officer_of, submitted
from tests.overdue import supervisor_of

pytestmark = [pytest.mark.usefixtures("db", "on_record"), pytest.mark.browser]


@pytest.fixture
def boss(client, council):
    user = supervisor_of(council)
    client.force_login(user)
    return user


@pytest.fixture
def look(client, page):
    """Ask for an address and say what is the matter with the page it gives."""

    def at(name, address, data=None):
        answer = client.get(address) if data is None else client.post(address, data)
        return faults(page, answer, name)

    return at


def test_empty_pages_have_nothing_the_matter(look, boss, council):
    found = look("waiting-empty", reverse("desk:waiting-for-receipt")) + look(
        "absences-empty", reverse("agencies:absences")
    )
    found += look("colleagues-alone", reverse("referrals:colleagues")) + look("targets", reverse("agencies:targets"))
    found += look("reassign-empty", reverse("referrals:reassign-nobodys", args=[council.pk]))
    assert found == []


def test_full_pages_have_nothing_the_matter(look, client, boss, council):
    for days in (1, 5, 12):
        overdue_referral(days)
    submitted({**TEACHER, "danger": "yes"})
    officer = officer_of(council, name="Wren Castellane")
    referral = submitted()
    assign_dispatch(dispatch_id=dispatch_to_authority(referral).pk, to_id=officer.pk, by=boss, now=timezone.now())
    client.post(reverse("agencies:absence", args=[council.pk]), absence_of(officer, boss))
    found = look("waiting", reverse("desk:waiting-for-receipt")) + look("absences", reverse("agencies:absences"))
    found += look("colleagues", reverse("referrals:colleagues"))
    found += look("leave", reverse("referrals:leave", args=[officer.memberships.get().pk]))
    found += look("home-supervisor", reverse("desk:home"))
    found += look("inbox-overdue", f"{reverse('referrals:inbox')}?waiting=overdue&agency=E08000038")
    found += look("inbox-covered", f"{reverse('referrals:inbox')}?assigned=covered")
    found += look("assign-away", reverse("referrals:assign", args=[dispatch_to_authority(referral).pk]))
    away = {"to": str(officer.pk)}
    found += look("assign-warned", reverse("referrals:assign", args=[dispatch_to_authority(referral).pk]), away)
    reassign = reverse("referrals:reassign", args=[council.pk, officer.pk])
    found += look("reassign", reassign) + look("reassign-wrong", reassign, {"reason": ""})
    given = {"rows": [str(dispatch_to_authority(referral).pk)], "to": [str(boss.pk)], "reason": "They are away."}
    client.post(reassign, given)
    found += look("referral-reassigned", reverse("desk:referral", args=[referral.pk]))
    assert found == []


def test_forms_have_nothing_the_matter_empty_and_with_errors(look, client, boss, council):
    absence, target = (reverse(f"agencies:{name}", args=[council.pk]) for name in ("absence", "target"))
    found = look("absence", absence) + look("absence-wrong", absence, {"away": ""})
    found += look("absence-refused", absence, absence_of(boss, officer_of(council), first=-5, last=-3))
    found += look("target", target) + look("target-wrong", target, {})
    client.post(target, NUMBERS)
    found += look("target-own", target) + look("targets-own", reverse("agencies:targets"))
    assert found == []


def test_what_national_desk_and_administrator_see_has_nothing_the_matter(look, client):
    overdue_referral()
    client.force_login(officer_of(Agency.objects.get(code="national-police-desk")))
    found = look("waiting-national", reverse("desk:waiting-for-receipt"))
    client.force_login(officer_of(Agency.objects.get(code="system")))
    found += look("targets-administrator", reverse("agencies:targets"))
    found += look("target-default", reverse("agencies:default-target"))
    assert found == []
