"""Each place that leaves out what is kept from somebody, asked by itself: others would hide that it is gone."""

from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency, Delivery, Exclusion, ExclusionGround, Restriction
from audit.agents import Agent
from audit.refusals import Forbidden
from audit.tasks import sweep_events
from referrals.actions.exclude_colleague import exclude_colleague
from referrals.actions.name_person import name_person
from referrals.actions.write_note import write_note
from referrals.mailing import addresses_of, duty_addresses_of
from referrals.models import AccessKind, Dispatch, NamedAccess, NoteReaders, Offer, Reminder, Task
from referrals.opened import accesses_of, opened_to
from referrals.overdue_mail import still_concerns
from referrals.permissions import can_finish, check_can_answer_offer
from referrals.reference import new_reference
from tests.agencies.hearing import endpoint_at
from tests.audit.acts import within
from tests.making import dispatch_to_authority, dispatch_to_police, officer_of, submitted, with_mailboxes
from tests.referrals.at_the_desk import ABOUT_POLICE, COUNCIL, officer_at
from tests.referrals.naming import BARNSLEY, WHY, Case
from tests.referrals.opening import shared
from tests.referrals.test_permissions import passes

pytestmark = pytest.mark.usefixtures("db", "on_record")


@pytest.fixture
def case():
    return Case()


class Desk:
    """A referral of the restricted desks, from which one of their officers is kept."""

    def __init__(self):
        self.officer, self.kept = officer_at(COUNCIL), officer_at(COUNCIL, name="Bleddyn Osei")
        self.referral = submitted(ABOUT_POLICE)
        self.dispatch = dispatch_to_authority(self.referral)
        exclude_colleague(
            referral_id=self.referral.pk, user_id=self.kept.pk, why="Her cousin.", by=self.officer, now=timezone.now()
        )


@pytest.fixture
def desk():
    return Desk()


def test_whoever_is_written_to_about_a_restricted_record_is_named_on_it(case):
    for dispatch in (case.ours, case.theirs):
        with_mailboxes(dispatch.agency)
    case.restrict()
    for dispatch, named in ((case.ours, {case.boss, case.lead}), (case.theirs, {case.police})):
        emails = {user.email for user in named}
        assert set(addresses_of(dispatch)) == set(duty_addresses_of(dispatch)) == emails


def test_a_reminder_on_its_way_concerns_only_the_named_once_a_record_is_restricted(case):
    dispatch = Dispatch.objects.select_related("agency").get(pk=case.ours.pk)
    rows = [Reminder(dispatch=dispatch, to_agency=dispatch.agency, to_user=user) for user in _told(case)]
    assert all(map(still_concerns, rows))
    case.restrict()
    assert [row.to_user for row in rows if still_concerns(row)] == [case.boss]


def _told(case):
    return None, case.boss, case.other_boss


def test_what_happens_to_a_restricted_record_is_told_to_no_system(case):
    endpoint_at("https://systems.example/none", code=BARNSLEY)
    sweep_events()
    before = Delivery.objects.count()
    case.restrict()
    write_note(
        dispatch_id=case.ours.pk, text="He called.", readers=NoteReaders.RECIPIENTS, by=case.lead, now=timezone.now()
    )
    sweep_events()
    assert before and Delivery.objects.count() == before


@pytest.mark.parametrize("way", ["join", "detach-written"])
def test_the_reference_of_what_is_kept_from_somebody_leads_no_further_than_an_absent_one(client, case, way):
    open_one = dispatch_to_authority(submitted())
    note = write_note(
        dispatch_id=open_one.pk, text="Words", readers=NoteReaders.AGENCY, by=case.other, now=timezone.now()
    )
    case.restrict()
    client.force_login(case.other)
    address = reverse(f"referrals:{way}", args=[open_one.pk if way == "join" else note.pk])
    for reference in (new_reference(), case.referral.reference):
        answer = client.post(address, {"reference": reference, "kind": "duplicate", "reason": "One concern."})
        assert answer.status_code == 200 and "with this reference" in answer.content.decode()


def test_who_may_only_share_does_not_open_the_page_that_strikes_somebody_off(client, case):
    case.restrict()
    access = NamedAccess.objects.get(user=case.police, kind=AccessKind.NAMED)
    for reader, status in ((case.lead, 404), (case.boss, 200)):
        client.force_login(reader)
        answer = client.get(reverse("referrals:strike-off", args=[access.pk]))
        assert answer.status_code == status
        assert ("Strike them off" in answer.content.decode()) is (status == 200)


