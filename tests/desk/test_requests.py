"""Information requests on their pages: who sees what of them, on both sides, and what stays kept."""

import html
import re
from datetime import timedelta
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.actions.exclude_user import exclude_user
from agencies.keyset import keyset_ahead
from agencies.models import ExclusionGround, Notice, NoticeKind, Restriction
from agencies.roles import RoleName
from audit.agents import Agent
from audit.ledger import read_payload
from audit.models import Entry
from audit.refusals import Forbidden
from documents.models import Document
from people.actions.end_clearance import end_clearance
from people.actions.take_back_request import take_back_request
from people.models import InformationRequest
from people.permissions import check_can_answer_request
from people.records import record_of
from people.requests import readable_requests, requests_to, to_answer
from referrals.actions.restrict_record import restrict_record
from tests.audit.acts import within
from tests.documents.making import judged_clean
from tests.making import cleared, has_too, officer_of, reread
from tests.people.asking import ANSWER, BIRTH, NAME, NEED, QUESTION, WHY, Scene, agency
from tests.referrals.opening import in_role, shared, supervisor

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()


@pytest.fixture
def scene():
    return Scene()


@pytest.fixture
def look(client):
    """What somebody gets at an address of a request."""

    def at(user, request, page="request", data=None):
        client.force_login(user)
        address = reverse(f"desk:{page}", args=[request.pk])
        return client.get(address) if data is None else client.post(address, data)

    return at


def text(answer):
    return answer.content.decode()


FORM = {"discloses": ["name"], "question": QUESTION, "need": NEED, "basis": "children", "confirmed": "true"}


def fill(client, scene, **more):
    client.force_login(scene.lead)
    address = reverse("desk:ask", args=[scene.person.pk])
    return client.post(address, {**FORM, "asked": str(scene.asked.pk), **more})


