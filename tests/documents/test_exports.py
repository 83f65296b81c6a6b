"""A list that is taken out: made in pieces, each asked for anew, and gone when its time is up."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies.actions.add_membership import add_membership
from agencies.actions.deactivate_user import deactivate_user
from agencies.actions.end_membership import end_membership
from agencies.models import Agency
from agencies.purposes import Purpose
from agencies.roles import RoleName
from audit.agents import Agent
from audit.ledger import read_payload
from audit.models import DataKey, Entry
from audit.refusals import Forbidden, NotNow
from audit.tasks import sweep_events
from documents import exporting
from documents.actions.cancel_export import cancel_export
from documents.actions.close_export import close_export
from documents.actions.forget_pieces import forget_pieces
from documents.actions.sweep_orphans import sweep_orphans
from documents.models import Export, ExportPiece
from documents.states import EXPORT, STANDING, ExportState
from documents.tasks import EXPORT_GIVEN_UP_AFTER, sweep_exports
from referrals.exports.inbox import INBOX
from tests.documents.exporting import BARNSLEY, WHY, Asker, again, bytes_of, rows_of, swept
from tests.documents.making import stored_bytes
from tests.making import make_user, officer_of, submitted

pytestmark = pytest.mark.usefixtures("db", "on_record")


@pytest.fixture
def asker():
    return Asker()


@pytest.fixture
def one_by_one(settings):
    """A piece for each line."""
    settings.EXPORT_ROWS = 1


def files_of(export):
    return list(ExportPiece.objects.filter(export=export, file__isnull=False).values_list("file", flat=True))


def is_gone(file_id):
    try:
        stored_bytes(file_id)
    except FileNotFoundError:
        return True
    return False


def has_gone(export, files):
    """Whether neither key nor bytes are left; `files` were its pieces'."""
    return not DataKey.objects.filter(subject=export.pk).exists() and all(map(is_gone, files))


def test_a_file_is_made_of_pieces_that_read_as_one(asker, one_by_one):
    references = [submitted().reference for _ in range(3)]
    export = asker.has()
    assert export.state == ExportState.READY
    assert [row[0] for row in rows_of(export)] == references
    assert (export.expected, export.count, export.size) == (3, 3, len(bytes_of(export)))
    assert export.digest == hashlib.sha256(bytes_of(export)).hexdigest()
    assert len(files_of(export)) == 3


def test_an_empty_list_is_a_file_with_headings(asker):
    export = asker.has()
    assert (export.state, export.count) == (ExportState.READY, 0)
    assert bytes_of(export).startswith(b'\xef\xbb\xbf"Reference","Person"')


def test_every_line_says_from_which_export_it_is(asker):
    submitted()
    export = asker.has()
    assert rows_of(export)[0][-1] == f"OFFICIAL-SENSITIVE, {export.number}"


def test_what_lies_in_the_store_is_sealed_each_piece_under_its_own_key(asker, one_by_one):
    referrals = [submitted() for _ in range(2)]
    export = asker.has()
    stored = [stored_bytes(file_id) for file_id in files_of(export)]
    for referral in referrals:
        assert not any(referral.reference.encode() in each for each in stored)
    assert len({piece.key for piece in export.pieces.all()}) == 2


def test_the_ledger_says_who_took_what_for_what_and_which_records(asker):
    referral = submitted()
    export = asker.has(purpose=Purpose.REQUEST, filters={"state": "sent"})
    disclosed = Entry.objects.get(kind=Entry.Kind.DISCLOSED, object_id=export.pk)
    told = read_payload(disclosed)
    assert (disclosed.actor, told["recipient"]) == (asker.user.pk, str(asker.user.pk))
    assert (told["export"], told["purpose"], told["words"], told["count"]) == ("inbox", "request", WHY, 1)
    assert (told["sha256"], told["agency"], told["filters"]) == (export.digest, BARNSLEY, {"state": "sent"})
    listed = Entry.objects.get(kind=Entry.Kind.LISTED, object_id=export.pk)
    assert listed.actor == asker.user.pk
    assert read_payload(listed)["records"] == [str(referral.pk)]


