"""Whether the ledger is what was sealed: asked for on a page, done by a worker, and by the service once a day."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from agencies.models import Notice, NoticeKind
from agencies.tasks import watch_ledger
from audit.actions.publish_checkpoint import publish_checkpoint
from audit.actions.seal_entries import seal_entries
from audit.actions.verify_ledger import _place
from audit.agents import Agent
from audit.models import Entry, Verification
from audit.sealing import places
from audit.sealing.keys import signer
from audit.sealing.note import Checkpoint
from audit.sealing.watching import Trouble, troubles
from desk.actions.ask_to_verify import ask_to_verify
from desk.tasks import GIVE_UP_AFTER, sweep_verifications
from tests.agencies.administering import administrator
from tests.audit.acts import within
from tests.desk.audit.reading import opened, page, refuses

pytestmark = pytest.mark.usefixtures("db", "on_record")


@pytest.fixture(autouse=True)
def elsewhere(settings, tmp_path):
    """The second place, empty."""
    settings.LEDGER_CHECKPOINTS = (tmp_path / "checkpoints").as_uri()
    return tmp_path / "checkpoints"


@pytest.fixture
def ledger(officer, referral):
    """A ledger with something in it, sealed, and its checkpoint elsewhere."""
    opened(referral, by=officer)
    seal_entries(by=Agent.SEALER, now=timezone.now())
    publish_checkpoint(by=Agent.SEALER, now=timezone.now())


def asks(client, auditor):
    """The auditor presses the button, and sees the page that it leads to."""
    client.force_login(auditor)
    answer = client.post(reverse("desk:audit-verify"), follow=True)
    assert answer.redirect_chain == [(reverse("desk:audit-verify"), 302)]
    return Verification.objects.latest("asked_at")


def lies_there(note, size):
    """Somebody has put a checkpoint into the second place."""
    places.publish(note, size)


def cut_off():
    """A checkpoint of a ledger that had another entry."""
    known = Checkpoint(signer().name, 10_000, bytes(32))
    lies_there(signer().sign(known), known.size)


def test_an_auditor_asks_and_reads_that_nothing_is_wrong(client, auditor, ledger):
    row = asks(client, auditor)
    assert row.asked_by == auditor.pk and row.expected > 0 and str(row) == str(row.pk)
    assert "It begins within moments" in page(client, auditor, "audit-verify")
    assert sweep_verifications() == 1
    text = page(client, auditor, "audit-verify")
    assert "Nothing is wrong" in text and f"kept elsewhere was of {row.expected:,} entries" in text
    assert Entry.objects.filter(kind=Entry.Kind.VERIFIED, object_id=row.pk, actor=Agent.SEALER.pk).count() == 1
    assert troubles(now=timezone.now()) == []


def test_how_far_it_is_stands_on_the_page(client, auditor, ledger):
    cache.set(_place(asks(client, auditor)), 4711)
    assert "4,711 of about" in page(client, auditor, "audit-verify")


def test_who_asks_while_it_is_being_done_is_shown_the_same(client, auditor, national, ledger):
    first = asks(client, auditor)
    assert asks(client, national) == first
    assert "Verify now" not in page(client, national, "audit-verify")


def test_a_ledger_that_is_not_what_was_sealed_is_said_so_and_those_who_run_the_service_are_told(
    client, auditor, ledger
):
    administrator()
    cut_off()
    asks(client, auditor)
    sweep_verifications()
    text = page(client, auditor, "audit-verify")
    assert "The ledger is not what was sealed" in text and "The ledger ends here" in text and "evidence" in text
    assert "Nothing is wrong" not in text
    assert Trouble.NOT_AS_SEALED in troubles(now=timezone.now())
    watch_ledger()
    assert Notice.objects.filter(kind=NoticeKind.LEDGER_TROUBLE).exists()


def test_what_cannot_be_relied_on_in_the_second_place_is_a_fault_and_keeps_nothing_from_being_read(
    client, auditor, ledger, elsewhere
):
    (elsewhere / "0000000000000001.note").write_text("no checkpoint\n")
    row = asks(client, auditor)
    sweep_verifications()
    row.refresh_from_db()
    assert not row.is_ok and row.found["entries"] > 0 and row.found["checkpoint"]
    assert "cannot be relied on" in page(client, auditor, "audit-verify")


def test_where_nothing_is_kept_elsewhere_the_page_says_so(client, auditor, officer, referral):
    opened(referral, by=officer)
    seal_entries(by=Agent.SEALER, now=timezone.now())
    asks(client, auditor)
    sweep_verifications()
    assert "None of it was compared with a checkpoint kept elsewhere" in page(client, auditor, "audit-verify")


def test_while_the_second_place_is_away_it_is_tried_again_and_given_up_at_last(
    client, auditor, ledger, settings, tmp_path
):
    settings.LEDGER_CHECKPOINTS = (tmp_path / "not mounted" / "checkpoints").as_uri()
    row = asks(client, auditor)
    for _time in range(GIVE_UP_AFTER):
        row.refresh_from_db()
        assert row.is_waiting
        within(do=partial(row.changed, due=timezone.now()), by=Agent.OPERATOR, now=timezone.now())
        sweep_verifications()
    assert "Not done" in page(client, auditor, "audit-verify")
    assert asks(client, auditor) != row


def test_the_service_asks_where_nobody_has_for_a_day(ledger):
    assert sweep_verifications() == 1
    assert Verification.objects.get().asked_by == Agent.SEALER.pk
    assert sweep_verifications() == 0


def test_the_last_ten_stand_below_with_who_asked(client, auditor, national, ledger):
    for day in range(12):
        ask_to_verify(by=auditor, now=timezone.now() - timedelta(days=day))
        sweep_verifications()
    text = page(client, national, "audit-verify")
    assert text.count("Nothing wrong") == 10 and auditor.name in text


def test_auditors_alone_ask(client, officer, auditor):
    assert refuses(client, officer, "audit-verify") and page(client, auditor, "audit-verify")
