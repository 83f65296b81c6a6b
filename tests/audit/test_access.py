"""Looking is on the record too, under the key of the person looked at."""

import pytest
from django.utils import timezone

from audit.access import looked
from audit.agents import Agent
from audit.context import current
from audit.ledger import read_payload
from audit.models import Entry, Payload
from audit.operations import Operation, kinds_of
from audit.person_of import person_of
from audit.refusals import OffTheRecord
from tests.audit.acts import within
from tests.making import dispatch_to_authority, officer_of, submitted

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()


def test_a_look_names_who_at_what_and_whom():
    referral = submitted()
    officer = officer_of(dispatch_to_authority(referral).agency)
    for kind in (Entry.Kind.VIEWED, Entry.Kind.PRINTED, Entry.Kind.VIEWED):
        looked(kind=kind, at_object=referral, by=officer, now=NOW)
    looks = list(Entry.objects.filter(object_id=referral.pk, kind=Entry.Kind.VIEWED).order_by("-id"))
    assert len(looks) == 2
    assert looks[0].pk > looks[1].pk
    assert (looks[0].actor, looks[0].subject, looks[0].object_type) == (
        officer.pk,
        referral.person_id,
        "referrals.referral",
    )
    assert Payload.objects.get(pk=looks[0].pk).key_of == referral.person_id


def test_a_search_lies_sealed_under_the_houses_key():
    looked(kind=Entry.Kind.SEARCHED, by=Agent.OPERATOR, now=NOW, reference="K7QM-3XWP")
    entry = Entry.objects.latest("id")
    assert (entry.object_id, entry.subject) == (None, None)
    assert read_payload(entry) == {"reference": "K7QM-3XWP"}
    assert b"K7QM" not in bytes(entry.payload.sealed)


@pytest.mark.parametrize("kind", kinds_of(Operation.DISCLOSURE))
@pytest.mark.parametrize("said", [{}, {"recipient": ""}, {"recipient": None}, {"recipients": ["somebody"]}])
def test_a_disclosure_that_does_not_say_to_whom_is_none(kind, said):
    before = Entry.objects.count()
    with pytest.raises(OffTheRecord, match="recipient"):
        looked(kind=kind, by=Agent.OPERATOR, now=NOW, **said)
    assert Entry.objects.count() == before
    assert not current().pending
    looked(kind=kind, by=Agent.OPERATOR, now=NOW, recipient="referrer")
    assert read_payload(Entry.objects.latest("id")) == {"recipient": "referrer"}


def test_what_is_sent_is_disclosed_to_each_agency_that_has_it():
    referral = submitted()
    entries = Entry.objects.filter(kind__in=kinds_of(Operation.DISCLOSURE), subject=referral.person_id)
    assert {(each.object_id, each.verb, read_payload(each)["recipient"]) for each in entries} == {
        (dispatch.pk, "send_dispatch", str(dispatch.agency_id)) for dispatch in referral.dispatches.all()
    }


def test_a_row_concerns_the_person_its_path_leads_to(django_assert_num_queries):
    referral = submitted()
    dispatch = dispatch_to_authority(referral)
    with django_assert_num_queries(0):
        assert person_of(referral) == person_of(dispatch) == referral.person_id
    assert person_of(referral.person) == referral.person_id
    assert person_of(dispatch.agency) is None


def test_agents_have_a_stable_name_on_the_ledger_and_one_for_people():
    assert len({agent.pk for agent in Agent}) == len(Agent)
    assert str(Agent.REFERRER.pk) == "e507c900-f771-5468-82dc-b9eb2e7280bd"
    assert (Agent.REFERRER.name_shown, Agent.OPERATOR.name_shown) == ("the referrer", "an operator")
    assert Agent.SWEEPER.name_shown == Agent.MESSENGER.name_shown == "the system"


def test_a_save_that_changes_nothing_is_not_worth_a_line():
    referral = submitted()
    before = Entry.objects.count()
    within(do=referral.person.save, by=Agent.OPERATOR, now=NOW)
    assert Entry.objects.count() == before
    assert Entry.objects.log_create(referral.person, changes={}) is None