def test_the_words_lie_sealed(asker):
    export = asker.asks()
    assert again(export).words == WHY
    with pytest.raises(IntegrityError), transaction.atomic():
        asker.asks(words="", by=officer_of(asker.agency))


def test_only_who_reads_the_list_in_that_agency_may_ask(asker):
    elsewhere = Agency.objects.get(code="E08000032")
    with pytest.raises(Forbidden):
        asker.asks(agency=elsewhere)
    desk = Asker(officer_of(Agency.objects.get(code="restricted-authority-desk")))
    with pytest.raises(Forbidden):
        desk.asks()
    with pytest.raises(Export.DoesNotExist):
        asker.asks(kind="everything")


def test_one_at_a_time(asker):
    asker.asks()
    with pytest.raises(NotNow):
        asker.asks()
    sweep_exports()
    assert swept(asker.asks()).state == ExportState.READY


def leave(asker):
    end_membership(membership_id=asker.user.memberships.get().pk, by=Agent.OPERATOR, now=timezone.now())


def is_suspended(asker):
    deactivate_user(user_id=asker.user.pk, by=Agent.OPERATOR, now=timezone.now())


def signs_out(asker):
    asker.client.logout()


ENDINGS = pytest.mark.parametrize("end", [leave, is_suspended, signs_out])


def runs_dry(asker, monkeypatch):
    """An export of three lines of which the first is written, when a worker's time is up."""
    monkeypatch.setattr("documents.tasks.LONGEST_SWEEP", 0)
    for _ in range(3):
        submitted()
    export = swept(asker.asks())
    assert (export.state, len(files_of(export))) == (ExportState.RUNNING, 1)
    return export


@ENDINGS
def test_a_running_export_stops_where_access_ends(
    asker, one_by_one, monkeypatch, django_capture_on_commit_callbacks, end
):
    export = runs_dry(asker, monkeypatch)
    files = files_of(export)
    with django_capture_on_commit_callbacks(execute=True):
        end(asker)
        stopped = swept(export)
    assert stopped.state == ExportState.STOPPED
    assert has_gone(export, files)
    assert not ExportPiece.objects.filter(export=export).exists()
    assert not Entry.objects.filter(kind=Entry.Kind.DISCLOSED, object_id=export.pk).exists()


def test_an_export_stops_where_access_ends_while_a_piece_of_it_is_read(asker, one_by_one, monkeypatch):
    """Of somebody who may read nothing any more there is nothing left to read: that is no end of the list."""
    export = runs_dry(asker, monkeypatch)

    def left_before(*rows, **wanted):
        leave(asker)
        return INBOX.step(*rows, **wanted)

    monkeypatch.setitem(exporting._kinds, "inbox", replace(INBOX, step=left_before))
    assert swept(export).state == ExportState.STOPPED


def test_a_running_export_stops_where_its_session_has_run_out(asker, one_by_one, monkeypatch):
    export = runs_dry(asker, monkeypatch)
    session = asker.session
    session.expire_date = timezone.now() - timedelta(seconds=1)
    session.save()
    assert swept(export).state == ExportState.STOPPED


def test_an_export_of_no_session_is_never_begun(asker):
    assert swept(asker.asks(session=uuid4())).state == ExportState.STOPPED


@pytest.mark.parametrize("end", [leave, is_suspended])
def test_a_file_that_is_ready_goes_when_its_owner_leaves(asker, end, django_capture_on_commit_callbacks):
    export = asker.has()
    files = files_of(export)
    end(asker)
    with django_capture_on_commit_callbacks(execute=True):
        sweep_events()
    assert again(export).state == ExportState.STOPPED
    assert has_gone(export, files)


