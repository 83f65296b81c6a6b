"""What is done to an open referral and a restricted one together is told to nobody who knows of the one alone."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from agencies.models import Notice, NoticeKind
from agencies.tasks import sweep_notices, sweep_webhooks
from audit.tasks import sweep_events
from referrals.actions.detach_note import detach_note
from referrals.actions.join_referrals import join_referrals
from referrals.actions.lift_restriction import lift_restriction
from referrals.actions.restrict_record import restrict_record
from referrals.actions.undo_join import undo_join
from referrals.actions.write_note import write_note
from referrals.models import Join, JoinKind, NoteReaders
from tests.agencies.hearing import hearing
from tests.making import dispatch_to_authority, dispatch_to_police, officer_of, submitted, with_mailboxes
from tests.receiver import receiving
from tests.referrals.opening import supervisor

pytestmark = pytest.mark.usefixtures("db", "on_record")
BARNSLEY, WHY = "E08000038", "The person is the child of a councillor."


class Case:
    """Two referrals of two agencies with mailboxes; one is kept to the council's supervisor and one police officer."""

    def __init__(self, *, kept: int) -> None:
        now = timezone.now()
        both = [dispatch_to_authority(submitted(now=now - timedelta(hours=hours))) for hours in (2, 1)]
        self.kept, self.open = both[kept], both[1 - kept]
        self.agencies = [
            with_mailboxes(self.kept.agency),
            with_mailboxes(dispatch_to_police(self.kept.referral).agency),
        ]
        self.boss, self.lead = supervisor(BARNSLEY), officer_of(self.kept.agency, name="Niamh Warsame")
        self.police = officer_of(self.agencies[1], name="Bronwen Haworth")
        named = [self.police.pk]
        restrict_record(dispatch_id=self.kept.pk, named=named, reason=WHY, by=self.boss, now=now)

    def join(self) -> Join:
        """The two, by the supervisor, who knows both."""
        found: Join = join_referrals(
            dispatch_id=self.open.pk, other_id=self.kept.pk, kind=JoinKind.SAME_CONCERN, reason=WHY, by=self.boss,
            now=timezone.now(),
        )  # fmt: skip
        return found

    def undo(self, join: Join) -> None:
        """Two concerns after all."""
        undo_join(join_id=join.pk, reason=WHY, by=self.boss, now=timezone.now())

    def lift(self) -> None:
        """Both are everybody's."""
        lift_restriction(dispatch_id=self.kept.pk, reason="He is not.", by=self.boss, now=timezone.now())


@pytest.fixture(params=[0, 1], ids=["the earlier is kept", "the later is kept"])
def case(request):
    return Case(kept=request.param)


def test_joined_with_a_restricted_one_only_those_are_told_who_know_both(case):
    case.undo(case.join())
    kinds = (NoticeKind.REFERRALS_JOINED, NoticeKind.JOIN_UNDONE)
    told = sorted(Notice.objects.filter(kind__in=kinds).values_list("kind", "agency__code"))
    assert len(told) == 4
    sweep_notices()
    assert {to for letter in mail.outbox for to in letter.to} == {case.boss.email, case.police.email}


def test_a_join_that_waited_while_one_of_the_two_was_restricted_is_told_to_those_who_know_both(case):
    case.lift()
    case.join()
    restrict_record(dispatch_id=case.kept.pk, named=[case.police.pk], reason=WHY, by=case.boss, now=timezone.now())
    sweep_notices()
    sweep_notices()
    assert sorted(to for letter in mail.outbox for to in letter.to) == sorted([case.boss.email, case.police.email])


def test_the_systems_hear_of_the_join_once_both_are_theirs_to_know(case):
    sweep_events()
    with receiving() as receiver:
        hearing(receiver)
        case.undo(case.join())
        case.join()
        sweep_events()
        assert sweep_webhooks() == 0 and receiver.calls == []
        case.lift()
        sweep_events()
        sweep_webhooks()
        told = {(event["type"], event["subject"]) for event in receiver.events.values()}
        assert told == {("referral.changed", str(each.referral_id)) for each in (case.open, case.kept)}


def test_the_system_of_an_agency_that_has_one_of_the_two_hears_of_no_join():
    case = Case(kept=1)
    case.lift()
    elsewhere = dispatch_to_authority(submitted({**case.open.referral.answers, "postcode": "BD1 1HX"}))
    with receiving() as receiver:
        hearing(receiver, code=elsewhere.agency.code)
        sweep_events()
        sweep_webhooks()
        before = len(receiver.calls)
        theirs = [dispatch_to_police(each.referral).pk for each in (case.open, elsewhere)]
        join_referrals(
            dispatch_id=theirs[0], other_id=theirs[1], kind=JoinKind.SAME_CONCERN, reason=WHY,
            by=officer_of(dispatch_to_police(elsewhere.referral).agency), now=timezone.now(),
        )  # fmt: skip
        sweep_events()
        assert sweep_webhooks() == 0 and len(receiver.calls) == before


def test_a_note_moved_from_a_restricted_referral_is_to_others_a_note_like_any(client, case):
    readers, earlier = NoteReaders.AGENCY, timezone.now() - timedelta(minutes=9)
    note = write_note(dispatch_id=case.kept.pk, text="Rang the school.", readers=readers, by=case.boss, now=earlier)
    now = timezone.now()
    detach_note(note_id=note.pk, to_dispatch_id=case.open.pk, reason="Wrong tab.", by=case.boss, now=now)
    moved = "stood beside another referral"
    said = {}
    for reader in (case.lead, case.boss):
        client.force_login(reader)
        page = client.get(reverse("desk:referral", args=[case.open.referral_id]))
        assert "Rang the school." in page.content.decode()
        said[reader] = [(moment.at, moment.who, moment.what) for moment in page.context["moments"]]
    assert any(moved in what for _at, _who, what in said[case.boss])
    assert not any(moved in what for _at, _who, what in said[case.lead])
    assert (earlier, case.boss.name, "Wrote a note.") in said[case.lead]
