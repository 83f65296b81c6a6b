"""A system that fetches a referral again is told what was put right since, and nothing that is not for its agency."""

from datetime import date
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.models import Agency
from audit.agents import Agent
from audit.events import Event
from audit.models import EventRecord
from documents.actions.conclude_scan import conclude_scan
from documents.clamd import Verdict
from people.actions.decide_match import decide_match
from people.actions.end_clearance import end_clearance
from people.states import MatchState
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.actions.decide_withdrawal import decide_withdrawal
from referrals.actions.detach_document import detach_document
from referrals.actions.detach_referral import detach_referral
from referrals.actions.join_referrals import join_referrals
from referrals.actions.report_withdrawal import report_withdrawal
from referrals.actions.resume_referral import resume_referral
from referrals.actions.undo_join import undo_join
from referrals.models import JoinKind, ToldBy, WithdrawalKind
from referrals.webhooks import CHANGING
from tests.documents.making import added, judged_clean
from tests.making import TEACHER, cleared, dispatch_to_authority, dispatch_to_police, officer_of, submitted
from tests.people.pairs import AXEL, MISSPELT, found, match_of, officer_at
from tests.referrals.api.calling import REFERRALS, Caller, agency_key

pytestmark = pytest.mark.usefixtures("db", "on_record")
WHY = "Another pupil of the same name, says the lead."
RIGHT = {
    "given_names": "Corin",
    "family_name": "Tattersley",
    "adult_or_child": "child",
    "date_of_birth": date(2011, 3, 27),
}


class Scene:
    """A referral that Barnsley and the police have, and Barnsley's system that fetches it."""

    def __init__(self):
        self.referral = submitted()
        self.authority, self.police = dispatch_to_authority(self.referral), dispatch_to_police(self.referral)
        self.lead, self.officer = officer_of(self.authority.agency), officer_of(self.police.agency)
        self.council = Caller(agency_key(self.authority.agency))
        acknowledge_dispatch(dispatch_id=self.police.pk, by=self.officer, now=timezone.now())

    def fetched(self):
        answer = self.council.get(f"{REFERRALS}/{self.referral.pk}")
        assert answer.status_code == 200, answer.content
        return answer.json()

    def detach(self, right=RIGHT):
        self.referral.refresh_from_db()
        return detach_referral(
            dispatch_id=self.police.pk, wrong_id=self.referral.person_id, right=right, reason=WHY,
            by=self.officer, now=timezone.now(),
        )  # fmt: skip

    def join(self, other):
        return join_referrals(
            dispatch_id=self.police.pk, other_id=dispatch_to_police(other).pk, kind=JoinKind.DUPLICATE, reason=WHY,
            by=self.officer, now=timezone.now(),
        )  # fmt: skip

    def report(self):
        return report_withdrawal(
            dispatch_id=self.authority.pk, kind=WithdrawalKind.IN_ERROR, told_how=ToldBy.TELEPHONE, reason=WHY,
            by=self.lead, now=timezone.now(),
        )  # fmt: skip

    def decide(self, found, *, go_on):
        decide_withdrawal(
            withdrawal_id=found.pk,
            dispatch_id=self.police.pk,
            go_on=go_on,
            reason=WHY,
            by=self.officer,
            now=timezone.now(),
        )

    def resume(self, found):
        resume_referral(
            withdrawal_id=found.pk, dispatch_id=self.police.pk, reason=WHY, by=self.officer, now=timezone.now()
        )


@pytest.fixture
def scene():
    return Scene()


def test_after_every_change_that_systems_are_told_of_the_referral_is_told_otherwise(scene):
    told, kinds = [scene.fetched()], list[str]()

    def after(step):
        known = set(EventRecord.objects.values_list("pk", flat=True))
        made = step()
        kinds.extend(EventRecord.objects.exclude(pk__in=known).values_list("kind", flat=True))
        told.append(scene.fetched())
        assert told[-1] != told[-2], step
        return made

    join = after(partial(scene.join, submitted()))
    after(partial(undo_join, join_id=join.pk, reason=WHY, by=scene.officer, now=timezone.now()))
    after(scene.detach)
    after(partial(scene.decide, after(scene.report), go_on=True))
    second = after(scene.report)
    after(partial(scene.decide, second, go_on=False))
    after(partial(scene.resume, second))
    assert {Event(kind) for kind in kinds} >= CHANGING.keys()


def test_a_system_is_told_whether_contact_is_cleared_at_that_moment(scene):
    told = [scene.fetched()["deconfliction"]]
    for conditions in (False, True):
        cleared(scene.referral, with_conditions=conditions)
        told.append(scene.fetched()["deconfliction"])
        end_clearance(person_id=scene.referral.person_id, by=Agent.SWEEPER, now=timezone.now())
        told.append(scene.fetched()["deconfliction"])
    assert told == ["not_cleared", "cleared", "not_cleared", "cleared_with_conditions", "not_cleared"]