def test_a_file_stays_where_another_role_lets_its_owner_have_it(asker):
    export = asker.has()
    add_membership(
        user_id=asker.user.pk,
        agency_id=asker.agency.pk,
        role=RoleName.CHANNEL_COORDINATOR,
        by=Agent.OPERATOR,
        now=timezone.now(),
    )
    first = asker.user.memberships.order_by("starts_on").first()
    end_membership(membership_id=first.pk, by=Agent.OPERATOR, now=timezone.now())
    sweep_events()
    assert again(export).state == ExportState.READY


def test_a_day_later_it_is_deleted(asker, time_machine, django_capture_on_commit_callbacks):
    export = asker.has()
    files = files_of(export)
    time_machine.move_to(export.asked_at + timedelta(hours=24), tick=False)
    with django_capture_on_commit_callbacks(execute=True):
        assert swept(export).state == ExportState.EXPIRED
    assert has_gone(export, files)


def test_whoever_asked_deletes_it_and_nobody_else(asker, django_capture_on_commit_callbacks):
    export = asker.has()
    files = files_of(export)
    with pytest.raises(Forbidden):
        cancel_export(export_id=export.pk, by=officer_of(asker.agency), now=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        cancel_export(export_id=export.pk, by=asker.user, now=timezone.now())
    assert has_gone(export, files)
    assert again(export).ended_by == asker.user.pk
    with pytest.raises(NotNow):
        cancel_export(export_id=export.pk, by=asker.user, now=timezone.now())


def test_what_is_cancelled_is_not_made(asker):
    submitted()
    export = asker.asks()
    cancel_export(export_id=export.pk, by=asker.user, now=timezone.now())
    assert swept(export).state == ExportState.CANCELLED
    assert files_of(export) == []
    assert not close_export(export_id=export.pk, state=ExportState.EXPIRED, by=Agent.SWEEPER, now=timezone.now())


def test_a_piece_that_cannot_be_stored_is_tried_again_and_then_the_export_says_so(asker, folder, time_machine):
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("not a folder")
    export = asker.asks()
    for _ in range(EXPORT_GIVEN_UP_AFTER):
        assert again(export).state == ExportState.RUNNING
        sweep_exports()
        time_machine.move_to(timezone.now() + timedelta(minutes=1), tick=False)
    assert again(export).state == ExportState.FAILED


def test_a_store_that_comes_back_in_time_is_no_failure(asker, folder, time_machine):
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("not a folder")
    export = swept(asker.asks())
    folder.unlink()
    time_machine.move_to(timezone.now() + timedelta(minutes=1), tick=False)
    assert swept(export).state == ExportState.READY


def test_bytes_whose_piece_was_not_kept_go_again(asker, folder, monkeypatch):
    def breaks(self, **fields):
        raise RuntimeError

    asker.asks()
    monkeypatch.setattr(ExportPiece, "changed", breaks)
    sweep_exports()
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_the_sweep_of_orphans_leaves_the_files_of_exports_alone(asker, time_machine):
    export = asker.has()
    time_machine.move_to(timezone.now() + timedelta(days=2), tick=False)
    assert sweep_orphans(by=Agent.SWEEPER, now=timezone.now()) == 0
    assert bytes_of(export)


@pytest.mark.parametrize("state", ExportState)
def test_an_export_moves_by_its_table_only(asker, state):
    stage = EXPORT.stages[state]
    assert bool(stage.to) is (state in STANDING)


def test_only_the_sweeper_works_on_the_exports_of_others(asker):
    export = asker.asks()
    other = officer_of(asker.agency)
    with pytest.raises(Forbidden):
        close_export(export_id=export.pk, state=ExportState.EXPIRED, by=other, now=timezone.now())
    with pytest.raises(Forbidden):
        forget_pieces(by=other, now=timezone.now())


def test_who_reads_no_list_exports_none(asker):
    chair = make_user(
        agency=asker.agency, role=RoleName.CHANNEL_CHAIR, name="Cai Penhallow", by=Agent.OPERATOR, now=timezone.now()
    )
    with pytest.raises(Forbidden):
        Asker(chair).asks()
