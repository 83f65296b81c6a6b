"""The pages of exceptions in every state - empty, with errors, full - in a real browser."""

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency
from agencies.roles import ROLES, RoleName
from audit.agents import Agent
from referrals.actions.restrict_record import restrict_record
from referrals.actions.review_emergency import review_emergency
from referrals.models import AccessKind, NamedAccess
from tests.components.axe import faults
from tests.making import agency_for, dispatch_to_authority, dispatch_to_police, make_user, officer_of, submitted
from tests.referrals.opening import broken, privacy_officer, reviewer, shared, supervisor

pytestmark = [pytest.mark.usefixtures("db", "on_record"), pytest.mark.browser]
BARNSLEY, BRADFORD = "E08000038", "E08000032"


@pytest.fixture
def look(client, page):
    """Ask for an address and say what is the matter with the page it gives."""

    def at(name, address, data=None):
        answer = client.get(address) if data is None else client.post(address, data)
        assert answer.status_code == 200, name
        return faults(page, answer, name)

    return at


def test_sharing_and_restricting_have_nothing_the_matter(look, client):
    referral = submitted()
    dispatch, boss, stranger = (
        dispatch_to_authority(referral),
        supervisor(BARNSLEY),
        officer_of(Agency.objects.get(code=BRADFORD)),
    )
    lead, police = officer_of(dispatch.agency), officer_of(dispatch_to_police(referral).agency)
    client.force_login(boss)
    found = []
    for name in ("share", "open-review", "restrict"):
        address = reverse(f"referrals:{name}", args=[dispatch.pk])
        found += look(name, address) + look(f"{name}-wrong", address, {"email": "nobody", "days": "x", "reason": ""})
    access = shared(dispatch, stranger, by=boss)
    shared(dispatch, reviewer(), by=boss, kind=AccessKind.REVIEW)
    page = reverse("desk:referral", args=[referral.pk])
    found += look("referral-shared", page) + look("close", reverse("referrals:close-access", args=[access.pk]))
    client.force_login(stranger)
    found += look("referral-opened-to-me", page) + look("home-opened", reverse("desk:home"))
    named = [lead.pk, police.pk]
    restrict_record(dispatch_id=dispatch.pk, named=named, reason="A councillor’s child.", by=boss, now=timezone.now())
    client.force_login(boss)
    found += look("referral-named-only", page)
    named_first = NamedAccess.objects.filter(kind=AccessKind.NAMED).earliest("granted_at", "id")
    found += look("strike-off", reverse("referrals:strike-off", args=[named_first.pk]))
    for name in ("name", "lift"):
        address = reverse(f"referrals:{name}", args=[dispatch.pk])
        found += look(name, address) + look(f"{name}-wrong", address, {"reason": ""})
    assert found == []


def test_emergencies_and_their_review_have_nothing_the_matter(look, client):
    officer, stranger = privacy_officer(BARNSLEY), officer_of(Agency.objects.get(code=BRADFORD))
    client.force_login(officer)
    listed = reverse("referrals:emergencies")
    found = look("emergencies-empty", listed)
    done, waiting = (broken(submitted(), by=stranger) for _ in range(2))
    review_emergency(access_id=done.pk, justified=False, words="She was in her office.", by=officer, now=timezone.now())
    found += look("emergencies", listed) + look("home-privacy-officer", reverse("desk:home"))
    for name, access in (("waiting", waiting), ("done", done)):
        found += look(f"emergency-review-{name}", reverse("referrals:emergency-review", args=[access.pk]))
    wrong = reverse("referrals:emergency-review", args=[waiting.pk])
    found += look("emergency-review-wrong", wrong, {"reason": ""})
    client.force_login(stranger)
    address = reverse("referrals:emergency")
    found += look("emergency", address) + look("emergency-wrong", address, {"reference": "1", "reason": ""})
    assert found == []


@pytest.mark.parametrize("role", [role for role in RoleName if not ROLES[role].for_systems])
def test_the_home_of_every_role_leads_only_where_it_may_go(client, page, role):
    user = make_user(agency=agency_for(role), role=role, name="Osian Achterberg", by=Agent.OPERATOR, now=timezone.now())
    client.force_login(user)
    answer = client.get(reverse("desk:home"))
    assert faults(page, answer, f"home-{role}") == []
    links = {link.get_attribute("href") for link in page.locator("a[href^='/casework/']").all()}
    assert links
    assert {
        address: client.get(address).status_code for address in links if client.get(address).status_code != 200
    } == {}