@pytest.mark.parametrize(("said", "repeated"), [("confirmed", True), ("rejected", False), ("left_open", False)])
def test_a_system_is_told_of_a_repeat_once_an_officer_has_confirmed_it(said, repeated):
    one, other = found(AXEL), found(MISSPELT)
    council = Caller(agency_key(dispatch_to_authority(other).agency))
    asked = partial(council.get, f"{REFERRALS}/{other.pk}")
    assert asked().json()["repeated"] is False
    decide_match(
        match_id=match_of(one, other).pk, said=MatchState(said), reason=WHY, by=officer_at(one), now=timezone.now()
    )
    assert asked().json()["repeated"] is repeated


def test_nothing_put_right_is_said_to_be_nothing(scene):
    told = scene.fetched()
    assert (told["detached"], told["withdrawal"], told["joined_with"]) == ([], None, [])
    assert told["person"] == {
        "given_names": "Tomasz", "family_name": "Ó Briain-Łukasik", "other_names": "", "adult_or_child": "child",
        "date_of_birth": None, "approximate_age": "15",
    }  # fmt: skip


def test_after_a_detachment_the_right_person_is_named_and_the_answers_stay_as_given(scene):
    scene.detach()
    told = scene.fetched()
    assert told["person"] == {
        "given_names": "Corin", "family_name": "Tattersley", "other_names": "", "adult_or_child": "child",
        "date_of_birth": "2011-03-27", "approximate_age": "",
    }  # fmt: skip
    assert len(told["detached"]) == 1
    assert told["answers"]["given_names"] == "Tomasz"


def test_a_withdrawal_is_told_by_its_kind_and_how_it_stands_without_anybodys_reasons(scene):
    found = scene.report()
    assert scene.fetched()["withdrawal"] == {"kind": "in_error", "state": "reported"}
    scene.decide(found, go_on=False)
    assert scene.fetched()["withdrawal"] == {"kind": "in_error", "state": "stopped"}
    assert WHY not in str(scene.fetched())


def test_of_joined_referrals_an_agencys_system_is_told_those_alone_that_the_agency_has(scene):
    theirs, anothers = submitted(), submitted({**TEACHER, "postcode": "BD1 1HX"})
    scene.join(theirs)
    scene.join(anothers)
    told = scene.fetched()
    assert told["joined_with"] == [str(theirs.pk)]
    assert str(anothers.pk) not in str(told)
    police = Caller(agency_key(scene.police.agency)).get(f"{REFERRALS}/{scene.referral.pk}").json()
    assert set(police["joined_with"]) == {str(theirs.pk), str(anothers.pk)}


def test_a_joined_referral_that_was_restricted_since_is_told_no_more(scene):
    other = submitted()
    scene.join(other)
    officer_of(Agency.objects.get(code="ctp-north-east"), name="Corin Tattersley")
    detach_referral(
        dispatch_id=dispatch_to_authority(other).pk, wrong_id=other.person_id, right=RIGHT, reason=WHY,
        by=scene.lead, now=timezone.now(),
    )  # fmt: skip
    told = scene.fetched()
    assert told["joined_with"] == []
    assert str(other.pk) not in str(told)


def test_one_that_is_restricted_by_a_detachment_is_not_there_for_the_system_of_an_ordinary_agency(scene):
    officer_of(Agency.objects.get(code="ctp-north-east"), name="Corin Tattersley")
    scene.detach()
    assert scene.council.get(f"{REFERRALS}/{scene.referral.pk}").status_code == 404


def test_documents_are_named_with_what_the_scanner_says_of_them_until_they_are_taken_away(scene):
    assert scene.fetched()["documents"] == []
    waits, clean = (added(scene.authority, scene.lead, name=name) for name in ("notes.txt", "more.txt"))
    judged_clean(clean.pk)
    told = {"kind": "text", "source": "The school’s lead", "caveat": "Not for the family"}
    first = {"id": str(waits.pk), "name": "notes.txt", "state": "checking", **told}
    assert scene.fetched()["documents"] == [first, {"id": str(clean.pk), "name": "more.txt", "state": "clean", **told}]
    detach_document(document_id=clean.pk, reason=WHY, by=scene.lead, now=timezone.now())
    assert scene.fetched()["documents"] == [first]
    conclude_scan(file_id=waits.pk, verdict=Verdict.INFECTED, by=Agent.SWEEPER, now=timezone.now())
    assert scene.fetched()["documents"] == [first | {"state": "refused"}]


def test_to_fetch_costs_the_same_however_much_stands_beside(scene, django_assert_num_queries):
    scene.join(submitted())
    added(scene.authority, scene.lead)
    scene.fetched()
    with CaptureQueriesContext(connection) as one:
        scene.fetched()
    for _each in range(3):
        scene.join(submitted())
        added(scene.authority, scene.lead)
    with django_assert_num_queries(len(one)):
        assert len(scene.fetched()["joined_with"]) == 4