def test_the_form_offers_what_is_known_says_what_it_is_not_for_and_takes_what_was_filled_in(client, scene):
    client.force_login(scene.lead)
    page = text(client.get(reverse("desk:ask", args=[scene.person.pk])))
    assert "Łukasik" in page
    assert "S70 1GW" in page
    assert "no intelligence material" in page
    assert "Asking may tell others of police interest" in page
    assert "(nobody can answer here yet)" in page
    answer = fill(client, scene)
    made = InformationRequest.objects.get()
    assert answer["Location"] == reverse("desk:request", args=[made.pk])
    assert (made.asked, made.disclosed.keys(), made.asked_by) == (scene.asked, {"name"}, scene.lead)


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ("confirmed", "Confirm that the person may be asked about"),
        ("discloses", "Pick something by which"),
        ("question", "Say what you ask"),
        ("need", "Say why you need it"),
        ("basis", "Say what the legal basis is"),
        ("asked", "Pick an agency"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(client, scene, left_out, said):
    answer = fill(client, scene, **{left_out: []})
    assert said in text(answer)
    assert not InformationRequest.objects.exists()


def test_another_basis_is_told_in_words_and_a_refusal_keeps_what_was_typed(client, scene):
    assert "Say in words what the legal basis is" in text(fill(client, scene, basis="other"))
    nobody = agency("E08000033")
    refused = text(fill(client, scene, asked=str(nobody.pk)))
    assert "Nobody at" in refused
    assert QUESTION in refused
    assert fill(client, scene, basis="other", basis_words="A court order").status_code == 302


def test_before_the_police_have_cleared_it_nobody_is_asked_and_the_pages_say_whom_it_waits_for(client):
    scene = Scene(clear=False)
    client.force_login(scene.lead)
    page = text(client.get(reverse("desk:ask", args=[scene.person.pk])))
    assert "It waits for the police" in page and "Send the request" not in page and "<form" not in main(page)
    referral = text(client.get(reverse("desk:referral", args=[scene.referral.pk])))
    ask = reverse("desk:ask", args=[scene.person.pk])
    assert "nor asking another agency" in referral and f'{ask}"' not in referral and f"{ask}?urgent=yes" in referral
    assert fill(client, scene).status_code == 200
    assert not InformationRequest.objects.exists()


def test_what_was_typed_is_not_lost_where_contact_stops_being_cleared_meanwhile(client, scene):
    client.force_login(scene.lead)
    assert "Send the request" in text(client.get(reverse("desk:ask", args=[scene.person.pk])))
    end_clearance(person_id=scene.person.pk, by=scene.police, now=timezone.now())
    refused = text(fill(client, scene))
    assert QUESTION in refused and NEED in refused
    assert "have not cleared contact" in refused and "Nothing was sent" in refused and "Send the request" not in refused
    assert Entry.objects.filter(kind=Entry.Kind.REFUSED, actor=scene.lead.pk).exists()
    cleared(scene.referral)
    assert fill(client, scene).status_code == 302


def main(page):
    """Without the header, whose box searches."""
    return page[page.index("<main") :]


def test_whoever_has_the_person_in_two_agencies_says_for_which_they_ask(client, scene):
    has_too(scene.lead, RoleName.CTP_OFFICER, scene.theirs.agency)
    assert "Say for which agency you ask" in text(fill(client, scene))
    assert fill(client, scene, agency=str(scene.theirs.agency_id)).status_code == 302
    assert InformationRequest.objects.get().asking == scene.theirs.agency


def test_the_agency_that_is_asked_sees_what_was_disclosed_and_nothing_else_of_the_person(look, scene):
    page = text(look(scene.bradford, scene.ask(discloses=[BIRTH])))
    assert QUESTION in page
    assert NEED in page
    for word in ("Tomasz", "Łukasik", "S70", scene.referral.reference, "Ffion", "Hollybrook", str(scene.referral.pk)):
        assert word not in page
    assert str(scene.person.pk) not in page


def test_both_sides_see_the_answer_and_the_ledger_says_who_looked(client, look, scene):
    request = scene.ask()
    look(scene.bradford, request, "answer-request", {"words": ANSWER})
    assert ANSWER in text(look(scene.lead, request))
    assert ANSWER in text(look(scene.colleague, request))
    seen = Entry.objects.filter(object_id=request.pk, kind=Entry.Kind.VIEWED).values_list("actor", "subject")
    assert {(scene.lead.pk, scene.person.pk), (scene.colleague.pk, scene.person.pk)} <= set(seen)


def test_nobody_else_finds_it_whatever_they_ask(look, scene):
    request = scene.ask()
    reader = officer_of(agency("ctp-wales"))
    shared(scene.ours, reader, by=supervisor(scene.asking.code))
    others = (scene.police, reader, officer_of(agency("system")), in_role(RoleName.AUDITOR, "home-office"))
    for user in others:
        for page in ("request", "answer-request", "decline-request", "take-back-request", "close-request"):
            assert look(user, request, page).status_code == 404, (user.name, page)
            sent = look(user, request, page, {"reason": WHY, "words": WHY})
            assert sent.status_code in ({404, 405} if page == "request" else {404})
    for page in ("answer-request", "decline-request"):
        assert look(scene.lead, request, page).status_code == 404
    for page in ("take-back-request", "close-request"):
        assert look(scene.bradford, request, page).status_code == 404


def test_who_has_left_the_agency_that_is_asked_sees_it_no_more(look, scene):
    request = scene.ask()
    assert look(scene.bradford, request).status_code == 200
    membership = scene.bradford.memberships.get()
    within(do=lambda: membership.changed(ended_at=NOW, ended_by=Agent.OPERATOR.pk), by=Agent.OPERATOR, now=NOW)
    assert look(scene.bradford, request).status_code == 404


def test_what_was_taken_back_tells_whoever_was_asked_no_more_of_whom_it_was_about(look, scene):
    request = scene.ask()
    take_back_request(request_id=request.pk, reason=WHY, by=scene.lead, now=NOW)
    page = text(look(scene.bradford, request))
    assert WHY in page
    assert "took this request back" in page
    for word in ("Łukasik", QUESTION, NEED, scene.lead.name):
        assert word not in page
    assert QUESTION in text(look(scene.lead, request))
    assert "Łukasik" not in text(look(scene.bradford, request, "answer-request"))


def test_files_are_added_scanned_and_downloaded_on_the_record_by_both_sides_and_nobody_else(client, look, scene):
    request = scene.ask()
    file = SimpleUploadedFile("chronology.txt", b"Closed in March 2024.")
    answer = look(scene.bradford, request, "answer-request", {"words": ANSWER, "documents": file})
    assert answer.status_code == 302
    document = Document.objects.get(request=request)
    assert (document.person_id, document.referral, document.agency) == (scene.person.pk, None, scene.asked)
    address = reverse("desk:request-file", args=[document.pk])
    client.force_login(scene.lead)
    assert client.get(address).status_code == 409
    judged_clean(document.pk)
    for user in (scene.lead, scene.bradford):
        client.force_login(user)
        assert b"".join(client.get(address).streaming_content) == b"Closed in March 2024."
        assert Entry.objects.filter(object_id=document.pk, kind=Entry.Kind.DOWNLOADED, actor=user.pk).exists()
        assert "chronology.txt" in text(look(user, request))
    client.force_login(scene.police)
    assert client.get(address).status_code == 404
    assert client.get(reverse("referrals:document", args=[document.pk])).status_code == 404
    disclosed = Entry.objects.get(object_id=document.pk, kind=Entry.Kind.DISCLOSED)
    assert read_payload(disclosed)["recipient"] == str(scene.asking.pk)
    client.force_login(scene.lead)
    assert "chronology.txt" not in text(client.get(reverse("desk:referral", args=[scene.referral.pk])))


def test_a_file_that_is_not_taken_keeps_the_answer_back_and_says_so(look, scene):
    request = scene.ask()
    wrong = SimpleUploadedFile("words.exe", b"MZ\x90\x00")
    page = look(scene.bradford, request, "answer-request", {"words": ANSWER, "documents": wrong})
    assert "words.exe" in text(page)
    assert ANSWER in text(page)
    assert not request.answers.exists()


def test_what_cannot_be_done_any_more_is_said_in_the_form(look, scene):
    request = scene.ask()
    scene.answer(request)
    assert "This has moved on" in text(look(scene.bradford, request, "decline-request", {"reason": WHY}))
    assert "This has moved on" in text(look(scene.lead, request, "take-back-request", {"reason": WHY}))
    assert look(scene.lead, request, "close-request", {"reason": WHY}).status_code == 302
    over = text(look(scene.bradford, request, "answer-request", {"words": ANSWER}))
    assert "This request is over: closed." in over


def listed(client, user, which=""):
    client.force_login(user)
    page = text(client.get(reverse("desk:requests"), {"list": which} if which else {}))
    return re.findall(r"/casework/requests/([0-9a-f-]{36})/", page)


def test_the_lists_show_each_side_its_own_with_what_is_overdue_first(client, scene, time_machine):
    later, sooner, done = (scene.ask(due_on=timezone.localdate() + timedelta(days=n)) for n in (9, 3, 5))
    scene.decline(done)
    assert listed(client, scene.bradford) == [str(sooner.pk), str(later.pk)]
    assert listed(client, scene.lead, "sent") == [str(sooner.pk), str(later.pk)]
    assert listed(client, scene.lead, "settled") == listed(client, scene.bradford, "settled") == [str(done.pk)]
    assert listed(client, scene.police) == listed(client, scene.police, "sent") == []
    time_machine.move_to(sooner.due + timedelta(days=1))
    client.force_login(scene.bradford)
    assert text(client.get(reverse("desk:requests"))).count("Overdue") == 1


def test_a_long_list_goes_on_where_it_ended(client, scene, monkeypatch):
    made = [scene.ask(due_on=timezone.localdate() + timedelta(days=n)) for n in range(1, 4)]
    monkeypatch.setattr("desk.views.requests.keyset_ahead", partial(keyset_ahead, size=2))
    client.force_login(scene.bradford)
    first = text(client.get(reverse("desk:requests")))
    onward = html.unescape(re.findall(r'href="([?][^"]*after=[^"]*)"', first)[0])
    second = text(client.get(reverse("desk:requests") + onward))
    assert [str(each.pk) in first for each in made] == [True, True, False]
    assert [str(each.pk) in second for each in made] == [False, False, True]


def test_the_referral_and_its_reader_are_led_to_what_was_asked(client, scene):
    request = scene.ask()
    client.force_login(scene.lead)
    page = text(client.get(reverse("desk:referral", args=[scene.referral.pk])))
    assert reverse("desk:request", args=[request.pk]) in page
    assert reverse("desk:ask", args=[scene.person.pk]) in page
    client.force_login(scene.police)
    assert reverse("desk:request", args=[request.pk]) not in text(
        client.get(reverse("desk:referral", args=[scene.referral.pk]))
    )


# What is restricted, and who is excluded.


def restrict(scene, named):
    boss = supervisor(scene.asking.code)
    restrict_record(
        dispatch_id=scene.ours.pk, named=[user.pk for user in named], reason=WHY, by=boss, now=timezone.now()
    )


def test_of_what_is_restricted_only_those_ask_and_read_who_are_named(client, look, scene):
    request = scene.ask()
    restrict(scene, [scene.lead, scene.police])
    assert look(scene.lead, request).status_code == 200
    assert look(scene.colleague, request).status_code == 404
    assert listed(client, scene.colleague, "sent") == []
    client.force_login(scene.colleague)
    assert client.get(reverse("desk:ask", args=[scene.person.pk])).status_code == 404
    assert fill(client, scene).status_code == 302


def shape(client, user, request):
    """The page as it is told apart, without what changes with every answer."""
    client.force_login(user)
    client.get(reverse("agencies:account"))
    with CaptureQueriesContext(connection) as queries:
        page = text(client.get(reverse("desk:request", args=[request.pk])))
    statements = [re.sub(r"'[^']*'|[0-9a-f]{32}|\b\d+\b", "?", each["sql"]) for each in queries]
    return re.sub(r'nonce="[^"]*"|csrfmiddlewaretoken" value="[^"]*"', "", page), len(statements)


def test_the_agency_that_is_asked_cannot_tell_that_anything_is_restricted(client, scene):
    request = scene.ask()
    before, counted = shape(client, scene.bradford, request)
    restrict(scene, [scene.lead, scene.police])
    after, counted_after = shape(client, scene.bradford, request)
    assert after == before
    assert counted_after == counted
    scene.ask(question="And the siblings?")
    told = Notice.objects.filter(agency=scene.asked, kind=NoticeKind.REQUEST_MADE)
    assert [each.address for each in told] == [scene.asked.email] * 2


def test_where_the_agency_that_is_asked_has_the_record_itself_only_the_named_there_see_the_request(client, look, scene):
    unnamed = officer_of(scene.theirs.agency, name="Delyth Chowdhury")
    restrict(scene, [scene.lead, scene.police])
    request = scene.ask(to=scene.theirs.agency)
    assert look(scene.police, request).status_code == 200
    assert look(unnamed, request).status_code == 404
    assert listed(client, unnamed) == []
    assert not to_answer(unnamed).exists()
    assert Notice.objects.get(kind=NoticeKind.REQUEST_MADE).address == scene.police.email


def test_whoever_is_excluded_by_name_sees_nothing_of_a_request_nor_of_any_about_the_same_record(client, look, scene):
    request, another = scene.ask(), Scene()
    beside = another.ask()
    excluded = officer_of(scene.asked, name="Rosheen Tattersall")
    row = Restriction(
        about=scene.referral.pk, person=scene.person.pk, grounds=["colleague"], names={}, closed=False,
        restricted_at=NOW, restricted_by=Agent.OPERATOR.pk,
    )  # fmt: skip
    within(do=lambda: row.save(force_insert=True), by=Agent.OPERATOR, now=NOW)
    given = {"ground": ExclusionGround.COLLEAGUE, "why": WHY, "by": scene.lead, "now": NOW}
    within(do=lambda: exclude_user(restriction=row, user=excluded, **given), by=scene.lead, now=NOW)
    assert look(excluded, request).status_code == 404
    assert look(scene.bradford, request).status_code == 200
    with pytest.raises(Forbidden):
        check_can_answer_request(reread(excluded), request)
    assert set(requests_to(reread(excluded))) == {beside}
    joined = min(scene.person.pk, another.person.pk)
    for person in (scene.person, another.person):
        within(do=partial(person.changed, record_id=joined), by=Agent.OPERATOR, now=NOW)
    assert record_of(scene.person).count() == 2
    assert not readable_requests(reread(excluded)).exists()
    scene.ask(question="And the siblings?")
    told = [each.address for each in Notice.objects.filter(kind=NoticeKind.REQUEST_MADE, agency=scene.asked)]
    assert scene.bradford.email in told
    assert excluded.email not in told


def test_lists_of_somebody_from_whom_some_are_kept_are_those_of_somebody_for_whom_they_never_were(client, scene):
    seen = [scene.ask(to=scene.theirs.agency) for _ in range(2)]
    hidden = Scene()
    restrict(hidden, [hidden.lead, hidden.police])
    hidden.ask(to=hidden.theirs.agency)
    seen.append(scene.ask(to=scene.theirs.agency))
    unnamed = officer_of(scene.theirs.agency, name="Delyth Chowdhury")
    assert listed(client, unnamed) == [str(each.pk) for each in sorted(seen, key=lambda row: (row.due, row.pk))]


def test_by_the_identifiers_that_were_picked_it_is_known_on_the_ledger_what_was_told(scene):
    request = scene.ask(discloses=[NAME, BIRTH])
    entry = Entry.objects.get(object_id=request.pk, kind=Entry.Kind.DISCLOSED)
    assert read_payload(entry)["identifiers"] == ["name", "birth"]


def test_a_late_request_says_so_on_its_page_and_leads_back_to_the_person_for_whoever_asked(look, scene, time_machine):
    request = scene.ask()
    assert b"Overdue" not in look(scene.lead, request).content
    time_machine.move_to(request.due + timedelta(minutes=1))
    person = reverse("desk:person", args=[scene.person.pk])
    ours, theirs = (look(who, request).content.decode() for who in (scene.lead, scene.bradford))
    assert "Overdue" in ours and "Overdue" in theirs
    assert person in ours and person not in theirs
