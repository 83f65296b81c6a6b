"""The pages of the ledger in every state - empty, with errors, full - in a real browser, and by keyboard alone."""

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.actions.seal_entries import seal_entries
from audit.agents import Agent
from audit.sealing import places
from audit.sealing.keys import signer
from audit.sealing.note import Checkpoint
from desk.tasks import sweep_verifications
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from tests.components.axe import faults
from tests.desk.audit.reading import opened
from tests.making import officer_of
from tests.referrals.looking import stated

pytestmark = [pytest.mark.usefixtures("db", "on_record"), pytest.mark.browser]


@pytest.fixture
def look(client, page, auditor):
    """Ask for an address as an auditor and say what is the matter with the page it gives."""
    client.force_login(auditor)

    def at(name, address, data=None):
        answer = client.get(address) if data is None else client.post(address, data)
        return faults(page, answer, name)

    return at


def test_empty_pages_and_errors_have_nothing_the_matter(look, referral, council):
    audit, find = reverse("desk:audit"), reverse("desk:audit-find")
    wrong = f"{audit}?since-day=40&since-month=1&since-year=2026"
    found = look("audit-refused-empty", reverse("desk:audit-refused"))
    found += look("audit-nothing", f"{audit}?operation=erasure") + look("audit-wrong", wrong)
    found += look("audit-nobody-looked", reverse("desk:audit-referral", args=[referral.pk]))
    found += look("audit-find", find) + look("audit-find-wrong", find, {"reference": "x"})
    found += look("audit-find-nobody", find, {"name": "Nobody"})
    assert found == []


def test_the_page_of_verifications_has_nothing_the_matter_in_any_state(
    look, client, auditor, council, settings, tmp_path
):
    settings.LEDGER_CHECKPOINTS = (tmp_path / "checkpoints").as_uri()
    verify = reverse("desk:audit-verify")
    seal_entries(by=Agent.SEALER, now=timezone.now())
    found = look("audit-verify-never", verify)
    client.post(verify)
    found += look("audit-verifying", verify)
    sweep_verifications()
    found += look("audit-verified", verify)
    known = Checkpoint(signer().name, 10_000, bytes(32))
    places.publish(signer().sign(known), known.size)
    client.post(verify)
    sweep_verifications()
    found += look("audit-not-as-sealed", verify)
    assert found == []


def test_full_pages_have_nothing_the_matter(look, client, auditor, officer, stranger, council, dispatch):
    acknowledge_dispatch(dispatch_id=dispatch.pk, by=officer, now=timezone.now())
    stated(dispatch.referral, by=officer)
    for by in (officer, stranger, officer):
        opened(dispatch.referral, by=by)
    client.force_login(officer)
    client.get("/casework/quarantine/")
    officer_of(council, name="Wren Achterberg")
    client.force_login(auditor)
    found = look("audit", reverse("desk:audit")) + look("audit-refused", reverse("desk:audit-refused"))
    found += look("audit-referral", reverse("desk:audit-referral", args=[dispatch.referral_id]))
    found += look("audit-user", reverse("desk:audit-user", args=[officer.pk]))
    found += look("audit-found", reverse("desk:audit-find"), {"name": "Achterberg"})
    found += look("home-auditor", reverse("desk:home"))
    assert found == []
