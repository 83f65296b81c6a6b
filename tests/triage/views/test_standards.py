"""Pages of the standards: every police desk reads what holds and what changed, headquarters write it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format

from tests.triage.standardising import NOTE, drafted, headquarters, offered, published, shown, step
from triage.actions.publish_practice import publish_practice
from triage.actions.withdraw_practice import withdraw_practice
from triage.models import PracticeNote, Standard
from triage.states import PracticeState, StandardState

pytestmark = pytest.mark.usefixtures("db", "on_record")
LIST = reverse("triage:standards")


def page(name, row):
    return reverse(f"triage:{name}", args=[row.pk])


def text(client, url):
    answer = client.get(url)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


@pytest.fixture
def desk(client):
    """The browser of somebody at headquarters."""
    client.user = headquarters()
    client.force_login(client.user)
    return client


def test_before_the_first_version_the_page_says_that_there_is_none(client, analyst):
    client.force_login(analyst)
    assert "No version holds yet" in text(client, LIST)
    assert "no published version yet" in text(client, reverse("triage:offer-practice"))


def test_officers_and_analysts_read_what_holds_what_changed_what_comes_and_good_practice(client, analyst, officer):
    by = headquarters()
    published(by=by)
    shown(analyst, "We ask the school for spellings.")
    published(step("pnc"), by=by, now=timezone.now(), day=timezone.localdate() + timedelta(days=5))
    for reader in (analyst, officer):
        client.force_login(reader)
        found = text(client, LIST)
        assert "Version 1" in found and NOTE in found and "CT HOLMES searched" in found
        assert "We ask the school for spellings." in found and "not policy" in found
        assert "Version 2 is published and holds from" in found
        assert "Begin a new version" not in found and "Withdraw" not in found
    assert "What your agency has offered" in found


def test_each_version_shows_how_it_differs_from_the_one_before_and_regions_read_no_name(client, analyst):
    by = headquarters()
    published(step("pnc"), step("pnd"), by=by)
    second = published(step("pnc", required=False), step("ncia"), by=by)
    client.force_login(analyst)
    found = text(client, page("standard", second))
    assert "How it differs from version 1" in found
    for word in ("New", "Changed", "Asked no more", "not required", "PND searched"):
        assert word in found
    assert by.name not in found
    client.force_login(by)
    assert f"Published by {by.name}." in text(client, page("standard", second))


def test_a_draft_is_for_headquarters_alone(client, analyst, lead):
    draft = drafted()
    for reader in (analyst, lead):
        client.force_login(reader)
        assert client.get(page("standard", draft)).status_code == 404
    client.force_login(lead)
    assert client.get(LIST).status_code == 404


def test_headquarters_begin_write_and_publish_a_version(desk):
    published(step("pnc"), step("pnd"), by=desk.user)
    assert "Begin a new version" in text(desk, LIST)
    assert desk.get(reverse("triage:begin-standard")).status_code == 302
    desk.post(reverse("triage:begin-standard"))
    draft = Standard.objects.get(state=StandardState.DRAFT)
    assert "Go on writing version 2" in text(desk, LIST)
    assert "Ask no more" not in text(desk, LIST), "what holds is not changed"
    desk.post(page("add-step", draft), {"moment": "gateway", "words": "Earlier referrals read", "required": "on"})
    added = draft.steps.get(code="earlier-referrals-read")
    assert added.required and added.moment == "gateway"
    assert 'value="Earlier referrals read"' in text(desk, page("step", added))
    desk.post(page("step", added), {"moment": "gateway", "words": "Every earlier referral read"})
    added.refresh_from_db()
    assert (added.words, added.required) == ("Every earlier referral read", False)
    desk.post(page("move-step", draft.steps.get(code="pnd")), {"to": "up"})
    assert desk.get(page("move-step", added)).status_code == desk.get(page("retire-step", added)).status_code == 302
    desk.post(page("retire-step", draft.steps.get(code="pnc")))
    assert "Every earlier referral read" in text(desk, page("publish-standard", draft))
    day = timezone.localdate() + timedelta(days=3)
    given = {f"in_force_from-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
    desk.post(page("publish-standard", draft), {"note": "One less, one more.", **given})
    draft.refresh_from_db()
    assert (draft.state, draft.note, draft.in_force_from) == (StandardState.PUBLISHED, "One less, one more.", day)
    assert desk.get(page("add-step", draft)).status_code == 409


def test_what_cannot_be_published_comes_back_with_what_was_typed(desk):
    draft = drafted(by=desk.user)
    today = timezone.localdate()
    given = {f"in_force_from-{part}": str(getattr(today, part)) for part in ("day", "month", "year")}
    found = desk.post(page("publish-standard", draft), {"note": "Words typed", **given}).content.decode()
    assert "must be after today" in found and "Words typed" in found
    found = desk.post(page("publish-standard", draft), {"note": "…"}).content.decode()
    assert "Say what changed" in found and "Enter the day from which it holds" in found
    found = desk.post(page("add-step", draft), {"words": "…"}).content.decode()
    assert "Write what is to be checked" in found and "Say when it is to be done" in found


def test_a_region_offers_good_practice_and_headquarters_decide(client, analyst):
    by = headquarters()
    published(by=by)
    client.force_login(analyst)
    offer = reverse("triage:offer-practice")
    given = {"step": "pnc", "words": "Ask the school.", "agency": str(analyst.agencies[0].pk)}
    assert "Write what works well" in client.post(offer, {**given, "words": " "}).content.decode()
    assert client.post(offer, given).status_code == 302
    client.force_login(by)
    note = PracticeNote.objects.get()
    assert page("practice", note) in text(client, LIST)
    found = client.post(page("practice", note), {"said": "decline", "reason": "…"}).content.decode()
    assert "Say why the regions are not to see it" in found
    assert client.post(page("practice", note), {"said": "publish"}).status_code == 302
    found = client.post(page("practice", note), {"said": "withdraw", "reason": "Out of date."})
    note.refresh_from_db()
    assert (note.state, note.reason) == (PracticeState.WITHDRAWN, "Out of date.")
    assert "What becomes of it?" not in text(client, page("practice", note))


def test_what_headquarters_decline_the_region_reads_with_the_reason(client, analyst):
    by = headquarters()
    published(by=by)
    note = offered(analyst)
    client.force_login(by)
    client.post(page("practice", note), {"said": "decline", "reason": "It names a person."})
    client.force_login(analyst)
    assert "Not published" in text(client, LIST) and "It names a person." in text(client, LIST)


def test_one_note_of_good_practice_has_one_date_wherever_it_is_shown(client, analyst):
    by = headquarters()
    published(by=by)
    note = offered(analyst)
    client.force_login(analyst)
    later = note.offered_at + timedelta(days=1)
    publish_practice(practice_id=note.pk, by=by, now=later)
    found = text(client, LIST)
    assert found.count(date_format(timezone.localtime(later), "j F Y")) == 2
    assert date_format(timezone.localtime(note.offered_at), "j F Y") not in found
    withdraw_practice(practice_id=note.pk, reason="Out of date.", by=by, now=later + timedelta(days=1))
    found = text(client, LIST)
    assert f"Withdrawn, {date_format(timezone.localtime(later + timedelta(days=1)), 'j F Y')}: Out of date." in found
