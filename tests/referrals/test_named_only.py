"""A restricted record: to everybody who is not named it is absent, in pages, lists, counts, mail and statements."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.actions.add_membership import add_membership
from agencies.actions.end_membership import end_membership
from agencies.models import Agency, Notice, NoticeKind, Restriction
from agencies.roles import RoleName
from agencies.tasks import sweep_notices
from audit.agents import Agent
from audit.refusals import Forbidden, NotNow
from audit.tasks import sweep_events
from referrals.actions.assign_dispatch import assign_dispatch
from referrals.actions.detach_referral import detach_referral
from referrals.actions.end_access import end_access
from referrals.actions.join_referrals import join_referrals
from referrals.actions.lift_restriction import lift_restriction
from referrals.actions.make_offer import make_offer
from referrals.actions.name_person import name_person
from referrals.actions.restrict_record import restrict_record
from referrals.models import AccessKind, Dispatch, JoinKind, NamedAccess, Reminder
from referrals.selectors import InboxFilters, can_read, dispatches_of, inbox, work_by_colleague
from referrals.tasks import sweep_overdue
from referrals.waiting import waiting
from tests.making import (
    dispatch_to_authority,
    officer_of,
    reread,
    submitted,
    with_mailboxes,
)
from tests.referrals.api.calling import agency_key
from tests.referrals.at_the_desk import ABOUT_POLICE
from tests.referrals.naming import BARNSLEY, WHY, Case
from tests.referrals.opening import broken, privacy_officer, reviewer, shared, supervisor

pytestmark = pytest.mark.usefixtures("db", "on_record")


@pytest.fixture
def case():
    return Case()


def pages_of(case):
    names = ("acknowledge", "assign", "note", "add-document", "offer", "detach", "join", "withdrawal", "share")
    return [
        *(reverse(f"desk:{name}", args=[case.referral.pk]) for name in ("referral", "referral-print", "referral-pdf")),
        *(reverse(f"referrals:{name}", args=[case.ours.pk]) for name in names),
    ]


def test_the_named_read_and_work_it_and_everybody_else_meets_absence(client, case):
    case.restrict()
    for reader in (case.lead, case.police, case.boss):
        assert can_read(reader, case.referral.pk)
    client.force_login(case.boss)
    assert all(client.get(address).status_code in {200, 302} for address in pages_of(case))
    for reader in (case.other, case.other_boss, officer_of(case.theirs.agency)):
        client.force_login(reader)
        assert {client.get(address).status_code for address in pages_of(case)} == {404}
        for verb in ("restrict", "name", "lift"):
            assert client.get(reverse(f"referrals:{verb}", args=[case.ours.pk])).status_code == 404
        for page in ("desk:home", "referrals:inbox", "agencies:undelivered"):
            assert case.referral.reference not in client.get(reverse(page)).content.decode()


def test_lists_counts_and_search_are_as_if_it_were_not_there(client, case):
    def seen():
        return (
            list(inbox(case.other, filters=InboxFilters())),
            list(inbox(case.other, filters=InboxFilters(reference=case.referral.reference))),
            [(row.agency, row.total) for row in waiting(case.other_boss, now=timezone.now())],
            work_by_colleague(case.other_boss, [case.ours.agency]),
        )

    assert seen()[0]
    case.restrict()
    assert seen() == ([], [], [], {})
    desk = officer_of(Agency.objects.get(code="national-police-desk"))
    assert waiting(desk, now=timezone.now()) == []
    client.force_login(case.other_boss)
    text = client.get(reverse("referrals:colleagues")).content.decode()
    assert client.get(reverse("referrals:inbox") + f"?reference={case.referral.reference}").status_code == 200
    assert case.referral.reference not in text
    assert [row.total for row in waiting(case.boss, now=timezone.now())] == [1]


def test_a_restricted_and_an_absent_record_cost_the_same_statements_and_give_the_same_page(client, case):
    case.restrict()
    client.force_login(case.other)
    client.get(reverse("desk:home"))  # the first request renews the session, the next do not
    for name, theirs in (("desk:referral", case.referral.pk), ("referrals:assign", case.ours.pk)):
        answers, statements = [], []
        for pk in (theirs, uuid4()):
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(reverse(name, args=[pk]))
            answers.append((answer.status_code, answer.content, {**answer.headers, "X-Request-ID": ""}))
            statements.append(
                [query["sql"].replace(str(pk), "").replace(pk.hex, "") for query in asked.captured_queries]
            )
        assert answers[0] == answers[1]
        known = [[each for each in every if '"referrals_' in each] for every in statements]
        assert known[0] == known[1] != []
        assert len(statements[0]) == len(statements[1])


def test_an_agencys_own_system_and_the_events_for_it_know_nothing_of_it(client, case):
    system = agency_key(case.ours.agency).key.system
    from agencies.permissions import Permission

    assert dispatches_of(system, needed=Permission.DISPATCH_FETCH).exists()
    case.restrict()
    assert not dispatches_of(reread(system), needed=Permission.DISPATCH_FETCH).exists()


def test_mail_about_it_goes_to_the_named_and_to_no_mailbox(case):
    for dispatch in (case.ours, case.theirs):
        with_mailboxes(dispatch.agency)
    twin = submitted()
    case.restrict()
    before = set(Notice.objects.values_list("pk", flat=True))
    join_referrals(
        dispatch_id=case.ours.pk,
        other_id=dispatch_to_authority(twin).pk,
        kind=JoinKind.DUPLICATE,
        reason="One concern.",
        by=case.boss,
        now=timezone.now(),
    )
    new = Notice.objects.exclude(pk__in=before)
    about = {notice.address for notice in new if notice.details["reference"] == case.referral.reference}
    assert about <= {case.boss.email, case.lead.email, case.police.email}


def test_reminders_go_to_the_named_and_those_that_wait_say_nothing_of_it(case):
    with_mailboxes(case.ours.agency)
    case.restrict()
    later = timezone.now() + timedelta(days=30)
    import time_machine

    with time_machine.travel(later, tick=False):
        sweep_overdue()
    recipients = {row.to_user for row in Reminder.objects.filter(dispatch=case.ours)}
    assert recipients == {case.boss, case.lead}


def test_what_could_not_be_delivered_about_it_is_listed_to_the_named_only(client, case):
    with_mailboxes(case.ours.agency)
    shared(case.ours, officer_of(Agency.objects.get(code="E08000032")), by=case.lead)
    (notice,) = Notice.objects.filter(kind=NoticeKind.REFERRAL_OPENED)
    from tests.audit.acts import within

    within(do=lambda: notice.changed(dead=timezone.now(), attempts=20), by=Agent.OPERATOR, now=timezone.now())
    case.restrict()
    for reader, shown in ((case.other, False), (case.lead, True)):
        client.force_login(reader)
        assert (case.referral.reference in client.get(reverse("agencies:undelivered")).content.decode()) is shown


def test_what_it_was_shared_for_ends_and_whoever_is_not_named_is_no_longer_assigned(case):
    stranger = officer_of(Agency.objects.get(code="E08000032"))
    access = shared(case.ours, stranger, by=case.lead)
    assign_dispatch(dispatch_id=case.ours.pk, to_id=case.other.pk, by=case.lead, now=timezone.now())
    case.restrict()
    assert not can_read(stranger, case.referral.pk)
    assert NamedAccess.every.get(pk=access.pk).ended_by == case.boss.pk
    assert Dispatch.objects.get(pk=case.ours.pk).assigned_to is None
    with pytest.raises(Forbidden):
        assign_dispatch(dispatch_id=case.ours.pk, to_id=case.other.pk, by=case.lead, now=timezone.now())


def test_whoever_names_people_shares_it_to_read_and_with_nobody_who_could_be_named(client, case):
    stranger = officer_of(Agency.objects.get(code="E08000032"))
    case.restrict()
    client.force_login(case.lead)
    page = reverse("desk:referral", args=[case.referral.pk])
    assert reverse("referrals:share", args=[case.ours.pk]) not in client.get(page).content.decode()
    with pytest.raises(Forbidden):
        shared(case.ours, stranger, by=case.lead)
    with pytest.raises(NotNow, match="Thomas Wojcik works for an agency that has this referral"):
        shared(case.ours, case.other, by=case.boss)
    assert not can_read(case.other, case.referral.pk)
    client.force_login(case.boss)
    assert reverse("referrals:share", args=[case.ours.pk]) in client.get(page).content.decode()
    shared(case.ours, stranger, by=case.boss)
    assert can_read(stranger, case.referral.pk)


@pytest.mark.parametrize("kind", [AccessKind.SHARE, AccessKind.REVIEW])
def test_whom_it_is_opened_to_works_nothing_of_it_also_once_they_work_for_an_agency_that_has_it(client, case, kind):
    case.restrict()
    leeds = Agency.objects.get(code="E08000035")
    guest = reviewer() if kind == AccessKind.REVIEW else officer_of(leeds, name="Anwen Castellan")
    shared(case.ours, guest, by=case.boss, kind=kind)
    role, now = RoleName.AUTHORITY_LEAD, timezone.now()
    add_membership(user_id=guest.pk, agency_id=case.ours.agency_id, role=role, by=Agent.OPERATOR, now=now)
    client.force_login(guest := reread(guest))
    assert client.get(reverse("desk:referral", args=[case.referral.pk])).status_code == 200
    assert not dispatches_of(guest).exists() and not inbox(guest, filters=InboxFilters()).exists()
    for verb in ("note", "detach", "offer", "share", "add-document", "withdrawal", "assign"):
        assert client.get(reverse(f"referrals:{verb}", args=[case.ours.pk])).status_code == 404


def test_glass_is_broken_for_no_restricted_record_and_what_was_broken_before_is_whole_again(case):
    stranger = officer_of(Agency.objects.get(code="E08000032"))
    privacy_officer(BARNSLEY)
    access = broken(case.referral, by=stranger)
    assert can_read(stranger, case.referral.pk)
    case.restrict()
    assert not can_read(stranger, case.referral.pk)
    assert access not in NamedAccess.objects.all()
    with pytest.raises(NotNow, match="No referral with this reference"):
        broken(case.referral, by=case.other)


def test_every_agency_that_has_it_keeps_somebody(case):
    with pytest.raises(NotNow, match="Name at least one person of CTP North East"):
        case.restrict(named=[case.lead.pk])
    with pytest.raises(Forbidden):
        case.restrict(named=[case.police.pk, officer_of(Agency.objects.get(code="E08000032")).pk])
    case.restrict()
    (access,) = NamedAccess.objects.filter(user=case.police, kind=AccessKind.NAMED)
    with pytest.raises(NotNow, match="Name at least one person"):
        end_access(access_id=access.pk, by=case.boss, now=timezone.now())


def test_one_more_can_be_named_and_struck_off(client, case):
    case.restrict()
    client.force_login(case.boss)
    page = reverse("referrals:name", args=[case.ours.pk])
    given = {"user": str(case.other.pk), "reason": "Covers this week."}
    assert client.post(page, given).status_code == 302
    assert "is named already" in client.post(page, given).content.decode()
    assert can_read(case.other, case.referral.pk)
    assign_dispatch(dispatch_id=case.ours.pk, to_id=case.other.pk, by=case.lead, now=timezone.now())
    (access,) = NamedAccess.objects.filter(user=case.other)
    end_access(access_id=access.pk, by=case.boss, now=timezone.now())
    assert not can_read(case.other, case.referral.pk)
    assert Dispatch.objects.get(pk=case.ours.pk).assigned_to is None
    with pytest.raises(Forbidden):
        name_person(
            dispatch_id=case.ours.pk, user_id=officer_of(Agency.objects.get(code="E08000032")).pk, reason="x",
            by=case.boss, now=timezone.now(),
        )  # fmt: skip


def test_only_supervisors_of_agencies_that_have_it_restrict_it_once_with_a_reason(case):
    with pytest.raises(Forbidden):
        case.restrict(by=case.lead)
    with pytest.raises(Forbidden):
        case.restrict(by=supervisor("E08000032"))
    with pytest.raises(NotNow, match="reason"):
        case.restrict(reason=" ")
    case.restrict()
    with pytest.raises(NotNow, match="restricted already"):
        case.restrict()


def test_what_is_on_offer_is_not_restricted_and_what_is_restricted_is_not_offered(case):
    leeds = Agency.objects.get(code="E08000035")
    officer_of(leeds)
    case.restrict()
    with pytest.raises(NotNow, match="Lift the restriction"):
        make_offer(dispatch_id=case.ours.pk, to_id=leeds.pk, reason="Moved.", by=case.lead, now=timezone.now())
    lift_restriction(dispatch_id=case.ours.pk, reason="It is known.", by=case.boss, now=timezone.now())
    make_offer(dispatch_id=case.ours.pk, to_id=leeds.pk, reason="Moved.", by=case.lead, now=timezone.now())
    with pytest.raises(NotNow, match="Take the offer back"):
        case.restrict()


def test_lifted_it_is_there_again_for_everybody_and_can_be_restricted_anew(client, case):
    case.restrict()
    client.force_login(case.boss)
    page = reverse("referrals:lift", args=[case.ours.pk])
    assert "Give the reason" in client.post(page, {"reason": ""}).content.decode()
    assert client.post(page, {"reason": "It was in the newspaper."}).status_code == 302
    assert can_read(case.other, case.referral.pk)
    assert not NamedAccess.objects.exists()
    assert client.get(page).status_code == 409
    case.restrict()
    assert Restriction.objects.filter(about=case.referral.pk).count() == 2
    assert not can_read(case.other, case.referral.pk)


def test_what_a_restricted_desk_has_is_not_restricted_twice(case):
    kept = submitted(ABOUT_POLICE)
    with pytest.raises(Forbidden):
        restrict_record(
            dispatch_id=dispatch_to_authority(kept).pk, named=[], reason=WHY, by=case.boss, now=timezone.now()
        )


def test_the_page_lists_whom_one_may_name_and_shows_what_is_missing(client, case):
    client.force_login(case.boss)
    page = reverse("referrals:restrict", args=[case.ours.pk])
    text = client.get(page).content.decode()
    assert "Bronwen Haworth, CTP North East" in text and "Niamh Warsame" in text
    wrong = client.post(page, {"named": [str(case.lead.pk)], "reason": WHY}).content.decode()
    assert "Name at least one person of CTP North East" in wrong
    given = {"named": [str(case.lead.pk), str(case.police.pk)], "reason": WHY}
    assert client.post(page, given).status_code == 302
    text = client.get(reverse("desk:referral", args=[case.referral.pk])).content.decode()
    for words in ("Restricted to named people", "Niamh Warsame", "Strike off", "Restricted it to named people."):
        assert words in text


@pytest.mark.parametrize("others", [0, 1])
def test_supervisors_hear_no_count_that_includes_it(case, others):
    with_mailboxes(case.ours.agency)
    for dispatch in (case.ours, *(dispatch_to_authority(submitted()) for _each in range(others))):
        assign_dispatch(dispatch_id=dispatch.pk, to_id=case.lead.pk, by=case.boss, now=timezone.now())
    case.restrict()
    end_membership(membership_id=case.lead.memberships.get().pk, by=Agent.OPERATOR, now=timezone.now())
    sweep_events()
    sweep_notices()
    assert Dispatch.objects.get(pk=case.ours.pk).assigned_to is None
    told = Notice.objects.filter(kind=NoticeKind.WORK_RELEASED)
    assert {notice.details["count"] for notice in told} == ({1} if others else set())
    assert not any(case.referral.pk in notice.tells_of for notice in told)
    assert len([letter for letter in mail.outbox if "left" in letter.subject]) == told.count()


def test_what_turns_out_to_bear_a_colleagues_name_goes_to_the_restricted_desks_and_to_nobody_named(case):
    case.restrict()
    desk = officer_of(Agency.objects.get(code="restricted-police-desk"), name="Rhian Oyelaran")
    officer_of(Agency.objects.get(code="E08000032"), name="Dominik Adeyemi")
    detach_referral(
        dispatch_id=case.ours.pk,
        wrong_id=case.referral.person_id,
        right={"given_names": "Dominik", "family_name": "Adeyemi", "adult_or_child": "adult"},
        reason="The school mixed them up.",
        by=case.lead,
        now=timezone.now(),
    )
    assert can_read(desk, case.referral.pk)
    assert not any(can_read(reader, case.referral.pk) for reader in (case.boss, case.lead, case.police, case.other))
    assert not NamedAccess.objects.exists()
