"""The inbox as a file: what the list shows, of one agency, as much as its reader may read, and nothing restricted."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.actions.add_membership import add_membership
from agencies.models import Agency
from agencies.purposes import Purpose
from agencies.roles import RoleName
from audit.agents import Agent
from documents.selectors import still_downloads
from documents.tasks import sweep_exports
from people.actions.decide_match import decide_match
from people.states import MatchState
from referrals.actions.accept_offer import accept_offer
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.actions.assign_dispatch import assign_dispatch
from referrals.actions.lift_restriction import lift_restriction
from referrals.actions.make_offer import make_offer
from referrals.actions.restrict_record import restrict_record
from tests.documents.conftest import folder
from tests.documents.exporting import Asker, bytes_of, rows_of, swept
from tests.making import TEACHER, dispatch_to_authority, dispatch_to_police, make_user, officer_of, submitted
from tests.people.pairs import match_of, officer_at, pair
from tests.referrals.opening import supervisor

__all__ = ["folder"]

pytestmark = pytest.mark.usefixtures("db", "on_record")
WHY = "The person is the child of a councillor."


@pytest.fixture
def asker():
    return Asker()


def references(export):
    return [row[0] for row in rows_of(export)]


def test_the_columns_an_officer_works_with(asker):
    referral = submitted({**TEACHER, "danger": "yes"})
    dispatch = dispatch_to_authority(referral)
    acknowledge_dispatch(dispatch_id=dispatch.pk, by=asker.user, now=timezone.now())
    assign_dispatch(dispatch_id=dispatch.pk, to_id=asker.user.pk, by=asker.user, now=timezone.now())
    export = asker.has()
    (headings, row) = csv.reader(io.StringIO(bytes_of(export).decode("utf-8-sig"), newline=""))
    found = dict(zip(headings, row, strict=True))
    assert (found["Reference"], found["Person"]) == (referral.reference, "Tomasz Ó Briain-Łukasik")
    assert (found["Adult or child"], found["Immediate danger"], found["Area not known"]) == ("Child", "Yes", "No")
    assert found["Receipt taken by"] == found["Assigned to"] == asker.user.name
    assert found["Received"] == timezone.localtime(dispatch.sent_at).strftime("%Y-%m-%d %H:%M")
    assert TEACHER["concern"] not in bytes_of(export).decode()
    assert TEACHER["referrer_name"] not in bytes_of(export).decode()


def test_what_nobody_has_taken_receipt_of_leaves_its_cells_empty(asker):
    submitted()
    (row,) = rows_of(asker.has())
    assert row[10:13] == ["", "", ""]
    assert row[9] == "No"


def test_a_name_is_no_formula(asker):
    submitted({**TEACHER, "given_names": "=HYPERLINK(1)", "family_name": "+44"})
    (row,) = rows_of(asker.has())
    assert row[1] == "'=HYPERLINK(1) +44"


def test_it_is_narrowed_as_the_page_was(asker):
    first, second = submitted({**TEACHER, "danger": "yes"}), submitted()
    received = dispatch_to_authority(second)
    acknowledge_dispatch(dispatch_id=received.pk, by=asker.user, now=timezone.now())
    assert references(asker.has(filters={"flags": ["immediate"]})) == [first.reference]
    assert references(asker.has(filters={"state": "acknowledged"})) == [second.reference]
    assert references(asker.has(filters={"reference": second.reference})) == [second.reference]


def test_only_the_agency_that_was_named_is_in_it():
    referral = submitted()
    police = dispatch_to_police(referral).agency
    user = officer_of(dispatch_to_authority(referral).agency)
    add_membership(
        user_id=user.pk, agency_id=police.pk, role=RoleName.CTP_OFFICER, by=Agent.OPERATOR, now=timezone.now()
    )
    asker = Asker(user)
    (row,) = rows_of(asker.has(agency=police))
    assert row[3] == police.name


def test_a_piece_holds_what_may_be_read_when_it_is_written(asker, settings):
    settings.EXPORT_ROWS = 1
    stays, goes = submitted(), submitted()
    export = asker.asks()
    other = officer_of(Agency.objects.get(code="E08000032"))
    dispatch = dispatch_to_authority(goes)
    offer = make_offer(
        dispatch_id=dispatch.pk, to_id=other.agencies[0].pk, reason=WHY, by=asker.user, now=timezone.now()
    )
    accept_offer(offer_id=offer.pk, by=other, now=timezone.now())
    done = swept(export)
    assert references(done) == [stays.reference]
    assert (done.expected, done.count) == (2, 1)


class Restricted:
    """One referral that is kept to named people, of whom the asker is one, and one beside it."""

    def __init__(self, asker, *, now=True):
        self.asker, self.kept, self.plain = asker, submitted(), submitted()
        self.dispatch = dispatch_to_authority(self.kept)
        self.boss = supervisor(self.dispatch.agency.code)
        if now:
            self.restrict()

    def restrict(self):
        police = officer_of(dispatch_to_police(self.kept).agency)
        named = [self.asker.user.pk, police.pk]
        restrict_record(dispatch_id=self.dispatch.pk, named=named, reason=WHY, by=self.boss, now=timezone.now())

    def lift(self):
        lift_restriction(dispatch_id=self.dispatch.pk, reason="It is known now.", by=self.boss, now=timezone.now())


def test_a_restricted_record_is_in_no_file_not_even_of_those_who_are_named_on_it(asker):
    case = Restricted(asker)
    export = asker.has()
    assert references(export) == [case.plain.reference]
    assert export.expected == 1
    assert case.kept.reference not in bytes_of(export).decode()
    case.lift()
    assert set(references(asker.has())) == {case.plain.reference, case.kept.reference}


def test_a_file_that_tells_of_a_record_restricted_since_is_handed_out_no_more(asker):
    case = Restricted(asker, now=False)
    export = asker.has()
    address = f"/casework/exports/{export.pk}/file/"
    assert b"".join(asker.client.get(address)) == bytes_of(export)
    case.restrict()
    refused = asker.client.get(address)
    assert refused.status_code == 409
    assert case.kept.reference.encode() not in refused.content


def test_a_file_that_is_coming_down_stops_when_a_record_in_it_is_restricted(asker):
    case = Restricted(asker, now=False)
    export = asker.has()
    assert still_downloads(export.pk, asker.user.pk, session=asker.session.number)
    case.restrict()
    assert not still_downloads(export.pk, asker.user.pk, session=asker.session.number)
    case.lift()
    assert still_downloads(export.pk, asker.user.pk, session=asker.session.number)


def test_a_piece_costs_the_same_however_many_lines_it_has(asker):
    def statements():
        export = asker.asks()
        with CaptureQueriesContext(connection) as found:
            sweep_exports()
        assert export.expected
        return len(found)

    submitted()
    few = statements()
    for _ in range(4):
        submitted()
    assert statements() == few


def test_every_role_that_reads_an_inbox_of_its_own_exports_it_and_a_restricted_desk_does_not():
    lead = make_user(
        agency=Agency.objects.get(code="national-police-desk"),
        role=RoleName.NATIONAL_DESK_SUPERVISOR,
        name="Cai Penhallow",
        by=Agent.OPERATOR,
        now=timezone.now(),
    )
    assert Asker(lead).has(purpose=Purpose.SUPERVISING).count == 0


def test_a_repeat_says_so_in_the_file_and_never_because_of_a_restricted_record():
    earlier, later = pair()
    officer, dispatch = officer_at(later), dispatch_to_authority(earlier)
    asker = Asker(officer)

    def told():
        return {row[0]: row[13] for row in rows_of(asker.has())}

    assert told() == {earlier.reference: "No", later.reference: "No"}
    match = match_of(earlier, later)
    decide_match(match_id=match.pk, said=MatchState.CONFIRMED, reason=WHY, by=officer, now=timezone.now())
    assert told() == {earlier.reference: "Yes", later.reference: "Yes"}
    named = [officer.pk, officer_at(earlier, police=True).pk]
    boss = supervisor(dispatch.agency.code)
    restrict_record(dispatch_id=dispatch.pk, named=named, reason=WHY, by=boss, now=timezone.now())
    assert told() == {later.reference: "No"}
