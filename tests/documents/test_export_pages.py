"""The pages of exports: asking, waiting, downloading, deleting; nobody finds those of others."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.actions.add_membership import add_membership
from agencies.actions.end_membership import end_membership
from agencies.actions.end_session import end_session
from agencies.models import Agency
from agencies.permissions import Permission
from agencies.roles import RoleName
from audit.agents import Agent
from audit.context import recording
from audit.keys import KeyDestroyed
from audit.ledger import read_payload
from audit.models import Entry
from audit.refusals import Forbidden
from documents.actions.cancel_export import cancel_export
from documents.actions.close_export import close_export
from documents.downloads import NoLongerAllowed
from documents.models import Export
from documents.states import ExportState
from referrals.actions.restrict_record import restrict_record
from referrals.states import DispatchState
from tests.agencies.administering import lessened
from tests.components.axe import faults
from tests.documents.exporting import WHY, Asker, again, bytes_of, swept
from tests.house.reading import forms_on
from tests.making import dispatch_to_authority, dispatch_to_police, make_user, officer_of, submitted

pytestmark = pytest.mark.usefixtures("db", "on_record")
NEW, LIST = reverse("documents:new-export", args=["inbox"]), reverse("documents:exports")
GIVEN = {"purpose": "working", "words": WHY}


@pytest.fixture
def asker():
    return Asker()


def page_of(export):
    return reverse("documents:export", args=[export.pk])


def file_of(export):
    return reverse("documents:export-file", args=[export.pk])


def text_of(answer):
    return answer.content.decode()


def test_from_the_inbox_to_the_file(asker):
    referral = submitted()
    inbox = text_of(asker.client.get("/casework/inbox/?state=sent"))
    assert f'href="{NEW}?state=sent"' in inbox
    asked = text_of(asker.client.get(f"{NEW}?state=sent"))
    assert f"<li>Receipt: {DispatchState.SENT.label}</li>" in asked
    answer = asker.client.post(f"{NEW}?state=sent", GIVEN)
    export = Export.objects.get()
    assert answer["Location"] == page_of(export)
    assert export.filters == {"state": "sent"}
    running = text_of(asker.client.get(page_of(export)))
    assert "0 of about 1" in running and "See how far it is now" in running
    swept(export)
    ready = text_of(asker.client.get(page_of(export)))
    assert file_of(export) in ready and again(export).digest in ready
    answer = asker.client.get(file_of(export))
    assert referral.reference in b"".join(answer).decode()
    assert answer["Content-Length"] == str(again(export).size)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    name = f"OFFICIAL-SENSITIVE-inbox-{export.number}.csv"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "no-store" in answer["Cache-Control"] and answer["X-Content-Type-Options"] == "nosniff"
    entry = Entry.objects.get(kind=Entry.Kind.DOWNLOADED, object_id=export.pk)
    assert entry.actor == asker.user.pk
    with recording(by=Agent.OPERATOR):
        assert read_payload(entry) == {"recipient": str(asker.user.pk), "sha256": again(export).digest}


def test_why_must_be_said_from_the_list_and_in_words(asker):
    answer = text_of(asker.client.post(NEW, {"words": ""}))
    assert "Say what you need it for" in answer and "Say in your own words" in answer
    answer = text_of(asker.client.post(NEW, {"purpose": "curiosity", "words": "x" * 1001}))
    assert "Pick one of the purposes from the list" in answer and "Shorten this to 1,000" in answer
    assert not Export.objects.exists()


def test_a_second_one_is_refused_on_the_page_and_what_was_typed_stays(asker):
    asker.asks()
    answer = text_of(asker.client.post(NEW, GIVEN))
    assert "Another export of yours is being made" in answer and WHY in answer


def test_who_works_for_two_agencies_says_of_which(asker):
    police = Agency.objects.get(code="ctp-north-east")
    add_membership(
        user_id=asker.user.pk, agency_id=police.pk, role=RoleName.CTP_OFFICER, by=Agent.OPERATOR, now=timezone.now()
    )
    assert "Pick an agency" in text_of(asker.client.post(NEW, GIVEN))
    asker.client.post(NEW, {**GIVEN, "agency": str(police.pk)})
    assert Export.objects.get().agency == police
    elsewhere = Agency.objects.get(code="E08000032")
    assert "Pick an agency from the list" in text_of(asker.client.post(NEW, {**GIVEN, "agency": str(elsewhere.pk)}))


def test_filters_that_make_no_sense_lead_back_to_the_list(asker):
    assert asker.client.get(f"{NEW}?state=nonsense")["Location"] == reverse("referrals:inbox")


def test_a_kind_that_there_is_not_is_absent(asker):
    assert asker.client.get(reverse("documents:new-export", args=["everything"])).status_code == 404


def test_an_export_of_somebody_else_is_absent_word_for_word(asker):
    theirs, other = asker.has(), Asker(officer_of(asker.agency, name="Somebody Else"))
    for page in ("export", "export-file"):
        found, absent = (other.client.get(reverse(f"documents:{page}", args=[pk])) for pk in (theirs.pk, uuid4()))
        assert (found.status_code, found.content) == (absent.status_code, absent.content) == (404, absent.content)
    deleting = [other.client.post(reverse("documents:delete-export", args=[pk])) for pk in (theirs.pk, uuid4())]
    assert {answer.status_code for answer in deleting} == {404}
    assert theirs.number not in text_of(other.client.get(LIST))
    assert again(theirs).state == ExportState.READY


def test_who_may_not_export_finds_no_page_and_no_link(asker):
    desk = officer_of(Agency.objects.get(code="restricted-authority-desk"))
    client = Client()
    client.force_login(desk)
    assert {client.get(address).status_code for address in (NEW, LIST)} == {404}
    assert NEW not in text_of(client.get("/casework/inbox/"))


def test_asking_and_downloading_ask_for_the_second_factor_again(asker, time_machine):
    export = asker.has()
    time_machine.move_to(timezone.now() + timedelta(minutes=12), tick=False)
    for address in (NEW, file_of(export)):
        assert asker.client.get(address)["Location"].startswith("/casework/account/confirm/")
    assert asker.client.get(page_of(export)).status_code == 200


def test_it_is_deleted_from_its_page(asker):
    export = asker.has()
    forms = forms_on(asker.client, page_of(export), asker.client.get(page_of(export)).content)
    (address,) = (form.action for form in forms if form.action.endswith("/delete/"))
    answer = asker.client.post(address, follow=True)
    assert "The export is deleted." in text_of(answer) and "Deleted by you" in text_of(answer)
    assert asker.client.get(file_of(export)).status_code == 409
    assert asker.client.post(address).status_code == 409


def test_there_is_no_file_before_it_is_ready_nor_after_its_time(asker, time_machine):
    export = asker.asks()
    assert asker.client.get(file_of(export)).status_code == 409
    swept(export)
    assert asker.client.get(file_of(export)).status_code == 200
    time_machine.move_to(export.expires_at, tick=False)
    later = Asker(asker.user)
    assert later.client.get(file_of(export)).status_code == 409


def test_a_file_that_tells_of_what_is_kept_from_its_reader_since_is_not_given(asker):
    dispatch = dispatch_to_authority(submitted())
    export = asker.has()
    boss = make_user(
        agency=asker.agency, role=RoleName.AUTHORITY_SUPERVISOR, name="Bo Hale", by=Agent.OPERATOR, now=timezone.now()
    )
    police = officer_of(dispatch_to_police(dispatch.referral).agency)
    restrict_record(
        dispatch_id=dispatch.pk, named=[boss.pk, police.pk], reason="Known locally.", by=boss, now=timezone.now()
    )
    answer = asker.client.get(file_of(export))
    assert answer.status_code == 409
    assert "What you may read has changed since" in text_of(answer)


def test_who_may_export_but_not_read_the_list_is_given_no_page(asker):
    with lessened(asker.user.memberships.get().role, Permission.DISPATCH_READ):
        assert asker.client.get(NEW).status_code == 404
        with pytest.raises(Forbidden):
            asker.asks()


def test_who_left_finds_nothing(asker):
    export = asker.has()
    end_membership(membership_id=asker.user.memberships.get().pk, by=Agent.OPERATOR, now=timezone.now())
    assert {asker.client.get(each).status_code for each in (LIST, page_of(export), file_of(export))} == {404}


def test_another_role_elsewhere_does_not_open_the_file(asker):
    export, first = asker.has(), asker.user.memberships.get()
    elsewhere = Agency.objects.get(code="E08000032")
    add_membership(
        user_id=asker.user.pk, agency_id=elsewhere.pk, role=first.role, by=Agent.OPERATOR, now=timezone.now()
    )
    end_membership(membership_id=first.pk, by=Agent.OPERATOR, now=timezone.now())
    assert asker.client.get(page_of(export)).status_code == 200
    assert asker.client.get(file_of(export)).status_code == 404


def test_a_new_session_downloads_what_an_old_one_asked_for(asker):
    export = asker.has()
    later = Asker(asker.user)
    end_session(user_id=asker.user.pk, number=asker.session.number, why="t", by=asker.user, now=timezone.now())
    assert b"".join(later.client.get(file_of(export))) == bytes_of(export)


def ends_the_session(asker, export):
    end_session(user_id=asker.user.pk, number=asker.session.number, why="t", by=asker.user, now=timezone.now())


def deletes_it(asker, export):
    cancel_export(export_id=export.pk, by=asker.user, now=timezone.now())


def expires(asker, export):
    close_export(export_id=export.pk, state=ExportState.EXPIRED, by=Agent.SWEEPER, now=timezone.now())


@pytest.mark.parametrize("happens", [ends_the_session, deletes_it, expires])
def test_a_file_that_is_coming_down_is_broken_off(asker, settings, monkeypatch, happens):
    settings.EXPORT_ROWS = 1
    monkeypatch.setattr("documents.downloads.ASKED_EVERY", 0)
    for _ in range(2):
        submitted()
    export = asker.has()
    pieces = iter(asker.client.get(file_of(export)))
    assert next(pieces)
    happens(asker, export)
    with pytest.raises((NoLongerAllowed, KeyDestroyed)):
        next(pieces)


def test_the_list_costs_the_same_however_long_it_is(asker):
    def statements():
        asker.has()
        asker.client.get(LIST)
        with CaptureQueriesContext(connection) as found:
            asker.client.get(LIST)
        return len(found)

    assert statements() == statements()


@pytest.mark.browser
def test_no_page_has_anything_the_matter(asker, page):
    def look(name, address, data=None):
        client = asker.client
        return faults(page, client.get(address) if data is None else client.post(address, data), name)

    found = look("exports-empty", LIST) + look("new-export", f"{NEW}?state=sent&flags=immediate")
    found += look("new-export-errors", NEW, {"words": ""})
    submitted()
    export = asker.asks(filters={"state": "sent"})
    found += look("export-running", page_of(export)) + look("inbox-with-export", "/casework/inbox/")
    swept(export)
    found += look("export-ready", page_of(export))
    close_export(export_id=export.pk, state=ExportState.STOPPED, by=Agent.SWEEPER, now=timezone.now())
    found += look("export-stopped", page_of(export))
    failed = asker.asks()
    close_export(export_id=failed.pk, state=ExportState.FAILED, by=Agent.SWEEPER, now=timezone.now())
    found += look("export-failed", page_of(failed))
    expires(asker, gone := asker.asks())
    found += look("export-expired", page_of(gone)) + look("exports", LIST)
    assert found == []