def test_nobody_is_struck_off_where_a_share_is_closed_nor_a_share_closed_where_names_are(client, case):
    case.restrict()
    name = NamedAccess.objects.get(user=case.lead, kind=AccessKind.NAMED)
    share = shared(case.ours, officer_of(Agency.objects.get(code="E08000032")), by=case.boss)
    client.force_login(case.boss)
    for way, access in (("close-access", name), ("strike-off", share)):
        for ask in (client.get, client.post):
            assert ask(reverse(f"referrals:{way}", args=[access.pk])).status_code == 404
    text = client.get(reverse("desk:referral", args=[case.referral.pk])).content.decode()
    for way, access in (("strike-off", name), ("close-access", share)):
        assert reverse(f"referrals:{way}", args=[access.pk]) in text
        assert client.post(reverse(f"referrals:{way}", args=[access.pk])).status_code == 302
        assert not NamedAccess.objects.filter(pk=access.pk).exists()


def excluded(case, user):
    """Kept from the referral by name, whatever else stands: only the rows say so."""
    now = timezone.now()
    said = {"grounds": [], "names": {}, "restricted_at": now, "restricted_by": case.boss.pk}
    about = Restriction(about=case.referral.pk, person=case.referral.person_id, **said)
    kept = {"ground": ExclusionGround.NAME, "excluded_at": now, "excluded_by": case.boss.pk}
    for row in (about, Exclusion(restriction=about, user=user, **kept)):
        within(do=partial(row.save, force_insert=True), by=Agent.OPERATOR, now=now)


def test_a_share_that_was_left_behind_opens_nothing_that_is_kept_from_its_holder(case):
    stranger = officer_of(Agency.objects.get(code="E08000032"))
    shared(case.ours, stranger, by=case.lead)
    assert case.referral in opened_to(stranger) and accesses_of(stranger)
    excluded(case, stranger)
    assert case.referral not in opened_to(stranger) and not accesses_of(stranger)


def test_who_is_kept_from_it_by_name_is_not_named_on_it(case):
    case.restrict()
    excluded(case, case.other)
    given = {"dispatch_id": case.ours.pk, "reason": WHY, "by": case.boss, "now": timezone.now()}
    with pytest.raises(Forbidden):
        name_person(user_id=case.other.pk, **given)
    assert name_person(user_id=case.other_boss.pk, **given).user == case.other_boss


def test_what_is_opened_to_others_is_not_among_what_is_opened_to_oneself(case):
    strangers = [officer_of(Agency.objects.get(code="E08000032"), name=name) for name in ("Ann Pole", "Ife Cole")]
    for each in strangers:
        shared(case.ours, each, by=case.lead)
    assert [access.user for access in accesses_of(strangers[0])] == strangers[:1]


def test_who_is_kept_from_a_restricted_desks_referral_finishes_and_answers_nothing_of_it(desk):
    task = Task.objects.get(referral=desk.referral, agency=desk.dispatch.agency)
    assert can_finish(desk.officer, task) and not can_finish(desk.kept, task)
    offer = Offer(dispatch=dispatch_to_police(desk.referral), agency=desk.dispatch.agency)
    assert passes(check_can_answer_offer, desk.officer, offer)
    assert not passes(check_can_answer_offer, desk.kept, offer)


def test_who_is_kept_is_listed_to_the_desk_and_not_offered_again(client, desk):
    client.force_login(desk.officer)
    page = client.get(reverse("desk:referral", args=[desk.referral.pk])).content.decode()
    assert "Bleddyn Osei" in page
    offered = client.get(reverse("referrals:exclude", args=[desk.referral.pk])).content.decode()
    assert str(desk.officer.pk) in offered and str(desk.kept.pk) not in offered


def test_who_has_it_only_by_a_share_neither_releases_nor_excludes(client, desk):
    elsewhere = Agency(code="third-desk", name="Third restricted desk", kind=desk.dispatch.agency.kind)
    within(do=partial(elsewhere.save, force_insert=True), by=Agent.OPERATOR, now=timezone.now())
    guest = officer_of(elsewhere, name="Sian Abara")
    shared(desk.dispatch, guest, by=desk.officer)
    client.force_login(guest)
    assert client.get(reverse("desk:referral", args=[desk.referral.pk])).status_code == 200
    for name in ("release", "exclude"):
        assert client.get(reverse(f"referrals:{name}", args=[desk.referral.pk])).status_code == 404


def test_that_a_note_of_another_agency_was_taken_away_is_told_to_nobody_who_could_not_read_it(client, case):
    from referrals.actions.detach_note import detach_note

    for readers, told in ((NoteReaders.AGENCY, False), (NoteReaders.RECIPIENTS, True)):
        note = write_note(dispatch_id=case.theirs.pk, text="Words", readers=readers, by=case.police, now=timezone.now())
        why = f"Meant for somebody else, {readers}."
        detach_note(note_id=note.pk, to_dispatch_id=None, reason=why, by=case.police, now=timezone.now())
        client.force_login(case.lead)
        page = client.get(reverse("desk:referral", args=[case.referral.pk])).content.decode()
        assert (why in page) is told
