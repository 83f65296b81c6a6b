"""Good practice: a region offers it, headquarters publish it or say why not, and take it back."""

import pytest
from django.utils import timezone

from audit.refusals import Forbidden, NotNow
from tests.making import dispatch_to_authority
from tests.triage.standardising import drafted, headquarters, offered, published, shown
from triage.actions.decline_practice import decline_practice
from triage.actions.offer_practice import offer_practice
from triage.actions.publish_practice import publish_practice
from triage.actions.withdraw_practice import withdraw_practice
from triage.models import PracticeNote
from triage.practice import notes_by, notes_offered, practice_by_step
from triage.states import PracticeState

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now


def test_what_a_region_offers_is_seen_by_all_once_headquarters_publish_it(analyst):
    published()
    note = offered(analyst)
    assert (note.region, note.offered_by, note.state) == (analyst.agencies[0], analyst, PracticeState.OFFERED)
    assert practice_by_step() == {} and list(notes_offered()) == [note]
    by = headquarters("Wilf Oduya")
    publish_practice(practice_id=note.pk, by=by, now=NOW())
    assert practice_by_step() == {"pnc": [note]} and not notes_offered()
    assert PracticeNote.objects.get().published_by == by


def test_it_stays_beside_its_step_in_later_versions(analyst):
    by = headquarters()
    published(by=by)
    note = shown(analyst)
    published(by=by, now=NOW())
    assert practice_by_step() == {"pnc": [note]}


def test_what_is_withdrawn_no_region_sees_and_the_one_that_offered_reads_why(analyst):
    published()
    note, by = shown(analyst), headquarters()
    withdraw_practice(practice_id=note.pk, reason=" The school portal is gone. ", by=by, now=NOW())
    assert practice_by_step() == {}
    (own,) = notes_by(analyst.agencies)
    assert (own.state, own.reason, own.withdrawn_by) == (PracticeState.WITHDRAWN, "The school portal is gone.", by)


def test_what_is_declined_says_why(analyst):
    published()
    note, by = offered(analyst), headquarters()
    with pytest.raises(NotNow, match="in words"):
        decline_practice(practice_id=note.pk, reason="…", by=by, now=NOW())
    decline_practice(practice_id=note.pk, reason="It names a person.", by=by, now=NOW())
    for decide in (publish_practice, decline_practice):
        with pytest.raises(NotNow, match="decided about this meanwhile"):
            decide(practice_id=note.pk, by=by, now=NOW(), **({} if decide is publish_practice else {"reason": "No."}))
    with pytest.raises(NotNow, match="not published"):
        withdraw_practice(practice_id=note.pk, reason="No.", by=by, now=NOW())


def test_it_is_about_a_step_of_a_published_version_and_says_something(analyst):
    drafted()
    with pytest.raises(NotNow, match="no such step"):
        offered(analyst)
    with pytest.raises(NotNow, match="no such step"):
        offered(analyst, code="none")


def test_words_that_say_nothing_are_not_offered(analyst):
    published()
    with pytest.raises(NotNow, match="in words"):
        offered(analyst, words="…")


def test_a_region_offers_for_itself_and_decides_nothing(referral, analyst, lead):
    published()
    note = offered(analyst)
    for by in (analyst, lead):
        with pytest.raises(Forbidden):
            publish_practice(practice_id=note.pk, by=by, now=NOW())
        for decide in (decline_practice, withdraw_practice):
            with pytest.raises(Forbidden):
                decide(practice_id=note.pk, reason="No.", by=by, now=NOW())
        with pytest.raises(Forbidden):
            offer_practice(
                agency_id=dispatch_to_authority(referral).agency_id, step_code="pnc", words="Words", by=by, now=NOW()
            )
